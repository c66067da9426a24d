"""A photo without a credit can't be published."""

from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.photo import Photo
from captioner.i18n import _


def find(photos: Sequence[Photo], _knows: Knowledge) -> Iterator[Finding]:
    """A dash or a dot is no credit either."""
    for photo in photos:
        if photo.is_read and not any(char.isalnum() for char in photo.values.text("credit")):
            message = _("{name} has no credit; name who gave the photo.").format(name=photo.path.name)
            yield Finding(photo.path, "credit-missing", Severity.WARNING, "credit", message)
