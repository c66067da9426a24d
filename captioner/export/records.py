"""Plans and receipts as text and back, for what has to outlive the process."""

import json
import os
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import quote_from_bytes, unquote_to_bytes

import msgspec

from captioner.core.caption import Values
from captioner.core.fields import Value

Record = TypeVar("Record")


def encoded(record: object) -> bytes:
    """Paths in percent-encoding, as a file's name need not be text; in a sentence it gets a mark for what is none."""
    try:
        return msgspec.json.encode(record, enc_hook=_plain)
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(record, enc_hook=_plain)
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def decoded(kind: type[Record], data: bytes) -> Record:
    """Raises ValueError for what is no record of this kind."""
    return msgspec.json.decode(data, type=kind, dec_hook=_made)


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return quote_from_bytes(os.fsencode(value))
    if isinstance(value, Values):
        return dict(value)
    raise NotImplementedError


def _made(kind: type, value: Any) -> object:
    if issubclass(kind, Path):
        return Path(os.fsdecode(unquote_to_bytes(value)))
    if kind is Values:
        return Values({key: _value(held) for key, held in cast(dict[str, Any], value).items()})
    raise NotImplementedError


def _value(held: str | list[str]) -> Value:
    return held if isinstance(held, str) else tuple(held)
