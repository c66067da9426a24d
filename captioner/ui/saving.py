"""Saving in the background, and what has to be asked of a person about it."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from captioner.core import edits
from captioner.core.fields import FIELDS, shown
from captioner.core.photo import Photo
from captioner.core.photo_set import PhotoSet
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext
from captioner.storage import batch
from captioner.storage.batch import Choices, Task
from captioner.storage.outcome import Saved, Signed
from captioner.ui.badges import State
from captioner.ui.jobs import Job, Jobs
from captioner.ui.journal import Journal
from captioner.ui.qt_photo_set import QtPhotoSet


class Saving(QObject):
    told = Signal(str)
    asked = Signal(str, object)
    """Something to decide: the question, and the answers as pairs of a label and what it does."""
    saved = Signal(object)
    """The photos as their files now hold them."""

    def __init__(self, model: QtPhotoSet, jobs: Jobs, journal: Journal, policy: Policy, parent: QObject) -> None:
        super().__init__(parent)
        self.model, self.jobs, self.journal, self.policy = model, jobs, journal, policy
        self.in_flight: set[Path] = set()
        self._again: set[Path] = set()

    def save(self, chosen: Sequence[Photo] | None = None, break_signature: bool = False) -> None:
        """Writes what changed, in the background. A photo that is being saved already is saved again after."""
        photos = self.model.photos
        photos.history.seal()
        wanted = [photo for photo in (photos.unsaved if chosen is None else chosen) if photo.ready]
        if chosen is None:
            photos.mark_order_saved()
        if wanted and self.policy.save_to == "export":
            self.told.emit(_("Originals are never written (save_to): your edits are kept as drafts, and go into "
                             "exported copies."))  # fmt: skip
            return
        self._again |= {photo.path for photo in wanted if photo.path in self.in_flight}
        if ready := [(photo, photo.ready) for photo in wanted if photo.path not in self.in_flight]:
            self._write(photos, ready, Choices(self.policy, break_signature=break_signature))

    def _write(self, photos: PhotoSet, ready: Sequence[Task], choices: Choices) -> None:
        signed: list[Path] = []
        due = {photo.path for photo, _values in ready}
        self.in_flight |= due
        self.model.mark(State.SAVING, due)
        job: Job = self.jobs.run(
            lambda take, count: batch.work_off(partial(batch.save, choices=choices), take, count, batch.SAVE_AT_ONCE),
            ready, is_many=True, can_stop=True, lane="save", label=_("Saving"),
            batch=lambda results: self._mark_saved(photos, results),
            failed=lambda task, error: self._not_saved(task[0].path, error, signed),
            done=lambda: self._end(photos, due, signed, job),
        )  # fmt: skip

    def _mark_saved(self, photos: PhotoSet, results: list[Saved]) -> None:
        photos.mark_saved(*((saved.photo, saved.written) for saved in results))
        if photos is not self.model.photos or self.journal.is_held:  # nobody else clears these drafts
            self.journal.record(photos[saved.photo.path] for saved in results)
        self._land(saved.photo.path for saved in results)
        self.saved.emit([saved.photo for saved in results])
        for saved in results:
            for note in saved.notes:
                self.told.emit(note)
            for key in sorted(photos[saved.photo.path].conflicts):
                self._ask_of_conflict(photos, saved.photo.path, key)

    def _not_saved(self, path: Path, error: CaptionerError, signed: list[Path]) -> None:
        self._land([path])
        if isinstance(error, Signed):
            signed.append(path)
        else:
            self.told.emit(error.sentence)

    def _land(self, paths: Iterable[Path]) -> None:
        landed = set(paths)
        self.in_flight -= landed
        self.model.mark(State.SAVING, landed, False)

    def _end(self, photos: PhotoSet, due: set[Path], signed: Sequence[Path], job: Job) -> None:
        left = due & self.in_flight if job.cancelled.is_set() else set[Path]()
        self._land(due)
        if left:
            self.told.emit(ngettext("Saving was stopped: {count} photo is not saved yet; its edits are drafts.",
                                    "Saving was stopped: {count} photos are not saved yet; their edits are drafts.",
                                    len(left)).format(count=len(left)))  # fmt: skip
        self._ask_of_signatures(photos, signed)
        again = [photos[path] for path in due & self._again]
        self._again -= due
        if again and photos is self.model.photos:
            self.save(again)

    # What has to be asked

    def _ask_of_conflict(self, photos: PhotoSet, path: Path, key: str) -> None:
        """What only one side changed is merged by now; this field both did."""
        told = _("{name}: {field} is “{theirs}” in the file now, changed by another program, and yours is not saved.")
        theirs = shown(photos[path].saved[key])
        self.asked.emit(
            told.format(name=path.name, field=_(FIELDS[key].label), theirs=theirs or "–"),
            [(_("Save mine"), lambda: self.keep_mine(photos, path, key)),
             (_("Take theirs"), lambda: self.take_theirs(photos, path, key))],
        )  # fmt: skip

    def keep_mine(self, photos: PhotoSet, path: Path, key: str) -> None:
        photos.settle(path, key)
        if photos is self.model.photos:
            self.save([photos[path]])

    def take_theirs(self, photos: PhotoSet, path: Path, key: str) -> None:
        photos.apply(edits.set_field(photos, [path], key, photos[path].saved[key]))
        photos.settle(path, key)

    def _ask_of_signatures(self, photos: PhotoSet, signed: Sequence[Path]) -> None:
        """Once for all of them."""
        if not signed or photos is not self.model.photos:
            return
        told = ngettext("{name} carries Content Credentials (C2PA), whose signature any change breaks; it was not "
                        "saved.",
                        "{name} and others, {count} photos, carry Content Credentials (C2PA), whose signature any "
                        "change breaks; they were not saved.", len(signed))  # fmt: skip
        answer = (_("Save and break the signature"), lambda: self.save([photos[path] for path in signed], True))
        self.asked.emit(told.format(name=signed[0].name, count=len(signed)), [answer])
