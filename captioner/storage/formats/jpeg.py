"""JPEG: the blocks lie in segments before the first scan; from SOS to the end of the file all is copied."""

import hashlib
import re
import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.file_bytes import File, Octets, Part, Source, remembered
from captioner.storage.formats import Blocks, mpf

SOI, SOS, EOI = b"\xff\xd8", 0xDA, b"\xff\xd9"
_APP0, _APP1, _APP2, _APP11, _APP13, _COM = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xFE
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_LARGEST = 0xFFFF - 2
_NO_MARKER = (0, 0xFF, EOI[1])
_MOST_GARBAGE = 0x10000
"""Octets that broken writers may leave between two segments."""
_MOSTLY = 1 << 16
"""Octets in which most heads end."""

EXIF, XMP, EXTENDED, RESOURCES, IIM, COMMENT, MPF = "exif", "xmp", "extended_xmp", "resources", "iim", "Comment", "mpf"
_HEADERS = (
    (EXIF, _APP1, b"Exif\0\0"),
    (XMP, _APP1, b"http://ns.adobe.com/xap/1.0/\0"),
    (EXTENDED, _APP1, b"http://ns.adobe.com/xmp/extension/\0"),
    (RESOURCES, _APP13, b"Photoshop 3.0\0"),
    (RESOURCES, _APP13, b"Adobe_Photoshop2.5:"),
    (IIM, _APP13, b""),
    (COMMENT, _COM, b""),
    (MPF, _APP2, b"MPF\0"),
)
"""What a segment begins with; what is written begins with the first."""
_BY_MARKER = {
    marker: [(role, header) for role, each, header in _HEADERS if each == marker] for _, marker, _ in _HEADERS
}
_NO_ROLE = "", b""
_ORDER = (EXIF, XMP, EXTENDED, RESOURCES, IIM)
_GUID = struct.Struct(">32sII")
_JFIF, _JFXX = b"JFIF\0", b"JFXX\0"
_SHOWN = ((_APP0, _JFIF), (_APP2, b"ICC_PROFILE\0"), (0xE8, b"SPIFF\0"), (0xEE, b"Adobe"))
"""Application segments without which the picture would look different."""
_KNOWN = (*_SHOWN, (_APP0, _JFXX), (0xEC, b"Ducky"), (_APP13, b"Adobe_CM"))
"""Those that say nothing but what their standards name."""
_PREVIEWS = ((_APP0, _JFXX), (_APP2, b"FPXR\0"))
_MARKER = re.compile(rb"\xff[\x02-\xcf\xd8-\xfe]")
"""In a scan, where others are data."""


def _header(role: str) -> tuple[int, bytes]:
    return next((marker, header) for each, marker, header in _HEADERS if each == role)


NAME = "JPEG"
EXIF_LIMIT = _LARGEST - len(_header(EXIF)[1])
XMP_LIMIT = _LARGEST - len(_header(XMP)[1])
IIM_PLACE = "resources"


class Piece(NamedTuple):
    """One segment of the head, or what lies between two; `role` is one of the names above or ""."""

    role: str
    marker: int
    data: bytes
    header: bytes = b""

    @property
    def body(self) -> bytes:
        """What follows marker, length and identifier."""
        return self.data[4 + len(self.header) :]


@remembered
def _head(data: Source) -> tuple[list[Piece], int]:
    """The head from after SOI to before SOS, and where that stands; raises BlockDamaged where there is none."""
    start = data[:_MOSTLY]
    if start[: len(SOI)] != SOI:
        raise BlockDamaged
    near, found, at = len(start), list[Piece](), len(SOI)
    while True:
        lead = start[at : at + 4] if at + 4 <= near else data[at : at + 4]
        if not _is_marker(lead):
            size = _garbage(data, at)
            found.append(Piece("", 0, data[at : at + size]))
            at += size
            lead = data[at : at + 4]
        marker = lead[1]
        if marker == SOS:
            return found, at
        end = at + 2 + (0 if marker in _STANDALONE else _length(lead))
        segment = start[at:end] if end <= near else data[at:end]
        if len(segment) < end - at:
            raise BlockDamaged
        role, header = _role(marker, segment) if marker in _BY_MARKER else _NO_ROLE
        found.append(Piece(role, marker, segment, header))
        at = end


def _is_marker(lead: bytes) -> bool:
    return len(lead) > 1 and lead[0] == 0xFF and lead[1] not in _NO_MARKER


def _garbage(data: Source, at: int) -> int:
    """Octets up to the next marker: fill bytes, and what broken writers leave, are kept as they are."""
    window = data[at : at + _MOST_GARBAGE]
    found = window.find(b"\xff")
    while found >= 0 and window[found + 1 : found + 2] == b"\xff":
        found += 1
    if found < 0 or not _is_marker(window[found : found + 2]):
        raise BlockDamaged
    return found


def _length(lead: bytes) -> int:
    """Of a segment, which counts itself."""
    length = int.from_bytes(lead[2:], "big")
    if length < 2:
        raise BlockDamaged
    return length


