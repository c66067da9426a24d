"""`story.txt`: the set as a story that a person reads, and that `captioner story` splits into the same captions."""

from collections.abc import Iterator
from pathlib import Path

from captioner.core.caption import Values
from captioner.export.receipt import Receipt


def made(receipt: Receipt, _folder: Path) -> bytes:
    text = "\n\n".join(part for part in _parts(receipt) if part)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _parts(receipt: Receipt) -> Iterator[str]:
    """One number alone could as well belong to its sentence."""
    yield receipt.headline
    for photo in receipt.photos:
        number = f"{photo.sequence}. " if len(receipt.photos) > 1 else ""
        yield f"{number}{_told(photo.values)}".strip()


def _told(values: Values) -> str:
    """A caption is one paragraph, and its credit stands on a line of its own, so that it is one whatever it says."""
    caption, credit = " ".join(values.text("caption").split()), values.text("credit")
    return "\n".join(part for part in (caption, credit and f"Credit: {credit}") if part)
