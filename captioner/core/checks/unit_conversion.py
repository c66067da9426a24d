"""A measure and its conversion that don't say the same: `200 kilometers (152 miles)`."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from captioner import i18n
from captioner.core.checks import conversions, measures
from captioner.core.checks.bounds import LONGEST, MOST
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.measures import Measure, Unit, Words
from captioner.core.photo import Photo
from captioner.i18n import _

_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{1,48})[)）\]]")
_DIGIT = re.compile(r"\d")
_LEAD = 24
_SIGNS = re.compile(r"(?P<point>\d\.\d{1,2}(?!\d)|\d,\d{3}(?!\d))|\d,\d{1,2}(?!\d)|\d\.\d{3}(?!\d)")
"""Which of the two ways the caption itself writes decimals and thousands in."""
_BEFORE, _AROUND = 64, 64


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        brackets = _BRACKETS.finditer(photo.values.text("caption")[:LONGEST])
        for match in islice((each for each in brackets if _DIGIT.search(each[1])), MOST):
            yield from _judged(photo, match, knows)


def _judged(photo: Photo, match: re.Match[str], knows: Knowledge) -> Iterator[Finding]:
    caption, words = match.string, measures.words(knows)
    pair = _pair(caption, match, words)
    if pair and not conversions.agree(*pair, _is_difference(caption, match, pair[0].unit, words)):
        yield _finding(photo, *pair, knows)


def _pair(caption: str, match: re.Match[str], words: Words) -> tuple[Measure, Measure] | None:
    """The measure before the bracket and the one in it, where one is a conversion of the other."""
    inside = measures.read(caption, *match.span(1), words)
    if not inside or not _begins(match, inside[0], words):
        return None
    before = measures.read(caption, max(0, match.start() - _BEFORE), match.start(), words)
    if not before or not _ends(match, before[-1], words):
        return None
    first, second = before[-1], inside[0]
    is_one = _is_conversion(first.unit, second.unit)
    return (first, second) if is_one and len(first.values) == len(second.values) else None


def _begins(match: re.Match[str], measure: Measure, words: Words) -> bool:
    about = words.about.match(match.string, match.start(1), measure.start)
    rest = match.string[measure.end : match.end(1)].lstrip(" .")
    return bool(about and about.end() == measure.start and rest[:1] in ("", ",", ";", "/"))


def _ends(match: re.Match[str], measure: Measure, words: Words) -> bool:
    """Whether it stands right before the bracket, and is not the end of a range of which only this was read."""
    rest = match.string[measure.end : match.start()].strip(" .-")
    lead = match.string[max(0, measure.start - _LEAD) : measure.start]
    is_range = bool(words.range.search(lead) and words.numbers.search(lead))
    return not is_range and (not rest or bool(words.between.fullmatch(rest)))


def _is_conversion(first: Unit, second: Unit) -> bool:
    return first.kind == second.kind != "" and first.code != second.code and (
        first.system != second.system or "both" in (first.system, second.system))  # fmt: skip


def _is_difference(caption: str, match: re.Match[str], unit: Unit, words: Words) -> bool:
    """Whether the words around speak of how much warmer or colder it is."""
    around = max(0, match.start() - _AROUND), min(len(caption), match.end() + _AROUND)
    return unit.kind == "temperature" and bool(words.difference.search(caption, *around))


def _finding(photo: Photo, first: Measure, second: Measure, knows: Knowledge) -> Finding:
    caption = photo.values.text("caption")
    start, end = second.number
    signs = _SIGNS.search(caption[first.start : second.end])
    language = knows.language(caption) if not signs else "en" if signs["point"] else "de"
    expected = _expected(first, second, language)
    message = _("{name}: {first} is {right}, not {second}; correct one of them.").format(
        name=photo.path.name, first=caption[first.start : first.end], second=caption[second.start : second.end],
        right=expected + caption[end : second.end])  # fmt: skip
    is_sure = not second.is_compound and len(second.values) == 1 and caption[start:end].isascii() and (
        conversions.is_reversed(first, second) or _is_swapped(expected, caption[start:end]))  # fmt: skip
    fix = caption[:start] + expected + caption[end:] if is_sure else None
    return Finding(photo.path, "unit-conversion", Severity.WARNING, "caption", message, first.start, second.end, fix)


def _expected(first: Measure, second: Measure, language: str) -> str:
    right = conversions.right(first, second)
    if second.is_compound:
        smaller, count = measures.SMALLER[second.unit.code]
        whole, part = divmod(round(right[0][0] * count), count)
        return f"{whole} {second.unit.code} {part} {smaller}"
    return "–".join(i18n.number(value, decimals, language) for value, decimals in right)


def _is_swapped(expected: str, written: str) -> bool:
    """Two digits beside each other that changed places."""
    return any(
        written[:at] + written[at : at + 2][::-1] + written[at + 2 :] == expected for at in range(len(written) - 1)
    )
