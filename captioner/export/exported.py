"""One photo as it went out, and what of it a correction goes back to."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from captioner.core.caption import Values


def as_written(values: Values, credit: str) -> Values:
    """With the credit that the original keeps, where the house style publishes another."""
    return values.updated({"credit": credit}) if credit else values


@dataclass(frozen=True)
class ExportedFile:
    file: str
    """With its folder, from the destination on."""
    sha256: str
    bytes: int
    width: int
    height: int


@dataclass(frozen=True)
class Original:
    """The file that was exported, as it was then."""

    size: int
    mtime_ns: int
    picture: str
    """The digest of its picture alone, which no caption touches."""


@dataclass(frozen=True)
class Exported:
    sequence: int
    source: Path
    files: tuple[ExportedFile, ...]
    """One for each rendition of the recipe."""
    values: Values
    written_credit: str = ""
    original: Original | None = None

    @property
    def first(self) -> ExportedFile:
        return self.files[0]

    @property
    def edited(self) -> Values:
        """As the person sees it, with the set's headline where it has none."""
        return as_written(self.values, self.written_credit)


@dataclass(frozen=True)
class Corrects:
    """The earlier export that a correction is of."""

    destination: Path
    when: datetime
    manifest: str
    """Its file's name, which stays as it was; empty where it had none."""
    number: int
    """Of the correction, from 1."""
    photos: tuple[Exported, ...]
    """Those that go out again, as they went out last."""

    @property
    def file(self) -> str:
        """The manifest's name."""
        return f"correction-{self.number:02}.json"
