"""What a command says, and the photos that it is about; the only module that prints."""

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from captioner import paths
from captioner.core.fields import Value
from captioner.core.photo import Photo
from captioner.errors import CaptionerError
from captioner.settings import Settings
from captioner.storage.outcome import unreadable

DONE, WITH_FINDINGS, WRONG_USAGE = 0, 1, 2
INTERRUPTED = 130
"""What shells say of a program that Ctrl+C ended."""


@dataclass
class Console:
    """One document to stdout, messages to stderr; remembers whether anybody had to be told something."""

    settings: Settings = field(default_factory=Settings)
    as_json: bool = False
    code: int = DONE

    def __post_init__(self) -> None:
        """A terminal without the characters, or a file name that is no UTF-8, is no reason to fail."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def say(self, text: str) -> None:
        """A line of the answer, for people."""
        if not self.as_json:
            print(text)

    def document(self, value: object) -> None:
        if self.as_json:
            is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
            print(json.dumps(value, ensure_ascii=not is_unicode, indent=2))

    def tell(self, message: str) -> None:
        print(f"captioner: {message}", file=sys.stderr)

    def hang_up(self) -> None:
        """Whoever read the answer has enough of it."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def trouble(self, message: str) -> None:
        self.tell(message)
        self.code = WITH_FINDINGS

    def read(self, named: Sequence[Path]) -> list[Photo]:
        """Each photo as a person sees it; one that can't be read says why."""
        return self.with_drafts([self._read(path) for path in named])

    def _read(self, path: Path) -> Photo:
        # Whoever asks for the window alone does without it: a frame shows sooner.
        from captioner.storage import photos as storage

        try:
            return storage.read_photo(path, self.settings.policy)
        except CaptionerError as error:
            return unreadable(path, error)

    def with_drafts(self, photos: list[Photo]) -> list[Photo]:
        """Where originals are never written, drafts are all that there is of an edit."""
        if self.settings.policy.save_to != "export":
            return photos
        from captioner.storage import drafts

        held = drafts.recover(paths.drafts_file(), [photo.path for photo in photos])
        return [photo._replace(values=photo.saved.updated(held.get(photo.path, {}))) for photo in photos]

    def keep_drafts(self, wanted: Mapping[Path, Mapping[str, Value]]) -> None:
        from captioner.storage import drafts

        held = drafts.recover(paths.drafts_file(), wanted)
        drafts.record(paths.drafts_file(), {path: {**held.get(path, {}), **new} for path, new in wanted.items()})


@dataclass(frozen=True)
class OpenWindow:
    """What the front door is asked to show."""

    paths: tuple[Path, ...] = ()
    story: Path | None = None


def photos_of(named: Sequence[Path]) -> list[Path]:
    """Files as they are named, though they may be missing; folders in their saved order."""
    from captioner.storage import opening

    journal = paths.drafts_file()
    return [path for each in named for path in (opening.opened(journal, [each]).paths if each.is_dir() else [each])]


def plain(values: Mapping[str, Value]) -> dict[str, str | list[str]]:
    return {key: value if isinstance(value, str) else list(value) for key, value in values.items()}
