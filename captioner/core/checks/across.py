"""What photos of a set have in common, kept up to date: a change costs what it touches, not what the set holds."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from captioner.core.checks.finding import Finding
from captioner.core.checks.knowledge import Knowledge
from captioner.core.photo import Photo

Token = tuple[str, str]
"""What photos may have in common, and how a photo says it: its variant."""
EVERY = ""
"""In a verdict: each variant that it doesn't name."""
Verdict = Mapping[str, Any]
"""Of one key: what a photo with a variant is told."""
Rows = Mapping[Path, int]
_NOTHING: Verdict = {}
_MANY = 64
"""Photos of a group: what more of them are told is looked up when there is time."""


class Group:
    """The photos that have one key in common. There are many, so it is made by hand."""

    __slots__ = ("first", "held", "key", "verdict")

    def __init__(self, key: str) -> None:
        self.key = key
        self.held: dict[str, set[Path]] = {}
        """By variant."""
        self.first: tuple[Path, str] | None = None
        """Of all that are in it, in the set's order, with its variant."""
        self.verdict: Verdict = _NOTHING

    def told(self, variant: str) -> Any:
        return self.verdict.get(variant, self.verdict.get(EVERY))


@dataclass(frozen=True)
class Across:
    """A check that judges a photo by what others have in common with it."""

    tokens: Callable[[Photo, Knowledge], Set[Token]]
    verdict: Callable[[Group, Rows, Knowledge], Verdict]
    find: Callable[[Photo, Mapping[Token, Any], Knowledge], Iterator[Finding]]
    """With what each of the photo's tokens is told."""
    uses_names: bool = False
    """Whether the verdicts look at what glossary and story say."""


