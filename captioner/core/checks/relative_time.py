"""`yesterday` in a caption with no date: nobody knows later which day that was."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from captioner.core.checks import written_dates
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.photo import Photo
from captioner.i18n import _

_CHECK = "relative-time"
_FEWEST_LETTERS = 5
"""Of a word that tells its language by itself: `hier` is French or German."""
_QUOTED = re.compile(r"“[^”]{0,999}”|«[^»]{0,999}»|„[^“”]{0,999}[“”]|\"[^\"]{0,999}\"|「[^」]{0,999}」|『[^』]{0,999}』"
                     r"|《[^》]{0,999}》|(?<!\w)[‘'][^‘’'\n]{1,99}[’'](?!\w)")  # fmt: skip
_SENTENCE_START = re.compile(r"(?:^|[.!?…:–—]|[.!?]\)|\n)\s*[\"“«(]?\Z")


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        caption = photo.values.text("caption")[: written_dates.LONGEST]
        folded = caption.casefold()
        if not any(word in folded for word in _every(knows)) or written_dates.find(caption, knows):
            continue
        for start, end in _meant(caption, knows):
            message = _("{name}: “{found}” tells no day once the caption is read later; write the date.").format(
                name=photo.path.name, found=caption[start:end]
            )
            yield Finding(photo.path, _CHECK, Severity.WARNING, "caption", message, start, end)


def _meant(caption: str, knows: Knowledge) -> Iterator[tuple[int, int]]:
    words, but = _patterns(knows.language(caption), knows)
    passed = [match.span() for pattern in (_QUOTED, but) for match in pattern.finditer(caption)]
    for match in words.finditer(caption):
        is_passed = any(start <= match.start() and match.end() <= end for start, end in passed)
        if not is_passed and not _is_title(caption, *match.span()):
            yield match.span()


def _is_title(caption: str, start: int, end: int) -> bool:
    """A capital inside a sentence begins a name: the newspaper Heute, the Tonight Show."""
    word = caption[start:end]
    return word[0].isupper() and not word.isupper() and not _SENTENCE_START.search(caption, max(0, start - 5), start)


@cache
def _every(knows: Knowledge) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.casefold() for word in knows.all(_CHECK, "words")))


@cache
def _patterns(language: str, knows: Knowledge) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Of the text's language; where it is unknown, the longer words of all."""
    if language:
        words, but, endings = (knows.of(language, _CHECK, key) for key in ("words", "but", "endings"))
    else:
        words = tuple(word for word in knows.all(_CHECK, "words") if len(word) >= _FEWEST_LETTERS)
        but, endings = knows.all(_CHECK, "but"), ()
    return re.compile(_bounded(words, endings), re.IGNORECASE), re.compile(_any(but), re.IGNORECASE)


def _bounded(words: Sequence[str], endings: Sequence[str]) -> str:
    """Chinese and Japanese put no space between words."""
    spaceless = [word for word in words if "\u3040" <= word[0] < "\ua000"]
    spaced = [word for word in words if word not in spaceless]
    after = rf"(?=(?:{_any(endings)})?(?!\w))(?![-'’]\w)" if endings else r"(?![\w\u064b-\u0652]|[-'’]\w)"
    return rf"(?<![\w'’-])(?:{_any(spaced)}){after}|(?:{_any(spaceless)})"


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
