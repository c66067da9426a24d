"""Fixes of findings: what each of them changes in its field's text, and several of one field as one text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\S+")
_BESIDE = 24
"""Characters that a word at the edge of a change may have to be shown whole."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Characters `start` to `end` of a text, and what takes their place."""

    start: int
    end: int
    text: str


def replacement(before: str, after: str) -> Replacement:
    """The one stretch in which two texts differ."""
    shortest = min(len(before), len(after))
    start = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    room = shortest - start
    same = next((at for at in range(room) if before[-1 - at] != after[-1 - at]), room)
    return Replacement(start, len(before) - same, after[start : len(after) - same])


def shown(before: str, after: str) -> tuple[str, str]:
    """What goes and what comes, in whole words, as a person reads a change."""
    change = replacement(before, after)
    gone = before[change.start : change.end]
    behind, ahead = before[max(change.start - _BESIDE, 0) : change.start], before[change.end : change.end + _BESIDE]
    behind = behind[len(behind) - _word(behind[::-1]) :] if _word(gone) or _word(change.text) else ""
    ahead = ahead[: _word(ahead)] if _word(gone[::-1]) or _word(change.text[::-1]) else ""
    return f"{behind}{gone}{ahead}".strip(), f"{behind}{change.text}{ahead}".strip()


def shortened(text: str, most: int) -> str:
    """As much of its start and its end as there is room for."""
    return text if len(text) <= most else f"{text[: most - most // 2 - 1]}…{text[-(most // 2) :]}"


def merged(before: str, fixes: Iterable[str]) -> str:
    """Every fix that doesn't touch what another one changes; of those that do, the first."""
    every = sorted((replacement(before, fix) for fix in fixes), key=lambda each: (each.start, each.end))
    parts, at, last = list[str](), 0, -1
    for each in every:
        if each.start >= at and (each.start, each.end) != (last, last):
            parts += [before[at : each.start], each.text]
            at, last = each.end, each.start
    return "".join([*parts, before[at:]])


def _word(text: str) -> int:
    """How many of the first characters are of one word."""
    match = _WORD.match(text)
    return len(match[0]) if match else 0
