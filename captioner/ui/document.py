"""The open set between disk and window: open, recover, journal, save. Shows nothing itself."""

import os
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
from captioner.storage.photos import Saved, Signed
from captioner.ui.badges import State
from captioner.ui.jobs import Job, Jobs
from captioner.ui.live_folder import LiveFolder, News
from captioner.ui.qt_photo_set import QtPhotoSet

_JOURNAL_MS = 200


class Document(QObject):
    told = Signal(str)
    asked = Signal(str, object)
    """Something to decide: the question, and the answers as pairs of a label and what it does."""
    recovered = Signal(str)
    """What a former session left and is back, as a sentence; undo takes it away again."""
    chosen = Signal(object)
    """The folders and files that make up the set, as a person named them."""
    opened = Signal()
    """All photos of the set were read."""
    exported = Signal(object)
    """The receipt."""
    saved = Signal(object)
    """The photos as their files now hold them."""
    reread = Signal(object)
    """Paths whose files are others now: their pictures too."""

    def __init__(self, model: QtPhotoSet, jobs: Jobs, policy: Policy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.jobs, self.policy = model, jobs, policy
        self.is_reading = False
        self._chosen: tuple[Path, ...] = ()
        self.live = LiveFolder(jobs, self)
        self.live.news.connect(self._take_news)
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

    def open(self, named: Sequence[Path], again: bool = False) -> None:
        """Lists, then reads in the background; what was open before keeps its drafts in the journal."""
        self.journal()
        chosen = tuple(path.absolute() for path in named)
        self.is_reading, self._chosen = True, chosen
        self.jobs.run(
            lambda each: opening.opened(paths.drafts_file(), each, again), [chosen], lane="open",
            batch=lambda found: self._listed(found[0]) if chosen is self._chosen else None,
            failed=lambda _chosen, error: self._not_opened(error),
        )  # fmt: skip

    def _not_opened(self, error: CaptionerError) -> None:
        """What is open stays open, and goes on being read."""
        self.is_reading = any(job.lane == "read" for job in self.jobs.running)
        self.told.emit(error.sentence)

    def _listed(self, found: Opened) -> None:
        self.jobs.cancel("read")
        self.journal()
        photos = PhotoSet(found.name)
        photos.add(Photo(path) for path in found.paths)
        self.model.show_set(photos)
        self.chosen.emit(self._chosen)
        self.live.stop()
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
            self.live.watch(self._chosen, lambda: {photo.path: _mark(photo) for photo in photos.photos})

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

    # What comes later

    def add(self, named: Sequence[Path], before: Path | None = None) -> None:
        """More photos for the open set, at its end or in front of another one."""
        fresh = [path.absolute() for path in named if path.absolute() not in self.photos]
        if not fresh:
            return
        self.photos.name = "\n".join([self.photos.name, *(os.path.realpath(path) for path in fresh)])
        self._chosen = (*self._chosen, *fresh)
        self.chosen.emit(self._chosen)
        self._read_more(fresh)
        if before:
            self.photos.apply(edits.move(self.photos, fresh, self.photos.order.index(before)))

    def _read_more(self, fresh: Sequence[Path]) -> None:
        photos, policy = self.photos, self.policy
        photos.add(Photo(path) for path in fresh)
        self.jobs.run(
            lambda path: storage.read_photo(path, policy), fresh, lane="read",
            batch=photos.update_read,
            failed=lambda path, error: self._unreadable(photos, path, error),
            done=lambda: self._recover_more(photos, fresh),
        )  # fmt: skip

    def _recover_more(self, photos: PhotoSet, fresh: Sequence[Path]) -> None:
        held = drafts.recover(paths.drafts_file(), [path for path in fresh if not photos[path].unsaved])
        photos.apply(edits.recover(photos, held, (), None))

    def _take_news(self, news: News) -> None:
        """A wire drop: photos arrive at the end, marked new; those that are gone stay, with their drafts."""
        if self.is_reading:
            return
        photos, policy = self.photos, self.policy
        if fresh := [path for path in news.arrived if path not in photos]:
            self.model.mark(State.NEW, fresh)
            self._read_more(fresh)
        self._note_missing(news.missing)
        if changed := [path for path in news.changed if path in photos and path not in self._in_flight]:
            self.jobs.run(
                lambda path: storage.read_photo(path, policy), changed, lane="read",
                batch=photos.update_read,
                failed=lambda path, error: self._unreadable(photos, path, error),
                done=lambda: self.reread.emit(changed),
            )  # fmt: skip

    def _note_missing(self, missing: frozenset[Path]) -> None:
        before = self.model.states[State.MISSING]
        self.model.mark(State.MISSING, before - missing, False)
        if gone := missing - before:
            self.model.mark(State.MISSING, gone)
            name = min(gone).name
            told = ngettext("{name} is not in its folder any more; your edits of it are kept as drafts.",
                            "{name} and others, {count} photos, are not in their folder any more; your edits of them "
                            "are kept as drafts.", len(gone))  # fmt: skip
            self.told.emit(told.format(name=name, count=len(gone)))

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

    def save(self, chosen: Sequence[Photo] | None = None, break_signature: bool = False) -> None:
        """Writes what changed, in the background. A photo that is being saved already is saved again after."""
        self.photos.history.seal()
        wanted = [photo for photo in (self.photos.unsaved if chosen is None else chosen) if photo.ready]
        if chosen is None:
            self.photos.mark_order_saved()
        if wanted and self.policy.save_to == "export":
            self.told.emit(_("Originals are never written (save_to): your edits are kept as drafts, and go into "
                             "exported copies."))  # fmt: skip
            return
        self._save_again |= {photo.path for photo in wanted if photo.path in self._in_flight}
        if ready := [photo for photo in wanted if photo.path not in self._in_flight]:
            self._write(ready, break_signature)

    def _write(self, ready: Sequence[Photo], break_signature: bool) -> None:
        photos, policy = self.photos, self.policy
        signed: list[Path] = []
        self._in_flight |= {photo.path for photo in ready}
        self.model.mark(State.SAVING, self._in_flight)
        self.jobs.run(
            lambda photo: _saved(photo, policy, break_signature), ready, lane="save", label=_("Saving"),
            batch=lambda results: self._mark_saved(photos, results),
            failed=lambda photo, error: self._not_saved(photo, error, signed),
            done=lambda: self._save_rest(photos, ready, signed),
        )  # fmt: skip

    def _mark_saved(self, photos: PhotoSet, results: list[Saved]) -> None:
        photos.mark_saved(*((saved.photo, saved.written) for saved in results))
        if photos is not self.photos or self.is_reading:  # another set is opened, and nobody else clears these drafts
            held = {saved.photo.path: photos[saved.photo.path].unsaved for saved in results}
            self.jobs.run(lambda each: drafts.record(paths.drafts_file(), each), [held], lane="journal")
        self.saved.emit([saved.photo for saved in results])
        for saved in results:
            for note in saved.notes:
                self.told.emit(note)
            for key in sorted(photos[saved.photo.path].conflicts):
                self._ask_of_conflict(photos, saved.photo.path, key)

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
        if photos is self.photos:
            self.save([photos[path]])

    def take_theirs(self, photos: PhotoSet, path: Path, key: str) -> None:
        photos.apply(edits.set_field(photos, [path], key, photos[path].saved[key]))
        photos.settle(path, key)

    def _not_saved(self, photo: Photo, error: CaptionerError, signed: list[Path]) -> None:
        if isinstance(error, Signed):
            signed.append(photo.path)
        else:
            self.told.emit(error.sentence)

    def _ask_of_signatures(self, photos: PhotoSet, signed: Sequence[Path]) -> None:
        """Once for all of them."""
        if not signed or photos is not self.photos:
            return
        told = ngettext("{name} carries Content Credentials (C2PA), whose signature any change breaks; it was not "
                        "saved.",
                        "{name} and others, {count} photos, carry Content Credentials (C2PA), whose signature any "
                        "change breaks; they were not saved.", len(signed))  # fmt: skip
        answer = (_("Save and break the signature"), lambda: self.save([photos[path] for path in signed], True))
        self.asked.emit(told.format(name=signed[0].name, count=len(signed)), [answer])

    def _save_rest(self, photos: PhotoSet, ready: Sequence[Photo], signed: Sequence[Path]) -> None:
        self._ask_of_signatures(photos, signed)
        self._in_flight -= {photo.path for photo in ready}
        self.model.mark(State.SAVING, (photo.path for photo in ready), False)
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


def _mark(photo: Photo) -> tuple[int, int] | None:
    return (photo.stamp.size, photo.stamp.mtime_ns) if photo.stamp else None


def _saved(photo: Photo, policy: Policy, break_signature: bool) -> Saved:
    if photo.trouble:
        raise CaptionerError(photo.trouble, photo.path)
    return storage.save_photo(photo, policy, break_signature=break_signature)
