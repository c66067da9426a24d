"""How the set and its photos are looked at."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from captioner.i18n import _

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


def change_row_height(window: "MainWindow") -> None:
    height = (int(str(window.state.value("row_height", 1))) + 1) % 3
    window.state.setValue("row_height", height)
    window.sheet.set_height(height)


def show_palette(window: "MainWindow") -> None:
    from captioner.ui import actions
    from captioner.ui.dialogs.command_palette import CommandPalette

    recent = window.state.value("palette") or []
    recent = [recent] if isinstance(recent, str) else recent
    palette = CommandPalette(actions.grouped(window.actions_), window, recent=recent)
    palette.used.connect(lambda used: window.state.setValue("palette", used))
    palette.open()


def show_keyboard(window: "MainWindow") -> None:
    from captioner.ui import actions, shortcuts
    from captioner.ui.dialogs.keyboard_page import KeyboardPage

    def change(key: str, chosen: Sequence[str]) -> None:
        shortcuts.keep(window.state, key, chosen)
        actions.dress(window.actions_)

    fixed = [(keys, _(what)) for keys, what in actions.FIXED]
    page = KeyboardPage(actions.grouped(window.actions_), actions.defaults(), window, fixed)
    page.changed.connect(change)
    page.open()


def show_full_screen(window: "MainWindow") -> None:
    """The sheet follows, so that leaving it is to be where one looked last."""
    from captioner.ui.full_screen import FullScreen, Shown

    def current() -> Shown | None:
        path = window.sheet.current
        return (window.photos[path], window.model.row(path) + 1, len(window.model.shown)) if path else None

    if current():
        screen = FullScreen(window.pictures, current, window)
        screen.stepped.connect(lambda by: window.sheet.go_to(window.sheet.currentIndex().row() + by))
        window.sheet.selected.connect(screen.follow)
        screen.showFullScreen()


def compare(window: "MainWindow") -> None:
    from captioner.ui.full_screen import Compare

    if len(window.sheet.selection) > 1:
        Compare(window.pictures, window.photos.__getitem__, window.sheet.selection, window).showMaximized()
    else:
        window.notices.tell(_("Select two photos or more to compare them."))


def zoom(window: "MainWindow") -> None:
    window.preview.toggle_zoom()
