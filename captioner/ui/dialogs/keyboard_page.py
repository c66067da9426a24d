"""Every shortcut in one place: found by name or by pressing it, changed, reset, and copied as text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QColor, QGuiApplication, QKeyEvent
from PySide6.QtGui import QKeySequence as Keys
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from captioner.core.filters import folded
from captioner.i18n import N_, _
from captioner.ui import theme

_Key, _Modifier, _ACTION = Qt.Key, Qt.KeyboardModifier, Qt.ItemDataRole.UserRole
_HELD = _Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier
_ALTGR = _Modifier.ControlModifier | _Modifier.AltModifier  # as some systems tell it
_MODIFIERS = {_Key.Key_Control, _Key.Key_Shift, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta, _Key.Key_unknown}
_EDITING_KEYS = {_Key.Key_Left, _Key.Key_Right, _Key.Key_Home, _Key.Key_End, _Key.Key_Backspace, _Key.Key_Delete}
_EDITING = (Keys.StandardKey.Copy, Keys.StandardKey.Cut, Keys.StandardKey.Paste, Keys.StandardKey.SelectAll)
_TAKEN_BY_BOXES = (*_EDITING, Keys.StandardKey.MoveToEndOfLine, Keys.StandardKey.DeleteCompleteLine)
_TROUBLES = {
    "typing": N_("{keys} is for typing; press it together with Ctrl or Alt."),
    "editing": N_("{keys} is for editing text; press another one."),
    "fixed": N_("{keys} can't be changed ({label}); press another one."),
    "taken": N_("{keys} is “{label}” already; press another one, or take it over."),
}


@dataclass(frozen=True)
class Line:
    label: str
    keys: list[Keys]
    action: QAction | None = None
    """None where the keys can't be changed."""


