"""The findings of a whole set, kept up to date: the work grows with what changed, not with the set."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from captioner.core import checks
from captioner.core.checks import OFF, Finding, Knowledge
from captioner.core.checks.across import Common
from captioner.core.history import Order
from captioner.core.photo import Photo
from captioner.core.photo_set import PhotoSet

if TYPE_CHECKING:
    from captioner.core.checks import Judged


class Findings:
    """What `checks.find` reports of the set, by photo. Another set gets Findings of its own."""

    def __init__(self, knows: Knowledge) -> None:
        self._knows = knows
        self._order: Order = ()
        self._rows: dict[Path, int] = {}
        self._judged: dict[Path, Photo] = {}
        self._found: dict[Path, dict[str, tuple[Finding, ...]]] = defaultdict(dict)
        self._told: dict[Path, tuple[Finding, ...]] = {}
        self._problems: set[Path] = set()
        self._behind: dict[str, set[Path]] = {}
        """By check, photos that are to be compared anew."""

    @cached_property
    def _common(self) -> dict[str, Common]:
        """Made when there is something to judge, for it loads every check."""
        return {check: Common(across, self._knows) for check, across in checks.ACROSS.items()
                if self._knows.severities.get(check) != OFF}  # fmt: skip

    def of(self, path: Path) -> tuple[Finding, ...]:
        return self._told.get(path, ())

    @property
    def problem_count(self) -> int:
        return len(self._problems)

    @property
    def problems(self) -> frozenset[Path]:
        """The photos that have one; a copy, so ask once before a loop."""
        return frozenset(self._problems)

    def update(self, photos: PhotoSet, paths: Iterable[Path]) -> frozenset[Path]:
        """Judges these photos anew, and those that are compared with them; takes the set's order too.

        Returns the photos whose findings are others than before.
        """
        now = [photos[path] for path in paths if path in photos]
        return self.take(photos, (checks.judge(photo, self._knows) for photo in now if self._is_news(photo)))

    def _is_news(self, photo: Photo) -> bool:
        before = self._judged.get(photo.path)
        return before is None or _seen(before) != _seen(photo)

    def take(self, photos: PhotoSet, judged: "Iterable[Judged]") -> frozenset[Path]:
        """As `update`, of photos that were judged elsewhere; what was judged of an older state is passed over."""
        is_reordered = photos.order is not self._order
        if is_reordered:
            self._order, self._rows = photos.order, {path: row for row, path in enumerate(photos.order)}
        gone = self._judged.keys() - self._rows.keys() if is_reordered else set[Path]()
        fresh = [(photos[each.photo.path], each) for each in judged if self._is_now(photos, each.photo)]
        return self._follow({photo.path: (photo, each) for photo, each in fresh}, gone, is_reordered)

    def _is_now(self, photos: PhotoSet, photo: Photo) -> bool:
        return photo.path in photos and _seen(photos[photo.path]) == _seen(photo)

    def know(self, knows: Knowledge) -> frozenset[Path]:
        """The same knowledge with other names; returns as `update` does."""
        self._knows, touched = knows, set[Path]()
        for check, common in self._common.items():
            touched |= self._compare(check, common.know(knows, self._rows))
        return frozenset(path for path in touched if self._tell(path))

    @property
    def behind(self) -> list[str]:
        """The checks that have photos to compare anew, for which nobody waits: one edit may concern thousands."""
        common = self._common if self._judged else {}
        return [check for check, each in common.items() if self._behind.get(check) or each.is_behind]

    def catch_up(self, check: str, count: int) -> frozenset[Path]:
        """Compares as many of them; returns as `update` does.

        Of a photo that several large groups concern it is known first, so that it is compared once.
        """
        common, behind = self._common[check], self._behind.setdefault(check, set())
        if common.is_behind:
            behind |= common.next_behind(self._rows)
            return frozenset()
        some = {behind.pop() for _number in range(min(count, len(behind)))}
        return frozenset(path for path in self._compare(check, some) if self._tell(path))

    def _compare(self, check: str, stale: set[Path]) -> set[Path]:
        for path in stale:
            if path not in self._judged:
                continue  # it left meanwhile
            found = self._common[check].judge(self._judged[path])
            self._found[path][check] = checks.graded(check, found, self._knows)
        return stale

    def reorder(self, photos: PhotoSet) -> frozenset[Path]:
        return self.update(photos, ())

    def forget(self, paths: Iterable[Path]) -> frozenset[Path]:
        """Photos that left the set."""
        return self._follow({}, self._judged.keys() & set(paths))

    def _follow(
        self, fresh: "Mapping[Path, tuple[Photo, Judged]]", gone: set[Path], is_reordered: bool = False
    ) -> frozenset[Path]:
        """Each photo as the set holds it: what a process gives back is a copy, and there may be ten thousand."""
        for path in gone:
            del self._judged[path]
        for path, (photo, judged) in fresh.items():
            self._judged[path] = photo
            self._found[path] = {check: tuple(_of(path, found)) for check, found in judged.found.items()}
        touched = gone | fresh.keys()
        for check, common in self._common.items():
            tokens = {path: each.tokens[check] for path, (_photo, each) in fresh.items()} | dict.fromkeys(gone)
            touched |= self._compare(check, common.follow(tokens, self._rows, is_reordered))
        return frozenset(path for path in touched if self._tell(path))

    def _tell(self, path: Path) -> bool:
        """Brings the findings of a photo into the order of `checks.find`; whether they are others than before."""
        if path not in self._judged:
            self._found.pop(path, None)
            self._problems.discard(path)
            return bool(self._told.pop(path, ()))
        by_check = self._found[path]
        found = [finding for check in checks.CHECKS for finding in by_check.get(check, ())]
        before, now = self.of(path), tuple(sorted(found, key=lambda finding: finding.start))
        self._told[path] = now
        (self._problems.add if any(each.is_problem for each in now) else self._problems.discard)(path)
        return now != before


def _of(path: Path, found: Iterable[Finding]) -> Iterator[Finding]:
    """With this very path."""
    return (each if each.path is path else replace(each, path=path) for each in found)


def _seen(photo: Photo) -> tuple[object, ...]:
    """What checks look at: a photo that was merely saved is not judged again."""
    return photo.values, photo.is_read, photo.trouble, photo.choices, photo.contested, photo.facts
