"""The window: sheet, preview and form around one open set."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QSplitter, QToolBar, QVBoxLayout, QWidget

from captioner import paths
from captioner.core import edits
from captioner.core.history import Edit
from captioner.core.photo_set import Changed, PhotoSet
from captioner.export.receipt import Receipt
from captioner.i18n import _, ngettext
from captioner.settings import Settings
from captioner.ui import actions, theme
from captioner.ui.caption_form import CaptionForm
from captioner.ui.document import Document
from captioner.ui.jobs import Jobs
from captioner.ui.notices import Notices
from captioner.ui.pictures import PREVIEW, Pictures
from captioner.ui.preview import Preview
from captioner.ui.qt_photo_set import QtPhotoSet
from captioner.ui.sheet import Sheet
from captioner.ui.status import Status
from captioner.ui.widgets.boxes import TextBox
from captioner.ui.widgets.choice_mark import MINE, THEIRS

_AHEAD = (0, 1, 2, 3, -1)


class MainWindow(QMainWindow):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.state = QSettings(str(paths.settings_file().with_name("window.ini")), QSettings.Format.IniFormat)
        self.jobs, self.pictures, self.model = Jobs(self), Pictures(self), QtPhotoSet(self)
        self.document = Document(self.model, self.jobs, settings.policy, self)
        self.story_file: Path | None = None
        self.notices, self.status = Notices(), Status(self.jobs)
        self.headline = TextBox(1, takes_breaks=False)
        self.sheet, self.preview = Sheet(self.model, self.pictures), Preview(self.pictures)
        self.form = CaptionForm(settings.policy.iim_lengths == "strict")
        self._shows_changed: set[Path] = set()
        self._show_all = False
        self._showing = QTimer(self, interval=0, singleShot=True)
        self._showing.timeout.connect(self._show_changed)
        self._lay_out()
        slots = {row.key: getattr(self, row.key) for row in actions.ACTIONS}
        self.actions_ = actions.make(self, slots)
        self._add_bar()
        self._connect()
        self._restore()
        self._refresh(Changed(order=True, headline=True))

    @property
    def photos(self) -> PhotoSet:
        return self.model.photos

    def _lay_out(self) -> None:
        self.headline.setPlaceholderText(_("Headline of the set"))
        self.headline.setAccessibleName(_("Headline of the set"))
        left = QWidget()
        left.setMinimumWidth(40 * theme.GRID)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.setSpacing(theme.GRID)
        framed = QVBoxLayout()
        framed.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
        framed.addWidget(self.headline)
        column.addLayout(framed)
        column.addWidget(self.sheet)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        for pane, stretch in ((left, 3), (self.preview, 4), (self.form, 3)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(self.panes.count() - 1, stretch)
        self.panes.setChildrenCollapsible(False)
        self.panes.setSizes([400, 520, 400])
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.notices)
        rows.addWidget(self.panes, 1)
        self.setCentralWidget(page)
        self.setStatusBar(self.status)

    def _add_bar(self) -> None:
        self.bar = QToolBar(_("Actions"))
        self.bar.setObjectName("bar")
        self.bar.setMovable(False)
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for row in actions.ACTIONS:
            if row.is_in_bar:
                self.bar.addAction(self.actions_[row.key])
        self.addToolBar(self.bar)

    def _connect(self) -> None:
        self.model.changed.connect(self._refresh)
        self.sheet.selected.connect(self._show_selection)
        self.form.edited.connect(self._edit)
        self.form.chosen.connect(self._choose)
        self.form.left.connect(lambda: self.photos.history.seal())
        self.headline.textEdited.connect(lambda _text: self._edit_headline(typing=True))
        self.headline.left.connect(self._leave_headline)
        self.document.told.connect(self.notices.tell)
        self.document.recovered.connect(lambda told: self.notices.tell(told, [(_("Undo"), self.undo)]))
        self.document.asked.connect(self.notices.tell)
        self.document.opened.connect(self._opened)
        self.document.exported.connect(self._exported)
        self.jobs.ended.connect(lambda _job: self._refresh_actions())
        self.status.counted.connect(self.setWindowModified)

    # What the set tells

    def _refresh(self, changed: Changed) -> None:
        if changed.headline and " ".join(self.headline.text().split()) != self.photos.headline:
            self.headline.show_text(self.photos.headline)
        if changed.order or changed.paths:
            self._shows_changed |= changed.paths
            self._show_all |= changed.order
            if not self._showing.isActive():
                self._showing.start()
        self.status.count(self.photos)
        self._refresh_actions()
        folder = Path(self.photos.name.partition("\n")[0]).name if self.photos.name else ""
        self.setWindowTitle(f"{folder}[*] – Captioner" if folder else "Captioner[*]")

    def _refresh_actions(self) -> None:
        history, has_photos = self.photos.history, bool(len(self.photos))
        enabled = {
            "undo": bool(history.done), "redo": bool(history.undone), "save": has_photos,
            "story": has_photos and not self.document.is_reading,
            "export": has_photos and not self.document.is_reading,
        }  # fmt: skip
        for key, is_enabled in enabled.items():
            self.actions_[key].setEnabled(is_enabled)
        self.headline.setEnabled(has_photos and not self.document.is_reading)

    def _show_changed(self) -> None:
        """Once for however many changes come together; only where they concern what is selected."""
        paths, self._shows_changed = self._shows_changed, set()
        is_due, self._show_all = self._show_all, False
        if is_due or paths.intersection(self.sheet.selection):
            self._show_selection()

    def _show_selection(self) -> None:
        selection = self.sheet.selection
        self.form.show_photos([self.photos[path] for path in selection])
        row = self.sheet.currentIndex().row()
        path = self.photos.order[row] if 0 <= row < len(self.photos) else None
        empty = _("Open a folder of photos to start, or drop it here.") if not len(self.photos) else ""
        self.preview.show_photo(path, empty)
        if path:
            near = (row + step for step in _AHEAD)
            order = self.photos.order
            self.pictures.want(PREVIEW, [order[each] for each in near if 0 <= each < len(order)])

    def _opened(self) -> None:
        self._refresh(Changed(order=True, headline=True))
        if self.sheet.currentIndex().row() < 0:
            self.sheet.go_to(0)
        self.sheet.setFocus()

    def _exported(self, receipt: Receipt) -> None:
        count = len(receipt.photos)
        told = ngettext("{count} photo is exported to {folder}.", "{count} photos are exported to {folder}.", count)
        folder = QUrl.fromLocalFile(str(receipt.destination))
        self.notices.tell(told.format(count=count, folder=receipt.destination), [
            (_("Open the folder"), lambda: QDesktopServices.openUrl(folder))])  # fmt: skip

    # What a person does

    def open(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, _("Open a folder of photos"), str(self.state.value("folder", ""))
        )
        if folder:
            self.open_paths([Path(folder)])

    def open_paths(self, named: list[Path]) -> None:
        self.notices.clear()
        self.state.setValue("folder", str(named[0]))
        self.document.open(named)

    def _edit(self, key: str, value: object) -> None:
        edit = edits.set_field(self.photos, self.sheet.selection, key, value, typing=True)  # type: ignore[arg-type]
        self.photos.apply(edit)

    def _choose(self, key: str, source: str) -> None:
        """Among what the blocks hold, or between what is here and what another program wrote."""
        selection = self.sheet.selection
        if source == MINE:
            self.document.keep_mine(self.photos, selection[0], key)
        elif source == THEIRS:
            self.document.take_theirs(self.photos, selection[0], key)
        else:
            self.photos.apply(edits.choose(self.photos, selection, key, source))

    def _edit_headline(self, typing: bool = False) -> None:
        text = " ".join(self.headline.text().split())
        self.photos.apply(edits.set_headline(self.photos, text, typing))

    def _leave_headline(self) -> None:
        self.photos.history.seal()
        self.headline.show_text(self.photos.headline)

    def save(self) -> None:
        self.document.save()

    def save_and_next(self) -> None:
        """A text that its field can't take keeps the person there: going on would lose it."""
        key = self.form.focused_key
        if key and self.form.rows[key].is_refused:
            self.notices.tell(self.form.rows[key].refusal(self.sheet.selection[0].name))
            return
        self.document.save([self.photos[path] for path in self.sheet.selection])
        self.next()
        if key:
            self.form.focus(key)

    def next(self) -> None:
        self._step(1)

    def previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        self.photos.history.seal()
        self.sheet.go_to(self.sheet.currentIndex().row() + by)

    def undo(self) -> None:
        self._show_edit(self.photos.undo())

    def redo(self) -> None:
        self._show_edit(self.photos.redo())

    def _show_edit(self, edit: Edit | None) -> None:
        """Undo shows what it changed, at once."""
        self._show_changed()
        changed = edit.paths if edit else ()
        if changed and not set(changed) & set(self.sheet.selection):
            self.sheet.select([changed[0]])

    def move_up(self) -> None:
        self._move(-1)

    def move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        self.photos.apply(edits.move_by(self.photos, self.sheet.selection, step))
        self.sheet.scrollTo(self.sheet.currentIndex())

    def quit(self) -> None:
        self.close()

    def story(self) -> None:
        from captioner.ui.dialogs.story_dialog import StoryDialog

        StoryDialog(self.photos, self.pictures, self.story_file, self).open()

    def export(self) -> None:
        from captioner.ui.dialogs.export_dialog import ExportDialog

        dialog = ExportDialog(self.photos, self.state, self)
        dialog.planned.connect(self.document.export)
        dialog.open()

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
            self.open_paths(dropped)

    def _restore(self) -> None:
        self.setAcceptDrops(True)
        self.resize(1320, 820)
        if geometry := self.state.value("geometry"):
            self.restoreGeometry(geometry)
        if panes := self.state.value("panes"):
            self.panes.restoreState(panes)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked: what is unsaved is a draft, and back the next time."""
        self.setFocus()
        self.state.setValue("geometry", self.saveGeometry())
        self.state.setValue("panes", self.panes.saveState())
        self.hide()
        self.jobs.cancel("read")
        self.jobs.wait()
        self.document.journal(wait=True)
        self.pictures.close()
        super().closeEvent(event)