def find(across: Across, photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    common = Common(across, knows)
    tokens = {photo.path: across.tokens(photo, knows) for photo in photos}
    rows = {photo.path: row for row, photo in enumerate(photos)}
    common.follow(tokens, rows)
    while common.is_behind:
        common.next_behind(rows)
    for photo in photos:
        yield from common.judge(photo)


def commonest(group: Group, among: Set[str], rows: Rows) -> str:
    """The variant that most photos have; of as many, the one that comes first."""
    most = max(len(group.held[each]) for each in among)
    rivals = [each for each in among if len(group.held[each]) == most]
    if len(rivals) == 1:
        return rivals[0]
    return min(rivals, key=lambda each: (min(map(rows.__getitem__, group.held[each])), each))


class Common:
    """The groups of one check."""

    def __init__(self, across: Across, knows: Knowledge) -> None:
        self._across, self._knows = across, knows
        self._tokens: dict[Path, tuple[Token, ...]] = {}
        """Of every photo, so not as a set, which takes three times the room."""
        self._groups: dict[str, Group] = {}
        self._shared: set[str] = set()
        """The keys of more photos than one."""
        self._put_off: dict[str, Verdict] = {}
        """What the photos of large groups were told before, by key."""

    def judge(self, photo: Photo) -> Iterator[Finding]:
        told = {token: self._groups[token[0]].told(token[1]) for token in self._tokens[photo.path]}
        return self._across.find(photo, told, self._knows)

    def know(self, knows: Knowledge, rows: Rows) -> set[Path]:
        """Other names are spelled right now; returns the photos that are to be judged anew."""
        self._knows = knows
        if not self._across.uses_names:
            return set()
        return set[Path]().union(*[self._decide(key, rows, False) for key in list(self._groups)])

    @property
    def is_behind(self) -> bool:
        """Whether what photos of large groups are told is still to be found out."""
        return bool(self._put_off)

    def next_behind(self, rows: Rows) -> set[Path]:
        """Finds it out for one group; returns its photos that are to be judged anew."""
        key, before = self._put_off.popitem()
        group = self._groups.get(key)
        if not group:
            return set()
        self._give_verdict(group, rows)
        return _differing(group, before) if before != group.verdict else set()

    def follow(
        self, changed: Mapping[Path, Set[Token] | None], rows: Rows, is_reordered: bool = False
    ) -> set[Path]:  # fmt: skip
        """Takes photos by what they tell now, None for one that left; returns those that are to be judged anew.

        Where a group is large, a change of one photo may concern thousands: those are behind, until they are asked for.
        """
        keys = self._take(changed, rows)
        stale = {path for path, tokens in changed.items() if tokens is not None}
        for key in keys | self._shared if is_reordered else keys:
            stale |= self._decide(key, rows, is_reordered)
        return stale

    def _take(self, changed: Mapping[Path, Set[Token] | None], rows: Rows) -> set[str]:
        """The keys whose groups are others now. Who leaves goes first, for there may be no row for it any more."""
        before = {path: frozenset(self._tokens.pop(path, ())) for path in changed}
        self._tokens |= {path: self._as_others(tokens) for path, tokens in changed.items() if tokens is not None}
        now = {path: tokens or frozenset[Token]() for path, tokens in changed.items()}
        left = [(*token, path) for path in changed for token in before[path] - now[path]]
        joined = [(*token, path) for path in changed for token in now[path] - before[path]]
        for each in left:
            self._leave(*each)
        for each in joined:
            self._join(*each, rows)
        return {key for key, _variant, _path in (*left, *joined)}

    def _as_others(self, tokens: Set[Token]) -> tuple[Token, ...]:
        """As another photo has them that tells the same: of one caption or credit there may be thousands."""
        key, variant = next(iter(tokens), (EVERY, EVERY))
        group = self._groups.get(key)
        like = next(iter(group.held.get(variant, ())), None) if group else None
        held = self._tokens.get(like, ()) if like else ()
        return held if tokens == frozenset(held) else tuple(tokens)

    def _leave(self, key: str, variant: str, path: Path) -> None:
        group = self._groups[key]
        group.held[variant].discard(path)
        if not group.held[variant]:
            del group.held[variant]
        if group.first == (path, variant):
            group.first = None

    def _join(self, key: str, variant: str, path: Path, rows: Rows) -> None:
        group = self._groups.setdefault(key, Group(key))
        group.held.setdefault(variant, set()).add(path)
        if group.first and _place((path, variant), rows) < _place(group.first, rows):
            group.first = path, variant

    def _decide(self, key: str, rows: Rows, is_reordered: bool) -> set[Path]:
        """All that are told something else from now on."""
        group = self._groups[key]
        if not group.held:
            del self._groups[key]
            self._shared.discard(key)
            self._put_off.pop(key, None)
            return set()
        count = sum(map(len, group.held.values()))
        (self._shared.add if count > 1 else self._shared.discard)(key)
        before = group.verdict
        if is_reordered:
            group.first = None
        if count > _MANY:
            self._put_off.setdefault(key, before)
            return set()
        self._put_off.pop(key, None)
        self._give_verdict(group, rows)
        return _differing(group, before) if before != group.verdict else set()

    def _give_verdict(self, group: Group, rows: Rows) -> None:
        group.first = group.first or _first(group, rows)
        group.verdict = self._across.verdict(group, rows, self._knows)


def _first(group: Group, rows: Rows) -> tuple[Path, str]:
    """The earliest of each variant first: to compare rows alone is quicker."""
    earliest = [(min(paths, key=rows.__getitem__), variant) for variant, paths in group.held.items()]
    return min(earliest, key=lambda each: _place(each, rows))


def _place(of: tuple[Path, str], rows: Rows) -> tuple[int, str]:
    return rows[of[0]], of[1]


def _differing(group: Group, before: Verdict) -> set[Path]:
    now = group.verdict
    if before.get(EVERY) != now.get(EVERY):
        return {path for paths in group.held.values() for path in paths}
    named = {variant for variant in before.keys() | now.keys() if before.get(variant) != now.get(variant)}
    return {path for variant in named & group.held.keys() for path in group.held[variant]}
