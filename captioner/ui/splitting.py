"""Stories read, split and laid beside photos off the GUI thread: of a long one that takes half a second."""

from collections.abc import Callable
from operator import call
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from captioner.core.pairing import Pairing
from captioner.core.story import Story, split_story
from captioner.storage.desk_data import load_agencies, load_languages
from captioner.storage.story_files import read_text_and_story
from captioner.ui.jobs import Job, Jobs

_Answer = TypeVar("_Answer")
Lay = Callable[[Story], Pairing]
"""Lays the story beside the photos, as they were when it was asked."""


class Splitting(QObject):
    """What was asked for last counts; an answer to what was asked before is nobody's any more."""

    was_read = Signal(str, object)
    """The text of a file, and the Pairing of what it tells."""
    was_laid = Signal(object)
    """The Pairing."""
    failed = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self._asked: Job | None = None

    @property
    def is_busy(self) -> bool:
        return self._asked is not None

    def read(self, file: Path, lay: Lay) -> None:
        self._ask(lambda: _read(lay, file), lambda read: self.was_read.emit(*read))

    def split(self, text: str, lay: Lay) -> None:
        self._ask(lambda: _laid(lay, text), self.was_laid.emit)

    def stop(self) -> None:
        """Before this goes: no answer is waited for."""
        self._asked = None

    def _ask(self, work: Callable[[], _Answer], answered: Callable[[_Answer], None]) -> None:
        self.jobs.cancel("story")

        def once(tell: Callable[[], None]) -> None:
            if asked is self._asked:
                self._asked = None
                tell()

        asked = self._asked = self.jobs.run(
            call, [work], lane="story",
            batch=lambda results: once(lambda: answered(results[0])),
            failed=lambda _work, error: once(lambda: self.failed.emit(error.sentence)),
        )  # fmt: skip


def _read(lay: Lay, file: Path) -> tuple[str, Pairing]:
    text, story = read_text_and_story(file)
    return text, lay(story)


def _laid(lay: Lay, text: str) -> Pairing:
    return lay(split_story(text, load_agencies(), load_languages()))
