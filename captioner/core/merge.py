"""Three-way merge of a photo's fields: as read, as the file holds them now, and as the person wants them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from captioner.core.caption import Values
from captioner.core.fields import Value


class OnConflict(StrEnum):
    """What to do with a field that both sides changed, and differently."""

    MERGE = "merge"
    """Leave it as the file has it now, and ask."""
    MINE = "mine"
    THEIRS = "theirs"
    FAIL = "fail"
    """Write nothing at all."""


@dataclass(frozen=True)
class Merged:
    changes: dict[str, Value]
    """What is to be written."""
    contested: frozenset[str]
    """The fields that both sides changed, and differently."""


def merge(before: Values, theirs: Values, mine: Mapping[str, Value], choice: OnConflict) -> Merged:
    contested = frozenset(key for key, value in mine.items() if theirs[key] not in (before[key], value))
    kept = mine if choice is OnConflict.MINE else {key: value for key, value in mine.items() if key not in contested}
    return Merged(dict(kept), contested)
