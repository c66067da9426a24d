"""JPEG: the blocks lie in segments before the first scan; from SOS to the end of the file all is copied."""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.formats import Blocks, mpf

SOI, SOS, EOI = b"\xff\xd8", 0xDA, b"\xff\xd9"
_APP0, _APP1, _APP2, _APP13 = 0xE0, 0xE1, 0xE2, 0xED
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_LARGEST = 0xFFFF - 2

EXIF, XMP, EXTENDED, RESOURCES, MPF = "exif", "xmp", "extended_xmp", "resources", "mpf"
_HEADERS = {
    EXIF: (_APP1, b"Exif\0\0"),
    XMP: (_APP1, b"http://ns.adobe.com/xap/1.0/\0"),
    EXTENDED: (_APP1, b"http://ns.adobe.com/xmp/extension/\0"),
    RESOURCES: (_APP13, b"Photoshop 3.0\0"),
    MPF: (_APP2, b"MPF\0"),
}
_ORDER = (EXIF, XMP, EXTENDED, RESOURCES)

EXIF_LIMIT = _LARGEST - len(_HEADERS[EXIF][1])
_GUID = struct.Struct(">32sII")


@dataclass(frozen=True)
class Piece:
    """One segment of the head, or what lies between two; `role` is one of the names above or ""."""

    role: str
    marker: int
    data: bytes

    @property
    def body(self) -> bytes:
        """What follows marker, length and identifier."""
        return self.data[4 + len(_HEADERS[self.role][1]) :]


def read_head(file: BinaryIO) -> bytes:
    """The file up to its first scan; raises BlockDamaged where there is none."""
    read = [file.read(2)]
    if read[0] != SOI:
        raise BlockDamaged
    while True:
        lead = _next_marker(file, read)
        read.append(lead)
        if lead[1] == SOS:
            return b"".join(read)
        if lead[1] not in _STANDALONE:
            read += _segment_rest(file)


def _next_marker(file: BinaryIO, read: list[bytes]) -> bytes:
    """FF and a marker; fill bytes, and what broken writers leave between segments, are kept as they are."""
    while byte := file.read(1):
        if byte != b"\xff":
            read.append(byte)
            continue
        marker = file.read(1)
        if marker == b"\xff":
            file.seek(-1, 1)
            read.append(byte)
        elif marker not in (b"", b"\0", EOI[1:]):
            return byte + marker
        else:
            break
    raise BlockDamaged


def _segment_rest(file: BinaryIO) -> tuple[bytes, bytes]:
    length = file.read(2)
    wanted = int.from_bytes(length, "big") - 2
    rest = file.read(max(wanted, 0))
    if len(length) < 2 or wanted < 0 or len(rest) < wanted:
        raise BlockDamaged
    return length, rest


def pieces(head: bytes) -> list[Piece]:
    """The head from after SOI to before SOS."""
    found: list[Piece] = []
    at = len(SOI)
    while True:
        start = at
        while not (head[at] == 0xFF and head[at + 1] != 0xFF):
            at += 1
        if start < at:
            found.append(Piece("", 0, head[start:at]))
        marker = head[at + 1]
        if marker == SOS:
            return found
        end = at + 2 if marker in _STANDALONE else at + 2 + int.from_bytes(head[at + 2 : at + 4], "big")
        found.append(Piece(_role(marker, head[at + 4 : at + 40]), marker, head[at:end]))
        at = end


def _role(marker: int, start: bytes) -> str:
    return next((role for role, (m, header) in _HEADERS.items() if m == marker and start.startswith(header)), "")


def blocks(head: bytes) -> Blocks:
    found = pieces(head)
    exif = b"".join(piece.body for piece in _exif_run(found))
    resources = [piece.body for piece in found if piece.role == RESOURCES]
    packets = [piece.body for piece in found if piece.role == XMP]
    return Blocks(
        exif or None, b"".join(resources) if resources else None, next(iter(packets), None), _extended(found),
        tuple(packets[1:]),
    )  # fmt: skip


def _exif_run(found: list[Piece]) -> list[Piece]:
    """The first EXIF segment and those that continue it: a further one with a header of its own is another block."""
    every = [piece for piece in found if piece.role == EXIF]
    run = every[:1]
    for piece in every[1:]:
        if piece.body[:4] in (b"II*\0", b"MM\0*") or len(run[-1].data) < _LARGEST:
            break
        run.append(piece)
    return run


