"""One value, or a table of them, for many photos at once, each with its mode."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from captioner.core import edits
from captioner.core.fields import FIELDS, Value
from captioner.core.history import Edit
from captioner.core.modes import LABELS, Mode, combined
from captioner.core.photo_set import PhotoSet
from captioner.i18n import _, ngettext

__all__ = ["LABELS", "Mode", "combined", "met", "readable", "set_in_mode", "set_table_in_modes"]


def set_in_mode(photos: PhotoSet, paths: Iterable[Path], key: str, value: Value, mode: Mode) -> Edit:
    chosen = readable(photos, paths)
    label = ngettext("{field} of {count} photo", "{field} of {count} photos", len(chosen))
    told = label.format(field=_(FIELDS[key].label), count=len(chosen))
    return set_table_in_modes(photos, chosen, {key: (value, mode)}, told)


def set_table_in_modes(
    photos: PhotoSet, paths: Iterable[Path], table: Mapping[str, tuple[Value, Mode]], label: str
) -> Edit:
    """The same fields of every photo, one step."""
    return edits.set_values(photos, {path: met(photos, path, table) for path in readable(photos, paths)}, label)


def met(photos: PhotoSet, path: Path, table: Mapping[str, tuple[Value, Mode]]) -> dict[str, Value]:
    """What each of the fields holds then."""
    held = photos[path].values
    return {key: combined(key, held[key], value, mode) for key, (value, mode) in table.items()}


def readable(photos: PhotoSet, paths: Iterable[Path]) -> list[Path]:
    """A photo that isn't read yet seems empty: what fills it would lie over what its file holds."""
    return [path for path in dict.fromkeys(paths) if path in photos and photos[path].is_read]
