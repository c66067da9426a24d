"""Multi-picture format (CIPA DC-007): its offsets to the further pictures move with what stands before them."""

import struct
from collections.abc import Sequence
from typing import Any, Protocol, Self, TypeVar


class _Piece(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    def _replace(self, **changes: Any) -> Self: ...


P = TypeVar("P", bound=_Piece)

_HEADER = 8  # marker, length and "MPF\0": offsets count from behind them (5.2.3.3.3)
_ENTRIES = 0xB002


def shifted(before: Sequence[P], after: Sequence[P]) -> list[P]:
    """The pieces with each offset corrected by what the head grew behind the MPF segment."""
    growth = _behind(after) - _behind(before)
    return [_patched(piece, growth) if growth and piece.role == "mpf" else piece for piece in after]


def _behind(pieces: Sequence[_Piece]) -> int:
    at = next(index for index, piece in enumerate(pieces) if piece.role == "mpf")
    return sum(len(piece.data) for piece in pieces[at:])


def _patched(piece: P, growth: int) -> P:
    data = bytearray(piece.data)
    for position, order in _offset_positions(piece.data):
        (offset,) = struct.unpack_from(order + "I", data, position)
        if offset:
            struct.pack_into(order + "I", data, position, (offset + growth) & 0xFFFFFFFF)
    return piece._replace(data=bytes(data))  # pyright: ignore[reportPrivateUsage] - of a named tuple


def without_offsets(segment: bytes) -> bytes:
    """What no change of the head may touch."""
    data = bytearray(segment)
    for position, _order in _offset_positions(segment):
        data[position : position + 4] = bytes(4)
    return bytes(data)


def _offset_positions(data: bytes) -> list[tuple[int, str]]:
    """Where the offsets of the individual pictures stand; none where the index can't be followed."""
    tiff = data[_HEADER:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    try:
        (ifd,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, ifd)
        for index in range(count):
            tag, _, size, start = struct.unpack_from(order + "HHII", tiff, ifd + 2 + 12 * index)
            if tag == _ENTRIES:
                inside = min(size, len(tiff) - start) // 16
                return [(_HEADER + start + 16 * entry + 8, order) for entry in range(inside)]
    except struct.error:
        pass
    return []
