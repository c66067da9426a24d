"""Which photos of a set are shown: a kind, and words to be found in them. The order stays as it is."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from captioner.core.fields import FIELDS, shown
from captioner.core.photo import Photo
from captioner.i18n import N_


class Kind(StrEnum):
    ALL = "all"
    NO_CAPTION = "no-caption"
    NO_CREDIT = "no-credit"
    NO_ALT_TEXT = "no-alt-text"
    UNSAVED = "unsaved"
    MOVED = "moved"
    PROBLEMS = "problems"


LABELS: dict[Kind, str] = {
    Kind.ALL: N_("All photos"),
    Kind.NO_CAPTION: N_("No caption"),
    Kind.NO_CREDIT: N_("No credit"),
    Kind.NO_ALT_TEXT: N_("No alt text"),
    Kind.UNSAVED: N_("Unsaved"),
    Kind.MOVED: N_("Moved"),
    Kind.PROBLEMS: N_("With problems"),
}

_NAME = "name"
"""As a prefix: the file name, as if it were a field."""
_WORD = re.compile(r'(?:(\w+):)?(?:"([^"]*)"?|(\S*))')
_PLAIN = {
    **dict.fromkeys("’‘ʼ", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‐−", "-"),
    "ł": "l", "ø": "o", "đ": "d", "ı": "i",
}  # fmt: skip
"""What normalization leaves apart, though the keyboard at hand has only the one."""
_NOT_PLAIN = re.compile(f"[{''.join(_PLAIN)}]")
_KEPT = 1 << 15


@dataclass(frozen=True, slots=True)
class Filter:
    kind: Kind = Kind.ALL
    text: str = ""
    """Words; quotes keep a phrase together, and `credit:` in front looks in that field alone."""

    def matches(self, photo: Photo, has_problem: bool, is_moved: bool = False) -> bool:
        """A photo that isn't read yet is known by its name alone."""
        if not _is_of(self.kind, photo, has_problem, is_moved):
            return False
        words = _words(self.text)
        return not words or _holds(photo, words)


def folded(text: str) -> str:
    """As a person searches: without case, accents, line breaks and marks of direction, and with plain quotes."""
    if not text.isascii():
        text = _marks().sub("", unicodedata.normalize("NFKD", text)).casefold()
        text = _NOT_PLAIN.sub(lambda match: _PLAIN[match[0]], text)
    return " ".join(text.casefold().split())


@cache
def _marks() -> re.Pattern[str]:
    """Accents, and what is never seen, such as a soft hyphen."""
    every = map(chr, range(0x80, 0x10000))
    marks = [each for each in every if unicodedata.combining(each) or unicodedata.category(each) == "Cf"]
    return re.compile(f"[{''.join(marks)}]+")


def _is_of(kind: Kind, photo: Photo, has_problem: bool, is_moved: bool) -> bool:
    match kind:
        case Kind.ALL:
            return True
        case Kind.NO_CAPTION:
            return photo.is_read and not photo.values["caption"]
        case Kind.NO_CREDIT:
            return photo.is_read and not photo.values["credit"]
        case Kind.NO_ALT_TEXT:
            return photo.is_read and not photo.values["alt_text"]
        case Kind.MOVED:
            return is_moved
        case Kind.UNSAVED:
            return photo.is_read and bool(photo.unsaved)
        case Kind.PROBLEMS:
            return has_problem or bool(photo.trouble or photo.conflicts)


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[tuple[str, str], ...]:
    """Each with the field that it has to be in; "" is any of them."""
    found: list[tuple[str, str]] = []
    for match in _WORD.finditer(folded(text)):
        key, phrase, word = match[1] or "", match[2], match[3]
        if key in FIELDS or key in ("", _NAME):
            found.append((key, " ".join((phrase or word or "").split())))
        else:
            found.append(("", match[0].replace('"', "")))
    return tuple(each for each in found if each[1])


def _holds(photo: Photo, words: tuple[tuple[str, str], ...]) -> bool:
    return all(word in (_folded_field(photo, key) if key else _folded_photo(photo)) for key, word in words)


def _folded_field(photo: Photo, key: str) -> str:
    return _folded_once(photo.path.name if key == _NAME else shown(photo.values[key]))


_folded_once = lru_cache(maxsize=_KEPT)(folded)
_folded_photos: dict[int, tuple[Photo, str]] = {}


def _folded_photo(photo: Photo) -> str:
    """The name and all values, once for as long as the photo is this one; to hash it takes longer than a search."""
    known = _folded_photos.get(id(photo))
    if known and known[0] is photo:
        return known[1]
    if len(_folded_photos) >= _KEPT:
        _folded_photos.clear()
    texts = (photo.path.name, *(shown(photo.values[key]) for key in photo.values))
    _folded_photos[id(photo)] = photo, "\n".join(map(folded, texts))
    return _folded_photos[id(photo)][1]
