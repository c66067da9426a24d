"""What the text forbids or demands: `TURKEY OUT`, `NO ARCHIVE`, `MANDATORY CREDIT`, an embargo."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.texts import alternation, texts
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
_KINDS = {"no_use": NO_USE, "out": "territory"}
BLOCKING = frozenset({EMBARGO, NO_USE})
_KEYS = ("caption", "instructions", "usage_terms", "credit", "copyright")
_OUT = (
    r"(?<!\w)(?P<out>(?:[A-Z][A-Z.]{1,20}+[,/&]?[ /-](?:AND )?){1,8}OUT)(?![\w-])"
    r"(?!\s{1,3}(?:[a-z\d]|(?:IN|OF|FOR|ON|TO|AT|AS|BY|THE|FROM|WITH|AND)\b))"
)
_UNTIL = r"[^\n.;]{0,60}(?:\d[.:]\d\d[^\n.;]{0,40})?"


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
    found = [(key, match) for key, text in texts(photo, _KEYS) for match in _pattern(knows).finditer(text)]
    return tuple(_restriction(key, match) for key, match in found if not _is_headline(key, match))


def _restriction(key: str, match: re.Match[str]) -> Restriction:
    kind, text = match.lastgroup or "", match[0].rstrip()
    return Restriction(_KINDS.get(kind, kind), text, key, match.start(), match.start() + len(text))


def _is_headline(key: str, match: re.Match[str]) -> bool:
    """In a caption that is all in capitals anybody may be `KNOCKED OUT`."""
    return match.lastgroup == "out" and key == "caption" and match.string.isupper()


@lru_cache(maxsize=8)
def _pattern(knows: Knowledge) -> re.Pattern[str]:
    """An embargo goes on to its date."""
    groups = {kind: kind.replace("-", "_") for kind in _TOLD}
    said = [rf"(?P<{group}>(?:{_words(kind, knows)}){_UNTIL if kind == EMBARGO else ''})"
            for kind, group in groups.items()]  # fmt: skip
    return re.compile(rf"{'|'.join(said)}|{_OUT}")


def _words(kind: str, knows: Knowledge) -> str:
    """Whatever their case, but for single words, which a sentence may hold: those as they are written."""
    words = knows.all("restriction", kind)
    phrases, single = ([word for word in words if (" " in word) is wanted] for wanted in (True, False))
    return f"(?i:{alternation(phrases)})|{alternation(single)}"
