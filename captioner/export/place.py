"""Whether an export can go into a folder: asked before anything is written, and never answered by writing."""

import errno
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from captioner.errors import CaptionerError, UsageError, reason
from captioner.export.naming.names import key, version_mark
from captioner.export.publishing import pages
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
        raise interrupted(destination) if pages.is_interrupted(destination) else taken(destination, found[0])


def held(destination: Path, names: Sequence[str]) -> list[str]:
    """The files that have these names; case doesn't count, for on another system it wouldn't."""
    if is_archive(destination):
        destination, names = destination.parent, [destination.name]
    return [each for old in spelt(destination, names).values() for each in old]


def spelt(folder: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """The files that have each of these names, in whatever case."""
    inside: dict[str, dict[str, list[str]]] = {}
    found: dict[str, list[str]] = {}
    for name in names:
        below, _slash, last = name.rpartition("/")
        if below not in inside:
            inside[below] = _by_key(folder / below)
        if there := inside[below].get(key(last)):
            found[name] = [f"{below}/{each}".lstrip("/") for each in there]
    return found


def is_archive(destination: Path) -> bool:
    """Whether the destination is a file to be, which holds the same tree."""
    return destination.suffix.casefold() == ".zip" and not destination.is_dir()


def folder_of(destination: Path) -> Path:
    """Where its files appear: an archive is a file itself."""
    return destination.parent if is_archive(destination) else destination


def fresh(beside: Path, name: str) -> Path:
    """For the export of a set of that name, a folder that isn't there yet."""
    names = (f"{name}-export", *(f"{name}-export-{n}" for n in range(2, 1000)))
    return next(path for each in names if not (path := beside / each).exists())


def fitting(chosen: Path, name: str) -> Path:
    """The folder itself, or a fresh one in it where it holds anything."""
    return fresh(chosen, name) if any(chosen.iterdir()) else chosen


def versioned(destination: Path, version: int) -> Path:
    """A later version of an archive has a name of its own; in a folder, its files have."""
    is_other = version > 1 and is_archive(destination)
    return destination.with_stem(f"{destination.stem}{version_mark(version)}") if is_other else destination


def taken(destination: Path, name: str) -> CaptionerError:
    return CaptionerError(
        _("{folder} already holds {name}, and nothing was overwritten; choose another folder, or move the files of the "
          "earlier export away.").format(folder=folder_of(destination), name=name), destination)  # fmt: skip


def interrupted(destination: Path) -> CaptionerError:
    return CaptionerError(
        _("An earlier export into {folder} was interrupted; finish it with “captioner export --finish {folder}”, or "
          "take it back with “captioner export --clean-up {folder}”.").format(folder=destination),
        destination)  # fmt: skip


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
    if isinstance(error, FileExistsError) and error.filename:
        return taken(destination, Path(error.filename).name)
    if error.errno in _FULL:
        told = _("There is no room left in {folder} ({reason}), so nothing was exported; make room, or choose another "
                 "folder.")  # fmt: skip
    else:
        told = _("Nothing can be written into {folder} ({reason}); check its permissions, or choose another folder.")
    return CaptionerError(told.format(folder=destination, reason=reason(error)), destination)


def _check_place(destination: Path, real: Path, originals: Iterable[Path]) -> None:
    folder = folder_of(real)
    obstacle = next((each for each in (folder, *folder.parents) if each.exists() and not each.is_dir()), None)
    if obstacle:
        raise CaptionerError(
            _("{path} is a file, so photos can't be exported into {folder}; choose another folder.").format(
                path=obstacle, folder=destination), destination)  # fmt: skip
    if any(each.resolve() == real or _same(each, real) for each in originals):
        raise UsageError(
            _("{folder} is the folder of the photos themselves; choose another one to export into.").format(
                folder=destination), destination)  # fmt: skip


def _by_key(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        for each in sorted(folder.iterdir()):
            found.setdefault(key(each.name), []).append(each.name)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise failure(error, folder) from error
    return found


def _same(one: Path, other: Path) -> bool:
    """Also where a folder has two names, as on a drive that ignores case."""
    try:
        return one.samefile(other)
    except OSError:
        return False
