"""Text that somebody meant to replace."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.texts import alternation, language, texts
from captioner.core.photo import Photo
from captioner.i18n import _


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    pattern = _pattern(knows)
    for photo in photos:
        for key, text in texts(photo):
            for match in pattern.finditer(text):
                if match["mark"] and _is_legal(match, photo, knows):
                    continue
                message = _("{name}: “{found}” is a placeholder; replace it.").format(
                    name=photo.path.name, found=match[0]
                )
                yield Finding(photo.path, "placeholder", Severity.ERROR, key, message, *match.span())


def _is_legal(match: re.Match[str], photo: Photo, knows: Knowledge) -> bool:
    """TK is a kindergarten in Indonesian and a flight's number beside digits, XXX is thirty in `Super Bowl XXX`."""
    text = match.string
    legal = knows.of(language(photo, text, knows), "placeholder", "legal")
    before = text[: match.start()].split()[-1:]
    is_counted = bool(before) and before[0] in knows.all("placeholder", "counted")
    is_number = bool(re.match(r"[ -]?\d", text[match.end() : match.end() + 2]))
    return match[0] in legal or is_counted or (match[0].isupper() and match[0][0] != "X" and is_number)


@lru_cache(maxsize=8)
def _pattern(knows: Knowledge) -> re.Pattern[str]:
    """`phrases` in any case, `marks` only as they are written: TK is a placeholder, Tk a place in Estonia.

    `blanks` are placeholders in brackets: `[NAME]`.
    """
    phrases, marks, blanks = (alternation(knows.all("placeholder", key)) for key in ("phrases", "marks", "blanks"))
    shouted = alternation(word.upper() for word in knows.all("placeholder", "blanks"))
    return re.compile(
        rf"(?<!-)(?i:{phrases})"
        rf"|(?<![\w-])(?P<mark>{marks}|(?:TK){{2,}}|XXX+|xxx+)(?![\w-])"
        rf"|[\[<{{](?:(?i:{blanks}|{phrases})|{marks})[\]>}}]|\((?:{shouted})\)"
        r"|(?<!\w)(?:XX[./-]){1,2}(?:XX(?:XX)?|\d{2,4})(?!\w)|(?<!\w)(?:xx[./-]){1,2}(?:xx(?:xx)?|\d{2,4})(?!\w)"
        r"|(?<![\w?!])\?\?+(?!\w)|(?<!_)___+(?!_)|〇〇+|○○+|●●+"
    )
