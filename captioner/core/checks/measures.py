"""Measures: units of both systems, and a value with its unit as text holds it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.written_numbers import NUMBER, Number, readings

CHECK = "unit-conversion"


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    kind: str
    system: str
    factors: tuple[float, ...]
    """To the kind's metric unit; more than one where writers mean different things by the name."""


UNITS = {code: Unit(code, kind, system, tuple(factors)) for code, kind, system, *factors in (
    ("km", "length", "metric", 1000.0), ("m", "length", "metric", 1.0), ("cm", "length", "metric", 0.01),
    ("mm", "length", "metric", 0.001), ("mi", "length", "imperial", 1609.344), ("nmi", "length", "sea", 1852.0),
    ("yd", "length", "imperial", 0.9144), ("ft", "length", "imperial", 0.3048), ("in", "length", "imperial", 0.0254),
    ("kg", "mass", "metric", 1.0), ("g", "mass", "metric", 0.001), ("lb", "mass", "imperial", 0.45359237),
    ("oz", "mass", "imperial", 0.028349523), ("st", "mass", "imperial", 6.35029318), ("t", "mass", "metric", 1000.0),
    ("ton", "mass", "both", 907.18474, 1000.0, 1016.0469),
    ("ha", "area", "metric", 10_000.0), ("km2", "area", "metric", 1e6), ("m2", "area", "metric", 1.0),
    ("acre", "area", "imperial", 4046.8564), ("mi2", "area", "imperial", 2_589_988.1),
    ("ft2", "area", "imperial", 0.09290304),
    ("kmh", "speed", "metric", 1.0), ("mph", "speed", "imperial", 1.609344), ("kn", "speed", "sea", 1.852),
    ("l", "volume", "metric", 1.0), ("gal", "volume", "imperial", 3.785411784, 4.54609),
    ("c", "temperature", "metric", 1.0), ("f", "temperature", "imperial", 5 / 9),
)}  # fmt: skip
_MULTIPLIERS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "myriad": 1e4, "hundred_million": 1e8}
UNKNOWN = Unit("", "", "", (1.0,))
SMALLER = {"ft": ("in", 12), "lb": ("oz", 16), "st": ("lb", 14)}
_UNIT = re.compile(r"(?:(?!\s\d)[^()（）\[\]\n]){0,40}")
_TOKEN = re.compile(r"\s*(?:[\u3040-\ud7a3]|(?:(?![\u3040-\ud7a3])[\w²³])+|[^\w\s])")
"""An ideograph or a syllable, a word, or a sign."""
_MOST_TOKENS = 8


@dataclass(frozen=True, slots=True)
class Measure:
    start: int
    end: int
    unit: Unit
    values: tuple[tuple[Number, ...], ...]
    """The ends of a range, or one value; each in all its readings."""
    number: tuple[int, int]
    """Where its numbers stand."""
    factor: float = 1.0
    """What a word such as million multiplies them by."""
    is_compound: bool = False


@dataclass(frozen=True)
class Words:
    units: Mapping[str, Unit]
    multipliers: Mapping[str, float]
    numbers: re.Pattern[str]
    one: re.Pattern[str]
    between: re.Pattern[str]
    """What may stand between a unit and the bracket."""
    about: re.Pattern[str]
    """What may stand between the bracket and a value."""
    difference: re.Pattern[str]
    range: re.Pattern[str]
    """What stands between the ends of a range, where only the second one was read."""


@cache
def words(knows: Knowledge) -> Words:
    units = {_key(word): unit for code, unit in reversed(UNITS.items()) for word in knows.all(CHECK, code)}
    many = {_key(word): factor for key, factor in _MULTIPLIERS.items() for word in knows.all(CHECK, key)}
    between, about, difference, minus, to = (
        alternation(knows.all(CHECK, key)) for key in ("between", "about", "difference", "minus", "to")
    )
    one = rf"(?P<minus>(?:{minus})\s?|(?<![\w.,)])[-−–])?(?P<number>{NUMBER})"
    joint = rf"-?\s{{0,2}}(?:[-–—~～x×]|(?:{to})(?![^\W\d_]))\s{{0,2}}"
    return Words(
        units, many,
        re.compile(rf"(?<![\d.,/:A-Za-z])(?:{_plain(one)})(?:{joint}(?:{_plain(one)})){{0,2}}(?![\d/:]|[.,]\d)", re.I),
        re.compile(one, re.I),
        re.compile(rf"\s*(?:(?:{between})\s*)?", re.I),
        re.compile(rf"\s*(?:(?:{about})[\s.]*){{0,3}}", re.I),
        re.compile(rf"(?<!\w)(?:{difference})(?!\w)", re.I),
        re.compile(rf"(?:[-–—/]|(?<!\w)(?:{to})\s)\Z", re.I),
    )  # fmt: skip


def read(text: str, start: int, end: int, words: Words) -> list[Measure]:
    """Every number of a short part, with its unit if it has one that is known; feet and inches are one measure."""
    found: list[Measure] = []
    for match in words.numbers.finditer(text, start, end):
        made = _measure(text, match, end, words)
        whole = _joined(found[-1], made, text) if found else None
        found = [*found[:-1], whole] if whole else [*found, made]
    return found


def alternation(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) or "(?!)"


def _measure(text: str, match: re.Match[str], end: int, words: Words) -> Measure:
    after = _UNIT.match(text, match.end(), end)
    unit, factor, length = _unit(after[0] if after else "", words)
    values = tuple(tuple(_signed(each, factor)) for each in words.one.finditer(match[0]))
    return Measure(match.start(), match.end() + length, unit, values, match.span(), factor)


def _signed(match: re.Match[str], factor: float) -> Iterator[Number]:
    return (each.times(-factor if match["minus"] else factor) for each in readings(match["number"]))


def _unit(after: str, words: Words) -> tuple[Unit, float, int]:
    """The unit that a text begins with, what a word before it multiplies, and where it ends."""
    for many in _beginnings(after):
        if factor := words.multipliers.get(_key(after[:many])):
            unit, length = _plain_unit(after[many:], words)
            if unit is not UNKNOWN:
                return unit, factor, many + length
    unit, length = _plain_unit(after, words)
    return unit, 1.0, length


def _plain_unit(after: str, words: Words) -> tuple[Unit, int]:
    known = ((unit, end) for end in _beginnings(after) if (unit := words.units.get(_key(after[:end]))))
    return next(known, (UNKNOWN, 0))


def _beginnings(text: str) -> Sequence[int]:
    """Where a unit's name may end, the furthest first."""
    return [match.end() for match in islice(_TOKEN.finditer(text), _MOST_TOKENS)][::-1]


def _joined(first: Measure, second: Measure, text: str) -> Measure | None:
    """`5 feet 10 inches`, `5-foot-10`."""
    smaller, count = SMALLER.get(first.unit.code, ("", 1))
    is_next = text[first.end : second.start].strip(" \u00a0-,") in ("", "and")
    if not smaller or not is_next or len(first.values) != 1 or len(second.values) != 1:
        return None
    if second.unit.code != smaller and (second.unit is not UNKNOWN or first.unit.code != "ft"):
        return None
    sums = tuple(Number(big.value + small.value / count, 1 / count, 1 / count)
                 for big in first.values[0] for small in second.values[0] if small.value < count)  # fmt: skip
    end = second.end
    return replace(first, end=end, values=(sums,), number=(first.start, end), is_compound=True) if sums else None


def _plain(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def _key(text: str) -> str:
    return " ".join(text.replace(".", "").replace("-", " ").casefold().split())
