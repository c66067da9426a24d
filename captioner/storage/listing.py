"""The photos of a folder."""

import os
from pathlib import Path

from captioner.core.natural_order import by_name
from captioner.errors import CaptionerError, UsageError, reason
from captioner.i18n import _


def is_photo(name: str) -> bool:
    """Whether a name is a picture's; hidden files (and our own unfinished copies) are none."""
    from captioner.storage.formats.detection import SUFFIXES  # a window shows faster without

    return not name.startswith(".") and os.path.splitext(name)[1].lower() in SUFFIXES  # noqa: PTH122 - in a fifth of the time


def list_photos(folder: Path) -> tuple[Path, ...]:
    """The folder's picture files in natural order (2 before 10), not those of folders in it."""
    return by_name(found(folder))


def found(folder: Path) -> list[Path]:
    """The same, as the file system gives them."""
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if is_photo(entry.name) and entry.is_file()]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no folder {path}; check its name.").format(path=folder), folder) from error
    except OSError as error:
        raise CaptionerError(
            _("The folder {path} can't be read ({reason}); check its permissions.").format(
                path=folder, reason=reason(error)), folder) from error  # fmt: skip