def _extended(found: list[Piece]) -> bytes | None:
    """The parts of the extended XMP by their offsets (XMP part 3, 1.1.3.1)."""
    parts = [(_GUID.unpack(p.body[: _GUID.size]), p.body[_GUID.size :])
             for p in found if p.role == EXTENDED and len(p.body) >= _GUID.size]  # fmt: skip
    if not parts:
        return None
    guid = parts[0][0][0]
    return b"".join(part for _, part in sorted((header[2], part) for header, part in parts if header[0] == guid))


def splice(data: bytes, head: bytes, new: Blocks) -> bytes:
    """The file with the blocks that differ put in place of the old ones; raises BlockFull."""
    old, before = blocks(head), pieces(head)
    after = before if new.more_xmp == old.more_xmp else _with_further(before, new.more_xmp)
    for role in _ORDER:
        if getattr(new, role) != getattr(old, role):
            after = _replaced(after, role, getattr(new, role))
    after = mpf.shifted(before, after) if any(piece.role == MPF for piece in before) else after
    return b"".join([SOI, *(piece.data for piece in after), memoryview(data)[len(head) - 2 :]])


def _replaced(found: list[Piece], role: str, block: bytes | None) -> list[Piece]:
    """New segments stand where the first old one stood, or else where readers look for the block."""
    run = _exif_run(found) if role == EXIF else [piece for piece in found if piece.role == role]
    run = run[:1] if role == XMP else run
    fresh = [_segment(role, part) for part in _parts(role, block, len(run))] if block is not None else []
    if not run:
        at = _place(found, role)
        return [*found[:at], *fresh, *found[at:]]
    at = next(index for index, piece in enumerate(found) if piece is run[0])
    keep = [piece for piece in found if not any(piece is old for old in run)]
    return [*keep[:at], *fresh, *keep[at:]]


def _with_further(found: list[Piece], packets: tuple[bytes, ...]) -> list[Piece]:
    """Each further packet in its place."""
    further = [index for index, piece in enumerate(found) if piece.role == XMP][1:]
    fresh = {index: _segment(XMP, body) for index, body in zip(further, packets, strict=True)}
    return [fresh.get(index, piece) for index, piece in enumerate(found)]


def _place(found: list[Piece], role: str) -> int:
    """After JFIF (which must come first) and after the blocks that go before this one."""
    jfif = next((index for index, piece in enumerate(found) if piece.marker != _APP0), len(found))
    earlier = _ORDER[: _ORDER.index(role)]
    return max([jfif, *(index + 1 for index, piece in enumerate(found) if piece.role in earlier)])


def _parts(role: str, block: bytes, segments: int) -> Iterator[bytes]:
    """The block cut to segments; EXIF only where it was spread over several before, a packet never."""
    header = _GUID.size if role == EXTENDED else 0
    size = _LARGEST - len(_HEADERS[role][1]) - header
    if len(block) > size and (role == XMP or (role == EXIF and segments < 2)):
        raise BlockFull
    guid = hashlib.md5(block, usedforsecurity=False).hexdigest().upper().encode() if header else b""
    for offset in range(0, len(block), size):
        lead = _GUID.pack(guid, len(block), offset) if header else b""
        yield lead + block[offset : offset + size]


def _segment(role: str, body: bytes) -> Piece:
    marker, header = _HEADERS[role]
    length = (len(header) + len(body) + 2).to_bytes(2, "big")
    return Piece(role, marker, b"".join([b"\xff", bytes([marker]), length, header, body]))


def size(head: bytes) -> tuple[int, int]:
    """Width and height in pixels as stored; (0, 0) when no frame header says."""
    frame = next((piece for piece in pieces(head) if piece.marker in _FRAMES and len(piece.data) >= 9), None)
    if not frame:
        return 0, 0
    return int.from_bytes(frame.data[7:9], "big"), int.from_bytes(frame.data[5:7], "big")


def is_whole(data: bytes, head: bytes) -> bool:
    """Whether the picture has its end: a file that was cut short lacks the EOI marker after its scan."""
    return data.find(EOI, len(head)) >= 0
