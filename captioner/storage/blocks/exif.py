"""EXIF: text tags of IFD0 and the Exif IFD, changed by appending.

The old stream stays where it is, so that every offset in it (maker notes' too) keeps its meaning. New directories
stand in a tail behind it, to which the header points:

    mark (8 bytes) · old IFD0's offset (4) · old stream's length (4) · IFD0 · values · Exif IFD · values

A later edit replaces the tail; one that arrives at the old entries again drops it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.blocks.tiff import (
    ASCII,
    BYTE,
    LONG,
    UNDEFINED,
    Entry,
    Stream,
    at_offset,
    put,
    text_entry,
    without,
)

MARK = b"Captionr"
_MARK_SIZE = len(MARK) + 8
_EXIF_IFD = 0x8769
_POINTERS = (_EXIF_IFD, 0x8825, 0xA005)  # and those of GPS and Interoperability
_NEW = Stream(b"II*\0\0\0\0\0")
_CHARSETS = {b"ASCII\0\0\0": "ascii", b"JIS\0\0\0\0\0": "iso2022_jp"}
_UNICODE = b"UNICODE\0"


@dataclass(frozen=True)
class Tag:
    number: int
    type: int = ASCII
    in_exif_ifd: bool = False


TAGS = {
    "ImageDescription": Tag(0x010E),
    "Artist": Tag(0x013B),
    "Copyright": Tag(0x8298),
    "XPTitle": Tag(0x9C9B, BYTE),
    "XPComment": Tag(0x9C9C, BYTE),
    "XPAuthor": Tag(0x9C9D, BYTE),
    "XPKeywords": Tag(0x9C9E, BYTE),
    "XPSubject": Tag(0x9C9F, BYTE),
    "DateTimeOriginal": Tag(0x9003, in_exif_ifd=True),
    "OffsetTimeOriginal": Tag(0x9011, in_exif_ifd=True),
    "SubSecTimeOriginal": Tag(0x9291, in_exif_ifd=True),
    "UserComment": Tag(0x9286, UNDEFINED, in_exif_ifd=True),
}


def read(block: bytes | None, fallback: str) -> dict[str, str]:
    """The texts by tag name; raises BlockDamaged when IFD0 can't be followed."""
    if not block:
        return {}
    stream = Stream(block)
    root, inner = _directories(stream)
    texts: dict[str, str] = {}
    for name, tag in TAGS.items():
        entry = next((each for each in (inner if tag.in_exif_ifd else root) if each.tag == tag.number), None)
        if entry and (data := stream.value(entry)) is not None:
            texts[name] = _decoded(tag, data, stream.order, fallback)
    return texts


def _directories(stream: Stream) -> tuple[list[Entry], list[Entry]]:
    root, _ = stream.directory(stream.root)
    pointer = next((entry for entry in root if entry.tag == _EXIF_IFD), None)
    try:
        return root, stream.directory(stream.number(pointer.field))[0] if pointer else []
    except BlockDamaged:
        return root, []


def edit(block: bytes | None, changes: Mapping[str, str], limit: int) -> bytes | None:
    """Sets these tags; an empty text removes one. None when nothing is left; raises BlockDamaged, BlockFull."""
    if not block and not any(changes.values()):
        return block
    stream = Stream(block) if block else _NEW
    base = _base(stream)
    slate = _Slate(bytearray(base.data), stream, base, _tail_start(stream))
    named = {TAGS[name]: text for name, text in changes.items()}
    root_changes = {tag: text for tag, text in named.items() if not tag.in_exif_ifd}
    inner_changes = {tag: text for tag, text in named.items() if tag.in_exif_ifd}
    root, old_root = slate.edited(stream.root, base.root, root_changes)
    inner, old_inner = slate.edited(_pointer(stream, root), _pointer(base, old_root), inner_changes)
    return _assembled(slate, base, (root, old_root), (inner, old_inner), limit)


def _assembled(
    slate: "_Slate", base: Stream, roots: tuple[list[Entry], list[Entry]], inners: tuple[list[Entry], list[Entry]],
    limit: int,
) -> bytes | None:  # fmt: skip
    (root, old_root), (inner, old_inner) = roots, inners
    inner_at = _pointer(base, old_root)
    if inner == old_inner and inner_at:
        root = put(root, next(entry for entry in old_root if entry.tag == _EXIF_IFD))
    else:
        root = put(root, Entry(_EXIF_IFD, LONG, 1, b"\0\0\0\0")) if inner else without(root, _EXIF_IFD)
    if root == old_root and inner == old_inner:
        return bytes(slate.base) if base.root else None
    return _with_tail(slate, base, root, inner if inner != old_inner else [], limit)


