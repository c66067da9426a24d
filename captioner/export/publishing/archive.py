"""The tree of an export as one ZIP archive."""

import shutil
import zipfile
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import IO

from captioner.storage import files

Member = tuple[str, Path]
"""Its name in the archive, and its file."""
_MODE, _UNIX = 0o100644, 3
_FIRST_YEAR = 1980
_PIECE = 1 << 20
_TEXTS = {".json", ".csv", ".txt", ".html"}
"""Pictures, and contact sheets of them, grow no smaller."""


def pack(archive: Path, members: Iterable[Member], when: datetime) -> None:
    """In the order given; on the disk and read back when it returns. Raises OSError."""
    members = tuple(members)
    with archive.open("x+b") as file:
        with zipfile.ZipFile(file, "w") as packed:
            for name, path in members:
                _add(packed, _info(name, path, when), path)
        files.sync(file)
    try:
        _check(archive, members)
    except zipfile.BadZipFile as error:
        raise files.reads_differently() from error


def _info(name: str, path: Path, when: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, max(when.astimezone().timetuple()[:6], (_FIRST_YEAR, 1, 1, 0, 0, 0)))
    info.compress_type = zipfile.ZIP_DEFLATED if path.suffix in _TEXTS else zipfile.ZIP_STORED
    info.create_system, info.external_attr = _UNIX, _MODE << 16
    info.file_size = path.stat().st_size  # by which it is known whether the entry needs 64 bits
    return info


def _add(packed: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> None:
    with path.open("rb") as source, packed.open(info, "w") as target:
        shutil.copyfileobj(source, target, _PIECE)


def _check(archive: Path, members: tuple[Member, ...]) -> None:
    """Sums of the archive's own are compared while it is read."""
    with zipfile.ZipFile(archive) as packed:
        if packed.namelist() != [name for name, _path in members]:
            raise zipfile.BadZipFile
        for name, path in members:
            with packed.open(name) as inside, path.open("rb") as file:
                if not _same(inside, file):
                    raise zipfile.BadZipFile


def _same(one: IO[bytes], other: IO[bytes]) -> bool:
    pieces = [iter(partial(file.read, _PIECE), b"") for file in (one, other)]
    return all(ours == theirs for ours, theirs in zip_longest(*pieces))
