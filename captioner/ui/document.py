"""The open set between disk and window: opened, recovered, followed. Shows nothing itself."""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from captioner import paths
from captioner.core import edits
from captioner.core.fields import Value
from captioner.core.photo import Photo
from captioner.core.photo_set import PhotoSet, common_headline
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.i18n import N_, _, ngettext
from captioner.storage import batch, drafts, opening
from captioner.storage.drafts import Drafts, SetState
from captioner.storage.opening import Opened
from captioner.storage.outcome import unreadable
from captioner.ui.badges import State
from captioner.ui.exporting import Exporting
from captioner.ui.jobs import Job, Jobs
from captioner.ui.journal import Journal
from captioner.ui.live_folder import LiveFolder, News
from captioner.ui.qt_photo_set import QtPhotoSet
from captioner.ui.saving import Saving

_SCREENFUL = 16
_READING_STALLED = N_("{folder} is on a drive that doesn't answer; your edits are drafts, and reading goes on when the "
                      "drive does.")  # fmt: skip
_STALLED = {
    "list": _READING_STALLED, "read": _READING_STALLED,
    "save": N_("Saving waits for {folder}, a drive that doesn't answer; your edits are drafts, and it goes on when "
               "the drive does."),
    "export": N_("Exporting waits for a drive that doesn't answer, and goes on when the drive does."),
}  # fmt: skip
"""By lane, what a person is told."""


