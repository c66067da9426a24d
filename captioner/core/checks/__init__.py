"""CHECKS: photos → findings, one small module each."""

from collections.abc import Callable, Iterator, Sequence

from captioner.core.checks import (
    credit_in_caption,
    credit_missing,
    date_created,
    duplicate_caption,
    placeholder,
    relative_time,
    too_long,
    unit_conversion,
    weekday_date,
)
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.photo import Photo

Check = Callable[[Sequence[Photo], Knowledge], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "credit-missing": credit_missing.find,
    "credit-in-caption": credit_in_caption.find,
    "duplicate-caption": duplicate_caption.find,
    "placeholder": placeholder.find,
    "too-long": too_long.find,
    "weekday-date": weekday_date.find,
    "date-created": date_created.find,
    "relative-time": relative_time.find,
    "unit-conversion": unit_conversion.find,
}

ACROSS: dict[str, Callable[[Photo], str]] = {
    "duplicate-caption": lambda photo: " ".join(photo.values.text("caption").split()).casefold(),
}
"""The checks that look across photos, and what two photos have in common where one is judged beside the other: each
beside the first one in the set that has the same; "" is nothing in common. All others look at one photo alone."""

__all__ = ["ACROSS", "CHECKS", "Check", "Finding", "Knowledge", "Severity", "find"]


def find(photos: Sequence[Photo], knows: Knowledge) -> list[Finding]:
    """What the checks report of these photos, in their order."""
    rank = {photo.path: index for index, photo in enumerate(photos)}
    found = [finding for check in CHECKS.values() for finding in check(photos, knows)]
    return sorted(found, key=lambda finding: (rank[finding.path], finding.start))
