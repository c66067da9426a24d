"""The hidden folder that an export is built in, on the destination's volume: gone afterwards, whatever happens."""

import contextlib
import errno
import os
import platform
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

_LOCK, _NEW_LOCK = "lock", "lock.new"
_STARTING = 60
"""Seconds in which a living run has long locked its folder; many, since the clocks of a network drive differ."""


@contextlib.contextmanager
def staging(destination: Path) -> Generator[Path, None, None]:
    """The destination's parents are made, and taken away again when the export fails. Raises OSError."""
    if destination.is_dir() and not os.access(destination, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(destination))
    missing = [parent for parent in destination.parents if not parent.exists()]
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        with _hidden_folder(destination) as folder:
            yield folder
    except BaseException:
        with contextlib.suppress(OSError):
            for parent in missing:
                parent.rmdir()
        raise


def folder_for_files(staged: Path, destination: Path) -> Path:
    """Where the files are built: with the mode that the destination has, or that a new folder would get."""
    folder = staged / "set"
    folder.mkdir()
    if destination.exists():
        # An upload folder often hands its group on to what is made in it; what is renamed in keeps its own.
        with contextlib.suppress(OSError):
            shutil.chown(folder, group=destination.stat().st_gid)
            folder.chmod(stat.S_IMODE(destination.stat().st_mode) | stat.S_IRWXU)
    return folder


def sweep(destination: Path) -> None:
    """Removes what runs that were killed on this computer left behind; one that is still at work is left alone."""
    for home in (destination.parent, destination):
        with contextlib.suppress(OSError):
            for folder in home.glob(f"{_escaped(_prefix(destination))}*"):
                if _is_abandoned(folder) or _never_started(folder):
                    _remove(folder)


@contextlib.contextmanager
def _hidden_folder(destination: Path) -> Generator[Path, None, None]:
    folder = Path(tempfile.mkdtemp(prefix=_prefix(destination), dir=_home(destination)))
    try:
        with _lock(folder):
            yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """The lock last: whoever is killed in between leaves a folder that the next run knows to be abandoned."""
    with contextlib.suppress(OSError):
        for each in folder.iterdir():
            if each.is_dir():
                shutil.rmtree(each, ignore_errors=True)
            elif each.name != _LOCK:
                each.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _never_started(folder: Path) -> bool:
    """Killed before the lock was there, or when nothing but the folder was left."""
    inside = {each.name for each in folder.iterdir()}
    return inside <= {_NEW_LOCK} and time.time() - folder.stat().st_mtime > _STARTING


def _home(destination: Path) -> Path:
    """Beside the destination, or in it where beside is another volume or may not be written to."""
    parent = destination.parent
    if not destination.is_dir():
        return parent
    beside = parent.stat().st_dev == destination.stat().st_dev and os.access(parent, os.W_OK | os.X_OK)
    return parent if beside else destination


def _prefix(destination: Path) -> str:
    """Locks of other computers can't always be seen on a network drive, so each sweeps its own."""
    computer = re.sub("[^A-Za-z0-9]+", "", platform.node())[:20]
    return f".{destination.name[:40]}.captioner-{computer}-"


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


if sys.platform == "win32":

    def _lock(folder: Path) -> BinaryIO:
        return (folder / _LOCK).open("xb")

    def _is_abandoned(folder: Path) -> bool:
        """A file that a living process holds open can't be removed there."""
        try:
            (folder / _LOCK).unlink()
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(folder: Path) -> BinaryIO:
        """The file gets its name when it is locked, so that nobody finds it unlocked while its process lives."""
        file = (folder / _NEW_LOCK).open("xb")
        # Some network drives know no locks; there, folders that are left behind stay.
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
            Path(file.name).rename(folder / _LOCK)
        return file

    def _is_abandoned(folder: Path) -> bool:
        try:
            with (folder / _LOCK).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
