"""The structure under EXIF: image file directories in a TIFF stream (TIFF 6.0, section 2), or a BigTIFF one."""

import struct
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import starmap
from typing import Any, Literal, NamedTuple

from captioner.storage.blocks import BlockDamaged
from captioner.storage.file_bytes import Source, remembered

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8, 129: 1}
ASCII, UNDEFINED, BYTE, LONG, LONG8, _IFD = 2, 7, 1, 4, 16, 13

EXIF_IFD, GPS_IFD, INTEROPERABILITY_IFD, SUB_IFDS = 0x8769, 0x8825, 0xA005, 0x014A
_POINTERS = (EXIF_IFD, GPS_IFD, INTEROPERABILITY_IFD, SUB_IFDS)
_DATA = ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202), (0x0120, 0x0121))
"""Offsets and lengths of what directories point to: strips, tiles, a JPEG, what is free."""
_MOST_DIRECTORIES = 4096


@dataclass(frozen=True)
class _Layout:
    """How wide counts and offsets are: TIFF, or BigTIFF."""

    header: int
    """Where the header has the offset of IFD0."""
    width: int
    """Octets of an offset."""
    counted: int
    """Octets of a directory's count."""
    size: int
    """Octets of an entry."""
    count: str
    entry: str
    offset: str


_TIFF = _Layout(4, 4, 2, 12, "H", "HHI4s", "I")
_BIGTIFF = _Layout(8, 8, 8, 20, "Q", "HHQ8s", "Q")
_MARKS = {b"II*\0": ("<", _TIFF), b"MM\0*": (">", _TIFF), b"II+\0": ("<", _BIGTIFF), b"MM\0+": (">", _BIGTIFF),
          b"IIRO": ("<", _TIFF), b"IIRS": ("<", _TIFF), b"MMOR": (">", _TIFF), b"IIU\0": ("<", _TIFF)}  # fmt: skip
"""With those that Olympus and Panasonic put into their raw files."""


class Entry(NamedTuple):
    """`field` is the value itself, or its offset where it takes more room than an offset."""

    tag: int
    type: int
    count: int  # pyright: ignore[reportIncompatibleMethodOverride] - TIFF's own word
    field: bytes
    data: bytes | None = None
    """A value that has no place in the stream yet."""

    @property
    def size(self) -> int:
        return self.count * SIZES.get(self.type, 1)


