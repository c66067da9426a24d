"""Opening, saving, exporting, closing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from captioner.errors import CaptionerError
from captioner.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from captioner.export.receipt import Receipt
    from captioner.export.recipes import Recipe
    from captioner.ui.dialogs.export_dialog import ExportDialog
    from captioner.ui.main_window import MainWindow
    from captioner.ui.planning import Choice, Make


def open_folder(window: "MainWindow") -> None:
    folder = QFileDialog.getExistingDirectory(window, _("Open a folder of photos"), _last_folder(window))
    if folder:
        window.open_paths([Path(folder)])


def add_photos(window: "MainWindow") -> None:
    names, _filter = QFileDialog.getOpenFileNames(window, _("Add photos"), _last_folder(window))
    if paths := [Path(name) for name in names]:
        if len(window.photos):
            window.document.add(paths)
        else:
            window.open_paths(paths)


def _last_folder(window: "MainWindow") -> str:
    return str(window.state.value("folder", ""))


def save(window: "MainWindow") -> None:
    window.document.saving.save()


def pause(window: "MainWindow") -> None:
    """What is being read or saved in the background; again, and it goes on."""
    window.status.toggle_pause()


def stop(window: "MainWindow") -> None:
    window.status.stop()


def apply_story(window: "MainWindow", file: Path | None = None) -> None:
    from captioner.ui.dialogs.story_dialog import StoryDialog

    dialog = StoryDialog(window.photos, window.pictures, window.jobs, file or window.story_file, window)
    dialog.applied.connect(window.remember_story)
    dialog.opened.connect(window.desk.equip)
    dialog.open()


def export(window: "MainWindow") -> None:
    dialog = export_dialog(window)
    dialog.planned.connect(window.document.exporting.export)
    dialog.open()


def export_corrections(window: "MainWindow") -> None:
    """The page, with what has changed since the set was exported."""
    if window.document.exporting.last is None:
        window.notices.tell(_("None of these photos was exported from here yet; export the set first."))
        return
    dialog = export_dialog(window)
    dialog.planned.connect(window.document.exporting.export)
    dialog.choice.setCurrentIndex(1)
    dialog.open()


def export_dialog(window: "MainWindow") -> "ExportDialog":
    from captioner.ui.dialogs.export_dialog import ExportDialog

    window.typing.finish()
    window.show_changed()
    beside = Path(window.photos.name.partition("\n")[0])
    dialog = ExportDialog(_choices(window), beside, window.pictures, window.jobs, window.state, window.document.policy,
                          window)  # fmt: skip
    window.document.opened.connect(dialog.make_plan)
    window.findings.rested.connect(dialog.make_plan)
    return dialog


def _choices(window: "MainWindow") -> "list[Choice]":
    """The corrections where there was an export."""
    from captioner.ui.planning import Choice, corrected, whole_set

    def frozen(make: "Callable[..., Make]") -> "Callable[[], Make]":
        return lambda: make(window.photos, window.settings.credit_style, dict(window.findings.found))

    whole, last = Choice(_("All of the set"), frozen(whole_set)), window.document.exporting.last
    since = _("What has changed since the export")
    return [whole, Choice(since, frozen(corrected), _recipe_of(last), last.base)] if last else [whole]


def _recipe_of(receipt: "Receipt") -> "Recipe | None":
    """None where it can't be used any more."""
    from captioner.export.recipes import load_recipe

    try:
        return load_recipe(str(receipt.recipe_file or receipt.recipe))
    except CaptionerError:
        return None


def leave(window: "MainWindow") -> None:
    window.close()
