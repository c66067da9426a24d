"""The photos of a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from captioner.core.natural_order import in_natural_order
from captioner.errors import CaptionerError, UsageError, reason
from captioner.i18n import _
from captioner.storage.formats.suffixes import SUFFIXES


def is_photo(name: str) -> bool:
    """Whether a name is a picture's; hidden files (and our own unfinished copies) are none."""
    return not name.startswith(".") and name[name.rfind(".") :].lower() in SUFFIXES


def list_photos(folder: Path) -> tuple[Path, ...]:
    """The folder's picture files in natural order (2 before 10), not those of folders in it."""
    return tuple(folder / name for name in in_natural_order(names(folder)))


def names(folder: Path) -> Iterator[str]:
    """Theirs alone, one after the other as the file system gives them."""
    try:
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries if is_photo(entry.name) and entry.is_file())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no folder {path}; check its name.").format(path=folder), folder) from error
    except OSError as error:
        raise CaptionerError(
            _("The folder {path} can't be read ({reason}); check its permissions.").format(
                path=folder, reason=reason(error)), folder) from error  # fmt: skip
