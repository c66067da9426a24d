"""The window: sheet, preview and form around one open set."""

from collections.abc import Collection, Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QMainWindow

from captioner import paths
from captioner.core import edits
from captioner.core.fields import FIELDS
from captioner.core.photo_set import Changed, PhotoSet
from captioner.core.stops import Stop
from captioner.i18n import _, ngettext
from captioner.settings import Settings
from captioner.storage.thumbnail_cache import ThumbnailCache
from captioner.ui import actions, desk, panes, remembered, tool_bar
from captioner.ui.actions import Needs
from captioner.ui.badges import State
from captioner.ui.caption_form import CaptionForm
from captioner.ui.commands import arranging, checking, crediting, editing, going, viewing
from captioner.ui.document import Document
from captioner.ui.filter_bar import FilterBar
from captioner.ui.findings_panel import FindingsPanel
from captioner.ui.jobs import Jobs
from captioner.ui.judging import Judging
from captioner.ui.notices import Notices
from captioner.ui.pictures import PREVIEW, Pictures
from captioner.ui.preview import Preview
from captioner.ui.qt_photo_set import QtPhotoSet
from captioner.ui.sheet import Sheet
from captioner.ui.sifting import Sifting
from captioner.ui.status import Status
from captioner.ui.typing import Typing
from captioner.ui.underlines import Underlines
from captioner.ui.widgets.boxes import TextBox

if TYPE_CHECKING:
    from captioner.export.receipt import Receipt

_AHEAD = (1, 2, 3, -1)
"""In the direction in which a person goes."""


