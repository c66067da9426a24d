"""What the text forbids or demands: `TURKEY OUT`, `NO ARCHIVE`, `MANDATORY CREDIT`, an embargo."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

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
_KEYS = ("caption", "instructions", "usage_terms", "credit", "copyright")
_OUT = re.compile(
    r"(?<!\w)(?:(?:[A-Z][A-Z.]{1,20}+[,/&]?[ /-](?:AND )?){1,8}OUT)(?![\w-])"
    r"(?!\s{1,3}(?:[a-z\d]|(?:IN|OF|FOR|ON|TO|AT|AS|BY|THE|FROM|WITH|AND)\b))"
)
_UNTIL = re.compile(r"[^\n.;]{0,60}(?:\d[.:]\d\d[^\n.;]{0,40})?")


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
    """An embargo goes on to its date. In a caption that is all in capitals anybody may be `KNOCKED OUT`."""
    places = [Found(*match.span(), "territory") for match in islice(_OUT.finditer(text), MOST)]
    said = [each for each in _phrases(knows).find(text) if not any(_overlap(each, place) for place in places)]
    for each in sorted((*said, *(() if key == "caption" and text.isupper() else places)), key=lambda each: each.start):
        end = _until(text, each.end) if each.kind == EMBARGO else each.end
        yield Restriction(each.kind, text[each.start : end], key, each.start, end)


def _until(text: str, end: int) -> int:
    match = _UNTIL.match(text, end)
    return end + len(match[0].rstrip()) if match else end


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


@lru_cache(maxsize=8)
def _phrases(knows: Knowledge) -> Phrases:
    """Whatever their case, but for single words, which a sentence may hold: those as they are written."""
    return Phrases(Phrase(word, kind, " " not in word) for kind in _TOLD for word in knows.all("restriction", kind))
