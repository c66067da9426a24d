"""One chain that the set writes in two ways: readers, and programs that count, take them for two."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from captioner.core.agencies import Agencies, key
from captioner.core.checks.across import Across, Group, Rows, Token, Verdict, commonest
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.credit import parse
from captioner.core.photo import Photo
from captioner.i18n import _

_KEPT = 4096


def _tokens(photo: Photo, knows: Knowledge) -> frozenset[Token]:
    """The key has of each photographer the last name alone: `M. Metzel` may be Mikhail."""
    credit = photo.values.text("credit")
    houses, people = _chain(credit, knows.agencies)
    last = ",".join(sorted(person.split()[-1] for person in people))
    return frozenset({(f"{last}|{houses}", credit)}) if houses or people else frozenset()


@lru_cache(maxsize=_KEPT)
def _chain(credit: str, agencies: Agencies) -> tuple[str, tuple[str, ...]]:
    chain = parse(credit, agencies)
    people = tuple(filter(None, (_letters(person) for person in chain.photographers)))
    houses = "/".join(_house(house, agencies) for house in (chain.agency, chain.pool, chain.distributor))
    return (houses if houses.strip("/") else ""), people


def _house(name: str, agencies: Agencies) -> str:
    found = agencies.find(name) if name else None
    return key(found.name if found else name)


def _letters(name: str) -> str:
    """Without what two writers write differently: case, accents, dots, hyphens."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def _verdict(group: Group, rows: Rows, knows: Knowledge) -> Verdict:
    """Each variant is told the commoner one of the same people."""
    if len(group.held) < 2:
        return {}
    whole: dict[tuple[str, ...], set[str]] = {}
    for credit in group.held:
        whole.setdefault(_chain(credit, knows.agencies)[1], set()).add(credit)
    told: dict[str, str] = {}
    for people, same in whole.items():
        right = commonest(group, _longer(people, whole) or same, rows)
        told |= {credit: right for credit in same if credit != right}
    return told


def _longer(people: tuple[str, ...], whole: Mapping[tuple[str, ...], set[str]]) -> set[str]:
    """Of `Metzel` or `M. Metzel`, Mikhail Metzel's, where nobody else has the name."""
    others = [each for each in whole if each != people]
    is_one = len(others) == 1 and len(others[0]) == len(people)
    return whole[others[0]] if is_one and all(map(_is_same_or_short, people, others[0])) else set[str]()


def _is_same_or_short(short: str, name: str) -> bool:
    first, *rest = short.split()
    return short == name or (len(short) < len(name) and (not rest or (len(first) == 1 and name.startswith(first))))


def _find(photo: Photo, told: Mapping[Token, str | None], _knows: Knowledge) -> Iterator[Finding]:
    credit = photo.values.text("credit")
    for right in filter(None, told.values()):
        message = _(
            "{name}: the credit “{credit}” is written “{right}” elsewhere in the set; write it one way."
        ).format(name=photo.path.name, credit=credit, right=right)
        yield Finding(photo.path, "credit-variant", Severity.WARNING, "credit", message, 0, len(credit), right)


ACROSS = Across(_tokens, _verdict, _find)
