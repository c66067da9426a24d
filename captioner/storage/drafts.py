"""The journal of what is not in its file yet: values, orders and headlines, in one SQLite file."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from captioner.core.fields import FIELDS, Value
from captioner.core.history import Order
from captioner.i18n import N_
from captioner.storage.store import Store, is_there, names

_TABLES = """
CREATE TABLE IF NOT EXISTS draft (path TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (path, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS photo_set (
  name TEXT PRIMARY KEY, saved_order TEXT NOT NULL, saved_headline TEXT, draft_order TEXT NOT NULL, draft_headline TEXT
) WITHOUT ROWID;
"""
_JOURNAL = Store(
    _TABLES,
    N_("The journal of drafts {path} can't be used ({reason}); check its folder and the room on its disk."),
)
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
    called = names(drafts)
    rows = [(called[path], key, json.dumps(value)) for path, values in drafts.items() for key, value in values.items()]

    def put(database: sqlite3.Connection) -> None:
        database.executemany("DELETE FROM draft WHERE path = ?", [(name,) for name in called.values()])
        database.executemany("INSERT INTO draft VALUES (?, ?, ?)", rows)

    _JOURNAL.do(journal, put)


def recover(journal: Path, paths: Iterable[Path]) -> dict[Path, dict[str, Value]]:
    """The drafts that a former session left for these photos."""
    found, every = dict[Path, dict[str, Value]](), "SELECT path, key, value FROM draft"
    if not is_there(journal):
        return found
    held = _JOURNAL.do(journal, lambda database: database.execute(every).fetchall())
    wanted = {name: path for path, name in names(paths).items()} if held else {}
    for path, key, value in held:
        if path in wanted and key in FIELDS:
            found.setdefault(wanted[path], {})[key] = _value(json.loads(value))
    return found


def _value(stored: str | list[str]) -> Value:
    return stored if isinstance(stored, str) else tuple(stored)


def record_set(journal: Path, name: str, state: SetState) -> None:
    row = (name, _packed(state.saved_order), state.saved_headline, _packed(state.draft_order), state.draft_headline)
    put = "INSERT OR REPLACE INTO photo_set VALUES (?, ?, ?, ?, ?)"
    _JOURNAL.do(journal, lambda database: database.execute(put, row))


def read_set(journal: Path, name: str) -> SetState:
    if not is_there(journal):
        return SetState()
    asked = "SELECT saved_order, saved_headline, draft_order, draft_headline FROM photo_set WHERE name = ?"
    row = _JOURNAL.do(journal, lambda database: database.execute(asked, [name]).fetchone())
    return SetState(_order(row[0]), row[1], _order(row[2]), row[3]) if row else SetState()


def in_saved_order(paths: Iterable[Path], saved: Order) -> list[Path]:
    """The photos in the order that was saved; those that came since follow as they are."""
    if not saved:
        return list(paths)
    rank = {str(path): index for index, path in enumerate(saved)}
    called = names(paths)
    return sorted(called, key=lambda path: rank.get(called[path], len(rank)))


def _packed(order: Order) -> str:
    return json.dumps(list(names(order).values()))


def _order(stored: str) -> Order:
    return tuple(Path(path) for path in json.loads(stored))
