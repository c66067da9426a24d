"""The files' names: safe on every system, unique whatever the case, in the set's order however they are sorted."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from captioner.export.pattern import Named, Piece, pieces
from captioner.export.slugs import END, START, is_reserved, plain_stem

LONGEST = 120
LONGEST_OCTETS = 240
"""Linux allows 255 octets, and a text of 120 characters may have more."""


def file_names(pattern: str, photos: Sequence[Named]) -> tuple[str, ...]:
    """One for each photo; numbers count from 1, all with as many digits as the last."""
    taken: set[str] = set()
    counts: Counter[str] = Counter()
    found: list[str] = []
    for number, photo in enumerate(photos, start=1):
        parts = tuple(pieces(pattern, photo, number, len(str(len(photos)))))
        first = name = _name(parts, photo, photo.suffix)
        while key(name) in taken:
            counts[key(first)] += 1
            name = _name(parts, photo, f"-{counts[key(first)] + 1}{photo.suffix}")
        taken.add(key(name))
        found.append(name)
    return tuple(found)


def key(name: str) -> str:
    """Two names with the same key are one file to some system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _name(parts: Sequence[Piece], photo: Named, ending: str) -> str:
    name = _joined(parts, len(ending)).lstrip(START).rstrip(END) or plain_stem(photo.stem)
    return f"_{name}{ending}" if is_reserved(name) else name + ending


def _joined(parts: Sequence[Piece], ending: int) -> str:
    """Texts are cut where the name is too long, the longest first; numbers never."""
    texts = [part.text for part in parts]
    cuttable = [index for index, part in enumerate(parts) if part.may_be_cut]
    while (excess := _excess("".join(texts), ending)) > 0 and any(texts[index] for index in cuttable):
        longest = max(cuttable, key=lambda index: len(texts[index]))
        length = len(texts[longest])
        texts[longest] = _cut(texts[longest], max(length - excess, length // 2))
    return "".join(texts)


def _cut(text: str, length: int) -> str:
    """After a whole word, unless that costs half of it."""
    end = next((at for at in range(length, length // 2, -1) if text[at] in "- _"), length)
    return text[:end].rstrip(END)


def _excess(text: str, ending: int) -> int:
    """Characters that surely have to go, of up to four octets each; one is kept for the mark of a reserved name."""
    octets = len(text.encode()) + ending + 1 - LONGEST_OCTETS
    return max(len(text) + ending + 1 - LONGEST, -(-octets // 4))