class Document(QObject):
    told = Signal(str)
    recovered = Signal(str)
    """What a former session left and is back, as a sentence; undo takes it away again."""
    chosen = Signal(object)
    """The folders and files that make up the set, as a person named them."""
    listed = Signal()
    """The photos of the set are known; a person may begin."""
    opened = Signal()
    """All photos of the set were read."""
    reread = Signal(object)
    """Paths whose files are others now: their pictures too."""

    def __init__(self, model: QtPhotoSet, jobs: Jobs, policy: Policy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.jobs, self.policy = model, jobs, policy
        self.is_reading = False
        self._chosen: tuple[Path, ...] = ()
        self.live = LiveFolder(jobs, self)
        self.live.news.connect(self._take_news)
        self._reading: Job | None = None
        self._is_held = False
        self.journal = Journal(model, jobs, lambda: self.is_reading, self)
        self.saving = Saving(model, jobs, self.journal, policy, self)
        self.exporting = Exporting(model, jobs, policy, self)
        jobs.stalled.connect(self._tell_stalled)
        for part in (self.journal, self.saving, self.exporting):
            part.told.connect(self.told)

    @property
    def photos(self) -> PhotoSet:
        return self.model.photos

    # Open

    def open(self, named: Sequence[Path], again: bool = False) -> None:
        """Lists, then reads in the background; what was open before keeps its drafts in the journal."""
        self.journal.write()
        chosen = tuple(path.absolute() for path in named)
        self.is_reading, self._chosen = True, chosen
        self.jobs.cancel("list")
        self.jobs.run(
            lambda each: opening.opened(paths.drafts_file(), each, again), [chosen], lane="list",
            batch=lambda found: self._listed(found[0]) if chosen is self._chosen else None,
            failed=lambda _chosen, error: self._not_opened(error),
        )  # fmt: skip

    def hold(self, is_held: bool) -> None:
        """Whether reading waits for the pictures that are in sight; their captions don't."""
        self._is_held = is_held
        if self._reading:
            self._reading.pause(is_held)

    def _not_opened(self, error: CaptionerError) -> None:
        """What is open stays open, and goes on being read."""
        self.is_reading = any(job.lane == "read" and not job.cancelled.is_set() for job in self.jobs.running)
        self.told.emit(error.sentence)

    def _listed(self, found: Opened) -> None:
        self.jobs.cancel("read")
        self.journal.write()
        photos = PhotoSet(found.name)
        photos.add(Photo(path) for path in found.paths)
        first, rest = found.paths[:_SCREENFUL], found.paths[_SCREENFUL:]
        self._read(photos, first, label=_("Reading"), after=len(rest))
        self._reading = self._read(photos, rest, lambda: self._read_all(photos, found), _("Reading"),
                                   before=len(first), is_paused=self._is_held)  # fmt: skip
        self.model.show_set(photos)
        self.chosen.emit(self._chosen)
        self.live.stop()
        self.listed.emit()

    def read_first(self, paths: Container[Path]) -> None:
        """What is in sight is read before the rest."""
        if self.is_reading and self._reading:
            self._reading.prefer(paths)

    def _read(
        self, photos: PhotoSet, wanted: Sequence[Path], done: Callable[[], None] = lambda: None, label: str = "",
        before: int = 0, after: int = 0, is_paused: bool = False,
    ) -> Job:  # fmt: skip
        reading = partial(batch.read, policy=self.policy)
        return self.jobs.run(
            lambda take, count: batch.work_off(reading, take, count, batch.READ_AT_ONCE), wanted, is_many=True,
            lane="read", label=label, before=before, after=after, is_paused=is_paused, done=done,
            batch=photos.update_read,
            failed=lambda path, error: self._unreadable(photos, path, error),
        )  # fmt: skip

    def _unreadable(self, photos: PhotoSet, path: Path, error: CaptionerError) -> None:
        photos.update_read([unreadable(path, error)])
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
            self.jobs.run(
                lambda each: drafts.recover(paths.drafts_file(), each), [photos.order], lane="open",
                batch=lambda held: self._recover(photos, held[0], found.state),
                failed=lambda _order, error: self.told.emit(error.sentence),
                done=self._ready,
            )  # fmt: skip
            self.live.watch(self._chosen, lambda: photos.in_any_order)

    def _ready(self) -> None:
        self.opened.emit()
        self.exporting.recall()

    def _recover(self, photos: PhotoSet, held: Drafts, state: SetState) -> None:
        """As one edit; what was edited since opening is newer and stays."""
        still = {path: _without(values, photos[path].unsaved) for path, values in held.items() if photos[path].is_read}
        edit = edits.recover(photos, still, state.draft_order, state.draft_headline)
        photos.apply(edit)
        if edit:
            count = len(edit.paths)
            if not count:
                self.recovered.emit(_("The order that you left is back."))
                return
            self.recovered.emit(ngettext("Unsaved edits of {count} photo are back from the last time.",
                                         "Unsaved edits of {count} photos are back from the last time.",
                                         count).format(count=count))  # fmt: skip

    def _tell_stalled(self, job: Job) -> None:
        first = next(iter((*self.photos.order, *self._chosen)), None)
        told = _STALLED.get(job.lane)
        if told and first:
            self.told.emit(_(told).format(folder=first.parent.name if first in self.photos else first.name))

    # What comes later

    def add(self, named: Sequence[Path], before: Path | None = None) -> None:
        """More photos for the open set, at its end or in front of another one."""
        photos = self.photos
        every = dict.fromkeys(path.absolute() for path in named)
        if more := [path for path in every if path not in photos]:
            self.jobs.run(
                opening.called, [more], lane="list",
                batch=lambda found: self._add(more, found[0], before) if photos is self.photos else None,
            )  # fmt: skip

    def _add(self, more: Sequence[Path], called: str, before: Path | None) -> None:
        fresh = [path for path in more if path not in self.photos]
        if fresh != list(more):  # what was dropped twice is there already
            self.add(fresh, before)
            return
        self.photos.name = f"{self.photos.name}\n{called}"
        self._chosen = (*self._chosen, *fresh)
        self.chosen.emit(self._chosen)
        self._read_more(fresh)
        if before:
            self.photos.apply(edits.move(self.photos, fresh, self.photos.order.index(before)))

    def _read_more(self, fresh: Sequence[Path]) -> None:
        photos = self.photos
        photos.add(Photo(path) for path in fresh)
        self._read(photos, fresh, lambda: self._recover_more(photos, fresh))

    def _recover_more(self, photos: PhotoSet, fresh: Sequence[Path]) -> None:
        wanted = [path for path in fresh if not photos[path].unsaved]
        self.jobs.run(
            lambda each: drafts.recover(paths.drafts_file(), each), [wanted], lane="open",
            batch=lambda held: photos.apply(edits.recover(photos, held[0], (), None)),
            failed=lambda _paths, error: self.told.emit(error.sentence),
        )  # fmt: skip

    def _take_news(self, news: News) -> None:
        """A wire drop: photos arrive at the end, marked new; those that are gone stay, with their drafts."""
        if self.is_reading:
            return
        photos = self.photos
        if fresh := [path for path in news.arrived if path not in photos]:
            self.model.mark(State.NEW, fresh)
            self._read_more(fresh)
        self._note_missing(news.missing)
        if changed := [path for path in news.changed if path in photos and path not in self.saving.in_flight]:
            self._read(photos, changed, lambda: self.reread.emit(changed))

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


def _without(values: Mapping[str, Value], keys: Container[str]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if key not in keys}
