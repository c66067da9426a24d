"""The pattern of file names in a recipe: `{seq:02}`, `{headline:slug}`, `{date:yyyyMMdd}`, `{original}`, any field."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from captioner.core import dates
from captioner.core.caption import Values
from captioner.core.fields import FIELDS, Kind, shown
from captioner.errors import UsageError
from captioner.export.naming.slugs import END, START, plain_stem, safe, slug
from captioner.i18n import _

EXAMPLE = "{seq:02}_{headline:slug}"

_PART = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_LONGEST_WORDS, _LONGEST_TEXT = 40, 250
_ENDING = 8
"""Characters: a suffix, and the number of a name that is taken."""
_NEEDS = {"month": "MLQqwW", "day": "dDFgEec", "time": "abBhHKkmsSA"}


@dataclass(frozen=True)
class Named:
    """What a file's name is made of."""

    stem: str
    values: Values
    headline: str
    suffixes: tuple[str, ...] = (".jpg",)
    """Of the files that are written, each with its dot."""


@dataclass(frozen=True)
class Piece:
    text: str
    may_be_cut: bool = False


def check(pattern: str, longest: int) -> None:
    """Raises UsageError for a part that doesn't exist, a format that it can't have, and what no cut makes short."""
    for match in _PART.finditer(pattern):
        _check_part(match[0], match[1], match[2] or "")
    words = _PART.sub("", pattern)
    if "{" in words or not pattern.strip() or len(words) > _LONGEST_WORDS:
        raise UsageError(_("names is “{pattern}”; write it like {example}").format(pattern=pattern, example=EXAMPLE))
    if len(_PART.sub(_digits, pattern)) > longest - _ENDING:
        raise UsageError(_("names is “{pattern}”, which is too long for names of {longest} characters").format(
            pattern=pattern, longest=longest))  # fmt: skip


def pieces(pattern: str, photo: Named, number: int, digits: int) -> Iterator[Piece]:
    """The name in its pieces; the original's stem stands in, once, for parts that come out empty."""
    at, stand_in = 0, "" if "{original" in pattern else plain_stem(photo.stem)
    for match in _PART.finditer(pattern):
        yield Piece(safe(pattern[at : match.start()]))
        at, form = match.end(), match[2] or ""
        if match[1] == "seq":
            yield Piece(str(number).zfill(max(2, digits, int(form or 0))))
            continue
        text = _part(match[1], form, photo)
        yield Piece(text or stand_in, may_be_cut=True)
        stand_in = stand_in if text else ""
    yield Piece(safe(pattern[at:]))


def _digits(part: re.Match[str]) -> str:
    """The least that is never cut of it."""
    return "0" * max(2, int(part[2] or 0)) if part[1] == "seq" else ""


def _check_part(part: str, name: str, form: str) -> None:
    kind = "text" if name in _TEXTS else name
    if kind not in _FORMS:
        known = ", ".join(f"{{{each}}}" for each in ("seq", "date", *_TEXTS))
        raise UsageError(_("names can't hold {part}; it can hold {parts}").format(part=part, parts=known))
    if not _FORMS[kind](form):
        raise UsageError(_("names can't hold {part}; write {example}").format(part=part, example=_EXAMPLES[kind]))


def _part(name: str, form: str, photo: Named) -> str:
    """Empty also where nothing of it can stand in a name."""
    if name == "date":
        return safe(_date(photo.values.text("date_created"), form))
    text = _TEXTS[name](photo)[:_LONGEST_TEXT]
    text = (slug(text) if form == "slug" else safe(text)).strip()
    return text if text.strip(START + END) else ""


def _date(text: str, pattern: str) -> str:
    """Empty where the pattern asks for what is not known of the date."""
    from babel.dates import format_datetime

    moment = dates.parse(text)
    letters = set(re.sub("'[^']*'", "", pattern))
    if not moment or any(set(asked) & letters and not getattr(moment, part) for part, asked in _NEEDS.items()):
        return ""
    known = f"{moment.year}-{moment.month or '01'}-{moment.day or '01'}T{moment.time or '00:00'}"
    return format_datetime(datetime.fromisoformat(known.replace(":60", ":59")), pattern or "yyyy-MM-dd", locale="en")


def _is_date_form(form: str) -> bool:
    if form and not re.search("[A-Za-z]", form):
        return False
    try:
        return bool(_date("2023-09-13T14:05:00+07:00", form))
    except (ValueError, KeyError, AttributeError, TypeError):
        return False


def _text_of(key: str) -> Callable[[Named], str]:
    return lambda photo: shown(photo.values[key])


_TEXTS: Mapping[str, Callable[[Named], str]] = {
    "original": lambda photo: photo.stem,
    **{row.key: _text_of(row.key) for row in FIELDS.values() if row.kind is not Kind.DATE},
    "headline": lambda photo: photo.headline or photo.values.text("headline"),
}
_FORMS: Mapping[str, Callable[[str], bool]] = {
    "seq": lambda form: form == "" or bool(re.fullmatch("0?[1-9]", form)),
    "date": _is_date_form,
    "text": lambda form: form in ("", "slug"),
}
_EXAMPLES = {"seq": "{seq:02}", "date": "{date:yyyyMMdd}", "text": "{headline:slug}"}