class KeyboardPage(QDialog):
    changed = Signal(str, list)
    """An action's object name, and the shortcuts that it has from here on, as settings keep them."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[QAction]]], defaults: Mapping[str, Sequence[str]],
        parent: QWidget | None = None, fixed: Sequence[tuple[Sequence[str], str]] = (),
    ) -> None:  # fmt: skip
        """`defaults` are by object name; `fixed` are keys that can't be changed, and what they do."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keyboard"))
        self._groups, self._defaults, self._fixed = groups, defaults, fixed
        self._pressed: Keys | None = None
        self._asking: QAction | None = None
        self._wanted: tuple[QAction, list[Keys]] | None = None
        self.search, self.tree, self.nothing = _SearchBox(), QTreeWidget(), QLabel()
        self.bar, self.recorder = QFrame(), _Recorder()
        self.asked, self.trouble = QLabel(), QLabel()
        self.take_over, self.remove, self.cancel = _button(_("Take it over")), _button(_("No shortcut")), _button(
            _("Cancel"))  # fmt: skip
        self.change, self.reset, self.reset_all = _button(_("Change…")), _button(_("Reset")), _button(_("Reset all"))
        self.copy, self.done_ = _button(_("Copy as text")), _button(_("Close"))
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("Search by name, or press a shortcut"))
        self.search.setAccessibleName(_("Search"))
        self.search.setClearButtonEnabled(True)
        self.tree.setHeaderLabels([_("Action"), _("Shortcut"), _("Default")])
        self.tree.setAccessibleName(_("Shortcuts"))
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(2 * theme.GRID)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.recorder.setAccessibleName(_("New shortcut"))
        self.recorder.setMaximumSequenceLength(1)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label, name in ((self.nothing, "quiet"), (self.asked, ""), (self.trouble, "trouble")):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.bar.setObjectName("notice")
        rows = QVBoxLayout(self.bar)
        rows.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        rows.addLayout(_row((self.asked, 1), self.recorder, self.remove, self.cancel))
        rows.addLayout(_row((self.trouble, 1), self.take_over))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.bar)
        layout.addLayout(_row(self.change, self.reset, self.reset_all, (None, 1), self.copy, self.done_))
        self.resize(720, 640)

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _text: self._search(None))
        self.search.textChanged.connect(lambda text: text or self._search(None))
        self.search.pressed.connect(self._search)
        self.tree.itemActivated.connect(lambda _item: self._record())
        self.tree.currentItemChanged.connect(lambda _item: self._show_current())
        self.recorder.keySequenceChanged.connect(self._recorded)
        self.recorder.cancelled.connect(self._stop)
        for button, does in (
            (self.change, self._record), (self.reset, self._reset), (self.reset_all, self._reset_all),
            (self.copy, self._copy), (self.done_, self.reject), (self.take_over, self._take_over),
            (self.remove, self._remove), (self.cancel, self._stop),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, does=does: does())

    @property
    def actions_(self) -> list[QAction]:
        return [action for _group, actions in self._groups for action in actions if not action.isSeparator()]

    @property
    def current(self) -> QAction | None:
        """What is chosen in the list, if it can be changed."""
        item = self.tree.currentItem()
        return item.data(0, _ACTION) if item else None

    # What is shown

    def _search(self, pressed: Keys | None) -> None:
        self._pressed = pressed
        if pressed:
            self.search.setText(_native([pressed]))
        self._show()

    def _show(self) -> None:
        """Everything anew, with the same action chosen."""
        chosen = self.current
        self._stop()
        self.tree.clear()
        for group, lines in self._lines():
            self._add_group(group, [line for line in lines if self._is_found(group, line)], chosen)
        is_found = self.tree.topLevelItemCount() > 0
        told = _("{keys} is free.") if self._pressed else _("No action is called “{keys}”.")
        self.nothing.setText("" if is_found else told.format(keys=self.search.text()[:100]))
        self.nothing.setVisible(not is_found)
        self.tree.setVisible(is_found)
        self._show_current()

    def _lines(self) -> Iterator[tuple[str, list[Line]]]:
        for group, actions in self._groups:
            yield group, [Line(_label(each), each.shortcuts(), each) for each in actions if not each.isSeparator()]
        yield _("Text boxes and lists"), [Line(what, list(map(Keys, keys))) for keys, what in self._fixed]

    def _is_found(self, group: str, line: Line) -> bool:
        if self._pressed:
            return self._pressed in line.keys
        text = folded(f"{group} {line.label} {_native(line.keys)}")
        return all(word in text for word in folded(self.search.text()).split())

    def _add_group(self, group: str, lines: list[Line], chosen: QAction | None) -> None:
        if not lines:
            return
        heading = QTreeWidgetItem([group])
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.font()
        font.setBold(True)
        heading.setFont(0, font)
        heading.setSizeHint(0, QSize(0, 4 * theme.GRID))
        self.tree.addTopLevelItem(heading)
        heading.setFirstColumnSpanned(True)
        heading.setExpanded(True)
        for line in lines:
            heading.addChild(item := self._item(line))
            if line.action and line.action is chosen:
                self.tree.setCurrentItem(item)

    def _item(self, line: Line) -> QTreeWidgetItem:
        default = self._default(line.action) if line.action else line.keys
        item = QTreeWidgetItem([line.label, _native(line.keys), "" if default == line.keys else _native(default)])
        item.setData(0, _ACTION, line.action)
        item.setSizeHint(0, QSize(0, 3 * theme.GRID))
        item.setToolTip(0, theme.plain(line.label))
        for column in (2,) if line.action else (0, 1):
            item.setForeground(column, QColor(theme.colours().quiet))
        return item

    def _show_current(self) -> None:
        self.change.setEnabled(self.current is not None)
        self.reset.setEnabled(self.current is not None and self._is_changed(self.current))
        self.reset_all.setEnabled(any(map(self._is_changed, self.actions_)))

    def _default(self, action: QAction) -> list[Keys]:
        return [Keys(each) for each in self._defaults.get(action.objectName(), ())]

    def _is_changed(self, action: QAction) -> bool:
        return action.shortcuts() != self._default(action)

    # What is changed

    def _record(self) -> None:
        if action := self.current:
            self._ask(action)
            self.recorder.show()
            self.remove.setVisible(bool(action.shortcuts()))
            self.recorder.setFocus()

    def _ask(self, action: QAction) -> None:
        self._asking = action
        self.asked.setText(_("New shortcut for “{label}”").format(label=_label(action)))
        for widget in (self.recorder, self.remove, self.trouble, self.take_over):
            widget.hide()
        self.recorder.clear()
        self.bar.show()

    def _stop(self) -> None:
        """Back to the list."""
        has_focus = self.bar.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._asking = self._wanted = None
        self.bar.hide()
        if has_focus:
            self.tree.setFocus()

    def _recorded(self, keys: Keys) -> None:
        if self._asking and not keys.isEmpty():
            self._propose(self._asking, _with_keypad(keys))

    def _propose(self, action: QAction, wanted: list[Keys]) -> None:
        """Gives the action these shortcuts, or tells why not."""
        trouble = next((told for keys in wanted if (told := self._trouble(action, keys))), "")
        if not trouble:
            self._give({action: wanted})
            return
        self._wanted = action, wanted
        self.trouble.setText(trouble)
        self.trouble.show()
        self.take_over.setVisible(not any(self._refusal(action, keys) for keys in wanted))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.trouble, trouble))

    def _trouble(self, action: QAction, keys: Keys) -> str:
        taken = next((_label(each) for each in self._holders(action, keys)), "")
        kind, label = self._refusal(action, keys) or (("taken", taken) if taken else ("", ""))
        return _(_TROUBLES[kind]).format(keys=_native([keys]), label=label) if kind else ""

    def _refusal(self, action: QAction, keys: Keys) -> tuple[str, str] | None:
        """The kind of trouble that nobody can take over, and what the keys do; its own default is never refused."""
        if keys in self._default(action):
            return None
        if what := next((what for fixed, what in self._fixed if keys in map(Keys, fixed)), ""):
            return "fixed", what
        return (kind, "") if (kind := _kind(keys)) else None

    def _holders(self, action: QAction, keys: Keys) -> list[QAction]:
        return [each for each in self.actions_ if each is not action and keys in each.shortcuts()]

    def _take_over(self) -> None:
        if self._wanted:
            action, wanted = self._wanted
            holders = dict.fromkeys(each for keys in wanted for each in self._holders(action, keys))
            self._give({each: [keys for keys in each.shortcuts() if keys not in wanted] for each in holders}
                       | {action: wanted})  # fmt: skip

    def _remove(self) -> None:
        if self._asking:
            self._give({self._asking: []})

    def _reset(self) -> None:
        if action := self.current:
            self._ask(action)
            self._propose(action, self._default(action))

    def _reset_all(self) -> None:
        self._give({action: self._default(action) for action in self.actions_})

    def _give(self, table: Mapping[QAction, list[Keys]]) -> None:
        changed = {action: keys for action, keys in table.items() if action.shortcuts() != keys}
        for action, keys in changed.items():
            action.setShortcuts(keys)
        for action, keys in changed.items():
            self.changed.emit(action.objectName(), [each.toString() for each in keys])
        self._show()

    def _copy(self) -> None:
        """All of them, whatever is searched for; a tab between, so that a table takes them."""
        groups = ("\n".join([group, *(f"{line.label}\t{_native(line.keys)}" for line in lines)])
                  for group, lines in self._lines() if lines)  # fmt: skip
        QGuiApplication.clipboard().setText("\n\n".join(groups) + "\n")
        self.copy.setText(_("Copied"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step: from a search to the whole list, from there to the window."""
        if event.key() == _Key.Key_Escape and (not self.bar.isHidden() or self.search.text()):
            self.search.clear() if self.bar.isHidden() else self._stop()
        else:
            super().keyPressEvent(event)


class _SearchBox(QLineEdit):
    pressed = Signal(object)
    """A shortcut, where it is none that edits text."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_shortcut(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_shortcut(event):
            self.pressed.emit(_keys(event))
        else:
            super().keyPressEvent(event)


class _Recorder(QKeySequenceEdit):
    cancelled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == _Key.Key_Escape and not event.modifiers():
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


def _keys(event: QKeyEvent) -> Keys:
    """The keypad's keys are those of the same name."""
    return Keys(QKeyCombination(event.modifiers() & ~_Modifier.KeypadModifier, _Key(event.key())))


def _combination(keys: Keys) -> QKeyCombination:
    return keys[0]  # type: ignore[index] - Qt's operator, which its stubs leave out


def _is_shortcut(event: QKeyEvent) -> bool:
    if event.key() in _MODIFIERS | _EDITING_KEYS or any(event.matches(each) for each in _EDITING):
        return False
    held = event.modifiers() & _HELD
    is_typed = held == _ALTGR and event.text() and event.text().isprintable()
    return bool(held and not is_typed) or _is_function_key(event.key())


def _is_function_key(key: int) -> bool:
    return _Key.Key_F1 <= key <= _Key.Key_F35


def _kind(keys: Keys) -> str:
    """Why nothing can have this shortcut, as a row of the troubles."""
    pressed = _combination(keys)
    if any(keys in Keys.keyBindings(each) for each in _TAKEN_BY_BOXES):
        return "editing"
    is_free = pressed.keyboardModifiers() & _HELD or _is_function_key(pressed.key())
    return "" if is_free else "typing" if pressed.key() < _Key.Key_Escape else "editing"


def _with_keypad(keys: Keys) -> list[Keys]:
    """Enter has two keys, and each is another one to Qt."""
    pressed = _combination(keys)
    both = (_Key.Key_Return, _Key.Key_Enter)
    modifiers = pressed.keyboardModifiers() & ~_Modifier.KeypadModifier
    return [Keys(QKeyCombination(modifiers, key)) for key in (both if pressed.key() in both else [pressed.key()])]


def _native(keys: Sequence[Keys]) -> str:
    return ", ".join(each.toString(Keys.SequenceFormat.NativeText) for each in keys)


def _label(action: QAction) -> str:
    """Without the marks of mnemonics."""
    return re.sub(r"&(.)", r"\1", action.text())


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button


def _row(*widgets: QWidget | tuple[QWidget | None, int]) -> QHBoxLayout:
    """Side by side; a number is how much a widget, or the gap, grows."""
    row = QHBoxLayout()
    row.setSpacing(theme.GRID)
    for each in widgets:
        widget, stretch = each if isinstance(each, tuple) else (each, 0)
        row.addWidget(widget, stretch) if widget else row.addStretch(stretch)
    return row
