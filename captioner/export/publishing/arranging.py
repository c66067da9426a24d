"""What is to be moved, in which order: the files that were built, and those that have their names."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from captioner.export import manifests, place
from captioner.export.plan import Plan
from captioner.export.publishing import archive, moves
from captioner.export.publishing.publication import Publication, Step, sha256
from captioner.export.receipt import Receipt
from captioner.export.recipes import REPLACE

Olds = Mapping[str, Sequence[str]]
"""By the name of a new file, the old ones that it takes the place of."""


def arranged(plan: Plan, receipt: Receipt, folder: Path, real: Path) -> Publication:
    """`folder` holds the photos, and its parent the manifests. Raises CaptionerError, and OSError."""
    arrange = _archive if place.is_archive(real) else _tree
    return arrange(plan, receipt, folder, real)


def _archive(plan: Plan, receipt: Receipt, folder: Path, real: Path) -> Publication:
    staged, name = folder.parent, real.name
    archive.pack(staged / name, [*((file, folder / file) for file in _names(receipt)),
                                 *((last, staged / last) for _kind, last in plan.manifests)], receipt.when)  # fmt: skip
    coming = _coming(_made(staged, real.parent, name), name, staged, _olds(plan, real))
    return Publication(receipt, real, tuple(coming), ())


def _tree(plan: Plan, receipt: Receipt, folder: Path, real: Path) -> Publication:
    staged, olds = folder.parent, _olds(plan, real)
    last = [name for _kind, name in plan.manifests]
    stale = () if plan.corrects else _old_manifests(last, real, olds)  # a correction tells what it changes of the set's
    going = [_going(staged, real / each) for each in stale]
    coming = [_coming(Step(real / file.file, folder / file.file, file.sha256), file.file, staged, olds)
              for photo in receipt.photos for file in photo.files]  # fmt: skip
    return Publication(receipt, real, (*going, *chain.from_iterable(coming)), tuple(_made(staged, real, name)
                       for name in last), _new_folders(real, _names(receipt)), folder)  # fmt: skip


def _names(receipt: Receipt) -> list[str]:
    return [file.file for photo in receipt.photos for file in photo.files]


def replaced_octets(plan: Plan, real: Path) -> int:
    """Of the old files, which need room beside the new ones where a drive can't give them a second name."""
    folder = place.folder_of(real)
    return sum((folder / each).lstat().st_size for old in _olds(plan, real).values() for each in old)


def _olds(plan: Plan, real: Path) -> Olds:
    if plan.recipe.existing != REPLACE:
        return {}
    folder = place.folder_of(real)
    olds = place.spelt(folder, [real.name] if place.is_archive(real) else plan.file_names)
    for each in (each for old in olds.values() for each in old):
        if (folder / each).is_dir():
            raise place.taken(plan.destination, each)
    return olds


def _old_manifests(names: Sequence[str], real: Path, olds: Olds) -> Iterator[str]:
    """Those that are written anew, and others that would go on to name files that are replaced."""
    yield from (each for name in names for each in olds.get(name, ()))
    replaced = [os.fsencode(each) for old in olds.values() for each in old]
    for name in (name for name in manifests.FILES.values() if replaced and name not in names):
        if (real / name).is_file() and any(each in (real / name).read_bytes() for each in replaced):
            yield name


def _coming(step: Step, name: str, staged: Path, olds: Olds) -> Iterator[Step]:
    """A file of another case may be the same one, or stand beside it: it goes first."""
    old = olds.get(name, ())
    yield from (_going(staged, step.target.with_name(Path(each).name)) for each in old if each != name)
    yield replace(step, old=moves.near(staged, step.target)) if name in old else step


def _made(source: Path, target: Path, name: str) -> Step:
    return Step(target / name, source / name, sha256(source / name))


def _going(staged: Path, old: Path) -> Step:
    return Step(old, old=moves.near(staged, old))


def _new_folders(real: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """The deepest first; a rendition's folder has no folders in it."""
    below = {(real / name).parent for name in names} - {real}
    return tuple(folder for folder in (*sorted(below), real) if not folder.exists())
