"""Stories read and split off the GUI thread: of a long one that takes half a second."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from captioner.core.story import Story, split_story
from captioner.storage.desk_data import load_agencies, load_languages
from captioner.storage.story_files import read_story_text
from captioner.ui.jobs import Jobs


class Splitting(QObject):
    """What was asked for last counts; an answer to what was asked before is nobody's any more."""

    was_read = Signal(str)
    """The text of a file."""
    was_split = Signal(object)
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

    def split(self, text: str) -> None:
        self._ask(_split, text, self.was_split)

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


def _split(text: str) -> Story:
    return split_story(text, load_agencies(), load_languages())
