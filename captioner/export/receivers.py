"""What a receiver will read of an exported file: title, caption and credit as each of them shows them.

Each reader follows the receiver's own code, faults included; what is read are the bytes that an export writes.
"""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath

from captioner.core.caption import Values
from captioner.core.fields import FIELDS, SEPARATOR
from captioner.core.policy import Policy
from captioner.export.build import finished, in_force
from captioner.export.plan import Planned
from captioner.export.recipes import ORIGINAL, Recipe, Rendition
from captioner.i18n import N_
from captioner.storage.sentences import named
from captioner.storage.stripping import carried
from captioner.storage.tags import Tags, read_tags

_HEADLINE, _TITLE, _CAPTION, _CREDIT, _BYLINE = 105, 5, 120, 110, 80
_LIMITS = {row.iim[0]: row.octets for row in FIELDS.values() if row.iim}
_TRIMMED = " \t\n\r\0\v"
"""What PHP's trim takes away."""
_SHORT = 80
"""Octets: a shorter caption is WordPress's title, where there is none."""
_NUMERIC = re.compile(r"\W*\d+(?:e\d+)?\W*", re.IGNORECASE)


class Match(StrEnum):
    """How what is read compares with what the desk wrote."""

    SAME = "same"
    CUT = "cut"
    EMPTY = "empty"
    CREATOR = "creator"
    """The creator's name where the credit is asked for."""
    OTHER = "other"
    NO_PLACE = "no place"


@dataclass(frozen=True)
class Shown:
    title: str | None = ""
    """None where the receiver has no place for one."""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Reading:
    """What one receiver reads of one file, beside what the desk wrote."""

    receiver: str
    shown: Shown
    wrote: Shown
    creators: tuple[str, ...] = ()

    def match(self, part: str) -> Match:
        """`part` is title, caption or credit."""
        if getattr(self.shown, part) is None:
            return Match.NO_PLACE
        read, wrote = (_plain(getattr(each, part)) for each in (self.shown, self.wrote))
        if read == wrote:
            return Match.SAME
        if not read:
            return Match.EMPTY
        if part == "credit" and read in (", ".join(self.creators), SEPARATOR.join(self.creators)):
            return Match.CREATOR
        return Match.CUT if wrote.startswith(read) else Match.OTHER

    def lost(self, part: str) -> int:
        """Characters that were cut from the end."""
        return len(_plain(getattr(self.wrote, part))) - len(_plain(getattr(self.shown, part)))


def wordpress(tags: Tags, name: str) -> Shown:
    """`wp_read_image_metadata` and `media_handle_upload`: IIM of JPEG alone, EXIF where that leaves something empty.

    HTML that WordPress then takes out of the texts is left in.
    """
    iim = tags.iim if tags.format == "JPEG" else {}
    exif = _exif(tags) if tags.format in ("JPEG", "TIFF") else {}
    title, caption, credit = (_php(iim, *each) for each in ((_HEADLINE, _TITLE), (_CAPTION,), (_CREDIT, _BYLINE)))
    title = title or _if_short(caption)
    described = exif.get("ImageDescription", "")
    if _is_filled(described):
        title = title or _if_short(described)
        caption = caption or _first(exif, "UserComment") or _first(exif, "ImageDescription")
    shown = Shown(title, caption or _first(exif, "XPComment"), credit or _first(exif, "Artist", "XPAuthor"))
    is_title = shown.title and not _NUMERIC.fullmatch(shown.title)
    return shown if is_title else replace(shown, title=PurePosixPath(name).stem)


def superdesk(tags: Tags, _name: str) -> Shown:
    """The feed parser `image_iptc`: it knows JPEG alone, and of the credit the by-line alone.

    Whoever uploads by hand gets the credit line too.
    """
    iim = tags.iim if tags.format == "JPEG" else {}
    return Shown(*(", ".join(map(_decoded, iim.get(number, ()))) for number in (_HEADLINE, _CAPTION, _BYLINE)))


