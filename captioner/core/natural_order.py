"""Names as people count: photo-2 before photo-10, and photo.jpg before photo-1.jpg."""

import re
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

_NUMBER = re.compile(r"(\d+)")


def natural(name: str) -> tuple[list[str | int], str]:
    """What names of files are sorted by: texts and numbers in turn, then the suffix."""
    stem, _dot, suffix = name.rpartition(".")
    pieces: list[str | int] = _NUMBER.split(_folded(stem or suffix))
    pieces[1::2] = map(int, pieces[1::2])
    return pieces, suffix


def _folded(text: str) -> str:
    """Without case, and alike however accents are composed."""
    return text.lower() if text.isascii() else normalize("NFD", normalize("NFD", text).casefold())


def by_name(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(sorted(paths, key=lambda path: natural(path.name)))
