"""Export…: which recipe, where to, every file as it will be, and what receivers will read of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core.policy import Policy
from captioner.export import place
from captioner.export.plan import Plan, Planned
from captioner.export.recipes import Recipe, broken_recipes, ready_recipes
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.jobs import Jobs
from captioner.ui.pictures import Pictures
from captioner.ui.planning import Choice, Latest, Make, Planning
from captioner.ui.widgets import export_words
from captioner.ui.widgets.plan_list import PlanList
from captioner.ui.widgets.readings_pane import ReadingsPane
from captioner.ui.widgets.restriction_bar import RestrictionBar

_REST_MS = 250
"""A folder is typed when the fingers rest for so long."""


class ExportDialog(QDialog):
    planned = Signal(object)
    """The Plan that a person agreed to."""

    def __init__(
        self, choices: Sequence[Choice], beside: Path, pictures: Pictures, jobs: Jobs, state: QSettings, policy: Policy,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """A folder beside `beside`, the photos' own, is offered where there was no export yet."""
        super().__init__(parent)
        self.state, self.beside = state, beside
        self.plan: Plan | None = None
        """What is shown; of the folder that stands in the box once it is settled."""
        self.is_settled = self._wants_export = False
        self.planning, self._suggesting = Planning(jobs, self), Latest(jobs, "folder", self)
        self._resting = QTimer(self, interval=_REST_MS, singleShot=True)
        self._starting = QTimer(self, interval=0, singleShot=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Export"))
        self.choice, self.recipe, self.folder = QComboBox(), QComboBox(), QLineEdit()
        self.restriction = RestrictionBar()
        self.described, self.existing, self.trouble, self.broken = QLabel(), QLabel(), QLabel(), QLabel()
        self.files, self.readings = PlanList(pictures), ReadingsPane(jobs, policy)
        self.totals, self.left_out = QLabel(), QLabel()
        for choice in choices:
            self.choice.addItem(choice.label, choice)
        self._fill_recipes()
        self._lay_out()
        self._connect()
        self._choose_recipe()
        self.folder.setFocus()

    # Laid out

    def _fill_recipes(self) -> None:
        for recipe in ready_recipes():
            self.recipe.addItem(export_words.label(recipe), recipe)
        names = [self.recipe.itemData(at).name for at in range(self.recipe.count())]
        last = str(self.state.value("recipe", ""))
        self.recipe.setCurrentIndex(names.index(last) if last in names else 0)
        self.broken.setText("\n".join(broken_recipes()))
        self.broken.setVisible(bool(self.broken.text()))

    def _lay_out(self) -> None:
        for label, name in ((self.described, "quiet"), (self.existing, "quiet"), (self.trouble, "trouble"),
                            (self.broken, "trouble"), (self.totals, "quiet"), (self.left_out, "warning")):  # fmt: skip
            label.setObjectName(name)
            label.setWordWrap(label is not self.totals)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.addButton(_("&Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        bottom = QHBoxLayout()
        bottom.addWidget(self.totals, 1)
        bottom.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GRID)
        layout.addLayout(self._form())
        for label in (self.broken, self.trouble, self.left_out, self.restriction):
            layout.addWidget(label)
        layout.addWidget(self._panes(), 1)
        layout.addLayout(bottom)
        self.export.setDefault(True)
        self.resize(1100, 720)

    def _form(self) -> QGridLayout:
        choose = QPushButton(_("C&hoose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        for row, (told, box) in enumerate(((_("&Photos"), self.choice), (_("Re&cipe"), self.recipe),
                                           (_("&Folder"), self.folder))):  # fmt: skip
            label = QLabel(told)
            label.setBuddy(box)
            box.setAccessibleName(told.replace("&", ""))
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(box, 2 * row, 1)
            label.setVisible(box is not self.choice or self.choice.count() > 1)
        self.choice.setVisible(self.choice.count() > 1)
        grid.addWidget(self.described, 3, 1, 1, 2)
        grid.addWidget(choose, 4, 2)
        grid.addWidget(self.existing, 5, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        return grid

    def _panes(self) -> QSplitter:
        panes = QSplitter()
        panes.addWidget(self.files)
        panes.addWidget(self.readings)
        panes.setSizes([640, 440])
        panes.setStretchFactor(0, 1)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(2 * theme.GRID)
        panes.setStyleSheet("QSplitter::handle { background: transparent; }")
        return panes

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _at: self._choose_photos())
        self.recipe.currentIndexChanged.connect(lambda _at: self._choose_recipe())
        self.folder.textChanged.connect(self._unsettle)
        self._resting.timeout.connect(self.move_plan)
        self._starting.timeout.connect(self._start)
        self.planning.listed.connect(self._show_files)
        self.planning.settled.connect(self._settle)
        self.planning.failed.connect(self._fail)
        self.restriction.changed.connect(self._offer)
        self.files.chosen.connect(self._read)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    # Where to

    @property
    def chosen_photos(self) -> Choice:
        return self.choice.currentData()

    @property
    def chosen_recipe(self) -> Recipe:
        return self.recipe.currentData()

    @property
    def destination(self) -> Path:
        return Path(self.folder.text().strip()).expanduser().absolute()

    def _suggest(self) -> None:
        """A folder that isn't there yet, beside the last export or beside the photos."""
        last = self.state.value("export", "")
        self.folder.clear()
        self._look_for(place.fresh, Path(str(last)) if last else self.beside.parent)

    def _look_for(self, find: Callable[[Path, str], Path], near: Path) -> None:
        """Once the drive answers, unless another folder is typed meanwhile; till then nobody can agree to one."""
        is_modified, name = self.folder.isModified(), self.beside.name

        def take(found: Sequence[Path]) -> None:
            self.folder.setText(str(found[0]))
            self.folder.setModified(is_modified)
            self.move_plan()

        self._suggesting.ask(lambda each: find(each, name), [near], take, lambda error: self._fail(error.sentence))
        self._offer()

    def _choose_folder(self) -> None:
        """Exports go into a folder of their own in the chosen one, as long as that holds anything."""
        chosen = QFileDialog.getExistingDirectory(self, _("Export into"), str(self.destination.parent))
        if chosen:
            self.state.setValue("export", chosen)
            self.folder.setText(chosen)
            self.folder.setModified(True)
            if not self.chosen_recipe.destination:
                self._look_for(place.fitting, Path(chosen))

    def _choose_photos(self) -> None:
        """Corrections go where the set went, by its recipe."""
        chosen = self.chosen_photos
        if chosen.recipe:
            self._offer_recipe(chosen.recipe)
        if chosen.folder:
            self.folder.setText(str(chosen.folder))
            self.folder.setModified(True)
        self.make_plan()

    def _offer_recipe(self, recipe: Recipe) -> None:
        """Also one that is no ready one, as it was a file of its own."""
        every = [self.recipe.itemData(at) for at in range(self.recipe.count())]
        if recipe not in every:
            self.recipe.addItem(export_words.label(recipe), recipe)
        self.recipe.setCurrentIndex(every.index(recipe) if recipe in every else len(every))

    def _choose_recipe(self) -> None:
        """A folder that a person typed stays, unless the recipe has one of its own."""
        recipe = self.chosen_recipe
        if recipe.destination:
            self.folder.setText(str(Path(recipe.destination).expanduser()))
        elif not self.folder.isModified():
            self._suggest()
        self.described.setText(export_words.described(recipe))
        self.existing.setText(export_words.existing(recipe))
        self.existing.setVisible(bool(self.existing.text()))
        self.make_plan()

    # The plan

    def make_plan(self) -> None:
        """All anew, once the page is on the screen."""
        self._resting.stop()
        self.planning.stop()
        self.plan, self.is_settled, self._wants_export = None, False, False
        self._show(_("Looking at every file…"))
        self._starting.start()

    def move_plan(self) -> None:
        """Only for another folder, where there is a plan already."""
        self._resting.stop()
        if not self.folder.text().strip():
            self.planning.stop()
        elif self.plan is None:
            self.make_plan()
        else:
            self.planning.move(self.plan, self._make, self.destination)

    def _start(self) -> None:
        if not self.folder.text().strip():
            return  # until one is suggested, or typed
        self._make: Make = self.chosen_photos.freeze()
        self.planning.make(self._make, self.chosen_recipe, self.destination)

    def _unsettle(self) -> None:
        self._suggesting.stop()
        self.is_settled = self._wants_export = False
        self._resting.start()
        self._offer()

    def _show_files(self, plan: Plan) -> None:
        self.plan = plan
        self._show()

    def _settle(self, plan: Plan, free: int) -> None:
        self.plan, self.is_settled = plan, not self._resting.isActive()
        self._show(free=free)
        if self._wants_export:
            self.accept()

    def _fail(self, sentence: str) -> None:
        """The files that were shown stay: another folder may do."""
        self._wants_export = False
        self._show(trouble=sentence)

    def _show(self, busy: str = "", trouble: str = "", free: int = 0) -> None:
        plan = self.plan
        self.files.empty = busy
        self.files.show_plan(plan)
        self.totals.setText(busy or (export_words.totals(plan, free) if plan else ""))
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.left_out.setText("\n".join(filter(None, (export_words.left_out(plan), *plan.notes))) if plan else "")
        self.left_out.setVisible(bool(self.left_out.text()))
        self.restriction.show_sentences(export_words.restrictions(plan) if plan else "")
        self._offer()
        self._read(self.files.photo)

    def _read(self, photo: Planned | None) -> None:
        self.readings.show_photo(photo if self.plan else None, self.chosen_recipe)

    def _offer(self) -> None:
        """What is still being typed can be agreed to; what a person has not seen can't."""
        count = len(self.plan.photos) if self.plan else 0
        is_coming = self._resting.isActive() or self.planning.is_busy
        self.export.setText(export_words.action(count) if count else _("&Export"))
        self.export.setEnabled(bool(count and self.folder.text().strip() and not self.restriction.is_open
                                    and not self._suggesting.is_busy and (self.is_settled or is_coming)))  # fmt: skip

    # The end

    def accept(self) -> None:
        """Where the plan is still being made for the folder that was typed, as soon as it is."""
        if not self.export.isEnabled() or not self.plan:
            return
        if not self.is_settled:
            self._wants_export = True
            if self._resting.isActive():
                self.move_plan()
            return
        self.state.setValue("export", str(self.plan.destination.parent))
        self.state.setValue("recipe", self.plan.recipe.name)
        self.planned.emit(replace(self.plan, override=self.restriction.reason))
        super().accept()

    def done(self, result: int) -> None:
        for part in (self.planning, self._suggesting, self.readings):
            part.stop()
        super().done(result)
