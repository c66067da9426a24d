"""What a run left that was killed, or lost its drive: taken up where it stands, or taken back."""

import contextlib
from collections.abc import Generator
from typing import BinaryIO

from captioner.export import place
from captioner.export.publishing import journal, pages
from captioner.export.publishing.journal import Entry
from captioner.export.publishing.publication import noted
from captioner.export.publishing.staging import DONE, NOTED, remove, remove_empty
from captioner.export.publishing.steps import Stuck, let_go, take_back


def make_way(page: BinaryIO) -> None:
    """For a new export; raises CaptionerError where an earlier one had begun to move files in."""
    entry = journal.read(page)
    if not entry:
        return
    publication = noted(entry.staged)
    if publication and publication.is_begun:
        raise place.interrupted(entry.plan.destination)
    undo(entry)
    pages.end(page)


def undo(entry: Entry) -> None:
    """Everything is as it was before, but for what others have changed meanwhile. Raises CaptionerError."""
    if publication := noted(entry.staged):
        take_back(publication, entry.staged)
    tidy(entry)


def tidy(entry: Entry) -> None:
    """Only what is of no more use goes."""
    if done := noted(entry.staged, DONE):
        let_go(done)
    remove(entry.staged)
    remove_empty(entry.made)


@contextlib.contextmanager
def noted_until_done(page: BinaryIO, entry: Entry) -> Generator[None, None, None]:
    """The entry stays only for what has come in and could not be taken back."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Stuck) and not (entry.staged / NOTED).exists():
            pages.end(page)
        raise
    pages.end(page)
