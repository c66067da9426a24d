"""Left and right in the text of a picture that was mirrored or cropped: who stood there may stand elsewhere now."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.phrases import Found, Phrase, Phrases
from captioner.core.checks.texts import PROSE, language, texts
from captioner.core.photo import CROPPED, MIRRORED, Photo
from captioner.i18n import N_, _

_TOLD = {
    MIRRORED: N_("{name} is mirrored, and its text says “{found}”; look whether that is still the side."),
    CROPPED: N_("{name} was cropped, and its text says “{found}”; look whether that still holds."),
}
_OPENING, _CLOSING = ("(", "（"), (")", "）", ",", ":", ";")


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        fact = next((each for each in _TOLD if each in photo.facts), "")
        for key, text in texts(photo, PROSE) if fact else ():
            for start, end in _sides(text, language(photo, text, knows), knows):
                message = _(_TOLD[fact]).format(name=photo.path.name, found=text[start:end])
                yield Finding(photo.path, "left-right", Severity.WARNING, key, message, start, end)


def _sides(text: str, language: str, knows: Knowledge) -> Iterator[tuple[int, int]]:
    """`words` are sides wherever they stand. `beside` mean other things too, and are sides after one of `before`, or
    set off by brackets and commas: `(left)`, `, right,`."""
    for each in _phrases(language, knows).find(text):
        if each.kind != "beside" or _is_set_off(text, each) or _is_led(text[: each.start], language, knows):
            yield each.start, each.end


def _is_set_off(text: str, found: Found) -> bool:
    before, after = text[max(0, found.start - 2) : found.start], text[found.end : found.end + 1]
    return (before[-1:] in _OPENING and after in _CLOSING) or (before == ", " and (not after or after in ",;:.)"))


def _is_led(before: str, language: str, knows: Knowledge) -> bool:
    words = before[-40:].casefold().split()[-3:]
    led = _before(language, knows)
    return before[-1:].isspace() and any(" ".join(words[-count:]) in led for count in (1, 2, 3))


@lru_cache(maxsize=64)
def _before(language: str, knows: Knowledge) -> frozenset[str]:
    return frozenset(word.casefold() for word in _words(language, "before", knows))


@lru_cache(maxsize=64)
def _phrases(language: str, knows: Knowledge) -> Phrases:
    kinds = ("words", "beside", "unspaced")
    return Phrases(Phrase(word, kind) for kind in kinds for word in _words(language, kind, knows))


def _words(language: str, key: str, knows: Knowledge) -> list[str]:
    """Of the text's language, and what several words say in any other: short texts may be taken for another's."""
    own, every = knows.of(language, "left-right", key), knows.all("left-right", key)
    return [word for word in every if not language or word in own or " " in word or key == "unspaced"]
