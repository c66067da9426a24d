"""Which language a text is in, by its script and its small words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"HIRAGANA": "Kana", "KATAKANA": "Kana", "CJK": "Han", "HANGUL": "Hangul", "ARABIC": "Arabic",
            "CYRILLIC": "Cyrillic", "LATIN": "Latin"}  # fmt: skip
_SAMPLE = 20_000
_BEYOND_LATIN = re.compile(r"[^\0-\u024f\u1e00-\u206f]")
"""Letters of another script; Latin's own and punctuation are apart, since most texts hold no more."""


@dataclass(frozen=True)
class Language:
    code: str
    words: frozenset[str] = frozenset()
    """Frequent small words."""
    only: frozenset[str] = frozenset()
    """Words that set it apart from its nearest relative."""
    letters: str = ""
    script: str = ""
    lead: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    photo: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    greeting: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    months: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Languages:
    spoken: tuple[Language, ...] = ()

    @cached_property
    def months(self) -> frozenset[str]:
        return frozenset(month for each in self.spoken for month in each.months)

    @cached_property
    def shortened_months(self) -> frozenset[str]:
        """`ago`, `Sept`: what a dateline makes of a month's name."""
        return frozenset(month[:size] for month in self.months for size in range(3, len(month) + 1))

    def all(self, name: str) -> tuple[str, ...]:
        """The words of one kind in every language, longest first, as an alternation needs them."""
        words = dict.fromkeys(word for each in self.spoken for word in getattr(each, name))
        return tuple(sorted(words, key=len, reverse=True))


def recognise(text: str, languages: Languages) -> str:
    """The code of the language, "" when there is nothing to go by."""
    sample = text[:_SAMPLE]
    script = _script(sample)
    among = [each for each in languages.spoken if (each.script or "Latin") == script and each.code != "mul"]
    if len(among) == 1:
        return among[0].code
    return _by_words(sample.lower(), among)


def _script(text: str) -> str:
    """One Kana letter in ten tells Japanese from Chinese; otherwise the commonest script."""
    if not _BEYOND_LATIN.search(text):
        return "Latin" if any(map(str.isalpha, text)) else ""
    counts = Counter[str]()
    for char, count in Counter(text).items():  # letters repeat, so their names are looked up once
        if char.isalpha() and (script := script_of(char)):
            counts[script] += count
    if not counts:
        return ""
    if (
        counts["Kana"]
        and counts["Kana"] * 10 >= counts["Han"] + counts["Kana"]
        and counts["Kana"] * 10 > counts["Latin"]
    ):
        return "Kana"
    # An ideograph or a syllable says as much as a whole word of letters.
    weight = {"Han": 3, "Hangul": 2}
    return max(counts, key=lambda script: counts[script] * weight.get(script, 1))


def script_of(char: str) -> str:
    if char.isascii():
        return "Latin"
    return _SCRIPTS.get(unicodedata.name(char, "").split(" ")[0].split("-")[0], "")


def _by_words(text: str, among: Iterable[Language]) -> str:
    words, letters = Counter(_WORD.findall(text)), frozenset(text)
    held = frozenset(words)
    ranked = sorted(((_score(words, held, letters, each), each.code) for each in among), key=lambda scored: -scored[0])
    if not ranked or ranked[0][0] < max(1, words.total() * 0.06):
        return ""
    is_sure = ranked[0][0] >= 2 or len(ranked) == 1 or ranked[0][0] > ranked[1][0]
    return ranked[0][1] if is_sure else ""


def _score(words: Counter[str], held: frozenset[str], letters: frozenset[str], language: Language) -> float:
    """`letters` are those of the whole text: where it has none of the language's own, no word has."""
    small = sum(map(words.__getitem__, held & language.words))
    only = sum(map(words.__getitem__, held & language.only))
    own = letters.intersection(language.letters)
    lettered = sum(count for word, count in words.items() if not own.isdisjoint(word)) if own else 0
    return small + only + 0.5 * lettered
