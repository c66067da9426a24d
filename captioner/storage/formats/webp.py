"""WebP (RFC 9649): RIFF chunks, of which `EXIF` and `XMP ` are the blocks; all others are copied."""

import struct
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.file_bytes import File, Octets, Part, Source, remembered
from captioner.storage.formats import Blocks

NAME = "WebP"
EXIF_LIMIT = XMP_LIMIT = 0x7FFFFFFF
IIM_PLACE = ""

_ROLES = {b"EXIF": "exif", b"XMP ": "xmp"}
_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}
_ALPHA = 0x10
_STILL = (b"VP8 ", b"VP8L")
_PICTURE = {*_STILL, b"ALPH", b"ANIM", b"ANMF"}
_READ = {*_ROLES, b"VP8X"}
_HEAD = 10
"""Octets of a picture that tell its size."""
_EXIF_LEAD = b"Exif\0\0"
_MOST_CHUNKS = 200_000
_Edit = tuple[int, int, bytes]
"""From where to where the file gets which other bytes."""


@dataclass(frozen=True)
class _Chunk:
    kind: bytes
    at: int
    size: int
    end: int
    """With its padding, which the last one may lack."""
    body: bytes
    """Only of blocks and VP8X; of others the head."""

    @property
    def block(self) -> bytes:
        """Some writers put JPEG's header in front of EXIF."""
        return self.body.removeprefix(_EXIF_LEAD) if self.kind == b"EXIF" else self.body

    def with_block(self, block: bytes) -> bytes:
        """The chunk with another block; nothing where that is empty."""
        lead = _EXIF_LEAD if self.kind == b"EXIF" and self.body.startswith(_EXIF_LEAD) else b""
        return _packed(self.kind, lead + block) if block else b""


def _packed(kind: bytes, body: bytes) -> bytes:
    if len(body) > XMP_LIMIT:
        raise BlockFull
    return b"".join([kind, struct.pack("<I", len(body)), body, b"\0" * (len(body) % 2)])


def _end(data: Source) -> int:
    """Where RIFF says that the file ends; what stands behind is a trailer. Raises BlockDamaged for what is no WebP."""
    head = data[:12]
    if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WEBP":
        raise BlockDamaged
    return 8 + int.from_bytes(head[4:8], "little")


@remembered
def _chunks(data: Source) -> Sequence[_Chunk]:
    """Those that are whole; raises BlockDamaged where one that isn't can't come from a cut."""
    return list(_walked(data))


def _walked(data: Source) -> Iterator[_Chunk]:
    at, end = 12, min(_end(data), len(data))
    for _number in range(_MOST_CHUNKS):
        if at + 8 > end:
            return
        kind, size = struct.unpack("<4sI", data[at : at + 8])
        stop = at + 8 + size
        if stop > end and _end(data) > len(data):
            return
        if stop > end:
            break
        body = data[at + 8 : stop if kind in _READ else min(stop, at + 8 + _HEAD)]
        yield _Chunk(kind, at, size, min(stop + size % 2, end), body)
        at = stop + size % 2
    raise BlockDamaged


def blocks(data: Source) -> Blocks:
    chunks = _chunks(data)
    exifs, packets = ([each.block for each in chunks if each.kind == kind] for kind in _ROLES)
    return Blocks(
        exif=next(iter(exifs), None), xmp=next(iter(packets), None), more_exif=tuple(exifs[1:]),
        more_xmp=tuple(packets[1:]), is_signed=any(each.kind == b"C2PA" for each in chunks),
    )  # fmt: skip


def spliced(data: File, old: Blocks, new: Blocks) -> Octets:  # noqa: ARG001 - as every format's
    chunks = _chunks(data)
    if not is_whole(data):
        raise BlockDamaged
    edits = [edit for kind in _ROLES for edit in _changed(chunks, kind, new)]
    if edits:
        edits = [*_padding(chunks, edits), *edits, *_header_edits(chunks, edits)]
    return _edited(data, edits)


def _edited(data: File, edits: Sequence[_Edit]) -> Octets:
    end = _end(data)
    length = end - 8 + sum(len(part) - (stop - start) for start, stop, part in edits)
    if length > 0xFFFFFFFF:
        raise BlockFull
    parts: list[Part] = [b"RIFF" + struct.pack("<I", length) + b"WEBP"]
    at = 12
    for start, stop, part in sorted(edits, key=lambda edit: edit[:2]):
        parts += [data.view(at, start), part]
        at = stop
    return Octets(*parts, data.view(at))


