"""The file tells where it was taken, which not everybody who is in it, or took it, wants told."""

from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.photo import GPS, Photo
from captioner.i18n import _


def find(photos: Sequence[Photo], _knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        if GPS in photo.facts:
            message = _("{name} holds a GPS position; see that it may be published.").format(name=photo.path.name)
            yield Finding(photo.path, "gps", Severity.INFO, "", message)
