"""How large the picture in a file is; it loads nothing that reads captions."""

from pathlib import Path

from captioner.storage import files
from captioner.storage.blocks import BlockDamaged
from captioner.storage.file_bytes import Source
from captioner.storage.formats.detection import Kind, kind_of


def stored_size(path: Path) -> tuple[int, int]:
    """Of the picture in a file, before it is turned upright; (0, 0) when it can't be told."""
    try:
        with path.open("rb", buffering=0) as file:
            return pixel_size(files.Lazy(file), path.suffix.lower())
    except OSError:
        return 0, 0


def pixel_size(data: Source, suffix: str = "") -> tuple[int, int]:
    """Width and height as stored; (0, 0) when they can't be told."""
    try:
        kind = kind_of(data, suffix)
    except BlockDamaged:
        return 0, 0
    return size_of(kind, data) if kind else (0, 0)


def size_of(kind: Kind, data: Source) -> tuple[int, int]:
    """The same, of a file whose format is known."""
    try:
        return kind.size(data)
    except BlockDamaged:
        return 0, 0
