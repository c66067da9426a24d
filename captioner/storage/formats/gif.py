"""GIF, read only: a run of extensions and images, each a chain of sub-blocks (GIF89a, 15)."""

from collections.abc import Iterator

from captioner.storage.blocks import BlockDamaged
from captioner.storage.file_bytes import Source
from captioner.storage.formats import Blocks

_MOST = 400_000
"""Sub-blocks of a file that are looked at."""
_LARGEST = 32 << 20
_APPLICATION, _COMMENT = b"\x21\xff", b"\x21\xfe"
_XMP = b"\x0bXMP DataXMP"
_C2PA = b"\x0bC2PA_GIF"
_MAGIC = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
"""Leads a reader who takes the packet for sub-blocks to its end (XMP part 3, 1.1.2)."""


def blocks(data: Source) -> Blocks:
    """What a cut file still has: where a chain breaks off, the walk ends."""
    size(data)
    xmp, remarks, is_signed = None, list[tuple[str, str]](), False
    for kind, start, end in _chains(data):
        head = data[start : min(start + 12, end)] if kind == _APPLICATION else b""
        if head == _XMP and xmp is None:
            xmp = _packet(data, start + len(head), end)
        elif kind == _COMMENT and not remarks:
            remarks = [("Comment", _text(data, start, end))]
        is_signed = is_signed or head.startswith(_C2PA)
    return Blocks(xmp=xmp, remarks=tuple(remarks), is_signed=is_signed)


def size(data: Source) -> tuple[int, int]:
    head = data[:13]
    if len(head) < 13 or head[:3] != b"GIF":
        raise BlockDamaged
    return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")


def _chains(data: Source) -> Iterator[tuple[bytes, int, int]]:
    """Introducer and label, then where the sub-blocks begin and where they have ended."""
    at, left = 13 + _colours(data[10:11]), _MOST
    while (lead := data[at : at + 10]) and left > 0:
        if lead[:1] == b"\x21":
            start = at + 2
        elif lead[:1] == b"\x2c":
            start = at + 11 + _colours(lead[9:10])
        else:
            return
        end = start
        while (length := data[end : end + 1]) not in (b"", b"\0") and left > 0:
            end, left = end + 1 + length[0], left - 1
        if length != b"\0":
            return
        yield lead[:2], start, end + 1
        at, left = end + 1, left - 1


def _colours(flags: bytes) -> int:
    """Octets of the colour table that the flags announce."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _packet(data: Source, start: int, end: int) -> bytes | None:
    body = data[start:end] if end - start <= _LARGEST else b""
    return body[: -len(_MAGIC)] or None if body.endswith(_MAGIC) else None


def _text(data: Source, start: int, end: int) -> str:
    body, parts, at = data[start : min(end, start + _LARGEST)], list[bytes](), 0
    while at < len(body):
        parts.append(body[at + 1 : at + 1 + body[at]])
        at += 1 + body[at]
    text = b"".join(parts)
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")
