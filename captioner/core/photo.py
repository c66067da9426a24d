"""One picture file and its values."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from captioner.core.caption import EMPTY, Values
from captioner.core.fields import Value


@dataclass(frozen=True, slots=True)
class Stamp:
    """Identifies the version of a file that was read; another version means a conflict."""

    size: int
    mtime_ns: int
    digest: str
    """Of the blocks alone: a file that was merely touched is still the one that was read."""


@dataclass(frozen=True, slots=True)
class Photo:
    """`saved` is what the file holds, `values` what the person sees; what changed is computed."""

    path: Path
    saved: Values = EMPTY
    values: Values = EMPTY
    stamp: Stamp | None = None
    """None until the file was read."""
    trouble: str = ""
    """Why the file can't be read or saved, as a sentence."""
    disagreements: frozenset[str] = field(default=frozenset())

    @property
    def unsaved(self) -> dict[str, Value]:
        return self.values.changed_from(self.saved)

    @property
    def is_read(self) -> bool:
        return self.stamp is not None or bool(self.trouble)

    def edited(self, key: str, value: Value) -> "Photo":
        return replace(self, values=self.values.updated({key: value}))

    def reread(self, fresh: "Photo") -> "Photo":
        """The file's values as they are now, with this photo's edits kept on top."""
        return replace(fresh, values=fresh.saved.updated(self.unsaved))
