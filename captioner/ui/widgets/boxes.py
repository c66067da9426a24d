"""Text boxes that leave undo and redo to the window, whose history knows more than theirs."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from captioner.ui import theme

_KEY = QKeySequence.StandardKey
_OWN_KEYS = (_KEY.Copy, _KEY.Cut, _KEY.Paste, _KEY.SelectAll, _KEY.MoveToNextWord, _KEY.MoveToPreviousWord,
             _KEY.SelectNextWord, _KEY.SelectPreviousWord, _KEY.DeleteStartOfWord, _KEY.DeleteEndOfWord,
             _KEY.MoveToStartOfDocument, _KEY.MoveToEndOfDocument, _KEY.SelectStartOfDocument,
             _KEY.SelectEndOfDocument)  # fmt: skip
"""What a box does with Control held; all else is the window's, whose history and actions know more."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_BREAKS: dict[int, str] = dict.fromkeys((0x2028, 0x2029), "\n")
_FEWEST_LINES, _MOST_LINES = 3, 14


def _is_windows(event: QEvent) -> bool:
    """Ignoring the override lets the window's own shortcut have the key."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and bool(event.modifiers() & _HELD)
        and event.modifiers() & _HELD != _HELD  # AltGr writes characters
        and not any(event.matches(key) for key in _OWN_KEYS)
    )


def units(text: str) -> int:
    """How many Qt counts: UTF-16 has two for an emoji."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, count: int) -> int:
    """How many of the text's characters lie before a place that Qt counted."""
    if text.isascii():
        return min(count, len(text))
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * count].decode("utf-16-le", "ignore"))


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

    def cursor_at(self) -> int:
        """In characters of the text, of which Qt counts some twice."""
        return characters(self.text(), self.cursorPosition())

    def replace_span(self, start: int, end: int, text: str) -> None:
        """As if a person had typed the text there; the cursor stands behind it."""
        whole = self.text()
        self.setText(whole[:start] + text + whole[end:])
        self.setCursorPosition(units(whole[:start] + text))
        self.textEdited.emit(self.text())

    def select_span(self, start: int, end: int) -> None:
        text = self.text()
        self.setSelection(units(text[:start]), units(text[start:end]))

    def selected_from(self) -> int:
        """Where the selection starts, or the cursor is."""
        place = self.selectionStart()
        return characters(self.text(), place if place >= 0 else self.cursorPosition())

    def show_text(self, text: str) -> None:
        if self.text() != text:
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)


class TextBox(_Box, QPlainTextEdit):
    """Several lines; grows with its text, and Tab goes on to the next field."""

    textEdited = Signal(str)
    shown = Signal()
    """The program shows another text."""
    left = Signal()

    def __init__(self, fewest_lines: int = _FEWEST_LINES, takes_breaks: bool = True, grows: bool = True) -> None:
        """Without breaks it is one line that wraps, so that all of a long headline is seen.

        One that doesn't grow keeps the geometry it is given, and scrolls; a line goes on sideways.
        """
        super().__init__()
        self._fewest_lines, self._takes_breaks, self._grows = fewest_lines, takes_breaks, grows
        self._is_showing, self._told = False, ""
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        if not (takes_breaks or grows):
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        """As it stands: Qt's plain text turns a no-break space into a blank."""
        return self.document().toRawText().translate(_BREAKS)

    def cursor_at(self) -> int:
        """In characters of the text, of which Qt counts some twice."""
        return characters(self.text(), self.textCursor().position())

    def replace_span(self, start: int, end: int, text: str) -> None:
        """As if a person had typed the text there; the cursor stands behind it."""
        whole, cursor = self.text(), self.textCursor()
        cursor.setPosition(units(whole[:start]))
        cursor.setPosition(units(whole[:end]), cursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def select_span(self, start: int, end: int) -> None:
        text, cursor = self.text(), self.textCursor()
        cursor.setPosition(units(text[:start]))
        cursor.setPosition(units(text[:end]), cursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def selected_from(self) -> int:
        """Where the selection starts, or the cursor is."""
        return characters(self.text(), self.textCursor().selectionStart())

    def show_text(self, text: str) -> None:
        """Sets the text as the program does, not as typed; the cursor stays as near as it can."""
        if self.text() == text:
            return
        at = self.textCursor().position() if self.hasFocus() else 0
        self._is_showing = True
        self.setPlainText(text)
        self._is_showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, units(text)))
        self.setTextCursor(cursor)
        self.shown.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def _tell(self) -> None:
        """Qt tells of a change where a mark was drawn or a letter is being composed, too."""
        text, before = self.text(), self._told
        self._told = text
        if text != before and not self._is_showing:
            self.textEdited.emit(text)

    def _grow(self) -> None:
        if not self._grows:
            return
        lines = int(self.document().size().height()) or 1
        shown = min(max(lines, self._fewest_lines), _MOST_LINES)
        frame = self.contentsMargins().top() + self.contentsMargins().bottom() + 2 * theme.PADDING
        room = round(2 * self.document().documentMargin()) + frame
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + room)
