"""The hidden folder that an export is built in, on the destination's volume: gone afterwards, whatever happens."""

import contextlib
import errno
import os
import platform
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import BinaryIO

NOTED, DONE = "moves", "moves.done"
"""The files that say what is moved in: while that is under way, and from then on until all is tidied up."""

_LOCK, _NEW_LOCK = "lock", "lock.new"
_STARTING = 60
"""Seconds in which a living run has long locked its folder; many, since the clocks of a network drive differ."""


@contextlib.contextmanager
def staging(destination: Path, folder: Path) -> Generator[Path, None, None]:
    """The destination's parents are made, and taken away again when the export fails. Raises OSError.

    What speaks of moves that are under way is left, with its folder.
    """
    if destination.is_dir() and not os.access(destination, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(destination))
    missing = missing_parents(destination)
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        with _hidden_folder(folder):
            yield folder
    except BaseException:
        remove_empty(missing)
        raise


def place_for(destination: Path) -> Path:
    """A hidden folder that is not there yet: beside the destination, or in it."""
    return _home(destination) / f"{_prefix(destination)}{secrets.token_hex(4)}"


def missing_parents(destination: Path) -> tuple[Path, ...]:
    """The deepest first."""
    return tuple(parent for parent in destination.parents if not parent.exists())


def remove_empty(folders: Iterable[Path]) -> None:
    with contextlib.suppress(OSError):
        for folder in folders:
            folder.rmdir()


def folder_for_files(staged: Path, destination: Path, below: Iterable[str] = ()) -> Path:
    """Where the files are built: with the mode that the destination has, or that a new folder would get."""
    folder = staged / "set"
    for each in (folder, *(folder / name for name in below if name)):
        if destination.is_dir():
            made_like(each, destination)
        else:
            each.mkdir()
    return folder


def made_like(folder: Path, like: Path) -> None:
    """An upload folder often hands its group on to what is made in it; what is renamed in keeps its own."""
    folder.mkdir()
    with contextlib.suppress(OSError):
        shutil.chown(folder, group=like.stat().st_gid)
        folder.chmod(stat.S_IMODE(like.stat().st_mode) | stat.S_IRWXU)


def sweep(destination: Path) -> None:
    """Removes what runs that were killed on this computer left behind; one that is still at work is left alone.

    So is one that had begun to move files in: it is for whoever noted it to finish it.
    """
    for home in (destination.parent, destination):
        with contextlib.suppress(OSError):
            for folder in home.glob(f"{_escaped(_prefix(destination))}*"):
                if not (folder / NOTED).exists() and (_is_abandoned(folder) or _never_started(folder)):
                    remove(folder)


@contextlib.contextmanager
def _hidden_folder(folder: Path) -> Generator[None, None, None]:
    folder.mkdir(0o700)
    try:
        with _lock(folder):
            yield
    finally:
        if not (folder / NOTED).exists():
            remove(folder)


def remove(folder: Path) -> None:
    """The lock last: whoever is killed in between leaves a folder that the next run knows to be abandoned.

    Where photos are still being built, for nobody waits for them, they don't find their folder any more.
    """
    with contextlib.suppress(OSError):
        for each in folder.iterdir():
            if each.is_dir():
                gone = each.with_suffix(".gone")
                with contextlib.suppress(OSError):
                    each.rename(gone)
                shutil.rmtree(gone if gone.exists() else each, ignore_errors=True)
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


def computer() -> str:
    """Locks of other computers can't always be seen on a network drive, so each cares for its own."""
    return re.sub("[^A-Za-z0-9]+", "", platform.node())[:20]


def _prefix(destination: Path) -> str:
    return f".{destination.name[:40]}.captioner-{computer()}-"


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
