"""What a credit line gives besides itself: the creator and the source, and the same credit in another style.

Nothing is filled in unless a person says so. IPTC's Creator is who made the picture: the photographers. Its Source is
who has it from them: the origin agency, else the pool; whoever merely hands it on is named only where nobody else is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from captioner.core import edits
from captioner.core.agencies import Agencies, key
from captioner.core.batch_modes import readable
from captioner.core.credit import Chain, parse, parts, render
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


def take(photos: PhotoSet, paths: Iterable[Path], keys: Collection[str], agencies: Agencies) -> Edit:
    """Creator and source of each photo from its own credit, as one step."""
    chain_of = _chains(agencies)
    table: dict[Path, Mapping[str, Value]] = {}
    for path in readable(photos, paths):
        values = photos[path].values
        found = offers(chain_of(values.text("credit")), values)
        table[path] = {field: value for field, value in found.items() if field in keys}
    return edits.set_values(photos, table, _("Creator and source from the credit"))


@dataclass(frozen=True)
class Restyled:
    """The edit, and what is to be told of it."""

    edit: Edit
    stay: int
    """Photos whose credit the style can't hold."""
    dropped: tuple[str, ...]
    """Words that name nobody, which the new credit is without."""


def restyled(photos: PhotoSet, paths: Iterable[Path], style: str, agencies: Agencies) -> Restyled:
    """The credit of each photo in a house style, as one step; one that the style can't hold stays as it is."""
    written: dict[str, str] = {}
    table: dict[Path, Mapping[str, Value]] = {}
    stay = 0
    for path in readable(photos, paths):
        if credit := photos[path].values.text("credit"):
            if credit not in written:
                written[credit] = in_style(credit, style, agencies)
            stay += not written[credit]
            table[path] = {"credit": written[credit] or credit}
    dropped = (word for credit, new in written.items() if new for word in idle(credit, agencies))
    edit = edits.set_values(photos, table, _("Credit in another style"))
    return Restyled(edit, stay, tuple(dict.fromkeys(dropped)))


def in_style(credit: str, style: str, agencies: Agencies) -> str:
    """ "" where the style can't hold it."""
    return render(parse(credit, agencies), style, agencies)


def idle(credit: str, agencies: Agencies) -> tuple[str, ...]:
    """Its words that name nobody, such as Stringer."""
    return tuple(part.text.strip() for part in parts(credit, agencies) if not part.role)


def _chains(agencies: Agencies) -> Callable[[str], Chain]:
    """Ten thousand photos have a few credits."""

    @cache
    def chain_of(credit: str) -> Chain:
        return parse(credit, agencies)

    return chain_of
