"""Export…: where to, which recipe, and every file that it will write, before it is written."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core.credit import AS_WRITTEN
from captioner.core.fields import FIELDS
from captioner.core.photo_set import PhotoSet
from captioner.errors import CaptionerError
from captioner.export.house_style import styled
from captioner.export.plan import Plan, plan
from captioner.export.recipes import ready_recipes
from captioner.i18n import _, ngettext
from captioner.ui import theme


class ExportDialog(QDialog):
    planned = Signal(object)
    """The Plan that a person agreed to."""

    def __init__(
        self, photos: PhotoSet, state: QSettings, parent: QWidget | None = None, credit_style: str = AS_WRITTEN,
        restricted: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """`restricted` are the sentences that warn of photos which may not go everywhere, or not yet."""
        super().__init__(parent)
        self.credit_style, self.restricted = credit_style, restricted
        self.photos, self.state = photos, state
        self.plan: Plan | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Export"))
        self.folder, self.recipe, self.trouble, self.files = QLineEdit(), QComboBox(), QLabel(), QTreeWidget()
        self.trouble.setObjectName("trouble")
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        for recipe in ready_recipes():
            self.recipe.addItem(_(recipe.label) or recipe.name, recipe)
        self.folder.setText(str(self._suggested()))
        self._lay_out()
        self.folder.textChanged.connect(self.show_plan)
        self.recipe.currentIndexChanged.connect(self.show_plan)
        self.show_plan()

    def _suggested(self) -> Path:
        """A folder that isn't there yet: beside the last export, or beside the photos."""
        own = Path(self.photos.name.partition("\n")[0])
        last = self.state.value("export", "")
        beside = Path(str(last)) if last else own.parent
        names = (f"{own.name}-export", *(f"{own.name}-export-{n}" for n in range(2, 1000)))
        return next(path for name in names if not (path := beside / name).exists())

    def _lay_out(self) -> None:
        choose = QPushButton(_("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        grid = QGridLayout()
        for row, (told, widget) in enumerate(((_("Folder"), self.folder), (_("Recipe"), self.recipe))):
            label = QLabel(told)
            label.setBuddy(widget)
            widget.setAccessibleName(told)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(choose, 0, 2)
        grid.setColumnStretch(1, 1)
        self.files.setHeaderLabels([_("File"), _("Photo"), _("Missing")])
        self.files.setAccessibleName(_("Files that will be written"))
        self.files.setRootIsDecorated(False)
        self.files.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.files.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.files.header().setStretchLastSection(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.addButton(_("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GRID)
        layout.addLayout(grid)
        layout.addWidget(self.trouble)
        layout.addWidget(self.files, 1)
        layout.addWidget(self.buttons)
        self.resize(760, 520)

    def _choose(self) -> None:
        """Exports go into a folder of their own in the chosen one, as long as that holds anything."""
        chosen = QFileDialog.getExistingDirectory(self, _("Export into"), str(Path(self.folder.text()).parent))
        if chosen:
            self.state.setValue("export", chosen)
            self.folder.setText(str(self._suggested() if any(Path(chosen).iterdir()) else chosen))

    def show_plan(self) -> None:
        self.plan, told = None, ""
        try:
            recipe = self.recipe.currentData()
            folder = Path(self.folder.text()).absolute()
            planned = plan(self.photos.photos, self.photos.headline, recipe, folder)
            self.plan = styled(planned, self.credit_style)
            told = "\n".join(filter(None, (_refused(self.plan), _restricted(self.restricted))))
        except CaptionerError as error:
            told = error.sentence
        self.trouble.setText(told)
        self.trouble.setVisible(bool(told))
        self.export.setEnabled(bool(self.plan and self.plan.photos and self.folder.text().strip()))
        self._list_files()

    def _list_files(self) -> None:
        self.files.clear()
        for photo in self.plan.photos if self.plan else ():
            missing = ", ".join(_(FIELDS[key].label) for key in photo.missing)
            item = QTreeWidgetItem([photo.file, photo.source.name, missing])
            item.setToolTip(0, theme.plain(photo.values.text("caption")))
            item.setForeground(2, QColor(theme.colours().warning))
            self.files.addTopLevelItem(item)

    def accept(self) -> None:
        if self.plan and self.export.isEnabled():
            self.state.setValue("export", str(self.plan.destination.parent))
            self.planned.emit(self.plan)
            super().accept()


def _refused(plan: Plan) -> str:
    """The first three by name; the rest are told after the export, each with its reason."""
    count = len(plan.refused)
    told = ngettext("{count} photo is left out: {sentences}", "{count} photos are left out: {sentences}", count)
    return told.format(count=count, sentences=" ".join(why for _path, why in plan.refused[:3])) if count else ""


def _restricted(sentences: Sequence[str]) -> str:
    told = ngettext("{count} restriction: {sentences}", "{count} restrictions: {sentences}", len(sentences))
    return told.format(count=len(sentences), sentences=" ".join(sentences[:3])) if sentences else ""
