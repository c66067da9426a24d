"""Values: undo and redo, fields of one photo or many, choices among blocks."""

from typing import TYPE_CHECKING

from captioner.core import edits
from captioner.core.batch_modes import Mode, set_in_mode
from captioner.core.fields import Value
from captioner.core.history import Edit
from captioner.i18n import _
from captioner.ui.widgets.choice_mark import MINE, THEIRS

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


def undo(window: "MainWindow") -> None:
    _show(window, window.photos.undo())


def redo(window: "MainWindow") -> None:
    _show(window, window.photos.redo())


def _show(window: "MainWindow", edit: Edit | None) -> None:
    """Undo shows what it changed, at once."""
    window.show_changed()
    changed = edit.paths if edit else {}
    if changed and not any(path in changed for path in window.sheet.selection):
        window.sheet.select([next(iter(changed))])


def set_field(window: "MainWindow", key: str, value: Value) -> None:
    """Typed in the form, for all that is selected."""
    photos, selection = window.photos, window.sheet.selection
    window.typing.do(lambda: photos.apply(edits.set_field(photos, selection, key, value, typing=True)), len(selection))


def set_batch(window: "MainWindow", key: str, value: Value, mode: Mode) -> None:
    window.photos.apply(set_in_mode(window.photos, window.sheet.selection, key, value, mode))


def choose(window: "MainWindow", key: str, source: str) -> None:
    """Among what the blocks hold, or between what is here and what another program wrote."""
    selection = window.sheet.selection
    if source == MINE:
        window.document.saving.keep_mine(window.photos, selection[0], key)
    elif source == THEIRS:
        window.document.saving.take_theirs(window.photos, selection[0], key)
    else:
        window.photos.apply(edits.choose(window.photos, selection, key, source))


def credit_from_previous(window: "MainWindow") -> None:
    """Of the photo above the first selected one in the sheet, for all that are selected."""
    selection = window.sheet.selection
    row = window.model.row(selection[0]) - 1 if selection else -1
    credit = window.photos[window.model.shown[row]].values["credit"] if row >= 0 else ""
    if credit:
        window.photos.apply(edits.set_field(window.photos, selection, "credit", credit))
    else:
        window.notices.tell(_("The photo before has no credit to copy."))
