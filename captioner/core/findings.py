"""The findings of a whole set, kept up to date: the work grows with what changed, not with the set."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import Path

from captioner.core.checks import ACROSS, CHECKS, Finding, Knowledge
from captioner.core.history import Order
from captioner.core.photo import Photo
from captioner.core.photo_set import PhotoSet

_NONE = Path()


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
        self._alike = {check: _Alike(common) for check, common in ACROSS.items()}

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
        is_reordered = photos.order is not self._order
        if is_reordered:
            self._order, self._rows = photos.order, {path: row for row, path in enumerate(photos.order)}
        gone = self._judged.keys() - self._rows.keys() if is_reordered else set[Path]()
        now = {path: photos[path] for path in paths if path in photos}
        fresh = {path for path in now if path not in self._judged or _seen(self._judged[path]) != _seen(now[path])}
        self._judged.update(now)
        return self._judge(gone | fresh, gone, is_reordered)

    def reorder(self, photos: PhotoSet) -> frozenset[Path]:
        return self.update(photos, ())

    def forget(self, paths: Iterable[Path]) -> frozenset[Path]:
        """Photos that left the set."""
        gone = self._judged.keys() & set(paths)
        return self._judge(gone, gone)

    def _judge(self, paths: set[Path], gone: set[Path], is_reordered: bool = False) -> frozenset[Path]:
        for path in gone:
            del self._judged[path]
        for path in paths - gone:
            for check in CHECKS.keys() - ACROSS.keys():
                self._found[path][check] = tuple(CHECKS[check]([self._judged[path]], self._knows))
        touched = set(paths)
        for check, alike in self._alike.items():
            firsts = alike.follow(paths, self._judged, self._rows, is_reordered)
            touched |= firsts.keys()
            for path, first in firsts.items():
                self._found[path][check] = self._beside(first, path, check)
        return frozenset(path for path in touched if self._tell(path))

    def _beside(self, first: Path, path: Path, check: str) -> tuple[Finding, ...]:
        pair = [self._judged[each] for each in dict.fromkeys((first, path))]
        return tuple(found for found in CHECKS[check](pair, self._knows) if found.path == path)

    def _tell(self, path: Path) -> bool:
        """Brings the findings of a photo into the order of `checks.find`; whether they are others than before."""
        if path not in self._judged:
            self._found.pop(path, None)
            self._problems.discard(path)
            return bool(self._told.pop(path, ()))
        by_check = self._found[path]
        found = [finding for check in CHECKS for finding in by_check[check]]
        before, now = self.of(path), tuple(sorted(found, key=lambda finding: finding.start))
        self._told[path] = now
        (self._problems.add if any(each.is_problem for each in now) else self._problems.discard)(path)
        return now != before


def _seen(photo: Photo) -> tuple[object, ...]:
    """What checks look at: a photo that was merely saved is not judged again."""
    return photo.values, photo.is_read, photo.trouble, photo.choices, photo.contested


class _Alike:
    """The photos of a set by what they have in common, and the first of those that have the same."""

    def __init__(self, common: Callable[[Photo], str]) -> None:
        self._common = common
        self._key: dict[Path, str] = {}
        self._same: dict[str, set[Path]] = defaultdict(set)
        self._first: dict[str, Path] = {}

    def follow(
        self, paths: Set[Path], photos: Mapping[Path, Photo], rows: Mapping[Path, int], is_reordered: bool
    ) -> dict[Path, Path]:
        """The photos that are to be judged anew, each with the one that it is judged beside."""
        keys = {self._leave(path) for path in paths} | {self._join(path, photos.get(path)) for path in paths}
        stale = set(paths & photos.keys())
        if is_reordered:
            keys |= {key for key, same in self._same.items() if len(same) > 1}
        for key in keys - {""}:
            stale |= self._choose_first(key, paths, rows, is_reordered)
        return {path: self._first.get(self._key[path], path) for path in stale}

    def _leave(self, path: Path) -> str:
        key = self._key.pop(path, "")
        self._same[key].discard(path)
        return key

    def _join(self, path: Path, photo: Photo | None) -> str:
        if photo is None:
            return ""
        key = self._key[path] = self._common(photo)
        if key:
            self._same[key].add(path)
        return key

    def _choose_first(self, key: str, paths: Set[Path], rows: Mapping[Path, int], is_reordered: bool) -> Set[Path]:
        """All that have this in common, where another one of them is the first now."""
        same, before = self._same[key], self._first.pop(key, _NONE)
        if not same:
            del self._same[key]
            return frozenset()
        rivals = same if before not in same or is_reordered else {before} | (same & paths)
        first = self._first[key] = min(rivals, key=rows.__getitem__)
        return frozenset() if first == before else same
