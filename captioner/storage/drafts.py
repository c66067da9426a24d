"""The journal of what is not in its file yet: values, orders and headlines, in one SQLite file.

Every call stands alone, so that any thread may make it and a kill between two leaves both whole.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from captioner.core.fields import FIELDS, Value
from captioner.core.history import Order
from captioner.errors import CaptionerError
from captioner.i18n import _

_TABLES = """
CREATE TABLE IF NOT EXISTS draft (path TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (path, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS photo_set (
  name TEXT PRIMARY KEY, saved_order TEXT NOT NULL, saved_headline TEXT, draft_order TEXT NOT NULL, draft_headline TEXT
) WITHOUT ROWID;
"""
Drafts = Mapping[Path, Mapping[str, Value]]


@dataclass(frozen=True)
class SetState:
    """What the journal knows of a set; an empty order or a headline of None was never recorded."""

    saved_order: Order = ()
    saved_headline: str | None = None
    draft_order: Order = ()
    draft_headline: str | None = None


def record(journal: Path, drafts: Drafts) -> None:
    """Each photo's drafts in place of those it had; none clears them."""
    names = _names(drafts)
    rows = [(names[path], key, json.dumps(value)) for path, values in drafts.items() for key, value in values.items()]
    with _open(journal) as database:
        database.executemany("DELETE FROM draft WHERE path = ?", [(name,) for name in names.values()])
        database.executemany("INSERT INTO draft VALUES (?, ?, ?)", rows)


def recover(journal: Path, paths: Iterable[Path]) -> dict[Path, dict[str, Value]]:
    """The drafts that a former session left for these photos."""
    wanted, found = {name: path for path, name in _names(paths).items()}, dict[Path, dict[str, Value]]()
    if not _is_there(journal):
        return found
    with _open(journal) as database:
        for path, key, value in database.execute("SELECT path, key, value FROM draft"):
            if path in wanted and key in FIELDS:
                found.setdefault(wanted[path], {})[key] = _value(json.loads(value))
    return found


def _value(stored: str | list[str]) -> Value:
    return stored if isinstance(stored, str) else tuple(stored)


def record_set(journal: Path, name: str, state: SetState) -> None:
    row = (name, _packed(state.saved_order), state.saved_headline, _packed(state.draft_order), state.draft_headline)
    with _open(journal) as database:
        database.execute("INSERT OR REPLACE INTO photo_set VALUES (?, ?, ?, ?, ?)", row)


def read_set(journal: Path, name: str) -> SetState:
    if not _is_there(journal):
        return SetState()
    with _open(journal) as database:
        columns = "saved_order, saved_headline, draft_order, draft_headline"
        row = database.execute(f"SELECT {columns} FROM photo_set WHERE name = ?", [name]).fetchone()
    return SetState(_order(row[0]), row[1], _order(row[2]), row[3]) if row else SetState()


def in_saved_order(paths: Iterable[Path], saved: Order) -> list[Path]:
    """The photos in the order that was saved; those that came since follow as they are."""
    if not saved:
        return list(paths)
    rank = {str(path): index for index, path in enumerate(saved)}
    names = _names(paths)
    return sorted(names, key=lambda path: rank.get(names[path], len(rank)))


def _names(paths: Iterable[Path]) -> dict[Path, str]:
    """What the journal calls each photo: its folder's real path, however it was named, and its own name."""
    split = {path: os.path.split(path) for path in paths}  # a tenth of what Path.parent takes
    folders = {folder: os.path.realpath(folder) for folder in {folder for folder, _name in split.values()}}
    return {path: _text(os.path.join(folders[folder], name)) for path, (folder, name) in split.items()}  # noqa: PTH118


def _text(name: str) -> str:
    """Names that are no UTF-8 can't be stored as text."""
    return name.encode("utf-8", "backslashreplace").decode()


def _packed(order: Order) -> str:
    return json.dumps(list(_names(order).values()))


def _order(stored: str) -> Order:
    return tuple(Path(path) for path in json.loads(stored))


def _is_there(journal: Path) -> bool:
    """Reading must not make a journal, and must do without one in a home that is closed to us."""
    try:
        return journal.is_file()
    except OSError:
        return False


@contextlib.contextmanager
def _open(journal: Path) -> Generator[sqlite3.Connection, None, None]:
    """One transaction. A journal that SQLite can't read is moved aside, never deleted."""
    try:
        database = _connected(journal)
        with contextlib.closing(database), database:
            yield database
    except (sqlite3.OperationalError, OSError) as error:
        told = _("The journal of drafts {path} can't be used ({reason}); check its folder and the room on its disk.")
        raise CaptionerError(told.format(path=journal, reason=error), journal) from error


def _connected(journal: Path) -> sqlite3.Connection:
    try:
        return _connect(journal)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        journal.replace(_aside(journal))
        return _connect(journal)


def _connect(journal: Path) -> sqlite3.Connection:
    journal.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(journal, timeout=10)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(_TABLES)
    except BaseException:
        database.close()
        raise
    return database


def _aside(journal: Path) -> Path:
    taken = sum(1 for _file in journal.parent.glob(f"{journal.name}.damaged-*"))
    return journal.with_name(f"{journal.name}.damaged-{taken + 1}")
