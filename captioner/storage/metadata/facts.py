"""What a file says of its picture beside the fields: that it holds a position, is mirrored, was cropped."""

import re
from collections.abc import Callable

from captioner.core.photo import CROPPED, GPS, MIRRORED
from captioner.storage.blocks import exif
from captioner.storage.formats import Blocks
from captioner.storage.metadata.reading import Held

_MIRRORED = {2, 4, 5, 7}
"""Orientations (Exif 2.32, 4.6.4)."""
_HAS_CROP = re.compile(rb":HasCrop(?:>|\s{0,9}=\s{0,9}[\"'])(?i:true)")
_CROP = re.compile(r"\bcrop", re.IGNORECASE)
_NAME_OF_CROP = b":HasCrop"
_SAME_SHAPE = 0.02
Size = tuple[int, int]


def facts(blocks: Blocks, held: Held, size: Callable[[], Size], sidecar: bytes | None) -> frozenset[str]:
    """`size` is asked only where EXIF tells what the camera made."""
    numbers, told = exif.numbers(blocks.exif), {**held.sidecar, **held.xmp} if held.sidecar else held.xmp
    orientation = numbers.get("Orientation") or _number(told.get("tiff:Orientation", ()))
    made = numbers.get("PixelXDimension", 0), numbers.get("PixelYDimension", 0)
    is_cropped = (
        any(_HAS_CROP.search(packet) for packet in (blocks.xmp, sidecar) if packet and _NAME_OF_CROP in packet)
        or any(_CROP.search(text) for text in told.get("photoshop:History", ()))
        or (all(made) and _is_cut(made, size()))
    )
    found = {
        GPS: "GPSLatitude" in numbers or "exif:GPSLatitude" in told,
        MIRRORED: orientation in _MIRRORED,
        CROPPED: is_cropped,
    }
    return frozenset(fact for fact, holds in found.items() if holds)


def _is_cut(made: Size, now: Size) -> bool:
    """Smaller, and of another shape: a picture that was merely made smaller keeps its shape, also when turned."""
    before, after = max(made) / min(made), max(now) / max(min(now), 1)
    is_smaller = 0 < max(now) <= max(made) and min(now) <= min(made) and now != made
    return is_smaller and abs(after / before - 1) > _SAME_SHAPE


def _number(texts: tuple[str, ...]) -> int:
    return int(texts[0]) if texts and texts[0].isdecimal() and len(texts[0]) < 3 else 0