def _with_tail(slate: "_Slate", base: Stream, root: list[Entry], inner: list[Entry], limit: int) -> bytes | None:
    if not root and not base.root:
        return None
    following = base.directory(base.root)[1] if base.root else 0
    for stream in (bytes(slate.base), _without_padding(base, slate.base)):
        start = len(stream) + len(stream) % 2
        root_at = start + _MARK_SIZE
        inner_at = root_at + len(base.written(root, following, root_at))
        pointed = [
            at_offset(entry, base.packed(inner_at)) if inner and entry.tag == _EXIF_IFD else entry for entry in root
        ]
        tail = base.written(pointed, following, root_at)
        tail += base.written(inner, 0, inner_at) if inner else b""
        mark = MARK + base.packed(base.root) + base.packed(len(base.data))
        new = b"".join([stream[:4], base.packed(root_at), stream[8:], b"\0" * (len(stream) % 2), mark, tail])
        if _would_hit(base, len(stream), len(new)):
            raise BlockDamaged
        if len(new) <= limit:
            return new
    raise BlockFull


def _would_hit(base: Stream, start: int, end: int) -> bool:
    """Whether something points past the old stream to where the tail would stand, and would take it for its own."""
    return any(a < end and start < b and len(base.data) < b for a, b in _ranges(base))


def _tail_start(stream: Stream) -> int:
    """Where our own tail begins, or the end of the stream."""
    at = stream.root - _MARK_SIZE
    return at if at >= 8 and stream.data[at : at + len(MARK)] == MARK else len(stream.data)


def _base(stream: Stream) -> Stream:
    """The stream as it was before the tail, with the padding that was given up for it."""
    start = _tail_start(stream)
    if start == len(stream.data):
        return stream
    root, length = (stream.number(stream.data[start + at : start + at + 4]) for at in (8, 12))
    data = stream.data[:4] + stream.packed(root) + stream.data[8 : min(start, length)]
    if length > 0xFFFFFF or root > length:
        raise BlockDamaged
    return Stream(data.ljust(length, b"\0"))


def _pointer(stream: Stream, root: list[Entry]) -> int:
    return next((stream.number(entry.field) for entry in root if entry.tag == _EXIF_IFD), 0)


def _without_padding(base: Stream, data: bytearray) -> bytes:
    """Cameras fill their block with zeros, which nothing points to."""
    used = max((end for _, end in _ranges(base)), default=8)
    return bytes(data[: max(used, len(data.rstrip(b"\0")))])


@dataclass
class _Slate:
    """The old stream, in which a changed value may take its old place, and the directories as they are now."""

    base: bytearray
    stream: Stream
    original: Stream
    tail_start: int

    def edited(self, now: int, before: int, changes: Mapping[Tag, str]) -> tuple[list[Entry], list[Entry]]:
        """The directory's new entries and its original ones."""
        old, _ = self.original.directory(before)
        entries = [self._loosened(entry) for entry in self.stream.directory(now)[0]]
        for tag, text in changes.items():
            entries = without(entries, tag.number) if not text else put(entries, self._entry(tag, text, entries))
        for tag in changes:
            entries = self._settled(entries, old, tag.number)
        return entries, old

    def _loosened(self, entry: Entry) -> Entry:
        """A value in the old tail has to move to the new one."""
        at = self.stream.offset(entry)
        if at is None or at < self.tail_start:
            return entry
        data = self.stream.value(entry)
        return entry if data is None else text_entry(entry.tag, entry.type, data)

    def _entry(self, tag: Tag, text: str, entries: list[Entry]) -> Entry:
        """An entry that says so already stays as it is."""
        data = _encoded(tag, text, self.stream.order)
        present = next((entry for entry in entries if entry.tag == tag.number), None)
        if present and (value := self.stream.value(present)) is not None and _decoded(
            tag, value, self.stream.order, "") == text and sum(e.tag == tag.number for e in entries) == 1:  # fmt: skip
            return present
        return text_entry(tag.number, tag.type, data)

    def _settled(self, entries: list[Entry], old: list[Entry], tag: int) -> list[Entry]:
        """The value goes back to its old place where it fits exactly; else nothing of the old one is left there."""
        first = next((entry for entry in old if entry.tag == tag), None)
        new = next((entry for entry in entries if entry.tag == tag), None)
        for each in (entry for entry in old if entry.tag == tag and entry != new):
            self._put_back(each, b"\0" * each.size)
        if not (first and new and new.data is not None and (first.type, first.count) == (new.type, new.count)):
            return entries
        same = self.original.offset(first) is None and first.field[: first.size] == new.data
        return put(entries, first) if same or self._put_back(first, new.data) else entries

    def _put_back(self, entry: Entry, data: bytes) -> bool:
        at = self.original.offset(entry)
        if at is None or at + entry.size > len(self.base) or self._is_shared(at, at + entry.size):
            return False
        self.base[at : at + entry.size] = data
        return True

    def _is_shared(self, start: int, end: int) -> bool:
        return sum(a < end and start < b for a, b in _ranges(self.original)) != 1


