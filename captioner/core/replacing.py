"""Find and replace over chosen fields of chosen photos: first what would change, then one edit that changes it."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from math import prod
from pathlib import Path
from typing import Any

import regex

from captioner.core import edits
from captioner.core.fields import FIELDS, SEPARATOR, Kind, Value, parse, parse_many, shown
from captioner.core.history import Edit, HeadlineChange
from captioner.core.photo import Photo
from captioner.core.photo_set import PhotoSet
from captioner.errors import CaptionerError
from captioner.i18n import _

Span = tuple[int, int]

SECONDS = 0.1
"""What a regular expression may take for one text; some would take longer than the desk exists."""
_MOST_REPEATS = 100_000
"""All counts in braces multiplied; the engine lays out each repeat in memory."""
_COUNTS = regex.compile(r"\{(?:\d*,)?(\d+),?\}")
_NOT_REGULAR = (regex.error, IndexError, ValueError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Query:
    find: str
    replacement: str = ""
    """For a regular expression with `\\1` and `\\g<name>`; otherwise taken as it is."""
    is_regular: bool = False
    is_case_sensitive: bool = False
    is_whole_words: bool = False


@dataclass(frozen=True)
class Replacement:
    path: Path
    key: str
    before: Value
    after: Value
    spans: tuple[Span, ...]
    """What was found, in `shown(before)`."""
    new_spans: tuple[Span, ...] = ()
    """What stands for it, in `shown(after)`."""
    trouble: str = ""
    """Why the field can't take it; the value stays then."""


def find(photos: PhotoSet, paths: Iterable[Path], keys: Sequence[str], query: Query) -> list[Replacement]:
    """Every value that would change; raises CaptionerError where the regular expression is none, or takes too long."""
    return list(chain.from_iterable(search(photos, paths, keys, query)))


def search(photos: PhotoSet, paths: Iterable[Path], keys: Sequence[str], query: Query) -> Iterator[list[Replacement]]:
    """The same photo by photo, for who can't wait; raises at once where the expression is none."""
    pattern = _compiled(query)
    known = (photos[path] for path in paths if path in photos)
    return ([one for key in keys if (one := _in_field(photo, key, pattern, query))] for photo in known)


def replace(photos: PhotoSet, replacements: Iterable[Replacement]) -> Edit:
    """One step. A value that is no longer what was found stays; the set's headline goes with that of its photos."""
    table: dict[Path, dict[str, Value]] = {}
    for each in replacements:
        if each.path in photos and not each.trouble and photos[each.path].values[each.key] == each.before:
            table.setdefault(each.path, {})[each.key] = each.after
    edit = edits.set_values(photos, table, _("Find and replace"))
    holders = [photo.path for photo in photos.photos if photo.values["headline"] == photos.headline]
    headlines = {table.get(path, {}).get("headline") for path in holders} if photos.headline else set()
    if len(headlines) == 1 and isinstance(headline := headlines.pop(), str):
        return Edit(edit.label, (HeadlineChange(photos.headline, headline), *edit.changes))
    return edit


def _compiled(query: Query) -> Any:
    pattern = query.find if query.is_regular else _in_each_form(query.find)
    flags = 0 if query.is_case_sensitive else regex.IGNORECASE
    try:
        if query.is_regular and prod(max(int(count), 1) for count in _COUNTS.findall(pattern)) > _MOST_REPEATS:
            raise ValueError(_("its counts in braces are too large"))
        made = regex.compile(pattern, flags)
        return regex.compile(rf"(?<!\w)(?:{pattern})(?!\w)", flags) if query.is_whole_words else made
    except _NOT_REGULAR as error:
        raise CaptionerError(
            _("“{find}” is not a regular expression ({reason}); correct it, or search for it as plain text.").format(
                find=query.find, reason=error)) from error  # fmt: skip


