"""Whether an export can go into a folder: asked before anything is written, and never answered by writing."""

import errno
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from captioner.errors import CaptionerError, UsageError, reason
from captioner.export.names import key
from captioner.i18n import _

MARGIN = 4 << 20
"""Octets that have to stay free beside the pictures: for manifests, folders and whoever else is writing."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def check_place(destination: Path, sources: Iterable[Path]) -> None:
    """Raises CaptionerError for a folder that holds the originals, or is none."""
    try:
        _check_place(destination, destination.resolve(), {source.parent for source in sources})
    except OSError as error:
        raise failure(error, destination) from error


def check_names(destination: Path, names: Sequence[str]) -> None:
    """Raises CaptionerError where a file has one of these names."""
    if found := held(destination, names):
        raise taken(destination, found[0])


def held(destination: Path, names: Sequence[str]) -> list[str]:
    """The files that have these names; case doesn't count, for on another system it wouldn't."""
    inside = {folder: _names_in(destination / folder) for folder in {_folder(name) for name in names}}
    there = {key(f"{folder}/{name}"): f"{folder}/{name}".lstrip("/") for folder in inside for name in inside[folder]}
    return [there[key(full)] for name in names if key(full := f"{_folder(name)}/{Path(name).name}") in there]


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def taken(destination: Path, name: str) -> CaptionerError:
    return CaptionerError(
        _("{folder} already holds {name}, and nothing was overwritten; choose another folder, or move the files of the "
          "earlier export away.").format(folder=destination, name=name), destination)  # fmt: skip


def check_space(folder: Path, destination: Path, needed: int) -> None:
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return
    # Some network drives answer 0 of 0; then only writing tells.
    if usage.total and usage.free < needed + MARGIN:
        raise CaptionerError(
            _("There is not enough room in {folder}: {needed} MB are needed and {free} MB are free; make room, or "
              "choose another folder.").format(folder=destination, needed=-(-(needed + MARGIN) // 1_000_000),
                                               free=usage.free // 1_000_000), destination)  # fmt: skip


def failure(error: OSError, destination: Path) -> CaptionerError:
    """What went wrong while writing, as a sentence about the folder that the person named."""
    if error.errno in _FULL:
        told = _("There is no room left in {folder} ({reason}), so nothing was exported; make room, or choose another "
                 "folder.")  # fmt: skip
    else:
        told = _("Nothing can be written into {folder} ({reason}); check its permissions, or choose another folder.")
    return CaptionerError(told.format(folder=destination, reason=reason(error)), destination)


def _check_place(destination: Path, real: Path, originals: Iterable[Path]) -> None:
    obstacle = next((each for each in (real, *real.parents) if each.exists() and not each.is_dir()), None)
    if obstacle:
        raise CaptionerError(
            _("{path} is a file, so photos can't be exported into {folder}; choose another folder.").format(
                path=obstacle, folder=destination), destination)  # fmt: skip
    if any(folder.resolve() == real or _same(folder, real) for folder in originals):
        raise UsageError(
            _("{folder} is the folder of the photos themselves; choose another one to export into.").format(
                folder=destination), destination)  # fmt: skip


def _names_in(destination: Path) -> list[str]:
    try:
        return [each.name for each in destination.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise failure(error, destination) from error


def _same(one: Path, other: Path) -> bool:
    """Also where a folder has two names, as on a drive that ignores case."""
    try:
        return one.samefile(other)
    except OSError:
        return False
