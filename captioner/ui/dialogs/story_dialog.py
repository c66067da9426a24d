"""Story…: the text on one side, the photos with the captions they will get on the other."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core import edits
from captioner.core.pairing import Pairing, pair
from captioner.core.photo_set import PhotoSet
from captioner.core.story import split_story
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext
from captioner.storage.desk_data import load_agencies, load_languages
from captioner.storage.story_files import read_story_text
from captioner.ui import theme
from captioner.ui.pictures import THUMBNAIL, Pictures
from captioner.ui.widgets.pair_row import PairRow

_SPLIT_MS = 250


class StoryDialog(QDialog):
    applied = Signal(object)
    """The story's captions in its order."""

    def __init__(self, photos: PhotoSet, pictures: Pictures, file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos, self.pictures = photos, pictures
        self.pairing: Pairing | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Story"))
        self.text, self.trouble, self.summary, self.headline = QPlainTextEdit(), QLabel(), QLabel(), QLabel()
        self.text.setPlaceholderText(
            _("Paste the story here, or open its file: a headline, then one caption a paragraph.")
        )
        self.text.setAccessibleName(_("Story"))
        self.text.setTabChangesFocus(True)
        self.headline.setObjectName("title")
        self.trouble.setObjectName("trouble")
        for label in (self.headline, self.trouble, self.summary):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.credit_all = QCheckBox()
        self.rows: list[PairRow] = []
        self._lay_out()
        self._timer = QTimer(self, interval=_SPLIT_MS, singleShot=True)
        self._timer.timeout.connect(self.split)
        self.text.textChanged.connect(self._timer.start)
        self.credit_all.toggled.connect(self.split)
        pictures.ready.connect(self._show_pictures)
        self.split()
        if file and file.is_file():
            self.load(file)

    def _lay_out(self) -> None:
        choose = QPushButton(_("Open a text file…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        left, right = QWidget(), QWidget()
        texts, pairs = QVBoxLayout(left), QVBoxLayout(right)
        for column in (texts, pairs):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.GRID)
        texts.addWidget(choose)
        texts.addWidget(self.text)
        self.list = QScrollArea()
        self.list.setWidgetResizable(True)
        for widget in (self.headline, self.summary, self.trouble, self.credit_all):
            pairs.addWidget(widget)
        pairs.addWidget(self.list, 1)
        panes = QSplitter()
        panes.addWidget(left)
        panes.addWidget(right)
        panes.setSizes([380, 620])
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(2 * theme.GRID)
        panes.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.apply = self.buttons.addButton(_("Apply to the photos"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(panes, 1)
        layout.addLayout(bottom)
        self.resize(1080, 720)

    def _choose(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(
            self, _("Open a story"), self.photos.name, _("Text (*.txt *.md);;All files (*)")
        )
        if file:
            self.load(Path(file))

    def load(self, file: Path) -> None:
        try:
            self.text.setPlainText(read_story_text(file))
        except CaptionerError as error:
            self.text.clear()
            self.trouble.setText(error.sentence)
            self.trouble.show()
            return
        self.split()

    def split(self) -> None:
        """Shows what the text gives each photo; touches nothing yet."""
        self._timer.stop()
        story = split_story(self.text.toPlainText(), load_agencies(), load_languages())
        held = {photo.path: photo.values.text("caption") for photo in self.photos.photos}
        self.pairing = pair(story, self.photos.order, held, self.credit_all.isChecked()) if story.captions else None
        self.headline.setText(self.pairing.headline if self.pairing else "")
        self.summary.setText(_summary(self.pairing) if self.pairing else "")
        self._offer_credit()
        over = self.pairing.unmatched_captions if self.pairing else ()
        told = ngettext("There is {count} caption more than photos: remove it from the text, or add its photo.",
                        "There are {count} captions more than photos: remove them from the text, or add their photos.",
                        len(over)) if over else ""  # fmt: skip
        self.trouble.setText(told.format(count=len(over)))
        self.trouble.setVisible(bool(over))
        self.apply.setEnabled(self.pairing is not None and not over)
        self._show_pairs()

    def _offer_credit(self) -> None:
        """One click gives the story's only credit to the captions that have none; nothing does so in silence."""
        credit = self.pairing.only_credit if self.pairing else ""
        lacking = bool(self.pairing and self.pairing.without_credit)
        self.credit_all.setText(_("Give every caption the story's only credit, {credit}").format(credit=credit))
        self.credit_all.setVisible(bool(credit) and (lacking or self.credit_all.isChecked()))

    def _show_pairs(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, theme.GRID, 0)
        column.setSpacing(0)
        self.rows = []
        for number, each in enumerate(self.pairing.pairs if self.pairing else (), 1):
            row = PairRow(f"{number:02}", each.caption, each.credit, each.path.name if each.path else _("no photo"))
            self.rows.append(row)
            column.addWidget(row)
        column.addStretch()
        self.list.setWidget(content)
        self._show_pictures()

    def _show_pictures(self) -> None:
        paths = [each.path for each in self.pairing.pairs] if self.pairing else []
        for row, path in zip(self.rows, paths, strict=False):
            row.show_picture(self.pictures.get(path, THUMBNAIL) if path else None)
        missing = [path for path in paths if path and self.pictures.get(path, THUMBNAIL) is None]
        if missing:
            self.pictures.want(THUMBNAIL, missing)

    def accept(self) -> None:
        """One undo step for all of it."""
        if self._timer.isActive():
            self.split()
        if self.pairing and self.apply.isEnabled():
            values: Mapping[Path, Mapping[str, object]] = self.pairing.values
            self.photos.apply(edits.apply_story(self.photos, self.pairing.headline, values))  # type: ignore[arg-type]
            self.applied.emit(tuple(each.caption for each in self.pairing.pairs))
            super().accept()


def _summary(pairing: Pairing) -> str:
    count, repeats, without = len(pairing.pairs), pairing.dropped_repeats, len(pairing.without_credit)
    left = len(pairing.unmatched_photos)
    told = [
        ngettext("{count} caption", "{count} captions", count).format(count=count),
        ngettext("{count} repeat dropped", "{count} repeats dropped", repeats).format(count=repeats) if repeats else "",
        ngettext("{count} without credit", "{count} without credit", without).format(count=without) if without else "",
        ngettext("{count} photo gets none", "{count} photos get none", left).format(count=left) if left else "",
    ]
    return " · ".join(part for part in told if part)
