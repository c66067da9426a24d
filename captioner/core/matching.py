"""Which caption belongs to which photo: by file name, else by the caption that a photo holds, else by order."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath, PureWindowsPath
from typing import Protocol

_ALIKE = 0.6
_SURER_BY = 0.15


class Captioned(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def file_name(self) -> str: ...
    @property
    def number(self) -> int | None: ...


class Told(Protocol):
    @property
    def captions(self) -> Sequence[Captioned]: ...


class Means(StrEnum):
    """What laid a caption beside its photo."""

    NAME = "name"
    NUMBER = "number"
    ALIKE = "alike"
    ORDER = "order"
    HAND = "hand"


@dataclass(frozen=True)
class Matching:
    pairs: tuple[tuple[int, int], ...]
    """(caption, photo), both as indices, in the captions' order."""
    unmatched_photos: tuple[int, ...]
    unmatched_captions: tuple[int, ...]
    means: Mapping[int, Means] = field(default_factory=dict[int, Means])
    """By caption; all that aren't in it run with the order."""


def match(story: Told, photos: Sequence[str], embedded: Sequence[str] = ()) -> Matching:
    """`photos` are file names, `embedded` the captions that they hold, one for each: two may have the same name."""
    embedded = embedded or [""] * len(photos)
    pairs = _by_name(story.captions, photos)
    means = dict.fromkeys(pairs, Means.NAME)
    named = {index for index, each in enumerate(story.captions) if each.file_name}
    alike = _alike(story.captions, embedded, pairs, named)
    pairs, means = pairs | alike, means | dict.fromkeys(alike, Means.ALIKE)
    numbered = {} if pairs else _by_number(story.captions, photos)
    pairs, means = pairs | numbered, means | dict.fromkeys(numbered, Means.NUMBER)
    pairs |= _in_order(story.captions, photos, pairs, named)
    taken = set(pairs.values())
    left_photos = tuple(index for index in range(len(photos)) if index not in taken)
    left_captions = tuple(index for index in range(len(story.captions)) if index not in pairs)
    return Matching(tuple(sorted(pairs.items())), left_photos, left_captions, means)


def _by_name(captions: Sequence[Captioned], photos: Sequence[str]) -> dict[int, int]:
    """The whole name first; where it isn't there, the name without its suffix."""
    pairs: dict[int, int] = {}
    for of in (_name, _stem):
        places: dict[str, int] = {}
        taken = set(pairs.values())
        for index, photo in enumerate(photos):
            if index not in taken:
                places.setdefault(of(photo), index)
        for index, each in enumerate(captions):
            if each.file_name and index not in pairs and of(each.file_name) in places:
                pairs[index] = places.pop(of(each.file_name))
    return pairs


def _name(text: str) -> str:
    return PureWindowsPath(text).name.casefold()


def _stem(text: str) -> str:
    name = PurePath(_name(text))
    return name.stem if re.fullmatch(r"\.[a-z0-9]{2,4}", name.suffix) else name.name


def _same(
    captions: Sequence[Captioned], embedded: Sequence[str], pairs: Mapping[int, int], named: set[int]
) -> dict[int, int]:  # fmt: skip
    """Captions that photos hold already, word for word, however alike the others are."""
    taken, told, held = set(pairs.values()), defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for index, each in enumerate(captions):
        if index not in named:
            told[_plain(each.text)].append(index)
    for index, text in enumerate(embedded):
        if index not in taken:
            held[_plain(text)].append(index)
    both = ((told[text], held[text]) for text in told if text and text in held)
    return {caption: photo for ours, theirs in both if len(ours) == len(theirs)
            for caption, photo in zip(ours, theirs, strict=True)}  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _alike(
    captions: Sequence[Captioned], embedded: Sequence[str], pairs: Mapping[int, int], named: set[int]
) -> dict[int, int]:  # fmt: skip
    """Pairs that are the same word for word, and those that are each other's best, clearly better than the next."""
    same = _same(captions, embedded, pairs, named)
    pairs = {**pairs, **same}
    taken = set(pairs.values())
    held = {index: _words(text) for index, text in enumerate(embedded) if text and index not in taken}
    told = {index: _words(each.text) for index, each in enumerate(captions)
            if index not in named and index not in pairs}  # fmt: skip
    scores = _scores(told, held)
    turned: dict[int, dict[int, float]] = defaultdict(dict)
    for caption, row in scores.items():
        for photo, score in row.items():
            turned[photo][caption] = score
    best_caption = {photo: _clear_best(row) for photo, row in turned.items()}
    found = {caption: _clear_best(row) for caption, row in scores.items()}
    clear = {caption: photo for caption, photo in found.items() if photo is not None}
    return same | {caption: photo for caption, photo in clear.items() if best_caption[photo] == caption}


def _scores(told: Mapping[int, frozenset[str]], held: Mapping[int, frozenset[str]]) -> dict[int, dict[int, float]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for photo, words in held.items():
        for word in words:
            holders[word].append(photo)
    scores: dict[int, dict[int, float]] = {}
    for caption, words in told.items():
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            for photo in holders.get(word, ()):
                shared[photo] += 1
        scores[caption] = {photo: 2 * count / (len(words) + len(held[photo])) for photo, count in shared.items()}
    return scores


def _clear_best(row: Mapping[int, float]) -> int | None:
    ranked = sorted(row.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] < _ALIKE:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _SURER_BY else None


def _words(text: str) -> frozenset[str]:
    """Words, and in scripts without spaces pairs of letters."""
    found: set[str] = set()
    for word in re.findall(r"[^\W_]+", text.casefold()):
        if word[0] > "\u2e80" and len(word) > 2:
            found.update(word[index : index + 2] for index in range(len(word) - 1))
        else:
            found.add(word)
    return frozenset(found)


def _by_number(captions: Sequence[Captioned], photos: Sequence[str]) -> dict[int, int]:
    """Where every caption has its own number."""
    numbers = [each.number for each in captions if each.number is not None]
    is_numbered = len(set(numbers)) == len(captions) > 0 and max(numbers) <= len(photos) and min(numbers) > 0
    return {index: (each.number or 1) - 1 for index, each in enumerate(captions)} if is_numbered else {}


def _in_order(captions: Sequence[Captioned], photos: Sequence[str], pairs: Mapping[int, int],
              named: set[int]) -> dict[int, int]:  # fmt: skip
    """One after the other."""
    taken = set(pairs.values())
    left = [index for index in range(len(captions)) if index not in pairs and index not in named]
    return dict(zip(left, (index for index in range(len(photos)) if index not in taken), strict=False))
