"""Whether two measures say the same, rounded as writers do it, and what the second one should be."""

import math
from collections.abc import Sequence
from itertools import product

from captioner.core.checks.measures import Measure, Unit
from captioner.core.checks.written_numbers import Number

_FREEZING = 32.0
_ROUGHLY = 0.03
"""What nobody minds."""
_ROUNDED, _ROUNDED_FIRST = 0.09, 0.04
"""How far a value may be off when it ends in zeros or a five: the converted one, and the one it was made from."""
_WHOLE = 0.35
"""How far by its last digit alone: 1 mile (2 km)."""
_COOL = 5
"""Degrees Celsius up to which a temperature is as likely a difference."""
_HALF = 0.5001
_EXACTLY, _MOST_DECIMALS = 0.02, 3
_FEWEST_DEGREES, _MOST_DEGREES = 0.6, 2.51


def agree(first: Measure, second: Measure, is_difference: bool) -> bool:
    pairs = zip(first.values, second.values, strict=True)
    return all(_fits(one, other, first.unit, second.unit, is_difference) for one, other in pairs)


def _fits(ones: Sequence[Number], others: Sequence[Number], first: Unit, second: Unit, is_difference: bool) -> bool:
    if not ones or not others:
        return True
    if first.kind == "temperature":
        return any(_fits_degrees(*pair, first, second, is_difference) for pair in product(ones, others))
    factors = [mine / theirs for mine in first.factors for theirs in second.factors]
    return any(_fits_factor(*pair, factor) for pair in product(ones, others) for factor in factors)


def _fits_factor(one: Number, other: Number, factor: float) -> bool:
    """Whether either value is the other one, rounded as writers do."""
    forth, back = one.times(factor), other.times(1 / factor)
    return (
        _near(other.value, forth.value, _ROUGHLY)
        or _rounds(forth.value, other, _ROUNDED)
        or _rounds(back.value, one, _ROUNDED_FIRST)
    )


def _rounds(value: float, written: Number, most: float) -> bool:
    gap = abs(value - written.value)
    is_exact = gap <= written.exact * _HALF and _near(written.value, value, _WHOLE)
    return is_exact or (gap <= written.step * _HALF and _near(written.value, value, most))


def _near(one: float, other: float, most: float) -> bool:
    return abs(one - other) <= most * max(abs(other), 1e-9)


def _fits_degrees(one: Number, other: Number, first: Unit, second: Unit, is_difference: bool) -> bool:
    ways = [(_converted(one.value, first), _converted(other.value, second))]
    if is_difference or abs(one.value * first.factors[0]) <= _COOL:
        factor = first.factors[0] / second.factors[0]
        ways.append((one.value * factor, other.value / factor))
    return any(_rounds_degrees(forth, other) or _rounds_degrees(back, one) for forth, back in ways)


def _converted(value: float, unit: Unit) -> float:
    return value * 9 / 5 + _FREEZING if unit.code == "c" else (value - _FREEZING) * 5 / 9


def _rounds_degrees(value: float, written: Number) -> bool:
    return abs(value - written.value) <= max(_FEWEST_DEGREES, min(written.step / 2, _MOST_DEGREES))


def right(first: Measure, second: Measure) -> list[tuple[float, int]]:
    """What the second one should say, with decimals: as exact as it is written, unless that is too rough."""
    found: list[tuple[float, int]] = []
    for ones, others in zip(first.values, second.values, strict=True):
        value = _value(ones[0].value, first.unit, second.unit) / second.factor
        decimals = -math.floor(math.log10(abs(others[0].step / second.factor)))
        while decimals < _MOST_DECIMALS and not _near(round(value, decimals), value, _EXACTLY):
            decimals += 1
        found.append((round(value, decimals), max(decimals, 0)))
    return found


def is_reversed(first: Measure, second: Measure) -> bool:
    """Whether the second was converted the wrong way round, or without the 32 degrees."""
    one, other, mine, theirs = first.values[0][0], second.values[0][0], first.unit, second.unit
    wrong = one.value * theirs.factors[0] / mine.factors[0]
    if mine.kind == "temperature":
        wrong = one.value * mine.factors[0] / theirs.factors[0]
    return any(abs(wrong - each.value) <= max(other.exact, abs(wrong) * 0.01) for each in second.values[0])


def _value(value: float, first: Unit, second: Unit) -> float:
    return _converted(value, first) if first.kind == "temperature" else value * first.factors[0] / second.factors[0]
