"""Texts in a spreadsheet's cells: what it would run as a formula gets an apostrophe, and loses it again."""

import re

_FORMULA = r"['\"\s]*[=+\-@＝＋－＠]|'*[\t\r\n]"
"""OWASP's list for CSV injection, with what a spreadsheet skips before it."""
_STARTS = re.compile(rf"\A(?={_FORMULA})|(?<=[;\t\r\n])(?=['\"\s]*[=+\-@＝＋－＠])")
"""In countries that separate cells by semicolons, a comma table is split within its texts, too."""
_DISARMED = re.compile(rf"\A'(?={_FORMULA})|(?<=[;\t\r\n])'(?=['\"\s]*[=+\-@＝＋－＠])")


def disarmed(text: str) -> str:
    return _STARTS.sub("'", text)


def armed(text: str) -> str:
    """The text that `disarmed` got, apostrophes of its own included."""
    return _DISARMED.sub("", text)
