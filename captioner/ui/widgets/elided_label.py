"""One line of text that takes the room there is; its tooltip has the whole."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle

from captioner.ui import theme


class ElidedLabel(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self._colour = ""
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_text(self, text: str, colour: str = "") -> None:
        """In one of the theme's colours."""
        self._colour = colour
        self.setText(" ".join(text.split()))
        self.setToolTip(theme.plain(text))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.rect().adjusted(2 * theme.GRID, 0, -theme.GRID, 0)
        painter.setPen(QColor(getattr(theme.colours(), self._colour or "quiet")))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        room = QStyle.visualRect(self.layoutDirection(), self.rect(), room)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        painter.end()
