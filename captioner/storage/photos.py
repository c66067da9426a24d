"""Photos on the disk: list, read, save."""

import hashlib
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from natsort import natsort_keygen, ns

from captioner.core.caption import Values
from captioner.core.fields import FIELDS, Value, refuse_control_characters
from captioner.core.photo import Photo, Stamp
from captioner.errors import CaptionerError, UsageError, reason
from captioner.i18n import N_, _
from captioner.storage import files, metadata, proof
from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.formats import format_of, jpeg
from captioner.storage.metadata import Policy, Reading

SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".heic", ".heif", ".avif",
    ".jxl", ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".orf", ".rw2", ".raf", ".pef",
    ".x3f", ".raw",
})  # fmt: skip
_natural = natsort_keygen(alg=ns.PATH | ns.IGNORECASE)


@dataclass(frozen=True)
class Saved:
    """The photo as its file now holds it, and what the person should know about the save."""

    photo: Photo
    notes: tuple[str, ...] = ()


def is_photo(name: str) -> bool:
    """Whether a name is a picture's; hidden files (and our own unfinished copies) are none."""
    return not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES


def list_photos(folder: Path) -> tuple[Path, ...]:
    """The folder's picture files in natural order (2 before 10), not those of folders in it."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if is_photo(entry.name) and entry.is_file()]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no folder {path}; check its name.").format(path=folder), folder) from error
    except OSError as error:
        raise CaptionerError(
            _("The folder {path} can't be read ({reason}); check its permissions.").format(
                path=folder, reason=reason(error)), folder) from error  # fmt: skip
    return tuple(folder / name for name in sorted(names, key=_natural))


def natural(paths: list[Path]) -> list[Path]:
    return sorted(paths, key=_natural)


def read_photo(path: Path, policy: Policy) -> Photo:
    """The photo with its values; raises CaptionerError where the file can't be read as a picture."""
    return read_blocks(path, policy)[0]


def read_blocks(path: Path, policy: Policy) -> tuple[Photo, Reading]:
    """The photo, and what each block holds. A format that can't be saved yet is read as one with no values."""
    with _named(path), path.open("rb") as file:
        kind = _format(path, file)
        if kind != "JPEG":
            return _unsupported(path, file, kind), Reading(Values(), {})
        head = jpeg.read_head(file)
        reading = metadata.read(jpeg.blocks(head), policy)
        photo = _photo(path, reading, _stamp(os.fstat(file.fileno()), head))
        trouble = "" if _ends_well(file, len(head)) else str(_cut_short(path))
    return replace(photo, trouble=trouble), reading


def unreadable(path: Path, error: CaptionerError) -> Photo:
    """Stands in the set for a file that can't be read."""
    return Photo(path, trouble=error.sentence)


def save_photo(photo: Photo, policy: Policy) -> Saved:
    """Writes what changed into the file, if it is still the one that was read; raises CaptionerError."""
    return save_values(photo, photo.unsaved, policy)


def save_values(photo: Photo, changes: Mapping[str, Value], policy: Policy) -> Saved:
    """Writes these fields to every block, also where a value is only missing in some of them."""
    path = photo.path
    with _named(path):
        data = path.read_bytes()
        status = path.stat()
        head = _head(path, data)
        if photo.stamp and _stamp(status, head).digest != photo.stamp.digest:
            raise Conflict(_("{name} was changed by another program since it was read; nothing was written. "
                             "Look at its values and save again.").format(name=path.name), path)  # fmt: skip
        new, notes = _rewritten(path, data, head, changes, policy)
        status = files.replace(path, new) if new != data else status
    new_head = new[: len(new) - len(data) + len(head)]
    saved = _photo(path, metadata.read(jpeg.blocks(new_head), policy), _stamp(status, new_head))
    return Saved(replace(saved, values=photo.values), notes)


class Conflict(CaptionerError):
    """The stamp no longer holds."""


def captioned(data: bytes, values: Mapping[str, Value], path: Path, policy: Policy) -> bytes:
    """The picture's bytes with all of these values in every block, empty ones taken out; `path` is what errors name."""
    with _named(path):
        return _rewritten(path, data, _head(path, data), dict(values), policy)[0]


def pixel_size(data: bytes) -> tuple[int, int]:
    """Width and height of a JPEG as stored; (0, 0) when they can't be told."""
    try:
        return jpeg.size(jpeg.read_head(io.BytesIO(data)))
    except BlockDamaged:
        return 0, 0


