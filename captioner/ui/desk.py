"""What the desk brings to the boxes of the window: its codes, the values that it used, its spelling."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from captioner import paths
from captioner.core.codes import Codes
from captioner.core.fields import FIELDS, Kind
from captioner.core.languages import recognise
from captioner.core.photo import Photo
from captioner.core.variables import Subject, fill
from captioner.errors import CaptionerError
from captioner.storage import code_files, used_values
from captioner.storage.desk_data import load_languages
from captioner.storage.used_values import Used
from captioner.ui import spelling
from captioner.ui.spelling import Spelling
from captioner.ui.widgets import completion, expansion
from captioner.ui.widgets.boxes import LineBox, TextBox
from captioner.ui.widgets.marks import Marks

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow

OWN_CODES = "set.txt"
"""The codes that were made from the names of a set, in the desk's folder."""


class Desk(QObject):
    keys = tuple(key for key, field in FIELDS.items() if field.kind is not Kind.DATE)
    """The fields in which variables are filled in."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window = window
        self.folder = paths.settings_file().with_name("codes")
        self.used_file, self._used = paths.data_folder() / "used.sqlite", dict[str, Used]()
        self.spelling = Spelling(paths.glossary_file(), window.jobs, self)
        self.spelling.told.connect(window.notices.tell)
        self.load_codes()
        for key, row in window.form.rows.items():
            self.equip(row.box, key)
        self.equip(window.headline, "headline")
        window.sheet.in_place.opened.connect(lambda box: self.equip(box, window.sheet.in_place.key))
        window.document.saving.saved.connect(self._remember)

    def equip(self, box: LineBox | TextBox, key: str) -> None:
        """Every box of the window: in the form, over the sheet, in the sheet itself."""
        expansion.attach(box, lambda: self.codes, self._seal)
        if key in used_values.KEYS:
            is_list = FIELDS[key].kind is Kind.LIST
            completion.attach(box, lambda typed: self._suggest(key, typed), is_list, self._seal)
        if isinstance(box, TextBox):
            marks = self.spelling.equip(box, self._seal) if key in spelling.KEYS else Marks(box, ())
            self.window.underlines.equip(box, marks)

    def _seal(self) -> None:
        self.window.photos.history.seal()

    # What was used before

    def _suggest(self, key: str, typed: str) -> Sequence[str]:
        """Read at the first keystroke, and kept."""
        if key not in self._used:
            try:
                self._used[key] = used_values.load(self.used_file, key)
            except CaptionerError as error:
                self.window.notices.tell(error.sentence)
                self._used[key] = Used()
        return self._used[key].suggest(typed)

    def _remember(self, saved: Sequence[Photo]) -> None:
        """What was published is used; what was merely typed is not."""
        every = {key: list(dict.fromkeys(text for photo in saved for text in photo.saved.texts(key)))
                 for key in used_values.KEYS}  # fmt: skip
        fresh = {key: texts for key, texts in every.items() if texts}
        for key, texts in fresh.items():
            if key in self._used:
                self._used[key] = self._used[key].remembering(texts)
        if fresh:
            self.window.jobs.run(lambda each: used_values.remember(self.used_file, each), [fresh], lane="journal",
                                 failed=lambda _each, error: self.window.notices.tell(error.sentence))  # fmt: skip

    def show_lists(self) -> None:
        from captioner.ui.dialogs.lists_dialog import ListsDialog

        dialog = ListsDialog(self.used_file, self.spelling.glossary_file, self.window.form.focused_key, self.window)
        dialog.changed.connect(self._reload)
        dialog.show()

    def _reload(self) -> None:
        self._used.clear()
        self.spelling.reload()

    # Codes

    @property
    def code_paths(self) -> list[Path]:
        """In the order in which they are read; a desk's shared files first, the set's own names last."""
        chosen = self.window.state.value("code_files") or []
        return [Path(str(each)) for each in ([chosen] if isinstance(chosen, str) else chosen)]

    def load_codes(self) -> Sequence[str]:
        """The troubles of the files, a sentence each."""
        delimiter = str(self.window.state.value("code_delimiter", self.window.settings.code_delimiter))
        held = code_files.load(self.code_paths)
        self.spelling.codes = self.codes = Codes(held.table, delimiter)
        self.spelling.refresh()
        return held.troubles

    def choose_codes(self, files: Sequence[Path], delimiter: str) -> None:
        self.window.state.setValue("code_files", [str(each) for each in files])
        self.window.state.setValue("code_delimiter", delimiter)
        for trouble in self.load_codes():
            self.window.notices.tell(trouble)

    def names(self) -> list[str]:
        """The people of the set, whose names become codes."""
        every = (name for photo in self.window.photos.photos for key in ("persons_shown", "creator")
                 for name in photo.values.texts(key))  # fmt: skip
        return list(dict.fromkeys(every))

    def show_codes(self) -> None:
        from captioner.ui.dialogs.codes_dialog import CodesDialog

        window = self.window
        dialog = CodesDialog(self.code_paths, self.codes.delimiter, self.names(), self.folder, window)
        dialog.changed.connect(self.choose_codes)
        dialog.show()

    # Variables

    def language_of(self, caption: str) -> str:
        return recognise(caption, load_languages())

    def expanded(self, text: str, photo: Photo, number: int) -> str:
        """A template's text for a photo."""
        language = self.language_of(photo.values.text("caption") or text)
        return fill(text, Subject(photo.values, photo.path.stem, number, len(self.window.photos), language)).text