def exif_only(tags: Tags, _name: str) -> Shown:
    exif = _exif(tags)
    return Shown(None, exif.get("ImageDescription", ""), exif.get("Artist", ""))


def iim_strict(tags: Tags, _name: str) -> Shown:
    """Every dataset ends at its limit, wherever that falls (IIM 4.2)."""
    title, caption, credit = (_cut(tags.iim_texts, *each)
                              for each in ((_HEADLINE, _TITLE), (_CAPTION,), (_CREDIT, _BYLINE)))  # fmt: skip
    return Shown(title, caption, credit)


RECEIVERS: Mapping[str, Callable[[Tags, str], Shown]] = {
    N_("WordPress"): wordpress,
    N_("Superdesk, ingested"): superdesk,
    N_("A reader of EXIF alone"): exif_only,
    N_("A reader strict about IPTC-IIM"): iim_strict,
}
NOTES: Mapping[str, str] = {
    "WordPress": N_("IPTC-IIM of a JPEG, then EXIF"),
    "Superdesk, ingested": N_("IPTC-IIM of a JPEG; the by-line for the credit"),
    "A reader of EXIF alone": N_("ImageDescription and Artist"),
    "A reader strict about IPTC-IIM": N_("each text cut at its limit"),
}
"""What each of them goes by."""


def readings(photo: Planned, recipe: Recipe, policy: Policy) -> tuple[Reading, ...]:
    """Of the photo's first file; raises CaptionerError where its original can't be read."""
    tags, name = read_tags(_exported(photo, recipe, policy), Path(photo.file)), PurePosixPath(photo.file).name
    wrote, creators = _wrote(photo.values), photo.values.texts("creator")
    return tuple(Reading(receiver, read(tags, name), wrote, creators) for receiver, read in RECEIVERS.items())


def _exported(photo: Planned, recipe: Recipe, policy: Policy) -> bytes:
    """As `build` does it, but that a new picture is as small as can be: its blocks are the same."""
    with named(photo.source):
        original, rendition = photo.source.read_bytes(), recipe.renditions[0]
    picture = original if rendition.format == ORIGINAL else carried(_carrier(rendition), original, photo.source)
    return finished(picture, photo, recipe, in_force(policy, recipe))


@cache
def _carrier(rendition: Rendition) -> bytes:
    # Pillow takes long to load, and whoever exports originals does without it.
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, rendition.format)
    return out.getvalue()


def _wrote(values: Values) -> Shown:
    return Shown(values.text("headline"), values.text("caption"), values.text("credit"))


def _php(iim: Mapping[int, tuple[bytes, ...]], *numbers: int) -> str:
    """The first dataset that PHP's `empty` doesn't call so, trimmed."""
    texts = (_decoded(iim.get(number, (b"",))[0]) for number in numbers)
    return next((text.strip(_TRIMMED) for text in texts if _is_filled(text)), "")


def _exif(tags: Tags) -> Mapping[str, str]:
    """Most programs read on to the first NUL."""
    return {name: text.split("\0")[0] for name, text in tags.exif.items()}


def _first(exif: Mapping[str, str], *names: str) -> str:
    return next((exif[name].strip(_TRIMMED) for name in names if _is_filled(exif.get(name, ""))), "")


def _if_short(text: str) -> str:
    return text.strip(_TRIMMED) if len(text.encode()) < _SHORT else ""


def _is_filled(text: str) -> bool:
    return text not in ("", "0")


def _cut(iim: Mapping[int, tuple[str, ...]], *numbers: int) -> str:
    found = next((number for number in numbers if any(iim.get(number, ()))), numbers[0])
    return ", ".join(text.encode()[: _LIMITS[found]].decode(errors="ignore") for text in iim.get(found, ()))


def _decoded(octets: bytes) -> str:
    """UTF-8 where it is, whatever the file declares; else Latin-1."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _plain(text: str) -> str:
    return " ".join(text.split())
