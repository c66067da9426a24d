"""What fits IIM's limits, which count octets of UTF-8: what readers that keep to them will show."""

import unicodedata
from typing import TYPE_CHECKING

from captioner.core.fields import Field, Value

if TYPE_CHECKING:
    from captioner.core.agencies import Agencies

_JOINERS = "\u200d\ufe0e\ufe0f"


def cut(text: str, limit: int) -> str:
    """The longest beginning that fits, never ending inside of a character or without the marks that belong to it."""
    if not limit or len(text.encode()) <= limit:
        return text
    end = len(text.encode()[:limit].decode(errors="ignore"))
    while end and _belongs(text[end], text[end - 1]):
        end -= 1
    return text[:end].rstrip()


def _belongs(character: str, before: str) -> bool:
    return bool(unicodedata.combining(character)) or character in _JOINERS or before == "\u200d"


def short_credit(credit: str, limit: int, agencies: "Agencies") -> str:
    """Photographer and distributor alone, or "" where that says no less or doesn't fit."""
    from captioner.core.credit import parse, render  # most photos are read without

    short = render(parse(credit, agencies), "short")
    return short if len(short.encode()) <= limit else ""


def strict(field: Field, value: Value, agencies: "Agencies") -> Value:
    """The value as it fits the field's limit: cut, or of the credit the desk's short form where that fits."""
    if not field.octets:
        return value
    if isinstance(value, tuple):
        return tuple(cut(text, field.octets) for text in value)
    if field.key == "credit" and len(value.encode()) > field.octets:
        return short_credit(value, field.octets, agencies) or cut(value, field.octets)
    return cut(value, field.octets)
