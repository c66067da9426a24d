"""One photo → its finished files in the hidden folder, proven."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from captioner.core.fields import FIELDS, Value
from captioner.core.policy import Policy
from captioner.errors import CaptionerError, reason
from captioner.export.plan import Planned
from captioner.export.receipt import Exported, ExportedFile
from captioner.export.recipes import ORIGINAL, Recipe, Rendition
from captioner.i18n import _
from captioner.storage.photos import captioned, held_values, pixel_size, read_values
from captioner.storage.stripping import carried, stripped


def build(photo: Planned, recipe: Recipe, policy: Policy, folder: Path) -> Exported:
    """Raises CaptionerError for trouble with the photo, OSError for trouble with the folder."""
    original = _read(photo.source)
    _check_source(photo, original, policy)
    policy = replace(policy, iim_lengths=recipe.iim_lengths or policy.iim_lengths)
    pictures = [_picture(original, photo, each, recipe, policy) for each in recipe.renditions]
    files = tuple(_written(folder, name, data) for name, data in zip(photo.files, pictures, strict=True))
    return Exported(photo.sequence, photo.source, files, photo.values, photo.written_credit)


def write(path: Path, data: bytes) -> None:
    """To the disk and back, so that a name is only given to what is known to be there."""
    with path.open("x+b") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        if file.read() != data:
            raise OSError(0, _("what was written reads back differently"))


def _picture(original: bytes, photo: Planned, rendition: Rendition, recipe: Recipe, policy: Policy) -> bytes:
    picture = original if rendition.format == ORIGINAL else _drawn(original, rendition, photo.source)
    data = stripped(picture, recipe.keep, recipe.remove, photo.source)
    if recipe.keep == "none":
        return data
    data = captioned(data, photo.values, photo.source, policy)
    _check_values(photo, data, policy)
    return data


def _drawn(original: bytes, rendition: Rendition, source: Path) -> bytes:
    # Pillow takes long to load, and whoever exports originals does without it.
    from captioner.export.renditions import rendition as drawn

    return carried(drawn(original, rendition, source), original, source)


def _written(folder: Path, name: str, data: bytes) -> ExportedFile:
    write(folder / name, data)
    return ExportedFile(name, hashlib.sha256(data).hexdigest(), len(data), *pixel_size(data))


def _check_source(photo: Planned, original: bytes, policy: Policy) -> None:
    """Another program may have given the original values that nobody has seen here."""
    differing = read_values(original, photo.source, policy).changed_from(photo.saved)
    if differing:
        raise CaptionerError(
            _("{name} has changed on the disk since it was read ({fields}); open it again, then export.").format(
                name=photo.source.name, fields=_labels(differing)), photo.source)  # fmt: skip


def _check_values(photo: Planned, data: bytes, policy: Policy) -> None:
    differing = held_values(data, photo.source, policy).changed_from(photo.values)
    if differing:
        raise CaptionerError(
            _("{name} could not be given its values ({fields}), so it was left out; export it again.").format(
                name=photo.source.name, fields=_labels(differing)), photo.source)  # fmt: skip


def _labels(fields: Mapping[str, Value]) -> str:
    return ", ".join(_(FIELDS[key].label) for key in fields)


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except FileNotFoundError as error:
        raise CaptionerError(
            _("{name} is not there any more; check the folder.").format(name=source.name), source
        ) from error
    except OSError as error:
        raise CaptionerError(
            _("{name} can't be read ({reason}); check its permissions.").format(
                name=source.name, reason=reason(error)), source) from error  # fmt: skip