def _changed(chunks: Sequence[_Chunk], kind: bytes, new: Blocks) -> Iterator[_Edit]:
    """Changed blocks in their places; a new one behind the picture, EXIF before XMP (2.7)."""
    wanted = getattr(new, _ROLES[kind])
    block = b"" if wanted is None else bytes(wanted[: len(wanted)])
    old = [each for each in chunks if each.kind == kind]
    for each, body in zip(old, (block, *getattr(new, f"more_{_ROLES[kind]}")), strict=False):
        if body != each.block:
            yield each.at, each.end, each.with_block(body)
    if block and not old:
        last = next(each for each in reversed(chunks) if each.kind in {*_PICTURE, b"EXIF"})
        yield last.end, last.end, _packed(kind, block)


def _padding(chunks: Sequence[_Chunk], edits: Sequence[_Edit]) -> list[_Edit]:
    """A last chunk that lacks it gets it where another follows now."""
    end = chunks[-1].end
    lacks = (end - chunks[-1].at) % 2 and any(start == stop == end for start, stop, _part in edits)
    return [(end, end, b"\0")] if lacks else []


def _header_edits(chunks: Sequence[_Chunk], edits: Sequence[_Edit]) -> Iterator[_Edit]:
    """VP8X tells what there is; a simple file gets one with its first block, and is simple again without any."""
    gone = {start for start, _stop, part in edits if not part}
    left = [each for each in chunks if each.at not in gone]
    kinds = {each.kind for each in left} | {part[:4] for _start, _stop, part in edits}
    told = sum(flag for kind, flag in _FLAGS.items() if kind in kinds)
    header = next((each for each in chunks if each.kind == b"VP8X"), None)
    if header is None:
        body = _extended(chunks)
        if not body:
            raise BlockDamaged
        yield from [(12, 12, _packed(b"VP8X", _told(body, told)))] if told else []
    elif not told and len(left) == 2 and _told(header.body, 0) == _extended(chunks):
        yield header.at, header.end, b""
    elif _told(header.body, told) != header.body:
        yield header.at, header.end, _packed(b"VP8X", _told(header.body, told))


def _told(body: bytes, flags: int) -> bytes:
    """VP8X with these flags for the blocks, and all others as they are."""
    return bytes([body[0] & ~sum(_FLAGS.values()) | flags]) + body[1:] if body else b""


def _extended(chunks: Sequence[_Chunk]) -> bytes:
    """The VP8X of a simple file (2.7): flags, three reserved octets, width and height less one; empty for others."""
    pictures = [each for each in chunks if each.kind in _PICTURE]
    width, height = _size(pictures[0]) if len(pictures) == 1 else (0, 0)
    if not width or not height:
        return b""
    flags = _ALPHA if pictures[0].kind == b"VP8L" and pictures[0].body[4] & 0x10 else 0
    return struct.pack("<I", flags) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


# What goes besides the blocks


def bare(data: File) -> Octets:
    kept = _of(data, {*_PICTURE, b"VP8X", b"ICCP"})
    return _edited(kept, list(_header_edits(_chunks(kept), [])))


def cleared(data: File, is_hidden: bool, _is_thumbnail: bool) -> Octets:
    kinds = {each.kind for each in _chunks(data)} - {b"C2PA"}
    return _of(data, {*_PICTURE, *_READ, b"ICCP"} if is_hidden else kinds)


def _of(data: File, kinds: Collection[bytes]) -> Octets:
    parts = [data.view(each.at, each.end) for each in _chunks(data) if each.kind in kinds]
    length = 4 + sum(map(len, parts))
    return Octets(b"RIFF" + struct.pack("<I", length) + b"WEBP", *parts)


def picture(data: File) -> list[Part]:
    return [data.view(each.at + 8, each.at + 8 + each.size) for each in _chunks(data) if each.kind in _PICTURE]


def others(data: File) -> list[Part]:
    """Of VP8X without what it tells of the blocks; one that a simple file would get may come and go."""
    chunks = _chunks(data)
    header = next((each for each in chunks if each.kind == b"VP8X"), None)
    rest = _told(header.body, 0) if header else b""
    found: list[Part] = [rest] if rest and rest != _extended(chunks) else []
    kept = [each for each in chunks if each is not header and each.kind not in {*_PICTURE, *_ROLES}]
    found += [data.view(each.at, each.at + 8 + each.size) for each in kept]
    end = chunks[-1].end if chunks else 12
    return [*found, data.view(min(end, len(data)))]


def is_whole(data: Source) -> bool:
    return any(each.kind in _PICTURE for each in _chunks(data)) and _end(data) <= len(data)


def size(data: Source) -> tuple[int, int]:
    return next((found for each in _chunks(data) if (found := _size(each)) != (0, 0)), (0, 0))


def _size(chunk: _Chunk) -> tuple[int, int]:
    body = chunk.body
    if chunk.kind == b"VP8X" and len(body) >= 10:
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if chunk.kind == b"VP8 " and len(body) >= 10 and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if chunk.kind == b"VP8L" and len(body) >= 5 and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return 0, 0
