"""Who stands in credit lines, and the words around the names. What is known comes from data files."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_EDGES = " \t\u00a0\u200b\u200e\u200f\"'“”„«»‘’‚"
_MARK = r"(?:(?:copyright\b\s*)?(?:©|\(c\)|ⓒ|Ⓒ)\ufe0f?|copyright\b\s*:?)"
_SPACES = re.compile(r"\s+")


KINDS = ("agency", "distributor", "pool", "handout")


@dataclass(frozen=True)
class Agency:
    name: str
    kind: str
    """agency, distributor, pool or handout."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class CreditWords:
    """The small words of credits; every set holds them casefolded."""

    nothing: frozenset[str] = frozenset()
    """Stand where a name should: Stringer, Handout."""
    organisation: frozenset[str] = frozenset()
    """Make a name an organisation's: Gazette, Ministry."""
    photo: frozenset[str] = frozenset()
    """Beside an agency's name they change nothing: AP Photo."""
    particle: frozenset[str] = frozenset()
    """Small letters inside names: de, van, bin."""
    prose: frozenset[str] = frozenset()
    """Those of them that no person's name has: in, of."""
    join: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    """Where somebody stands in the picture: never a credit."""
    office: frozenset[str] = frozenset()
    """Begin what somebody is, in the picture: President, Wali."""
    before: tuple[str, ...] = ()
    """Belong to the giver who follows: Dok., Courtesy of."""
    after: tuple[str, ...] = ()
    """Belong to the giver who precedes: 기자, 提供."""
    maker: frozenset[str] = frozenset()
    """Those of `after` that make the giver the photographer: 기자, 撮影."""
    client: tuple[str, ...] = ()
    """Stand between a photographer and whom the picture was made for: `Jane Doe for The Paper`."""
    between: tuple[str, ...] = ()
    """Stand between a house and its photographer: 新华社记者林晓舟."""
    lead: tuple[str, ...] = ()
    """Announce a credit before a colon: Foto."""
    by: tuple[str, ...] = ()
    """Announce it without one: Photo by."""
    common: frozenset[str] = frozenset()
    """Function words of every language: they stand in sentences."""

    @cached_property
    def joined(self) -> re.Pattern[str]:
        """What stands between two photographers."""
        words = _alternation(word for word in self.join if word != "&")
        return re.compile(rf"\s+(?:{words})\s+|\s*[·・&、，]\s*|\s*,\s*(?!(?:Jr|Sr|II|III)\b)", re.IGNORECASE)

    @cached_property
    def before_spaced(self) -> tuple[str, ...]:
        return tuple(word if word.endswith(".") else f"{word} " for word in self.before)

    @cached_property
    def made_for(self) -> re.Pattern[str]:
        return re.compile(rf"\s+(?:{_alternation(self.client)})\s+", re.IGNORECASE)

    @cached_property
    def openers(self) -> frozenset[str]:
        """The first words of what announces a credit."""
        return frozenset(key(word.split()[0]) for word in (*self.lead, *self.by, *self.before))

    @cached_property
    def strong_lead(self) -> re.Pattern[str]:
        """`Foto:`, `사진=`, `FOTO/`, `Photo by`, `©`: a credit follows."""
        phrases = _alternation(phrase for phrase in self.by if " " in phrase)
        unspaced = _alternation(phrase for phrase in self.by if phrase.upper() == phrase.lower())
        announced = rf"(?:{_alternation(self.lead)})(?:\s?\(\w{{1,2}}\))?(?:\s*[:：=＝|｜/／]|\.{{3}}|…|\s+[-–—]+\s)"
        return re.compile(rf"(?:{announced}|(?:{phrases})(?:\s*:|\b)|{unspaced}|{_MARK})\s*", re.IGNORECASE)

    @cached_property
    def lead_starts(self) -> frozenset[str]:
        """The first two letters of what announces a credit: cheap to ask for before the patterns are."""
        marks = ("©", "ⓒ", "(c", "copyright")
        return frozenset(start for word in (*self.lead, *self.by, *marks) for start in _starts(word))

    @cached_property
    def lead_letters(self) -> re.Pattern[str]:
        """Where one may begin."""
        letters = {letter for start in self.lead_starts for letter in (start[0], start[0].upper())}
        return re.compile(f"[{re.escape(''.join(sorted(letters)))}]")

    def may_lead(self, text: str, at: int = 0) -> bool:
        first = text[at : at + 2].lower()[:2]
        return first in self.lead_starts or first[:1] in self.lead_starts

    @cached_property
    def weak_lead(self) -> re.Pattern[str]:
        """`Foto ANP`: a credit may follow."""
        return re.compile(rf"(?:{_alternation((*self.lead, *self.by))})\s+", re.IGNORECASE)


