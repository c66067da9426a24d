"""A story laid beside the photos: which caption and credit each of them gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from captioner.core.fields import Value
from captioner.core.history import Order
from captioner.core.story import Story, match, only_credit


@dataclass(frozen=True)
class Pair:
    caption: str
    credit: str
    path: Path | None
    """None for a caption that no photo is there for."""


@dataclass(frozen=True)
class Pairing:
    headline: str
    language: str
    pairs: tuple[Pair, ...]
    dropped_repeats: int
    unmatched_photos: Order
    only_credit: str
    """The story's one credit, which a person may give to the captions that have none; "" where there are several."""

    @property
    def unmatched_captions(self) -> tuple[str, ...]:
        return tuple(pair.caption for pair in self.pairs if pair.path is None)

    @property
    def without_credit(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if not pair.credit)

    @property
    def values(self) -> dict[Path, dict[str, Value]]:
        """What each photo gets; a caption without credit leaves the photo's own."""
        return {pair.path: self._values(pair) for pair in self.pairs if pair.path}

    def _values(self, pair: Pair) -> dict[str, Value]:
        held: dict[str, Value] = {"headline": self.headline, "caption": pair.caption, "credit": pair.credit}
        return {key: value for key, value in held.items() if value}


def pair(story: Story, photos: Sequence[Path], captions: Mapping[Path, str], credit_all: bool = False) -> Pairing:
    """`captions` are those that the photos hold already."""
    matching = match(story, [path.name for path in photos], {path.name: text for path, text in captions.items()})
    of_caption = {caption: photos[photo] for caption, photo in matching.pairs}
    stand_in = only_credit(story) if credit_all else ""
    pairs = tuple(Pair(each.text, each.credit or stand_in, of_caption.get(index))
                  for index, each in enumerate(story.captions))  # fmt: skip
    left = tuple(photos[index] for index in matching.unmatched_photos)
    return Pairing(story.headline, story.language, pairs, story.dropped_repeats, left, only_credit(story))
