"""A file is replaced as a whole or not at all."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from captioner.errors import CaptionerError, reason
from captioner.i18n import _
from captioner.storage.file_bytes import Octets, Part

PREFIX = ".captioner-"
_PIECE = 1 << 16
_START = 1 << 16
"""Octets in which most files have their metadata."""


class ChangedMeanwhile(CaptionerError):
    """Another program wrote the file between our reading it and our replacing it."""


def replace(path: Path, data: Octets, read: os.stat_result | None = None) -> os.stat_result:
    """Writes beside the file, reads back, syncs and renames over it; what the path links to is the file.

    Keeps mode, owner and extended attributes. Raises CaptionerError, and the old file stands untouched then; also when
    it is no longer the one whose status was `read`.
    """
    target = Path(os.path.realpath(path))
    try:
        return _replaced(target, data, read)
    except OSError as error:
        raise CaptionerError(
            _("{name} could not be saved ({reason}); the file is as it was. Check the folder, then save again.").format(
                name=path.name, reason=reason(error)), path) from error  # fmt: skip


def create(path: Path, data: Octets) -> None:
    """Writes a file that is not there yet, as `replace` does; raises CaptionerError."""
    try:
        _put(path, data, None)
    except OSError as error:
        raise CaptionerError(
            _("{name} could not be made ({reason}). Check the folder, then save again.").format(
                name=path.name, reason=reason(error)), path) from error  # fmt: skip


def write_new(path: Path, data: bytes) -> None:
    """To the disk and back, so that a name is only given to what is known to be there. Raises OSError."""
    with path.open("x+b") as file:
        file.write(data)
        sync(file)
        file.seek(0)
        if file.read() != data:
            raise reads_differently()


def sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def reads_differently() -> OSError:
    return OSError(0, _("what was written reads back differently"))


def remove(path: Path) -> None:
    """Raises CaptionerError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CaptionerError(
            _("{name} could not be removed ({reason}); remove it, or check the folder and save again.").format(
                name=path.name, reason=reason(error)), path) from error  # fmt: skip
    sync_folder(path.parent)


class Lazy:
    """The bytes of an open file by position, of which only what is asked for is read."""

    def __init__(self, file: RawIOBase | BinaryIO) -> None:
        self._file = file
        self.status = os.fstat(file.fileno())
        self._size = self.status.st_size
        self._start = _read(file, min(self._size, _START))
        self.found: dict[Callable[..., Any], Any] = {}

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, span: slice, /) -> bytes:
        start, stop = span.start or 0, span.stop
        if stop is not None and 0 <= start <= stop <= len(self._start):
            return self._start[start:stop]
        start, stop, _step = span.indices(self._size)
        if stop <= len(self._start):
            return self._start[start:stop]
        self._file.seek(start)
        return _read(self._file, max(stop - start, 0))

    def view(self, start: int, stop: int | None = None) -> Part:
        start, stop, _step = slice(start, stop).indices(self._size)
        is_small = stop - start < _START
        return self[start:stop] if is_small else Stretch(self, self._file, start, stop)


@dataclass(frozen=True)
class Stretch:
    """Part of an open file, which is copied without reading it into memory where the system can."""

    of: Lazy
    file: RawIOBase | BinaryIO
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def __getitem__(self, span: slice, /) -> bytes:
        start, stop, _step = span.indices(len(self))
        return self.of[self.start + start : self.start + stop]

    def copy_to(self, handle: int) -> None:
        at = self.start
        with contextlib.suppress(OSError, AttributeError):
            while at < self.stop and (count := os.copy_file_range(self.file.fileno(), handle, self.stop - at, at)):
                at += count
        while at < self.stop and (piece := self.of[at : min(at + _PIECE, self.stop)]):
            _write(handle, piece)
            at += len(piece)

    def let_go(self) -> None:
        self.file.close()


def _read(file: RawIOBase | BinaryIO, size: int) -> bytes:
    """A raw file may give less than it has."""
    parts: list[bytes] = []
    while size > 0 and (part := file.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _replaced(target: Path, data: Octets, read: os.stat_result | None) -> os.stat_result:
    if not os.access(target, os.W_OK):
        raise PermissionError(0, _("the file is write-protected"))
    return _put(target, data, target, read)


def _put(target: Path, data: Octets, like: Path | None, read: os.stat_result | None = None) -> os.stat_result:
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=target.suffix, dir=target.parent)
    copy = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            _fill(file.fileno(), data)
            _take_over(like, copy) if like else copy.chmod(0o666 & ~_umask())
            os.fsync(file.fileno())
            status = os.fstat(file.fileno())
        if read and _version(target.stat()) != _version(read):
            raise ChangedMeanwhile(
                _("{name} was changed by another program while it was being saved; save again.").format(
                    name=target.name), target)  # fmt: skip
        for part in data.parts:
            if not isinstance(part, bytes | memoryview):
                part.let_go()  # not every system replaces a file that is open
        copy.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            copy.unlink()
        raise
    sync_folder(target.parent)
    return status


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _fill(handle: int, data: Octets) -> None:
    """Writes and reads back: a disk that lies is found before the old file goes."""
    with open(handle, "w+b", buffering=0, closefd=False) as file:
        for part in data.parts:
            if isinstance(part, bytes | memoryview):
                _write(handle, part)
            else:
                part.copy_to(handle)
        file.seek(0)
        for at in range(0, len(data), _PIECE):
            if _read(file, _PIECE) != data[at : at + _PIECE]:
                raise reads_differently()


def _write(handle: int, data: bytes | memoryview) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def _take_over(target: Path, copy: Path) -> None:
    """Mode, owner and extended attributes, as far as the system lets us."""
    status = target.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(copy, status.st_uid, status.st_gid)
    with contextlib.suppress(OSError):
        copy.chmod(stat.S_IMODE(status.st_mode))
    for name in _attributes(target):
        with contextlib.suppress(OSError):
            os.setxattr(copy, name, os.getxattr(target, name))


def _umask() -> int:
    """There is no way to ask without setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _attributes(target: Path) -> list[str]:
    try:
        return os.listxattr(target) if hasattr(os, "listxattr") else []
    except OSError:
        return []


def sync_folder(folder: Path) -> None:
    """Makes a rename last through a power cut, where folders can be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
