"""`yesterday` in a caption with no date: nobody knows later which day that was."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice

from captioner.core.checks import written_dates, written_weekdays
from captioner.core.checks.bounds import LONGEST, MOST
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.photo import Photo
from captioner.i18n import _

_CHECK = "relative-time"
_FEWEST_LETTERS = 4
_NEAR = 24
_QUOTED = re.compile(r"“[^”]{0,999}”|«[^»]{0,999}»|„[^“”]{0,999}[“”]|\"[^\"]{0,999}\"|「[^」]{0,999}」|『[^』]{0,999}』"
                     r"|《[^》]{0,999}》|(?<!\w)[‘'][^‘’'\n]{1,99}[’'](?!\w)")  # fmt: skip
_SENTENCE_START = re.compile(r"(?:^|[.!?…:–—]|[.!?]\)|\n)\s*[\"“«(]?\Z")


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        caption = photo.values.text("caption")[:LONGEST]
        folded = caption.casefold()
        if not any(map(folded.__contains__, _every(knows))) or _has_date(caption, knows):
            continue
        for start, end in _meant(caption, knows):
            message = _("{name}: “{found}” tells no day once the caption is read later; write the date.").format(
                name=photo.path.name, found=caption[start:end]
            )
            yield Finding(photo.path, _CHECK, Severity.WARNING, "caption", message, start, end)


def _has_date(caption: str, knows: Knowledge) -> bool:
    dates = written_dates.find(caption, knows)
    return any(each.is_certain for each in dates) or bool(written_weekdays.beside(caption, knows))


def _meant(caption: str, knows: Knowledge) -> Iterator[tuple[int, int]]:
    words, but = _patterns(knows.language(caption), knows)
    quoted = [match.span() for match in _QUOTED.finditer(caption)]
    for match in islice(words.finditer(caption), MOST):
        start, end = match.span()
        near = (other.span() for other in but.finditer(caption, max(0, start - _NEAR), end + _NEAR))
        is_passed = any(first <= start and end <= last for first, last in chain(quoted, near))
        if not is_passed and not _is_title(caption, start, end):
            yield start, end


def _is_title(caption: str, start: int, end: int) -> bool:
    """A capital inside a sentence begins a name: the newspaper Heute, the Tonight Show."""
    word = caption[start:end]
    return word[0].isupper() and not word.isupper() and not _SENTENCE_START.search(caption, max(0, start - 5), start)


@cache
def _every(knows: Knowledge) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.casefold() for word in knows.all(_CHECK, "words")))


@cache
def _patterns(language: str, knows: Knowledge) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is meant, and what only looks so. A long word tells its language by itself, for that of a short text may be
    taken for another."""
    own, endings, shared = (knows.of(language, _CHECK, key) for key in ("words", "endings", "shared"))
    every = (word for word in knows.all(_CHECK, "words") if not _is_spaceless(word) and len(word) >= _FEWEST_LETTERS)
    words = dict.fromkeys((*own, *(word for word in every if word not in shared)))
    but = "|".join(("" if _is_spaceless(each) else r"(?<!\w)") + re.escape(each) for each in knows.all(_CHECK, "but"))
    return re.compile(_bounded(tuple(words), endings), re.IGNORECASE), re.compile(but or "(?!)", re.IGNORECASE)


def _bounded(words: Sequence[str], endings: Sequence[str]) -> str:
    spaceless, spaced = ([word for word in words if _is_spaceless(word) is is_one] for is_one in (True, False))
    after = rf"(?=(?:{_any(endings)})?(?!\w))(?![-'’]\w)" if endings else r"(?![\w\u064b-\u0652]|[-'’]\w)"
    return rf"(?<![\w'’-])(?:{_any(spaced)}){after}|(?:{_any(spaceless)})"


def _is_spaceless(word: str) -> bool:
    """Chinese and Japanese put no space between words."""
    return "\u3040" <= word[0] < "\ua000"


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
