"""What an export takes out of a file."""

from collections.abc import Collection
from pathlib import Path

KEEP = ("all", "captions", "none")
REMOVABLE = ("gps", "serial_numbers", "maker_notes", "thumbnail", "edit_history")


def stripped(data: bytes, keep: str, remove: Collection[str], path: Path) -> bytes:
    return data


def carried(picture: bytes, original: bytes, path: Path) -> bytes:
    return picture
