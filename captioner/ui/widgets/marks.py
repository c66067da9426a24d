"""Marks under a text: misspelt words, codes that nobody knows, findings; and the menu that mends a word."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QToolTip

from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.widgets.boxes import TextBox, characters, units

_KEPT = 64
"""Blocks whose marks are remembered, so that a block is looked through once for each text it has."""
_MOST = 6
"""Suggestions in the menu."""


class Kind(StrEnum):
    SPELLING = "spelling"
    CODE = "code"
    FINDING = "finding"
    ERROR = "error"
    """A finding that blocks."""


_LINE = QTextCharFormat.UnderlineStyle
_LOOKS: dict[Kind, tuple[str, QTextCharFormat.UnderlineStyle]] = {
    Kind.SPELLING: ("error", _LINE.WaveUnderline),
    Kind.CODE: ("warning", _LINE.WaveUnderline),
    Kind.FINDING: ("warning", _LINE.DashUnderline),
    Kind.ERROR: ("error", _LINE.DashUnderline),
}
_OF_FINDINGS = {Kind.FINDING, Kind.ERROR}


@dataclass(frozen=True)
class Mark:
    """Characters `start` to `end`."""

    start: int
    end: int
    kind: Kind
    tooltip: str = ""


Find = Callable[[str], Iterable[Mark]]
Spans = Callable[[str], Iterable[tuple[int, int]]]


def finder(kind: Kind, spans: Spans, tooltip: str = "") -> Find:
    """Marks of one kind, from a function that tells where they stand in a line of text."""
    return lambda text: [Mark(start, end, kind, tooltip) for start, end in spans(text)]


class Marks(QSyntaxHighlighter):
    """Looks through the block that changed, and leaves the word that is being typed alone."""

    added = Signal(str)
    """A word for the glossary."""
    ignored = Signal(str)

    def __init__(
        self,
        box: TextBox,
        finders: Sequence[Find],
        suggest: Callable[[str], Sequence[str]] = lambda _word: (),
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """`before` is called before a word is mended, so that it is a step of its own."""
        super().__init__(box.document())
        self.box, self.finders, self.suggest, self.before = box, tuple(finders), suggest, before
        self.offers: Callable[[int], Sequence[tuple[str, Callable[[], None]]]] = lambda _place: ()
        """What else the menu has for a place in the text: words, and what they do."""
        self._found: dict[str, list[Mark]] = {}
        self._findings: tuple[Mark, ...] = ()
        self._text = box.text()
        self._typed_at = -1
        self._settling = QTimer(self, interval=0, singleShot=True)
        self._settling.timeout.connect(self._settle)
        box.document().contentsChange.connect(self._shift)
        box.textEdited.connect(lambda _text: self._spare())
        box.cursorPositionChanged.connect(self._settling.start)
        box.left.connect(self._settling.start)
        box.shown.connect(self._forget_typed)
        for each in (box, box.viewport()):
            each.installEventFilter(self)

    def refresh(self) -> None:
        """Another language, other names or codes: all is looked through anew."""
        self._found.clear()
        self.rehighlight()

    def show_findings(self, marks: Sequence[Mark]) -> None:
        """Marks that stand in the whole text, not in a line; they are shown until others are."""
        if self._findings != tuple(marks):
            self._findings, self._text = tuple(marks), self.box.text()
            self.rehighlight()

    def _shift(self, at: int, _removed: int, _added: int) -> None:
        """Until they are found anew, findings go along with the text that they stand in."""
        before, self._text = self._text, self.box.text() if self._findings else ""
        if self._findings and before != self._text:
            place, grown = characters(self._text, at), len(self._text) - len(before)
            self._findings = tuple(_shifted(mark, place, grown) for mark in self._findings
                                   if mark.end <= place or mark.end + grown >= place)  # fmt: skip

    # Painting

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        typed, looks = self._typed_at - block.position(), {kind: _look(kind) for kind in Kind}
        twice = [at for at, char in enumerate(text) if char > "\uffff"]  # for Qt each of them is two
        for mark in self._in_block(block, text):
            start, end = (place + bisect_left(twice, place) for place in (mark.start, mark.end))
            if self._typed_at < 0 or mark.kind in _OF_FINDINGS or not start <= typed <= end:
                self.setFormat(start, end - start, looks[mark.kind])

    def _in_block(self, block: QTextBlock, text: str) -> list[Mark]:
        if text not in self._found:
            if len(self._found) >= _KEPT:
                self._found.pop(next(iter(self._found)))
            self._found[text] = [mark for find in self.finders for mark in find(text)]
        return self._found[text] + (self._findings_in(block, text) if self._findings else [])

    def _findings_in(self, block: QTextBlock, text: str) -> list[Mark]:
        first = characters(self.box.text(), block.position())
        moved = (Mark(max(mark.start - first, 0), min(mark.end - first, len(text)), mark.kind, mark.tooltip)
                 for mark in self._findings)  # fmt: skip
        return [mark for mark in moved if mark.start < mark.end]

    def _spare(self) -> None:
        self._typed_at = self.box.textCursor().position() if self.box.hasFocus() else -1
        self.rehighlightBlock(self.box.textCursor().block())

    def _settle(self) -> None:
        """The cursor left the word that was typed, or the person left the box."""
        typed, cursor = self._typed_at, self.box.textCursor().position()
        if typed != cursor or not self.box.hasFocus():
            self._forget_typed()

    def _forget_typed(self) -> None:
        typed, self._typed_at = self._typed_at, -1
        if typed >= 0:
            self.rehighlightBlock(self.document().findBlock(typed))

    # Menu and tooltips

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange and watched is self.box:
            QTimer.singleShot(0, self, self.rehighlight)
        if isinstance(event, QContextMenuEvent):
            return self._show_menu(event, watched is self.box)
        if isinstance(event, QHelpEvent) and watched is self.box.viewport() and event.type() == QEvent.Type.ToolTip:
            return self._show_tooltip(event)
        return False

    def mark_at(self, place: int) -> Mark | None:
        return next(iter(self.marks_at(place)), None)

    def marks_at(self, place: int) -> list[Mark]:
        """At a place in the whole text; their own starts and ends are characters of that too."""
        text = self.box.text()
        block = self.document().findBlock(units(text[:place]))
        first = characters(text, block.position())
        near = (mark for mark in self._in_block(block, block.text()) if first + mark.start <= place <= first + mark.end)
        return [Mark(first + mark.start, first + mark.end, mark.kind, mark.tooltip) for mark in near]

    def _show_tooltip(self, event: QHelpEvent) -> bool:
        place = characters(self.box.text(), self.box.cursorForPosition(event.pos()).position())
        told = "\n".join(dict.fromkeys(mark.tooltip for mark in self.marks_at(place) if mark.tooltip))
        if not told:
            return False
        QToolTip.showText(event.globalPos(), theme.plain(told), self.box)
        return True

    def _show_menu(self, event: QContextMenuEvent, is_of_box: bool) -> bool:
        """For the word under the mouse, or at the cursor where a key asks."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if by_mouse and is_of_box:
            return False  # it comes to the viewport as well
        cursor = self.box.cursorForPosition(event.pos()) if by_mouse else self.box.textCursor()
        at = event.globalPos() if by_mouse else self._below(cursor)
        menu = self.menu_at(characters(self.box.text(), cursor.position()))
        menu.popup(at)
        return True

    def _below(self, cursor: QTextCursor) -> QPoint:
        return self.box.viewport().mapToGlobal(self.box.cursorRect(cursor).bottomLeft())

    def menu_at(self, place: int) -> QMenu:
        """The box's own menu; above it what mends the word there."""
        menu, mark = self.box.createStandardContextMenu(), self.mark_at(place)
        menu.aboutToHide.connect(menu.deleteLater)
        first = menu.actions()[0] if menu.actions() else None
        if not first or self.box.isReadOnly():
            return menu
        if offered := [_action(menu, text, act) for text, act in self.offers(place)]:
            menu.insertActions(first, [*offered, menu.insertSeparator(first)])
        if mark and mark.kind is Kind.SPELLING:
            menu.insertActions(first, [*self._mending(mark, menu), menu.insertSeparator(first)])
        return menu

    def _mending(self, mark: Mark, menu: QMenu) -> list[QAction]:
        word = self.box.text()[mark.start : mark.end]
        mended = [_action(menu, each, partial(self._mend, mark, word, each)) for each in self.suggest(word)[:_MOST]]
        nothing = _action(menu, _("No suggestions"), lambda: None)
        nothing.setEnabled(False)
        for action in mended:
            font = action.font()
            font.setBold(True)
            action.setFont(font)
        between = QAction(menu)
        between.setSeparator(True)
        learn = _action(menu, _("Add to glossary"), lambda: self.added.emit(word))
        ignore = _action(menu, _("Ignore"), lambda: self.ignored.emit(word))
        return [*(mended or [nothing]), between, learn, ignore]

    def _mend(self, mark: Mark, word: str, by: str) -> None:
        """As typing does; nothing where the text became another while the menu stood open."""
        if self.box.text()[mark.start : mark.end] == word:
            self.before()
            self.box.replace_span(mark.start, mark.end, by)


def _action(menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
    action = QAction(text.replace("&", "&&"), menu)
    action.triggered.connect(lambda _checked: act())
    return action


def _shifted(mark: Mark, place: int, grown: int) -> Mark:
    """After what was typed at a place, or in the middle of the mark."""
    if mark.end <= place:
        return mark
    start = mark.start if mark.start < place else max(mark.start + grown, place)
    return Mark(start, mark.end + grown, mark.kind, mark.tooltip)


def _look(kind: Kind) -> QTextCharFormat:
    colour, line = _LOOKS[kind]
    look = QTextCharFormat()
    look.setUnderlineStyle(line)
    look.setUnderlineColor(QColor(getattr(theme.colours(), colour)))
    return look
