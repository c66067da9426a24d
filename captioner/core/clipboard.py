"""Copied fields as one text that another window of the program understands."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from captioner.core.fields import FIELDS, Value, parse, parse_many, shown
from captioner.errors import CaptionerError
from captioner.i18n import _

MIME = "application/x-captioner-fields"


def copied(values: Mapping[str, Value], keys: Iterable[str] = FIELDS) -> str:
    """The fields that hold something, as JSON."""
    return json.dumps({key: values[key] for key in keys if values.get(key)}, ensure_ascii=False)


def readable(values: Mapping[str, Value]) -> str:
    """The same for a person: what pasting into another program gives. One field is its value alone."""
    held = {key: shown(values[key]) for key in FIELDS if values.get(key)}
    lines = (f"{_(FIELDS[key].label)}: {text}" for key, text in held.items())
    return next(iter(held.values())) if len(held) == 1 else "\n".join(lines)


def pasted(text: str) -> dict[str, Value]:
    """The copied fields, in the order of FIELDS; those that this version doesn't know are left out.

    Raises CaptionerError for what isn't copied fields.
    """
    try:
        held: Any = json.loads(text)
        values = {key: _value(key, held.get(key, "")) for key in FIELDS}
    except (AttributeError, ValueError, TypeError, RecursionError) as error:
        raise CaptionerError(_("The clipboard holds no fields of a photo; copy them again.")) from error
    return {key: value for key, value in values.items() if value}


def _value(key: str, held: object) -> Value:
    texts = cast("list[object]", held) if isinstance(held, list) else [held]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(key)
    strings = cast("list[str]", texts)
    return parse_many(key, strings) if isinstance(held, list) else parse(key, strings[0])