def _ranges(stream: Stream) -> list[tuple[int, int]]:
    """What the directories that we can follow take, themselves and their values."""
    return [(a, b) for at in _followed(stream) for a, b in _taken(stream, at)] + _astray(stream)


def _astray(stream: Stream) -> list[tuple[int, int]]:
    """Directories that are said to lie outside of the stream."""
    pointers = (at for parent in _followed(stream) for at in _pointed(stream, stream.directory(parent)[0]))
    return [(at, at + 2) for at in pointers if at + 2 > len(stream.data)]


def _followed(stream: Stream) -> Iterator[int]:
    """Where directories stand. Only IFD0 names a next one: some writers put values where others would."""
    wanted, seen = [stream.root], {0}
    while wanted:
        at = wanted.pop()
        if at in seen:
            continue
        seen.add(at)
        try:
            entries, following = stream.directory(at)
        except BlockDamaged:
            continue
        yield at
        wanted += [following] if at == stream.root else []
        wanted += _pointed(stream, entries)


def _pointed(stream: Stream, entries: list[Entry]) -> list[int]:
    """Directories inside of this one; a pointer with a count of none points nowhere."""
    return [stream.number(entry.field) for entry in entries if entry.tag in _POINTERS and entry.count]


def _taken(stream: Stream, at: int) -> Iterator[tuple[int, int]]:
    entries, _ = stream.directory(at)
    yield at, at + 2 + 12 * len(entries) + 4 * (at == stream.root)
    for entry in entries:
        if (start := stream.offset(entry)) is not None:
            yield start, start + entry.size
    pointers = {entry.tag: stream.number(entry.field) for entry in entries if entry.tag in (0x0201, 0x0202)}
    if len(pointers) == 2:
        yield pointers[0x0201], pointers[0x0201] + pointers[0x0202]


def _encoded(tag: Tag, text: str, order: str) -> bytes:
    if tag.type == BYTE:
        return (text + "\0").encode("utf-16-le")
    if tag.type == UNDEFINED:
        wide = "utf-16-le" if order == "<" else "utf-16-be"
        return b"ASCII\0\0\0" + text.encode() if text.isascii() else _UNICODE + text.encode(wide)
    return text.encode() + b"\0"


def _decoded(tag: Tag, data: bytes, order: str, fallback: str) -> str:
    if tag.type == BYTE:
        return data[: len(data) // 2 * 2].decode("utf-16-le", "replace").rstrip("\0")
    if tag.type == UNDEFINED:
        return _comment(data, order, fallback)
    return _text(data, fallback)


def _comment(data: bytes, order: str, fallback: str) -> str:
    """UserComment with the character code in its first eight bytes (Exif 2.32, 4.6.5)."""
    code, body = data[:8], data[8:]
    if code == _UNICODE:
        wide = "utf-16-le" if order == "<" else "utf-16-be"
        return body[: len(body) // 2 * 2].decode(wide, "replace").rstrip("\0 ")
    if code in _CHARSETS or code == b"\0" * 8:
        return _text(body, fallback).rstrip(" ")
    return _text(data, fallback).rstrip(" ")


def _text(data: bytes, fallback: str) -> str:
    """Up to the last NUL: Copyright holds two texts with one between."""
    data = data.rstrip(b"\0")
    for coding in ("utf-8", fallback or "latin-1"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def others(block: bytes | None, names: set[str]) -> list[tuple[int, int, int, bytes | None]]:
    """Every tag of the directories that we can follow but the named ones, to compare one block with another."""
    if not block:
        return []
    stream, left_out = Stream(block), {TAGS[name].number for name in names} | {_EXIF_IFD}
    return sorted(
        ((entry.tag, entry.type, entry.count, stream.value(entry))
         for at in _followed(stream) for entry in stream.directory(at)[0] if entry.tag not in left_out),
        key=repr,
    )  # fmt: skip
