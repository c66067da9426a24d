"""How a value meets what a photo holds already: in its place, before it, after it, or only where there is nothing."""

from enum import StrEnum

from captioner.core.fields import FIELDS, Kind, Value
from captioner.i18n import N_


class Mode(StrEnum):
    REPLACE = "replace"
    BEFORE = "before"
    AFTER = "after"
    FILL = "fill"


LABELS = {
    Mode.REPLACE: N_("Replace"),
    Mode.BEFORE: N_("Put before"),
    Mode.AFTER: N_("Put after"),
    Mode.FILL: N_("Fill only where empty"),
}


def combined(key: str, old: Value, new: Value, mode: Mode) -> Value:
    """What the field holds then. Nothing put before or after a value leaves it; a date can only be replaced."""
    if mode is Mode.REPLACE:
        return new
    if mode is Mode.FILL or not new:
        return old or new
    if FIELDS[key].kind is Kind.DATE:
        return new
    first, second = (new, old) if mode is Mode.BEFORE else (old, new)
    if isinstance(first, str) and isinstance(second, str):
        return _joined(first, second)
    return tuple(dict.fromkeys((*first, *second)))


def _joined(first: str, second: str) -> str:
    """With one blank between, unless white space parts them already."""
    is_parted = not first or not second or first[-1].isspace() or second[0].isspace()
    return first + second if is_parted else f"{first} {second}"
