"""The words of a text that spelling is for, and those that are names the desk knows."""

from collections.abc import Callable, Iterable, Set
from functools import cache, lru_cache

import regex

Span = tuple[int, int]

_JOINTS = "'’ʼ‘\\-‐‑\u00ad\u200c\u200d"
_WORD = rf"[\p{{L}}\p{{M}}\p{{N}}_]+(?:[{_JOINTS}]+[\p{{L}}\p{{M}}\p{{N}}_]+)*"
_PASSED = (
    r"(?:https?|ftp)://\S+", r"\bwww\.\S+", r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", r"(?<!\w)[@#]\w+",
    r"\{[^{}\n]*\}", r"\b(?:\p{L}\.){2,}", r"[\p{L}\p{M}\p{N}_-]{1,64}+(?:\.[\p{Ll}\p{N}_-][\p{L}\p{N}_-]*)+",
)  # fmt: skip
"""Addresses, mail, handles and tags, variables, initials, file names and hosts."""
_UNSPELLED = regex.compile(
    r"[\p{N}_\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
)  # fmt: skip
"""Numbers, and scripts that no dictionary here divides into words."""
_FIRST = regex.compile(r"[^\p{L}\p{M}]")
_FEWEST_SHARED = 3
_SPELLED = dict.fromkeys(map(ord, "’ʼ‘"), "'") | dict.fromkeys(map(ord, "‐‑"), "-") | dict.fromkeys([0xAD, 0x200D])


def words(text: str, delimiter: str = "=") -> list[Span]:
    """Where they stand, in characters; a word keeps its apostrophes and hyphens. `delimiter` is that of codes."""
    matches = _pattern(delimiter).finditer(text, concurrent=False)  # else it lets go of Python's lock at every word
    return [match.span() for match in matches if match["word"] and _is_spelled(match["word"])]


def misspelt(text: str, is_right: Callable[[str], bool], delimiter: str = "=") -> list[Span]:
    return [(start, end) for start, end in words(text, delimiter) if not is_right(text[start:end])]


@cache
def _pattern(delimiter: str) -> regex.Pattern[str]:
    mark = regex.escape(delimiter)
    passed = "|".join((rf"{mark}[^\s{mark}]{{1,64}}{mark}", *_PASSED))
    return regex.compile(rf"(?:{passed})|(?P<word>{_WORD})")


@lru_cache(1 << 12)
def _is_spelled(word: str) -> bool:
    """Neither a number, an initial nor an agency in capitals, alone or before an ending: KPK, KPK-nya, NATO's."""
    first = _FIRST.split(word, 1, concurrent=False)[0]
    return len(word) > 1 and not _UNSPELLED.search(word, concurrent=False) and not (len(first) > 1 and first.isupper())


def plain(word: str) -> str:
    """As dictionaries spell it: one kind of apostrophe and hyphen, nothing unseen."""
    return word.translate(_SPELLED)


def forms(word: str) -> Iterable[tuple[str, ...]]:
    """What makes a word right where all of it is: itself, without its ending, its parts, a doubled stem once."""
    yield (word,)
    stem, _apostrophe, ending = word.rpartition("'")
    if stem and (ending == "s" or stem[0].isupper()):
        yield (stem,)
    if len(word.partition("'")[0]) <= 2 and ending:
        yield (word.partition("'")[2],)
    parts = [part for part in word.split("-") if part]
    if len(parts) > 1:
        yield tuple(part for part in parts if _is_spelled(part))
    if len(parts) == 2:
        yield from _undoubled(*parts)


def _undoubled(first: str, second: str) -> Iterable[tuple[str, ...]]:
    """`kemerah-merahan` is `kemerahan`: what Indonesian says twice, dictionaries may have once."""
    shared = (size for size in range(min(len(first), len(second)), _FEWEST_SHARED - 1, -1)
              if first[-size:].lower() == second[:size].lower())  # fmt: skip
    size = next(shared, 0)
    if size:
        yield (first + second[size:],)


def names(texts: Iterable[str]) -> frozenset[str]:
    """Every word of what is a name: creators, persons, cities, credits, the lines of the glossary."""
    return frozenset(plain(match[0]) for text in texts for match in _names().finditer(text, concurrent=False))


@cache
def _names() -> regex.Pattern[str]:
    return regex.compile(_WORD)


def known(word: str, names: Set[str]) -> bool:
    """Whether it is one of the names, also as a possessive, joined by hyphens, or as a sentence begins."""
    return any(all(_is_name(part, names) for part in form) for form in forms(plain(word)))


def _is_name(word: str, names: Set[str]) -> bool:
    return word in names or word[:1].lower() + word[1:] in names
