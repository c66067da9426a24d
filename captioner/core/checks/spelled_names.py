"""Names in a text, and whether two writings may be one name."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from captioner.core.checks.knowledge import Knowledge

_KEPT = 8192
_WORD = re.compile(r"[^\W\d_]++(?:['’ʼ‘][^\W\d_]++)*+")
_GAP = re.compile(r"[ \u00a0]|[-‐‑]")
_SENTENCE_END = '.!?…:;\n"“„«»”(['
_ENDING = re.compile(r"(?<=[^\W\d_]{2})['’ʼ](?:s|[^\W\d_A-Z]{1,5})$")
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-",
                        "\u00a0": " "})  # fmt: skip
_DOUBLED = re.compile(r"(\w)\1+")
_LAST_Y = re.compile(r"[iyj]+$")
_ALIKE = ("aeiouyj", "ckq", "szc", "vwf", "mn", "gh", "dt")
"""Letters that writers take for each other when they hear a name."""
_SHORTEST = 6
_LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Spelled:
    """Two words that stand together as in a name, `Jong-un`, `Charles de Gaulle`."""

    start: int
    end: int
    key: str
    """The first word, and the first letter of the last: where all its writings meet."""
    written: str


class _Word(NamedTuple):
    start: int
    end: int
    text: str


def names(text: str, language: str, knows: Knowledge) -> tuple[Spelled, ...]:
    """Of a text that is longer than captions are, those of its beginning."""
    return _names(text[:_LONGEST], language, knows)


def _found(text: str, language: str, knows: Knowledge) -> Iterator[Spelled]:
    particles, small = knows.agencies.words.particle, _small_words(language, knows)
    words = [_Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    for index, first in enumerate(words[:-1]):
        if not _is_capital(first.text) or (first.text.casefold() in small and _opens(text, first.start)):
            continue
        last = index + 1
        while last < len(words) - 1 and last - index < 3 and words[last].text.casefold() in particles:
            last += 1
        run = words[index : last + 1]
        if _is_joined(text, run) and (_is_capital(run[-1].text) or text[run[-1].start - 1] in "-‐‑"):
            end = run[-1].end
            if ending := _ENDING.search(run[-1].text):
                end = run[-1].start + ending.start()
            written = text[first.start : end]
            yield Spelled(first.start, end, f"{folded(first.text)} {folded(run[-1].text)[:1]}", written)


@lru_cache(maxsize=_KEPT)
def _names(text: str, language: str, knows: Knowledge) -> tuple[Spelled, ...]:
    return tuple(_found(text, language, knows))


def _is_joined(text: str, run: list[_Word]) -> bool:
    return all(_GAP.fullmatch(text, before.end, after.start) for before, after in pairwise(run))


def _is_capital(word: str) -> bool:
    """One that is all in capitals is a dateline's or an acronym."""
    return word[0].isupper() and not (len(word) > 1 and word.isupper())


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\u00a0'‘-–—")
    return not before or before[-1] in _SENTENCE_END or "\n" in before


@lru_cache(maxsize=64)
def _small_words(language: str, knows: Knowledge) -> frozenset[str]:
    own = (each.words for each in knows.languages.spoken if each.code == language)
    return next(own, knows.agencies.words.common)


@lru_cache(maxsize=_KEPT)
def plain(written: str) -> str:
    """One kind of apostrophe, hyphen and space: writings that differ in these alone are one."""
    return unicodedata.normalize("NFC", written).translate(_PLAIN)


@lru_cache(maxsize=_KEPT)
def folded(written: str) -> str:
    """Letters alone, without case and accents, and no letter twice; `-skyy`, `-skiy`, `-ski` are the same."""
    lower = written.replace("й", "\ue000").replace("Й", "\ue000").translate(_PLAIN)
    letters = (char for char in unicodedata.normalize("NFKD", lower).casefold() if char.isalpha() or char == "\ue000")
    return _LAST_Y.sub("y", _DOUBLED.sub(r"\1", "".join(letters)).translate(_PLAIN))


def is_slip(one: str, other: str) -> bool:
    """Whether one letter within a long last name differs, as when it was misheard or mistyped; never at its end,
    where languages inflect."""
    short, long = sorted((_last(one), _last(other)), key=len)
    if len(long) < _SHORTEST or len(long) - len(short) > 1 or _first(one) != _first(other):
        return False
    start = next((at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    tail = len(long) - start - 1
    if start < 2 or tail < 2 or short[len(short) - tail :] != long[len(long) - tail :]:
        return False
    return len(short) < len(long) or any(short[start] in each and long[start] in each for each in _ALIKE)


def _first(written: str) -> str:
    return folded(re.split(r"[ \u00a0-]", plain(written))[0])


def _last(written: str) -> str:
    return folded(re.split(r"[ \u00a0-]", plain(written))[-1])
