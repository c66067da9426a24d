"""One photo → its finished files in the hidden folder, proven."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from captioner.core.fields import FIELDS, Value
from captioner.core.policy import Policy
from captioner.errors import CaptionerError, reason
from captioner.export.exported import Exported, ExportedFile, Original
from captioner.export.plan import Planned
from captioner.export.recipes import ORIGINAL, Recipe, Rendition
from captioner.i18n import _
from captioner.storage import files
from captioner.storage.file_bytes import Octets
from captioner.storage.photos import captioned, held_values, picture_digest, read_values
from captioner.storage.picture_size import pixel_size
from captioner.storage.stripping import carried, stripped


def build(photo: Planned, recipe: Recipe, policy: Policy, folder: Path) -> Exported:
    """Raises CaptionerError for trouble with the photo, OSError for trouble with the folder."""
    original, status = _read(photo.source)
    _check_source(photo, original, status, policy)
    policy = in_force(policy, recipe)
    pictures = [_picture(original, photo, each, recipe, policy) for each in recipe.renditions]
    written = tuple(_written(folder, name, data) for name, data in zip(photo.files, pictures, strict=True))
    was = Original(status.st_size, status.st_mtime_ns, picture_digest(Octets(original), photo.source))
    return Exported(photo.sequence, photo.source, written, photo.values, photo.written_credit, was)


def in_force(policy: Policy, recipe: Recipe) -> Policy:
    return replace(policy, iim_lengths=recipe.iim_lengths or policy.iim_lengths)


def finished(picture: bytes, photo: Planned, recipe: Recipe, policy: Policy) -> bytes:
    """With all that it is to say, and without what is not to leave with it; the policy is the one in force."""
    data = stripped(picture, recipe.keep, recipe.remove, photo.source)
    return data if recipe.keep == "none" else captioned(data, photo.values, photo.source, policy)


def _picture(original: bytes, photo: Planned, rendition: Rendition, recipe: Recipe, policy: Policy) -> bytes:
    if rendition.format == ORIGINAL:
        return _proven(original, photo, recipe, policy)
    data, more = _drawn(original, photo, rendition, recipe, policy)
    if rendition.max_kb and len(data) > rendition.max_kb * 1000:
        data, more = _drawn(original, photo, rendition, recipe, policy, reserve=more)
    return data


def _drawn(
    original: bytes, photo: Planned, rendition: Rendition, recipe: Recipe, policy: Policy, reserve: int = 0
) -> tuple[bytes, int]:  # fmt: skip
    """The finished picture, and how many octets of it are captions and what else it says."""
    # Pillow takes long to load, and whoever exports originals does without it.
    from captioner.export.pictures import renditions

    picture = renditions.rendition(original, rendition, photo.source, reserve)
    data = _proven(carried(picture, original, photo.source), photo, recipe, policy)
    return data, len(data) - len(picture)


def _proven(picture: bytes, photo: Planned, recipe: Recipe, policy: Policy) -> bytes:
    data = finished(picture, photo, recipe, policy)
    if recipe.keep != "none":
        _check_values(photo, data, policy)
    return data


def _written(folder: Path, name: str, data: bytes) -> ExportedFile:
    files.write_new(folder / name, data)
    return ExportedFile(name, hashlib.sha256(data).hexdigest(), len(data), *pixel_size(data))


def _check_source(photo: Planned, original: bytes, status: os.stat_result, policy: Policy) -> None:
    """Another program may have given the original what nobody has seen here; what was saved from here is known."""
    differing = read_values(original, photo.source, policy).changed_from(photo.saved)
    if foreign := {key: value for key, value in differing.items() if value != photo.edited[key]}:
        told = _("{name} has changed on the disk since it was read ({fields}); open it again, then export.")
        raise _differing(told, photo, foreign)
    was = photo.stamp
    if was and not differing and (status.st_size, status.st_mtime_ns) != (was.size, was.mtime_ns):
        raise CaptionerError(
            _("{name} has changed on the disk since it was read; open it again, then export.").format(
                name=photo.source.name), photo.source)  # fmt: skip


def _check_values(photo: Planned, data: bytes, policy: Policy) -> None:
    if differing := held_values(data, photo.source, policy).changed_from(photo.values):
        told = _("{name} could not be given its values ({fields}), so it was left out; export it again.")
        raise _differing(told, photo, differing)


def _differing(told: str, photo: Planned, fields: Mapping[str, Value]) -> CaptionerError:
    labels = ", ".join(_(FIELDS[key].label) for key in fields)
    return CaptionerError(told.format(name=photo.source.name, fields=labels), photo.source)


def _read(source: Path) -> tuple[bytes, os.stat_result]:
    """The status is no younger than the bytes: what is written in between is taken for a later change."""
    try:
        with source.open("rb") as file:
            status = os.fstat(file.fileno())
            return file.read(), status
    except FileNotFoundError as error:
        raise CaptionerError(
            _("{name} is not there any more; check the folder.").format(name=source.name), source
        ) from error
    except OSError as error:
        raise CaptionerError(
            _("{name} can't be read ({reason}); check its permissions.").format(
                name=source.name, reason=reason(error)), source) from error  # fmt: skip
