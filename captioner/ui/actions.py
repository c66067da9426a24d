"""ACTIONS: what a person can do, its words, its shortcuts and its icon; one row each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from captioner.i18n import N_, _
from captioner.ui import theme
from captioner.ui.commands import arranging, checking, crediting, editing, filing, going, tools, viewing

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


class Needs(StrEnum):
    """What there has to be, or the action is not for now."""

    NOTHING = ""
    PHOTOS = "photos"
    WHOLE = "whole"
    """All photos of the set were read."""
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Action:
    key: str
    group: str
    label: str
    run: "Callable[[MainWindow], None]"
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    needs: Needs = Needs.NOTHING


_FILE, _EDIT, _GO, _ORDER, _TOOLS, _VIEW = (
    N_("File"), N_("Edit"), N_("Go"), N_("Order"), N_("Desk tools"), N_("View"),
)  # fmt: skip
_PHOTOS, _WHOLE = Needs.PHOTOS, Needs.WHOLE

ACTIONS = (
    Action("open", _FILE, N_("Open…"), filing.open_folder, ("Ctrl+O",), "open"),
    Action("add", _FILE, N_("Add photos…"), filing.add_photos, ("Ctrl+Shift+O",)),
    Action("story", _FILE, N_("Story…"), filing.apply_story, ("Ctrl+T",), "story", _WHOLE),
    Action("save", _FILE, N_("Save"), filing.save, ("Ctrl+S",), "save", _PHOTOS),
    Action(
        "save_and_next",
        _FILE,
        N_("Save and go to the next photo"),
        going.save_and_next,
        ("Ctrl+Return", "Ctrl+Enter"),
        "",
        _PHOTOS,
    ),  # the keypad's Enter is another key to Qt
    Action("export", _FILE, N_("Export…"), filing.export, ("Ctrl+E",), "export", _WHOLE),
    Action("corrections", _FILE, N_("Export corrections…"), filing.export_corrections, ("Ctrl+Alt+E",), "", _WHOLE),
    Action("pause", _FILE, N_("Pause the work in the background, or go on"), filing.pause, ("Ctrl+Shift+P",)),
    Action("stop", _FILE, N_("Stop saving or exporting"), filing.stop, ("Ctrl+.",)),
    Action("quit", _FILE, N_("Quit"), filing.leave, ("Ctrl+Q",)),
    Action("undo", _EDIT, N_("Undo"), editing.undo, ("Ctrl+Z",), "undo", Needs.UNDO),
    Action("redo", _EDIT, N_("Redo"), editing.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", Needs.REDO),
    Action("edit_caption", _EDIT, N_("Edit the caption in the sheet"), going.edit_caption, ("F2",), "", _PHOTOS),
    Action("edit_credit", _EDIT, N_("Edit the credit in the sheet"), going.edit_credit, ("Shift+F2",), "", _PHOTOS),
    Action(
        "credit_from_previous",
        _EDIT,
        N_("Copy the credit from the previous photo"),
        editing.credit_from_previous,
        ("Ctrl+D",),
        "",
        _PHOTOS,
    ),
    Action(
        "from_credit",
        _EDIT,
        N_("Take creator and source from the credit"),
        crediting.take,
        ("F4",),
        "",
        _PHOTOS,
    ),
    Action("copy_fields", _EDIT, N_("Copy fields"), tools.copy_fields, ("Ctrl+Shift+C",), "copy", _PHOTOS),
    Action("paste_fields", _EDIT, N_("Paste fields…"), tools.paste_fields, ("Ctrl+Shift+V",), "paste", _PHOTOS),
    Action("fix", _EDIT, N_("Fix the finding"), checking.fix, ("F9",), "", _PHOTOS),
    Action("fix_all", _EDIT, N_("Fix all findings of this kind"), checking.fix_all, ("Ctrl+F9",), "", _PHOTOS),
    Action("dismiss", _EDIT, N_("Dismiss the finding"), checking.dismiss, ("Shift+F9",), "", _PHOTOS),
    Action("turn_off", _EDIT, N_("Turn off the check of the finding"), checking.turn_off, ("Ctrl+Shift+F9",)),
    Action("next", _GO, N_("Next photo"), going.go_next, ("Ctrl+Down",), "", _PHOTOS),
    Action("previous", _GO, N_("Previous photo"), going.go_previous, ("Ctrl+Up",), "", _PHOTOS),
    Action("next_problem", _GO, N_("Next problem"), going.go_to_next_problem, ("F8",), "", _PHOTOS),
    Action("previous_problem", _GO, N_("Previous problem"), going.go_to_previous_problem, ("Shift+F8",), "", _PHOTOS),
    Action("next_empty", _GO, N_("Next photo without a caption"), going.go_to_next_empty_caption, ("F7",), "", _PHOTOS),
    Action("go_to_sheet", _GO, N_("To the sheet"), going.go_to_sheet, ("Ctrl+1",)),
    Action("go_to_caption", _GO, N_("To the caption"), going.go_to_caption, ("Ctrl+2",)),
    Action("go_to_credit", _GO, N_("To the credit"), going.go_to_credit, ("Ctrl+3",)),
    Action("go_to_headline", _GO, N_("To the headline of the set"), going.go_to_headline, ("Ctrl+4",)),
    Action("go_to_findings", _GO, N_("To the findings"), checking.go_to_findings, ("Ctrl+5",)),
    Action("search", _GO, N_("Search"), going.search, ("Ctrl+F",), "search"),
    Action("show_all", _GO, N_("Show all photos"), going.show_all, ("Ctrl+Shift+A",)),
    Action("move_up", _ORDER, N_("Move up in the order"), arranging.move_up, ("Alt+Up",), "", _PHOTOS),
    Action("move_down", _ORDER, N_("Move down in the order"), arranging.move_down, ("Alt+Down",), "", _PHOTOS),
    Action("move_to_start", _ORDER, N_("Move to the start"), arranging.move_to_start, ("Alt+Home",), "", _PHOTOS),
    Action("move_to_end", _ORDER, N_("Move to the end"), arranging.move_to_end, ("Alt+End",), "", _PHOTOS),
    Action("sort_by_name", _ORDER, N_("Sort by name"), arranging.sort_by_name, ("Ctrl+Alt+N",), "sort", _WHOLE),
    Action(
        "sort_by_time", _ORDER, N_("Sort by the time taken"), arranging.sort_by_time, ("Ctrl+Alt+T",), "sort", _WHOLE
    ),
    Action(
        "sort_as_story", _ORDER, N_("Sort as in the story"), arranging.sort_as_story, ("Ctrl+Alt+S",), "sort", _WHOLE
    ),
    Action("replace", _TOOLS, N_("Find and replace…"), tools.find_and_replace, ("Ctrl+H",), "replace", _WHOLE),
    Action("templates", _TOOLS, N_("Templates…"), tools.show_templates, ("Ctrl+M",), "template", _PHOTOS),
    Action("variables", _TOOLS, N_("Fill in variables"), tools.fill_in_variables, ("Ctrl+Shift+E",), "", _PHOTOS),
    Action("codes", _TOOLS, N_("Code replacements…"), tools.show_codes, ("Ctrl+Shift+K",), "code"),
    Action("lists", _TOOLS, N_("Lists and glossary…"), tools.show_lists, ("Ctrl+Shift+L",), "spelling"),
    Action("checks", _TOOLS, N_("Checks…"), checking.show_checks, ("Ctrl+Shift+J",), "findings"),
    Action("findings", _VIEW, N_("Show or hide the findings"), checking.show_findings, ("Ctrl+Shift+M",), "findings"),
    Action("full_screen", _VIEW, N_("Full screen"), viewing.show_full_screen, ("F11",), "full-screen", _PHOTOS),
    Action("compare", _VIEW, N_("Compare the selected photos"), viewing.compare, ("Ctrl+Shift+R",), "compare", _PHOTOS),
    Action("zoom", _VIEW, N_("Zoom to 100 %, or fit"), viewing.zoom, ("Ctrl+0",), "zoom-in", _PHOTOS),
    Action("row_height", _VIEW, N_("Next row height"), viewing.change_row_height, ("Ctrl+Shift+H",)),
    Action("palette", _VIEW, N_("Find an action…"), viewing.show_palette, ("Ctrl+K",)),
    Action("keyboard", _VIEW, N_("Keyboard…"), viewing.show_keyboard, ("F1",), "keyboard"),
)

IN_BAR = ("open", "story", "save", "export", "undo", "redo")
FIXED = (
    (("Tab", "Shift+Tab"), N_("To the next field, and back; in the sheet from the caption to the credit")),
    (("Return",), N_("Edit the caption of the photo in the sheet; in a line, take over what was typed")),
    (("Esc",), N_("Leave a field of the sheet as it was; close what lies above the window")),
    (("Space",), N_("Full screen, from the sheet or the preview")),
    (("Ctrl+A",), N_("Select every photo that is shown")),
)
"""Keys that belong to the sheet and to text boxes."""


def make(window: "MainWindow", changed: Mapping[str, Sequence[str]]) -> dict[str, QAction]:
    """An action of the window for each row, with the shortcuts that a person gave it."""
    made: dict[str, QAction] = {}
    for row in ACTIONS:
        action = QAction(_(row.label), window)
        action.setObjectName(row.key)
        action.setShortcuts([QKeySequence(each) for each in changed.get(row.key, row.shortcuts)])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, run=row.run: _do(run, window))
        window.addAction(action)
        made[row.key] = action
    dress(made)
    return made


def _do(run: "Callable[[MainWindow], None]", window: "MainWindow") -> None:
    window.typing.finish()
    run(window)


def dress(actions: Mapping[str, QAction]) -> None:
    """Icons in the theme's colour, and tooltips that tell the shortcut."""
    for row in ACTIONS:
        if row.icon:
            actions[row.key].setIcon(theme.icon(row.icon))
            actions[row.key].setIconText(_(row.label))
        keys = actions[row.key].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        actions[row.key].setToolTip(f"{_(row.label)} ({keys})" if keys else _(row.label))


def enable(window: "MainWindow") -> None:
    """What there is something to do for."""
    history, has_photos = window.photos.history, bool(len(window.photos))
    is_whole = has_photos and not window.document.is_reading
    there_is = {Needs.PHOTOS: has_photos, Needs.WHOLE: is_whole,
                Needs.UNDO: bool(history.done), Needs.REDO: bool(history.undone)}  # fmt: skip
    for row in ACTIONS:
        window.actions_[row.key].setEnabled(there_is.get(row.needs, True))
    window.headline.setEnabled(is_whole)


def grouped(actions: Mapping[str, QAction]) -> list[tuple[str, list[QAction]]]:
    groups = dict.fromkeys(row.group for row in ACTIONS)
    return [(_(group), [actions[row.key] for row in ACTIONS if row.group == group]) for group in groups]


def defaults() -> dict[str, list[str]]:
    return {row.key: list(row.shortcuts) for row in ACTIONS}
