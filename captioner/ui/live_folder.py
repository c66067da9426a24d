"""The folders of the open set, watched: what arrives, what goes, what another program changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from captioner.core.natural_order import by_name
from captioner.core.photo import Photo
from captioner.storage import opening
from captioner.storage.opening import Seen, gently
from captioner.ui.jobs import Job, Jobs

_SOON_MS, _POLL_MS = 400, 5000
_GLANCES = 6
"""Of so many polls one looks at every photo, which takes seconds of ten thousand; the others at the folders alone."""


@dataclass(frozen=True)
class News:
    arrived: tuple[Path, ...] = ()
    missing: frozenset[Path] = frozenset()
    changed: tuple[Path, ...] = ()


class LiveFolder(QObject):
    """Network drives tell nobody of changes, so it also looks by itself now and then, off the GUI thread."""

    news = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._watcher = jobs, QFileSystemWatcher(self)
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._named: tuple[Path, ...] = ()
        self._photos: Callable[[], Sequence[Photo]] = tuple
        self._before: Seen = {}
        self._times: tuple[int, ...] = ()
        """When the folders changed last."""
        self._polls = 0
        self._looking: Job | None = None
        self._watcher.directoryChanged.connect(lambda _path: self._soon.start())
        self._soon.timeout.connect(self.look)
        self._poll.timeout.connect(self._glance)

    def watch(self, named: Sequence[Path], photos: Callable[[], Sequence[Photo]]) -> None:
        """What a person opened, and the photos of the set, asked for at each look."""
        self.stop()
        named = self._named = tuple(named)
        self._photos, self._before = photos, {}
        self._polls = 0
        self._jobs.run(_folders, [named], lane="look", batch=lambda found: self._follow(named, found[0]))
        self._poll.start()

    def _follow(self, named: Sequence[Path], folders: Sequence[str]) -> None:
        if folders and named is self._named:  # their drive has just answered
            self._watcher.addPaths(folders)

    def stop(self) -> None:
        """What a look that is under way finds is no news any more."""
        self._named, self._looking = (), None
        self._jobs.cancel("look")
        self._poll.stop()
        self._soon.stop()
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)

    def _glance(self) -> None:
        if self._looking or not self._named:
            return
        self._polls += 1
        if self._polls % _GLANCES == 0:
            self.look()
            return
        named = self._named
        glancing = self._looking = self._jobs.run(
            _times, [named], lane="look", batch=lambda found: self._compare(named, found[0]),
            done=lambda: self._end(glancing),
        )  # fmt: skip

    def _compare(self, named: Sequence[Path], times: tuple[int, ...]) -> None:
        if named is self._named:
            self._looking = None
            if times != self._times:
                self._times = times
                self.look()

    def look(self) -> None:
        if self._looking or not self._named:
            return
        named, photos, before = self._named, self._photos(), self._before
        looking = self._looking = self._jobs.run(
            lambda each: _look(each, photos, before), [named], lane="look",
            batch=lambda found: self._tell(*found[0]) if named is self._named else None,
            failed=lambda _named, _error: None,  # a folder that is away for a moment: the next look will tell
            done=lambda: self._end(looking),
        )  # fmt: skip

    def _end(self, looking: Job) -> None:
        if looking is self._looking:
            self._looking = None

    def _tell(self, news: News, fresh: Seen, is_waiting: bool) -> None:
        self._before = fresh
        self.news.emit(news)
        if is_waiting:
            self._soon.start()


def _folders(named: Sequence[Path]) -> list[str]:
    return [str(path) for path in named if path.is_dir()]


def _times(named: Sequence[Path]) -> tuple[int, ...]:
    return tuple((each if each.is_dir() else each.parent).stat().st_mtime_ns for each in named)


def _look(named: Sequence[Path], photos: Sequence[Photo], before: Seen) -> tuple[News, Seen, bool]:
    """And what is fresh, and whether some of it waits: what is still written has another size at the next look."""
    known = {photo.path: _mark(photo) for photo in gently(photos)}
    seen = opening.look(named, known)
    fresh = {path: mark for path, mark in gently(seen.items()) if known.get(path) != mark}
    settled = [path for path, mark in fresh.items() if before.get(path) == mark]
    arrived = by_name(path for path in settled if path not in known)
    changed = tuple(path for path in settled if known.get(path))
    return News(arrived, frozenset(known.keys() - seen.keys()), changed), fresh, len(settled) < len(fresh)


def _mark(photo: Photo) -> tuple[int, int] | None:
    return (photo.stamp.size, photo.stamp.mtime_ns) if photo.stamp else None
