"""Text boxes that leave undo and redo to the window, whose history knows more than theirs."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from captioner.ui import theme

_WINDOW_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_FEWEST_LINES, _MOST_LINES = 3, 14


def _is_windows(event: QEvent) -> bool:
    """Ignoring the override lets the window's own shortcut have the key."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in _WINDOW_KEYS)
    )


class _Box:
    """What both kinds of box have in common; `left` tells that the person went on."""

    def event(self, event: QEvent) -> bool:
        if _is_windows(event):
            event.ignore()
            return False
        return super().event(event)  # type: ignore[misc] - Qt's, by way of the class that this is mixed into

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)  # type: ignore[misc]
        self.left.emit()  # type: ignore[attr-defined]


class LineBox(_Box, QLineEdit):
    """One line; `textEdited` tells what a person typed."""

    left = Signal()

    def show_text(self, text: str) -> None:
        if self.text() != text:
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)


class TextBox(_Box, QPlainTextEdit):
    """Several lines; grows with its text, and Tab goes on to the next field."""

    textEdited = Signal(str)
    left = Signal()

    def __init__(self, fewest_lines: int = _FEWEST_LINES, takes_breaks: bool = True) -> None:
        """Without breaks it is one line that wraps, so that all of a long headline is seen."""
        super().__init__()
        self._fewest_lines, self._takes_breaks = fewest_lines, takes_breaks
        self._is_showing = False
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._takes_breaks:
            event.ignore()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain text, its line breaks as blanks where the field has none."""
        text = source.text()
        self.insertPlainText(text if self._takes_breaks else " ".join(text.split("\n")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps to another number of lines."""
        super().resizeEvent(event)
        self._grow()

    def text(self) -> str:
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Sets the text as the program does, not as typed; the cursor stays as near as it can."""
        if self.toPlainText() == text:
            return
        at = self.textCursor().position() if self.hasFocus() else 0
        self._is_showing = True
        self.setPlainText(text)
        self._is_showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(text.encode("utf-16-le")) // 2))
        self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def _tell(self) -> None:
        if not self._is_showing:
            self.textEdited.emit(self.toPlainText())

    def _grow(self) -> None:
        lines = int(self.document().size().height()) or 1
        shown = min(max(lines, self._fewest_lines), _MOST_LINES)
        frame = self.contentsMargins().top() + self.contentsMargins().bottom() + 2 * theme.PADDING
        room = round(2 * self.document().documentMargin()) + frame
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + room)
