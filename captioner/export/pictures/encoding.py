"""A finished picture → the octets of a file, no more than are allowed."""

import io
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cache
from threading import Lock

from PIL import Image, ImageFile

from captioner.export.pictures import colours
from captioner.export.recipes import Rendition

LONGEST = {"jpeg": 65_500, "webp": 16_383}
"""Pixels of a side that a format, or its library, has room for."""
FLOOR = 40
"""Of quality: below it a smaller picture looks better."""
_FULL_COLOUR = 90
"""The quality from which colours are kept at full resolution."""
_GROWING = Lock()


def _jpeg(asked: Rendition, quality: int) -> Mapping[str, int]:
    return {"optimize": True, "progressive": asked.progressive, "subsampling": 0 if quality >= _FULL_COLOUR else 2}


def _webp(_asked: Rendition, _quality: int) -> Mapping[str, int]:
    # Methods above take longer, up to three times, for 2 % of the octets.
    return {"method": 2}


_OPTIONS: Mapping[str, Callable[[Rendition, int], Mapping[str, int]]] = {"jpeg": _jpeg, "webp": _webp}


def encoded(image: Image.Image, asked: Rendition, quality: int, exif: bytes) -> bytes:
    if quality >= _FULL_COLOUR:
        _make_room(image)
    options = _OPTIONS[asked.format](asked, quality)
    out = io.BytesIO()
    image.save(out, asked.format, quality=quality, icc_profile=colours.srgb(), exif=exif, **options)
    return out.getvalue()


def best(encode: Callable[[int], bytes], quality: int, limit: int) -> bytes:
    """Of the highest quality that fits; where none down to the floor does, of the floor's."""
    encode, floor = cache(encode), min(FLOOR, quality)
    if len(encode(quality)) <= limit:
        return encode(quality)
    if len(encode(floor)) > limit:
        return encode(floor)
    fitting = bisect_right(range(floor, quality), limit, key=lambda each: len(encode(each)))
    return encode(floor + fitting - 1)


def _make_room(image: Image.Image) -> None:
    """Pillow writes a progressive JPEG into one piece of an octet for each pixel, and grain may take more."""
    with _GROWING:
        ImageFile.MAXBLOCK = max(ImageFile.MAXBLOCK, 4 * image.width * image.height)
