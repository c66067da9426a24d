"""Left and right in the text of a picture that was mirrored or cropped: who stood there may stand elsewhere now."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.texts import PROSE, alternation, language, texts
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
    words, beside, before = (alternation(_sides(language, key, knows)) for key in ("words", "beside", "before"))
    set_off = rf"(?<=[(（])(?:{beside})(?=[)）,:;])|(?<=, )(?:{beside})(?=[,;:.)])"
    unspaced = alternation(knows.all("left-right", "unspaced"))
    return re.compile(rf"(?P<side>{words}|(?:{before})\s(?:{beside})|{set_off}|{unspaced})", re.IGNORECASE)


def _sides(language: str, key: str, knows: Knowledge) -> list[str]:
    """Of the text's language, and what several words say in any other: short texts may be taken for another's."""
    own, every = knows.of(language, "left-right", key), knows.all("left-right", key)
    return [word for word in every if not language or word in own or " " in word]
