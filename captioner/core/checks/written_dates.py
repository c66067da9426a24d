"""The dates that a text holds, in every order and script, each as the days that it may mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from captioner.core.checks.bounds import LONGEST, MOST
from captioner.core.checks.calendar_names import names
from captioner.core.checks.knowledge import Knowledge

_YEARS = range(1800, 2200)
_BUDDHIST = 543
_CENTURY = 60
_NEAR = timedelta(days=150)
_SAME_MONTH = timedelta(days=14)
DAY_ALONE = "d"
# A digit first and what may not precede it second: so a search can leap from digit to digit.
_DAY = r"(?P<d>\d(?<![\w./:–—-]\d)(?<!\d,\d)\d?)"
_WORD = r"(?P<m>[^\s\d,،、，;:()（）/–—-]{2,24})"
_TWIN = r"(?:\s?/\s?[^\s\d,;:()/]{2,16})?"
_YEAR = r"(?:[,.،]?\s{0,2}(?:(?:de|del|of|năm|พ\.ศ\.|ค\.ศ\.)\s{0,2})?-?(?P<y>\d{4})(?![\d/]))?"
_FORMS = (
    r"(?P<a>\d(?<![\w./:–—-]\d)\d{0,3})(?P<s>[./-])\s?(?P<b>\d{1,2})(?P=s)\s?(?P<c>\d{4}|\d{1,2})(?![\d/:–—-]|[.,]\d)",
    rf"(?P<y>\d(?<![\w./:-]\d)\d{{3}})(?:\.|\s?[^\W\d_]{{1,3}}\.)?[\s-]{_WORD}[\s-](?P<d>\d{{1,2}})(?!\d|[:–—-]\s?\d)(?:\s?d)?\.?",
    rf"{_DAY}(?:st|nd|rd|th|er|re|º|ª|°|-го|-е)?\.?(?:\s{{1,2}}|-)(?:(?:of|de|del|di)\s|d['’])?{_WORD}{_TWIN}{_YEAR}",
    rf"(?<![\w-]){_WORD}\s{{1,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\w|[:.,]\d|\s?[–—/-]\s?\d){_YEAR}",
)  # fmt: skip
_MARKED = (
    ("月", r"(?<![\d年.])(?<!年\s)(?:(?P<y>\d{4})\s?年\s?)?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日號号]",
     "ja zh zh_Hant"),
    ("월", r"(?<![\d년.])(?<!년\s)(?:(?P<y>\d{4})\s?년\s?)?(?P<m>\d{1,2})\s?월\s?(?P<d>\d{1,2})\s?일", "ko"),
    ("tháng", rf"{_DAY}\stháng\s(?P<m>\d{{1,2}})(?:[,\s]{{1,2}}(?:năm\s)?(?P<y>\d{{4}}))?(?!\d)", "vi"),
)  # fmt: skip
"""Signs or words that tell the parts of a date, and so their order and the language."""
_IN_BRACKETS = re.compile(r"(?<=[(（])\s?(?P<a>\d{1,2})(?:/(?P<b>\d{1,2})|\.\s?(?P<b2>\d{1,2})\.)\s?(?=[)）])")
_ALONE = re.compile(r"\((?<=[^\W\d]\s\()(\d{1,2})\)")
_YEAR_NEAR = re.compile(r"(?<!\d)(?:1[89]|2[01])\d\d(?!\d)")
_ANY = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reading:
    order: str
    """dmy, mdy or ymd; "" where the month has a name; DAY_ALONE where it has none, and is 0."""
    year: int
    """0 where the text says none."""
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class WrittenDate:
    start: int
    end: int
    readings: tuple[Reading, ...]
    languages: frozenset[str] = frozenset()
    """Those in which its month has this name; none where it is all numbers."""
    month: str = ""
    """Its name, where it has one."""

    def days(self, near: date | None, orders: frozenset[str] = frozenset()) -> tuple[date, ...]:
        """What it may mean, in these orders if any are given. Without a year it is the nearest one to a day; where
        more than one would do, or no day is given, all that would, or none."""
        meant = [each for each in self.readings if _is_meant(each, orders)]
        return tuple(dict.fromkeys(day for each in meant for day in _days(each, near)))

    @property
    def is_numeric(self) -> bool:
        return any(each.order for each in self.readings)

    @property
    def is_certain(self) -> bool:
        """Whether it is a date by itself, and not perhaps the third photo of seven: (3/7)."""
        return not self.is_numeric or all(each.year for each in self.readings)


@lru_cache(maxsize=1024)
def find(text: str, knows: Knowledge) -> tuple[WrittenDate, ...]:
    """In the order of the text; none overlaps another."""
    text = text[:LONGEST]
    if not _ANY.search(text):
        return ()
    found: dict[int, WrittenDate] = {}
    ends: set[int] = set()
    for each in _candidates(text, knows):
        span = set(range(each.start, each.end))
        if not span & ends:
            ends |= span
            found[each.start] = each
    return tuple(found[start] for start in sorted(found)[:MOST])


def _candidates(text: str, knows: Knowledge) -> Iterator[WrittenDate]:
    numeric, *named = _forms()
    yield from (made for match in numeric.finditer(text) if (made := _numeric(match)))
    yield from (made for match in _ALONE.finditer(text) if (made := _alone(match)))
    yield from (made for match in _IN_BRACKETS.finditer(text) if (made := _bracketed(match)))
    for sign, form, languages in _marks() if not text.isascii() else ():
        if sign in text:
            yield from (made for match in form.finditer(text) if (made := _marked(match, languages)))
    yield from (made for form in named for match in form.finditer(text) if (made := _worded(match, text, knows)))


@cache
def _forms() -> list[re.Pattern[str]]:
    return [re.compile(form) for form in _FORMS]


@cache
def _marks() -> list[tuple[str, re.Pattern[str], frozenset[str]]]:
    return [(sign, re.compile(form), frozenset(languages.split())) for sign, form, languages in _MARKED]


def _numeric(match: re.Match[str]) -> WrittenDate | None:
    a, b, c = (int(match[name]) for name in "abc")
    if len(match["a"]) == 4:
        return _made(match.start(), match.end(), [Reading("ymd", a, b, c)])
    if len(match["a"]) > 2 or len(match["c"]) not in (2, 4):
        return None
    year = c if len(match["c"]) == 4 else c + (2000 if c < _CENTURY else 1900)
    orders = ("dmy",) if match["s"] == "." else ("dmy", "mdy")
    return _made(match.start(), match.end(), [_reading(order, year, a, b) for order in orders])


def _bracketed(match: re.Match[str]) -> WrittenDate | None:
    a, b = int(match["a"]), int(match["b"] or match["b2"])
    end = match.start() + len(match[0].rstrip())
    return _made(match.start("a"), end, [_reading(order, 0, a, b) for order in ("dmy", "mdy")])


def _alone(match: re.Match[str]) -> WrittenDate | None:
    day = int(match[1])
    return WrittenDate(*match.span(1), (Reading(DAY_ALONE, 0, 0, day),)) if 1 <= day <= 31 else None


def _is_meant(reading: Reading, orders: frozenset[str]) -> bool:
    """A day alone is a date only where a weekday of a language that writes so vouches for it."""
    return reading.order in orders or not reading.order or (not orders and reading.order != DAY_ALONE)


def _reading(order: str, year: int, a: int, b: int) -> Reading:
    return Reading(order, year, *((b, a) if order == "dmy" else (a, b)))


def _marked(match: re.Match[str], languages: frozenset[str]) -> WrittenDate | None:
    reading = Reading("", int(match["y"] or 0), int(match["m"]), int(match["d"]))
    return _made(match.start(), match.end(), [reading], languages)


def _worded(match: re.Match[str], text: str, knows: Knowledge) -> WrittenDate | None:
    word, year = match["m"].rstrip("."), int(match["y"] or 0)
    months, languages = _months(word, bool(year), knows)
    if not months or not (year or _stands_alone(text, *match.span())):
        return None
    if year and year not in _YEARS and "th" in languages:
        year -= _BUDDHIST
    is_cut = match[0].endswith(".") and not text.startswith(",", match.end())
    readings = [Reading("", year, month, int(match["d"])) for month in months]
    return _made(match.start(), match.end() - is_cut, readings, languages, word)


@lru_cache(maxsize=1024)
def _months(word: str, is_sure: bool, knows: Knowledge) -> tuple[frozenset[int], frozenset[str]]:
    """Which months a word names, and in which languages."""
    known = names(knows, True).month(word) or (names(knows, False).month(word) if is_sure else ())
    return frozenset(name.index + 1 for name in known), frozenset(name.language for name in known)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A year somewhere near is this date's year, told in a way that isn't known here."""
    return not (_YEAR_NEAR.search(text, max(0, start - 14), start) or _YEAR_NEAR.search(text, end, end + 14))


def _made(
    start: int, end: int, readings: list[Reading], languages: frozenset[str] = frozenset(), month: str = ""
) -> WrittenDate | None:
    held = tuple(dict.fromkeys(each for each in readings if _is_day(each)))
    return WrittenDate(start, end, held, languages, month) if held else None


def _is_day(reading: Reading) -> bool:
    return (reading.year == 0 or reading.year in _YEARS) and bool(_day(reading, reading.year or 2000))


def _day(reading: Reading, year: int) -> date | None:
    try:
        return date(year, reading.month, reading.day)
    except ValueError:
        return None


def _days(reading: Reading, near: date | None) -> list[date]:
    if reading.year:
        return [date(reading.year, reading.month, reading.day)]
    if not near or not 1 < near.year < 9998:
        return []
    if reading.order == DAY_ALONE:
        around = (near + timedelta(days=shift) for shift in range(-_SAME_MONTH.days, _SAME_MONTH.days + 1))
        return [day for day in around if day.day == reading.day]
    every = [day for year in range(near.year - 1, near.year + 2) if (day := _day(reading, year))]
    nearest = [day for day in every if abs(day - near) <= _NEAR]
    return nearest or every
