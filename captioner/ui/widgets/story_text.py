"""The story's text, pasted, dropped or read from its file, and the language that it is in."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from captioner.i18n import _, name_of
from captioner.storage.desk_data import load_languages
from captioner.ui import theme

_REST_MS = 250


class _Box(QPlainTextEdit):
    """Takes text; a file that is dropped is for the dialog to read."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Rich text as its text, also where the other program gives nothing else."""
        plain = source.data("text/plain")
        self.insertPlainText(source.text() if plain else QTextDocumentFragment.fromHtml(source.html()).toPlainText())


class StoryText(QWidget):
    rested = Signal(str)
    """The text, when the fingers rest."""
    wants_file = Signal()
    spoken = Signal(str)
    """The language that a person says it is in; "" for the one that is recognised."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box, self.language = _Box(), QComboBox()
        self.box.setPlaceholderText(
            _("Paste the story here, or open its file: a headline, then one caption a paragraph.")
        )
        self.box.setAccessibleName(_("Story"))
        self.box.setTabChangesFocus(True)
        self._timer = QTimer(self, interval=_REST_MS, singleShot=True)
        self._timer.timeout.connect(lambda: self.rested.emit(self.text))
        self.box.textChanged.connect(self._timer.start)
        self._fill_languages()
        self._lay_out()

    def _fill_languages(self) -> None:
        codes = [each.code for each in load_languages().spoken if each.code != "mul"]
        self.language.addItem("", "")
        for name, code in sorted((name_of(code), code) for code in codes):
            self.language.addItem(name, code)
        self.language.setAccessibleName(_("Language of the story"))
        self.language.activated.connect(lambda _at: self.spoken.emit(self.language.currentData()))
        self.show_language("")

    def _lay_out(self) -> None:
        choose, label = QPushButton(_("Open a file…")), QLabel(_("Language"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self.wants_file)
        label.setBuddy(self.language)
        bottom = QHBoxLayout()
        bottom.addWidget(label)
        bottom.addWidget(self.language, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(choose)
        layout.addWidget(self.box, 1)
        layout.addLayout(bottom)

    @property
    def text(self) -> str:
        return self.box.toPlainText()

    @property
    def is_typing(self) -> bool:
        return self._timer.isActive()

    def settle(self) -> None:
        """What was typed last counts at once."""
        if self.is_typing:
            self._timer.stop()
            self.rested.emit(self.text)

    def show_text(self, text: str) -> None:
        self.box.setPlainText(text)
        self._timer.stop()

    def show_language(self, recognised: str) -> None:
        """What is recognised stands first; what a person chose stays chosen."""
        none = _("Not recognised") if self.text.strip() else _("As recognised")
        told = _("{language}, as recognised").format(language=name_of(recognised))
        self.language.setItemText(0, told if recognised else none)

    @property
    def chosen_language(self) -> str:
        return str(self.language.currentData() or "")


def dropped_file(data: QMimeData) -> Path | None:
    """The one file that is dropped, or None."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix else None


def beside(label: str, widget: QWidget) -> QHBoxLayout:
    """A widget behind the label that names it."""
    line, name = QHBoxLayout(), QLabel(label)
    name.setBuddy(widget)
    line.addWidget(name)
    line.addWidget(widget)
    line.setAlignment(name, Qt.AlignmentFlag.AlignVCenter)
    return line
