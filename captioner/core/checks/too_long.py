"""A value longer than IIM allows: readers that keep to the limit cut it."""

from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.fields import FIELDS, octets, over_limit
from captioner.core.photo import Photo
from captioner.i18n import _


def find(photos: Sequence[Photo], _knows: Knowledge) -> Iterator[Finding]:
    """Information only: the whole value is written, and most readers take it."""
    for photo in photos:
        for key in over_limit(photo.values):
            row = FIELDS[key]
            message = _("{name}: {field} takes {count} octets, and readers that keep to IPTC-IIM cut it at {limit}."
                        ).format(name=photo.path.name, field=_(row.label), count=octets(photo.values[key]),
                                 limit=row.octets)  # fmt: skip
            yield Finding(photo.path, "too-long", Severity.INFO, key, message)