def _in_each_form(text: str) -> str:
    """A letter with its accent is one character for some programs and two for others."""
    clusters: list[str] = regex.findall(r"\X", text)
    forms = (dict.fromkeys((unicodedata.normalize("NFC", each), unicodedata.normalize("NFD", each), each))
             for each in clusters)  # fmt: skip
    return "".join(f"(?:{'|'.join(map(regex.escape, each))})" for each in forms)


def _in_field(photo: Photo, key: str, pattern: Any, query: Query) -> Replacement | None:
    before = photo.values[key]
    try:
        texts = [_in_text(text, pattern, query) for text in photo.values.texts(key)] if query.find else []
    except TimeoutError as error:
        raise CaptionerError(
            _("“{find}” takes too long in {field}; make the regular expression simpler.").format(
                find=query.find, field=_(FIELDS[key].label)), photo.path) from error  # fmt: skip
    except _NOT_REGULAR as error:
        raise CaptionerError(
            _("“{text}” can't replace anything ({reason}); write \\1 for the first group, and \\\\ for a \\.").format(
                text=query.replacement, reason=error)) from error  # fmt: skip
    spans = _placed([(text.before, text.spans) for text in texts])
    if not spans:
        return None
    try:
        after = _value(key, [text.after for text in texts])
    except CaptionerError as error:
        return Replacement(photo.path, key, before, before, spans, trouble=str(error))
    new_spans = _placed([(text.after, text.new_spans) for text in texts])
    is_as_put = shown(after) == SEPARATOR.join(text.after for text in texts)
    where = new_spans if is_as_put else _what_differs(shown(before), shown(after))
    return Replacement(photo.path, key, before, after, spans, where) if after != before else None


@dataclass(frozen=True)
class _Text:
    before: str
    after: str
    spans: list[Span]
    new_spans: list[Span]


def _in_text(text: str, pattern: Any, query: Query) -> _Text:
    parts: list[str] = []
    spans: list[Span] = []
    new_spans: list[Span] = []
    at = length = 0
    for match in _matches(text, pattern, SECONDS if query.is_regular else None):
        start, end = match.span()
        new: str = match.expand(query.replacement) if query.is_regular else query.replacement
        parts += [text[at:start], new]
        length += start - at
        spans.append((start, end))
        new_spans.append((length, length + len(new)))
        at, length = end, length + len(new)
    return _Text(text, "".join([*parts, text[at:]]), spans, new_spans)


def _matches(text: str, pattern: Any, seconds: float | None) -> Iterator[Any]:
    """Without the empty matches that `x*` has everywhere and `.*` has once more at the end; `^` keeps its own."""
    is_empty_anywhere = (match := pattern.match("\0\0", 1)) and not match.group()
    last = -1
    for match in pattern.finditer(text, timeout=seconds):
        start, end = match.span()
        if start < end or (start > last and not is_empty_anywhere):
            yield match
        last = end


def _value(key: str, texts: list[str]) -> Value:
    """Raises CaptionerError where the field can't take it; what has become the same is in a list once."""
    if FIELDS[key].kind is not Kind.LIST:
        return parse(key, texts[0])
    return tuple(dict.fromkeys(parse_many(key, texts)))


def _placed(texts: Sequence[tuple[str, list[Span]]]) -> tuple[Span, ...]:
    """Spans of the items of a list as those of the one text that shows it."""
    starts = accumulate((len(text) + len(SEPARATOR) for text, _spans in texts), initial=0)
    pairs = zip(starts, texts, strict=False)
    return tuple((at + start, at + end) for at, (_text, spans) in pairs for start, end in spans)


def _what_differs(before: str, after: str) -> tuple[Span, ...]:
    """The part of the later text between what both begin and what both end with."""
    most = min(len(before), len(after))
    start = next((index for index in range(most) if before[index] != after[index]), most)
    most -= start
    same = next((index for index in range(most) if before[-1 - index] != after[-1 - index]), most)
    return ((start, len(after) - same),)
