"""Text that somebody meant to replace."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.phrases import MOST, Found, Phrase, Phrases
from captioner.core.checks.texts import language, texts
from captioner.core.photo import Photo
from captioner.i18n import _

_MADE = re.compile(
    r"(?<![\w-])(?:(?:TK){2,}|(?P<mark>XXX+|xxx+))(?![\w-])"
    r"|(?<!\w)(?:XX[./-]){1,2}(?:XX(?:XX)?|\d{2,4})(?!\w)|(?<!\w)(?:xx[./-]){1,2}(?:xx(?:xx)?|\d{2,4})(?!\w)"
    r"|(?<![\w?!])\?\?+(?!\w)|(?<!_)___++|〇〇+|○○+|●●+"
)
"""What people put in whatever language."""
_SIGNS = ("XX", "xx", "TKTK", "??", "___", "〇〇", "○○", "●●")
"""Cheap: without one of these there is nothing of the kind."""
_BRACKETS = {"[": "]", "<": ">", "{": "}"}


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        for key, text in texts(photo):
            for start, end in _in(text, photo, knows):
                message = _("{name}: “{found}” is a placeholder; replace it.")
                yield Finding(photo.path, "placeholder", Severity.ERROR, key,
                              message.format(name=photo.path.name, found=text[start:end]), start, end)  # fmt: skip


def _in(text: str, photo: Photo, knows: Knowledge) -> list[tuple[int, int]]:
    hits = islice(_MADE.finditer(text), MOST) if any(sign in text for sign in _SIGNS) else ()
    made = (Found(*match.span(), "marks" if match["mark"] else "") for match in hits)
    found = dict[int, int]()
    for each in (*_phrases(knows).find(text), *made):
        start, end = _with_brackets(text, each)
        is_meant = each.kind == "marks" and _is_legal(text, each, photo, knows)
        is_blank = each.kind == "blanks" and not _is_bracketed(text, each)
        if not is_meant and not is_blank and text[start - 1 : start] != "-" and not any(
            start < held_end and held < end for held, held_end in found.items()
        ):  # fmt: skip
            found[start] = end
    return sorted(found.items())


def _with_brackets(text: str, found: Found) -> tuple[int, int]:
    is_in = _BRACKETS.get(text[max(0, found.start - 1) : found.start], "none") == text[found.end : found.end + 1]
    return (found.start - 1, found.end + 1) if is_in and found.start else (found.start, found.end)


def _is_bracketed(text: str, found: Found) -> bool:
    """`[name]`; in round brackets only `(NAME)`."""
    before, after = text[max(0, found.start - 1) : found.start], text[found.end : found.end + 1]
    return _BRACKETS.get(before, "none") == after or (
        (before, after) == ("(", ")") and text[found.start : found.end].isupper()
    )


def _is_legal(text: str, found: Found, photo: Photo, knows: Knowledge) -> bool:
    """TK is a kindergarten in Indonesian, a flight's number beside digits and a shop in `TK Maxx`; XXX is thirty in
    `Super Bowl XXX` and `XXX Juegos`; `Techniker Krankenkasse (TK)` says what it is short for."""
    mark, before = text[found.start : found.end], text[max(0, found.start - 40) : found.start].rstrip("(").split()[-1:]
    is_counted = bool(before) and before[0] in knows.all("placeholder", "counted")
    is_number = mark[0] not in "Xx" and bool(re.match(r"[ -]?\d", text[found.end : found.end + 2]))
    is_joined = text[found.end : found.end + 1] == "-"
    is_name = text[found.end : found.end + 1] == " " and text[found.end + 1 : found.end + 2].isupper()
    is_short = text[max(0, found.start - 1) : found.start] == "(" and bool(before) and before[0][0].isupper()
    legal = knows.of(language(photo, text, knows), "placeholder", "legal")
    return mark in legal or is_counted or is_number or is_joined or is_name or is_short


@lru_cache(maxsize=8)
def _phrases(knows: Knowledge) -> Phrases:
    """`phrases` in any case, `marks` only as they are written: TK is a placeholder, Tk a place in Estonia. `blanks` are
    placeholders in brackets: `[NAME]`."""
    kinds = ("phrases", "marks", "blanks")
    return Phrases(Phrase(word, kind, kind == "marks") for kind in kinds for word in knows.all("placeholder", kind))
