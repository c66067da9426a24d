"""A text's lines → its paragraphs: blocks between blank lines, one caption a line, or hard-wrapped lines."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from captioner.core.credit_marks import BLANK

_LINE_END = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_IGNORED = re.compile("[\ufeff\u200b\u2060\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]+")
"""What nobody sees and no block could hold."""
_ENOUGH_LINES, _SHORT_LINE = 1000, 30
"""Many lines that are this short on average are no story: what is over stays together, so that time stays in bounds."""
_FEW_BLOCKS = 2
_WIDEST = 110
_NARROWEST = 24
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔:](?:[\"'”’»›)\]）」』】]|[ \u00a0\u202f]»)*$")
_RULE = re.compile(r"[\W_]+")


def blocks(text: str) -> list[list[str]]:
    """The lines between blank ones, without the blanks at their ends; rules (`***`) divide like blank lines."""
    found: list[list[str]] = [[]]
    for line in _lines(_IGNORED.sub("", text)):
        line = line.strip(BLANK)
        if not line or _RULE.fullmatch(line):
            found.append([])
        else:
            found[-1].append(line)
    return [block for block in found if block]


def apart(blocks: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines that stand alone; all of them where next to no blank line divides anything."""
    divided = [block for block in blocks if len(block) == 1 or len(blocks) <= _FEW_BLOCKS]
    return frozenset(line for block in divided for line in block)


def _lines(text: str) -> list[str]:
    found = _LINE_END.split(text)
    is_story = len(found) <= _ENOUGH_LINES or len(text) >= len(found) * _SHORT_LINE
    return found if is_story else _LINE_END.split(text, maxsplit=_ENOUGH_LINES)


def unwrapped(lines: Sequence[str], starts: Collection[int] = (), ends: Collection[int] = ()) -> list[str]:
    """The lines of one block, those that were hard-wrapped joined again.

    `starts` and `ends` are the indices of lines that begin or end a paragraph for sure.
    """
    width = max(map(len, lines), default=0)
    if not may_be_wrapped(lines) or not _is_wrapped(lines, width, len(lines) - 1 in ends):
        return list(lines)
    joined = [lines[0]]
    for index in range(1, len(lines)):
        if index in starts or index - 1 in ends or not _is_full(lines[index - 1], lines[index], width):
            joined.append(lines[index])
        else:
            joined[-1] = join(joined[-1], lines[index])
    return joined


def join(first: str, second: str) -> str:
    """With a space, except between scripts that write none."""
    return f"{first}{second}" if _is_spaceless(first[-1:]) and _is_spaceless(second[:1]) else f"{first} {second}"


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def may_be_wrapped(lines: Sequence[str]) -> bool:
    """Several lines, narrow enough."""
    return len(lines) > 1 and _NARROWEST <= max(map(len, lines)) <= _WIDEST


def _is_wrapped(lines: Sequence[str], width: int, is_finished: bool) -> bool:
    """At least one line stops within a sentence where the next word didn't fit."""
    pairs = [(first, second) for first, second in pairwise(lines) if _is_full(first, second, width)]
    is_finished = is_finished or ends_sentence(lines[-1]) or "/" in lines[-1] or lines[-1].endswith(")")
    return any(_goes_on(first, second, is_finished) for first, second in pairs)


def _goes_on(first: str, second: str, is_finished: bool) -> bool:
    """With capitals on both sides, only the block's end tells whether its writer ends sentences at all."""
    if ends_sentence(first):
        return False
    if second[:1].islower() or first.endswith((",", "-", "–", "—", "、", "，", "،")):
        return True
    return is_finished


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would have made this one wider than the widest."""
    if _is_spaceless(line[-1:]) and _is_spaceless(following[:1]):
        return len(line) >= width - 2
    word = following.split(None, 1)[0] if following.split() else ""
    return len(line) + 1 + len(word) > width


def _is_spaceless(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
