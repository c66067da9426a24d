"""The status bar: what the set holds, and how far the work in the background is."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from captioner.core.photo_set import PhotoSet
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.board import Board
from captioner.ui.jobs import Job, Jobs
from captioner.ui.widgets.elided_label import ElidedLabel

_COUNT_MS, _PROGRESS_MS = 60, 120


class Status(QStatusBar):
    counted = Signal(bool)
    """Whether anything is unsaved."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board, self.shown_count, self.told, self.hint = Board(), QLabel(), ElidedLabel(), QLabel()
        self.label, self.bar = QLabel(), QProgressBar()
        self.pause, self.cancel = QToolButton(), QToolButton()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
        self.bar.setFixedWidth(20 * theme.GRID)
        self.bar.setTextVisible(False)
        self.cancel.setText(_("Cancel"))
        self.addWidget(self.board)
        self.addWidget(self.shown_count)
        self.addWidget(self.told, 1)
        self.addWidget(self.hint)
        self.pause.setText(_("Pause"))
        self.pause.setCheckable(True)
        for widget in self._of_work:
            self.addPermanentWidget(widget)
            widget.hide()
        for button in (self.pause, self.cancel):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.problems, self.photos_with_problems = 0, 0
        self.shown: int | None = None
        """How many photos a filter leaves; None for all."""
        self._photos = PhotoSet()
        self._job: Job | None = None
        self._timer = QTimer(self, interval=_COUNT_MS, singleShot=True)
        self._timer.timeout.connect(self._count)
        self._progress = QTimer(self, interval=_PROGRESS_MS, singleShot=True)
        self._progress.timeout.connect(self._tell_progress)
        self.pause.toggled.connect(self._pause)
        self.cancel.clicked.connect(self.stop)
        jobs.progressed.connect(self._show_progress)
        jobs.ended.connect(self._end)

    def count(self, photos: PhotoSet) -> None:
        """Soon, and once for however many changes come together."""
        self._photos = photos
        if not self._timer.isActive():
            self._timer.start()

    def _count(self) -> None:
        self.counted.emit(self._photos.is_unsaved)
        self.board.count(self._photos, self.problems, self.photos_with_problems)
        is_filtered = self.shown is not None and bool(len(self._photos))
        self.shown_count.setText(_("{count} shown").format(count=self.shown) if is_filtered else "")
        self.shown_count.setVisible(is_filtered)

    def tell(self, sentence: str, colour: str = "", hint: str = "") -> None:
        """What is to be said of the place that the cursor is in; "" is nothing. The hint is never cut."""
        self.told.show_text(sentence, colour)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    @property
    def _of_work(self) -> tuple[QWidget, ...]:
        return self.label, self.bar, self.pause, self.cancel

    def _show_progress(self, job: Job) -> None:
        """Now and then: Qt's bar is drawn at once each time, and all that waits to be drawn with it.

        Work that a person paused stays in sight until it goes on or is stopped.
        """
        if self._job and self._job is not job and self._job.is_paused:
            return
        self._job = job
        if not self._progress.isActive():
            self._progress.start()

    def _tell_progress(self) -> None:
        if job := self._job:
            label = _("Paused: {work}").format(work=job.label) if job.is_paused else job.label
            self.label.setText(f"{label}  {min(job.finished, job.steps)}/{job.steps}")
            self.bar.setMaximum(job.steps)
            self.bar.setValue(job.finished)
            for widget, is_shown in zip(self._of_work, (True, True, job.can_pause, job.can_stop), strict=True):
                widget.setVisible(is_shown)

    def _pause(self, is_paused: bool) -> None:
        self.pause.setText(_("Go on") if is_paused else _("Pause"))
        if self._job:
            self._job.pause(is_paused)
            self._tell_progress()

    def stop(self) -> None:
        if self._job and self._job.can_stop:
            self._job.cancel()

    def toggle_pause(self) -> None:
        if self._job and self._job.can_pause:
            self.pause.toggle()

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.pause.setChecked(False)
            for widget in self._of_work:
                widget.hide()
