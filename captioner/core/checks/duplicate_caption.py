"""Two photos with the same caption: mostly one was pasted twice."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.photo import Photo
from captioner.i18n import _


def find(photos: Sequence[Photo], _knows: Knowledge) -> Iterator[Finding]:
    seen: dict[str, Path] = {}
    for photo in photos:
        text = " ".join(photo.values.text("caption").split()).casefold()
        if text and text in seen:
            message = _("{name} has the same caption as {other}; write one of them anew.").format(
                name=photo.path.name, other=seen[text].name
            )
            yield Finding(photo.path, "duplicate-caption", Severity.WARNING, "caption", message)
        seen.setdefault(text, photo.path)
