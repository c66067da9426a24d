"""Exports that were interrupted, on this computer: each can be finished, or taken back."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from captioner.core.policy import Policy
from captioner.errors import CaptionerError, UsageError
from captioner.export import place, publish, receipts
from captioner.export.publishing import journal, leftovers, pages
from captioner.export.publishing.journal import Entry
from captioner.export.publishing.publication import Publication, noted
from captioner.export.publishing.staging import DONE
from captioner.export.publishing.steps import move_in
from captioner.export.receipt import Receipt
from captioner.i18n import _


@dataclass(frozen=True)
class Unfinished:
    destination: Path
    real: Path
    """The destination, behind links."""
    when: datetime
    """It was begun."""
    photos: int
    published: int
    """Photos that are in the destination already."""


def find() -> tuple[Unfinished, ...]:
    """Those whose process is no more and whose drive is there."""
    return tuple(_found())


def into(destination: Path) -> Unfinished:
    """Raises UsageError where there is none."""
    real = destination.resolve()
    for each in _found():
        if real == each.real or destination == each.destination:
            return each
    raise _none(destination)


def finish(
    unfinished: Unfinished,
    policy: Policy,
    progress: publish.Progress = lambda _done, _of: None,
    cancelled: publish.Cancel = lambda: False,
) -> Receipt:
    """Moves in what was built; where that is not all, the plan is run anew. Raises CaptionerError as `publish.run`."""
    with pages.page(unfinished.real) as page:
        entry = _entry(page, unfinished)
        publication = noted(entry.staged)
        if publication and publication.is_whole:
            receipt = _moved_in(publication, entry, page)
            progress(unfinished.photos, unfinished.photos)
            return receipt
        leftovers.undo(entry)
        pages.end(page)
    return publish.run(entry.plan, policy, progress, cancelled)


def clean_up(unfinished: Unfinished) -> None:
    """The destination is as it was before, but for what others have changed meanwhile. Raises CaptionerError."""
    with pages.page(unfinished.real) as page:
        leftovers.undo(_entry(page, unfinished))
        pages.end(page)


def _moved_in(publication: Publication, entry: Entry, page: BinaryIO) -> Receipt:
    with leftovers.noted_until_done(page, entry):
        try:
            move_in(publication, entry.staged)
        except OSError as error:
            leftovers.tidy(entry)
            raise place.failure(error, entry.plan.destination) from error
    receipt = receipts.recorded(publication.receipt)
    leftovers.tidy(entry)
    return receipt


def _entry(page: BinaryIO, unfinished: Unfinished) -> Entry:
    entry = journal.read(page)
    if not entry:
        pages.end(page)
        raise _none(unfinished.destination)
    return entry


def _found() -> Iterator[Unfinished]:
    for path in pages.every():
        with contextlib.suppress(OSError, CaptionerError), pages.opened(path) as page:
            entry = journal.read(page)
            if not entry:
                pages.drop_empty(page)
            elif not _is_over(entry, page) and entry.staged.exists():
                publication = noted(entry.staged)
                yield Unfinished(entry.plan.destination, entry.real, entry.when, len(entry.plan.photos),
                                 publication.published if publication else 0)  # fmt: skip


def _is_over(entry: Entry, page: BinaryIO) -> bool:
    """It was killed before it began, or while it tidied up; without its drive nobody knows."""
    is_gone = not entry.staged.exists() and journal.device(entry.staged) == entry.device
    if is_over := (is_gone or (entry.staged / DONE).exists()):
        leftovers.tidy(entry)
        pages.end(page)
    return is_over


def _none(destination: Path) -> CaptionerError:
    return UsageError(
        _("There is no unfinished export into {folder}; look at its name.").format(folder=destination),
        destination)  # fmt: skip
