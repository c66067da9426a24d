"""Moving into a folder that others watch: never over a file that is there, and all or nothing."""

import contextlib
import ctypes
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

Move = tuple[Path, Path]

_NO_SUCH_CALL = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def move_all(moves: Sequence[Move]) -> None:
    """One after the other; when one fails, those before it are taken back. Raises OSError."""
    done: list[tuple[Path, Path, os.stat_result]] = []
    try:
        for source, target in moves:
            done.append((source, target, source.stat()))
            move(source, target)
    except BaseException:
        for source, target, status in reversed(done):
            _take_back(source, target, status)
        raise


def move(source: Path, target: Path) -> None:
    """Renames; raises FileExistsError when the name is taken."""
    # A rename tells whoever watches the folder that a whole file came in. A link does not (programs wait for
    # "moved in" or "closed"), and reserving the name with O_EXCL first would show them an empty file. So the
    # system's rename that refuses is used; only where there is none, a name that another program takes in the moment
    # between looking and renaming could be overwritten.
    if not _rename_refusing(source, target):
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        source.rename(target)


def _take_back(source: Path, target: Path, status: os.stat_result) -> None:
    """Only what is ours: a program that watches the folder may have taken it and put something else there."""
    with contextlib.suppress(OSError):
        if not os.path.lexists(source) and os.path.samestat(target.stat(), status):
            target.rename(source)


def _rename_refusing(source: Path, target: Path) -> bool:
    """False where the system, or the drive, has no such call."""
    if sys.platform == "win32":
        source.rename(target)
        return True
    try:
        return _called(os.fsencode(source), os.fsencode(target)) == 0 or _failed(target)
    except AttributeError:
        return False


def _called(source: bytes, target: bytes) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return library.renamex_np(source, target, 4)  # RENAME_EXCL
    here = -100  # AT_FDCWD
    return library.renameat2(here, source, here, target, 1)  # RENAME_NOREPLACE


def _failed(target: Path) -> bool:
    number = ctypes.get_errno()
    if number in _NO_SUCH_CALL:
        return False
    raise OSError(number, os.strerror(number), str(target))
