"""One of our SQLite files. Every call stands alone, so that any thread or process may make it, and a kill between two
leaves both whole."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from captioner.errors import CaptionerError
from captioner.i18n import _

_Result = TypeVar("_Result")
_WAIT_S, _ONCE_S, _REST_S = 10, 0.5, 0.01
"""In all, and for one try: two that wait for each other get on when one of them lets go."""


@dataclass(frozen=True)
class Store:
    tables: str
    """SQL that makes what is not there yet."""
    trouble: str
    """A sentence with {path} and {reason}, marked by N_."""

    def do(self, file: Path, act: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """One transaction. A file that SQLite can't read is moved aside, never deleted; else raises CaptionerError."""
        try:
            return self._done(file, act)
        except (sqlite3.Error, OSError) as error:
            raise CaptionerError(_(self.trouble).format(path=file, reason=error), file) from error

    def _done(self, file: Path, act: Callable[[sqlite3.Connection], _Result]) -> _Result:
        try:
            return self._patiently(file, act)
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # its kinds tell of locks and full disks, not of damage
                raise
        _move_aside(file)
        return self._patiently(file, act)

    def _patiently(self, file: Path, act: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """SQLite doesn't wait by itself where the first one to come, or the last to go, has the file for itself."""
        end = time.monotonic() + _WAIT_S
        while True:
            try:
                return self._once(file, act)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
            time.sleep(_REST_S)

    def _once(self, file: Path, act: Callable[[sqlite3.Connection], _Result]) -> _Result:
        file.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(file, timeout=_ONCE_S)) as database, database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.executescript(self.tables)
            return act(database)


def is_there(file: Path) -> bool:
    """Reading must not make a file, and must do without one in a home that is closed to us."""
    try:
        return file.is_file()
    except OSError:
        return False


def real(paths: Iterable[Path]) -> dict[Path, str]:
    """Each with its folder's real path, however that was named, and its own name."""
    split = {path: os.path.split(path) for path in paths}  # a tenth of what Path.parent takes
    folders = {folder: os.path.realpath(folder) for folder in {folder for folder, _name in split.values()}}
    return {path: os.path.join(folders[folder], name) for path, (folder, name) in split.items()}  # noqa: PTH118


def names(paths: Iterable[Path]) -> dict[Path, str]:
    """What a store calls each path."""
    return {path: text(name) for path, name in real(paths).items()}


def text(name: str) -> str:
    """Names that are no UTF-8 can't be stored as text."""
    return name.encode("utf-8", "backslashreplace").decode()


def _move_aside(file: Path) -> None:
    """With what SQLite keeps beside it, which a new file must not take for its own."""
    taken = sum(1 for _file in file.parent.glob(f"{file.name}.damaged-*"))
    for ending in ("", "-wal", "-shm"):
        beside = file.with_name(file.name + ending)
        if beside.exists():
            beside.replace(file.with_name(f"{file.name}.damaged-{taken + 1}{ending}"))
