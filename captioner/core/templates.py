"""A template is a named set of field values, each with a tick and a mode, to be applied to photos."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from captioner.core import edits
from captioner.core.batch_modes import Mode, met, readable
from captioner.core.fields import FIELDS, Value, parse, shown
from captioner.core.history import Edit
from captioner.core.photo import Photo
from captioner.core.photo_set import PhotoSet
from captioner.errors import CaptionerError
from captioner.i18n import _


@dataclass(frozen=True)
class Row:
    key: str
    text: str = ""
    """As a person types it, perhaps with variables."""
    mode: Mode = Mode.REPLACE
    is_on: bool = True


@dataclass(frozen=True)
class Template:
    name: str
    rows: tuple[Row, ...] = ()
    """A field has one row at most."""


Expand = Callable[[str, Photo, int], str]
"""Puts values for the variables of a text; the number is the photo's place in the set, from 1."""


def as_typed(text: str, _photo: Photo, _number: int) -> str:
    """Expands nothing."""
    return text


def apply(photos: PhotoSet, paths: Iterable[Path], template: Template, expand: Expand = as_typed) -> Edit:
    """One step; raises CaptionerError with the photo for which a text isn't a value of its field.

    No text clears the field; one whose variables come to nothing leaves it.
    """
    numbers = {path: number for number, path in enumerate(photos.order, 1)}
    table = {path: _values(photos, path, numbers[path], template, expand) for path in readable(photos, paths)}
    return edits.set_values(photos, table, _("Template “{name}”").format(name=template.name))


def of_photo(name: str, photo: Photo) -> Template:
    """A template of what the photo holds."""
    rows = (Row(key, shown(photo.values[key])) for key in FIELDS if photo.values[key])
    return Template(name, tuple(rows))


def _values(photos: PhotoSet, path: Path, number: int, template: Template, expand: Expand) -> dict[str, Value]:
    table: dict[str, tuple[Value, Mode]] = {}
    for row in template.rows:
        text = expand(row.text, photos[path], number) if row.is_on and row.text else ""
        if row.is_on and (text.strip() or not row.text.strip()):
            table[row.key] = _parsed(row.key, text, path), row.mode
    return met(photos, path, table)


def _parsed(key: str, text: str, path: Path) -> Value:
    try:
        return parse(key, text)
    except CaptionerError as error:
        raise CaptionerError(str(error), path) from error
