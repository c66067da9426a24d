"""Frozen Settings ↔ a TOML file that a person may edit."""

import codecs
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from captioner.errors import UsageError, reason
from captioner.i18n import _
from captioner.storage.metadata import Policy


@dataclass(frozen=True)
class Settings:
    language: str = ""
    """Of messages and the window; empty takes the desktop's."""
    appearance: str = "auto"
    """auto follows the desktop; light or dark."""
    exif_artist: str = "auto"
    iim_charset: str = "cp1252"

    @property
    def policy(self) -> Policy:
        return Policy(exif_artist=self.exif_artist, iim_charset=self.iim_charset)


_CHOICES = {"appearance": ("auto", "light", "dark"), "exif_artist": ("auto", "creator", "credit")}


def load(file: Path) -> Settings:
    """The file's settings, or the defaults where there is none; raises UsageError naming what is wrong in it."""
    try:
        held = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise UsageError(_("The settings {path} can't be read ({reason}).").format(
            path=file, reason=reason(error)), file) from error  # fmt: skip
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_("The settings {path} are not valid TOML: {reason}.").format(
            path=file, reason=error), file) from error  # fmt: skip
    return Settings(**{key: _checked(file, key, value) for key, value in held.items()})


def _checked(file: Path, key: str, value: object) -> str:
    known = {each.name for each in fields(Settings)}
    if key not in known:
        raise UsageError(_("The settings {path} have no “{key}”; there are {keys}.").format(
            path=file, key=key, keys=", ".join(sorted(known))), file)  # fmt: skip
    if not isinstance(value, str) or not _is_choice(key, value):
        raise UsageError(_("In the settings {path}, “{key}” can't be {value}.").format(
            path=file, key=key, value=repr(value)), file)  # fmt: skip
    return value


def _is_choice(key: str, value: str) -> bool:
    if key == "iim_charset":
        try:
            codecs.lookup(value)
        except LookupError:
            return False
    return value in _CHOICES.get(key, (value,))