def _role(marker: int, segment: bytes) -> tuple[str, bytes]:
    """IIM in a segment of its own has no header: its first dataset begins it."""
    for role, header in _BY_MARKER[marker]:
        if segment.startswith(b"\x1c" if role == IIM else header, 4):
            return role, header
    return _NO_ROLE


def blocks(data: Source) -> Blocks:
    every, _sos = _head(data)
    found = [piece for piece in every if piece.role]
    run = _exif_run(found)
    packets = [piece.body for piece in found if piece.role == XMP]
    comments = [piece for piece in found if piece.role == COMMENT]
    return Blocks(
        exif=b"".join(piece.body for piece in run) or None,
        resources=_joined(found, RESOURCES), xmp=next(iter(packets), None), extended_xmp=_extended(found),
        iim=_joined(found, IIM), more_exif=tuple(piece.body for piece in _further(found, EXIF, run)),
        more_xmp=tuple(packets[1:]), remarks=tuple((COMMENT, _comment(piece)) for piece in comments),
        is_signed=any(piece.marker == _APP11 and b"c2pa" in piece.data for piece in every),
    )  # fmt: skip


def _joined(found: list[Piece], role: str) -> bytes | None:
    parts = [piece.body for piece in found if piece.role == role]
    return b"".join(parts) if parts else None


def _exif_run(found: list[Piece]) -> list[Piece]:
    """The first EXIF segment and those that continue it: a further one with a header of its own is another block."""
    every = [piece for piece in found if piece.role == EXIF]
    run = every[:1]
    for piece in every[1:]:
        if piece.body[:4] in (b"II*\0", b"MM\0*") or len(run[-1].data) < _LARGEST:
            break
        run.append(piece)
    return run


def _further(found: list[Piece], role: str, first: list[Piece]) -> list[Piece]:
    return [piece for piece in found if piece.role == role and not any(piece is each for each in first)]


def _extended(found: list[Piece]) -> bytes | None:
    """The parts of the extended XMP by their offsets (XMP part 3, 1.1.3.1)."""
    parts = [(_GUID.unpack(p.body[: _GUID.size]), p.body[_GUID.size :])
             for p in found if p.role == EXTENDED and len(p.body) >= _GUID.size]  # fmt: skip
    if not parts:
        return None
    guid = parts[0][0][0]
    return b"".join(part for _, part in sorted((header[2], part) for header, part in parts if header[0] == guid))


def _comment(piece: Piece) -> str:
    try:
        return piece.body.decode().rstrip("\0")
    except UnicodeDecodeError:
        return piece.body.decode("latin-1").rstrip("\0")


def spliced(data: File, old: Blocks, new: Blocks) -> Octets:
    before, _sos = _head(data)
    after = before
    if new.remarks != old.remarks:
        after = _with_comments(after, old.remarks, new.remarks)
    after = _with_further(after, XMP, _further(before, XMP, _first(before, XMP)), old.more_xmp, new.more_xmp)
    after = _with_further(after, EXIF, _further(before, EXIF, _exif_run(before)), old.more_exif, new.more_exif)
    for role in _ORDER:
        if getattr(new, role) != getattr(old, role):
            after = _replaced(after, role, getattr(new, role))
    after = mpf.shifted(before, after) if any(piece.role == MPF for piece in before) else after
    return Octets(b"".join([SOI, *(piece.data for piece in after)]), picture(data)[0])


def _first(found: list[Piece], role: str) -> list[Piece]:
    return [piece for piece in found if piece.role == role][:1]


def _replaced(found: list[Piece], role: str, block: bytes | None) -> list[Piece]:
    """New segments stand where the first old one stood, or else where readers look for the block."""
    firsts = {EXIF: _exif_run(found), XMP: _first(found, XMP)}
    run = firsts.get(role, [piece for piece in found if piece.role == role])
    fresh = [_segment(role, part) for part in _parts(role, block, len(run))] if block is not None else []
    if not run:
        at = _place(found, role)
        return [*found[:at], *fresh, *found[at:]]
    at = next(index for index, piece in enumerate(found) if piece is run[0])
    keep = [piece for piece in found if not any(piece is old for old in run)]
    return [*keep[:at], *fresh, *keep[at:]]


def _with_further(
    found: list[Piece], role: str, further: list[Piece], old: Sequence[bytes], new: Sequence[bytes]
) -> list[Piece]:
    """Each further block in its place; one that became empty is taken out."""
    changed = {id(piece): body for piece, was, body in zip(further, old, new, strict=True) if was != body}
    kept = [piece for piece in found if changed.get(id(piece), b" ")]
    return [_segment(role, changed[id(piece)]) if id(piece) in changed else piece for piece in kept]


