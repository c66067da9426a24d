"""The pieces of a credit line and who is behind each of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from captioner.core.agencies import Agencies, key
from captioner.core.credit_marks import Piece, bare, pieces
from captioner.core.names import EMAIL

_LONGEST = 1000
_EDITOR = re.compile(r"[a-z]{2,4}\.?|[A-Z][a-z]{1,2}\.")
_CAPITAL_INITIALS = re.compile(r"[A-Z]{2,3}")
_ACRONYM = re.compile(r"[A-Z]{2,4}-(?:[A-Z][a-z]|[A-Z]{2,3}$)")
_YEAR = re.compile(r"(?:19|20)\d\d[\s,]+(?=\D)|\s+(?:19|20)\d\d$")
_HANGUL_NAME = 3
_DIGITS = 4
"""So many make a number of what may be a house's name with fewer."""


@dataclass(frozen=True)
class Part:
    role: str
    """photographer, agency, pool, distributor; "" for a word that says nothing."""
    name: str
    text: str
    """What the credit line says for it."""
    reason: str = ""
    """Why it has no role: it names nobody, is an editor's initials, counts photos, or is a number of another kind."""
    start: int = -1
    """Where the text begins in the credit line."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


NOBODY, INITIALS, COUNT, NUMBER = "names nobody", "initials", "count", "number"


def parts(credit: str, agencies: Agencies) -> tuple[Part, ...]:
    """Every piece of the credit line in its order, with its role; none for a text too long for one."""
    if len(credit) > _LONGEST:
        return ()
    rough = [part for piece in _pieces(credit, agencies) for part in _rough(piece, agencies)]
    return tuple(_placed(credit, _ordered(_with_people(rough, agencies.words.joined), agencies.words.joined)))


def _placed(credit: str, found: Sequence[Part]) -> Iterator[Part]:
    at = 0
    for part in found:
        start = credit.find(part.text, at)
        yield replace(part, start=start)
        at = max(at, start + len(part.text))


def _pieces(credit: str, agencies: Agencies) -> tuple[Piece, ...]:
    text = _YEAR.sub("", bare(credit, agencies))
    return (Piece("", text),) if agencies.find(text) else tuple(_rejoined(text, agencies))


def _rejoined(text: str, agencies: Agencies) -> Iterator[Piece]:
    """`RFE/RL` is one."""
    found, at = pieces(text), 0
    while at < len(found):
        pair = "/".join(piece.text for piece in found[at : at + 2])
        is_one = at + 1 < len(found) and pair in text and agencies.lists(pair)
        yield Piece(found[at].separator, pair) if is_one else found[at]
        at += 2 if is_one else 1


@dataclass(frozen=True)
class _Rough:
    separator: str
    kind: str
    """pool, nothing, organisation, unknown."""
    name: str
    text: str
    role: str = ""
    reason: str = ""
    is_known: bool = False


def _rough(piece: Piece, agencies: Agencies) -> list[_Rough]:
    """A piece as it is, or in two: `Name for The Paper`, `HO-Name`, `AFP EPA`."""
    text = piece.text
    if agencies.kind(text) == "nothing":
        return [_Rough(piece.separator, "nothing", "", text, reason=NOBODY)]
    if text.isdigit() and piece.separator == "bracket":
        return [_Rough(piece.separator, "nothing", "", text, reason=COUNT)]
    if _is_number(text) and not agencies.kind(text):
        return [_Rough(piece.separator, "nothing", "", text, reason=NUMBER)]
    divided = next(filter(None, (divide(text, agencies) for divide in _DIVIDED)), None)
    if divided:
        first, *rest = divided
        whole = [Piece(piece.separator, first), *(Piece("slash", each) for each in rest)]
        return [part for each in whole for part in _rough(each, agencies)]
    for word in agencies.words.between:
        house, found, person = text.partition(word)
        if found and house.strip() and person.strip():
            return [_Rough(piece.separator, "organisation", house.strip(), house),
                    _one(Piece("slash", person), _without_marks(person, agencies)[1], "person", agencies)]  # fmt: skip
    marked, name = _without_marks(text, agencies)
    house, _space, person = name.partition(" ")
    if marked == "person" and person and (_has_digit(house) or agencies.is_organisation(house)):
        return [_one(Piece(piece.separator, house), house, "giver", agencies),
                _one(Piece("slash", text.removeprefix(house).strip()), person.strip(), marked, agencies)]  # fmt: skip
    return [_one(piece, name, marked, agencies)]


def _is_number(text: str) -> bool:
    """`2023`, `13812345a`, `13.09.2023`, and no house: `T24`, `20min`."""
    digits = sum(char.isdecimal() for char in text)
    is_dated = text[:1].isdecimal() and text[-1:].isdecimal()
    is_more = digits > sum(map(str.isalpha, text)) and (text[:1].isdecimal() or (digits >= _DIGITS and " " not in text))
    return is_dated or is_more


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _beside_number(text: str, agencies: Agencies) -> list[str]:
    """`Jane Doe 13812345a`; `Canal 13` is one."""
    words = text.split()
    if len(words) < 2 or agencies.kind(text):
        return []
    parted = (words[:1], words[1:]), (words[:-1], words[-1:])
    ends = next((each for each, end in zip(parted, (words[0], words[-1]), strict=True) if _is_long_number(end)), ())
    return [" ".join(each) for each in ends]


def _is_long_number(text: str) -> bool:
    return _is_number(text) and sum(map(str.isdecimal, text)) >= _DIGITS


def _names_only(text: str, agencies: Agencies) -> list[str]:
    """`AFP EPA`: known names with nothing between them."""
    words = text.split()
    is_one = len(words) < 2 or agencies.kind(text) == "pool" or agencies.find(text)
    return words if not is_one and all(map(agencies.find, words)) else []


def _for_client(text: str, agencies: Agencies) -> list[str]:
    """`Jane Doe for The Paper`."""
    person, *client = agencies.words.made_for.split(text, maxsplit=1)
    is_made = bool(client) and not agencies.is_organisation(person) and agencies.is_organisation(client[0])
    return [person, client[0]] if is_made else []


def _beside_nobody(text: str, agencies: Agencies) -> list[str]:
    """`HO-Jane Doe`, `Jane Doe TPX IMAGES OF THE DAY`."""
    first, dash, rest = text.partition("-")
    if dash and rest.strip() and first.isupper() and agencies.kind(first.strip()) == "nothing":
        return [first.strip(), rest.strip()]
    words = text.split()
    ends = (len(words) - count for count in range(2, min(len(words), 6)))
    at = next((at for at in ends if agencies.says_nothing(" ".join(words[at:]))), 0)
    return [" ".join(words[:at]), " ".join(words[at:])] if at else []


_DIVIDED = (_names_only, _for_client, _beside_nobody, _beside_number)


def _one(piece: Piece, name: str, marked: str, agencies: Agencies) -> _Rough:
    kind = agencies.kind(name)
    plain = agencies.house(name) if kind else name
    if kind in ("nothing", "pool"):
        is_pool = kind == "pool"
        return _Rough(piece.separator, kind, plain if is_pool else "", piece.text, reason="" if is_pool else NOBODY)
    if marked == "person" or (name.startswith("@") and not piece.separator):
        return _Rough(piece.separator, "unknown", name, piece.text)
    is_giver = bool(kind) or marked == "giver" or agencies.is_organisation(name) or _is_house(name)
    return _Rough(piece.separator, "organisation" if is_giver else "unknown", plain, piece.text, is_known=bool(kind))


def _is_house(name: str) -> bool:
    """`PMSP`, `JPL-Caltech`, `News1`; and Korean names of four syllables are hardly ever a person's."""
    if _has_digit(name):
        return True
    if " " in name or not name:
        return False
    if not name.isascii():
        return len(name) > _HANGUL_NAME and "\uac00" <= name[0] <= "\ud7a3"
    return (len(name) <= 5 and name.isupper()) or bool(_ACRONYM.match(name))


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


