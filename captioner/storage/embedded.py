"""Pictures as other libraries find them in a photo's file: the small one in EXIF, those of raw files, HEIC and AVIF."""

import contextlib
import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_QUALITY = 85
_SMALL = 4096
"""Pixels of a side that a thumbnail has at most, whoever made it."""
_OFFSET, _LENGTH, _ORIENTATION = 0x201, 0x202, 0x112
_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, EOFError, struct.error)
"""What Pillow says of a picture that isn't one; UnidentifiedImageError is an OSError."""
_TURNED = {3: 180, 5: 90, 6: 270}
"""LibRaw's flip: degrees against the clock."""


def thumbnail(path: Path) -> tuple[bytes, int] | None:
    """The EXIF thumbnail as JPEG, with the orientation that it is to be shown in (EXIF 2.32, 4.6.4); None for none.

    One of another shape than the photo is none: cameras fill it up with black.
    """
    from PIL import ExifTags
    from PIL.JpegImagePlugin import JpegImageFile

    from captioner.storage.picture_size import pixel_size  # what the cache holds is shown faster without

    with contextlib.suppress(*_DAMAGED), path.open("rb") as file, JpegImageFile(file) as image:
        exif = image.getexif()
        small = exif.get_ifd(ExifTags.IFD.IFD1)
        start = int(small[_OFFSET]) + len(b"Exif\0\0")
        data = bytes(image.info["exif"][start : start + int(small[_LENGTH])])
        if data.startswith(b"\xff\xd8") and _same_shape(image.size, pixel_size(data)):
            return data, int(exif.get(_ORIENTATION, 1))
    return None


def _same_shape(large: tuple[int, int], small: tuple[int, int]) -> bool:
    return all((*large, *small)) and abs(large[0] * small[1] / (large[1] * small[0]) - 1) < 0.02


def opened(path: Path, edge: int) -> tuple[tuple[int, int], bytes, bytes] | None:
    """What Pillow makes of a file, upright and no larger than `edge`: size, RGB octets, ICC profile.

    HEIC wants pillow-heif, raw files rawpy, whose embedded preview is taken; None without them.
    """
    from PIL import ImageOps

    with contextlib.suppress(*_DAMAGED):
        data = path.read_bytes()  # LibRaw would hold Python's lock while a drive is slow
        image = _raw_preview(data) or _opened(data)
        image.draft("RGB", (edge, edge))
        profile = bytes(image.info.get("icc_profile") or b"")
        image.thumbnail((edge, edge))
        upright = ImageOps.exif_transpose(image).convert("RGB")
        return upright.size, upright.tobytes(), profile
    return None


def from_jpeg(data: bytes) -> tuple[tuple[int, int], bytes] | None:
    """Size and RGB octets of a small JPEG; None for none, and for one that says it is large."""
    from PIL.JpegImagePlugin import JpegImageFile  # `Image.open` loads all formats first, as long as a window waits

    with contextlib.suppress(*_DAMAGED), JpegImageFile(io.BytesIO(data)) as image:
        if max(image.size) <= _SMALL:
            plain = image.convert("RGB")
            return plain.size, plain.tobytes()
    return None


def to_jpeg(size: tuple[int, int], pixels: bytes, stride: int) -> bytes:
    """From RGB octets, `stride` of them a line."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.frombuffer("RGB", size, pixels, "raw", "RGB", stride, 1).save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def _opened(data: bytes) -> "Image.Image":
    from PIL import Image

    with contextlib.suppress(ImportError):
        import pillow_heif  # type: ignore[import-not-found]

        pillow_heif.register_heif_opener()
    return Image.open(io.BytesIO(data))


def _raw_preview(data: bytes) -> "Image.Image | None":
    """The camera's own JPEG."""
    try:
        import rawpy  # type: ignore[import-not-found]
    except ImportError:
        return None
    from PIL import Image

    with contextlib.suppress(rawpy.LibRawError), rawpy.imread(io.BytesIO(data)) as raw:
        found = raw.extract_thumb()
        preview = found.data
        image = Image.open(io.BytesIO(preview)) if isinstance(preview, bytes) else Image.fromarray(preview)
        return image if _ORIENTATION in image.getexif() else image.rotate(_TURNED.get(raw.sizes.flip, 0), expand=True)
    return None
