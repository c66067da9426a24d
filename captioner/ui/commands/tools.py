"""The desk's tools, each behind a dialog that stands beside the photos."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from captioner import paths
from captioner.core.variables import expand_variables
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from captioner.ui.main_window import MainWindow


def copy_fields(window: "MainWindow") -> None:
    """Of the current photo, for this window and others; other programs get them as text."""
    from captioner.ui.dialogs.paste_dialog import to_clipboard

    if path := window.sheet.current:
        QGuiApplication.clipboard().setMimeData(to_clipboard(window.photos[path].values))
        count = len(window.photos[path].values)
        told = ngettext("{count} field of {name} is copied.", "{count} fields of {name} are copied.", count)
        window.notices.tell(told.format(count=count, name=path.name))


def paste_fields(window: "MainWindow") -> None:
    from captioner.ui.dialogs.paste_dialog import PasteDialog, from_clipboard

    try:
        held = from_clipboard(QGuiApplication.clipboard().mimeData())
    except CaptionerError as error:
        window.notices.tell(error.sentence)
        return
    _show(window, PasteDialog(window.photos, window.sheet.selection, held, parent=window))


def find_and_replace(window: "MainWindow") -> None:
    from captioner.ui.dialogs.replace_dialog import ReplaceDialog

    _show(window, ReplaceDialog(window.photos, window.sheet.selection, window))


def show_templates(window: "MainWindow") -> None:
    from captioner.ui.dialogs.templates_dialog import TemplatesDialog

    folder = paths.settings_file().with_name("templates")
    _show(window, TemplatesDialog(folder, window.photos, window.sheet.selection, window.desk.expanded, window))


def _show(window: "MainWindow", dialog: "QDialog") -> None:
    """Beside the window, which can be worked in meanwhile; opening another set closes it."""
    dialog.edited.connect(window.photos.apply)  # type: ignore[attr-defined]
    dialog.show()


def fill_in_variables(window: "MainWindow") -> None:
    """In every field of the selected photos, each with its own values."""
    selection = window.sheet.selection
    edit = expand_variables(window.photos, selection, window.desk.keys, window.desk.language_of)
    if edit:
        window.photos.apply(edit)
    else:
        window.notices.tell(_("There is no variable such as {date} in the selected photos that has a value."))


def show_codes(window: "MainWindow") -> None:
    window.desk.show_codes()


def show_lists(window: "MainWindow") -> None:
    window.desk.show_lists()
