"""PNG (third edition): the blocks lie in chunks; everything else, wrong checksums included, is copied.

EXIF stands in `eXIf`, XMP in an `iTXt`. What older programs left in raw profiles (hexadecimal text) is changed there.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.file_bytes import File, Octets, Part, Source, remembered
from captioner.storage.formats import Blocks

NAME = "PNG"
EXIF_LIMIT = XMP_LIMIT = 0x7FFFFFFF
IIM_PLACE = ""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_START = _SIGNATURE + b"\0\0\0\x0dIHDR"
_XMP = b"XML:com.adobe.xmp"
_RAW = b"Raw profile type "
_EXIF_LEAD, _XMP_LEAD, _PHOTOSHOP_LEAD = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0"
_LEADS = (_EXIF_LEAD, _XMP_LEAD, _PHOTOSHOP_LEAD)
_PROFILE = re.compile(rb"\n?([^\n]+)\n\s*\d+\n([0-9a-fA-F\s\0]*)")
_PICTURE = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"fdAT", b"fcTL", b"acTL"}
_DATA = {b"IDAT", b"fdAT"}
_BEHIND = {b"IDAT", b"acTL", b"fcTL"}
"""What a new block stands before."""
_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
_ROLES = ("exif", "xmp", "resources", "iim", "texts")
_SHOWN = {*_PICTURE, b"IEND", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"mDCv", b"cLLI", b"cLLi",
          b"bKGD", b"pHYs"}  # fmt: skip
"""Chunks without which the picture would look different."""
_KNOWN = {*_SHOWN, *_TEXTS, b"eXIf", b"hIST", b"sPLT", b"tIME", b"oFFs", b"pCAL", b"sCAL", b"sTER"}
"""Those that say nothing but what their standards name."""
_MOST_CHUNKS = 200_000
_LARGEST_TEXT = 16 << 20
"""What a compressed text may come to; a larger one is no text of anybody's."""
_LARGEST_TEXTS = 4 * _LARGEST_TEXT
_MOST_PER_OCTET = 1032
"""What one octet of DEFLATE may come to."""
_BLANKS = b" \t\r\n\v\f\0"


