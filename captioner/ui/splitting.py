"""Stories read, split and laid beside photos off the GUI thread: of a long one that takes half a second."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from captioner.core.pairing import Pairing
from captioner.core.story import Story, split_story
from captioner.storage.desk_data import load_agencies, load_languages
from captioner.storage.story_files import read_story_text
from captioner.ui.jobs import Jobs


class Splitting(QObject):
    """What was asked for last counts; an answer to what was asked before is nobody's any more."""

    was_read = Signal(str)
    """The text of a file."""
    was_laid = Signal(object)
    """The Pairing."""
    failed = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self._asked: object = None

    @property
    def is_busy(self) -> bool:
        return self._asked is not None

    def read(self, file: Path) -> None:
        self._ask(read_story_text, file, self.was_read)

    def split(self, text: str, lay: Callable[[Story], Pairing]) -> None:
        """`lay` lays the story beside the photos, as they were when it was asked."""
        self._ask(partial(_laid, lay), text, self.was_laid)

    def stop(self) -> None:
        """Before this goes: no answer is waited for."""
        self._asked = None

    def _ask(self, work: object, item: object, answered: object) -> None:
        asked = self._asked = object()
        self.jobs.cancel("story")

        def answer(signal: object, value: object) -> None:
            if asked is self._asked:
                self._asked = None
                signal.emit(value)  # type: ignore[attr-defined]

        self.jobs.run(
            work, [item], lane="story",  # type: ignore[arg-type]
            batch=lambda results: answer(answered, results[0]),
            failed=lambda _item, error: answer(self.failed, error.sentence),
        )  # fmt: skip


def _laid(lay: Callable[[Story], Pairing], text: str) -> Pairing:
    return lay(split_story(text, load_agencies(), load_languages()))
