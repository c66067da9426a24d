"""The checks, run in slices on the GUI thread, so that a large folder holds nobody up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from captioner.core.attention import Attention, value_of
from captioner.core.checks import Finding, Knowledge
from captioner.core.findings import Findings
from captioner.core.photo_set import PhotoSet
from captioner.storage.desk_data import load_knowledge

_SLICE_MS, _AT_ONCE = 6, 4


class Judging(QObject):
    judged = Signal(object)
    """Paths whose findings are others now."""
    begun = Signal()
    """Another set: nothing is known of it yet."""
    went_on = Signal()
    """A slice of many photos was judged, or the last of them."""

    def __init__(self, parent: QObject | None = None, weights: Mapping[str, str] | None = None) -> None:
        """`weights`: what the desk makes of each check, as Attention has it."""
        super().__init__(parent)
        self.attention = Attention(weights or {})
        self.found: dict[Path, tuple[Finding, ...]] = {}
        """What is to be shown, of the photos that have any."""
        self._problems = dict[Path, int]()
        self._count = self._problem_count = 0
        self._photos, self._findings = PhotoSet(), Findings(Knowledge())
        self._waiting: dict[Path, None] = {}
        self._going_on = QTimer(self, interval=0, singleShot=True)
        self._going_on.timeout.connect(self._judge)

    def of(self, path: Path) -> Sequence[Finding]:
        return self.found.get(path, ())

    @property
    def count(self) -> int:
        return self._count

    @property
    def problem_count(self) -> int:
        """Of findings; a photo may have several."""
        return self._problem_count

    @property
    def problems(self) -> Collection[Path]:
        """The photos that have one."""
        return self._problems.keys()

    @property
    def waiting_count(self) -> int:
        """How many photos are still to be judged."""
        return len(self._waiting)

    # What a person wants to see of it

    def dismiss(self, finding: Finding) -> None:
        """For as long as the photo has this value, and the window is open."""
        value = value_of(self._photos[finding.path], finding)
        self._attend(self.attention.without(finding, value), [finding.path])

    def bring_back(self, finding: Finding) -> None:
        value = value_of(self._photos[finding.path], finding)
        self._attend(self.attention.again(finding, value), [finding.path])

    def weigh(self, weights: Mapping[str, str]) -> None:
        self._attend(self.attention.weighing(weights), self._photos.order)

    def _attend(self, attention: Attention, paths: Iterable[Path]) -> None:
        self.attention = attention
        self._tell([path for path in paths if self._findings.of(path) or path in self.found])

    def follow(self, photos: PhotoSet, changed: Iterable[Path]) -> None:
        """What was edited just now is judged at once; the rest of many when there is time."""
        if not len(photos):
            return
        if photos is not self._photos:
            self._photos, self._findings, self._waiting = photos, Findings(load_knowledge()), {}
            self.found, self._problems = {}, {}
            self._count = self._problem_count = 0
            self.begun.emit()
        fresh = dict.fromkeys(changed)
        if len(fresh) <= _AT_ONCE:
            self._tell(self._update(fresh))
        else:
            self._waiting.update(fresh)
        if self._waiting and not self._going_on.isActive():
            self._judge()

    def _update(self, paths: Collection[Path]) -> Collection[Path]:
        return self._findings.update(self._photos, paths) | self.attention.doubtful.intersection(paths)

    def _next(self) -> Path:
        """The photo that changed first."""
        path = next(iter(self._waiting))
        del self._waiting[path]
        return path

    def _judge(self) -> None:
        timer, judged = QElapsedTimer(), set[Path]()
        timer.start()
        while self._waiting and timer.elapsed() < _SLICE_MS:
            some = [self._next() for _count in range(min(_AT_ONCE, len(self._waiting)))]
            judged.update(self._update(some))
        self._tell(judged)
        self.went_on.emit()
        if self._waiting:
            self._going_on.start()

    def _tell(self, judged: Collection[Path]) -> None:
        for path in judged:
            self._take(path)
        if judged:
            self.judged.emit(judged)

    def _take(self, path: Path) -> None:
        """Findings as they are to be shown, and the problems among them counted."""
        shown = self.attention.of(self._photos[path], self._findings.of(path)) if path in self._photos else ()
        problems = sum(each.is_problem for each in shown)
        self._count += len(shown) - len(self.found.pop(path, ()))
        self._problem_count += problems - self._problems.pop(path, 0)
        if shown:
            self.found[path] = shown
        if problems:
            self._problems[path] = problems
