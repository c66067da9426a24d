"""The texts of a photo that a person writes, and ways to look at one."""

import re
from collections.abc import Iterable, Iterator, Sequence

from captioner.core.checks.knowledge import Knowledge
from captioner.core.fields import FIELDS, Kind, shown
from captioner.core.photo import Photo

_CODED = {"country_code", "digital_source_type", "data_mining", "job_id"}
WRITTEN = tuple(key for key, row in FIELDS.items() if row.kind is not Kind.DATE and key not in _CODED)
_UNDIVIDED = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]")
PROSE = ("headline", "caption", "title", "alt_text", "extended_description")


def texts(photo: Photo, keys: Sequence[str] = WRITTEN) -> Iterator[tuple[str, str]]:
    """Each field that holds something, with its text as the form shows it."""
    return ((key, shown(photo.values[key])) for key in keys if photo.values.holds(key))


def alternation(words: Iterable[str]) -> str:
    """The words as a pattern's alternatives, each by itself where its script divides words; none is what never is."""
    return "|".join(map(_bounded, words)) or "(?!)"


def _bounded(word: str) -> str:
    before, after = ("" if _UNDIVIDED.match(letter) else bound for letter, bound in
                     ((word[0], r"(?<!\w)"), (word[-1], r"(?!\w)")))  # fmt: skip
    return before + re.escape(word).replace("\\ ", r"\s{1,3}") + after


def language(photo: Photo, text: str, knows: Knowledge) -> str:
    """Of this text, or of the photo's caption where it is too short to tell."""
    return knows.language(text) or knows.language(photo.values.text("caption"))
