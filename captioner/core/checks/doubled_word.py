"""A word or a space that was typed twice."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.phrases import MOST
from captioner.core.checks.texts import language, texts
from captioner.core.photo import Photo
from captioner.i18n import _

_WORD = re.compile(r"[^\W\d_]++(?:['’ʼ-][^\W\d_]++)*+")
_BETWEEN = re.compile(r"[ \t\u00a0]{1,8}")
_MOST_PAIRS = 200
_SPACES = re.compile(r"(?<=\S)  ++(?=\S)")


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        for key, text in texts(photo):
            for first, second in islice(_doubled(text, photo, knows), MOST):
                message = _("{name}: “{found}” stands twice; take one out.").format(
                    name=photo.path.name, found=first[0]
                )
                fix = text[: first.end()] + text[second.end() :]
                yield Finding(photo.path, "doubled-word", Severity.WARNING, key, message, first.start(), second.end(),
                              fix)  # fmt: skip
            if spaces := _SPACES.search(text):
                message = _("{name} has two spaces where one is meant; take one out.").format(name=photo.path.name)
                yield Finding(photo.path, "doubled-word", Severity.WARNING, key, message, *spaces.span(),
                              _SPACES.sub(" ", text))  # fmt: skip


def _doubled(text: str, photo: Photo, knows: Knowledge) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    pairs = list(islice(_repeated(text), _MOST_PAIRS))
    spoken = language(photo, text, knows) if pairs else ""
    return (pair for pair in pairs if _is_slip(pair[0][0], pair[1][0], spoken, knows))


def _repeated(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    first: re.Match[str] | None = None
    for second in _WORD.finditer(text):
        is_same = first and first[0].casefold() == second[0].casefold()
        if first and is_same and _BETWEEN.fullmatch(text, first.end(), second.start()):
            yield first, second
        first = second


def _is_slip(first: str, second: str, language: str, knows: Knowledge) -> bool:
    """Names are doubled (`Pago Pago`), and many languages double words to say something."""
    word, small = first.casefold(), _small(language, knows)
    if second[0].isupper() and (word not in small or len(word) == 1 or not second.isupper()):
        return False
    if len(word) == 1 and word not in small:
        return False
    if only := knows.of(language, "doubled-word", "only"):
        return word in only
    legal = knows.of(language, "doubled-word", "legal") if language else knows.all("doubled-word", "legal")
    return word not in legal and (bool(language) or word in small)


@lru_cache(maxsize=64)
def _small(language: str, knows: Knowledge) -> frozenset[str]:
    own = (each.words for each in knows.languages.spoken if each.code == language)
    return next(own, knows.agencies.words.common)
