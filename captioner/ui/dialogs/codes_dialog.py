"""Code replacements: which files, which delimiter, and the codes in effect."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from captioner.core import codes
from captioner.core.filters import folded
from captioner.errors import reason
from captioner.i18n import _
from captioner.storage import code_files
from captioner.ui import theme

_DELIMITERS = ("=", "\\", "|", "~", "^")
_OF_SET = "set.txt"
_MOST = 500
"""Rows shown; a desk's list of players has thousands, and the search finds the others."""


class CodesDialog(QDialog):
    changed = Signal(object, str)
    """The files, in the order in which they are read, and the delimiter; at once."""

    def __init__(
        self, files: Sequence[Path], delimiter: str, names: Sequence[str], folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.names, self.folder = list(names), folder
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Code replacements"))
        self.files, self.delimiter, self.search = QListWidget(), QComboBox(), QLineEdit()
        self.table, self.trouble, self.hint = QTableWidget(0, 2), QLabel(), QLabel()
        self.files.addItems([str(each) for each in files])
        self.files.setAccessibleName(_("Code files; of two that have a code the lower one wins"))
        self.delimiter.addItems(list(dict.fromkeys((delimiter, *_DELIMITERS))))
        self.delimiter.setAccessibleName(_("Delimiter"))
        self.search.setPlaceholderText(_("Search in the codes"))
        self.search.setAccessibleName(_("Search in the codes"))
        self.table.setHorizontalHeaderLabels([_("Code"), _("Text, and its alternatives")])
        self.table.setAccessibleName(_("Codes in effect"))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.trouble.setObjectName("warning")
        for label in (self.trouble, self.hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self.delimiter.currentTextChanged.connect(lambda _text: self._tell())
        self.search.textChanged.connect(lambda _text: self._show())
        self._read()

    def _lay_out(self) -> None:
        buttons = {_("Add files…"): self._add, _("Remove"): self._remove, _("Up"): lambda: self._move(-1),
                   _("Down"): lambda: self._move(1), _("Codes of the set's names"): self.make_of_names}  # fmt: skip
        row = QHBoxLayout()
        for text, slot in buttons.items():
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch()
        label = QLabel(_("Delimiter"))
        label.setBuddy(self.delimiter)
        row.addWidget(label)
        row.addWidget(self.delimiter)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GRID)
        self.files.setFixedHeight(12 * theme.GRID)
        layout.addWidget(self.files)
        layout.addLayout(row)
        for widget in (self.trouble, self.hint, self.search, self.table, close):
            layout.addWidget(widget)
        self.resize(720, 560)

    @property
    def paths(self) -> list[Path]:
        return [Path(self.files.item(row).text()) for row in range(self.files.count())]

    def _tell(self) -> None:
        self._read()
        self.changed.emit(self.paths, self.delimiter.currentText())

    def _read(self) -> None:
        held = code_files.load(self.paths)
        self._codes = held.table
        self.trouble.setText("\n".join(held.troubles[:6]))
        self.trouble.setVisible(bool(held.troubles))
        mark = self.delimiter.currentText()
        first = next(iter(self._codes), "mm")
        told = _("Type {example} in any field; {second} takes the second text.")
        none = _("Add a text file that has a code, a tab and its text in each line; or make codes of the set's names.")
        used = told.format(example=f"{mark}{first}{mark}", second=f"{mark}{first}#2{mark}")
        self.hint.setText(used if self._codes else none)
        self._show()

    def _show(self) -> None:
        words = folded(self.search.text()).split()
        found = [(code, "  ·  ".join(texts)) for code, texts in self._codes.items()
                 if all(word in folded(f"{code} {' '.join(texts)}") for word in words)]  # fmt: skip
        self.table.setRowCount(min(len(found), _MOST))
        for row, cells in enumerate(found[:_MOST]):
            for column, text in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(text))

    def _add(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Add code files"), str(self.folder), _("Text (*.txt *.tsv)")
        )
        self.files.addItems([name for name in names if Path(name) not in self.paths])
        if names:
            self._tell()

    def _remove(self) -> None:
        if self.files.takeItem(self.files.currentRow()):
            self._tell()

    def _move(self, step: int) -> None:
        row = self.files.currentRow()
        if row >= 0 and 0 <= row + step < self.files.count():
            self.files.insertItem(row + step, self.files.takeItem(row))
            self.files.setCurrentRow(row + step)
            self._tell()

    def make_of_names(self) -> None:
        """A file of its own, so that a desk's shared one stays as it is."""
        file = self.folder / _OF_SET
        if not self.names:
            self.trouble.setText(_("No photo of the set names a person shown or a creator; fill those in first."))
            self.trouble.show()
            return
        try:
            code_files.write(file, codes.from_names(self.names))
        except OSError as error:
            told = _("The codes can't be written to {path} ({reason}); check the folder.")
            self.trouble.setText(told.format(path=file, reason=reason(error)))
            self.trouble.show()
            return
        if file not in self.paths:
            self.files.addItem(str(file))
        self._tell()
