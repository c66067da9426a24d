"""Adobe RGB (1998) as a profile: cameras that shoot in it say so in EXIF alone (DCF 2.0, 3.2.2.2)."""

import struct
from functools import cache

_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {b"rXYZ": (0.60974, 0.31111, 0.01947), b"gXYZ": (0.20528, 0.62567, 0.06087),
              b"bXYZ": (0.14919, 0.06322, 0.74457)}  # fmt: skip
"""Seen under D50 (Adobe RGB (1998) Color Image Encoding, 4.3.5, adapted)."""
_GAMMA = 563
"""256ths."""


@cache
def profile() -> bytes:
    """A matrix profile (ICC.1:2001-04, 6.3.1.2)."""
    curve = struct.pack(">4sIIH", b"curv", 0, 1, _GAMMA)
    tags = {
        b"desc": struct.pack(">4sII12s78x", b"desc", 0, 12, b"Adobe RGB  \0"), b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": _xyz(_D50), **{tag: _xyz(colour) for tag, colour in _PRIMARIES.items()},
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }  # fmt: skip
    at, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for tag, value in tags.items():
        table += struct.pack(">4sII", tag, at + len(body), len(value))
        body += value + b"\0" * (-len(value) % 4)
    size = at + len(body)
    return _header(size) + struct.pack(">I", len(tags)) + table + body


def _header(size: int) -> bytes:
    kind = struct.pack(">I4sI4s4s4s", size, b"\0" * 4, 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    return (kind + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + _numbers(_D50)).ljust(128, b"\0")


def _xyz(colour: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _numbers(colour)


def _numbers(colour: tuple[float, float, float]) -> bytes:
    return struct.pack(">3i", *(round(value * 65536) for value in colour))