class MainWindow(QMainWindow):
    visited: Stop | None = None
    """Where F8 came to last."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.state = remembered.state()
        self.jobs, self.model = Jobs(self), QtPhotoSet(self)
        self.pictures = Pictures(self, ThumbnailCache(paths.thumbnails_file()))
        self.typing = Typing(self)
        self.document = Document(self.model, self.jobs, settings.policy, self)
        self.findings = Judging(self.jobs, settings.checks, self)
        self.sifting = Sifting(self.model, self.findings, self)
        self.model.findings = self.findings.of
        self.story_file: Path | None = None
        self.story_captions: tuple[str, ...] = ()
        self.notices, self.status, self.filter_bar = Notices(), Status(self.jobs), FilterBar()
        self.headline = TextBox(1, takes_breaks=False)
        self.sheet, self.preview = Sheet(self.model, self.pictures), Preview(self.pictures)
        self.form = CaptionForm(settings.policy.iim_lengths == "strict")
        self.panel = FindingsPanel(self.findings, self.model)
        self.underlines = Underlines(lambda box: checking.place_of(self, box), self.findings.of, self)
        self._shows_changed: set[Path] = set()
        self._shows_keys: set[str] = set()
        self._show_all = False
        self._row = 0
        self._showing = QTimer(self, interval=0, singleShot=True)
        self._showing.timeout.connect(self.show_changed)
        self.panes, self.middle = panes.lay_out(self)
        self.desk = desk.Desk(self)
        self.actions_ = actions.make(self, remembered.shortcuts(self.state))
        self.bar = tool_bar.tool_bar(self.actions_, self.filter_bar)
        self.addToolBar(self.bar)
        self._connect()
        self.setAcceptDrops(True)
        remembered.restore(self)
        self._refresh(Changed(order=True, headline=True))

    @property
    def photos(self) -> PhotoSet:
        return self.model.photos

    def _connect(self) -> None:
        self.model.changed.connect(self._refresh)
        self.findings.judged.connect(self._show_judged)
        self.model.changed.connect(lambda changed: self.desk.spelling.follow(self.photos, changed))
        self.sheet.selected.connect(self._select)
        self.sheet.edited.connect(lambda path, key, value: self.photos.apply(
            edits.set_field(self.photos, [path], key, value, typing=True)))  # fmt: skip
        self.sheet.in_place.ended.connect(lambda _step: self.photos.history.seal())
        self.sheet.sighted.connect(lambda shown: self.document.read_first(frozenset(shown)))
        self.sheet.refused.connect(self.notices.tell)
        self.sheet.moved.connect(lambda edit: self.photos.apply(edit))
        self.sheet.dropped.connect(lambda dropped, row: arranging.drop(self, dropped, row))
        for part in (self.sheet, self.preview):
            part.wants_full_screen.connect(lambda: viewing.show_full_screen(self))
        self.form.edited.connect(lambda key, value: editing.set_field(self, key, value))
        self.form.batched.connect(lambda key, value, mode: editing.set_batch(self, key, value, mode))
        self.form.chosen.connect(lambda key, source: editing.choose(self, key, source))
        self.form.left.connect(self._leave_field)
        self.form.chain.action = self.actions_["from_credit"]
        self.form.chain.taken.connect(lambda keys: crediting.take(self, keys))
        self.form.chain.restyled.connect(lambda style: crediting.restyle(self, style))
        self.headline.textEdited.connect(lambda _text: self._edit_headline(typing=True))
        self.headline.left.connect(self._leave_headline)
        self.filter_bar.changed.connect(self.sifting.sift)
        self.sifting.sifted.connect(self._hide)
        self.filter_bar.left.connect(self.sifting.finish)
        self.filter_bar.left.connect(lambda: going.go_to_sheet(self))
        self.document.told.connect(self.notices.tell)
        self.document.recovered.connect(lambda told: self.notices.tell(told, [(_("Undo"), self.undo)]))
        self.document.saving.asked.connect(self.notices.tell)
        self.document.chosen.connect(lambda named: remembered.keep_set(self.state, named))
        self.document.listed.connect(self._listed)
        self.document.opened.connect(self._opened)
        self.document.exported.connect(self._exported)
        self.document.reread.connect(self._forget_pictures)
        self._connect_findings()
        self.jobs.ended.connect(lambda _job: self._refresh_actions())
        self.status.counted.connect(self.setWindowModified)

    def _connect_findings(self) -> None:
        self.findings.judged.connect(self.underlines.show)
        self.desk.spelling.glossary_read.connect(self.findings.know_glossary)
        self.findings.begun.connect(lambda: self._show_judged(()))
        self.underlines.entered.connect(lambda finding: checking.tell(self, finding))
        self.underlines.fix_wanted.connect(lambda finding: checking.fix_one(self, finding))
        self.underlines.dismiss_wanted.connect(lambda finding: checking.dismiss_one(self, finding))
        self.panel.looked.connect(lambda finding: checking.tell(self, finding))
        self.panel.wanted.connect(lambda finding: checking.go_to(self, finding))
        self.panel.closed.connect(self.panel.hide)
        self.panel.is_reading = lambda: self.document.is_reading
        self.panel.show_actions(self.actions_)
        self.document.opened.connect(self.panel.tell)
        self.status.board.asked.connect(self.filter_bar.show_kind)
        self.filter_bar.changed.connect(lambda wanted: self.status.board.show_kind(wanted.kind))

    # What the set tells

    def _refresh(self, changed: Changed) -> None:
        if changed.headline and " ".join(self.headline.text().split()) != self.photos.headline:
            self.headline.show_text(self.photos.headline)
        if changed.order or changed.paths:
            self._shows_changed |= changed.paths
            self._shows_keys |= changed.keys
            self._show_all |= changed.order
            if not self._showing.isActive():
                self._showing.start()
        self.status.count(self.photos)
        self._refresh_actions()
        folder = Path(self.photos.name.partition("\n")[0]).name if self.photos.name else ""
        self.setWindowTitle(f"{folder}[*] – Captioner" if folder else "Captioner[*]")
        self.sheet.empty = _("No photo is like that; Esc in the search shows all.") if len(self.photos) else ""

    def _refresh_actions(self) -> None:
        history, has_photos = self.photos.history, bool(len(self.photos))
        is_whole = has_photos and not self.document.is_reading
        actions.enable(self.actions_, {
            Needs.PHOTOS: has_photos, Needs.WHOLE: is_whole,
            Needs.UNDO: bool(history.done), Needs.REDO: bool(history.undone),
        })  # fmt: skip
        self.headline.setEnabled(is_whole)

    def show_changed(self) -> None:
        """Once for however many changes come together; the form only where they concern what is selected."""
        changed, self._shows_changed = self._shows_changed, set()
        keys, self._shows_keys = self._shows_keys, set()
        is_due, self._show_all = self._show_all, False
        self.findings.follow(self.photos, changed)
        if is_due or not changed.isdisjoint(self.sheet.selection):
            self._show_selection(FIELDS if is_due else keys)

    def _show_judged(self, judged: Collection[Path]) -> None:
        self.model.touch(judged)
        self.status.problems = self.findings.problem_count
        self.status.photos_with_problems = len(self.findings.problems)
        self.status.count(self.photos)

    def _select(self) -> None:
        self.typing.finish()
        if self.model.is_stale:
            QTimer.singleShot(0, lambda: self.sifting.sift_anew(self.filter_bar.filter, self.sheet.selection))
        if news := self.model.states[State.NEW].intersection(self.sheet.selection):
            self.model.mark(State.NEW, news, False)
        self._show_selection()

    def _show_selection(self, keys: Container[str] = FIELDS) -> None:
        selection, path = self.sheet.selection, self.sheet.current
        self.form.show_photos([self.photos[each] for each in selection], keys)
        self.underlines.edited = path if len(selection) == 1 else None
        self.underlines.show()
        self.panel.show_photo(path)
        self.preview.show_photo(path, "" if len(self.photos) else _("Drop photos here, or open a folder."))
        if path:
            self.desk.spelling.read(self.photos[path].values.text("caption"))
            row, shown = self.model.row(path), self.model.shown
            near = [row, *(row + step * (1 if row >= self._row else -1) for step in _AHEAD)]
            self._row = row
            self.pictures.want(PREVIEW, [shown[each] for each in near if 0 <= each < len(shown)])

    def _hide(self, hidden: frozenset[Path]) -> None:
        self.sheet.hide_photos(hidden)
        self.status.shown = len(self.model.shown) if self.model.is_filtered else None
        self.status.count(self.photos)

    def _forget_pictures(self, changed: Sequence[Path]) -> None:
        for path in changed:
            self.pictures.forget(path)
        self._show_selection()
        self.sheet.want_visible()

    def _listed(self) -> None:
        """Not when all is read: by then a person may be typing."""
        self.sheet.go_to(0)
        self.sheet.setFocus()

    def _opened(self) -> None:
        self._refresh(Changed(order=True, headline=True))

    def _exported(self, receipt: "Receipt") -> None:
        count = len(receipt.photos)
        told = ngettext("{count} photo is exported to {folder}.", "{count} photos are exported to {folder}.", count)
        folder = QUrl.fromLocalFile(str(receipt.destination))
        self.notices.tell(told.format(count=count, folder=receipt.destination), [
            (_("Open the folder"), lambda: QDesktopServices.openUrl(folder))])  # fmt: skip

    # What a person does

    def open_paths(self, named: Sequence[Path], again: bool = False) -> None:
        self.typing.finish()
        self.notices.clear()
        self.filter_bar.clear()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.remember_story(())
        self.document.open(named, again)

    def undo(self) -> None:
        editing.undo(self)

    def remember_story(self, captions: tuple[str, ...], language: str = "") -> None:
        """For sorting as in the story, and for captions too short to tell their language."""
        self.story_captions = captions
        self.findings.know_story(captions)
        self.desk.spelling.story_language = language

    def change_shortcuts(self, key: str, shortcuts: Sequence[str]) -> None:
        remembered.keep_shortcuts(self.state, key, shortcuts)
        actions.dress(self.actions_)

    def _edit_headline(self, typing: bool = False) -> None:
        text, photos = " ".join(self.headline.text().split()), self.photos
        self.typing.do(lambda: photos.apply(edits.set_headline(photos, text, typing)), len(photos))

    def _leave_field(self) -> None:
        self.typing.finish()
        self.photos.history.seal()

    def _leave_headline(self) -> None:
        self.typing.finish()
        self.photos.history.seal()
        self.headline.show_text(self.photos.headline)

    # The window itself

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            actions.dress(self.actions_)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if dropped:
            arranging.drop(self, dropped, len(self.model.shown))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked: what is unsaved is a draft, and back the next time."""
        self.setFocus()
        self.typing.finish()
        remembered.keep(self)
        self.hide()
        self.document.live.stop()
        for lane in ("read", "checks"):
            self.jobs.cancel(lane)
        self.jobs.wait()
        self.document.journal.write(wait=True)
        self.pictures.close()
        super().closeEvent(event)