class Stream:
    """Raises BlockDamaged for what has no header."""

    def __init__(self, data: Source) -> None:
        kind = _MARKS.get(bytes(data[:4]))
        if not kind or len(data) < kind[1].header + kind[1].width:
            raise BlockDamaged
        self.data = data
        self.order, self.layout = kind
        self.found: dict[Callable[..., Any], Any] = {}
        self._endian: Literal["little", "big"] = "little" if self.order == "<" else "big"
        self._read: dict[int, tuple[Sequence[Entry], int]] = {}

    def number(self, data: bytes) -> int:
        return int.from_bytes(data, self._endian)

    def packed(self, number: int) -> bytes:
        """An offset, as wide as the stream's are; raises BlockDamaged for one that is wider."""
        try:
            return struct.pack(self.order + self.layout.offset, number)
        except struct.error as error:
            raise BlockDamaged from error

    @cached_property
    def root(self) -> int:
        start = self.layout.header
        return self.number(self.data[start : start + self.layout.width])

    def point(self, data: bytearray, root: int) -> None:
        """Lets the header of data of the same kind lead to another IFD0."""
        start = self.layout.header
        data[start : start + self.layout.width] = self.packed(root)

    def directory(self, at: int) -> tuple[Sequence[Entry], int]:
        """The entries and the offset of the next directory; (nothing, 0) for offset 0."""
        if at not in self._read:
            self._read[at] = self._directory(at)
        return self._read[at]

    def _directory(self, at: int) -> tuple[Sequence[Entry], int]:
        if not at:
            return [], 0
        raw, end = self._raw(at)
        return list(starmap(Entry, raw)), self.number(self.data[end : end + self.layout.width])

    def some(self, at: int, tags: Container[int]) -> Sequence[Entry]:
        """The entries of a directory that have these tags; the others, which are most, take no time."""
        return [Entry(*each) for each in self._raw(at)[0] if each[0] in tags] if at else []

    def _raw(self, at: int) -> tuple[Iterator[tuple[Any, ...]], int]:
        """What each entry is made of, and where the directory's entries end."""
        layout = self.layout
        start = at + layout.counted
        count = self.number(self.data[at:start])
        if at < layout.header or start > len(self.data) or count * layout.size > len(self.data) - start:
            raise BlockDamaged
        end = start + count * layout.size
        return struct.iter_unpack(self.order + layout.entry, self.data[start:end]), end

    def field_at(self, directory: int, index: int) -> int:
        """Where the value, or its offset, of a directory's entry stands."""
        return directory + self.layout.counted + (index + 1) * self.layout.size - self.layout.width

    def offset(self, entry: Entry) -> int | None:
        """Where the value stands; None when it stands in the entry."""
        return self.number(entry.field) if entry.size > self.layout.width else None

    def value(self, entry: Entry) -> bytes | None:
        """None for a value that lies outside of the stream."""
        if entry.data is not None:
            return entry.data
        size = entry.size
        if size <= self.layout.width:
            return entry.field[:size]
        at = self.number(entry.field)
        return bytes(self.data[at : at + size]) if at + size <= len(self.data) else None

    def steady_value(self, entry: Entry) -> bytes | None:
        """The value without the header's octets, which broken writers have values point to, and which change."""
        value, at, layout = self.value(entry), self.offset(entry), self.layout
        if value is None or at is None or at >= layout.header + layout.width:
            return value
        start = max(layout.header - at, 0)
        end = layout.header + layout.width - at
        return value[:start] + bytes(len(value[start:end])) + value[end:]

    def numbers(self, entry: Entry) -> list[int]:
        """The values of an entry of whole numbers; none where they lie outside."""
        size = SIZES.get(entry.type, 1)
        data = self.value(entry) or b""
        return [self.number(data[at : at + size]) for at in range(0, len(data), size)]

    def written(self, entries: Sequence[Entry], following: int, at: int) -> bytes:
        """A directory for offset `at`, with the values that have no place yet behind it."""
        layout = self.layout
        values_at = at + layout.counted + layout.size * len(entries) + layout.width
        values = bytearray()
        head = [struct.pack(self.order + layout.count, len(entries))]
        for entry in entries:
            field = entry.field
            if entry.data is not None and len(entry.data) <= layout.width:
                field = entry.data.ljust(layout.width, b"\0")
            elif entry.data is not None:
                field = self.packed(values_at + len(values))
                values += entry.data + b"\0" * (len(entry.data) % 2)
            head.append(struct.pack(self.order + layout.entry, entry.tag, entry.type, entry.count, field))
        return b"".join([*head, self.packed(following), values])

    # What can be followed from the root

    @cached_property
    def has_pages(self) -> bool:
        """Whether it is a TIFF file, whose every directory names a next one, and no EXIF block, where IFD0 alone does.

        Some cameras put values where others would name one.
        """
        return any(each.tag in (0x0111, 0x0144) for each in self.directory(self.root)[0])

    def directories(self) -> Iterator[int]:
        """Where directories stand, IFD0 first; those that can't be followed are left out."""
        wanted, seen = [self.root], {0}
        while wanted and len(seen) < _MOST_DIRECTORIES:
            at = wanted.pop()
            if at in seen:
                continue
            seen.add(at)
            try:
                entries, following = self.directory(at)
            except BlockDamaged:
                continue
            yield at
            wanted += self.pointed(entries)
            wanted += [following] if at == self.root or self.has_pages else []

    def astray(self) -> set[int]:
        """Where directories should stand and can't be followed."""
        named: set[int] = set()
        for at in (followed := set(self.directories())):
            entries, following = self.directory(at)
            named.update(self.pointed(entries), [following] if at == self.root or self.has_pages else [])
        return named - followed - {0}

    def pointed(self, entries: Sequence[Entry]) -> list[int]:
        """Directories inside of this one; a pointer with a count of none points nowhere."""
        return [at for entry in entries if entry.tag in _POINTERS and 0 < entry.count < _MOST_DIRECTORIES
                for at in (self.numbers(entry) if entry.tag == SUB_IFDS else [self.pointer(entry)])]  # fmt: skip

    def pointer(self, entry: Entry) -> int:
        """The one offset that an entry holds, whatever type a broken writer gave it."""
        return self.number(entry.field[:4] if entry.type in (LONG, _IFD) else entry.field)

    def pictures(self, at: int) -> list[tuple[int, int]]:
        """From where to where the picture data of a directory lies."""
        return self.pictures_of(self.directory(at)[0])

    def pictures_of(self, entries: Sequence[Entry]) -> list[tuple[int, int]]:
        held = {entry.tag: entry for entry in entries}
        return [
            (start, start + size)
            for offsets, sizes in _DATA
            if offsets in held and sizes in held
            for start, size in zip(self.numbers(held[offsets]), self.numbers(held[sizes]), strict=False)
        ]


_stream_of_file = remembered(Stream)
_streams: dict[int, Stream] = {}
"""By the identity of a block: even to hash it takes longer than to read it."""
_KEPT = 16


def stream_of(data: Source) -> Stream:
    """With what was read of it before; for bytes that nobody changes."""
    if not isinstance(data, bytes):
        return _stream_of_file(data)
    if (found := _streams.get(id(data))) is None:
        if len(_streams) >= _KEPT:
            _streams.clear()
        found = _streams[id(data)] = Stream(data)
    return found


def entry(tag: int, kind: int, data: bytes) -> Entry:
    """One whose value has no place yet."""
    return Entry(tag, kind, len(data) // SIZES[kind], b"", data)


def put(entries: Sequence[Entry], new: Entry) -> list[Entry]:
    """In place of the tag's first entry, later ones dropped; a new tag in ascending order (TIFF 6.0, section 2)."""
    at = next((i for i, each in enumerate(entries) if each.tag == new.tag), None)
    kept = [each for each in entries if each.tag != new.tag]
    if at is None:
        at = next((i for i, each in enumerate(kept) if each.tag > new.tag), len(kept))
    return [*kept[:at], new, *kept[at:]]


def without(entries: Sequence[Entry], tag: int) -> list[Entry]:
    return [each for each in entries if each.tag != tag]


def at_offset(old: Entry, field: bytes) -> Entry:
    return old._replace(field=field, data=None)
