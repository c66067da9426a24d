"""The selected photo on neutral grey: as large as fits, or pixel by pixel."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import FULL, PREVIEW, THUMBNAIL, Pictures

_LARGEST = 2
"""A small picture is enlarged this much at most where it is to fit."""
_STEP, _MOST = 1.25, 4.0
_PREPARE_MS = 30
_PAN, _SIGN = 8 * theme.GRID, 6 * theme.GRID
_ARROWS = {Qt.Key.Key_Left: QPoint(_PAN, 0), Qt.Key.Key_Right: QPoint(-_PAN, 0),
           Qt.Key.Key_Up: QPoint(0, _PAN), Qt.Key.Key_Down: QPoint(0, -_PAN)}  # fmt: skip


class Preview(QWidget):
    wants_full_screen = Signal()
    looked = Signal(float, QPointF)
    """Another zoom, or another place in the middle: for pictures that are compared."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = pictures
        self.path: Path | None = None
        self.message = ""
        self.zoom = 0.0
        """Device pixels a pixel of the picture takes; 0 where it fits."""
        self.middle = QPointF(0.5, 0.5)
        """What is in the middle of the widget, as parts of the picture's width and height."""
        self._pressed: QPoint | None = None
        self._has_moved = False
        self.setMinimumWidth(24 * theme.GRID)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Preview"))
        self._next: Sequence[Path] = ()
        self._preparing = QTimer(self, singleShot=True)
        self._preparing.timeout.connect(self._want_next)
        pictures.ready.connect(self._show_ready)  # a lambda would outlive this widget

    def show_photo(self, path: Path | None, message: str = "") -> None:
        """`message` stands where there is no picture to show. Of pictures of one size the place stays the same."""
        if (path, message) == (self.path, self.message):
            self._want_full()  # the picture is drawn already, and takes long
            return
        before = self._whole()
        self.path, self.message = path, message
        self.setAccessibleDescription(path.name if path else message)
        if self.zoom and self._whole() != before:
            self.look(0.0, QPointF(0.5, 0.5))
        self._want_full()
        self.update()

    def prepare(self, paths: Sequence[Path]) -> None:
        """What is shown, and what is likely to be next: that is made once the first is painted."""
        self._next = paths
        if self.pictures.get(paths[0], PREVIEW) is None:
            self._preparing.start(0)
        elif not self._preparing.isActive():  # a key that is held down comes more often
            self._preparing.start(_PREPARE_MS)

    def _want_next(self) -> None:
        self.pictures.want(PREVIEW, self._next[:1], self._next[1:])

    # Zoom

    def look(self, zoom: float, middle: QPointF) -> None:
        self.zoom = zoom if zoom > self._fitting() or self._fitting() >= 1 else 0.0
        self.middle = QPointF(*(min(max(part, 0.0), 1.0) for part in (middle.x(), middle.y())))
        self.setCursor(Qt.CursorShape.OpenHandCursor if self.zoom else Qt.CursorShape.ArrowCursor)
        self._want_full()
        self.update()

    def toggle_zoom(self, at: QPoint | None = None) -> None:
        """100 % at the pointer, or the whole picture again."""
        self._zoom_at(0.0 if self.zoom else 1.0, QPointF(at or self.rect().center()))
        self.looked.emit(self.zoom, self.middle)

    def _zoom_at(self, zoom: float, at: QPointF) -> None:
        """What is at that place of the widget stays there."""
        place = self._place()
        if place.isEmpty() or not zoom:
            self.look(0.0, QPointF(0.5, 0.5))
            return
        part = QPointF((at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height())
        size, off = self._size_at(zoom), at - QRectF(self.rect()).center()
        self.look(zoom, QPointF(part.x() - off.x() / size.width(), part.y() - off.y() / size.height()))

    def _whole(self) -> QSize:
        if not self.path:
            return QSize()
        size, pixmap = self.pictures.size(self.path), self._pixmap()
        return size if size.isValid() else pixmap.size() if pixmap else QSize()

    def _fitting(self) -> float:
        """The zoom at which the whole picture is seen."""
        whole, room = self._whole(), self._room().size()
        if whole.isEmpty():
            return 0.0
        ratio = self.devicePixelRatioF()
        return min(room.width() * ratio / whole.width(), room.height() * ratio / whole.height())

    def _size_at(self, zoom: float) -> QSizeF:
        return QSizeF(self._whole()) * (zoom / self.devicePixelRatioF())

    def _room(self) -> QRect:
        return self.rect().adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)

    def _place(self) -> QRectF:
        """Where the picture is drawn; larger than the widget where it is zoomed."""
        size = self._size_at(self.zoom or min(self._fitting(), _LARGEST * self.devicePixelRatioF()))
        off = QPointF(self.middle.x() * size.width(), self.middle.y() * size.height()) if self.zoom else \
            QPointF(size.width() / 2, size.height() / 2)  # fmt: skip
        return QRectF(QRectF(self.rect()).center() - off, size)

    def _want_full(self) -> None:
        if self.zoom and self.path:
            self.pictures.want(FULL, [self.path])

    def _show_ready(self, path: Path, _edge: int) -> None:
        if path == self.path:
            self.update()

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().surround))
        pixmap = self._pixmap()
        if pixmap is None or pixmap.isNull():
            self._paint_message(painter, pixmap is not None)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom != 1)
        place = self._place()
        painter.drawPixmap(place if self.zoom != 1 else QRectF(place.toRect()), pixmap, QRectF(pixmap.rect()))
        if self.zoom:
            self._paint_zoom(painter)

    def _paint_zoom(self, painter: QPainter) -> None:
        told = f"{round(self.zoom * 100)} %"
        box = self.fontMetrics().boundingRect(told).adjusted(-theme.GRID, -theme.PADDING, theme.GRID, theme.PADDING)
        box.moveBottomRight(self.rect().bottomRight() - QPoint(theme.GRID, theme.GRID))
        painter.fillRect(box, QColor(theme.colours().window))
        painter.setPen(QColor(theme.colours().text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, told)

    def _pixmap(self) -> QPixmap | None:
        """The best that is there: a smaller one stands in until the picture is."""
        if not self.path:
            return None
        edges = (FULL, PREVIEW, THUMBNAIL) if self.zoom else (PREVIEW, THUMBNAIL)
        found = (self.pictures.get(self.path, edge) for edge in edges)
        return next((pixmap for pixmap in found if pixmap is not None), None)

    def _paint_message(self, painter: QPainter, is_unreadable: bool) -> None:
        told = self.message or (_("This picture can't be shown.") if is_unreadable else "")
        painter.setPen(QColor(theme.colours().text))
        room = self.rect().adjusted(3 * theme.GRID, 0, -3 * theme.GRID, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, told)
        if self.message:
            place = QRect(0, 0, _SIGN, _SIGN)
            place.moveCenter(room.center() - QPoint(0, _SIGN))
            theme.draw_icon(painter, place, "photos", theme.colours().text)

    # By hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._has_moved = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        at = event.position().toPoint()
        if self._has_moved or (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._has_moved = True
            self._pan(at - self._pressed)
            self._pressed = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._has_moved:
            self.toggle_zoom(self._pressed)
        self._pressed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            step = _STEP ** (event.angleDelta().y() / 120)
            self._zoom_at(min((self.zoom or self._fitting()) * step, _MOST), event.position())
            self.looked.emit(self.zoom, self.middle)
        elif self.zoom:
            self._pan(event.angleDelta() / 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.wants_full_screen.emit()
        elif event.key() == Qt.Key.Key_Z:
            self.toggle_zoom()
        elif self.zoom and event.key() in _ARROWS:
            self._pan(_ARROWS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _pan(self, by: QPoint) -> None:
        size = self._size_at(self.zoom)
        if self.zoom and not size.isEmpty():
            self.look(self.zoom, self.middle - QPointF(by.x() / size.width(), by.y() / size.height()))
            self.looked.emit(self.zoom, self.middle)
