"""One photo → its finished file in the hidden folder, proven."""

import hashlib
import io
import os
from pathlib import Path

from captioner.core.fields import FIELDS
from captioner.core.policy import Policy
from captioner.errors import CaptionerError, reason
from captioner.export.asked import Rendition
from captioner.export.plan import Planned
from captioner.export.receipt import Exported
from captioner.export.recipes import Recipe
from captioner.i18n import _
from captioner.storage.photos import captioned, pixel_size, read_photo

_IDENTIFYING = {0xA430, 0xA431, 0xA435}
"""CameraOwnerName, BodySerialNumber, LensSerialNumber"""


def build(photo: Planned, recipe: Recipe, policy: Policy, folder: Path) -> Exported:
    """Raises CaptionerError for trouble with the photo, OSError for trouble with the folder."""
    _check_source(photo, policy)
    picture = _read(photo.source)
    if recipe.long_edge:
        # Pillow takes long to load, and whoever exports originals does without it.
        from captioner.export.renditions import rendition

        asked = Rendition(format="jpeg", long_edge=recipe.long_edge, quality=recipe.quality)
        picture = _without_position(rendition(picture, asked, photo.source))
    data = captioned(picture, photo.values, photo.source, policy)
    write(folder / photo.file, data)
    _check_values(photo, folder / photo.file, policy)
    return Exported(photo.sequence, photo.source, photo.file, hashlib.sha256(data).hexdigest(), len(data),
                    *pixel_size(data), photo.values, photo.written_credit)  # fmt: skip


def write(path: Path, data: bytes) -> None:
    """To the disk and back, so that a name is only given to what is known to be there."""
    with path.open("x+b") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        if file.read() != data:
            raise OSError(0, _("what was written reads back differently"))


def _without_position(jpeg: bytes) -> bytes:
    """Nor with serial numbers."""
    import piexif

    tags, out = piexif.load(jpeg), io.BytesIO()
    kept = {tag: value for tag, value in (tags["Exif"] or {}).items() if tag not in _IDENTIFYING}
    piexif.insert(piexif.dump({"0th": tags["0th"], "Exif": kept}), jpeg, out)
    return out.getvalue()


def _check_source(photo: Planned, policy: Policy) -> None:
    """Another program may have given the original values that nobody has seen here."""
    differing = read_photo(photo.source, policy).values.changed_from(photo.saved)
    if differing:
        raise CaptionerError(
            _("{name} has changed on the disk since it was read ({fields}); open it again, then export.").format(
                name=photo.source.name, fields=", ".join(_(FIELDS[key].label) for key in differing)),
            photo.source)  # fmt: skip


def _check_values(photo: Planned, written: Path, policy: Policy) -> None:
    differing = read_photo(written, policy).values.changed_from(photo.values)
    if differing:
        written.unlink()
        raise CaptionerError(
            _("{name} could not be given its values ({fields}), so it was left out; export it again.").format(
                name=photo.source.name, fields=", ".join(_(FIELDS[key].label) for key in differing)),
            photo.source)  # fmt: skip


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
