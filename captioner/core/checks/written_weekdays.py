"""The weekday that stands beside a date, and says which one that date is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from captioner.core.checks import written_dates
from captioner.core.checks.calendar_names import Name, Names, key, names, words
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.written_dates import DAY_ALONE, WrittenDate

_WINDOW, _LEAD = 48, 20
_LONGEST_NAME = 20
_MOST_BETWEEN = 4
_GAP = " \t\u00a0\u202f,،、，(（[.\u200e\u200f"
_SPACELESS = r"\u0e00-\u0fff\u3040-\u9fff"
"""Thai, Chinese and Japanese put no space between words."""
_JOINED = r"\w'’\u0300-\u036f-"
_NAME_START = re.compile(rf"[{_SPACELESS}]|(?<![{_JOINED}])\w")
_NAME_END = re.compile(rf"[{_SPACELESS}](?!\u0e31|[\u0e34-\u0e3a\u0e47-\u0e4e])|[\w'’](?![{_JOINED}])")
_GAP_AFTER = re.compile(r"[\s\u200e\u200f]*[,،、，]?[\s\u200e\u200f]*")
_BRACKET_AFTER = re.compile(r"\.?[\s\u200e\u200f]*[(（\[]\s?")
_BRACKETED_SIGN = re.compile(r"\w[)）\]・]")
"""（水）: one sign alone is a weekday only so."""
_CLOSED = re.compile(r"\.?\s*(?:[.,;:)）\]]|$)")
_LISTED = re.compile(r"(?<!\w)(\w+)\s?(?:[-–—/&,،、]|\s\w{1,4}\s)\s?$")
_WORD_END = re.compile(r"[\s,.;:()（）、，]")
_LED = re.compile(r"[^\W\d]\s$")
_CAPITAL_BEFORE = re.compile(r"(?<![\w'’])(\w[\w'’]*)\s$")


@dataclass(frozen=True, slots=True)
class WrittenWeekday:
    start: int
    end: int
    names: tuple[Name, ...]
    """Every language and row that it may be of."""
    orders: frozenset[str]
    """How those languages order the numbers of a date."""
    is_led: bool = False
    """Whether a word leads to it, which may ask for a case, and may be another before another weekday: во вторник."""

    @property
    def indexes(self) -> frozenset[int]:
        return frozenset(name.index for name in self.names)

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(name.language for name in self.names)

    def other(self, day: date) -> str:
        """The weekday of that day in the same form."""
        return self.names[0].row[day.weekday()]

    def is_sure(self, day: date) -> bool:
        """Whether the other name can just take its place, with no other word around it."""
        same = [name for name in self.names if name.language == self.names[0].language]
        if not any(name.is_inflected for name in same):
            return True
        return not self.is_led and (not self.names[0].is_inflected or len({n.row[day.weekday()] for n in same}) == 1)


@lru_cache(maxsize=1024)
def beside(text: str, knows: Knowledge) -> Mapping[WrittenDate, WrittenWeekday]:
    """The dates that have a weekday of their own, each with it; no weekday belongs to two."""
    dates = written_dates.find(text, knows)
    starts = {each.start for each in dates}
    found: dict[WrittenDate, WrittenWeekday] = {}
    taken: set[int] = set()
    for each in dates:
        tiers = (names(knows, is_spoken) for is_spoken in (True, False) if _may(text, each, is_spoken, knows))
        made = next((made for known in tiers if (made := _beside(text, each, known, knows, starts))), None)
        if made and made.start not in taken:
            taken.add(made.start)
            found[each] = made
    return found


def _may(text: str, found: WrittenDate, is_spoken: bool, knows: Knowledge) -> bool:
    """The further languages are read in only where the date is of them, or some rare word stands beside it."""
    is_theirs = bool(found.languages) and found.languages.isdisjoint(each.code for each in knows.languages.spoken)
    is_year_first = bool(found.month) and text[found.start : found.start + 4].isdigit()
    has_word = bool(_word_before(text, found.start, knows) or _BRACKET_AFTER.match(text, found.end))
    return is_spoken or is_theirs or is_year_first or has_word


def _word_before(text: str, end: int, knows: Knowledge) -> str:
    head = text[max(0, end - _WINDOW) : end].rstrip(_GAP)
    while shorter := _without_last(head, words(knows, "between")):
        head = shorter.rstrip(_GAP)
    last = _WORD_END.split(head)[-1]
    is_word = len(last) > 1 and not any(char.isdigit() for char in last)
    return last if is_word and last.casefold() not in knows.agencies.words.common else ""


def _beside(text: str, found: WrittenDate, known: Names, knows: Knowledge, starts: set[int]) -> WrittenWeekday | None:
    after, before = _after(text, found, known, knows, starts), _before(text, found, known, knows)
    if after and before:
        return after if {name.language for name in after.names} & known.weekday_last else before
    return after or before


def _before(text: str, found: WrittenDate, known: Names, knows: Knowledge) -> WrittenWeekday | None:
    base = max(0, found.start - _WINDOW)
    between = words(knows, "between")
    head = text[base : found.start]
    for _count in range(_MOST_BETWEEN):
        head = head.rstrip(_GAP)
        if made := _ending(text, base, head, found, known, knows):
            return made
        if not (shorter := _without_last(head, between)):
            return None
        head = shorter
    return None


def _without_last(head: str, between: tuple[str, ...]) -> str:
    """Without a word such as `pagi` or `den`, which may stand between the two."""
    folded = head[-_LONGEST_NAME:].casefold()
    last = next((word for word in between if folded.endswith(word)), "") if folded.endswith(between) else ""
    rest = head[: len(head) - len(last)]
    return "" if not last or (last[0].isascii() and rest[-1:].isalnum()) else rest


def _ending(
    text: str, base: int, head: str, found: WrittenDate, known: Names, knows: Knowledge
) -> WrittenWeekday | None:
    end = base + len(head)
    for match in _NAME_START.finditer(text, max(base, end - _LONGEST_NAME), end - 1):
        start = match.start()
        if same := _fitting(text[start:end], found, known, text, knows):
            is_other = _is_other(text[max(0, start - _LEAD) : start], text[start:end], known, knows)
            return None if is_other else _made(text, start, end - start, same, known)
    return None


def _after(text: str, found: WrittenDate, known: Names, knows: Knowledge, starts: set[int]) -> WrittenWeekday | None:
    bracket = _BRACKET_AFTER.match(text, found.end)
    gap = bracket or _GAP_AFTER.match(text, found.end)
    assert gap
    start, fewest = gap.end(), 1 if bracket and _BRACKETED_SIGN.match(text, gap.end()) else 2
    ends = [match.end() for match in _NAME_END.finditer(text, start, min(len(text), start + _LONGEST_NAME))]
    for end in (end for end in reversed(ends) if end - start >= fewest):
        if same := _fitting(text[start:end], found, known, text, knows):
            is_its_own = _belongs(text, end, gap[0], same, known, starts)
            return _made(text, start, end - start, same, known) if is_its_own else None
    return None


def _belongs(text: str, end: int, gap: str, same: tuple[Name, ...], known: Names, starts: set[int]) -> bool:
    """In a language that writes the weekday last, in brackets, or between commas; and not that of the next date."""
    if any(name.language in known.weekday_last for name in same):
        return True
    leads_on = any(text[end:start].strip(_GAP + ")）") == "" for start in range(end, end + 8) if start in starts)
    return not leads_on and bool(gap.strip() and _CLOSED.match(text, end))


def _made(text: str, start: int, length: int, same: tuple[Name, ...], known: Names) -> WrittenWeekday:
    orders = frozenset(known.orders.get(name.language, "dmy") for name in same) | {"ymd", "dmy"}
    if all(name.language in known.day_alone and not name.is_short for name in same):
        orders |= {DAY_ALONE}
    return WrittenWeekday(start, start + length, same, orders, bool(_LED.search(text, max(0, start - 2), start)))


def _fitting(text: str, found: WrittenDate, known: Names, sentence: str, knows: Knowledge) -> tuple[Name, ...]:
    """Of the languages that the month's name is of; beside numbers a short name must be of the text's language."""
    same = known.weekday(text) if text[:1].strip(_GAP) and text[-1:].strip(_GAP) else ()
    if not same:
        return ()
    if found.languages:
        months = frozenset(name.language for name in known.month(found.month))
        return tuple(name for name in same if name.language in (found.languages | months))
    if len(text) > 1 and any(name.is_short for name in same):
        language = knows.language(sentence)
        return tuple(name for name in same if not name.is_short or name.language.split("_")[0] == language)
    return same


def _is_other(lead: str, name: str, known: Names, knows: Knowledge) -> bool:
    """One of several weekdays (`Wednesday and Thursday, Sept. 13`), or the end of somebody's name."""
    listed = _LISTED.search(lead)
    if listed and known.weekday(listed[1]):
        return True
    capital = _CAPITAL_BEFORE.search(lead)
    is_named = bool(capital and (capital[1].casefold() == "the" or _may_be_name(capital[1], knows)))
    whole = key(lead) + " " + key(name)
    return (is_named and key(name) in words(knows, "names")) or whole.endswith(words(knows, "except"))


def _may_be_name(word: str, knows: Knowledge) -> bool:
    return word[0].isupper() and not word.isupper() and word.casefold() not in knows.agencies.words.common
