"""Moving into a folder that others watch: a whole file under its name at once, and never over one that is there."""

import contextlib
import ctypes
import errno
import filecmp
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from captioner.storage import files

ELSEWHERE = {errno.EXDEV, errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
"""What drives answer that rename in one folder alone."""

_NO_SUCH_CALL = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def move(source: Path, target: Path) -> None:
    """Raises FileExistsError when the name is taken, and OSError."""
    _move(source, target, _rename)


def replace(source: Path, target: Path) -> None:
    """As `move`, over what has the name. Raises OSError."""
    _move(source, target, os.replace)


def is_moved(source: Path, target: Path) -> bool:
    """Also when it was killed, or its process, at any moment before."""
    return not os.path.lexists(source) and not os.path.lexists(near(source, target))


def near(source: Path, target: Path) -> Path:
    """A name beside the target for a file that is not whole yet.

    A leading dot hides it from most programs, and those that watch for pictures know them by their ending; `.part` is
    what browsers and FTP programs give to a file that is still on its way.
    """
    mark = hashlib.sha256(os.fsencode(source / target.name)).hexdigest()[:16]
    return target.with_name(f".captioner-{mark}.part")


def copy(source: Path, target: Path) -> None:
    """To the disk, read back and compared, over whatever has the name. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        target.unlink()
    shutil.copyfile(source, target, follow_symlinks=False)
    if not source.is_symlink():
        with target.open("r+b") as file:
            files.sync(file)
        if not filecmp.cmp(source, target, shallow=False):
            raise files.reads_differently()
    with contextlib.suppress(OSError):
        shutil.copystat(source, target, follow_symlinks=False)


def _move(source: Path, target: Path, rename: Callable[[Path, Path], None]) -> None:
    """The source goes before its copy gets the name: what still has a source, or a copy, has not come in."""
    halfway = near(source, target)
    if os.path.lexists(source):
        try:
            return rename(source, target)
        except OSError as error:
            if error.errno not in ELSEWHERE or source.is_dir():
                raise
        copy(source, halfway)
        source.unlink()
    return rename(halfway, target)


def _rename(source: Path, target: Path) -> None:
    # A rename tells whoever watches the folder that a whole file came in. A link does not (programs wait for
    # "moved in" or "closed"), and reserving the name with O_EXCL first would show them an empty file. So the
    # system's rename that refuses is used; only where there is none, a name that another program takes in the moment
    # between looking and renaming could be overwritten.
    if not _rename_refusing(source, target):
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        source.rename(target)


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
