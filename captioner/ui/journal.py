"""What is edited is kept as drafts, soon after each edit and off the GUI thread."""

from collections.abc import Callable, Generator, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from captioner import paths
from captioner.core.photo import Photo
from captioner.core.photo_set import Changed
from captioner.errors import CaptionerError
from captioner.i18n import _
from captioner.storage import drafts
from captioner.storage.drafts import SetState
from captioner.ui.jobs import Jobs
from captioner.ui.qt_photo_set import QtPhotoSet

_SOON_MS = 200


class Journal(QObject):
    told = Signal(str)

    def __init__(self, model: QtPhotoSet, jobs: Jobs, is_reading: Callable[[], bool], parent: QObject) -> None:
        """While a set `is_reading`, its order and headline are not what a person made of them yet."""
        super().__init__(parent)
        self.model, self.jobs, self._is_reading = model, jobs, is_reading
        self._changed = set[Path]()
        self._is_set_changed = False
        self._timer = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._timer.timeout.connect(self.write)
        model.changed.connect(self._note)

    @property
    def is_held(self) -> bool:
        """Whether saved photos are no news to it now."""
        return self._is_reading()

    def _note(self, changed: Changed) -> None:
        if not (changed.edit or changed.paths or changed.order or changed.headline):
            return
        if changed.edit or not self._is_reading():
            self._changed |= changed.paths
            self._is_set_changed |= changed.order or changed.headline
            if not self._timer.isActive():
                self._timer.start()

    def write(self, wait: bool = False) -> None:
        """What changed since; at once, and done on return, where `wait` says so."""
        self._timer.stop()
        work = list(self._pending())
        if wait:
            for each in work:
                each()
        elif work:
            self.jobs.run(lambda each: each(), work, lane="journal", failed=self._not_written)

    def record(self, photos: Iterable[Photo]) -> None:
        """Of a set that is not open any more."""
        held = list(photos)
        self.jobs.run(lambda each: _record(each), [held], lane="journal", failed=self._not_written)

    def _not_written(self, _work: object, error: CaptionerError) -> None:
        self.told.emit(_("Your edits can't be kept as drafts: {reason} Save them now.").format(reason=error))

    def _pending(self) -> Generator[Callable[[], None]]:
        photos = self.model.photos
        held = photos.of(self._changed)
        self._changed = set()
        if held:
            yield lambda: _record(held)
        if self._is_set_changed and photos.name and not self._is_reading():
            self._is_set_changed = False
            state = SetState(
                photos.saved_order, photos.saved_headline,
                photos.order if photos.order != photos.saved_order else (),
                photos.headline if photos.headline != photos.saved_headline else None,
            )  # fmt: skip
            yield lambda: drafts.record_set(paths.drafts_file(), photos.name, state)


def _record(photos: Iterable[Photo]) -> None:
    drafts.record(paths.drafts_file(), {photo.path: photo.unsaved for photo in photos})
