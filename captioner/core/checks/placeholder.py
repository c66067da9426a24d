"""Text that somebody meant to replace."""

import re
from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.credit import Agencies
from captioner.core.photo import Photo
from captioner.i18n import _

_PLACEHOLDER = re.compile(
    r"\b(?:names? to come|caption to come|credit to come|TK(?:TK)*|XX+X|lorem ipsum|TBC|FIXME)\b"
    r"|(?i:\bnames? to come\b|\bcaption to come\b|\blorem ipsum\b)|\(Credit too long, see caption\)"
)


def find(photos: Sequence[Photo], _agencies: Agencies) -> Iterator[Finding]:
    for photo in photos:
        for key in ("headline", "caption", "credit"):
            for match in _PLACEHOLDER.finditer(photo.values.text(key)):
                message = _("{name}: “{found}” is a placeholder; replace it.").format(
                    name=photo.path.name, found=match.group()
                )
                yield Finding(photo.path, "placeholder", Severity.ERROR, key, message, *match.span())
