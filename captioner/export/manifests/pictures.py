"""What pages and programs want to know of the exported pictures."""

import os
from pathlib import Path, PurePosixPath
from urllib.parse import quote_from_bytes

from captioner.export.exported import ExportedFile
from captioner.export.pictures.quiet import quiet

MEDIA_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".jpe": "image/jpeg", ".jfif": "image/jpeg",
               ".png": "image/png", ".tif": "image/tiff", ".tiff": "image/tiff", ".webp": "image/webp"}  # fmt: skip
_ORIENTATION = 0x0112
_ON_THEIR_SIDE = (5, 6, 7, 8)


def url(name: str) -> str:
    """Relative, with everything encoded that a URL could take for its own."""
    return quote_from_bytes(os.fsencode(name))


def media_type(name: str) -> str:
    return MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "")


def upright_size(file: ExportedFile, folder: Path) -> tuple[int, int]:
    """Width and height as the picture is seen, where a program turns it as its EXIF block asks."""
    return (
        (file.height, file.width) if _orientation(folder / file.file) in _ON_THEIR_SIDE else (file.width, file.height)
    )


def _orientation(path: Path) -> int:
    # Pillow takes long to load, and whoever exports without pages does without it.
    from PIL import Image

    try:
        with quiet, Image.open(path) as image:
            return image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, TypeError, SyntaxError, Image.DecompressionBombError):
        return 1
