"""The texts of a photo that a person writes, and ways to look at one."""

import re
from collections.abc import Iterator, Sequence

from captioner.core.checks.knowledge import Knowledge
from captioner.core.fields import FIELDS, Kind, shown
from captioner.core.filters import folded
from captioner.core.photo import Photo

_CODED = {"country_code", "digital_source_type", "data_mining", "job_id"}
WRITTEN = tuple(key for key, row in FIELDS.items() if row.kind is not Kind.DATE and key not in _CODED)
_LONGEST = 6000
_WORDS = re.compile(r"[^\W_]+")
PROSE = ("headline", "caption", "title", "alt_text", "extended_description")


def texts(photo: Photo, keys: Sequence[str] = WRITTEN) -> Iterator[tuple[str, str]]:
    """Each field that holds something, with its text as the form shows it."""
    return ((key, shown(photo.values[key])) for key in keys if photo.values.holds(key))


def language(photo: Photo, text: str, knows: Knowledge) -> str:
    """Of this text, or of the photo's caption where it is too short to tell."""
    return knows.language(text) or knows.language(photo.values.text("caption"))


def plain(text: str) -> str:
    """The words alone, folded: without case, accents, punctuation. Of texts longer than captions are, merely folded."""
    if len(text) > _LONGEST:
        return " ".join(text.casefold().split())
    return " ".join(_WORDS.findall(folded(text)))
