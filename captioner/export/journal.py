"""What is being exported, noted beside the drafts until it is done: so the next start can finish it or clean up."""

import contextlib
import errno
import hashlib
import os
import sys
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from captioner import paths
from captioner.errors import CaptionerError, reason
from captioner.export import records
from captioner.export.plan import Plan
from captioner.export.staging import computer, missing_parents, place_for
from captioner.i18n import _
from captioner.storage import files

_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


@dataclass(frozen=True)
class Entry:
    plan: Plan
    real: Path
    """The destination, behind links."""
    staged: Path
    """The hidden folder that it is built in."""
    made: tuple[Path, ...]
    """The folders above it that were not there, the deepest first."""
    device: int
    """The number of the drive that the hidden folder is on, for as long as it stays connected."""
    when: datetime


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
        raise _not_noted(error) from error
    with file:
        yield file


def pages() -> list[Path]:
    return sorted(paths.exports_folder().glob(f"{computer()}-*.json"))


def entry(plan: Plan, real: Path) -> Entry:
    staged = place_for(real)
    return Entry(plan, real, staged, missing_parents(real), device(staged), datetime.now(UTC))


def device(path: Path) -> int:
    """The number of the drive that it is on, or would be."""
    return next(parent for parent in path.parents if parent.exists()).stat().st_dev


def read(file: BinaryIO) -> Entry | None:
    """None for what was only begun, or is of another version; nothing had been moved in when it was written."""
    file.seek(0)
    try:
        return records.decoded(Entry, file.read())
    except ValueError:
        return None


def note(file: BinaryIO, entry: Entry) -> None:
    """On the disk when it returns. Raises CaptionerError."""
    try:
        file.truncate(0)
        file.write(records.encoded(entry))
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        raise _not_noted(error) from error
    files.sync_folder(Path(file.name).parent)


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
    folder = paths.exports_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return opened(folder / f"{computer()}-{hashlib.sha256(os.fsencode(real)).hexdigest()[:16]}.json")


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


def _not_noted(error: OSError) -> CaptionerError:
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
