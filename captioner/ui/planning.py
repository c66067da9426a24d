"""Plans made off the GUI thread: of ten thousand photos that takes seconds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from captioner.core.checks import Finding
from captioner.core.photo_set import PhotoSet
from captioner.errors import CaptionerError
from captioner.export import corrections
from captioner.export.house_style import styled
from captioner.export.plan import Plan, plan, warned, with_findings
from captioner.export.prospect import free_space, moved
from captioner.export.recipes import Recipe
from captioner.ui.jobs import Job, Jobs

Make = Callable[[Recipe, Path], Plan]
"""Raises CaptionerError for a folder that it can't be; another thread calls it."""
_UNKNOWN = -1
_AT_ONCE = 200
"""Photos that are looked through before anybody may stop it."""


@dataclass(frozen=True)
class Choice:
    """Something to export: the whole set, or what was corrected since the last time."""

    label: str
    freeze: Callable[[], Make]
    """Gives what makes the plan of how things are now."""
    recipe: Recipe | None = None
    folder: Path | None = None
    """Where it belongs, and by which recipe; None leaves them as they are."""


def whole_set(photos: PhotoSet, style: str, findings: Mapping[Path, Sequence[Finding]]) -> Make:
    """The set as it is now, its credits in the house style."""
    held, headline, name = photos.photos, photos.headline, photos.name
    return lambda recipe, folder: with_findings(styled(plan(held, headline, recipe, folder, name), style), findings)


def corrected(photos: PhotoSet, style: str, findings: Mapping[Path, Sequence[Finding]]) -> Make:
    """What of it has changed since it was exported into the folder, to go out again."""
    held, headline = photos.photos, photos.headline

    def make(recipe: Recipe, folder: Path) -> Plan:
        sent = corrections.earlier(folder, [photo.path for photo in held])
        due = corrections.plan(held, headline, sent, recipe)
        if not due.photos and not due.refused:
            raise CaptionerError(" ".join([corrections.nothing(sent), *due.notes]), folder)
        return with_findings(styled(due, style), findings)

    return make


class Latest(QObject):
    """Work in a lane of its own, of which the last that was asked for counts: older answers are nobody's any more."""

    def __init__(self, jobs: Jobs, lane: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs, self.lane = jobs, lane
        self._asked: Job | None = None

    @property
    def is_busy(self) -> bool:
        return self._asked is not None

    def stop(self) -> None:
        self._asked = None
        self.jobs.cancel(self.lane)

    def ask(
        self, work: Callable[[Any], Any], items: Sequence[Any], answered: Callable[[list[Any]], None],
        failed: Callable[[CaptionerError], None],
    ) -> None:  # fmt: skip
        """Answered once, with all results, or never where it was stopped; what is asked instead stops it, too."""
        self.stop()
        results: list[Any] = []

        def once(tell: Callable[[], None]) -> None:
            if asked is self._asked:
                self._asked = None
                tell()

        asked = self._asked = self.jobs.run(
            work, items, lane=self.lane, batch=results.extend, failed=lambda _item, error: once(lambda: failed(error)),
            done=lambda: once(lambda: answered(results) if len(results) == len(items) else None),
        )  # fmt: skip


class Planning(QObject):
    """First the files, which can be looked at; then whether all of them may go out, which takes longer."""

    listed = Signal(object)
    """The plan, before anybody knows of restrictions."""
    settled = Signal(object, object)
    """The plan, and the octets that are free in its folder."""
    failed = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = Latest(jobs, "plan", self)
        self._settled: Plan | None = None
        self.stop = self._latest.stop

    @property
    def is_busy(self) -> bool:
        return self._latest.is_busy

    def make(self, make: Make, recipe: Recipe, folder: Path) -> None:
        self._latest.ask(lambda each: make(recipe, each), [folder], lambda made: self._look_through(*made), self._fail)

    def move(self, known: Plan, make: Make, folder: Path) -> None:
        """Only what the folder changes."""

        def work(each: Path) -> tuple[Plan, int]:
            same = moved(known, each)
            if same is None:
                return make(known.recipe, each), _UNKNOWN
            return same, free_space(same) if known is self._settled else _UNKNOWN

        self._latest.ask(work, [folder], lambda made: self._take(*made[0]), self._fail)

    def _take(self, made: Plan, free: int) -> None:
        if free == _UNKNOWN:
            self._look_through(made)
        else:
            self._settle(made, free)

    def _look_through(self, made: Plan) -> None:
        self.listed.emit(made)
        spans = range(0, len(made.photos), _AT_ONCE)
        parts = [replace(made, photos=made.photos[at : at + _AT_ONCE]) for at in spans]
        self._latest.ask(lambda part: warned(part).restricted, parts, lambda found: self._weigh(
            replace(made, restricted=tuple(chain.from_iterable(found)))), self._fail)  # fmt: skip

    def _weigh(self, plan: Plan) -> None:
        self._latest.ask(free_space, [plan], lambda free: self._settle(plan, *free), self._fail)

    def _settle(self, plan: Plan, free: int) -> None:
        self._settled = plan
        self.settled.emit(plan, free)

    def _fail(self, error: CaptionerError) -> None:
        self.failed.emit(error.sentence)
