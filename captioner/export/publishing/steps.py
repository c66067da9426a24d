"""The steps of a publication: done one after the other, taken up where they were left, or taken back."""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from captioner.errors import CaptionerError, reason
from captioner.export.publishing import moves
from captioner.export.publishing.publication import Publication, Step
from captioner.export.publishing.staging import DONE, NOTED, made_like
from captioner.i18n import _
from captioner.storage import files


class Stuck(CaptionerError):
    """What had come in could not be taken back; it is noted, for the next start."""


def move_in(publication: Publication, staged: Path) -> None:
    """Takes up where it was left; all or nothing. Raises OSError, or Stuck where not even nothing could be had."""
    try:
        _appear(publication)
        _go(publication.photos, publication.steps)
        _sync(publication)
        _go(publication.manifests, publication.steps)
        _sync(publication)
        (staged / NOTED).rename(staged / DONE)
        files.sync_folder(staged)
    except BaseException:
        take_back(publication, staged)
        raise
    let_go(publication)


def take_back(publication: Publication, staged: Path) -> None:
    """Everything is as it was before. Raises Stuck."""
    try:
        (staged / NOTED).stat()  # a drive that is gone shows no files either
        for step in reversed(publication.steps):
            _take_back(step)
        for folder in publication.made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        _sync(publication)
        (staged / NOTED).unlink()
    except OSError as error:
        raise _stuck(publication.receipt.destination, error) from error


def let_go(publication: Publication) -> None:
    """The files that were replaced."""
    for step in publication.steps:
        if step.old:
            with contextlib.suppress(OSError):
                step.old.unlink(missing_ok=True)


def _appear(publication: Publication) -> None:
    """A new folder as a whole, where the drive lets it; others may be watching one that is there."""
    if publication.whole and publication.whole.exists() and not publication.real.exists():
        try:
            moves.move(publication.whole, publication.real)
        except OSError as error:
            if error.errno not in moves.ELSEWHERE:
                raise
    for folder in reversed(publication.made):
        if not folder.exists():
            made_like(folder, publication.whole or folder.parent)


def _go(steps: Sequence[Step], every: Sequence[Step]) -> None:
    """Those after the last that is done, for they went one by one."""
    last = max((index for index, step in enumerate(every) if step.is_done), default=-1)
    left = set(every[last + 1 :])
    for step in steps:
        if step in left:
            _do(step)


def _do(step: Step) -> None:
    if step.old and os.path.lexists(step.target):
        _keep(step.target, step.old)
    if step.source is None:
        step.target.unlink(missing_ok=True)
    elif step.old:
        moves.replace(step.source, step.target)
    else:
        moves.move(step.source, step.target)


def _keep(path: Path, old: Path) -> None:
    """As a second name of the same file, where the drive knows that."""
    old.unlink(missing_ok=True)
    try:
        os.link(path, old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        moves.copy(path, old)


def _take_back(step: Step) -> None:
    """Also where that was interrupted: what a replaced file was put back over may have had the very same bytes."""
    is_free = not os.path.lexists(step.target) or step.is_ours
    has_changed = step.source is None or step.is_done
    if step.old and os.path.lexists(step.old):
        if is_free and has_changed:
            step.old.replace(step.target)
        step.old.unlink(missing_ok=True)
    elif step.is_ours and not step.old:
        step.target.unlink()
    if step.source:
        moves.near(step.source, step.target).unlink(missing_ok=True)


def _sync(publication: Publication) -> None:
    folders = {step.target.parent for step in publication.steps} | {publication.real.parent}
    for folder in sorted({*folders, *(folder.parent for folder in publication.made)}):
        files.sync_folder(folder)


def _stuck(destination: Path, error: OSError) -> Stuck:
    return Stuck(
        _("The export into {folder} stopped half-way ({reason}); when the folder can be written again, finish it with "
          "“captioner export --finish {folder}”, or take it back with “captioner export --clean-up {folder}”.").format(
              folder=destination, reason=reason(error)), destination)  # fmt: skip