def _with_people(rough: Sequence[_Rough], joined: re.Pattern[str]) -> list[_Rough]:
    """The first name that nobody knows is the photographer's; those that follow it are organisations'."""
    people, result = list[_Rough](), list[_Rough]()
    for index, part in enumerate(rough):
        if _is_initials(part, result):
            part = replace(part, kind="nothing", name="", reason=INITIALS)
        elif part.kind == "unknown" and _is_person(part, rough, index, people, joined):
            part = replace(part, role="photographer")
            people.append(part)
        elif part.kind == "unknown":
            part = replace(part, kind="organisation")
        result.append(part)
    return result


def _is_person(part: _Rough, rough: Sequence[_Rough], index: int, people: Sequence[_Rough],
               joined: re.Pattern[str]) -> bool:  # fmt: skip
    if part.separator == "via" or _follows_nobody(part, rough, index):
        return False
    return not people or _is_colleague(part, rough, index, joined)


def _follows_nobody(part: _Rough, rough: Sequence[_Rough], index: int) -> bool:
    """`STRINGER/MEXICO`: the photographer has no name, so this is a place or a house."""
    return index > 0 and rough[index - 1].reason == NOBODY and " " not in part.name and index + 1 < len(rough)


def _is_initials(part: _Rough, before: Sequence[_Rough]) -> bool:
    """Of whoever edited it: `ANTARA FOTO/Jane Doe/foc.`, `ANTARA FOTO/Jane Doe/YU`."""
    if part.kind == "unknown" and _EDITOR.fullmatch(part.name):
        return any(each.kind == "organisation" for each in before)
    roles = [each.role or each.kind for each in before]
    return bool(_CAPITAL_INITIALS.fullmatch(part.text)) and part.separator == "slash" and not part.is_known and (
        roles == ["organisation", "photographer"])  # fmt: skip


def _is_colleague(part: _Rough, rough: Sequence[_Rough], index: int, joined: re.Pattern[str]) -> bool:
    """After a comma: another photographer, unless it is all that could be the agency.

    `and` ends the list of the photographers.
    """
    before = rough[index - 1]
    if part.separator != "comma" or before.kind != "unknown" or joined.search(before.name):
        return False
    if joined.search(part.name):
        return True
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
        names = [name for name in map(str.strip, joined.split(part.name)) if name]
        return [Part("photographer", name, name if len(names) > 1 else part.text) for name in names]
    role = {"pool": "pool", "nothing": "", "organisation": "distributor" if is_distributor else "agency"}[part.kind]
    return [Part(role, part.name, part.text, part.reason)]


def _distributor(rough: Sequence[_Rough], organisations: Sequence[int]) -> int:
    """The index of the organisation that hands the picture on; -1 where the only one made it, too."""
    via = [index for index in organisations if rough[index].separator == "via"]
    if via:
        return organisations[-1]
    pools = [index for index, part in enumerate(rough) if part.kind == "pool"]
    if len(organisations) == 1:
        return organisations[0] if pools and pools[0] < organisations[0] else -1
    if not organisations:
        return -1
    people = [index for index, part in enumerate(rough) if part.role]
    is_reversed = bool(people) and organisations[-1] < people[0]
    return organisations[0] if is_reversed else organisations[-1]
