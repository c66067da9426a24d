"""What of a photo is another than when it was exported. Saving its values into the original changes nothing."""

from dataclasses import dataclass

from captioner.core.fields import FIELDS, Value
from captioner.core.photo import Photo
from captioner.export.exported import Exported
from captioner.export.plan import with_headline
from captioner.storage.photos import stored_picture


@dataclass(frozen=True)
class Change:
    """Of one field, as it was published and as it is published now."""

    field: str
    before: Value
    after: Value


def changed(photo: Photo, headline: str, exported: Exported) -> tuple[str, ...]:
    """The fields that a person sees otherwise than they went out, the house style aside; `headline` is the set's."""
    return tuple(with_headline(photo.values, headline).changed_from(exported.edited))


def has_other_picture(exported: Exported) -> bool:
    """Whether another program changed the pixels since. Reads the whole file, but only where it was written since."""
    was = exported.original
    if was is None:
        return False
    try:
        status = exported.source.stat()
        is_same = (status.st_size, status.st_mtime_ns) == (was.size, was.mtime_ns)
        return not is_same and stored_picture(exported.source) != was.picture
    except OSError:
        return False


def published(before: Exported, after: Exported) -> tuple[Change, ...]:
    """In the order of FIELDS."""
    return tuple(
        Change(key, before.values[key], after.values[key]) for key in FIELDS if before.values[key] != after.values[key]
    )


def is_other_picture(before: Exported, after: Exported) -> bool:
    was, now = before.original, after.original
    return was is not None and now is not None and was.picture != now.picture
