"""Templates…: the desk's templates on one side, the fields of the chosen one on the other."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core import templates
from captioner.core.photo_set import PhotoSet
from captioner.core.templates import Expand, Template, as_typed
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext
from captioner.storage import template_files
from captioner.ui import theme
from captioner.ui.widgets.field_picker import FieldPicker

_SAVE_MS = 500
_TOLD = 3


class TemplatesDialog(QDialog):
    edited = Signal(object)
    """The Edit, one step."""

    def __init__(
        self,
        folder: Path,
        photos: PhotoSet,
        selection: Sequence[Path],
        expand: Expand = as_typed,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder, self.photos, self.selection, self.expand = folder, photos, list(selection), expand
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Templates"))
        self.list, self.picker, self.notice = QListWidget(), FieldPicker(), _Notice()
        self.hint = QLabel()
        self.held: dict[str, Template] = {}
        self._shown: Template | None = None
        self._saving = QTimer(self, interval=_SAVE_MS, singleShot=True)
        self._saving.timeout.connect(self.save)
        self._lay_out()
        self.list.currentItemChanged.connect(lambda *_items: self._show_current())
        self.list.itemChanged.connect(self._rename)
        self.picker.changed.connect(self._saving.start)
        self.reload()

    def _lay_out(self) -> None:
        self.list.setAccessibleName(_("Templates"))
        self.list.setSpacing(theme.GRID // 4)
        self.hint.setWordWrap(True)
        self.hint.setObjectName("quiet")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        left, right = QWidget(), QWidget()
        shelf, fields = QVBoxLayout(left), QVBoxLayout(right)
        for column in (shelf, fields):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.GRID)
        shelf.addWidget(self.list, 1)
        shelf.addLayout(self._row_of_buttons())
        fields.addWidget(self.hint)
        fields.addWidget(self.picker, 1)
        panes = QSplitter()
        panes.addWidget(left)
        panes.addWidget(right)
        panes.setSizes([260, 640])
        panes.setStretchFactor(1, 1)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(2 * theme.GRID)
        panes.setStyleSheet("QSplitter::handle { background: transparent; }")
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.notice)
        layout.addWidget(panes, 1)
        layout.addWidget(self._bottom())
        self.resize(960, 640)

    def _row_of_buttons(self) -> QHBoxLayout:
        self.new, self.change = QPushButton(_("New")), QPushButton(_("Change"))
        for button, entries in (
            (self.new, ((_("Empty"), self.make_empty), (_("From the selected photo"), self.make_from_photo),
                        (_("Copy of this one"), self.duplicate), (_("From a file…"), self._choose_import))),
            (self.change, ((_("Rename"), self.start_renaming), (_("Save as a file…"), self._choose_export),
                           (_("Delete"), self.delete))),
        ):  # fmt: skip
            menu = QMenu(button)
            for label, act in entries:
                menu.addAction(label, act)
            button.setMenu(menu)
            button.setAutoDefault(False)
        _empty, self._from_photo, self._copy, _import = self.new.menu().actions()
        self._from_photo.setEnabled(bool(self.selection))
        row = QHBoxLayout()
        row.addWidget(self.new, 1)
        row.addWidget(self.change, 1)
        return row

    def _bottom(self) -> QDialogButtonBox:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        count = len(self.selection)
        told = ngettext("Apply to {count} photo", "Apply to {count} photos", count).format(count=count)
        # Enter in a field is no wish to apply, as it would be with the dialog's default button.
        self.apply = self.buttons.addButton(told, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.apply.setAutoDefault(False)
        self.apply.setShortcut(QKeySequence("Ctrl+Return"))
        self.apply.setToolTip(self.apply.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        self.apply.clicked.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        return self.buttons

    # What is on the shelf

    def reload(self, name: str = "") -> None:
        """Shows the folder as it is, with the template of that name chosen; what is typed is saved before."""
        self.save()
        self._shown = None
        found, wrong = template_files.list_templates(self.folder)
        self.held = {template.name: template for template in found}
        with QSignalBlocker(self.list):
            self.list.clear()
            for each in self.held:
                item = QListWidgetItem(each)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.list.addItem(item)
            self.list.setCurrentRow(list(self.held).index(name) if name in self.held else 0)
        if wrong:
            self.notice.tell("\n".join(error.sentence for error in wrong[:_TOLD]))
        self._show_current()

    def _show_current(self) -> None:
        self.save()
        item = self.list.currentItem()
        self._shown = self.held[item.text()] if item else None
        self.picker.show_rows(self._shown.rows if self._shown else ())
        self.picker.verticalScrollBar().setValue(0)
        told = _("Ticked fields are set; one that replaces by nothing is cleared.")
        self.hint.setText(told if item else _("There are no templates yet. New makes one."))
        for each in (self.picker, self.change, self._copy):
            each.setEnabled(self._shown is not None)
        self.apply.setEnabled(self._shown is not None and bool(self.selection))

    def save(self) -> bool:
        """What was typed, at once; False where the disk won't have it."""
        is_due = self._saving.isActive()
        self._saving.stop()
        if not is_due or self._shown is None:
            return True
        self._shown = self.held[self._shown.name] = Template(self._shown.name, self.picker.rows)
        return self._does(lambda template=self._shown: template_files.save(self.folder, template))

    def _does(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except CaptionerError as error:
            self.notice.tell(error.sentence)
            return False
        return True

    # What a person does

    def make_empty(self) -> None:
        self._make(Template(_("New template")))

    def make_from_photo(self) -> None:
        self._make(templates.of_photo(_("New template"), self.photos[self.selection[0]]))

    def duplicate(self) -> None:
        self.save()
        if self._shown:
            self._make(self._shown)

    def _make(self, like: Template) -> None:
        """A new one on the shelf, whose name is typed next."""
        made: list[Template] = []

        def make() -> None:
            made.append(Template(template_files.free_name(self.folder, like.name), like.rows))
            template_files.save(self.folder, made[0])

        if self._does(make):
            self.reload(made[0].name)
            self.start_renaming()

    def start_renaming(self) -> None:
        self.list.setFocus()
        self.list.editItem(self.list.currentItem())

    def _rename(self, item: QListWidgetItem) -> None:
        self.save()
        old = self._shown
        if not old or item.text() == old.name:
            return
        name = item.text()
        is_done = self._does(lambda: template_files.rename(self.folder, old.name, name))
        shown = template_files.checked_name(name) if is_done else old.name
        at = self.list.row(item)

        def show() -> None:
            current = self.list.currentItem()
            self.reload(shown if self.list.currentRow() == at or not current else current.text())

        QTimer.singleShot(0, self, show)  # the list still closes its editor

    def delete(self) -> None:
        self.save()
        gone, row = self._shown, self.list.currentRow()
        if gone and self._does(lambda: template_files.delete(self.folder, gone.name)):
            names = [name for name in self.held if name != gone.name]
            self.reload(names[min(row, len(names) - 1)] if names else "")
            told = _("The template “{name}” is deleted.").format(name=gone.name)
            self.notice.tell(told, _("Undo"), lambda: self._bring_back(gone))

    def _bring_back(self, template: Template) -> None:
        self._does(lambda: template_files.save(self.folder, template))
        self.reload(template.name)

    def _choose_import(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("Templates"), "", _("Templates (*.toml)"))
        if file:
            self.import_file(Path(file))

    def import_file(self, file: Path) -> None:
        made: list[Template] = []
        if self._does(lambda: made.append(template_files.import_file(self.folder, file))):
            self.reload(made[0].name)

    def _choose_export(self) -> None:
        name = f"{self._shown.name}{template_files.SUFFIX}" if self._shown else ""
        file, _kind = QFileDialog.getSaveFileName(self, _("Save as a file"), name, _("Templates (*.toml)"))
        if file:
            self.export_file(Path(file))

    def export_file(self, file: Path) -> None:
        self.save()
        shown = self._shown
        if shown and self._does(lambda: template_files.export(shown, file)):
            self.notice.tell(_("The template is saved to {path}.").format(path=file))

    def accept(self) -> None:
        """Stays where the template can't be applied, or would change nothing."""
        if not self.save() or not self._shown or not self.apply.isEnabled():
            return
        try:
            edit = templates.apply(self.photos, self.selection, self._shown, self.expand)
        except CaptionerError as error:
            self.notice.tell(error.sentence)
            return
        if not edit:
            self.notice.tell(_("The photos hold all of this already; nothing was changed."))
            return
        self.edited.emit(edit)
        super().accept()

    def reject(self) -> None:
        """Where the disk won't have the last change it says so, once."""
        if self.save():
            super().reject()


class _Notice(QFrame):
    """One line that tells, perhaps with an answer; goes with the next."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.text, self.answer = QLabel(), QPushButton()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.answer.setAutoDefault(False)
        self.answer.clicked.connect(self._answered)
        row = QHBoxLayout(self)
        row.addWidget(self.text, 1)
        row.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
        self._act: Callable[[], object] = self.hide
        self.hide()

    def tell(self, text: str, answer: str = "", act: Callable[[], object] | None = None) -> None:
        self.text.setText(text)
        self.answer.setText(answer or _("Dismiss"))
        self._act = act or self.hide
        self.show()

    def _answered(self) -> None:
        self.hide()
        self._act()
