"""Which photos a person means by the folders and files that they name, and in which order."""

import os
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

from captioner.core.history import Order
from captioner.errors import CaptionerError, UsageError
from captioner.i18n import _
from captioner.storage import drafts, listing
from captioner.storage.drafts import SetState
from captioner.storage.store import text

_AT_ONCE, _REST_S = 16, 0.001
_Each = TypeVar("_Each")


@dataclass(frozen=True)
class Opened:
    name: str
    """Under which the journal keeps the set: its folder, or its files."""
    paths: Order
    """In the order that was saved, photos that came since at the end; else in natural order."""
    state: SetState


def opened(journal: Path, named: Sequence[Path], again: bool = False) -> Opened:
    """Raises CaptionerError for a folder that can't be read or is empty, UsageError for a name that isn't there.

    What was open before is opened again without what is gone since.
    """
    there = [each for each in named if each.exists()] if again else named
    found = tuple(dict.fromkeys(path for each in there for path in _expanded(each)))
    if not found:
        raise CaptionerError(
            _("There are no photos in {path}; choose a folder with picture files.").format(path=named[0]), named[0]
        )
    name = called(named)
    state = drafts.read_set(journal, name)
    return Opened(name, tuple(drafts.in_saved_order(found, state.saved_order)), state)


def called(named: Iterable[Path]) -> str:
    """What the journal calls a set of them."""
    return text("\n".join(map(os.path.realpath, named)))


Seen = Mapping[Path, tuple[int, int] | None]
"""Photos with the size and time of their files; None for one that was not read yet."""


def look(named: Sequence[Path], known: Iterable[Path]) -> dict[Path, tuple[int, int] | None]:
    """The photos that are there now: those of the folders named, and those known wherever they are."""
    ours = list(known)
    spelled = set(map(os.fspath, ours))  # a path that is made anew costs ten times its name
    marks = ((path, _mark(path)) for path in chain(gently(ours), _others(named, spelled)))
    return {path: mark for path, mark in marks if mark}


def _others(named: Sequence[Path], spelled: Container[str]) -> Iterator[Path]:
    for folder in (each for each in named if each.is_dir()):
        for name in gently(listing.names(folder)):
            if os.path.join(folder, name) not in spelled:  # noqa: PTH118
                yield folder / name


def gently(every: Iterable[_Each]) -> Iterator[_Each]:
    """Nobody waits for it, and a thread that holds Python's lock makes the window wait for each thing that it does."""
    for number, each in enumerate(every):
        if number % _AT_ONCE == 0:
            time.sleep(_REST_S)
        yield each


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _expanded(named: Path) -> Order:
    if named.is_dir():
        return listing.list_photos(named)
    if not named.exists():
        raise UsageError(_("There is no file or folder {path}; check its name.").format(path=named), named)
    return (named,)
