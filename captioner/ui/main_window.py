"""The window: sheet, preview and form around one open set."""

from collections.abc import Collection, Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QMainWindow

from captioner.core import edits
from captioner.core.fields import FIELDS
from captioner.core.photo_set import Changed, PhotoSet
from captioner.i18n import _, ngettext
from captioner.settings import Settings
from captioner.ui import remembered

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QSplitter, QToolBar

    from captioner.core.stops import Stop
    from captioner.export.receipt import Receipt
    from captioner.ui.caption_form import CaptionForm
    from captioner.ui.desk import Desk
    from captioner.ui.document import Document
    from captioner.ui.filter_bar import FilterBar
    from captioner.ui.findings_panel import FindingsPanel
    from captioner.ui.jobs import Jobs
    from captioner.ui.judging import Judging
    from captioner.ui.notices import Notices
    from captioner.ui.pictures import Pictures
    from captioner.ui.preview import Preview
    from captioner.ui.qt_photo_set import QtPhotoSet
    from captioner.ui.sheet import Sheet
    from captioner.ui.sifting import Sifting
    from captioner.ui.status import Status
    from captioner.ui.typing import Typing
    from captioner.ui.underlines import Underlines
    from captioner.ui.widgets.boxes import TextBox

_CHECK_MS = 100
"""After a change: no keystroke waits for what checks find of the one before."""
_FINISHED = ("save", "export", "journal")
"""What goes on until it is done, though the window is closed."""
_AHEAD = (1, 2, -1)
"""In the direction in which a person goes."""


