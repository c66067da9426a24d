"""How far an embargo goes on: to the end of its sentence, which the stops of dates and times don't end."""

import re

from captioner.core.checks.calendar_names import names
from captioner.core.checks.knowledge import Knowledge

_LONGEST = 120
_END = re.compile(r"[\n;；؛。．!.]")
_ABBREVIATED = re.compile(r"\d|(?<![^\W\d_])[^\W\d_]")
"""What stands before the stop of `17.` and of `P.M.`."""
_FOLLOWS = re.compile(r"\s{1,3}(?:(?P<sure>\d|(?:[A-Z]{1,4}T|UTC|WIB|WITA|MSK|ON|LOCAL)\b)|(?P<word>[^\W\d_]{1,20}))")


def end(text: str, start: int, knows: Knowledge) -> int:
    """Where it ends whose first words end at start."""
    last = min(len(text), start + _LONGEST)
    found = next((each.start() for each in _END.finditer(text, start, last) if not _goes_on(text, each, knows)), last)
    if found == last < len(text) and text[last].isalnum():
        found = max(start, text.rfind(" ", start, last))
    return start + len(text[start:found].rstrip(" ,.-–—"))


def _goes_on(text: str, stop: re.Match[str], knows: Knowledge) -> bool:
    """`00.01`, `Mo., 18. Sept. 2023`, `6 P.M. EDT`, `2023 г. в 18:00`."""
    at = stop.start()
    if stop[0] != "." or at + 1 == len(text):
        return False
    if not text[at + 1].isspace():
        return True
    follows = _FOLLOWS.match(text, at + 1)
    if not follows or follows["sure"]:
        return bool(follows)
    word, calendar = follows["word"], names(knows, True)
    is_told = bool(calendar.month(word) or calendar.weekday(word)) or word.upper() == word.lower()
    return word[0].islower() or (is_told and bool(_ABBREVIATED.match(text, at - 1)))
