"""The checks: of few photos in slices on the GUI thread, of many in processes, so that none holds anybody up."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from captioner.core import checks
from captioner.core.attention import Attention, value_of
from captioner.core.checks import Finding, Knowledge
from captioner.core.findings import Findings
from captioner.core.photo_set import PhotoSet
from captioner.storage import batch, processes
from captioner.storage.desk_data import load_knowledge
from captioner.ui.jobs import Jobs

if TYPE_CHECKING:
    from captioner.core.checks import Judged

_SLICE_MS, _REST_MS, _AT_ONCE = 4, 16, 4
"""What one edit makes of thousands of others is found out between two keystrokes."""
_SOON_MS, _LATER_MS, _FIRST_MS = 250, 1_500, 20
"""Many photos are judged when they are at rest; the first photos of all go before what checks load."""


class Judging(QObject):
    judged = Signal(object)
    """Paths whose findings are others now."""
    begun = Signal()
    """Another set: nothing is known of it yet."""
    rested = Signal()
    """All that was to be judged is."""
    went_on = Signal()
    """A slice of many photos was judged, or the last of them."""

    def __init__(self, jobs: Jobs, weights: Mapping[str, str], parent: QObject | None = None) -> None:
        """`weights`: what the desk makes of each check, as Attention has it."""
        super().__init__(parent)
        self.jobs = jobs
        self.attention = Attention(weights)
        self.found: dict[Path, tuple[Finding, ...]] = {}
        """What is to be shown, of the photos that have any."""
        self._problems = dict[Path, int]()
        self._count = self._problem_count = 0
        self.is_reading: Callable[[], bool] = lambda: False
        """Whether photos are being read, before which none of many is judged; the window's to set."""
        self._photos, self._findings = PhotoSet(), Findings(Knowledge())
        self._is_loaded = False
        """Whether a check can be made without a person waiting for what it knows."""
        self._is_loading = self._was_at_rest = False
        self._glossary, self._story = frozenset[str](), frozenset[str]()
        self._waiting: dict[Path, None] = {}
        self._elsewhere = 0
        """How many are being judged in processes."""
        self._going_on = QTimer(self, singleShot=True)
        self._going_on.timeout.connect(self._judge)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._begin)
        self._later = QTimer(self, interval=_LATER_MS, singleShot=True)
        self._later.timeout.connect(self._load_calendars)

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
        return len(self._waiting) + self._elsewhere

    @property
    def is_at_rest(self) -> bool:
        return self._is_loaded and not self.waiting_count and not self._findings.behind

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

    def know_glossary(self, names: Iterable[str]) -> None:
        self._glossary = frozenset(names)
        self._learn()

    def know_story(self, captions: Iterable[str]) -> None:
        self._story = frozenset(captions)
        self._learn()

    def _learn(self) -> None:
        if self._is_loaded:
            self._tell(self._findings.know(self._knows))

    @property
    def _knows(self) -> Knowledge:
        return load_knowledge(names=self._glossary, told=self._story)

    def follow(self, photos: PhotoSet, changed: Iterable[Path]) -> None:
        """Few photos are judged at once; the rest of many when there is time."""
        if not len(photos):
            return
        if photos is not self._photos:
            self._start(photos)
        fresh = dict.fromkeys(photo.path for photo in photos.of(changed) if photo.is_read)
        if self._is_loaded and len(fresh) <= _AT_ONCE:
            self._tell(self._update(fresh))
        else:
            self._waiting.update(fresh)
        if self._waiting and (len(photos) >= processes.MANY or not self._is_loaded):
            self._soon.start(_SOON_MS if len(photos) >= processes.MANY else _FIRST_MS)
        elif self._waiting and not self._going_on.isActive():
            self._judge()
        self._tell_of_rest()

    def catch_up(self, check: str) -> None:
        """Before all its findings are fixed: with those that one edit made of thousands of others."""
        while check in self._findings.behind:
            self._tell(self._findings.catch_up(check, processes.MANY))
        self._tell_of_rest()

    def _tell_of_rest(self) -> None:
        before, self._was_at_rest = self._was_at_rest, self.is_at_rest
        if self._was_at_rest and not before:
            self.rested.emit()

    def _start(self, photos: PhotoSet) -> None:
        self.jobs.cancel("checks")
        self._photos, self._waiting = photos, {}
        self._findings = Findings(self._knows if self._is_loaded else Knowledge())
        self.found, self._problems = {}, {}
        self._count = self._problem_count = self._elsewhere = 0
        self.begun.emit()

    def load(self) -> None:
        if not self._is_loading:
            self._is_loading = True
            self.jobs.run(lambda _file: load_knowledge(), [""], lane="knowledge", done=self._take_up)

    def _take_up(self) -> None:
        self._is_loaded, self._findings = True, Findings(self._knows)
        self._later.start()
        self._begin()

    def _load_calendars(self) -> None:
        """So that the first date that a person types doesn't wait for every language's."""
        self.jobs.run(checks.prepare, [self._knows], lane="knowledge")

    def _begin(self) -> None:
        if self.is_reading() and len(self._photos) >= processes.MANY:
            self._soon.start(_SOON_MS)
        elif not self._is_loaded:
            self.load()
        elif len(self._waiting) < processes.MANY:
            self._judge()
        else:
            self._judge_elsewhere()

    def _judge_elsewhere(self) -> None:
        photos, findings = self._photos.of(self._waiting), self._findings
        self._waiting, self._elsewhere = {}, self._elsewhere + len(photos)
        self.jobs.run(
            lambda take, count: batch.work_off(batch.judge, take, count, batch.JUDGE_AT_ONCE), photos, is_many=True,
            lane="checks", batch=lambda judged: self._take_judged(findings, judged),
            failed=lambda _photo, _error: self._take_judged(findings, [], 1),
        )  # fmt: skip

    def _take_judged(self, findings: Findings, judged: "Sequence[Judged]", failed: int = 0) -> None:
        """What of them changed meanwhile was judged at once, or waits again."""
        if findings is self._findings:
            self._elsewhere -= len(judged) + failed
            self._tell(findings.take(self._photos, judged))
            self.went_on.emit()
            self._tell_of_rest()

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
        while (self._waiting or self._findings.behind) and timer.elapsed() < _SLICE_MS:
            some = [self._next() for _count in range(min(_AT_ONCE, len(self._waiting)))]
            judged.update(self._update(some) if some else self._findings.catch_up(self._findings.behind[0], _AT_ONCE))
        self._tell(judged)
        self.went_on.emit()
        if self._waiting:
            self._going_on.start(0)
        self._tell_of_rest()

    def _tell(self, judged: Collection[Path]) -> None:
        for path in judged:
            self._take(path)
        if judged:
            self.judged.emit(judged)
        if self._findings.behind and not self._going_on.isActive():
            self._going_on.start(_REST_MS)

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