class MainWindow(QMainWindow):
    dressed = Signal()
    """In other colours."""
    dropped = Signal(object)
    """Paths, beside the sheet."""
    is_furnished = False
    visited: "Stop | None" = None
    """Where F8 came to last."""

    if TYPE_CHECKING:  # what `lay_sheet` and `furnish` make
        jobs: Jobs
        model: QtPhotoSet
        pictures: Pictures
        typing: Typing
        document: Document
        findings: Judging
        sifting: Sifting
        notices: Notices
        status: Status
        filter_bar: FilterBar
        headline: TextBox
        sheet: Sheet
        preview: Preview
        form: CaptionForm
        panel: FindingsPanel
        underlines: Underlines
        panes: QSplitter
        middle: QSplitter
        desk: Desk
        actions_: dict[str, QAction]
        bar: QToolBar

    def __init__(self, settings: Settings) -> None:
        """An empty frame, in its size, since the parts take longer to load than a frame to paint."""
        super().__init__()
        self.settings = settings
        self.state = remembered.state()
        self.story_file: Path | None = None
        self.story_captions: tuple[str, ...] = ()
        self._changes: list[Changed] = []
        """What is not shown yet."""
        self._row = 0
        self._unchecked: set[Path] = set()
        self._showing = QTimer(self, interval=0, singleShot=True)
        self._showing.timeout.connect(self._show_values)
        self._checking = QTimer(self, interval=_CHECK_MS, singleShot=True)
        self._checking.timeout.connect(self._check)
        self.setWindowTitle("Captioner[*]")
        self.setAcceptDrops(False)  # not before somebody takes what is dropped
        remembered.restore_size(self)

    def lay_sheet(self) -> None:
        from captioner.ui import first_sight

        first_sight.lay(self)

    def furnish(self) -> Self:
        from captioner.ui import furnishing

        if not self.centralWidget():
            self.lay_sheet()
        furnishing.furnish(self)
        self.is_furnished = True
        for widget in (self, self.sheet):
            widget.setAcceptDrops(True)
        missed = Changed(frozenset(self.photos.order), order=True, headline=True)
        self.refresh(missed)
        self.desk.spelling.follow(self.photos, missed)
        return self

    @property
    def photos(self) -> PhotoSet:
        return self.model.photos

    # What the set tells

    def refresh(self, changed: Changed) -> None:
        if changed.headline and " ".join(self.headline.text().split()) != self.photos.headline:
            self.headline.show_text(self.photos.headline)
        if changed.order or changed.paths:
            self._changes.append(changed)
            if not self._showing.isActive():
                self._showing.start()
        self.status.count(self.photos)
        folder = Path(self.photos.name.partition("\n")[0]).name if self.photos.name else ""
        self.setWindowTitle(f"{folder}[*] – Captioner" if folder else "Captioner[*]")
        self.sheet.empty = _("No photo is like that; Esc in the search shows all.") if len(self.photos) else ""

    def show_changed(self) -> None:
        """At once, and what checks find of it."""
        self._show_values()
        self._check()

    def _show_values(self) -> None:
        """Once for however many changes come together; the form only where they concern what is selected."""
        self._showing.stop()
        changes, self._changes = self._changes, []
        changed = frozenset[Path]().union(*(each.paths for each in changes))
        keys = frozenset[str]().union(*(each.keys for each in changes))
        is_due = any(each.order for each in changes)
        self._unchecked |= changed
        if is_due:
            self._check()
        elif any(each.edit is not None for each in changes) or not self._checking.isActive():
            self._checking.start()
        if is_due or not changed.isdisjoint(self.sheet.selection):
            self._show_selection(FIELDS if is_due else keys)

    def _check(self) -> None:
        self._checking.stop()
        unchecked, self._unchecked = self._unchecked, set()
        self.findings.follow(self.photos, unchecked)

    def show_judged(self, judged: Collection[Path]) -> None:
        self.model.touch(judged)
        self.status.problems = self.findings.problem_count
        self.status.photos_with_problems = len(self.findings.problems)
        self.status.count(self.photos)

    def select(self) -> None:
        self.typing.finish()
        if self.model.is_stale:
            QTimer.singleShot(0, lambda: self.sifting.sift_anew(self.filter_bar.filter, self.sheet.selection))
        self.model.see(self.sheet.selection)
        self._show_selection()

    def _show_selection(self, keys: Container[str] = FIELDS) -> None:
        selection, path = self.sheet.selection, self.sheet.current
        self.form.show_photos(self.photos.of(selection), keys)
        self.underlines.edited = path if len(selection) == 1 else None
        self.underlines.show()
        self.panel.show_photo(path)
        self.preview.show_photo(path, "" if len(self.photos) else _("Drop photos here, or open a folder."))
        if path:
            self.desk.spelling.read(self.photos[path].values.text("caption"))
            row, shown = self.model.row(path), self.model.shown
            near = [row, *(row + step * (1 if row >= self._row else -1) for step in _AHEAD)]
            self._row = row
            self.preview.prepare([shown[each] for each in near if 0 <= each < len(shown)])

    def hide_photos(self, hidden: frozenset[Path]) -> None:
        self.sheet.hide_photos(hidden)
        self.status.shown = len(self.model.shown) if self.model.is_filtered else None
        self.status.count(self.photos)

    def forget_pictures(self, changed: Sequence[Path]) -> None:
        for path in changed:
            self.pictures.forget(path)
        self._show_selection()
        self.sheet.want_visible()

    def show_listed(self) -> None:
        """Not when all is read: by then a person may be typing."""
        self.sheet.go_to(0)
        self.sheet.setFocus()

    def show_opened(self) -> None:
        self.refresh(Changed(order=True, headline=True))

    def tell_exported(self, receipt: "Receipt") -> None:
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
        from captioner.ui.commands import editing

        editing.undo(self)

    def remember_story(self, captions: tuple[str, ...], language: str = "") -> None:
        """For sorting as in the story, and for captions too short to tell their language."""
        self.story_captions = captions
        self.findings.know_story(captions)
        self.desk.spelling.story_language = language

    def edit_headline(self, typing: bool = False) -> None:
        text, photos = " ".join(self.headline.text().split()), self.photos
        self.typing.do(lambda: photos.apply(edits.set_headline(photos, text, typing)), len(photos))

    def leave_field(self) -> None:
        self.typing.finish()
        self.photos.history.seal()

    def leave_headline(self) -> None:
        self.typing.finish()
        self.photos.history.seal()
        self.headline.show_text(self.photos.headline)

    # The window itself

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.dressed.emit()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.is_furnished:
            self.document.live.look()  # whoever comes back from another program may have changed photos there

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from captioner.ui import dragging

        if dropped := dragging.originals(event.mimeData()):
            self.dropped.emit(dropped)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked: what is unsaved is a draft, and back the next time."""
        if not self.is_furnished:  # closed by the desktop in the window's first second
            QTimer.singleShot(0, self.close)
            event.ignore()
            return
        self.setFocus()
        self.typing.finish()
        remembered.keep(self)
        self.hide()
        self.document.journal.write()
        for job in self.jobs.running:
            if job.lane not in _FINISHED:
                job.cancel()
        self.jobs.wait()
        self.document.live.stop()
        self.document.journal.write(wait=True)
        self.pictures.close()
        super().closeEvent(event)
