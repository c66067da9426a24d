"""The order of the set."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from captioner.core import edits
from captioner.core.history import Edit
from captioner.i18n import _
from captioner.ui.commands import filing

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


def move_up(window: "MainWindow") -> None:
    _apply(window, window.model.stepped(window.sheet.selection, -1))


def move_down(window: "MainWindow") -> None:
    _apply(window, window.model.stepped(window.sheet.selection, 1))


def move_to_start(window: "MainWindow") -> None:
    _apply(window, edits.move(window.photos, window.sheet.selection, 0))


def move_to_end(window: "MainWindow") -> None:
    _apply(window, edits.move(window.photos, window.sheet.selection, len(window.photos)))


def sort_by_name(window: "MainWindow") -> None:
    _sort(window, edits.sort_by_name(window.photos), _("The photos are sorted by name."))


def sort_by_time(window: "MainWindow") -> None:
    _sort(window, edits.sort_by_date(window.photos), _("The photos are sorted by the time they were taken."))


def sort_as_story(window: "MainWindow") -> None:
    if window.story_captions:
        edit = edits.sort_by_captions(window.photos, window.story_captions)
        _sort(window, edit, _("The photos are sorted as in the story."))
    else:
        window.notices.tell(_("No story was applied to this set; open it with Story…, then sort."))


def _sort(window: "MainWindow", edit: Edit, told: str) -> None:
    """A hand-made order is not lost by mistake: the notice takes the sorting back."""
    if edit:
        _apply(window, edit)
        window.notices.tell(told, [(_("Undo"), window.undo)])
    else:
        window.notices.tell(_("The photos are in that order already."))


def _apply(window: "MainWindow", edit: Edit) -> None:
    window.photos.apply(edit)
    window.sheet.scrollTo(window.sheet.currentIndex())


def drop(window: "MainWindow", paths: Sequence[Path], row: int) -> None:
    """Photos from outside: into the open set where they were dropped; a folder, or the first ones, opens.

    The story's file opens beside them.
    """
    from captioner.storage.story_files import SUFFIXES  # a window shows faster without

    if len(paths) == 1 and paths[0].suffix.lower() in SUFFIXES:
        _drop_story(window, paths[0])
    elif len(window.photos):
        before = window.model.shown[row] if row < len(window.model.shown) else None
        _add(window, paths, before)
    else:
        window.open_paths(paths)


def _add(window: "MainWindow", paths: Sequence[Path], before: Path | None) -> None:
    photos = window.photos

    def take(found: Sequence[bool]) -> None:
        if any(found):
            window.open_paths(paths)
        elif photos is window.photos:
            window.document.add(paths, before)

    window.jobs.run(_holds_folder, [paths], lane="list", batch=take)


def _holds_folder(paths: Sequence[Path]) -> bool:
    return any(path.is_dir() for path in paths)


def _drop_story(window: "MainWindow", file: Path) -> None:
    if window.actions_["story"].isEnabled():
        filing.apply_story(window, file)
    else:
        told = _("{name} is a story; open its photos first, and drop it again when they are read.")
        window.notices.tell(told.format(name=file.name))
