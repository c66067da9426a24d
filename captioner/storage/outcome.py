"""What becomes of a photo that is read or saved; small, so that the window can know of it before it can do it."""

from dataclasses import dataclass
from pathlib import Path

from captioner.core.photo import Photo
from captioner.errors import CaptionerError
from captioner.i18n import _


@dataclass(frozen=True)
class Saved:
    """The photo as its file now holds it, and what the person should know about the save."""

    photo: Photo
    notes: tuple[str, ...] = ()
    written: frozenset[str] = frozenset()
    """The fields that were written; contested ones were not, or were on purpose."""
    sidecar: Path | None = None
    """Where they were written, when the photo itself was left alone."""


class Conflict(CaptionerError):
    """The stamp no longer holds."""


class Signed(CaptionerError):
    """The file carries a C2PA manifest, and nobody agreed to break it."""


def unreadable(path: Path, error: CaptionerError) -> Photo:
    """Stands in the set for a file that can't be read."""
    return Photo(path, trouble=error.sentence)


def unexpected(error: Exception) -> CaptionerError:
    return CaptionerError(_("Something unexpected happened ({reason}).").format(reason=error))
