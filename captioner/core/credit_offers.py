"""What a credit line gives besides itself: the creator and the source, and the same credit in another style.

Nothing is filled in unless a person says so. IPTC's Creator is who made the picture: the photographers. Its Source is
who has it from them: the origin agency, else the pool; whoever merely hands it on is named only where nobody else is.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from captioner.core import edits
from captioner.core.agencies import Agencies, key
from captioner.core.batch_modes import readable
from captioner.core.credit import Chain, Part, is_qualified, parse, parts, render
from captioner.core.fields import Value
from captioner.core.history import Edit
from captioner.core.photo_set import PhotoSet
from captioner.i18n import _

KEYS = ("creator", "source")


def given(chain: Chain) -> dict[str, Value]:
    """The fields that the chain has something for."""
    found: dict[str, Value] = {
        "creator": chain.photographers,
        "source": chain.agency or chain.pool or chain.distributor,
    }
    return {field: value for field, value in found.items() if value}


def offers(chain: Chain, held: Mapping[str, Value]) -> dict[str, Value]:
    """Those of them that the photo has not, or not so; capitals and spaces make no difference."""
    return differing_from(held, given(chain))


def differing_from(held: Mapping[str, Value], found: Mapping[str, Value]) -> dict[str, Value]:
    return {field: value for field, value in found.items() if _plain(held[field]) != _plain(value)}


def _plain(value: Value) -> tuple[str, ...]:
    return tuple(map(key, (value,) if isinstance(value, str) else value))


def credits_of(photos: PhotoSet, paths: Iterable[Path]) -> tuple[str, ...]:
    """The different ones: ten thousand photos have a few."""
    return tuple(dict.fromkeys(text for path in paths if (text := photos[path].values.text("credit"))))


def take(photos: PhotoSet, paths: Iterable[Path], keys: Collection[str], chains: Mapping[str, Chain]) -> Edit:
    """Creator and source of each photo from its own credit, as one step."""
    table: dict[Path, Mapping[str, Value]] = {}
    for path in readable(photos, paths):
        values = photos[path].values
        found = offers(chains.get(values.text("credit"), Chain()), values)
        table[path] = {field: value for field, value in found.items() if field in keys}
    return edits.set_values(photos, table, _("Creator and source from the credit"))


@dataclass(frozen=True)
class Rewritten:
    """A credit in a house style."""

    text: str
    """ "" where the style can't hold it."""
    dropped: tuple[str, ...]
    """What it is without: words that name nobody, and what says more of a giver than the name."""


def rewritten(credit: str, style: str, agencies: Agencies) -> Rewritten:
    found = parts(credit, agencies)
    said = (part.text.strip() if not part.role else _beside_the_name(part, agencies) for part in found)
    text = render(parse(credit, agencies), style, agencies)
    return Rewritten(text, tuple(filter(None, said)) if text else ())


def _beside_the_name(part: Part, agencies: Agencies) -> str:
    """`Courtesy of` in `Courtesy of Jane Doe`."""
    return " ".join(part.text.replace(part.name, " ").split()) if is_qualified(part, agencies) else ""


def restyle(photos: PhotoSet, paths: Iterable[Path], by_credit: Mapping[str, Rewritten]) -> Edit:
    """The credit of each photo in a style, as one step; one that the style can't hold stays as it is."""
    table: dict[Path, Mapping[str, Value]] = {}
    for path in readable(photos, paths):
        new = by_credit.get(photos[path].values.text("credit"))
        if new and new.text:
            table[path] = {"credit": new.text}
    return edits.set_values(photos, table, _("Credit in another style"))
