"""Numbers as each language writes them: every reading that they may have, and how exact they are."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

FRACTIONS = "½¼¾⅓⅔⅛⅜⅝⅞"
_SPACED = r"\d{1,3}(?:[\s\u00a0\u202f'’]\d{3}(?!\d))+(?:[.,٫]\d{1,4})?"
NUMBER = rf"(?:{_SPACED}|\d{{1,12}}(?:[.,٬٫]\d{{1,12}}){{0,4}})[{FRACTIONS}]?|[{FRACTIONS}]"
_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_GROUPED = re.compile(r"\d{1,3}(?:([.,٬])\d{3})(?:\1\d{3})*(?:[.,٫](\d+))?")
_ARABIC = str.maketrans("٬٫", ",.")


class Number(NamedTuple):
    value: float
    step: float
    """Half of it is how far rounding may have moved the value: what zeros, or a five, at the end leave open."""
    exact: float
    """The place of the last digit."""

    def times(self, factor: float) -> "Number":
        return self if factor == 1 else Number(self.value * factor, self.step * abs(factor), self.exact * abs(factor))


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Number, ...]:
    """`1.234` is a thousand or a little more than one; the likelier reading first."""
    plain = _SPACES.sub("", text.strip())
    part = unicodedata.numeric(plain[-1]) if plain and plain[-1] in FRACTIONS else 0.0
    digits = plain.rstrip(FRACTIONS)
    if part:
        return (Number((float(digits) if digits.isdecimal() else 0.0) + part, 0.25, 0.25),)
    found = [_number(*each) for each in _split(digits)]
    return tuple(dict.fromkeys(found))


def _split(digits: str) -> list[tuple[str, str]]:
    """Whole digits and decimals, in each way the signs between may be meant."""
    digits = digits.translate(_ARABIC)
    signs = [char for char in digits if char in ".,"]
    if not signs:
        return [(digits, "")]
    whole, _sign, decimals = digits.rpartition(signs[-1])
    bare = whole.replace(".", "").replace(",", "")
    is_grouped = bool(_GROUPED.fullmatch(digits)) and not whole.startswith("0")
    if len(set(signs)) == 1 and len(signs) > 1:
        return [(bare + decimals, "")] if is_grouped else []
    both = [(bare + decimals, "")] if is_grouped and len(signs) == 1 else []
    return [*both, (bare, decimals)]


def _number(whole: str, decimals: str) -> Number:
    value = float(f"{whole or 0}.{decimals or 0}")
    exact = 10.0 ** -len(decimals)
    digits = str(int(whole + decimals or "0"))
    zeros = len(digits) - len(digits.rstrip("0")) if not decimals else 0
    rough = exact * 10.0 ** min(zeros, len(digits) - 1)
    is_half = len(digits) > 1 and digits.rstrip("0").endswith("5")
    return Number(value, rough * 5 if is_half else rough, exact)
