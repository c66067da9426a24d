"""The checks, run in slices on the GUI thread, so that a large folder holds nobody up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from captioner.core.checks import Finding, Knowledge
from captioner.core.findings import Findings
from captioner.core.photo_set import PhotoSet
from captioner.storage.desk_data import load_knowledge

_SLICE_MS, _AT_ONCE = 6, 4


class Judging(QObject):
    judged = Signal(object)
    """Paths whose findings are others now."""

    def __init__(self, severities: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._severities = severities
        self._photos, self._findings = PhotoSet(), Findings(Knowledge())
        self._waiting: dict[Path, None] = {}
        self._going_on = QTimer(self, interval=0, singleShot=True)
        self._going_on.timeout.connect(self._judge)

    @cached_property
    def knows(self) -> Knowledge:
        return replace(load_knowledge(), severities=self._severities)

    def of(self, path: Path) -> Sequence[Finding]:
        return self._findings.of(path)

    @property
    def problem_count(self) -> int:
        return self._findings.problem_count

    @property
    def problems(self) -> Collection[Path]:
        return self._findings.problems

    def follow(self, photos: PhotoSet, changed: Iterable[Path]) -> None:
        """What was edited just now is judged at once; the rest of many when there is time."""
        if not len(photos):
            return
        if photos is not self._photos:
            self._photos, self._findings, self._waiting = photos, Findings(self.knows), {}
        fresh = dict.fromkeys(changed)
        if len(fresh) <= _AT_ONCE:
            self._tell(self._findings.update(photos, fresh))
        else:
            self._waiting.update(fresh)
        if self._waiting and not self._going_on.isActive():
            self._judge()

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
            judged |= self._findings.update(self._photos, some)
        self._tell(judged)
        if self._waiting:
            self._going_on.start()

    def _tell(self, judged: Collection[Path]) -> None:
        if judged:
            self.judged.emit(judged)
