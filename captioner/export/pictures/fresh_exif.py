"""The EXIF block of a rendition, made anew by piexif: what the original's says and what is still true."""

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import piexif
from piexif import TYPES, ExifIFD, ImageIFD
from PIL import Image

Tags = dict[str, dict[int, Any]]
"""By piexif's name of the directory and the tag's number, as `piexif.dump` takes them."""

ORIENTATION = ImageIFD.Orientation
_ROOM = 32_000
"""Octets: half of what a JPEG's segment holds, for captions come in too."""
_DAMAGE = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, SyntaxError, EOFError, MemoryError,
           OverflowError, ArithmeticError, struct.error)  # fmt: skip

_FIRST = {
    ImageIFD.Make, ImageIFD.Model, ImageIFD.DateTime, ImageIFD.XResolution, ImageIFD.YResolution,
    ImageIFD.ResolutionUnit, ImageIFD.CameraSerialNumber,
}  # fmt: skip
"""TIFF's own directory tells how the original was kept, by which program, and captions, which are written later."""
_UNTRUE = {
    ExifIFD.PixelXDimension, ExifIFD.PixelYDimension, ExifIFD.ColorSpace, ExifIFD.Gamma, ExifIFD.CompressedBitsPerPixel,
    ExifIFD.ComponentsConfiguration, ExifIFD.SubjectArea, ExifIFD.SubjectLocation, ExifIFD.FocalPlaneXResolution,
    ExifIFD.FocalPlaneYResolution, ExifIFD.FocalPlaneResolutionUnit, ExifIFD.SpatialFrequencyResponse,
}  # fmt: skip
"""Of another number of pixels, or of other colours."""
_LEFT = {ExifIFD.MakerNote, ExifIFD.UserComment, ExifIFD.InteroperabilityTag, ExifIFD.RelatedSoundFile}
_KEPT = {"0th": _FIRST, "Exif": set(piexif.TAGS["Exif"]) - _UNTRUE - _LEFT, "GPS": set(piexif.TAGS["GPS"])}
_POINTERS = {"Interop": 0xA005, "Exif": ImageIFD.ExifTag, "GPS": ImageIFD.GPSTag}


def _text(value: Any) -> bytes:
    """Pillow reads each octet as a character. Cameras fill up with blanks what they have no word for."""
    octets = _octets(value).rstrip(b"\0")
    return octets if octets.strip() else b""


def _ratios(value: Any) -> Any:
    return tuple(map(_ratios, value)) if isinstance(value, tuple) else (value.numerator, value.denominator)


def _numbers(value: Any) -> Any:
    return tuple(value) if isinstance(value, bytes) else value


def _octets(value: Any) -> bytes:
    return value.encode("latin-1") if isinstance(value, str) else value if isinstance(value, bytes) else b""


_AS: Mapping[int, Callable[[Any], Any]] = {
    TYPES.Ascii: _text, TYPES.Rational: _ratios, TYPES.SRational: _ratios, TYPES.Undefined: _octets,
}  # fmt: skip
"""A value as piexif wants it, by the type that the standard gives the tag, whatever the file has it in."""


def kept(image: Image.Image) -> Tags:
    """What goes over; a tag that is damaged, or has no room, stays behind alone."""
    found = sorted(_sized(image), key=lambda each: each[0])
    tags: Tags = {"0th": {}, "Exif": {}, "GPS": {}}
    left = _ROOM
    for size, directory, tag, value in found:
        left -= size
        if left >= 0:
            tags[directory][tag] = value
    return tags


_ALWAYS = {ImageIFD.XResolution: (72, 1), ImageIFD.YResolution: (72, 1), ImageIFD.ResolutionUnit: 2}
_CENTRED = 1
_SIZES = {TYPES.Byte: 1, TYPES.Ascii: 1, TYPES.Short: 2, TYPES.Long: 4, TYPES.Rational: 8, TYPES.Undefined: 1,
          TYPES.SLong: 4, TYPES.SRational: 8}  # fmt: skip
