"""A new JPEG of a photo, made by Pillow: upright, in sRGB, with a fresh EXIF block; captions come after."""

import io
import struct
import warnings
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import piexif
from PIL import Image, ImageCms

from captioner.errors import CaptionerError
from captioner.export.recipes import Rendition
from captioner.i18n import _

LARGEST = 300_000_000
"""Pixels; the largest camera backs have half of that."""

# Pillow refuses twice what it warns of; a photo of 100 megapixels is no attack.
Image.MAX_IMAGE_PIXELS = LARGEST

_DAMAGE = (OSError, ValueError, TypeError, KeyError, IndexError, SyntaxError, EOFError, MemoryError,
           struct.error, zlib.error, Image.DecompressionBombError)  # fmt: skip
_ORIENTATION, _MAKE, _MODEL, _EXIF_IFD = 0x0112, 0x010F, 0x0110, 0x8769
_CAMERA = (_MAKE, _MODEL)
_TAKEN = (0x9003, 0x9011, 0x9291)
"""DateTimeOriginal, OffsetTimeOriginal, SubSecTimeOriginal"""
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


def rendition(data: bytes, asked: Rendition, path: Path) -> bytes:
    """`path` is what errors name."""
    try:
        # What Pillow says to stderr of damaged tags helps nobody.
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > LARGEST:
                raise Image.DecompressionBombError
            return _jpeg(image, asked)
    except Image.DecompressionBombError as error:
        raise CaptionerError(
            _("{name} has more than {limit} megapixels, too many to make a smaller picture of; export it with a recipe "
              "that takes the originals.").format(name=path.name, limit=LARGEST // 1_000_000),
            path) from error  # fmt: skip
    except _DAMAGE as error:
        raise CaptionerError(
            _("{name} is damaged, so no picture can be made of it; get the photo again from its sender.").format(
                name=path.name), path) from error  # fmt: skip


def _jpeg(image: Image.Image, asked: Rendition) -> bytes:
    exif = _exif_of(image)
    profile = image.info.get("icc_profile")
    size = _size(image.size, asked.long_edge or max(image.size))
    # A JPEG is decoded at a half, a quarter or an eighth where that is still no smaller than what is wanted.
    image.draft(None, size)
    small = _plain(image).resize(size, Image.Resampling.LANCZOS)
    turn = _UPRIGHT.get(_number(exif.get(_ORIENTATION)))
    upright = small.transpose(turn) if turn is not None else small
    final = _in_srgb(upright, profile)
    # Pillow copies comments and XMP of the original from here.
    final.info = {}
    out = io.BytesIO()
    final.save(out, "JPEG", quality=asked.quality, progressive=True, optimize=True,
               icc_profile=_undated(_srgb().tobytes()), exif=_fresh_exif(exif, final.size))  # fmt: skip
    return out.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """In a mode that can be resized and has a place in a JPEG: 8 bits, no palette, white behind what is transparent."""
    if image.mode in ("RGB", "L", "CMYK"):
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "LAB":
        return ImageCms.profileToProfile(image, ImageCms.createProfile("LAB"), _srgb(), outputMode="RGB") or image
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("L" if image.mode in ("1", "F") else "RGB")


def _size(size: tuple[int, int], long_edge: int) -> tuple[int, int]:
    """Never more than there is."""
    ratio = min(1.0, long_edge / max(size))
    return max(1, round(size[0] * ratio)), max(1, round(size[1] * ratio))


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A picture without a profile, or with one that is not for its kind of colours, is taken for sRGB."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if converted := ImageCms.profileToProfile(image, source, _srgb(), outputMode="RGB"):
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _undated(profile: bytes) -> bytes:
    """The same picture makes the same file, whenever it is made (ICC.1, 7.2.8: the date is at 24)."""
    return profile[:24] + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + profile[36:]


def _exif_of(image: Image.Image) -> Mapping[int, object]:
    """The few tags that go over, from a block that may be damaged."""
    try:
        exif = image.getexif()
        return {**exif, **exif.get_ifd(_EXIF_IFD)}
    except _DAMAGE:
        return {}


def _fresh_exif(original: Mapping[int, object], size: tuple[int, int]) -> bytes:
    camera = {tag: text for tag in _CAMERA if (text := _text(original.get(tag)))}
    taken = {tag: text for tag in _TAKEN if (text := _text(original.get(tag)))}
    pixels = {piexif.ExifIFD.PixelXDimension: size[0], piexif.ExifIFD.PixelYDimension: size[1],
              piexif.ExifIFD.ColorSpace: 1}  # fmt: skip
    return piexif.dump({"0th": {**camera, _ORIENTATION: 1}, "Exif": {**taken, **pixels}})


def _text(value: object) -> bytes:
    return value.split("\0")[0].strip().encode("utf-8", "replace") if isinstance(value, str) else b""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 1
