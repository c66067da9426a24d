"""WebP (RFC 9649): RIFF chunks, of which `EXIF` and `XMP ` are the blocks; all others are copied."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged
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
_EXIF_LEAD = b"Exif\0\0"
_MOST_CHUNKS = 200_000
_Piece = tuple[bytes, Part]
"""A chunk's kind and all of it."""


@dataclass(frozen=True)
class _Chunk:
    kind: bytes
    at: int
    body: bytes
    """Of a picture only its head."""
    size: int

    @property
    def end(self) -> int:
        return self.at + 8 + self.size + self.size % 2

    @property
    def block(self) -> bytes:
        """Some writers put JPEG's header in front of EXIF."""
        return self.body.removeprefix(_EXIF_LEAD) if self.kind == b"EXIF" else self.body

    def with_block(self, block: bytes) -> bytes:
        lead = _EXIF_LEAD if self.kind == b"EXIF" and self.body.startswith(_EXIF_LEAD) else b""
        return _packed(self.kind, lead + block)


def _packed(kind: bytes, body: bytes) -> bytes:
    return b"".join([kind, struct.pack("<I", len(body)), body, b"\0" * (len(body) % 2)])


def _end(data: Source) -> int:
    """Where RIFF says that the file ends; what stands behind is a trailer. Raises BlockDamaged for what is no WebP."""
    head = data[:12]
    if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WEBP":
        raise BlockDamaged
    return 8 + int.from_bytes(head[4:8], "little")


@remembered
def _chunks(data: Source) -> Sequence[_Chunk]:
    """Those that are whole."""
    return list(_walked(data))


def _walked(data: Source) -> Iterator[_Chunk]:
    at, end = 12, min(_end(data), len(data))
    for _number in range(_MOST_CHUNKS):
        head = data[at : at + 8]
        if at + 8 > end:
            return
        kind, size = struct.unpack("<4sI", head)
        if at + 8 + size > end:
            return
        yield _Chunk(kind, at, data[at + 8 : at + 8 + (10 if kind in _PICTURE else size)], size)
        at += 8 + size + size % 2
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
    if not any(each.kind in _PICTURE for each in chunks):
        raise BlockDamaged
    parts: list[_Piece] = [(each.kind, data.view(each.at, each.end)) for each in chunks]
    for kind, role in _ROLES.items():
        parts = _with_blocks(parts, chunks, kind, [getattr(new, role), *getattr(new, f"more_{role}")])
    body = [part for _kind, part in _headed(parts, data, chunks)]
    end = max(each.end for each in chunks)
    head = b"RIFF" + struct.pack("<I", 4 + sum(map(len, body))) + b"WEBP"
    return Octets(head, *body, data.view(min(end, len(data))))


def _with_blocks(
    parts: list[_Piece], chunks: Sequence[_Chunk], kind: bytes, wanted: list[Source | None]
) -> list[_Piece]:
    """Changed blocks in their places; a new one behind the picture, EXIF before XMP (2.7)."""
    old, bodies = [each for each in chunks if each.kind == kind], list(wanted)
    if not old:
        body = bodies[0]
        fresh = [] if body is None else [(kind, _packed(kind, bytes(body[: len(body)])))]
        before = {*_PICTURE, b"EXIF"}
        at = max((index + 1 for index, (each, _part) in enumerate(parts) if each in before), default=0)
        return [*parts[:at], *fresh, *parts[at:]]
    fresh = [b"" if not body else each.with_block(bytes(body[: len(body)])) if body != each.block else None
             for each, body in zip(old, bodies, strict=True)]  # fmt: skip
    replaced = iter(fresh)
    every = ((each, next(replaced) if each == kind else None, part) for each, part in parts)
    return [(each, part if new is None else new) for each, new, part in every if new != b""]


def _headed(parts: list[_Piece], data: File, chunks: Sequence[_Chunk]) -> list[_Piece]:
    """VP8X tells what there is; a simple file gets one with its first block, and is simple again without any."""
    kinds = {kind for kind, _part in parts}
    told = sum(flag for kind, flag in _FLAGS.items() if kind in kinds)
    header = next((each for each in chunks if each.kind == b"VP8X"), None)
    if header is None:
        return [(b"VP8X", _packed(b"VP8X", _extended(chunks, data, told))), *parts] if told else parts
    flags = header.body[0] & ~sum(_FLAGS.values()) | told if header.body else told
    if not flags and len(parts) == 2 and parts[1][0] in _STILL:
        return parts[1:]
    new = _packed(b"VP8X", bytes([flags]) + header.body[1:])
    return [(kind, new if kind == b"VP8X" else part) for kind, part in parts]


def _extended(chunks: Sequence[_Chunk], data: Source, flags: int) -> bytes:
    """VP8X for a simple file (2.7): flags, three reserved octets, width and height less one in 24 bits each."""
    width, height = size(data)
    still = next((each for each in chunks if each.kind in _STILL), None)
    if not (still and width and height):
        raise BlockDamaged
    if still.kind == b"VP8L" and len(still.body) >= 5 and still.body[4] & 0x10:
        flags |= _ALPHA
    return struct.pack("<I", flags) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def picture(data: File) -> list[Part]:
    return [data.view(each.at, each.end) for each in _chunks(data) if each.kind in _PICTURE]


def others(data: File) -> list[Part]:
    """Of VP8X without what it tells of the blocks; one that tells nothing else may come and go."""
    chunks = _chunks(data)
    found: list[Part] = []
    for each in chunks:
        if each.kind == b"VP8X":
            flags = each.body[:1] and each.body[0] & ~(sum(_FLAGS.values()) | _ALPHA)
            found += [bytes([flags]) + each.body[1:]] if flags else []
        elif each.kind not in _PICTURE and each.kind not in _ROLES:
            found.append(data.view(each.at, each.end))
    end = max((each.end for each in chunks), default=12)
    return [*found, data.view(min(end, len(data)))]


def is_whole(data: Source) -> bool:
    chunks = _chunks(data)
    return bool(chunks) and chunks[-1].at + 8 + chunks[-1].size >= min(_end(data), chunks[-1].end) - 1 and (
        _end(data) <= len(data))  # fmt: skip


def size(data: Source) -> tuple[int, int]:
    for each in _chunks(data):
        body = each.body
        if each.kind == b"VP8X" and len(body) >= 10:
            return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
        if each.kind == b"VP8 " and len(body) >= 10:
            width, height = struct.unpack("<HH", body[6:10])
            return width & 0x3FFF, height & 0x3FFF
        if each.kind == b"VP8L" and len(body) >= 5:
            bits = int.from_bytes(body[1:5], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return 0, 0
