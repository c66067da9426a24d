"""The names of weekdays and months: CLDR's, and the spellings and cases that the desk's words add."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from captioner import i18n
from captioner.core.checks.knowledge import Knowledge

CHECK = "weekday-date"
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060"))
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "_": " ", "\u00a0": " "}) | _UNSEEN
_BEFORE_MONTH = ("de ", "d'", "del ")


@dataclass(frozen=True, slots=True)
class Name:
    language: str
    index: int
    """Monday and January are 0."""
    row: tuple[str, ...]
    """All seven or twelve, in the same form and spelling."""
    is_short: bool = False
    is_inflected: bool = False
    """Whether the row is one of a language's cases, so that another name of it may need other words around it."""


ByKey = Mapping[str, tuple[Name, ...]]


@dataclass(frozen=True)
class Names:
    weekdays: ByKey
    months: ByKey
    orders: Mapping[str, str]
    """By language: dmy, mdy or ymd."""
    weekday_last: frozenset[str]
    """Languages that write the weekday after the date."""
    day_alone: frozenset[str] = frozenset()
    """Languages whose captions write but the day behind a weekday: `quarta-feira (13)`."""

    def weekday(self, text: str) -> tuple[Name, ...]:
        return _as_written(self.weekdays.get(key(text), ()), text)

    def month(self, text: str) -> tuple[Name, ...]:
        return _as_written(self.months.get(key(text), ()), text)


@cache
def names(knows: Knowledge, is_spoken: bool) -> Names:
    """Of the languages that the program reads, or of the further ones, which cost more and are wanted seldom."""
    spoken = [each.code for each in knows.languages.spoken if each.code != "mul"]
    more = [code for code in knows.of("mul", CHECK, "languages") if code not in spoken]
    calendars = {code: i18n.calendar(code) for code in (spoken if is_spoken else more)}
    weekdays = (name for code, each in calendars.items() for name in _names(code, each.weekdays, "weekdays", knows))
    months = (name for code, each in calendars.items() for name in _names(code, each.months, "months", knows))
    orders = {code: _order(each.short) for code, each in calendars.items()}
    last = frozenset(code for code, each in calendars.items() if each.full.rstrip().endswith("E"))
    alone = frozenset(code for code in calendars if knows.of(code, CHECK, "day_alone"))
    return Names(_by_key(weekdays), _by_key(months), orders, last, alone)


@cache
def words(knows: Knowledge, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key(word) for word in knows.all(CHECK, name)))


def key(text: str) -> str:
    """What the ways to write one name have in common."""
    return unicodedata.normalize("NFC", text).translate(_ALIKE).casefold().strip(" .")


def _names(language: str, cldr: Iterable[tuple[str, ...]], kind: str, knows: Knowledge) -> Iterable[Name]:
    """The spelling that CLDR prefers comes first."""
    own = [tuple(map(_plain, row)) for row in cldr]
    spelled, inflected = (_rows(knows.of(language, CHECK, name)) for name in (kind, f"{kind}_inflected"))
    full = own[:1] + spelled + inflected
    is_known = {name for row in full for name in row}
    for row in (*full, *own[1:]):
        for index, name in enumerate(row):
            is_short = row not in full and name not in is_known and len(name) <= 4
            yield Name(language, index, row, is_short, row in inflected)


def _rows(texts: Iterable[str]) -> list[tuple[str, ...]]:
    return [tuple(name.replace("_", " ") for name in text.split()) for text in texts]


def _plain(name: str) -> str:
    lead = next((lead for lead in _BEFORE_MONTH if name.replace("’", "'").startswith(lead)), "")
    return name[len(lead) :].strip(" .")


def _by_key(every: Iterable[Name]) -> ByKey:
    found: dict[str, list[Name]] = defaultdict(list)
    for name in every:
        found[key(name.row[name.index])].append(name)
    return {text: tuple(same) for text, same in found.items()}


def _order(pattern: str) -> str:
    letters = "".join(dict.fromkeys(letter for letter in pattern.lower() if letter in "dmy"))
    return letters if letters in ("mdy", "ymd") else "dmy"


def _as_written(same: tuple[Name, ...], text: str) -> tuple[Name, ...]:
    """A name that its language writes with a capital is not meant without one: March, march."""
    return same if text[:1].isupper() else tuple(name for name in same if not name.row[name.index][:1].isupper())
