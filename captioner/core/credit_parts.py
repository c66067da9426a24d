"""The pieces of a credit line and who is behind each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from captioner.core.agencies import Agencies, key
from captioner.core.credit_marks import Piece, bare, pieces
from captioner.core.names import EMAIL

_LONGEST = 1000
_EDITOR = re.compile(r"[a-z]{2,4}\.?")
_YEAR = re.compile(r"(?:19|20)\d\d[\s,]+(?=\D)|\s+(?:19|20)\d\d$")
_HANGUL_NAME = 3


@dataclass(frozen=True)
class Part:
    role: str
    """photographer, agency, pool, distributor; "" for a word that says nothing."""
    name: str
    text: str
    """What the credit line says for it."""


def parts(credit: str, agencies: Agencies) -> tuple[Part, ...]:
    """Every piece of the credit line in its order, with its role; none for a text too long for one."""
    if len(credit) > _LONGEST:
        return ()
    rough = [part for piece in _pieces(credit, agencies) for part in _rough(piece, agencies)]
    return tuple(_ordered(_with_people(rough), agencies.words.joined))


def _pieces(credit: str, agencies: Agencies) -> tuple[Piece, ...]:
    text = _YEAR.sub("", bare(credit, agencies))
    return (Piece("", text),) if agencies.find(text) else pieces(text)


@dataclass(frozen=True)
class _Rough:
    separator: str
    kind: str
    """pool, nothing, organisation, unknown."""
    name: str
    text: str
    role: str = ""


def _rough(piece: Piece, agencies: Agencies) -> list[_Rough]:
    """A piece as it is, or in two: `Name for The Paper`."""
    words = piece.text.split()
    if len(words) > 1 and not agencies.find(piece.text) and all(map(agencies.find, words)):
        return [_one(Piece("slash", word), word, "", agencies) for word in words]
    person, *client = agencies.words.made_for.split(piece.text, maxsplit=1)
    if client and not agencies.is_organisation(person) and agencies.is_organisation(client[0]):
        return [*_rough(Piece(piece.separator, person), agencies), *_rough(Piece("slash", client[0]), agencies)]
    for word in agencies.words.between:
        house, found, person = piece.text.partition(word)
        if found and house.strip() and person.strip():
            return [_Rough(piece.separator, "organisation", house.strip(), house),
                    _one(Piece("slash", person), _without_marks(person, agencies)[1], "person", agencies)]  # fmt: skip
    text = piece.text
    if agencies.kind(text) == "nothing":
        return [_Rough(piece.separator, "nothing", "", text)]
    marked, name = _without_marks(text, agencies)
    return [_one(piece, name, marked, agencies)]


def _one(piece: Piece, name: str, marked: str, agencies: Agencies) -> _Rough:
    kind = agencies.kind(name)
    plain = agencies.house(name) if kind else name
    if kind in ("nothing", "pool"):
        return _Rough(piece.separator, kind, plain if kind == "pool" else "", piece.text)
    if marked == "person":
        return _Rough(piece.separator, "unknown", name, piece.text)
    is_giver = bool(kind) or marked == "giver" or agencies.is_organisation(name) or _is_house(name)
    return _Rough(piece.separator, "organisation" if is_giver else "unknown", plain, piece.text)


def _is_house(name: str) -> bool:
    """`PMSP`; and Korean names of four syllables are hardly ever a person's."""
    if " " in name or not name:
        return False
    return (
        len(name) <= 5
        if name.isascii() and name.isupper()
        else len(name) > _HANGUL_NAME and "\uac00" <= name[0] <= "\ud7a3"
    )


def _without_marks(text: str, agencies: Agencies) -> tuple[str, str]:
    """Whether the giver is marked as a person or a giver, and the name alone."""
    text = EMAIL.sub("", text).strip() or text
    for word in sorted(agencies.words.after, key=len, reverse=True):
        if text.endswith(word) and text != word:
            return ("person" if word in agencies.words.maker else "giver"), text.removesuffix(word).strip()
    for word in sorted(agencies.words.before, key=len, reverse=True):
        is_there = text.startswith(word if word.endswith(".") else f"{word} ")
        if is_there and key(word) not in agencies.words.organisation:
            return "", text.removeprefix(word).strip()
    return "", text


def _with_people(rough: Sequence[_Rough]) -> list[_Rough]:
    """The first name that nobody knows is the photographer's; those that follow it are organisations'."""
    people, result, after_organisation = 0, list[_Rough](), False
    for index, part in enumerate(rough):
        if part.kind == "unknown":
            if after_organisation and _EDITOR.fullmatch(part.name):
                part = replace(part, kind="nothing", name="")
            elif part.separator != "via" and (not people or _is_colleague(part, rough, index)):
                people += 1
                part = replace(part, role="photographer")
            else:
                part = replace(part, kind="organisation")
        after_organisation = after_organisation or part.kind == "organisation"
        result.append(part)
    return result


def _is_colleague(part: _Rough, rough: Sequence[_Rough], index: int) -> bool:
    """After a comma: another photographer, unless it is all that could be the agency."""
    if part.separator != "comma" or rough[index - 1].kind != "unknown":
        return False
    later = rough[index + 1 :]
    has_pool = any(each.kind == "pool" and each.separator == "comma" for each in later)
    has_agency = any(each.kind == "organisation" and each.separator != "via" for each in later)
    return has_agency or not has_pool


def _ordered(rough: Sequence[_Rough], joined: re.Pattern[str]) -> list[Part]:
    organisations = [index for index, part in enumerate(rough) if part.kind == "organisation"]
    distributor = _distributor(rough, organisations)
    return [part for index, each in enumerate(rough) for part in _final(each, index == distributor, joined)]


def _final(part: _Rough, is_distributor: bool, joined: re.Pattern[str]) -> list[Part]:
    if part.role == "photographer":
        return [Part("photographer", name, part.text) for name in map(str.strip, joined.split(part.name)) if name]
    role = {"pool": "pool", "nothing": "", "organisation": "distributor" if is_distributor else "agency"}[part.kind]
    return [Part(role, part.name, part.text)]


def _distributor(rough: Sequence[_Rough], organisations: Sequence[int]) -> int:
    """The index of the organisation that hands the picture on; -1 where the only one made it, too."""
    via = [index for index in organisations if rough[index].separator == "via"]
    if via:
        return via[-1]
    pools = [index for index, part in enumerate(rough) if part.kind == "pool"]
    if len(organisations) == 1:
        return organisations[0] if pools and pools[0] < organisations[0] else -1
    if not organisations:
        return -1
    people = [index for index, part in enumerate(rough) if part.role]
    is_reversed = bool(people) and organisations[-1] < people[0]
    return organisations[0] if is_reversed else organisations[-1]