def _with_comments(
    found: list[Piece], old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> list[Piece]:  # fmt: skip
    """Each in its place; one that is too long for a segment goes."""
    comments = [piece for piece in found if piece.role == COMMENT]
    fresh = {id(piece): text.encode() for piece, was, (_keyword, text) in zip(comments, old, new, strict=True)
             if was[1] != text}  # fmt: skip
    kept = [piece for piece in found if 0 < len(fresh.get(id(piece), b" ")) <= _LARGEST]
    return [_segment(COMMENT, fresh[id(piece)]) if id(piece) in fresh else piece for piece in kept]


def _place(found: list[Piece], role: str) -> int:
    """After JFIF (which must come first) and after the blocks that go before this one."""
    jfif = next((index for index, piece in enumerate(found) if piece.marker != _APP0), len(found))
    earlier = _ORDER[: _ORDER.index(role)]
    return max([jfif, *(index + 1 for index, piece in enumerate(found) if piece.role in earlier)])


def _parts(role: str, block: bytes, segments: int) -> Iterator[bytes]:
    """The block cut to segments; EXIF only where it was spread over several before, a packet never."""
    header = _GUID.size if role == EXTENDED else 0
    size = _LARGEST - len(_header(role)[1]) - header
    if len(block) > size and (role == XMP or (role == EXIF and segments < 2)):
        raise BlockFull
    guid = hashlib.md5(block, usedforsecurity=False).hexdigest().upper().encode() if header else b""
    for offset in range(0, len(block), size):
        lead = _GUID.pack(guid, len(block), offset) if header else b""
        yield lead + block[offset : offset + size]


def _segment(role: str, body: bytes) -> Piece:
    marker, header = _header(role)
    if len(header) + len(body) > _LARGEST:
        raise BlockFull
    length = (len(header) + len(body) + 2).to_bytes(2, "big")
    return Piece(role, marker, b"".join([b"\xff", bytes([marker]), length, header, body]), header)


# What goes besides the blocks


def bare(data: File) -> Octets:
    found, _sos = _head(data)
    return _of(data, [_small(piece) for piece in found if piece.marker and _is_one(piece, _SHOWN, not _is_app(piece))])


def cleared(data: File, is_hidden: bool, is_thumbnail: bool) -> Octets:
    found, _sos = _head(data)
    kept = [piece for piece in found if not _goes(piece, found, is_hidden, is_thumbnail)]
    return _of(data, [_small(piece) for piece in kept] if is_thumbnail else kept)


def _goes(piece: Piece, found: list[Piece], is_hidden: bool, is_thumbnail: bool) -> bool:
    """An index of further pictures, parts of another extension, a signature; what is hidden, what is a preview."""
    if piece.role == EXTENDED:
        first = next(each for each in found if each.role == EXTENDED)
        return piece.body[:32] != first.body[:32] or len(piece.body) < _GUID.size
    if piece.role:
        return piece.role == MPF
    is_signature = piece.marker == _APP11 and b"c2pa" in piece.data
    is_strange = is_hidden and not (piece.marker and _is_one(piece, _KNOWN, not _is_app(piece)))
    return is_signature or is_strange or (is_thumbnail and _is_one(piece, _PREVIEWS))


def _is_app(piece: Piece) -> bool:
    return 0xE0 <= piece.marker <= 0xEF or piece.marker == _COM


def _is_one(piece: Piece, those: Sequence[tuple[int, bytes]], otherwise: bool = False) -> bool:
    return otherwise or any(piece.marker == each and piece.data.startswith(header, 4) for each, header in those)


def _small(piece: Piece) -> Piece:
    """JFIF without a thumbnail: its width, its height and its pixels stand at the end (JFIF 1.02)."""
    if not (piece.marker == _APP0 and piece.data.startswith(_JFIF, 4) and len(piece.data) > 18):
        return piece
    return Piece(piece.role, _APP0, b"\xff\xe0\0\x10" + piece.data[4:16] + b"\0\0")


def _of(data: File, pieces: Sequence[Piece]) -> Octets:
    start = _head(data)[1]
    return Octets(b"".join([SOI, *(piece.data for piece in pieces)]), data.view(start, _end(data, start)))


def _end(data: Source, at: int) -> int:
    """Behind the picture's EOI; raises BlockDamaged where there is none, or where metadata stands between scans."""
    rest = data[at : len(data)]
    inside = 0
    while found := _MARKER.search(rest, inside):
        marker, inside = rest[found.end() - 1], found.end()
        if marker == EOI[1]:
            return at + inside
        if 0xE0 <= marker <= 0xEF or marker == _COM:
            raise BlockDamaged
        inside += int.from_bytes(rest[inside : inside + 2], "big")
    raise BlockDamaged


@remembered
def picture(data: File) -> list[Part]:
    return [data.view(_head(data)[1])]


def others(data: File) -> list[bytes]:
    """Of the multi-picture index all but its offsets."""
    found, _sos = _head(data)
    return [mpf.without_offsets(piece.data) if piece.role == MPF else piece.data
            for piece in found if piece.role in ("", MPF)]  # fmt: skip


def is_whole(data: Source) -> bool:
    """A file that was cut short lacks the EOI marker after its scan."""
    return data[len(data) - 2 : len(data)] == EOI or data[_head(data)[1] : len(data)].find(EOI) >= 0


def size(data: Source) -> tuple[int, int]:
    frame = next((piece for piece in _head(data)[0] if piece.marker in _FRAMES and len(piece.data) >= 9), None)
    if not frame:
        return 0, 0
    return int.from_bytes(frame.data[7:9], "big"), int.from_bytes(frame.data[5:7], "big")