def _rewritten(
    path: Path, data: bytes, head: bytes, changes: Mapping[str, Value], policy: Policy
) -> tuple[bytes, tuple[str, ...]]:
    for key, value in changes.items():
        for text in (value,) if isinstance(value, str) else value:
            refuse_control_characters(FIELDS[key], text)
    done = metadata.rewrite(jpeg.blocks(head), changes, policy, jpeg.EXIF_LIMIT)
    new = jpeg.splice(data, head, done.blocks)
    if new != data:
        proof.check(data, head, new, changes, done, policy)
    note = _(_EXIF_LEFT[done.exif_left]).format(name=path.name) if done.exif_left else ""
    return new, (note,) if note else ()


_EXIF_LEFT = {
    "full": N_("{name}: its EXIF block is full and stays as it was; IPTC and XMP hold the new values."),
    "damaged": N_("{name}: its EXIF block is damaged and stays as it was; IPTC and XMP hold the new values."),
}


def _head(path: Path, data: bytes) -> bytes:
    """Raises CaptionerError for what can't be saved."""
    if (kind := _format(path, io.BytesIO(data))) != "JPEG":
        raise CaptionerError(_not_yet(path, kind), path)
    head = jpeg.read_head(io.BytesIO(data))
    if not jpeg.is_whole(data, head):
        raise _cut_short(path)
    return head


def _format(path: Path, file: BinaryIO) -> str:
    """Raises CaptionerError for a file that is no picture, whatever its name says."""
    start = file.read(16)
    file.seek(0)
    kind = format_of(start) or ("" if path.suffix.lower() in _JPEG else path.suffix[1:].upper())
    if not start:
        raise CaptionerError(_("{name} is empty; get the photo again from its sender.").format(name=path.name), path)
    if not kind:
        raise CaptionerError(
            _("{name} is not a picture, although its name says so; open it in a text editor to see what it is.").format(
                name=path.name), path)  # fmt: skip
    return kind


_JPEG = {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".tif", ".tiff", ""}


def _unsupported(path: Path, file: BinaryIO, kind: str) -> Photo:
    status = os.fstat(file.fileno())
    return Photo(path, stamp=Stamp(status.st_size, status.st_mtime_ns, ""), trouble=_not_yet(path, kind))


def _not_yet(path: Path, kind: str) -> str:
    return _("{name} is a {format} file, which can't be saved yet; export it as JPEG from the program it comes from."
             ).format(name=path.name, format=kind)  # fmt: skip


def _cut_short(path: Path) -> CaptionerError:
    return CaptionerError(
        _("{name} is cut short: the end of its picture is missing; get the photo again from its sender.").format(
            name=path.name), path)  # fmt: skip


def _ends_well(file: BinaryIO, head: int) -> bool:
    """Most files end in EOI; only others are read whole to look for it."""
    file.seek(-2, os.SEEK_END)
    if file.read(2) == jpeg.EOI:
        return True
    file.seek(head)
    return jpeg.EOI in file.read()


def _photo(path: Path, reading: Reading, stamp: Stamp) -> Photo:
    return Photo(path, reading.values, reading.values, stamp, disagreements=reading.disagreements)


def _stamp(status: os.stat_result, head: bytes) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, hashlib.blake2b(head, digest_size=16).hexdigest())


class _named:  # noqa: N801 - reads as a statement
    """Turns what goes wrong with a file into a sentence that names it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        name = self.path.name
        match error:
            case CaptionerError() if error.path is None:
                raise CaptionerError(f"{name}: {error}", self.path) from error
            case BlockDamaged():
                raise CaptionerError(
                    _("{name} is damaged: its metadata can't be followed, so nothing was changed; "
                      "get the photo again from its sender.").format(name=name), self.path) from error  # fmt: skip
            case BlockFull():
                raise CaptionerError(
                    _("{name} has no room for these values in its metadata; shorten them.").format(name=name),
                    self.path) from error  # fmt: skip
            case FileNotFoundError():
                raise CaptionerError(
                    _("{name} is not there; check its name and the folder.").format(name=name), self.path
                ) from error
            case OSError():
                raise CaptionerError(
                    _("{name} can't be read ({reason}); check its permissions.").format(
                        name=name, reason=reason(error)), self.path) from error  # fmt: skip
            case _:
                pass
