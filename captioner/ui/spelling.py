"""Spelling in the boxes: in the caption's language, with the names of the set and the desk's glossary known."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from captioner.core import codes, words
from captioner.core.codes import Codes
from captioner.core.fields import FIELDS
from captioner.core.languages import recognise
from captioner.core.photo import Photo
from captioner.core.photo_set import Changed, PhotoSet
from captioner.errors import CaptionerError
from captioner.i18n import _
from captioner.storage import spelling
from captioner.storage.desk_data import load_languages
from captioner.storage.spelling import Dictionary
from captioner.ui.jobs import Jobs
from captioner.ui.widgets.boxes import TextBox
from captioner.ui.widgets.marks import Kind, Marks, finder

KEYS = ("headline", *(key for key, field in FIELDS.items() if field.keeps_lines))
_NAMES = ("creator", "persons_shown", "city", "state", "country", "sublocation", "credit", "source", "event",
          "keywords")  # fmt: skip
_NAMES_MS, _SLICE_MS = 400, 4


class Spelling(QObject):
    told = Signal(str)
    glossary_read = Signal(object)
    """Its words and names, where they are others than before."""

    def __init__(self, glossary: Path, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.glossary_file, self.codes, self._jobs = glossary, Codes(), jobs
        self._dictionaries: dict[str, Dictionary | None] = {}
        """By language, those that were looked for: to load one takes longer than a person waits for a letter."""
        self._marks: list[Marks] = []
        self._language, self._photos = "", PhotoSet()
        self.story_language = ""
        """Of captions too short to be recognised."""
        self._texts: dict[Path, tuple[str, ...]] = {}
        self._held = Counter[str]()
        """The names of the set as they are written, and how often."""
        self._changed: dict[Path, None] = {}
        self._names: frozenset[str] = frozenset()
        self._glossary_held: tuple[str, ...] = ()
        self._ignored: set[str] = set()
        self._verdicts: dict[str, bool] = {}
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._read_names)

    def equip(self, box: TextBox, before: Callable[[], None]) -> Marks:
        """`before` comes before a word is mended, so that it is a step of its own."""
        marks = Marks(box, [finder(Kind.SPELLING, self._misspelt, _("Not in the dictionary")),
                            finder(Kind.CODE, lambda text: codes.unknown(text, self.codes), _("No such code"))],
                      self._suggest, before)  # fmt: skip
        marks.added.connect(self._add)
        marks.ignored.connect(self._ignore)
        self._marks.append(marks)
        box.destroyed.connect(lambda: self._marks.remove(marks) if marks in self._marks else None)
        return marks

    def read(self, caption: str) -> None:
        """The caption of the photo that is shown now: its language is that of all its texts."""
        language = recognise(caption, load_languages()) or self.story_language
        if language and language != self._language:
            self._language = language
            self.refresh()
            if language not in self._dictionaries:
                self._jobs.run(spelling.dictionary, [language], lane="spelling",
                               batch=lambda found: self._know(language, found[0]))  # fmt: skip

    def _know(self, language: str, found: Dictionary | None) -> None:
        if language in self._dictionaries:
            return
        self._dictionaries[language] = found
        if language == self._language:
            self.refresh()
        if not found and (told := spelling.how_to_get(language)):
            self.told.emit(told)

    def follow(self, photos: PhotoSet, changed: Changed) -> None:
        """Names that come into the set are known soon, however many photos change at once."""
        if photos is not self._photos:
            self._photos, self._texts, self._held, self._changed = photos, {}, Counter(), {}
        if not changed.keys.isdisjoint(_NAMES):
            self._changed.update(dict.fromkeys(changed.paths))
            if not self._timer.isActive():
                self._timer.start(_NAMES_MS)

    def refresh(self) -> None:
        """Another language, or other names."""
        self._verdicts.clear()
        for marks in self._marks:
            marks.refresh()

    def _read_names(self) -> None:
        """A slice at a time; looks at the photos alone that changed."""
        timer = QElapsedTimer()
        timer.start()
        while self._changed and timer.elapsed() < _SLICE_MS:
            path, _nothing = self._changed.popitem()
            before, now = self._texts.get(path, ()), _texts_of(self._photos[path]) if path in self._photos else ()
            if now != before:
                self._texts[path] = now
                self._held.subtract(before)
                self._held.update(now)
        if self._changed:
            self._timer.start(0)
        else:
            self._take_names()

    def _take_names(self) -> None:
        self._held = +self._held
        names = words.names([*self._held, *self._glossary()])
        if names != self._names:
            self._names = names
            self.refresh()

    def _glossary(self) -> Sequence[str]:
        try:
            held = spelling.read_glossary(self.glossary_file)
        except CaptionerError as error:
            self.told.emit(error.sentence)
            return ()
        if held != self._glossary_held:
            self._glossary_held = held
            self.glossary_read.emit(held)
        return held

    def reload(self) -> None:
        self._read_names()

    @property
    def _dictionary(self) -> Dictionary | None:
        """None where there is none, or not yet."""
        return self._dictionaries.get(self._language)

    def _misspelt(self, text: str) -> list[tuple[int, int]]:
        if not self._dictionary:
            return []
        return words.misspelt(text, self._is_right, self.codes.delimiter)

    def _is_right(self, word: str) -> bool:
        """Kept, for with each key all words of a text are asked for."""
        if word not in self._verdicts:
            is_known = word in self._ignored or words.known(word, self._names)
            self._verdicts[word] = is_known or not self._dictionary or self._dictionary.check(word)
        return self._verdicts[word]

    def _suggest(self, word: str) -> Sequence[str]:
        return self._dictionary.suggest(word) if self._dictionary else ()

    def _add(self, word: str) -> None:
        try:
            spelling.add_to_glossary(self.glossary_file, word)
        except CaptionerError as error:
            self.told.emit(error.sentence)
        self._read_names()

    def _ignore(self, word: str) -> None:
        """Until the window closes."""
        self._ignored.add(word)
        self.refresh()


def _texts_of(photo: Photo) -> tuple[str, ...]:
    values = photo.values
    return tuple([text for key in _NAMES if values.holds(key) for text in values.texts(key)])
