"""Suggestions under a box as a person types in it. Nothing is taken that wasn't chosen.

The list is no window of its own: the box keeps the focus, its input method and the window's shortcuts.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QVBoxLayout, QWidget

from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.widgets.boxes import LineBox, TextBox

Suggest = Callable[[str], Sequence[str]]
MOST = 8
"""Rows; who types on needs no more."""
_ITEM = re.compile(r"[^;\n]*")
_Key = Qt.Key
_MOVED = (QEvent.Type.Move, QEvent.Type.Resize)
_LEFT = (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.EnabledChange)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def item_at(text: str, cursor: int) -> tuple[int, int]:
    """Where the item of a list (`a; b; c`) stands that the cursor is in, without the blanks around it."""
    item = next(match for match in _ITEM.finditer(text) if match.start() <= cursor <= match.end())
    start = item.start() + len(item[0]) - len(item[0].lstrip())
    return (start, start + len(item[0].strip())) if item[0].strip() else (cursor, cursor)


def attach(
    box: LineBox | TextBox, suggest: Suggest, is_list: bool = False, before: Callable[[], None] = lambda: None
) -> "Completion":
    """`before` is called before a suggestion is put in, so that it is a step of its own: undo gives back what was
    typed."""
    return Completion(box, suggest, is_list, before)


class Completion(QObject):
    def __init__(
        self, box: LineBox | TextBox, suggest: Suggest, is_list: bool = False, before: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(box)
        self.box, self.suggest, self.is_list, self.before = box, suggest, is_list, before
        self.popup: _Popup | None = None
        self._span, self._offered = (0, 0), ("", 0)
        self._is_accepting = False
        box.textEdited.connect(lambda _text: self._offer())
        box.textChanged.connect(lambda *_text: self._close_if_stale())
        box.cursorPositionChanged.connect(lambda *_places: self._close_if_stale())
        box.installEventFilter(self)

    @property
    def rows(self) -> list[str]:
        """What is offered now."""
        return self.popup.texts if self.popup else []

    def _offer(self, is_asked: bool = False) -> None:
        """At the end of what is typed; in its middle a person mends, and wants no other text."""
        text, cursor = self.box.text(), self.box.cursor_at()
        start, end = item_at(text, cursor) if self.is_list else (0, len(text.rstrip()))
        typed = text[start:end]
        if self._is_accepting or not self.box.hasFocus() or cursor < end or not (typed.strip() or is_asked):
            self.close()
            return
        self._span, self._offered = (start, end), (text, cursor)
        held = (
            {each.strip() for each in _ITEM.findall(text[:start] + "\n" + text[end:])} if self.is_list else set[str]()
        )
        found = [each for each in self.suggest(typed.strip()) if each != typed and each not in held]
        self._show(found[:MOST])

    def _show(self, texts: Sequence[str]) -> None:
        if not texts:
            self.close()
            return
        if not self.popup:
            self.popup = _Popup(self.box)
            self.popup.list.itemClicked.connect(lambda item: self.accept(item.text()))
            for each in self._around():
                each.installEventFilter(self)
        self.popup.show_texts(texts)

    def accept(self, text: str) -> None:
        """As if the rest had been typed."""
        start, end = self._span
        self.close()
        self._is_accepting = True
        self.before()
        self.box.replace_span(start, end, text)
        self._is_accepting = False

    def close(self) -> None:
        if popup := self.popup:
            self.popup = None
            for each in self._around():
                each.removeEventFilter(self)
            popup.hide()
            popup.deleteLater()

    def _around(self) -> Iterator[QWidget]:
        """What moves or resizes the box when it does so itself."""
        each = self.box.parentWidget()
        while each:
            yield each
            each = None if each.isWindow() else each.parentWidget()

    def _close_if_stale(self) -> None:
        """The program shows another text, or the cursor went elsewhere."""
        if self.popup and self._offered != (self.box.text(), self.box.cursor_at()):
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.popup and event.type() in _MOVED:
            self.popup.place()
        if watched is not self.box:
            return False
        if self.popup and event.type() in _LEFT:
            self.close()
        if isinstance(event, QKeyEvent) and event.modifiers() in _PLAIN:
            if event.type() == QEvent.Type.ShortcutOverride and self._wants(event.key()):
                event.accept()
                return True
            return event.type() == QEvent.Type.KeyPress and self._wants(event.key()) and self._press(event.key())
        return False

    def _wants(self, key: int) -> bool:
        if not self.popup:
            return key == _Key.Key_Down and not self._item()
        has_choice = self.popup.list.currentRow() >= 0
        return key in (_Key.Key_Down, _Key.Key_Up, _Key.Key_Escape) or (
            has_choice and key in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Tab)
        )

    def _item(self) -> str:
        start, end = item_at(self.box.text(), self.box.cursor_at())
        return self.box.text()[start:end] if self.is_list else self.box.text()

    def _press(self, key: int) -> bool:
        """Down in an empty field opens the list of what was used last; True where the key is used up."""
        if not self.popup:
            self._offer(is_asked=True)
            return self.popup is not None
        if key in (_Key.Key_Down, _Key.Key_Up):
            self.popup.step(1 if key == _Key.Key_Down else -1)
        elif key == _Key.Key_Escape:
            self.close()
        else:
            self.accept(self.popup.list.currentItem().text())
        return True


class _Popup(QFrame):
    """Over the other widgets of the box's window: below the box, or above it where there is no room."""

    def __init__(self, box: LineBox | TextBox) -> None:
        super().__init__(box.window())
        self._box, self.list = box, QListWidget()
        colours = theme.colours()
        self.setObjectName("suggestions")
        self.setStyleSheet(f"QFrame#suggestions {{ background: {colours.base}; border: 1px solid {colours.quiet}; }}")
        self.setLayoutDirection(box.layoutDirection())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("Suggestions for {field}").format(field=box.accessibleName()))
        self.list.setFont(box.font())
        self.list.setStyleSheet(f"QListView::item {{ padding: {theme.PADDING}px 6px; }}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.list)

    @property
    def texts(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    def show_texts(self, texts: Sequence[str]) -> None:
        self.list.clear()
        self.list.addItems(list(texts))
        self.list.setCurrentRow(-1)
        self.place()

    def place(self) -> None:
        box, window = self._box, self._box.window()
        if box.visibleRegion().isEmpty():
            self.hide()
            return
        height = self.list.sizeHintForRow(0) * self.list.count() + 2
        at = QRect(box.mapTo(window, QPoint(0, 0)), box.size())
        has_room = at.bottom() + height < window.height() or at.top() < height
        top = at.bottom() + 1 if has_room else at.top() - height
        self.setGeometry(at.left(), top, at.width(), height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """From the box into the list, through it, and back to what was typed."""
        count = self.list.count()
        self.list.setCurrentRow((self.list.currentRow() + 1 + by) % (count + 1) - 1)
