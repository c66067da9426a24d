"""Thumbnails that were made before, as JPEG in one SQLite file: a folder that is opened again shows at once.

It only ever saves time: where it can't be read or written, pictures are made anew, and nobody is told.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

LIMIT = 512 << 20
"""Bytes of the file; beyond it, what was not looked at for longest goes."""
_AT_ONCE, _KEPT = 100, 0.8
_TABLES = """
CREATE TABLE IF NOT EXISTS thumbnail (
  path TEXT PRIMARY KEY, mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL, data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS thumbnail_used ON thumbnail (used);
"""
_Result = TypeVar("_Result")


class ThumbnailCache:
    """Any thread may ask; two windows may share the file."""

    def __init__(self, file: Path, limit: int = LIMIT) -> None:
        self.file, self.limit = file, limit
        self._lock = Lock()
        self._made: dict[str, tuple[int, int, bytes]] = {}
        self._looked_at: set[str] = set()
        self._database = self._opened()

    def get(self, path: Path) -> bytes | None:
        """The thumbnail of the file as it is now."""
        try:
            status = path.stat()
        except OSError:
            return None
        name = _name(path)
        with self._lock:
            row = self._made.get(name) or self._do(lambda database: database.execute(
                "SELECT mtime_ns, size, data FROM thumbnail WHERE path = ?", [name]).fetchone())  # fmt: skip
            if not row or row[:2] != (status.st_mtime_ns, status.st_size):
                return None
            self._looked_at.add(name)
            return row[2]

    def put(self, path: Path, status: os.stat_result, data: bytes) -> None:
        """`status` is the file's from before it was decoded: one that changed meanwhile is not taken for this one."""
        with self._lock:
            self._made[_name(path)] = (status.st_mtime_ns, status.st_size, data)
            is_due = len(self._made) >= _AT_ONCE
        if is_due:
            self.flush()

    @property
    def is_unwritten(self) -> bool:
        return bool(self._made)

    def flush(self) -> None:
        """Writes what was made since; a hundred of them at once cost hardly more than one."""
        with self._lock:
            made, self._made = self._made, {}
            looked_at, self._looked_at = self._looked_at, set()
            now = int(time.time())
            if made or looked_at:
                self._do(lambda database: _write(database, made, looked_at, now, self.limit))

    def close(self) -> None:
        self.flush()
        with self._lock:
            if self._database:
                self._database.close()
            self._database = None

    def _do(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        """None where the file can't be used now; one that is damaged is begun anew."""
        if not self._database:
            return None
        try:
            with self._database:
                return work(self._database)
        except sqlite3.OperationalError:
            return None  # locked for long, or no room left on the disk
        except sqlite3.DatabaseError:
            self._database.close()
            self._remove()
            self._database = self._opened()
            return None

    def _opened(self) -> sqlite3.Connection | None:
        for _attempt in range(2):
            with contextlib.suppress(OSError, sqlite3.OperationalError):
                try:
                    return _connected(self.file)
                except sqlite3.OperationalError:
                    raise
                except sqlite3.DatabaseError:
                    self._remove()
        return None

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)


def _name(path: Path) -> str:
    return os.fspath(path).encode("utf-8", "backslashreplace").decode()


def _connected(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=2, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_TABLES)
    except BaseException:
        database.close()
        raise
    return database


def _write(
    database: sqlite3.Connection, made: dict[str, tuple[int, int, bytes]], looked_at: set[str], now: int, limit: int
) -> None:
    rows = [(name, mtime_ns, size, now, data) for name, (mtime_ns, size, data) in made.items()]
    database.executemany("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?, ?, ?)", rows)
    database.executemany("UPDATE thumbnail SET used = ? WHERE path = ?", [(now, name) for name in looked_at])
    pages, free, page = (database.execute(f"PRAGMA {each}").fetchone()[0]
                         for each in ("page_count", "freelist_count", "page_size"))  # fmt: skip
    if (pages - free) * page > limit:
        count = database.execute("SELECT count(*) FROM thumbnail").fetchone()[0]
        oldest = "SELECT path FROM thumbnail ORDER BY used, rowid LIMIT ?"
        database.execute(f"DELETE FROM thumbnail WHERE path IN ({oldest})", [int(count * (1 - _KEPT)) + 1])
