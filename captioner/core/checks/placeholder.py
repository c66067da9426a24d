"""Text that somebody meant to replace."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.photo import Photo
from captioner.i18n import _


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    pattern = _pattern(knows)
    for photo in photos:
        for key in ("headline", "caption", "credit"):
            for match in pattern.finditer(photo.values.text(key)):
                message = _("{name}: “{found}” is a placeholder; replace it.").format(
                    name=photo.path.name, found=match.group()
                )
                yield Finding(photo.path, "placeholder", Severity.ERROR, key, message, *match.span())


@cache
def _pattern(knows: Knowledge) -> re.Pattern[str]:
    """`phrases` in any case, `marks` only as they are written: TK is a placeholder, Tk a place in Estonia."""
    phrases, marks = ("|".join(map(re.escape, knows.all("placeholder", key))) or "(?!)" for key in ("phrases", "marks"))
    return re.compile(rf"(?<!\w)(?:(?i:{phrases})|{marks}|XX+X|(?:TK){{2,}})(?!\w)|\(Credit too long, see caption\)")
