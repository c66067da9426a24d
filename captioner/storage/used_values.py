"""What the desk used before, by field: offered as one types, and edited as lists. One SQLite file."""

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import regex

from captioner.core.filters import folded
from captioner.i18n import N_
from captioner.storage.store import Store, is_there

KEYS = ("credit", "creator", "source", "city", "state", "country", "sublocation", "event", "persons_shown", "keywords")
"""The fields whose values come again."""
MOST = 5_000
"""Of a field; the oldest go."""
_LONGEST = 500
"""Characters; longer is a text of its own, which nobody wants offered."""
_TABLES = """
CREATE TABLE IF NOT EXISTS used (
  key TEXT, text TEXT, at REAL NOT NULL, times INTEGER NOT NULL, kept INTEGER NOT NULL, removed INTEGER NOT NULL,
  PRIMARY KEY (key, text)
) WITHOUT ROWID;
"""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_FILE = Store(
    _TABLES,
    N_("The list of used values {path} can't be used ({reason}); check its folder and the room on its disk."),
)


@dataclass(frozen=True)
class Entry:
    text: str
    at: float
    """When it was last used, in seconds since 1970."""
    times: int = 1
    is_kept: bool = False
    """A person put it on the list, so that it doesn't grow old."""


@dataclass(frozen=True)
class Used:
    """What was used in one field, the latest first; loaded once, it answers each keystroke."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def _folded(self) -> list[tuple[str, str]]:
        return [(_line(entry.text), entry.text) for entry in self.entries]

    def suggest(self, typed: str, limit: int = 8) -> list[str]:
        """Those in which each word that is typed begins a word; all of them where nothing is typed."""
        sought = [f" {word}" for word in _words(typed)]
        if not sought and typed.strip():
            return []
        found: list[str] = []
        for line, text in self._folded:
            if all(word in line for word in sought):
                found.append(text)
                if len(found) == limit:
                    break
        return found

    def remembering(self, texts: Iterable[str]) -> "Used":
        """With these in front, as loading it again would give it."""
        fresh, now = dict.fromkeys(_tidy(texts)), time.time()
        before = {entry.text: entry for entry in self.entries}
        used = (before.get(text, Entry(text, now, 0)) for text in fresh)
        first = tuple(Entry(entry.text, now, entry.times + 1, entry.is_kept) for entry in used)
        return Used(first + tuple(entry for entry in self.entries if entry.text not in fresh))


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


@lru_cache(1 << 16)
def _line(text: str) -> str:
    """Each word with a blank before it, by which its beginning is found."""
    return "".join(f" {word}" for word in _words(text))


def _tidy(texts: Iterable[str]) -> list[str]:
    """What can be stored and offered; a text has one form, whatever blanks it was typed with."""
    tidy = (" ".join(text.encode("utf-8", "ignore").decode().replace("\0", " ").split()) for text in texts)
    return [text for text in tidy if 0 < len(text) <= _LONGEST]


def remember(file: Path, values: Mapping[str, Iterable[str]], now: float | None = None) -> None:
    """The texts that were used, by field; one that a person removed stays so."""
    at = time.time() if now is None else now
    rows = [(key, text, at, 0) for key, texts in values.items() if key in KEYS for text in _tidy(texts)]
    if rows:
        _FILE.do(file, lambda database: _put(database, rows))


def add(file: Path, key: str, texts: Iterable[str]) -> None:
    """A person puts them on the list, also those that were removed from it."""
    rows = [(key, text, time.time(), 1) for text in _tidy(texts)]

    def put(database: sqlite3.Connection) -> None:
        _put(database, rows)
        database.executemany("UPDATE used SET removed = 0 WHERE key = ? AND text = ?", [row[:2] for row in rows])

    _FILE.do(file, put)


def _put(database: sqlite3.Connection, rows: Sequence[tuple[str, str, float, int]]) -> None:
    database.executemany(
        "INSERT INTO used VALUES (?, ?, ?, 1, ?, 0) ON CONFLICT DO UPDATE SET at = max(at, excluded.at),"
        " times = times + 1, kept = max(kept, excluded.kept)", rows)  # fmt: skip
    for key in {row[0] for row in rows}:
        database.execute(
            "DELETE FROM used WHERE key = ?1 AND text IN (SELECT text FROM used WHERE key = ?1"
            " ORDER BY kept DESC, removed DESC, at DESC LIMIT -1 OFFSET ?2)", (key, MOST))  # fmt: skip


def forget(file: Path, key: str, texts: Iterable[str]) -> None:
    """A person doesn't want them offered any more, however often photos hold them."""
    _mark(file, key, texts, 1)


def restore(file: Path, key: str, texts: Iterable[str]) -> None:
    """What was forgotten by mistake, as it was."""
    _mark(file, key, texts, 0)


def _mark(file: Path, key: str, texts: Iterable[str], removed: int) -> None:
    rows = [(removed, key, text) for text in texts]
    _FILE.do(
        file, lambda database: database.executemany("UPDATE used SET removed = ? WHERE key = ? AND text = ?", rows)
    )


def load(file: Path, key: str) -> Used:
    """Reading makes no file."""
    if not is_there(file):
        return Used()
    order = "SELECT text, at, times, kept FROM used WHERE key = ? AND NOT removed ORDER BY at DESC, times DESC, text"
    rows = _FILE.do(file, lambda database: database.execute(order, [key]).fetchall())
    return Used(tuple(Entry(text, at, times, bool(kept)) for text, at, times, kept in rows))


def suggest(file: Path, key: str, typed: str, limit: int = 8) -> list[str]:
    return load(file, key).suggest(typed, limit)
