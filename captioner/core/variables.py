"""Variables in texts: `{date:EEEE (d/M/yyyy)}` becomes what the photo holds, in the language of its caption.

`{{` and `}}` are braces. A variable that has no value stays as it is written, and is told.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from captioner.core import dates, edits
from captioner.core.caption import Values
from captioner.core.fields import FIELDS, Kind, parse, shown
from captioner.core.history import Edit
from captioner.core.photo_set import PhotoSet
from captioner.i18n import in_language, ngettext

_VARIABLE = re.compile(r"\{\{|\}\}|\{(?P<name>[a-z_]+)(?::(?P<pattern>[^{}]*))?\}")
_PATTERNS = {"date": "d MMMM yyyy", "weekday": "EEEE", "time": "HH:mm", "year": "yyyy", "month": "MMMM"}
"""Variables that tell of the date created, and how where they don't say."""


@dataclass(frozen=True)
class Subject:
    """What a text is filled in for."""

    values: Values
    name: str = ""
    """The file's, without its suffix."""
    position: int = 0
    """In the set, from 1."""
    count: int = 0
    language: str = ""
    """Of the caption; empty takes English."""


@dataclass(frozen=True)
class Filled:
    text: str
    unfilled: tuple[str, ...] = ()
    """Variables as they are written, for which there is no value."""


def fill(text: str, subject: Subject) -> Filled:
    unfilled: list[str] = []

    def put(match: re.Match[str]) -> str:
        if not match["name"]:
            return match[0][0]
        found = _value(match["name"], match["pattern"] or "", subject)
        if not found:
            unfilled.append(match[0])
        return found or match[0]

    return Filled(_VARIABLE.sub(put, text), tuple(unfilled))


def _value(name: str, pattern: str, subject: Subject) -> str:
    if name in _PATTERNS:
        return _date(subject, pattern or _PATTERNS[name])
    match name:
        case "seq":
            return _number(subject.position, pattern)
        case "count":
            return _number(subject.count, pattern)
        case "original":
            return subject.name
        case "name":
            name = "creator"
        case _:
            pass
    if name not in FIELDS:
        return ""
    if pattern.isdigit() and FIELDS[name].kind is Kind.LIST:
        return next(iter(subject.values.texts(name)[int(pattern) - 1 :][:1]), "") if int(pattern) else ""
    return shown(subject.values[name]).replace("; ", ", ") if FIELDS[name].kind is Kind.LIST else \
        shown(subject.values[name])  # fmt: skip


def _number(number: int, pattern: str) -> str:
    """`03` pads with zeros."""
    return str(number).rjust(int(pattern), "0" if pattern[:1] == "0" else " ") if pattern.isdigit() and \
        int(pattern) < 20 else str(number)  # fmt: skip


def _date(subject: Subject, pattern: str) -> str:
    """ "" where the date lacks what the pattern asks for: nobody invents a day or an hour."""
    moment = dates.parse(subject.values.text("date_created"))
    plain = re.sub(r"'[^']*'", "", pattern)
    needs_day, needs_time = re.search(r"[dDEecFg]", plain), re.search(r"[hHkKmsSAabBzZOvVxX]", plain)
    needs_month = re.search(r"[MLQqwW]", plain)
    if not moment or (needs_day and not moment.day) or (needs_time and not moment.time) or (
        needs_month and not moment.month
    ):  # fmt: skip
        return ""
    day = [int(each or 1) for each in (moment.year, moment.month, moment.day)]
    clock = [min(int(each), 59) for each in moment.time.split(":")] if moment.time else []
    try:
        return in_language(
            subject.language, datetime(day[0], day[1], day[2], *clock, tzinfo=_zone(moment.zone)), pattern
        )
    except (ValueError, AttributeError, KeyError, NotImplementedError):
        return ""


def _zone(zone: str) -> timezone:
    if zone in ("", "Z"):
        return timezone.utc  # noqa: UP017 - the class is what is annotated
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])))


def subject_of(photos: PhotoSet, path: Path, language: str) -> Subject:
    position = photos.order.index(path) + 1
    return Subject(photos[path].values, path.stem, position, len(photos), language)


def expand_variables(
    photos: PhotoSet, paths: Sequence[Path], keys: Sequence[str], language_of: Callable[[str], str]
) -> Edit:
    """Each photo's variables from its own values; the language is that of its caption."""
    ranks = {path: at for at, path in enumerate(photos.order, 1)}
    table = {}
    for path in paths:
        values = photos[path].values
        subject = Subject(values, path.stem, ranks[path], len(ranks), language_of(values.text("caption")))
        texts = {key: shown(values[key]) for key in keys if "{" in shown(values[key])}
        table[path] = {key: parse(key, fill(text, subject).text) for key, text in texts.items()}
    label = ngettext("Variables of {count} photo", "Variables of {count} photos", len(paths))
    return edits.set_values(photos, table, label.format(count=len(paths)))
