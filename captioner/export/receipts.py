"""Every export, on record in one SQLite file: what was sent where, so that what has changed since can be told."""

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from captioner import paths
from captioner.errors import CaptionerError
from captioner.export.exported import Exported
from captioner.export.receipt import Receipt
from captioner.export.records import decoded, encoded
from captioner.i18n import N_, _
from captioner.storage.store import Store, is_there, names, real, text

LIMIT = 64 << 20
"""Octets of all receipts; beyond it the oldest go, but never the last whole export of a destination and its
corrections."""
_TABLES = """
CREATE TABLE IF NOT EXISTS export (
  number INTEGER PRIMARY KEY, destination TEXT NOT NULL, is_whole INTEGER NOT NULL, receipt BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS export_destination ON export (destination, number);
CREATE TABLE IF NOT EXISTS photo (path TEXT, export INTEGER, PRIMARY KEY (path, export)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS photo_export ON photo (export);
"""
_STORE = Store(
    _TABLES,
    N_("The record of exports {path} can't be used ({reason}); check its folder and the room on its disk."),
)
_OLD = """
SELECT number FROM (SELECT *, sum(length(receipt)) OVER (ORDER BY number DESC) AS total FROM export) AS each
WHERE total > ? AND number < (SELECT coalesce(max(number), 0) FROM export AS other
                              WHERE other.destination = each.destination AND other.is_whole)
"""
_LAST = """
SELECT path, max(export) FROM photo WHERE path IN (SELECT value FROM json_each(?)) GROUP BY path
"""
_HISTORY = """
SELECT receipt FROM export
WHERE (?1 IS NULL OR destination = ?1)
  AND (?2 IS NULL OR number IN (SELECT export FROM photo WHERE path IN (SELECT value FROM json_each(?2))))
ORDER BY number DESC LIMIT ?3
"""
_STANDING = """
WITH ours AS (SELECT * FROM export WHERE destination = ?1 AND number IN (
  SELECT export FROM photo WHERE path IN (SELECT value FROM json_each(?2))))
SELECT receipt FROM ours WHERE number >= (SELECT max(number) FROM ours WHERE is_whole) ORDER BY number
"""


def record(file: Path, receipt: Receipt) -> None:
    """Raises CaptionerError."""
    kept = _absolute(receipt)
    row = (_name(kept.base), kept.corrects is None, zlib.compress(encoded(kept)))
    photos = names(photo.source for photo in kept.photos).values()

    def put(database: sqlite3.Connection) -> None:
        put_in = "INSERT INTO export (destination, is_whole, receipt) VALUES (?, ?, ?)"
        number = database.execute(put_in, row).lastrowid
        database.executemany("INSERT OR IGNORE INTO photo VALUES (?, ?)", [(name, number) for name in photos])
        _let_go(database)

    _STORE.do(file, put)


def recorded(receipt: Receipt) -> Receipt:
    """What was published stays so, whether it could be recorded or not; where not, the receipt says so."""
    try:
        record(paths.exports_file(), receipt)
    except CaptionerError as error:
        told = _("The photos were exported, but that is not on record, so nothing can tell later what has changed "
                 "since. {error}")  # fmt: skip
        return replace(receipt, notes=(*receipt.notes, told.format(error=error)))
    return receipt


def last(file: Path, photos: Iterable[Path]) -> dict[Path, Exported]:
    """Those of the photos that were exported, as they went out last, wherever to."""
    asked = {name: path for path, name in names(photos).items()}
    if not is_there(file):
        return {}
    wanted = json.dumps(list(asked))

    def find(database: sqlite3.Connection) -> tuple[dict[str, int], dict[int, bytes]]:
        latest = dict[str, int](database.execute(_LAST, [wanted]).fetchall())
        every = "SELECT number, receipt FROM export WHERE number IN (SELECT value FROM json_each(?))"
        return latest, dict(database.execute(every, [json.dumps(sorted({*latest.values()}))]).fetchall())

    latest, kept = _STORE.do(file, find)
    return {
        asked[name]: photo
        for number, receipt in kept.items()
        for name, photo in _by_name(_read(receipt)).items()
        if latest.get(name) == number
    }


def exports(
    file: Path, destination: Path | None = None, photos: Collection[Path] = (), limit: int = 100
) -> tuple[Receipt, ...]:
    """The newest first: all, or those into a destination, or those of any of the photos."""
    if not is_there(file):
        return ()
    where = _name(destination) if destination else None
    whose = _list(photos) if photos else None
    rows = _STORE.do(file, lambda database: database.execute(_HISTORY, [where, whose, limit]).fetchall())
    return tuple(_read(receipt) for (receipt,) in rows)


def standing(file: Path, destination: Path, photos: Collection[Path]) -> Receipt | None:
    """What the receiver has of this set: its last whole export there, with what was corrected since in its place.

    It tells of the last correction, too. None where there was no export, or it is no longer on record.
    """
    if not is_there(file):
        return None
    asked = [_name(destination), _list(photos)]
    rows = _STORE.do(file, lambda database: database.execute(_STANDING, asked).fetchall())
    if not rows:
        return None
    whole, *since = (_read(receipt) for (receipt,) in rows)
    latest = {photo.source: photo for each in (whole, *since) for photo in each.photos}
    sent = tuple(latest[photo.source] for photo in whole.photos)
    return replace(whole, photos=sent, corrects=since[-1].corrects if since else None)


def _name(destination: Path) -> str:
    """One for a folder that has two names."""
    return next(iter(names([destination.resolve()]).values()))


def _list(photos: Collection[Path]) -> str:
    return json.dumps(list(names(photos).values()))


def _absolute(receipt: Receipt) -> Receipt:
    """On record for a process that starts elsewhere."""
    called = real(photo.source for photo in receipt.photos)
    photos = tuple(replace(photo, source=Path(called[photo.source])) for photo in receipt.photos)
    manifest = receipt.manifest.absolute() if receipt.manifest else None
    return replace(receipt, destination=receipt.destination.absolute(), manifest=manifest, photos=photos)


def _by_name(receipt: Receipt) -> dict[str, Exported]:
    """On record they have their real paths."""
    return {text(str(photo.source)): photo for photo in receipt.photos}


def _read(kept: bytes) -> Receipt:
    return decoded(Receipt, zlib.decompress(kept))


def _let_go(database: sqlite3.Connection) -> None:
    old = database.execute(_OLD, [LIMIT]).fetchall()
    database.executemany("DELETE FROM photo WHERE export = ?", old)
    database.executemany("DELETE FROM export WHERE number = ?", old)
