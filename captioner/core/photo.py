"""One picture file and its values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from captioner.core.caption import EMPTY, Values
from captioner.core.fields import Value


class Stamp(NamedTuple):
    """Identifies the version of a file that was read; another version means a conflict."""

    size: int
    mtime_ns: int
    digest: str
    """Of the blocks alone: a file that was merely touched is still the one that was read."""


REPAIRED = "repaired"
"""The source of a choice that no block holds: the value with its double encoding taken back."""

GPS, MIRRORED, CROPPED = "gps", "mirrored", "cropped"
"""Facts: a position is in the file; EXIF wants it shown mirrored; it was cropped since the camera made it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field may have meant."""

    source: str
    """The block that holds it, or REPAIRED."""
    value: Value


_NONE = frozenset[str]()
"""The one of all photos: each empty set of its own takes as much as a short caption."""


def disagreeing(choices: Mapping[str, tuple[Choice, ...]]) -> frozenset[str]:
    """The fields on which blocks differ, and not only from what the value was meant to be."""
    return frozenset(key for key, every in choices.items() if any(each.source != REPAIRED for each in every))


_NO_CHOICES: Mapping[str, tuple[Choice, ...]] = {}


class Photo(NamedTuple):
    """`saved` is what the file holds, `values` what the person sees; what changed is computed.

    A tuple, since ten thousand are made at once, and go from one process to another: a dataclass takes six times as
    long.
    """

    path: Path
    saved: Values = EMPTY
    values: Values = EMPTY
    stamp: Stamp | None = None
    """None until the file was read."""
    trouble: str = ""
    """Why the file can't be read or saved, as a sentence."""
    choices: Mapping[str, tuple[Choice, ...]] = _NO_CHOICES
    """For a field on which the file's blocks disagree, or which is double-encoded: the values to choose from."""
    confirmed: frozenset[str] = _NONE
    """Fields whose value was chosen among those, and is to be written to every block, though it is no other."""
    contested: frozenset[str] = _NONE
    """Fields that another program changed too; they are not saved until somebody chooses."""
    is_signed: bool = False
    """Whether the file carries a C2PA manifest, which writing it breaks."""
    format: str = ""
    """What its first bytes tell, such as JPEG; empty until it was read."""
    sidecar: str = ""
    """The name of the file that its values are saved to, where that is not the photo itself."""
    facts: frozenset[str] = _NONE
    """What the file says of the picture beside its fields: GPS, MIRRORED, CROPPED."""

    @property
    def disagreements(self) -> frozenset[str]:
        return disagreeing(self.choices)

    @property
    def conflicts(self) -> frozenset[str]:
        """The contested fields that still differ."""
        return frozenset(key for key in self.contested if self.values[key] != self.saved[key])

    @property
    def ready(self) -> dict[str, Value]:
        """What is unsaved and may be written."""
        return {key: value for key, value in self.unsaved.items() if key not in self.contested}

    @property
    def unsaved(self) -> dict[str, Value]:
        changed = self.values.changed_from(self.saved)
        return changed | {key: self.values[key] for key in self.confirmed} if self.confirmed else changed

    @property
    def is_unsaved(self) -> bool:
        return bool(self.confirmed) or (self.values is not self.saved and self.values != self.saved)

    @property
    def is_read(self) -> bool:
        return self.stamp is not None or bool(self.trouble)

    def edited(self, key: str, value: Value) -> "Photo":
        return self._replace(values=self.values.with_one(key, value))

    def confirmed_as(self, key: str, is_chosen: bool) -> "Photo":
        confirmed = self.confirmed | {key} if is_chosen else self.confirmed - {key}
        return self._replace(confirmed=confirmed)

    def reread(self, fresh: "Photo") -> "Photo":
        """The file's values as they are now, with this photo's edits kept on top."""
        is_untouched = not (self.is_unsaved or self.contested or fresh.confirmed)
        if is_untouched and fresh.values is fresh.saved and fresh.path is self.path:
            return fresh  # when a folder is opened, each of its thousands
        values = fresh.saved.updated(self.unsaved)
        contested = self.contested | fresh.contested or _NONE
        return fresh._replace(path=self.path, values=values, confirmed=self.confirmed, contested=contested,
                              facts=fresh.facts or _NONE)  # fmt: skip

    def saved_as(self, fresh: "Photo", written: Iterable[str]) -> "Photo":
        """As its file holds it now; what was written keeps what has become of it here since."""
        since = {key: self.values[key] for key in written}
        values = fresh.saved.updated({**self.unsaved, **since})
        return self.reread(fresh)._replace(values=values, confirmed=self.confirmed - since.keys())
