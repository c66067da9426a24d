"""Beside the list of files: what receivers will read of the selected one, found out off the GUI thread."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from captioner.core.caption import EMPTY
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.export.plan import Planned
from captioner.export.receivers import readings
from captioner.export.recipes import Recipe
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.jobs import Jobs
from captioner.ui.planning import Latest
from captioner.ui.widgets import export_words
from captioner.ui.widgets.elided_label import ElidedLabel
from captioner.ui.widgets.readings_model import Row
from captioner.ui.widgets.readings_view import ReadingsView


class ReadingsPane(QWidget):
    def __init__(self, jobs: Jobs, policy: Policy) -> None:
        super().__init__()
        self.policy = policy
        self._latest = Latest(jobs, "receivers", self)
        self.stop = self._latest.stop
        self._asked: tuple[Planned, Recipe] | None = None
        self.view, self.file_name = ReadingsView(), ElidedLabel()
        title = QLabel(_("What the receiver will read"))
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self.file_name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)

    @property
    def rows(self) -> Sequence[Row]:
        return self.view.readings.rows

    def show_photo(self, photo: Planned | None, recipe: Recipe) -> None:
        """Once for each photo and recipe: the folder is nothing to a receiver."""
        asked = (photo, recipe) if photo else None
        if asked == self._asked:
            return
        self._asked = asked
        self.file_name.show_text(export_words.file_name(photo) if photo else "")
        if photo is None:
            self.stop()
            self.view.readings.show_readings((), EMPTY)
            return
        written = EMPTY if recipe.keep == "none" else photo.values
        self._latest.ask(partial(readings, recipe=recipe, policy=self.policy), [photo],
                         lambda found: self.view.readings.show_readings(found[0], written), self._fail)  # fmt: skip

    def _fail(self, error: CaptionerError) -> None:
        self.view.readings.show_readings((), EMPTY)
        self.file_name.show_text(error.sentence, "error")