def _starts(word: str) -> tuple[str, ...]:
    """`ⓒ` is a capital, so its small letter begins a lead as well."""
    return tuple({form[: 2 if form[0].isalpha() else 1] for form in (word.lower(), word.casefold())})


def _alternation(words: Iterable[str]) -> str:
    """Longest first, so that `Photo by` wins over `Photo`; matches nothing when there are none."""
    escaped = (re.escape(word).replace("\\ ", r"\s{1,3}") for word in sorted(set(words), key=len, reverse=True))
    return "|".join(escaped) or "(?!)"


@dataclass(frozen=True, eq=False)
class Agencies:
    """Compared by identity: there is one for a desk, and it is asked thousands of times."""

    known: tuple[Agency, ...] = ()
    words: CreditWords = field(default_factory=CreditWords)

    def find(self, text: str) -> Agency | None:
        """The giver with this name; a photo word beside the name (`AP Photo`, `Foto AP`) changes nothing.

        Names are known in capitals too, but in small letters only where they are written so.
        """
        found = self._by_key.get(key(text)) or self._by_key.get(key(self.without_photo(text)))
        return found and self._as_written(found, text)

    def kind(self, text: str) -> str:
        """agency, distributor, pool, handout, "nothing" for a word that names nobody, "" for the unknown."""
        return _kind(self, text)

    def says_nothing(self, text: str) -> bool:
        return key(text) in self.words.nothing

    def house(self, text: str) -> str:
        """The name without a photo word, unless it is a part of it: `AP Photo` is AP, `Magnum Photos` stays."""
        found = self.find(text)
        return text if found and key(found.name) == key(text) else self.without_photo(text)

    def lists(self, text: str) -> bool:
        """Whether this very name is known."""
        return key(text) in self._by_key

    def without_photo(self, text: str) -> str:
        words = text.split()
        if len(words) > 1 and key(words[-1]) in self.words.photo:
            return " ".join(words[:-1])
        return " ".join(words[1:]) if len(words) > 1 and key(words[0]) in self.words.photo else text

    def is_organisation(self, text: str) -> bool:
        """Whether a name is an organisation's, by what is known of it or by a word that it holds."""
        return _is_organisation(self, text)

    @cached_property
    def foreign_endings(self) -> tuple[str, ...]:
        """Words of scripts that write no capitals stand at a name's end without a space: 새빛일보."""
        return tuple(word for word in self.words.organisation if word.upper() == word.lower())

    def _as_written(self, found: Agency, text: str) -> Agency | None:
        if not text == text.lower() != text.upper():
            return found
        same = {key(text), key(self.without_photo(text))}
        names = (name for name in (found.name, *found.aliases) if key(name) in same)
        return found if any(word == word.lower() for name in names for word in name.split()) else None

    @cached_property
    def _by_key(self) -> dict[str, Agency]:
        names = ((name, agency) for agency in self.known for name in (agency.name, *agency.aliases))
        return {key(name): agency for name, agency in reversed(list(names))}


@lru_cache(maxsize=8192)
def _kind(agencies: Agencies, text: str) -> str:
    if key(text) in agencies.words.nothing or key(agencies.without_photo(text)) in agencies.words.nothing:
        return "nothing"
    if found := agencies.find(text):
        return found.kind
    if _is_pool(agencies.without_photo(text)):
        return "pool"
    words = text.split()
    is_several = len(words) > 1 and all(each and each.kind != "handout" for each in map(agencies.find, words))
    return "agency" if is_several else ""


@lru_cache(maxsize=8192)
def _is_organisation(agencies: Agencies, text: str) -> bool:
    if agencies.kind(text) in ("agency", "distributor", "handout"):
        return True
    suffixed = not text.isascii() and text.endswith(agencies.foreign_endings)
    return suffixed or any(key(word) in agencies.words.organisation for word in text.split()) or is_address(text)


def _is_pool(text: str) -> bool:
    """`Selasih Harbor Pool`: a few words with capitals."""
    words = text.split()
    return (
        2 <= len(words) <= 6
        and words[-1].casefold() == "pool"
        and not any(word[0].islower() or word[-1] in ".,:;" for word in words)
    )


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What two ways to write one name have in common."""
    plain = unicodedata.normalize("NFKC", text).strip(_EDGES)
    return _SPACES.sub(" ", plain).casefold()


def keys(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(key, texts))


def is_address(text: str) -> bool:
    """`Kompas.com`, `@name`: nobody's name, and yet a giver's."""
    return bool(re.fullmatch(r"[@#][\w.]+|[\w-]{2,}(?:\.[\w-]{2,}){1,3}", text, re.ASCII)) and not text.isdigit()
