"""Paste fields…: which of the copied fields the selected photos get, and how."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from captioner.core import clipboard
from captioner.core.batch_modes import set_table_in_modes
from captioner.core.fields import Value
from captioner.core.photo_set import PhotoSet
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext
from captioner.ui import theme
from captioner.ui.widgets.field_picker import FieldPicker

_OWN = frozenset({"caption", "alt_text", "extended_description"})
"""What a photo rarely shares with another; not ticked unless asked for."""


class PasteDialog(QDialog):
    edited = Signal(object)
    """The Edit, one step."""

    def __init__(
        self,
        photos: PhotoSet,
        selection: Sequence[Path],
        copied: Mapping[str, Value],
        ticked: Collection[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`ticked` are the fields that were chosen the last time."""
        super().__init__(parent)
        self.photos, self.selection, self.copied = photos, list(selection), copied
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Paste fields"))
        self.picker = FieldPicker(copied)
        wanted = [key for key in copied if (key not in _OWN if ticked is None else key in ticked)]
        self.picker.pick(wanted or copied)
        self.picker.changed.connect(self._show_count)
        self.empty = QLabel(_("No field was copied. Select a photo that has values, and copy them."))
        self.empty.setWordWrap(True)
        self.empty.setVisible(not copied)
        self.picker.setVisible(bool(copied))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.paste = self.buttons.addButton(_("Paste"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self.empty)
        layout.addWidget(self.picker, 1)
        layout.addWidget(self.buttons)
        self.resize(640, 480)
        self._show_count()
        self.paste.setFocus()

    def _show_count(self) -> None:
        count = len(self.selection)
        told = ngettext("Paste into {count} photo", "Paste into {count} photos", count)
        self.paste.setText(told.format(count=count))
        self.paste.setEnabled(bool(self.picker.picked and count))

    def accept(self) -> None:
        table = {key: (self.copied[key], mode) for key, mode in self.picker.picked.items()}
        if self.paste.isEnabled():
            self.edited.emit(set_table_in_modes(self.photos, self.selection, table, _("Paste fields")))
            super().accept()


def to_clipboard(values: Mapping[str, Value]) -> QMimeData:
    """For another window of the program, and as plain text for every other."""
    data = QMimeData()
    data.setData(clipboard.MIME, clipboard.copied(values).encode())
    data.setText(clipboard.readable(values))
    return data


def from_clipboard(data: QMimeData) -> dict[str, Value]:
    """Raises CaptionerError where another program put something else there."""
    try:
        return clipboard.pasted(bytes(data.data(clipboard.MIME).data()).decode())
    except UnicodeDecodeError as error:
        raise CaptionerError(_("The clipboard holds no fields of a photo; copy them again.")) from error
