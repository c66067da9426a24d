"""What is being exported, noted beside the drafts until it is done: so the next start can finish it or clean up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from captioner.export import records
from captioner.export.plan import Plan
from captioner.export.publishing.pages import not_noted
from captioner.export.publishing.staging import missing_parents, place_for
from captioner.storage import files


@dataclass(frozen=True)
class Entry:
    plan: Plan
    real: Path
    """The destination, behind links."""
    staged: Path
    """The hidden folder that it is built in."""
    made: tuple[Path, ...]
    """The folders above it that were not there, the deepest first."""
    device: int
    """The number of the drive that the hidden folder is on, for as long as it stays connected."""
    when: datetime


def entry(plan: Plan, real: Path) -> Entry:
    staged = place_for(real)
    return Entry(plan, real, staged, missing_parents(real), device(staged), datetime.now(UTC))


def device(path: Path) -> int:
    """The number of the drive that it is on, or would be."""
    return next(parent for parent in path.parents if parent.exists()).stat().st_dev


def read(file: BinaryIO) -> Entry | None:
    """None for what was only begun, or is of another version; nothing had been moved in when it was written."""
    file.seek(0)
    try:
        return records.decoded(Entry, file.read())
    except ValueError:
        return None


def note(file: BinaryIO, entry: Entry) -> None:
    """On the disk when it returns. Raises CaptionerError."""
    try:
        file.truncate(0)
        file.write(records.encoded(entry))
        files.sync(file)
    except OSError as error:
        raise not_noted(error) from error
    files.sync_folder(Path(file.name).parent)
