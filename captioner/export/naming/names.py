"""The files' names: safe on every system, unique whatever the case, in the set's order however they are sorted."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from captioner.export.naming.pattern import Named, Piece, pieces
from captioner.export.naming.slugs import END, START, is_reserved, plain_stem

LONGEST, SHORTEST = 120, 24
LONGEST_OCTETS = 240
"""Linux allows 255 octets, and a text of 120 characters may have more."""

Names = tuple[str, ...]
"""The files of one photo, one for each of its suffixes."""


def file_names(pattern: str, photos: Sequence[Named], longest: int = LONGEST, version: int = 1) -> tuple[Names, ...]:
    """Those of each photo; numbers count from 1, all with as many digits as the last."""
    taken: set[tuple[int, str]] = set()
    counts: Counter[str] = Counter()
    found: list[Names] = []
    mark = version_mark(version)
    for number, photo in enumerate(photos, start=1):
        parts = tuple(pieces(pattern, photo, number, len(str(len(photos)))))
        first = names = _names(parts, photo, mark, longest)
        while taken & _keys(names):
            counts[key(first[0])] += 1
            names = _names(parts, photo, f"-{counts[key(first[0])] + 1}{mark}", longest)
        taken |= _keys(names)
        found.append(names)
    return tuple(found)


def version_mark(version: int) -> str:
    """What tells a later version's files from those of the first."""
    return f"-v{version}" if version > 1 else ""


def key(name: str) -> str:
    """Two names with the same key are one file to some system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _keys(names: Names) -> set[tuple[int, str]]:
    """Each rendition has a folder of its own."""
    return {(index, key(name)) for index, name in enumerate(names)}


def _names(parts: Sequence[Piece], photo: Named, mark: str, longest: int) -> Names:
    ending = len(mark) + max(map(len, photo.suffixes))
    stem = _joined(parts, ending, longest).lstrip(START).rstrip(END) or plain_stem(photo.stem)
    return tuple(_safe(f"{stem}{mark}{suffix}") for suffix in photo.suffixes)


def _safe(name: str) -> str:
    return f"_{name}" if is_reserved(name) else name


def _joined(parts: Sequence[Piece], ending: int, limit: int) -> str:
    """Texts are cut where the name is too long, the longest first; numbers never."""
    texts = [part.text for part in parts]
    cuttable = [index for index, part in enumerate(parts) if part.may_be_cut]
    while (excess := _excess("".join(texts), ending, limit)) > 0 and any(texts[index] for index in cuttable):
        longest = max(cuttable, key=lambda index: len(texts[index]))
        length = len(texts[longest])
        texts[longest] = _cut(texts[longest], max(length - excess, length // 2))
    return "".join(texts)


def _cut(text: str, length: int) -> str:
    """After a whole word, unless that costs half of it."""
    end = next((at for at in range(length, length // 2, -1) if text[at] in "- _"), length)
    return text[:end].rstrip(END)


def _excess(text: str, ending: int, limit: int) -> int:
    """Characters that surely have to go, of up to four octets each; one is kept for the mark of a reserved name."""
    octets = len(text.encode()) + ending + 1 - LONGEST_OCTETS
    return max(len(text) + ending + 1 - limit, -(-octets // 4))
