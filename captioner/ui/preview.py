"""The selected photo, as large as fits, on neutral grey."""

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import PREVIEW, THUMBNAIL, Pictures

_LARGEST = 2


class Preview(QWidget):
    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = pictures
        self.path: Path | None = None
        self.message = ""
        self.setMinimumWidth(24 * theme.GRID)
        self.setAccessibleName(_("Preview"))
        pictures.ready.connect(lambda path, _edge: self.update() if path == self.path else None)

    def show_photo(self, path: Path | None, message: str = "") -> None:
        """`message` stands where there is no picture to show."""
        self.path, self.message = path, message
        self.setAccessibleDescription(path.name if path else message)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().surround))
        pixmap = self._pixmap()
        if pixmap is None or pixmap.isNull():
            self._paint_message(painter, pixmap is not None)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.rect().adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)
        size = pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if self._is_whole(pixmap):
            size = size.boundedTo(pixmap.size() * _LARGEST)
        target = QRect(room.topLeft(), size)
        target.moveCenter(room.center())
        painter.drawPixmap(target, pixmap)

    def _is_whole(self, pixmap: QPixmap) -> bool:
        """Whether these are all the pixels that the photo has, so that enlarging shows nothing more."""
        large = self.pictures.get(self.path, PREVIEW) if self.path else None
        return pixmap is large and max(pixmap.width(), pixmap.height()) < PREVIEW

    def _pixmap(self) -> QPixmap | None:
        """The thumbnail stands in until the picture is there."""
        if not self.path:
            return None
        large = self.pictures.get(self.path, PREVIEW)
        return large if large is not None else self.pictures.get(self.path, THUMBNAIL)

    def _paint_message(self, painter: QPainter, is_unreadable: bool) -> None:
        told = self.message or (_("This picture can't be shown.") if is_unreadable else "")
        painter.setPen(QColor(theme.colours().text))
        room = self.rect().adjusted(3 * theme.GRID, 0, -3 * theme.GRID, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, told)
