"""What a person does to a pairing: each function returns another one, with every caption's text still in it once."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from captioner.core.matching import Means
from captioner.core.pairing import Pair, Pairing

_UNSPACED = "。！？」』）、，"
"""After these the next sentence follows without a blank."""


def swap(pairing: Pairing, one: int, other: int) -> Pairing:
    """Each of the two captions gets the other's photo, or place among those that have none; nothing else moves."""
    first, second = pairing.told[one], pairing.told[other]
    if first.runs and second.runs:
        return _with(pairing, {one: second, other: first})
    return _with(pairing, {one: _seated(first, pairing, other), other: _seated(second, pairing, one)})


def _seated(pair: Pair, pairing: Pairing, other: int) -> Pair:
    is_left_out = pairing.told[other].is_left_out
    return replace(pair, path=pairing.places[other], means=Means.HAND, is_left_out=is_left_out)


def put(pairing: Pairing, at: int, path: Path) -> Pairing:
    """The caption goes to that photo, and what that one had goes to where the caption was."""
    there = pairing.at(path)
    if there is not None:
        return pairing if there == at else swap(pairing, at, there)
    left = pairing.places[at]
    skipped = (pairing.skipped - {path}) | ({left} if left else set())
    moved = replace(pairing.told[at], path=path, means=Means.HAND, is_left_out=False)
    return _with(replace(pairing, skipped=skipped), {at: moved})


def insert(pairing: Pairing, at: int, row: int) -> Pairing:
    """The caption goes in front of that row of the table, and those behind it move down."""
    before = next((each.at for each in pairing.rows[row:]
                   if each.at is not None and each.at != at and pairing.told[each.at].runs), None)  # fmt: skip
    told = list(pairing.told)
    moved = replace(told[at], path=None, means=Means.ORDER, is_left_out=False)
    place = len(told) if before is None else before
    told.insert(place, moved)
    del told[at if at < place else at + 1]
    return replace(pairing, told=tuple(told))


def step(pairing: Pairing, at: int, by: int) -> Pairing:
    """Up (-1) or down (+1) the table, in exchange with what stands there."""
    row = row_of(pairing, at) + by
    if not 0 <= row < len(pairing.rows):
        return pairing
    beside = pairing.rows[row]
    if beside.path is not None:
        return put(pairing, at, beside.path)
    return swap(pairing, at, beside.at) if beside.at is not None else pairing


def row_of(pairing: Pairing, at: int) -> int:
    return next(row for row, each in enumerate(pairing.rows) if each.at == at)


def split(pairing: Pairing, at: int, place: int) -> Pairing:
    """The text from there on becomes a caption of its own, and takes the credit along, which stood at the end."""
    pair = pairing.told[at]
    first, second = pair.caption[:place].rstrip(), pair.caption[place:].lstrip()
    if not first or not second:
        return pairing
    parts = (replace(pair, caption=first, credit=""), Pair(second, pair.credit, is_left_out=pair.is_left_out))
    return replace(pairing, told=(*pairing.told[:at], *parts, *pairing.told[at + 1 :]))


def following(pairing: Pairing, at: int) -> int | None:
    """The caption below in the table, which `join` takes."""
    below = (row.at for row in pairing.rows[row_of(pairing, at) + 1 :])
    return next((each for each in below if each is not None), None)


def join(pairing: Pairing, at: int) -> Pairing:
    """With the caption below, which ends to be one."""
    other = following(pairing, at)
    if other is None:
        return pairing
    first, second = pairing.told[at], pairing.told[other]
    stays = first if pairing.places[at] or not pairing.places[other] else second
    joined = replace(stays, caption=_joined(first.caption, second.caption), credit=_credits(first, second))
    told = [joined if index == at else each for index, each in enumerate(pairing.told) if index != other]
    return replace(pairing, told=tuple(told))


def _joined(first: str, second: str) -> str:
    return first + ("" if first[-1:] in _UNSPACED else " ") + second


def _credits(first: Pair, second: Pair) -> str:
    """Of two that differ both stay, for a person to look at."""
    return "; ".join(dict.fromkeys(pair.credit for pair in (first, second) if pair.credit))


def leave_out(pairing: Pairing, at: int) -> Pairing:
    return _with(pairing, {at: replace(pairing.told[at], is_left_out=True)})


def take_in(pairing: Pairing, at: int) -> Pairing:
    """Back to its photo, where that still is without one; else it waits, or runs with the order as before."""
    pair = replace(pairing.told[at], is_left_out=False)
    if pair.path is None and pair.means is Means.HAND:
        pair = replace(pair, means=Means.ORDER)
    elif pair.path is not None and (pair.path in pairing.skipped or _is_fixed(pairing, pair.path)):
        pair = replace(pair, path=None)
    return _with(pairing, {at: pair})


def _is_fixed(pairing: Pairing, path: Path) -> bool:
    there = pairing.at(path)
    return there is not None and not pairing.told[there].runs


def skip(pairing: Pairing, path: Path) -> Pairing:
    """The photo gets no caption: those that run with the order move down, one that was meant for it waits."""
    at = pairing.at(path)
    waiting = {} if at is None or pairing.told[at].runs else {at: replace(pairing.told[at], path=None)}
    return _with(replace(pairing, skipped=pairing.skipped | {path}), waiting)


def take_photo_in(pairing: Pairing, path: Path) -> Pairing:
    return replace(pairing, skipped=pairing.skipped - {path})


def keep(pairing: Pairing, paths: Iterable[Path]) -> Pairing:
    """Their own captions stay."""
    return replace(pairing, kept=pairing.kept | set(paths))


def take_story(pairing: Pairing, paths: Iterable[Path]) -> Pairing:
    """Their own captions give way to the story's."""
    return replace(pairing, kept=pairing.kept - set(paths))


def write(pairing: Pairing, at: int, key: str, text: str) -> Pairing:
    """What a person makes of the caption or the credit."""
    return _with(pairing, {at: replace(pairing.told[at], **{key: text})})


def give_credit(pairing: Pairing) -> Pairing:
    """The story's only credit to every caption that has none."""
    credit = pairing.only_credit
    return _with(pairing, {at: replace(each, credit=each.credit or credit) for at, each in enumerate(pairing.told)})


def _with(pairing: Pairing, changed: dict[int, Pair]) -> Pairing:
    told = tuple(changed.get(at, each) for at, each in enumerate(pairing.told))
    return replace(pairing, told=told)
