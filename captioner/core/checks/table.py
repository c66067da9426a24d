"""CHECKS: photos → findings, one small module each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from captioner.core.checks import (
    across,
    alt_text,
    calendar_names,
    credit_in_caption,
    credit_missing,
    credit_variant,
    date_created,
    doubled_word,
    duplicate_caption,
    gps,
    left_right,
    mojibake,
    name_variant,
    placeholder,
    relative_time,
    restriction,
    too_long,
    unbalanced_quotes,
    unit_conversion,
    weekday_date,
)
from captioner.core.checks.across import Across, Token
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import OFF, Knowledge
from captioner.core.photo import Photo

Check = Callable[[Sequence[Photo], Knowledge], Iterator[Finding]]

ACROSS: dict[str, Across] = {
    "credit-variant": credit_variant.ACROSS,
    "name-variant": name_variant.ACROSS,
    "duplicate-caption": duplicate_caption.ACROSS,
}
"""The checks that look across photos; all others look at one photo alone."""

CHECKS: dict[str, Check] = {
    "weekday-date": weekday_date.find,
    "date-created": date_created.find,
    "unit-conversion": unit_conversion.find,
    "credit-missing": credit_missing.find,
    "credit-in-caption": credit_in_caption.find,
    "credit-variant": partial(across.find, credit_variant.ACROSS),
    "name-variant": partial(across.find, name_variant.ACROSS),
    "duplicate-caption": partial(across.find, duplicate_caption.ACROSS),
    "placeholder": placeholder.find,
    "relative-time": relative_time.find,
    "left-right": left_right.find,
    "unbalanced-quotes": unbalanced_quotes.find,
    "doubled-word": doubled_word.find,
    "mojibake": mojibake.find,
    "too-long": too_long.find,
    "alt-text": alt_text.find,
    "restriction": restriction.find,
    "gps": gps.find,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """All that a photo alone tells the checks: frozen, so that a process may find it out."""

    photo: Photo
    """As it was then."""
    found: Mapping[str, tuple[Finding, ...]]
    """By check, of those that look at one photo alone."""
    tokens: Mapping[str, Set[Token]]
    """By check, of those that look across photos."""


def judge(photo: Photo, knows: Knowledge) -> Judged:
    found = {name: graded(name, check([photo], knows), knows) for name, check in CHECKS.items() if name not in ACROSS}
    tokens = {name: across.tokens(photo, knows) for name, across in ACROSS.items() if knows.severities.get(name) != OFF}
    return Judged(photo, {name: each for name, each in found.items() if each}, tokens)


def find(photos: Sequence[Photo], knows: Knowledge) -> list[Finding]:
    """What the checks report of these photos, in their order."""
    rank = {photo.path: index for index, photo in enumerate(photos)}
    found = [finding for name, check in CHECKS.items() for finding in graded(name, check(photos, knows), knows)]
    return sorted(found, key=lambda finding: (rank[finding.path], finding.start))


def graded(check: str, found: Iterable[Finding], knows: Knowledge) -> tuple[Finding, ...]:
    """As severe as the desk wants this check to be; what is off isn't even looked for."""
    wanted = knows.severities.get(check)
    if wanted is None:
        return tuple(found)
    return () if wanted == OFF else tuple(replace(each, severity=Severity(wanted)) for each in found)


def prepare(knows: Knowledge) -> None:
    """Loads what checks else load when they first need it: the names of months and days in some sixty languages."""
    for is_spoken in (True, False):
        calendar_names.names(knows, is_spoken)
