"""ACTIONS: what a person can do, its words, its shortcut and its icon; one row each."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from captioner.i18n import N_, _
from captioner.ui import theme


@dataclass(frozen=True)
class Action:
    key: str
    label: str
    shortcut: str = ""
    icon: str = ""
    is_in_bar: bool = False


ACTIONS = (
    Action("open", N_("Open…"), "Ctrl+O", "open", True),
    Action("story", N_("Story…"), "Ctrl+T", "story", True),
    Action("save", N_("Save"), "Ctrl+S", "save", True),
    Action("export", N_("Export…"), "Ctrl+E", "export", True),
    Action("undo", N_("Undo"), "Ctrl+Z", "undo", True),
    Action("redo", N_("Redo"), "Ctrl+Shift+Z", "redo", True),
    Action("save_and_next", N_("Save and go to the next photo"), "Ctrl+Return"),
    Action("next", N_("Next photo"), "Ctrl+Down"),
    Action("previous", N_("Previous photo"), "Ctrl+Up"),
    Action("move_up", N_("Move up in the order"), "Alt+Up"),
    Action("move_down", N_("Move down in the order"), "Alt+Down"),
    Action("quit", N_("Quit"), "Ctrl+Q"),
)


def make(window: QWidget, slots: dict[str, Callable[[], object]]) -> dict[str, QAction]:
    """An action of the window for each row; a row without a slot is an error in the program."""
    made: dict[str, QAction] = {}
    for row in ACTIONS:
        action = QAction(_(row.label), window)
        action.setShortcuts([QKeySequence(each) for each in _shortcuts(row)])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, slot=slots[row.key]: slot())
        window.addAction(action)
        made[row.key] = action
    dress(made)
    return made


def _shortcuts(row: Action) -> list[str]:
    """The keypad's Enter is another key to Qt."""
    more = {"save_and_next": ["Ctrl+Enter"], "redo": ["Ctrl+Y"]}
    return [row.shortcut, *more.get(row.key, [])]


def dress(actions: dict[str, QAction]) -> None:
    """Icons in the theme's colour, and tooltips that tell the shortcut."""
    for row in ACTIONS:
        if row.icon:
            actions[row.key].setIcon(theme.icon(row.icon))
            actions[row.key].setIconText(_(row.label))
        keys = actions[row.key].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        actions[row.key].setToolTip(f"{_(row.label)} ({keys})")
