"""A story laid beside the photos: which caption and credit each of them gets. `pair_edits` change it.

Captions that nothing but their order speaks for run down the photos one after the other, past those that have theirs:
where one is left out, those behind it move up.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from captioner.core.fields import Value
from captioner.core.history import Order
from captioner.core.matching import Means
from captioner.core.story import Story, match, only_credit


@dataclass(frozen=True)
class Pair:
    caption: str
    credit: str = ""
    path: Path | None = None
    """None for a caption that no photo is there for; in `Pairing.told` for one that runs with the order, too."""
    means: Means = Means.ORDER
    is_left_out: bool = False

    @property
    def runs(self) -> bool:
        """Whether the order decides on its photo; without that and a path it waits for a person."""
        return self.means is Means.ORDER and not self.is_left_out


@dataclass(frozen=True)
class Row:
    """A line of the table: a photo, a caption, or both."""

    path: Path | None = None
    at: int | None = None
    """Which caption of the story."""


@dataclass(frozen=True)
class Held:
    """What a photo holds already."""

    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Pairing:
    headline: str = ""
    language: str = ""
    told: tuple[Pair, ...] = ()
    """The captions in the story's order."""
    photos: Order = ()
    skipped: frozenset[Path] = frozenset()
    """Photos that get no caption, on purpose."""
    kept: frozenset[Path] = frozenset()
    """Photos whose own caption stays."""
    held: Mapping[Path, Held] = field(default_factory=dict[Path, Held])
    dropped_repeats: int = 0

    @cached_property
    def places(self) -> tuple[Path | None, ...]:
        """The photo of each caption."""
        fixed = {each.path for each in self.told if each.path and not each.is_left_out}
        free = iter([path for path in self.photos if path not in fixed and path not in self.skipped])
        return tuple(next(free, None) if each.runs else None if each.is_left_out else each.path for each in self.told)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every photo in the set's order; a caption without one stands below the caption that precedes it."""
        after: dict[Path | None, list[Row]] = defaultdict(list)
        last: Path | None = None
        for at, path in enumerate(self.places):
            last = path or last
            if path is None:
                after[last].append(Row(None, at))
        beside = [[Row(path, self.at(path)), *after[path]] for path in self.photos]
        return (*after[None], *(row for rows in beside for row in rows))

    def at(self, path: Path) -> int | None:
        """Which caption a photo gets."""
        return self._at.get(path)

    @cached_property
    def _at(self) -> dict[Path, int]:
        return {path: at for at, path in enumerate(self.places) if path}

    def row_with(self, path: Path) -> int:
        return next(row for row, each in enumerate(self.rows) if each.path == path)

    def number(self, path: Path) -> int:
        """Of the photo in the set, from 1."""
        return self._numbers[path]

    @cached_property
    def _numbers(self) -> dict[Path, int]:
        return {path: number for number, path in enumerate(self.photos, 1)}

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The captions that aren't left out, each with its photo."""
        laid = zip(self.told, self.places, strict=True)
        return tuple(replace(each, path=path) for each, path in laid if not each.is_left_out)

    @property
    def unmatched_captions(self) -> tuple[str, ...]:
        return tuple(pair.caption for pair in self.pairs if pair.path is None)

    @property
    def unmatched_photos(self) -> Order:
        return tuple(path for path in self.photos if path not in self._at)

    @property
    def open_photos(self) -> Order:
        """Those without a caption that nobody left out."""
        return tuple(path for path in self.unmatched_photos if path not in self.skipped)

    @property
    def without_credit(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if not pair.credit)

    @property
    def only_credit(self) -> str:
        """The story's one credit, which a person may give to the captions that have none; "" where it has several."""
        credits = {" ".join(pair.credit.split()) for pair in self.pairs if pair.credit}
        return credits.pop() if len(credits) == 1 else ""

    @property
    def is_settled(self) -> bool:
        """Whether every caption has its photo, or is left out on purpose."""
        return bool(self.told) and not self.unmatched_captions

    def is_doubtful(self, at: int) -> bool:
        """Only the order speaks for the pair, and the counts differ: one caption off, and all are."""
        return self.told[at].runs and self.places[at] is not None and not self._is_even

    @cached_property
    def _is_even(self) -> bool:
        return not self.open_photos and not self.unmatched_captions

    @cached_property
    def met(self) -> frozenset[Path]:
        """The photos that hold another caption than the story has for them."""
        own = {path: _plain(self.held.get(path, _NONE).caption) for path in self._at}
        different = (path for path, at in self._at.items() if own[path] not in ("", _plain(self.told[at].caption)))
        return frozenset(different)

    @property
    def values(self) -> dict[Path, dict[str, Value]]:
        """What each photo gets; a caption without credit leaves the photo's own."""
        return {pair.path: dict(self._values(pair.path, pair)) for pair in self.pairs if pair.path}

    def _values(self, path: Path, pair: Pair) -> Iterator[tuple[str, Value]]:
        """A photo that keeps its caption keeps its credit, too."""
        own = self.held.get(path, _NONE)
        keeps = path in self.kept and bool(own.caption)
        given = {"headline": self.headline, "caption": "" if keeps else pair.caption,
                 "credit": "" if keeps and own.credit else pair.credit}  # fmt: skip
        return ((key, value) for key, value in given.items() if value)


_NONE = Held()


def _plain(text: str) -> str:
    return " ".join(text.split())


def pair(
    story: Story,
    photos: Sequence[Path],
    captions: Mapping[Path, str],
    credit_all: bool = False,
    credits: Mapping[Path, str] | None = None,
) -> Pairing:
    """`captions` and `credits` are those that the photos hold already."""
    matching = match(story, [path.name for path in photos], [captions.get(path, "") for path in photos])
    of_caption = {caption: photos[photo] for caption, photo in matching.pairs if caption in matching.means}
    stand_in = only_credit(story) if credit_all else ""
    told = tuple(
        Pair(each.text, each.credit or stand_in, of_caption.get(index),
             matching.means.get(index, Means.NAME if each.file_name else Means.ORDER))
        for index, each in enumerate(story.captions)
    )  # fmt: skip
    held = {path: Held(text, (credits or {}).get(path, "")) for path, text in captions.items()}
    return Pairing(story.headline, story.language, told, tuple(photos), held=held,
                   dropped_repeats=story.dropped_repeats)  # fmt: skip
