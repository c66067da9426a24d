"""The photos of a folder."""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
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
    found = in_natural_order(names(folder))
    with _told(folder):
        called = {path.name: path for path in folder.iterdir()}  # in half of the time that joining takes
    return tuple(called[name] for name in found if name in called)


def names(folder: Path) -> Iterator[str]:
    """Theirs alone, one after the other as the file system gives them."""
    with _told(folder), os.scandir(folder) as entries:
        yield from (entry.name for entry in entries if is_photo(entry.name) and entry.is_file())


@contextmanager
def _told(folder: Path) -> Generator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no folder {path}; check its name.").format(path=folder), folder) from error
    except OSError as error:
        raise CaptionerError(
            _("The folder {path} can't be read ({reason}); check its permissions.").format(
                path=folder, reason=reason(error)), folder) from error  # fmt: skip
