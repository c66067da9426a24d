"""The folders of the open set, watched: what arrives, what goes, what another program changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from captioner.storage import opening
from captioner.storage.opening import Seen
from captioner.ui.jobs import Jobs

_SOON_MS, _POLL_MS = 400, 5000


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
        self._known: Callable[[], Seen] = dict
        self._before: Seen = {}
        self._is_looking = False
        self._watcher.directoryChanged.connect(lambda _path: self._soon.start())
        self._soon.timeout.connect(self.look)
        self._poll.timeout.connect(self.look)

    def watch(self, named: Sequence[Path], known: Callable[[], Seen]) -> None:
        """What a person opened, and the photos of the set with their stamps, asked for at each look."""
        self.stop()
        self._named, self._known, self._before = tuple(named), known, {}
        if folders := [str(path) for path in named if path.is_dir()]:
            self._watcher.addPaths(folders)
        self._poll.start()

    def stop(self) -> None:
        """What a look that is under way finds is no news any more."""
        self._named = ()
        self._poll.stop()
        self._soon.stop()
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)

    def look(self) -> None:
        if self._is_looking or not self._named:
            return
        self._is_looking, named, known = True, self._named, self._known()
        self._jobs.run(
            lambda each: opening.look(each, known), [named], lane="look",
            batch=lambda found: self._compare(found[0], known) if named is self._named else None,
            failed=lambda _named, _error: None,  # a folder that is away for a moment: the next look will tell
            done=self._end,
        )  # fmt: skip

    def _end(self) -> None:
        self._is_looking = False

    def _compare(self, seen: Seen, known: Seen) -> None:
        """A file that is still being written has another size at the next look, and waits until then."""
        fresh = {path: mark for path, mark in seen.items() if known.get(path) != mark}
        settled = [path for path, mark in fresh.items() if self._before.get(path) == mark]
        self._before = fresh
        arrived = tuple(path for path in settled if path not in known)
        changed = tuple(path for path in settled if known.get(path))
        self.news.emit(News(arrived, frozenset(known.keys() - seen.keys()), changed))
        if len(settled) < len(fresh):
            self._soon.start()