@dataclass(frozen=True)
class _Chunk:
    kind: bytes
    at: int
    size: int
    body: bytes = b""
    """Only of what may be a block."""
    room: int = 0
    """What a compressed text may come to."""

    @property
    def end(self) -> int:
        return self.at + 12 + self.size

    @cached_property
    def _split(self) -> tuple[bytes, bytes, bytes, bool] | None:
        """Keyword, what stands between it and the text, the text, and whether it is compressed."""
        keyword, mark, rest = self.body.partition(b"\0")
        if not mark or self.kind not in _TEXTS:
            return None
        if self.kind == b"tEXt":
            return keyword, b"", rest, False
        if self.kind == b"zTXt":
            text = _inflated(rest[1:], self.room) if rest[:1] == b"\0" else None
            return None if text is None else (keyword, rest[:1], text, True)
        parts = rest[2:].split(b"\0", 2)
        if len(parts) < 3 or rest[:1] not in (b"\0", b"\1"):
            return None
        text = _inflated(parts[2], self.room) if rest[:1] == b"\1" else parts[2]
        return None if text is None else (keyword, rest[: len(rest) - len(parts[2])], text, rest[:1] == b"\1")

    @property
    def cost(self) -> int:
        """Octets that had to be inflated, or may have been where that failed."""
        if self._split:
            return len(self._split[2]) if self._split[3] else 0
        return min(self.room, len(self.body) * _MOST_PER_OCTET) if self.kind in (b"zTXt", b"iTXt") else 0

    @property
    def keyword(self) -> bytes:
        return self._split[0] if self._split else b""

    @property
    def text(self) -> bytes:
        """UTF-8, whatever the chunk has."""
        text = self._split[2] if self._split else b""
        return text if self.kind == b"iTXt" else text.decode("latin-1").encode()

    def with_text(self, text: bytes) -> bytes:
        """The chunk with another text, in UTF-8; what Latin-1 can't hold makes an iTXt of it (11.3.3)."""
        assert self._split
        keyword, between, _old, is_compressed = self._split
        if self.kind != b"iTXt":
            try:
                text = text.decode().encode("latin-1")
            except UnicodeEncodeError:
                flags = bytes([is_compressed, 0]) + b"\0\0"
                return _packed(b"iTXt", keyword + b"\0" + flags + (zlib.compress(text) if is_compressed else text))
        return _packed(self.kind, keyword + b"\0" + between + (zlib.compress(text) if is_compressed else text))

    # What a block is inside of its chunk

    @cached_property
    def role(self) -> str:
        """The attribute of Blocks that the chunk is, `texts`, or ""."""
        if self.kind == b"eXIf":
            return "exif"
        if not self._split:
            return ""
        if self.kind == b"iTXt" and self.keyword == _XMP:
            return "xmp"
        return self._profile_role() if self.keyword.startswith(_RAW) else "texts"

    def _profile_role(self) -> str:
        data, name = self._profile, self.keyword[len(_RAW) :].lower()
        if data is None:
            return ""
        if data.startswith((_PHOTOSHOP_LEAD, b"8BIM")):
            return "resources"
        if name == b"xmp" or data.startswith(_XMP_LEAD):
            return "xmp"
        if name in (b"iptc", b"8bim") and data[:1] == b"\x1c":
            return "iim"
        return "exif" if name in (b"exif", b"app1") and _without_lead(data)[:2] in (b"II", b"MM") else ""

    @cached_property
    def _profile(self) -> bytes | None:
        """Keyword line, length and hexadecimal digits, as ImageMagick began to write them."""
        found = _PROFILE.fullmatch(self.text)
        digits = found[2].translate(None, _BLANKS) if found else b"0"
        return None if len(digits) % 2 else bytes.fromhex(digits.decode())

    @property
    def block(self) -> bytes:
        if self.kind == b"eXIf":
            return _without_lead(self.body)
        return _without_lead(self._profile or b"") if self.keyword.startswith(_RAW) else self.text

    def with_block(self, block: bytes) -> bytes:
        """The chunk with another block; nothing where that is empty."""
        if not block:
            return b""
        if self.kind == b"eXIf":
            return _packed(self.kind, _lead(self.body) + block)
        if not self.keyword.startswith(_RAW):
            return self.with_text(block)
        data = (_lead(self._profile or b"") + block).hex().encode()
        lines = b"\n".join(data[at : at + 72] for at in range(0, len(data), 72))
        name = self.text.removeprefix(b"\n").partition(b"\n")[0]
        return self.with_text(b"\n%s\n%8d\n%s\n" % (name, len(data) // 2, lines))


def _inflated(data: bytes, room: int) -> bytes | None:
    """None for what is damaged, is cut off or comes to more."""
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, room) if room else b""
    except zlib.error:
        return None
    return text if inflater.eof else None


def _lead(data: bytes) -> bytes:
    return next((lead for lead in _LEADS if data.startswith(lead)), b"")


def _without_lead(data: bytes) -> bytes:
    return data[len(_lead(data)) :]


def _packed(kind: bytes, body: bytes) -> bytes:
    if len(body) > XMP_LIMIT:
        raise BlockFull
    return b"".join([struct.pack(">I", len(body)), kind, body, struct.pack(">I", zlib.crc32(body, zlib.crc32(kind)))])


@remembered
def _chunks(data: Source) -> Sequence[_Chunk]:
    """Up to IEND, or to where a file was cut in or behind its picture; raises BlockDamaged for what is no PNG."""
    return list(_read(data))


def _read(data: Source) -> Iterator[_Chunk]:
    room = _LARGEST_TEXTS
    for each in _walked(data):
        chunk = each
        if each.kind == b"eXIf" or each.kind in _TEXTS:
            chunk = replace(each, body=data[each.at + 8 : each.end - 4], room=min(room, _LARGEST_TEXT))
            room -= chunk.cost
        yield chunk


def _walked(data: Source) -> Iterator[_Chunk]:
    if data[: len(_START)] != _START:
        raise BlockDamaged
    at, has_picture = len(_SIGNATURE), False
    for _number in range(_MOST_CHUNKS):
        size, kind = struct.unpack(">I4s", data[at : at + 8].ljust(8, b"\0"))
        has_picture = has_picture or kind in _DATA
        if at + 12 + size > len(data) or not kind.isalpha():
            if has_picture:
                return
            raise BlockDamaged
        yield _Chunk(kind, at, size)
        if kind == b"IEND":
            return
        at += 12 + size
    raise BlockDamaged


def blocks(data: Source) -> Blocks:
    chunks = _chunks(data)
    held = _by_role(chunks)
    first = {role: next((each.block for each in held[role]), None) for role in ("exif", "xmp", "resources", "iim")}
    return Blocks(
        **first, more_exif=tuple(each.block for each in held["exif"][1:]),
        more_xmp=tuple(each.block for each in held["xmp"][1:]),
        remarks=tuple((each.keyword.decode("latin-1"), each.text.decode("utf-8", "replace")) for each in held["texts"]),
        is_signed=any(chunk.kind == b"caBX" for chunk in chunks),
    )  # fmt: skip


def _by_role(chunks: Sequence[_Chunk]) -> dict[str, list[_Chunk]]:
    """Of several, the standard's own chunk is the first; of resources and IIM those that say the same as the first."""
    held: dict[str, list[_Chunk]] = {role: [] for role in _ROLES}
    for chunk in chunks:
        if chunk.role:
            held[chunk.role].append(chunk)
    for role in ("exif", "xmp"):
        held[role].sort(key=lambda chunk: chunk.keyword.startswith(_RAW))
    for role in ("resources", "iim"):
        held[role] = [each for each in held[role] if each.block == held[role][0].block]
    return held


def spliced(data: File, old: Blocks, new: Blocks) -> Octets:
    chunks = _chunks(data)
    if chunks[-1].kind != b"IEND":
        raise BlockDamaged
    held = _by_role(chunks)
    changed = dict(_changed_texts(held["texts"], old, new))
    fresh: list[bytes] = []
    for role in ("exif", "xmp", "resources", "iim"):
        wanted = getattr(new, role)
        block = b"" if wanted is None else bytes(wanted[: len(wanted)])
        further = getattr(new, f"more_{role}", (block,) * len(held[role]))
        for chunk, body in zip(held[role], (block, *further), strict=False):
            if body != chunk.block:
                changed[chunk.at] = chunk.with_block(body)
        if block and not held[role]:
            fresh.append(_new(role, block))
    return _written(data, chunks, changed, fresh)


def _changed_texts(chunks: list[_Chunk], old: Blocks, new: Blocks) -> Iterator[tuple[int, bytes]]:
    for chunk, was, (keyword, text) in zip(chunks, old.remarks, new.remarks, strict=True):
        if was != (keyword, text):
            yield chunk.at, chunk.with_text(text.encode()) if text else b""


def _new(role: str, body: bytes) -> bytes:
    """Raises BlockFull for what has no chunk of its own."""
    if role not in ("exif", "xmp"):
        raise BlockFull
    return _packed(b"eXIf", body) if role == "exif" else _packed(b"iTXt", _XMP + b"\0\0\0\0\0" + body)


def _written(data: File, chunks: Sequence[_Chunk], changed: dict[int, bytes], fresh: list[bytes]) -> Octets:
    """New chunks stand before the picture, and before what makes an animation of it."""
    place = next((each.at for each in chunks if each.kind in _BEHIND), chunks[-1].at)
    parts: list[Part] = []
    at = 0
    for chunk in chunks:
        if chunk.at == place or chunk.at in changed:
            parts.append(data.view(at, chunk.at))
            parts += fresh if chunk.at == place else []
            at = chunk.at
        if chunk.at in changed:
            parts.append(changed[chunk.at])
            at = chunk.end
    return Octets(*parts, data.view(at))


# What goes besides the blocks


def bare(data: File) -> Octets:
    return _of(data, [each for each in _chunks(data) if each.kind in _SHOWN])


def cleared(data: File, is_hidden: bool, _is_thumbnail: bool) -> Octets:
    """Texts that can't be read go too, and resources or IIM that say something else than the first."""
    chunks = _chunks(data)
    held = {each.at for every in _by_role(chunks).values() for each in every}
    lost = {b"caBX", *_TEXTS, *({each.kind for each in chunks} - _KNOWN if is_hidden else ())}
    return _of(data, [each for each in chunks if each.at in held or each.kind not in lost])


def _of(data: File, chunks: Sequence[_Chunk]) -> Octets:
    return Octets(_SIGNATURE, *(data.view(each.at, each.end) for each in chunks))


def picture(data: File) -> list[Part]:
    return [data.view(each.at, each.end) for each in _chunks(data) if each.kind in _PICTURE]


def others(data: File) -> list[Part]:
    chunks = _chunks(data)
    ours = {each.at for held in _by_role(chunks).values() for each in held}
    kept = [data.view(each.at, each.end) for each in chunks if each.at not in ours and each.kind not in _PICTURE]
    return [*kept, data.view(chunks[-1].end if chunks else 0)]


def is_whole(data: Source) -> bool:
    return any(chunk.kind == b"IEND" for chunk in _chunks(data))


def size(data: Source) -> tuple[int, int]:
    if data[: len(_START)] != _START:
        return 0, 0
    width, height = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
    return width, height
