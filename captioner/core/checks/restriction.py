"""What the text forbids or demands: `TURKEY OUT`, `NO ARCHIVE`, `MANDATORY CREDIT`, an embargo."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from captioner.core.checks import embargo
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.phrases import MOST, Found, Phrase, Phrases
from captioner.core.checks.texts import texts
from captioner.core.photo import Photo
from captioner.i18n import N_, _

EMBARGO, NO_USE = "embargo", "no-use"
_TOLD: Mapping[str, str] = {
    EMBARGO: N_("{name} is under embargo (“{text}”); publish it no earlier."),
    NO_USE: N_("{name} is not to be used (“{text}”); leave it out."),
    "territory": N_("{name} is not for everywhere (“{text}”); see that it isn't published there."),
    "editorial": N_("{name} is for editorial use alone (“{text}”)."),
    "archive": N_("{name} is not to be archived (“{text}”); delete it after use."),
    "sales": N_("{name} is not to be sold on (“{text}”)."),
    "credit": N_("{name} is to be published with its credit (“{text}”)."),
}
"""By kind, the gravest first. The kinds are keys of the words' section `restriction`."""
BLOCKING = frozenset({EMBARGO, NO_USE})
KINDS = tuple(_TOLD)
_KEYS = ("caption", "instructions", "usage_terms", "credit", "copyright")
_CAPITAL = "A-ZÀ-ÖØ-ÞĞİŞ"
_PLACE = rf"(?!(?:OUT|AND)\b)(?:(?:[A-Z]\.){{1,3}}[A-Z]\.?|(?:[NSEW]|ST|MT)\.|[{_CAPITAL}][{_CAPITAL}'’]{{1,20}}+)"
"""A stop ends the sentence before, but in `U.S.` and `ST. LUCIA`."""
_OUT = re.compile(
    rf"(?<!\w)(?:{_PLACE}[,/&]?[ /-](?:AND )?){{1,8}}+OUT(?![\w-])"
    r"(?!\s{1,3}(?:[a-z\d]|(?:IN|OF|FOR|ON|TO|AT|AS|BY|THE|FROM|WITH|AND(?! [A-Z]{2,20} OUT))\b))"
)
_BETWEEN = re.compile(r"\W*(?:AND\s+)?")


@dataclass(frozen=True, slots=True)
class Restriction:
    kind: str
    """embargo, no-use, territory, editorial, archive, sales or credit."""
    text: str
    """As it is written, of an embargo with its date."""
    field: str
    start: int
    end: int


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        for each in restrictions(photo, knows):
            severity = Severity.WARNING if each.kind in BLOCKING else Severity.INFO
            yield Finding(photo.path, "restriction", severity, each.field, told(photo, each), each.start, each.end)


def told(photo: Photo, restriction: Restriction) -> str:
    return _(_TOLD[restriction.kind]).format(name=photo.path.name, text=restriction.text)


def restrictions(photo: Photo, knows: Knowledge) -> tuple[Restriction, ...]:
    """In the order of the fields; an export has to respect those whose kind is BLOCKING."""
    return tuple(each for key, text in texts(photo, _KEYS) for each in _in(key, text, knows))


def _in(key: str, text: str, knows: Knowledge) -> Iterator[Restriction]:
    """An embargo goes on to its date, or to what else is said."""
    said = _phrases(knows).find(text)
    places = [place for match in islice(_outs(text), MOST) if (place := _place(text, match, said))]
    said = [each for each in said if not any(_overlap(each, place) for place in places)]
    if key == "caption" and text.isupper():
        places = _beside(text, places, said, knows)
    yield from _told_apart(key, text, sorted((*said, *places), key=_start), knows)


def _told_apart(key: str, text: str, found: Sequence[Found], knows: Knowledge) -> Iterator[Restriction]:
    done = 0
    for index, each in enumerate(found):
        if each.start < done:
            continue
        after = next((later.start for later in found[index + 1 :] if later.kind != EMBARGO), len(text))
        done = embargo.end(text[:after], each.end, knows) if each.kind == EMBARGO else each.end
        yield Restriction(each.kind, text[each.start : done], key, each.start, done)


def _outs(text: str) -> Iterator[re.Match[str]]:
    return _OUT.finditer(text) if "OUT" in text else iter(())


def _place(text: str, match: re.Match[str], said: Iterable[Found]) -> Found | None:
    """Without what is said before it (`EDITORIAL USE ONLY, CHINA OUT`); none for `ARCHIVES OUT`."""
    inside = (each.end for each in said if match.start() < each.end <= match.end()
              and (each.end < match.end() or each.kind != "territory"))  # fmt: skip
    start = _after(text, max(inside, default=match.start()))
    return Found(start, match.end(), "territory") if start < match.end() - len("OUT") else None


def _after(text: str, end: int) -> int:
    match = _BETWEEN.match(text, end)
    return match.end() if match else end


def _beside(text: str, places: Sequence[Found], said: Iterable[Found], knows: Knowledge) -> list[Found]:
    """In a caption that is all in capitals anybody may be `KNOCKED OUT`, but where more is forbidden."""
    kept = list(said)
    for place in (*places, *reversed(places)):
        if place not in kept and any(_meet(text, each, place, knows) for each in kept):
            kept.append(place)
    return [each for each in kept if each in places]


def _meet(text: str, each: Found, place: Found, knows: Knowledge) -> bool:
    one, other = sorted((each, place), key=_start)
    end = embargo.end(text[: other.start], one.end, knows) if one.kind == EMBARGO else one.end
    return _after(text, end) == other.start


def _start(found: Found) -> int:
    return found.start


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


@lru_cache(maxsize=8)
def _phrases(knows: Knowledge) -> Phrases:
    """Whatever their case, but for single words, which a sentence may hold: those as they are written."""
    return Phrases(Phrase(word, kind, " " not in word) for kind in _TOLD for word in knows.all("restriction", kind))
