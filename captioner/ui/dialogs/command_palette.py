"""Ctrl+K: everything that can be done, found by its name and done with Enter."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from captioner.core.filters import folded
from captioner.i18n import _
from captioner.ui import theme

More = Callable[[str], Sequence[tuple[str, Callable[[], object]]]]
_WIDTH, _ROW, _ROWS = 72 * theme.GRID, 4 * theme.GRID, 12
_FOUND = 50
_RECENT = 8
_ISOLATED = "\u2068{}\u2069"
"""A caption in Latin script keeps its own direction in a window that runs from right to left."""
_ROLE = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_ROWS + 1, Qt.Key.Key_PageDown: _ROWS - 1}
_OWN_KEYS = {*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
_KEEPS_OPEN = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


@dataclass(frozen=True)
class Row:
    label: str
    run: Callable[[], object]
    group: str = ""
    shortcut: str = ""
    key: str = ""
    """What it is remembered by."""
    is_enabled: bool = True

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        parts = (self.label, self.shortcut, self.group, "" if self.is_enabled else _("not available now"))
        return ", ".join(part for part in parts if part)


class CommandPalette(QFrame):
    """Lies over the upper middle of its parent, once. Before anything is done the focus goes back to where it was."""

    used = Signal(list)
    """The new `recent`."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[QAction]]], parent: QWidget, more: More | None = None,
        recent: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """`more` finds what is no action, such as a photo; `recent` are object names, the last used first."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._over, self._groups, self._more, self._recent = parent, groups, more, list(recent)
        self._rows: list[Row] = []
        self._before: QWidget | None = None
        self.box, self.list, self.nothing = _SearchBox(), QListWidget(), QLabel()
        self._lay_out()
        self.box.textChanged.connect(self._show_found)
        self.box.stepped.connect(self._step)
        self.box.returnPressed.connect(self._run_current)
        self.box.escaped.connect(self.dismiss)
        self.box.left.connect(self.close)
        self.list.itemClicked.connect(self._run)
        self.list.currentItemChanged.connect(self._speak)
        parent.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self.setAccessibleName(_("Command palette"))
        self.box.setPlaceholderText(_("What do you want to do?"))
        self.box.setAccessibleName(_("Find a command"))
        self.list.setAccessibleName(_("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_Lines(self.list))
        self.nothing.setObjectName("quiet")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setMinimumHeight(2 * _ROW)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        layout.setSpacing(theme.GRID)
        for widget in (self.box, self.list, self.nothing):
            layout.addWidget(widget)

    def open(self) -> None:
        """With what was used last on top. Where one is open already, that goes away: the same key opens and closes."""
        if opened := [each for each in self._over.findChildren(CommandPalette) if each.isVisible()]:
            opened[0].dismiss()
            self.close()
            return
        self._before = self.window().focusWidget()
        self._rows = list(self._actions())
        self._show_found()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Back to where the cursor was."""
        before, self._before = self._before, None
        self.close()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def _actions(self) -> Iterator[Row]:
        for group, actions in self._groups:
            for action in actions:
                if action.isVisible() and not action.isSeparator() and (label := _plain(action.text())):
                    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                    key = action.objectName() or label
                    yield Row(label, action.trigger, group, keys, key, action.isEnabled())

    def _show_found(self) -> None:
        text = self.box.text().strip()
        found = find(self._rows, text, self._recent)
        if self._more and text:
            found += [Row(label, run, _("Photo")) for label, run in self._more(text)[:_FOUND]]
        self.list.clear()
        for row in found:
            item = QListWidgetItem(row.label)
            item.setData(_ROLE, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            if not row.is_enabled:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.nothing.setText(_("There is no command “{text}”.").format(text=text[:100]))
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._arrange()
        self._step(0)

    def _arrange(self) -> None:
        """As wide as there is room for, as high as what was found."""
        parent = self._over
        width = min(_WIDTH, parent.width() - 4 * theme.GRID)
        top = min(8 * theme.GRID, parent.height() // 8)
        room = (parent.height() - 2 * top - 8 * theme.GRID) // _ROW
        self.list.setFixedHeight(max(1, min(self.list.count(), _ROWS, room)) * _ROW)
        self.setFixedWidth(max(width, 0))
        self.adjustSize()
        self.move((parent.width() - width) // 2, top)

    def _step(self, by: int) -> None:
        """From what can be done to what can be done; by none, to the first. One step at an end goes to the other."""
        able = [row for row in range(self.list.count()) if self.list.item(row).flags()]
        if not able:
            self.list.setCurrentRow(-1)
            return
        at = able.index(self.list.currentRow()) if self.list.currentRow() in able and by else 0
        to = (at + by) % len(able) if abs(by) == 1 else min(max(at + by, 0), len(able) - 1)
        self.list.setCurrentRow(able[to])
        self.list.scrollToItem(self.list.item(0 if to == 0 else able[to]))

    def _run_current(self) -> None:
        if item := self.list.currentItem():
            self._run(item)

    def _run(self, item: QListWidgetItem) -> None:
        row: Row = item.data(_ROLE)
        if not row.is_enabled:
            return
        self.dismiss()
        if row.key:
            self.used.emit([row.key, *(key for key in self._recent if key != row.key)][:_RECENT])
        row.run()

    def _speak(self, item: QListWidgetItem | None) -> None:
        """The focus stays in the box, so a screen reader has to be told."""
        if item and self.isVisible():
            told = item.data(Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.box, told))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._arrange()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme.colours().quiet))
        painter.setBrush(QColor(theme.colours().base))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class _SearchBox(QLineEdit):
    stepped = Signal(int)
    escaped = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """While it is open its keys are its own, whatever they do in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not _is_own(event) or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            self.stepped.emit(_STEPS[key])

    def focusNextPrevChild(self, next: bool) -> bool:
        """There is nowhere to go: Tab walks through what was found."""
        self.stepped.emit(1 if next else -1)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _KEEPS_OPEN:
            self.left.emit()


def _is_own(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    return plain and event.key() in _OWN_KEYS


class _Lines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(_ROLE)
        c, metrics, rect = theme.colours(), option.fontMetrics, option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(rect.left(), rect.top(), theme.GRID // 2, rect.height())
            painter.fillRect(rect, QColor(c.selection))
            painter.fillRect(QStyle.visualRect(option.direction, rect, bar), QColor(c.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver and row.is_enabled:
            painter.fillRect(rect, QColor(c.notice))
        area = rect.adjusted(2 * theme.GRID, 0, -2 * theme.GRID, 0)
        keys = metrics.horizontalAdvance(row.shortcut)
        left = max(area.width() - keys - 2 * theme.GRID, 0)
        label = metrics.elidedText(row.label.replace("\n", " "), Qt.TextElideMode.ElideRight, left)
        taken = metrics.horizontalAdvance(label) + 2 * theme.GRID
        group = metrics.elidedText(row.group, Qt.TextElideMode.ElideRight, max(left - taken, 0))
        for text, colour, at, width in (
            (label, c.text if row.is_enabled else c.quiet, 0, left),
            (group, c.quiet, taken, left - taken),
            (row.shortcut, c.quiet, area.width() - keys, keys),
        ):
            painter.setPen(QColor(colour))
            place = QStyle.visualRect(option.direction, area, QRect(area.left() + at, area.top(), width, area.height()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, _ISOLATED.format(text))
        painter.restore()


def find(rows: Sequence[Row], text: str, recent: Sequence[str] = ()) -> list[Row]:
    """The rows that hold every word: at the beginnings of words first, then anywhere, then in group and shortcut."""
    words = folded(text).split()
    used = {key: place for place, key in enumerate(recent)}
    ranked = [(rank, used.get(row.key, len(used)), row) for row in rows if (rank := _rank(row, words)) is not None]
    return [row for _rank_, _used, row in sorted(ranked, key=lambda each: each[:2])]


def _rank(row: Row, words: list[str]) -> int | None:
    label, about = folded(row.label), folded(f"{row.group} {row.shortcut}")
    ranks = [_place(word, label, about) for word in words]
    return None if None in ranks else sum(rank or 0 for rank in ranks)


def _place(word: str, label: str, about: str) -> int | None:
    if re.search(rf"(?<!\w){re.escape(word)}", label):
        return 0
    return 1 if word in label else 2 if word in about else None


def _plain(label: str) -> str:
    """Without the marks of mnemonics."""
    return re.sub(r"&(.)", r"\1", label)
