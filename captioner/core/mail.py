"""What a mail puts around a story: its header lines, how it greets and how it ends."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby, takewhile
from operator import itemgetter

from captioner.core.agencies import key, keys
from captioner.core.caption_labels import looks_labelled
from captioner.core.languages import Languages
from captioner.core.paragraphs import ends_sentence

_MARKS = " ,;:.!，、：；！。،"
_LONGEST = 60
_LONGEST_SAID, _SHORTEST = 240, 4
_MOST_SIGNED = 12
_FEWEST_HEADERS = 2
_MOST_WORDS = 3
_DIVIDER = re.compile(r"[-_=]{2,}[^-_=].*[-_=]{2,}")

_Line = tuple[int, str]
"""The number of its block, and its text."""


def without_frame(blocks: Sequence[Sequence[str]], languages: Languages) -> list[list[str]]:
    """The blocks without what only a mail has."""
    lines = [(number, line) for number, block in enumerate(blocks) for line in block]
    rest = _without_headers(lines, languages)
    rest = _without_greeting(rest, len(rest) < len(lines), languages)
    rest = _without_closing(rest, languages)
    return [[line for _, line in group] for _, group in groupby(rest, key=itemgetter(0))]


def _without_headers(lines: Sequence[_Line], languages: Languages) -> list[_Line]:
    """Several in a row, or a subject on top."""
    kept: list[_Line] = []
    for is_run, group in groupby(lines, key=lambda line: bool(_header(line[1], languages))):
        run = list(group)
        names = {_header(line, languages) for _, line in run}
        is_subject = not kept and not names.isdisjoint(_keys(languages, "subject"))
        if not is_run or (len(names) < _FEWEST_HEADERS and not is_subject):
            kept.extend(run)
        elif kept and _DIVIDER.fullmatch(kept[-1][1]):
            kept.pop()
    return kept


def _header(line: str, languages: Languages) -> str:
    name, sign, _value = line[:_LONGEST].replace("：", ":").partition(":")
    plain = key(name.strip("*_ ")) if sign else ""
    return plain if plain in _keys(languages, "mail") or plain in _keys(languages, "subject") else ""


def _without_greeting(lines: Sequence[_Line], is_mail: bool, languages: Languages) -> list[_Line]:
    """`Hi all,`, and what is said of the captions before they come: `here they are:`."""
    if not lines or not _greets(lines[0][1], is_mail, languages):
        return list(lines)
    rest = list(lines[1:])
    said = list(takewhile(lambda line: line[0] == rest[0][0], rest))
    return rest[len(said) :] if said and _announces(said, rest[len(said) :], languages) else _without_colon(rest)


def _without_colon(rest: Sequence[_Line]) -> list[_Line]:
    return list(rest[bool(rest and rest[0][1].endswith((":", "："))) :])


def _announces(said: Sequence[_Line], rest: Sequence[_Line], languages: Languages) -> bool:
    """A paragraph about pictures or captions, and below it a title or a label: `Please find the captions below.`"""
    text = " ".join(line for _, line in said).casefold()
    is_paragraph = len(text) <= _LONGEST_SAID and all(len(line) > _LONGEST for _, line in said[:-1])
    follows = bool(rest) and (not ends_sentence(rest[0][1]) or looks_labelled(rest[0][1], languages))
    return is_paragraph and follows and ends_sentence(text) and bool(_pictures(languages).search(text))


def _greets(line: str, is_mail: bool, languages: Languages) -> bool:
    after = _after(line, "greeting", languages)
    if after is None or len(line) > _LONGEST:
        return False
    name = after.strip(_MARKS)
    is_short = len(name.split()) <= _MOST_WORDS and (is_mail or line[-1] in ":：!！")
    return not name or line[-1] in ",，،" or is_short


def _without_closing(lines: Sequence[_Line], languages: Languages) -> list[_Line]:
    """From `Best regards,` on, where nothing but short lines follows; a credit among them stays."""
    for index in range(max(1, len(lines) - _MOST_SIGNED), len(lines)):
        signed = lines[index + 1 :]
        if _closes(lines[index][1], languages) and all(_may_sign(line) for _, line in signed):
            return [*lines[:index], *(line for line in signed if _is_led(line[1], languages))]
    return list(lines)


def _may_sign(line: str) -> bool:
    return len(line) <= _LONGEST and not ends_sentence(line)


def _closes(line: str, languages: Languages) -> bool:
    after = _after(line, "closing", languages)
    if after is None or len(line) > _LONGEST:
        return False
    is_short = len(after.strip(_MARKS).split()) <= _MOST_WORDS
    is_set_off = after[:1] in ",，،" or line[-1] in ",，،"
    return not after.strip(_MARKS) or (is_short and is_set_off and not line.endswith("."))


def _is_led(line: str, languages: Languages) -> bool:
    name, sign, _value = line.replace("：", ":").partition(":")
    return bool(sign) and key(name.strip()) in _keys(languages, "lead") | _keys(languages, "photos")


def _after(line: str, name: str, languages: Languages) -> str | None:
    """What follows the phrase that the line begins with; None where it begins with none."""
    match = _opening(languages, name).match(line)
    return line[match.end() :] if match else None


@cache
def _keys(languages: Languages, name: str) -> frozenset[str]:
    return keys(languages.all(name))


@cache
def _pictures(languages: Languages) -> re.Pattern[str]:
    words = (word.casefold() for word in languages.all("photo") if len(word) >= _SHORTEST or not word.isascii())
    return re.compile("|".join(rf"\b{re.escape(word)}" for word in words))


@cache
def _opening(languages: Languages, name: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, languages.all(name)))
    return re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE)
