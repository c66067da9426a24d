"""The open set between disk and window: open, recover, journal, save. Shows nothing itself."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from captioner import paths
from captioner.core import edits
from captioner.core.fields import FIELDS, shown
from captioner.core.photo import Photo
from captioner.core.photo_set import Changed, PhotoSet, common_headline
from captioner.errors import CaptionerError
from captioner.export import publish as export
from captioner.export.plan import Plan
from captioner.export.receipt import Receipt
from captioner.i18n import _, ngettext
from captioner.storage import drafts, opening
from captioner.storage import photos as storage
from captioner.storage.drafts import SetState
from captioner.storage.metadata import Policy
from captioner.storage.opening import Opened
from captioner.storage.photos import Conflict, Saved
from captioner.ui.jobs import Job, Jobs
from captioner.ui.qt_photo_set import QtPhotoSet

_JOURNAL_MS = 200


class Document(QObject):
    told = Signal(str)
    recovered = Signal(str)
    """What a former session left and is back, as a sentence; undo takes it away again."""
    opened = Signal()
    """All photos of the set were read."""
    exported = Signal(object)
    """The receipt."""

    def __init__(self, model: QtPhotoSet, jobs: Jobs, policy: Policy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.jobs, self.policy = model, jobs, policy
        self.is_reading = False
        self._chosen: tuple[Path, ...] = ()
        self._in_flight: set[Path] = set()
        self._save_again: set[Path] = set()
        self._unjournalled: set[Path] = set()
        self._is_set_unjournalled = False
        self._timer = QTimer(self, interval=_JOURNAL_MS, singleShot=True)
        self._timer.timeout.connect(self.journal)
        model.changed.connect(self._note)

    @property
    def photos(self) -> PhotoSet:
        return self.model.photos

    # Open

    def open(self, named: Sequence[Path]) -> None:
        """Lists, then reads in the background; what was open before keeps its drafts in the journal."""
        self.journal()
        chosen = tuple(path.absolute() for path in named)
        self.is_reading, self._chosen = True, chosen
        self.jobs.run(
            lambda each: opening.opened(paths.drafts_file(), each), [chosen], lane="open",
            batch=lambda found: self._listed(found[0]) if chosen is self._chosen else None,
            failed=lambda _chosen, error: self._not_opened(error),
        )  # fmt: skip

    def _not_opened(self, error: CaptionerError) -> None:
        """What is open stays open, and goes on being read."""
        self.is_reading = any(job.lane == "read" for job in self.jobs.running)
        self.told.emit(error.sentence)

    def _listed(self, found: Opened) -> None:
        self.jobs.cancel("read")
        photos = PhotoSet(found.name)
        photos.add(Photo(path) for path in found.paths)
        self.model.show_set(photos)
        policy = self.policy
        self.jobs.run(
            lambda path: storage.read_photo(path, policy), found.paths, lane="read", label=_("Reading"),
            batch=photos.update_read,
            failed=lambda path, error: self._unreadable(photos, path, error),
            done=lambda: self._read_all(photos, found),
        )  # fmt: skip

    def _unreadable(self, photos: PhotoSet, path: Path, error: CaptionerError) -> None:
        photos.update_read([storage.unreadable(path, error)])
        self.told.emit(error.sentence)

    def _read_all(self, photos: PhotoSet, found: Opened) -> None:
        if photos is self.photos:
            for photo in photos.photos:
                if photo.trouble and photo.stamp:
                    self.told.emit(photo.trouble)
            headline = found.state.saved_headline
            photos.name_headline(common_headline(p.values for p in photos.photos if not p.trouble)
                                 if headline is None else headline)  # fmt: skip
            self.is_reading = False
            self._recover(photos, found.state)
            self.opened.emit()

    def _recover(self, photos: PhotoSet, state: SetState) -> None:
        """As one edit; what was edited since opening is newer and stays."""
        held = drafts.recover(paths.drafts_file(), photos.order)
        newer = {path: values for path, values in held.items() if photos[path].is_read and not photos[path].unsaved}
        edit = edits.recover(photos, newer, state.draft_order, state.draft_headline)
        photos.apply(edit)
        if edit:
            count = len(edit.paths)
            if not count:
                self.recovered.emit(_("The order that you left is back."))
                return
            self.recovered.emit(ngettext("Unsaved edits of {count} photo are back from the last time.",
                                         "Unsaved edits of {count} photos are back from the last time.",
                                         count).format(count=count))  # fmt: skip

    # Journal

    def _note(self, changed: Changed) -> None:
        if not changed.edit and not changed.paths and not (changed.order or changed.headline):
            return
        if changed.edit or not self.is_reading:
            self._unjournalled |= changed.paths
            self._is_set_unjournalled |= changed.order or changed.headline
            if not self._timer.isActive():
                self._timer.start()

    def journal(self, wait: bool = False) -> None:
        """Writes what changed since; at once, and done on return, where `wait` says so."""
        self._timer.stop()
        work = list(self._pending())
        if wait:
            for each in work:
                each()
        elif work:
            self.jobs.run(lambda each: each(), work, lane="journal", failed=self._not_journalled)

    def _not_journalled(self, _work: object, error: CaptionerError) -> None:
        self.told.emit(_("Your edits can't be kept as drafts: {reason} Save them now.").format(reason=error))

    def _pending(self):
        file, photos = paths.drafts_file(), self.photos
        held = {path: photos[path].unsaved for path in self._unjournalled if path in photos}
        self._unjournalled = set()
        if held:
            yield lambda: drafts.record(file, held)
        if self._is_set_unjournalled and photos.name and not self.is_reading:
            self._is_set_unjournalled = False
            state = SetState(
                photos.saved_order, photos.saved_headline,
                photos.order if photos.order != photos.saved_order else (),
                photos.headline if photos.headline != photos.saved_headline else None,
            )  # fmt: skip
            yield lambda: drafts.record_set(file, photos.name, state)

    # Save

    def save(self, chosen: Sequence[Photo] | None = None) -> None:
        """Writes what changed, in the background. A photo that is being saved already is saved again after."""
        self.photos.history.seal()
        wanted = self.photos.unsaved if chosen is None else [photo for photo in chosen if photo.unsaved]
        self._save_again |= {photo.path for photo in wanted if photo.path in self._in_flight}
        ready = [photo for photo in wanted if photo.path not in self._in_flight]
        if chosen is None:
            self.photos.mark_order_saved()
        if not ready:
            return
        photos, policy = self.photos, self.policy
        self._in_flight |= {photo.path for photo in ready}
        self.jobs.run(
            lambda photo: _saved(photo, policy), ready, lane="save", label=_("Saving"),
            batch=lambda results: self._mark_saved(photos, results),
            failed=lambda photo, error: self._not_saved(photos, photo, error),
            done=lambda: self._save_rest(photos, ready),
        )  # fmt: skip

    def _mark_saved(self, photos: PhotoSet, results: list[Saved]) -> None:
        photos.mark_saved(*(saved.photo for saved in results))
        if photos is not self.photos:  # another set is shown by now, and nobody else clears these drafts
            held = {saved.photo.path: photos[saved.photo.path].unsaved for saved in results}
            self.jobs.run(lambda each: drafts.record(paths.drafts_file(), each), [held], lane="journal")
        for note in (note for saved in results for note in saved.notes):
            self.told.emit(note)

    def _not_saved(self, photos: PhotoSet, photo: Photo, error: CaptionerError) -> None:
        self.told.emit(error.sentence)
        if isinstance(error, Conflict):
            policy = self.policy
            self.jobs.run(
                lambda path: storage.read_photo(path, policy), [photo.path], lane="conflict",
                batch=lambda fresh: self._read_again(photos, photo, fresh[0]),
            )  # fmt: skip

    def _read_again(self, photos: PhotoSet, before: Photo, fresh: Photo) -> None:
        """The edits stay; what the other program wrote in the same fields is told before anything replaces it."""
        photos.update_read([fresh])
        for key in photos[fresh.path].unsaved:
            if fresh.saved[key] != before.saved[key]:
                told = _("{name}: {field} is “{theirs}” in the file now, and yours is not saved; saving again "
                         "replaces it, undo takes it over.")  # fmt: skip
                self.told.emit(told.format(name=fresh.path.name, field=_(FIELDS[key].label),
                                           theirs=shown(fresh.saved[key])))  # fmt: skip

    def _save_rest(self, photos: PhotoSet, ready: Sequence[Photo]) -> None:
        self._in_flight -= {photo.path for photo in ready}
        again = [photos[photo.path] for photo in ready if photo.path in self._save_again]
        self._save_again -= {photo.path for photo in ready}
        if again and photos is self.photos:
            self.save(again)

    # Export

    def export(self, plan: Plan) -> None:
        """In the background; the receipt, and each photo that was left out, come as messages."""
        policy = self.policy

        def publish(planned: Plan, job: Job) -> Receipt:
            return export.run(planned, policy, job.step, job.cancelled.is_set)

        self.jobs.run(
            publish, [plan], lane="export", label=_("Exporting"), steps=len(plan.photos),
            batch=lambda receipts: self._exported(receipts[0]),
            failed=lambda _plan, error: self.told.emit(error.sentence),
        )  # fmt: skip

    def _exported(self, receipt: Receipt) -> None:
        for _path, sentence in receipt.refused:
            self.told.emit(sentence)
        self.exported.emit(receipt)


def _saved(photo: Photo, policy: Policy) -> Saved:
    if photo.trouble:
        raise CaptionerError(photo.trouble, photo.path)
    return storage.save_photo(photo, policy)
