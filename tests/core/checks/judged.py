"""Photos with a few values, and what one check says of them."""

from dataclasses import replace
from pathlib import Path

from captioner.core import checks
from captioner.core.caption import Values
from captioner.core.checks import Finding
from captioner.core.photo import Photo, Stamp
from captioner.storage.desk_data import load_knowledge


def photo(name: str, facts: frozenset[str] = frozenset(), **values) -> Photo:
    return Photo(Path(name), values=Values(values), stamp=Stamp(1, 1, ""), facts=facts)


def found(check: str, *photos: Photo, names: frozenset[str] = frozenset()) -> list[Finding]:
    knows = load_knowledge()
    return [
        each for each in checks.find(photos, replace(knows, names=names) if names else knows) if each.check == check
    ]


def said(check: str, text: str, key: str = "caption", **more) -> list[str]:
    """The parts of a text that the check names."""
    return [text[each.start : each.end] for each in found(check, photo("a.jpg", **more, **{key: text}))]
