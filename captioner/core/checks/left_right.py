"""Left and right in the caption of a picture that was mirrored or cropped: who stood there may be elsewhere, or gone."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.texts import PROSE, language, texts
from captioner.core.photo import CROPPED, MIRRORED, Photo
from captioner.i18n import N_, _

_TOLD = {
    MIRRORED: N_("{name} is mirrored, and its text says “{found}”; look whether that is still the side."),
    CROPPED: N_("{name} was cropped, and its text says “{found}”; look whether that still holds."),
}


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        fact = next((each for each in _TOLD if each in photo.facts), "")
        for key, text in texts(photo, PROSE) if fact else ():
            for match in _pattern(language(photo, text, knows), knows).finditer(text):
                message = _(_TOLD[fact]).format(name=photo.path.name, found=match["side"])
                yield Finding(photo.path, "left-right", Severity.WARNING, key, message, *match.span("side"))


@lru_cache(maxsize=64)
def _pattern(language: str, knows: Knowledge) -> re.Pattern[str]:
    """`words` are sides wherever they stand. `beside` mean other things too, and are sides after one of `before`, or
    set off by brackets and commas: `(left)`, `, right,`. `unspaced` belong to scripts that don't divide words."""
    words, beside, before = (_alternation(language, key, knows) for key in ("words", "beside", "before"))
    set_off = rf"(?<=[(（])(?:{beside})(?=[)）,:;])|(?<=, )(?:{beside})(?=[,;:.)])"
    latin = rf"(?<!\w)(?:{words}|(?:{before})\s(?:{beside})|{set_off})(?!\w)"
    unspaced = _alternation(language, "unspaced", knows)
    return re.compile(rf"(?P<side>{latin}|{unspaced})", re.IGNORECASE)


def _alternation(language: str, key: str, knows: Knowledge) -> str:
    words = knows.of(language, "left-right", key) if language else knows.all("left-right", key)
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
