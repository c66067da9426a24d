"""A quotation mark or bracket without its other half."""

import re
from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.phrases import MOST
from captioner.core.checks.texts import PROSE, texts
from captioner.core.photo import Photo
from captioner.i18n import _

_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】", "「": "」", "『": "』", "《": "》",
             "〈": "〉", "〔": "〕"}  # fmt: skip
_CLOSING = {close: open_ for open_, close in _BRACKETS.items()}
_CURLY, _GUILLEMETS, _ANGLES = "“”„‟", "«»", "‹›"
_KEYS = (*PROSE, "credit")
_SMILEY = re.compile(r"(?<!\S)(?:[:;=8xX][-^']?[()\[\]]{1,3}|[()][-^']?[:;=])(?!\w)")
_MARKER = re.compile(r"(?<![^\s(])(?:[^\W_]{1,2}|[ivxIVX]{1,5})$")
"""What stands before the bracket of `a)` and `12)`."""
_FAMILIES = re.compile(r"[\"“”„‟«»‹›()\[\]{}（）［］【】「」『』《》〈〉〔〕]")
_MOST_MARKS = 2000
"""A text that has more is no prose."""
_INCH = re.compile(r"(?<=\d)\"|(?<=[½¼¾⅛⅓⅔])\"")


def find(photos: Sequence[Photo], _knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        for key, text in texts(photo, _KEYS):
            for at in lonely(text)[:MOST]:
                message = _("{name}: the mark {found} has no other half; put it in, or take this one out.").format(
                    name=photo.path.name, found=text[at]
                )
                yield Finding(photo.path, "unbalanced-quotes", Severity.WARNING, key, message, at, at + 1)


def lonely(text: str) -> list[int]:
    """Where the marks stand that have no other half."""
    passed = {at for match in _SMILEY.finditer(text) for at in range(*match.span())}
    marks = [match.start() for match in _FAMILIES.finditer(text) if match.start() not in passed]
    if len(marks) > _MOST_MARKS:
        return []
    found = [*_brackets(text, marks), *_straight(text, marks)]
    for family in (_CURLY, _GUILLEMETS, _ANGLES):
        found += _quotes(text, [at for at in marks if text[at] in family])
    return sorted(found)


def _brackets(text: str, marks: Sequence[int]) -> Iterator[int]:
    opened: dict[str, list[int]] = {}
    for at in marks:
        mark = text[at]
        if mark in _BRACKETS:
            opened.setdefault(mark, []).append(at)
        elif mark in _CLOSING:
            if opened.get(_CLOSING[mark]):
                opened[_CLOSING[mark]].pop()
            elif not (mark in ")）" and _MARKER.search(text[max(0, at - 7) : at])):
                yield at
    yield from (at for every in opened.values() for at in every)


def _straight(text: str, marks: Sequence[int]) -> Iterator[int]:
    """They are the same at both ends, so an odd one is told; beside a digit it may be inches, or end a quotation."""
    every = [at for at in marks if text[at] == '"']
    sure = [at for at in every if not _INCH.match(text, at)]
    if len(sure) % 2 and len(sure) == len(every) and not _goes_on(text, sure):
        yield next((at for at in reversed(sure) if _is_outer(text, at)), sure[-1])


def _is_outer(text: str, at: int) -> bool:
    """At a word's beginning."""
    return not text[at - 1 : at].strip(" \t\n\u00a0([{—–-")


def _goes_on(text: str, every: Sequence[int]) -> bool:
    """A quotation that goes on in the next paragraph is opened anew there, and not closed before."""
    return any(_begins_paragraph(text, at) for at in every[1:])


def _begins_paragraph(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\u00a0") if at < 64 else text[at - 64 : at].rstrip(" \t\u00a0")
    return before.endswith("\n")


def _quotes(text: str, marks: Sequence[int]) -> list[int]:
    """Which half a mark is depends on the language: „…“ „…” “…” ”…” «…» »…«, so its place decides where its shape
    doesn't."""
    opened: list[int] = []
    lost: list[int] = []
    for at in marks:
        if opened and _begins_paragraph(text, at):
            continue
        if opened and _closes(text, opened[-1], at):
            opened.pop()
            if text[at] == "»" and opened:
                _nest(opened, text, at, marks)
        elif _can_open(text, at):
            opened.append(at)
        else:
            lost.append(at)
    return [*lost, *opened]


def _nest(opened: list[int], text: str, at: int, marks: Sequence[int]) -> None:
    """`«Завод «Север»`: where both end together, one mark may end them."""
    if marks[-1] == at:
        opened[:] = [each for each in opened if text[each] != "«"]


def _closes(text: str, open_: int, at: int) -> bool:
    pair = text[open_] + text[at]
    if pair in ("“”", "„”", "„“", "«»", "‹›", "‟”", "“‟"):
        return True
    is_after_word = bool(text[at - 1 : at].strip(" \t\n\u00a0([{—–")) and at > open_ + 1
    return pair in ("””", "““", "»«", "»»", "›‹", "››", "„„") and is_after_word and not _before_word(text, at)


def _before_word(text: str, at: int) -> bool:
    return text[at + 1 : at + 2].isalnum()


def _can_open(text: str, at: int) -> bool:
    return text[at] in "“„‟«‹" or (_is_outer(text, at) and _before_word(text, at))
