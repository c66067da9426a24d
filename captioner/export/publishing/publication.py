"""The moves of one export in their order, written down before the first: each can be taken up again, or taken back."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from captioner.errors import CaptionerError
from captioner.export import records
from captioner.export.publishing import moves
from captioner.export.publishing.staging import NOTED
from captioner.export.receipt import Receipt
from captioner.i18n import _
from captioner.storage import files


@dataclass(frozen=True)
class Step:
    """A file that comes in or, without a source, one that only goes."""

    target: Path
    source: Path | None = None
    sha256: str = ""
    old: Path | None = None
    """Where the file that has the name is kept until all is done."""

    @property
    def is_done(self) -> bool:
        """Of a file that only goes, the steps after it tell."""
        return self.source is not None and moves.is_moved(self.source, self.target)

    @property
    def is_ours(self) -> bool:
        """Whether the target is what came in: others may have taken it, or written there."""
        return self.is_done and sha256(self.target) == self.sha256


@dataclass(frozen=True)
class Publication:
    receipt: Receipt
    real: Path
    """The destination, behind links."""
    photos: tuple[Step, ...]
    """With what goes before they come."""
    manifests: tuple[Step, ...]
    made: tuple[Path, ...] = ()
    """The folders that appear, the deepest first."""
    whole: Path | None = None
    """The hidden folder that may become the destination, where there is none yet."""

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.photos, *self.manifests)

    @property
    def published(self) -> int:
        """Photos that are in."""
        done = {step.target for step in self.photos if step.is_done}
        return sum(self.real in done or any(self.real / file.file in done for file in photo.files)
                   for photo in self.receipt.photos)  # fmt: skip

    @property
    def is_begun(self) -> bool:
        return any(step.is_done or (step.old and os.path.lexists(step.old)) for step in self.steps)

    @property
    def is_whole(self) -> bool:
        """Whether all that is still to come is as it was built."""
        return all(sha256(step.source) == step.sha256
                   for step in self.steps if step.source and os.path.lexists(step.source))  # fmt: skip


def note(publication: Publication, staged: Path) -> None:
    """On the disk when it returns. Raises OSError."""
    new = staged / f"{NOTED}.new"
    files.write_new(new, records.encoded(publication))
    new.rename(staged / NOTED)
    files.sync_folder(staged)
    files.sync_folder(staged.parent)


def noted(staged: Path, name: str = NOTED) -> Publication | None:
    """None while it is being built, and when it is done. Raises CaptionerError."""
    try:
        return records.decoded(Publication, (staged / name).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError as error:
        raise CaptionerError(
            _("An export that was interrupted is noted in {folder} by another version of Captioner; finish it, or "
              "clean up, with that one.").format(folder=staged), staged) from error  # fmt: skip


def sha256(path: Path) -> str:
    """Empty for what is not there, or no file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""
