"""The journal's pages: one file for each destination, locked by the process that exports there."""

import contextlib
import errno
import hashlib
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from captioner import paths
from captioner.errors import CaptionerError, reason
from captioner.export.publishing.staging import computer
from captioner.i18n import _

_TAKEN = {errno.EACCES, errno.EDEADLK} if sys.platform == "win32" else {errno.EAGAIN}


@contextlib.contextmanager
def page(real: Path) -> Generator[BinaryIO, None, None]:
    """The file that speaks of exports to this destination, while no other process has it. Raises CaptionerError."""
    try:
        file = _page(real)
    except OSError as error:
        if error.errno in _TAKEN:
            raise CaptionerError(
                _("Another export into {folder} is still at work; wait for it, or choose another folder.").format(
                    folder=real), real) from error  # fmt: skip
        raise not_noted(error) from error
    with file:
        yield file


def every() -> list[Path]:
    return sorted(paths.exports_folder().glob(f"{computer()}-*.json"))


def is_interrupted(destination: Path) -> bool:
    """Whether an export into it was interrupted: its page is written, and its process is no more."""
    try:
        with _path(destination.resolve()).open("rb") as file:
            _lock(file)
            return os.fstat(file.fileno()).st_size > 0
    except OSError:
        return False


def drop_empty(file: BinaryIO) -> None:
    """A page that was only opened; one that can't be read is of another version."""
    if not os.fstat(file.fileno()).st_size:
        end(file)


def end(file: BinaryIO) -> None:
    """Nothing is left to be done. An empty page says the same, where a file that is open can't be removed."""
    with contextlib.suppress(OSError):
        if not os.fstat(file.fileno()).st_nlink:
            return  # the name may be another process's by now
        try:
            Path(file.name).unlink()
        except PermissionError:
            file.truncate(0)


def _page(real: Path) -> BinaryIO:
    paths.exports_folder().mkdir(parents=True, exist_ok=True)
    return opened(_path(real))


def _path(real: Path) -> Path:
    name = hashlib.sha256(os.fsencode(real)).hexdigest()[:16]
    return paths.exports_folder() / f"{computer()}-{name}.json"


def opened(path: Path) -> BinaryIO:
    """Raises OSError while another process has it, which may have removed it between our opening and our locking."""
    while True:
        file = path.open("a+b")
        try:
            _lock(file)
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                    return file
        except BaseException:
            file.close()
            raise
        file.close()


def not_noted(error: OSError) -> CaptionerError:
    folder = paths.exports_folder()
    return CaptionerError(
        _("Nothing was exported, since it can't be noted in {folder} ({reason}); make room there, or check its "
          "permissions.").format(folder=folder, reason=reason(error)), folder)  # fmt: skip


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        """Far behind the end, for nobody could read what is locked there."""
        file.seek(1 << 30)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