"""Octets of one value."""
_START, _HEAD = 8, 6
"""Of the first directory in a TIFF block, and of the TIFF block in an EXIF one."""


def dumped(tags: Tags, size: tuple[int, int]) -> bytes:
    """EXIF 2.32, 4.6.5 and 4.6.6, for an upright sRGB picture of this size."""
    pixels = {ExifIFD.ExifVersion: b"0232", ExifIFD.FlashpixVersion: b"0100", ExifIFD.ColorSpace: 1,
              ExifIFD.ComponentsConfiguration: b"\1\2\3\0", ExifIFD.PixelXDimension: size[0],
              ExifIFD.PixelYDimension: size[1]}  # fmt: skip
    first = {**_ALWAYS, **tags["0th"], ORIENTATION: 1, ImageIFD.YCbCrPositioning: _CENTRED}
    return _linked(piexif.dump({**tags, "0th": first, "Exif": {**tags["Exif"], **pixels}}))


def _linked(exif: bytes) -> bytes:
    """Behind each directory, TIFF 6.0 (section 2) has the place of the next; piexif leaves it out but once."""
    tiff = bytearray(exif[_HEAD:])
    for start in sorted(_below(tiff), reverse=True):
        end = _end(tiff, start)
        for at in _pointers(tiff):
            (place,) = struct.unpack_from(">I", tiff, at)
            struct.pack_into(">I", tiff, at, place + 4 * (place >= end))
        tiff[end:end] = bytes(4)
    return exif[:_HEAD] + tiff


def _below(tiff: bytearray) -> list[int]:
    return [struct.unpack_from(">I", tiff, at + 8)[0] for at in range(_START + 2, _end(tiff, _START), 12)
            if struct.unpack_from(">H", tiff, at)[0] in _POINTERS.values()]  # fmt: skip


def _pointers(tiff: bytearray) -> list[int]:
    """Where it says where something is."""
    entries = [at for start in (_START, *_below(tiff)) for at in range(start + 2, _end(tiff, start), 12)]
    return [at + 8 for at in entries if _points(*struct.unpack_from(">HHI", tiff, at))]


def _points(tag: int, kind: int, count: int) -> bool:
    return tag in _POINTERS.values() or _SIZES[kind] * count > 4


def _end(tiff: bytearray, start: int) -> int:
    return start + 2 + 12 * struct.unpack_from(">H", tiff, start)[0]


def orientation(image: Image.Image) -> int:
    return dict(_directory(image, "0th")).get(ORIENTATION, 1)


def is_adobe_rgb(image: Image.Image) -> bool:
    """As DCF's optional colour space tells, for want of a profile."""
    return "R03" in str(dict(_directory(image, "Interop")).get(1, ""))


def _sized(image: Image.Image) -> Iterator[tuple[int, str, int, Any]]:
    """With the octets that each takes."""
    for name, wanted in _KEPT.items():
        for tag, value in _directory(image, name):
            if tag in wanted and (size := _size(name, tag, as_dumped := _as_dumped(name, tag, value))):
                yield size, name, tag, as_dumped


def _directory(image: Image.Image, name: str) -> Iterator[tuple[int, Any]]:
    try:
        exif = image.getexif()
        held: Mapping[Any, Any] = exif.get_ifd(_POINTERS[name]) if name in _POINTERS else exif
        yield from held.items()
    except _DAMAGE:
        return


def _as_dumped(directory: str, tag: int, value: Any) -> Any:
    try:
        return _AS.get(int(piexif.TAGS[directory][tag]["type"]), _numbers)(value)
    except _DAMAGE:
        return b""


def _size(directory: str, tag: int, value: Any) -> int:
    """0 for what says nothing or can't be dumped."""
    try:
        return len(piexif.dump({directory: {tag: value}})) if value or value == 0 else 0
    except _DAMAGE:
        return 0
