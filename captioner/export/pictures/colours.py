"""A picture's colours, however they are kept → sRGB with 8 bits."""

import contextlib
import io
import struct
from functools import cache, lru_cache

from PIL import Image, ImageChops, ImageCms

_BY_SPACE = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK"}
"""Pillow's mode by the colour space that a profile is for (ICC.1, 7.2.6: at 16)."""
_FITTING = {("RGB", "RGB"), ("L", "RGB"), ("L", "L"), ("CMYK", "CMYK")}
"""A picture's mode, and that of a profile which can be meant for it."""
_UNUSABLE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)
_INTENT, _FLAGS = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
_UNSEEN = 2
"""Of 255: roundings of a profile that means sRGB."""


def plain(image: Image.Image) -> Image.Image:
    """In a mode that can be resized: RGB, RGBA, L or CMYK."""
    if image.mode == "LAB":
        return ImageCms.profileToProfile(image, ImageCms.createProfile("LAB"), _srgb(), outputMode="RGB") or image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in _BY_SPACE.values():
        return image
    return image.convert("L" if image.mode in ("1", "F") else "RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB, or RGBA where it was. Without a profile, or with one for other colours, a picture is taken for sRGB."""
    if image.mode != "RGBA":
        return _converted(image, profile)
    colours = _converted(image.convert("RGB"), profile)
    colours.putalpha(image.getchannel("A"))
    return colours


def on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


@cache
def srgb() -> bytes:
    """The same whenever it is made, so that the same picture makes the same file (ICC.1, 7.2.8: the date is at 24)."""
    profile = _srgb().tobytes()
    return profile[:24] + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + profile[36:]


def _converted(image: Image.Image, profile: bytes | None) -> Image.Image:
    with contextlib.suppress(*_UNUSABLE):
        transform = _transform(profile, image.mode) if profile else None
        if transform:
            return transform.apply(image.convert(transform.input_mode))
    return image.convert("RGB")


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """None where it would change nothing that can be seen, or is not for such colours."""
    meant = _BY_SPACE.get(profile[16:20])
    if not meant or (mode, meant) not in _FITTING:
        return None
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    transform = ImageCms.buildTransform(source, _srgb(), meant, "RGB", _INTENT, _FLAGS)
    return transform if meant != "RGB" or _changes(transform) else None


def _changes(transform: ImageCms.ImageCmsTransform) -> bool:
    """Profiles that mean sRGB go by many names, so some colours are tried."""
    steps = range(0, 256, 51)
    colours = bytes(value for red in steps for green in steps for blue in steps for value in (red, green, blue))
    tried = Image.frombytes("RGB", (len(colours) // 3, 1), colours)
    extrema = ImageChops.difference(tried, transform.apply(tried)).getextrema()
    return any(most > _UNSEEN for _least, most in extrema)  # pyright: ignore[reportGeneralTypeIssues]


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
