"""Story…: the text on one side, the photos with the captions they will get on the other."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core import edits, pair_edits
from captioner.core.pairing import Pairing, pair
from captioner.core.photo_set import PhotoSet
from captioner.i18n import N_, _, ngettext
from captioner.storage.story_files import SUFFIXES
from captioner.ui import theme
from captioner.ui.jobs import Jobs
from captioner.ui.pictures import Pictures
from captioner.ui.splitting import Lay, Splitting
from captioner.ui.widgets import pair_words
from captioner.ui.widgets.pair_model import Column, PairModel
from captioner.ui.widgets.pair_table import PairTable
from captioner.ui.widgets.pair_tools import PairTools
from captioner.ui.widgets.story_text import StoryText, beside, dropped_file

_REPLACE, _KEEP, _BESIDE = "replace", "keep", "beside"
_CHOICES = {_REPLACE: N_("Replace them"), _KEEP: N_("Keep them"), _BESIDE: N_("Show both, and pick")}


class StoryDialog(QDialog):
    applied = Signal(object, str)
    """The story's captions in its order, and its language."""
    opened = Signal(object, str)
    """A box to write in, and its field."""

    def __init__(
        self, photos: PhotoSet, pictures: Pictures, jobs: Jobs, file: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.photos = photos
        self.pairs, self.splitting = PairModel(self), Splitting(jobs, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Story"))
        self.setAcceptDrops(True)
        self.story, self.table = StoryText(), PairTable(self.pairs, pictures)
        self.tools, self.existing = PairTools(self.table), QComboBox()
        self.headline, self.summary, self.trouble, self.doubt = QLabel(), QLabel(), QLabel(), QLabel()
        self.credit_all = QPushButton()
        self._recognised = ""
        self._dress()
        self._lay_out()
        self._connect()
        self._show()
        self.story.box.setFocus()
        if file:
            self.load(file)

    @property
    def pairing(self) -> Pairing:
        return self.pairs.pairing

    def _dress(self) -> None:
        for label, name in ((self.headline, "title"), (self.summary, "quiet"), (self.trouble, "trouble"),
                            (self.doubt, "warning")):  # fmt: skip
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for choice, told in _CHOICES.items():
            self.existing.addItem(_(told), choice)
        self.existing.setAccessibleName(_("Captions that photos have already"))
        self.credit_all.setAutoDefault(False)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        self.choice = QWidget()
        choice = beside(_("Captions that photos have already"), self.existing)
        choice.setContentsMargins(0, 0, 0, 0)
        choice.addStretch()
        self.choice.setLayout(choice)
        for widget in (self.headline, self.summary, self.trouble, self.doubt, self.choice, self.tools):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.credit_all, 0, Qt.AlignmentFlag.AlignLeading)
        panes = QSplitter()
        panes.addWidget(self.story)
        panes.addWidget(right)
        panes.setSizes([290, 930])
        panes.setStretchFactor(1, 1)
        panes.setHandleWidth(2 * theme.GRID)
        panes.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.apply = self.buttons.addButton(_("Apply to the photos"), QDialogButtonBox.ButtonRole.AcceptRole)
        bottom = QHBoxLayout()
        bottom.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(panes, 1)
        layout.addLayout(bottom)
        self.resize(1240, 760)

    def _connect(self) -> None:
        self.story.rested.connect(self._split)
        self.story.wants_file.connect(self._choose)
        self.story.spoken.connect(self._speak)
        self.splitting.was_read.connect(self._show_read)
        self.splitting.was_laid.connect(self._show_story)
        self.splitting.failed.connect(self._fail)
        self.pairs.changed.connect(self._show)
        self.pairs.refused.connect(self.trouble.setText)
        self.existing.activated.connect(lambda _at: self._choose_existing())
        self.credit_all.clicked.connect(lambda: self.pairs.do(pair_edits.give_credit(self.pairing)))
        self.table.rows.opened.connect(self.opened)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    # The text

    def _choose(self) -> None:
        every = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        filters = _("Stories ({patterns});;All files (*)").format(patterns=every)
        file, _kind = QFileDialog.getOpenFileName(self, _("Open a story"), self.photos.name.partition("\n")[0], filters)
        if file:
            self.load(Path(file))

    def load(self, file: Path) -> None:
        self.splitting.read(file, self._lay)
        self._show()

    def _show_read(self, text: str, pairing: Pairing) -> None:
        """What a file tells, until its text is edited; what comes next is to look at the pairs."""
        self.story.show_text(text)
        self._show_story(pairing)
        self.table.setFocus()

    def _split(self, text: str) -> None:
        self.splitting.split(text, self._lay)
        self._show()

    @property
    def _lay(self) -> Lay:
        values = {photo.path: photo.values for photo in self.photos.photos}
        captions, credits = ({path: each.text(key) for path, each in values.items()} for key in ("caption", "credit"))
        return partial(pair, photos=self.photos.order, captions=captions, credits=credits)

    def _fail(self, sentence: str) -> None:
        """What was there before stays."""
        self._show()
        self.trouble.setText(sentence)
        self.trouble.show()

    def _show_story(self, pairing: Pairing) -> None:
        """What the text gives each photo; touches nothing yet."""
        self._recognised = pairing.language
        self.story.show_language(pairing.language)
        pairing = replace(pairing, language=self.story.chosen_language or pairing.language)
        kept = pair_edits.keep(pairing, pairing.met) if self.existing.currentData() == _KEEP else pairing
        self.pairs.start(kept if kept.told else Pairing())
        if self.table.currentIndex().row() < 0:
            self.table.go_to(0)
        self._show()

    def _speak(self, language: str) -> None:
        self.pairs.do(replace(self.pairing, language=language or self._recognised))

    # The pairs

    def _show(self) -> None:
        """What is to be said of the pairs, and whether they can be applied."""
        pairing, is_busy = self.pairing, self.splitting.is_busy
        self.headline.setText(pairing.headline)
        self.summary.setText(
            _("Reading the story…") if is_busy else pair_words.summary(pairing) if pairing.told else ""
        )
        self.trouble.setText(pair_words.to_do(pairing))
        self.doubt.setText(pair_words.to_look_at(pairing))
        for label in (self.headline, self.summary, self.trouble, self.doubt):
            label.setVisible(bool(label.text()))
        self.table.empty = self._told_of_nothing()
        self.table.viewport().update()
        self._show_choice()
        self._offer_credit()
        self.apply.setEnabled(pairing.is_settled and not is_busy)

    def _told_of_nothing(self) -> str:
        if self.splitting.is_busy:
            return _("Reading the story…")
        if self.story.text.strip():
            return _("No caption is found in this text: write one a paragraph, below the headline.")
        return _("Paste the story on the other side, or drop its file here. Each caption is laid beside its photo, "
                 "and nothing is changed until you apply it.")  # fmt: skip

    def _show_choice(self) -> None:
        count = len(self.pairing.met)
        self.choice.setVisible(bool(count))
        self.pairs.shows_held = bool(count) and self.existing.currentData() != _REPLACE
        self.table.setColumnHidden(Column.HELD, not self.pairs.shows_held)
        self.tools.refresh()

    def _choose_existing(self) -> None:
        """For all photos; with both shown, each can be picked."""
        choice, pairing = self.existing.currentData(), self.pairing
        if choice == _REPLACE:
            self.pairs.do(pair_edits.take_story(pairing, pairing.photos))
        elif choice == _KEEP:
            self.pairs.do(pair_edits.keep(pairing, pairing.met))
        self._show()

    def _offer_credit(self) -> None:
        """One click gives the story's only credit to the captions that have none; nothing does so in silence."""
        credit, count = self.pairing.only_credit, len(self.pairing.without_credit)
        told = ngettext("Give {count} caption without credit the story's only one: {credit}",
                        "Give {count} captions without credit the story's only one: {credit}", count)  # fmt: skip
        self.credit_all.setText(told.format(count=count, credit=credit).replace("&", "&&"))
        self.credit_all.setVisible(bool(credit and count))

    # Files that are dropped, and the end

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if file := dropped_file(event.mimeData()):
            event.acceptProposedAction()
            self.load(file)

    def accept(self) -> None:
        """One undo step for all of it."""
        self.story.settle()
        self.table.commit()
        if self.apply.isEnabled():
            pairing = self.pairing
            self.photos.apply(edits.apply_story(self.photos, pairing.headline, pairing.values))
            self.applied.emit(tuple(each.caption for each in pairing.pairs), pairing.language)
            super().accept()

    def done(self, result: int) -> None:
        self.splitting.stop()
        super().done(result)
