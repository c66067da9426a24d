"""A new JPEG or WebP of a photo, made by Pillow: upright, in sRGB, with a fresh EXIF block; captions come after."""

import contextlib
import io
import math
import struct
import sys
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageFilter, UnidentifiedImageError

from captioner.errors import CaptionerError
from captioner.export.pictures import adobe_rgb, colours, encoding, fresh_exif
from captioner.export.pictures.quiet import quiet
from captioner.export.recipes import Rendition
from captioner.i18n import N_, _

LARGEST = 300_000_000
"""Pixels; the largest camera backs have half of that."""

# Pillow refuses twice what it warns of; a photo of 100 megapixels is no attack.
Image.MAX_IMAGE_PIXELS = LARGEST

_DAMAGE = (OSError, ValueError, TypeError, KeyError, IndexError, SyntaxError, EOFError, MemoryError, ArithmeticError,
           ImageCms.PyCMSError, struct.error, zlib.error, Image.DecompressionBombError)  # fmt: skip
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_SMALLEST = 16
"""Pixels of the longer side, below which a picture shows nothing."""
_SHARPEST = 0.7
"""Of what a blur takes away, as much is added at most."""
_BLUR, _CENTRE = (1, 2, 1, 2, 4, 2, 1, 2, 1), 4
"""Sixteenths of a pixel and its neighbours: so narrow that no halo is seen."""
_BOXES = b"ftyp"
"""Begins HEIC, AVIF and their kin (ISO/IEC 14496-12, 4.3), behind four octets."""
_DAMAGED = N_("{name} is damaged, so no picture can be made of it; get the photo again from its sender.")
_UNREAD = N_("{name} is of a kind that can't be read here, so no picture can be made of it; install pillow-heif, or "
             "export a JPEG of it.")  # fmt: skip


@dataclass(frozen=True)
class _Drawn:
    """The picture as it is wanted, not sharpened yet."""

    image: Image.Image
    original_edge: int
    tags: fresh_exif.Tags


def rendition(data: bytes, asked: Rendition, path: Path, reserve: int = 0) -> bytes:
    """`path` is what errors name, `reserve` the octets within the limit that captions will take."""
    limit = asked.max_kb * 1000 - reserve if asked.max_kb else sys.maxsize
    with _named(path, data), quiet:
        made = _within(_drawn(data, asked), asked, limit)
    if len(made) > limit:
        raise CaptionerError(
            _("{name} can't be made as small as {limit} kB with all that it says; allow more in the recipe.").format(
                name=path.name, limit=asked.max_kb), path)  # fmt: skip
    return made


def _drawn(data: bytes, asked: Rendition) -> _Drawn:
    with _opened(data) as image:
        if image.width * image.height > LARGEST:
            raise Image.DecompressionBombError
        tags, profile, edge = fresh_exif.kept(image), _profile(image), max(image.size)
        turn = _UPRIGHT.get(fresh_exif.orientation(image))
        size = _size(image.size, min(asked.long_edge or edge, encoding.LONGEST[asked.format]))
        # A JPEG is decoded at a half, a quarter or an eighth where that is still no smaller than what is wanted.
        image.draft(None, size)
        image.load()
        small = _resized(colours.plain(image), size)
    upright = small.transpose(turn) if turn is not None else small
    final = colours.in_srgb(upright, profile)
    # Pillow copies comments and XMP of the original from here.
    final.info = {}
    return _Drawn(final if asked.format == "webp" else colours.on_white(final), edge, tags)


def _profile(image: Image.Image) -> bytes | None:
    return image.info.get("icc_profile") or (adobe_rgb.profile() if fresh_exif.is_adobe_rgb(image) else None)


def _within(drawn: _Drawn, asked: Rendition, limit: int) -> bytes:
    """As large as was asked, or less where its octets are too many; the smallest where nothing fits."""
    edge = max(drawn.image.size)
    while len(made := _made(drawn, asked, edge, limit)) > limit and edge > _SMALLEST:
        edge = max(_SMALLEST, int(edge * min(0.95, math.sqrt(max(limit, 0) / len(made)))))
    return made


def _made(drawn: _Drawn, asked: Rendition, edge: int, limit: int) -> bytes:
    sized = _resized(drawn.image, _size(drawn.image.size, edge))
    image = _sharpened(sized, drawn.original_edge / edge) if asked.sharpen else sized
    exif = fresh_exif.dumped(drawn.tags, image.size)
    return encoding.best(lambda quality: encoding.encoded(image, asked, quality, exif), asked.quality, limit)


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _sharpened(image: Image.Image, reduction: float) -> Image.Image:
    """An unsharp mask: more where more was taken away, up to a quarter of the size."""
    amount = _SHARPEST * min(1.0, math.log2(max(1.0, reduction)) / 2)
    if not amount:
        return image
    mask = [(each == _CENTRE) * 16 * (1 + amount) - weight * amount for each, weight in enumerate(_BLUR)]
    sharp = image.filter(ImageFilter.Kernel((3, 3), mask, scale=16))
    if image.mode == "RGBA":
        sharp.putalpha(image.getchannel("A"))
    return sharp


def _size(size: tuple[int, int], long_edge: int) -> tuple[int, int]:
    """Never more than there is."""
    ratio = min(1.0, long_edge / max(size))
    return max(1, round(size[0] * ratio)), max(1, round(size[1] * ratio))


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data))
    except UnidentifiedImageError:
        with contextlib.suppress(ImportError):
            import pillow_heif  # type: ignore[import-not-found]

            pillow_heif.register_heif_opener()
        return Image.open(io.BytesIO(data))


@contextlib.contextmanager
def _named(path: Path, data: bytes) -> Generator[None, None, None]:
    """Trouble with the photo becomes a sentence about it."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise CaptionerError(
            _("{name} has more than {limit} megapixels, too many to make a smaller picture of; export it with a recipe "
              "that takes the originals.").format(name=path.name, limit=LARGEST // 1_000_000),
            path) from error  # fmt: skip
    except _DAMAGE as error:
        is_foreign = isinstance(error, UnidentifiedImageError) and data[4:8] == _BOXES
        told = _UNREAD if is_foreign else _DAMAGED
        raise CaptionerError(_(told).format(name=path.name), path) from error
