"""The structure under EXIF: image file directories in a TIFF stream (TIFF 6.0, section 2)."""

import struct
from dataclasses import dataclass, replace

from captioner.storage.blocks import BlockDamaged

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
ASCII, UNDEFINED, BYTE, LONG = 2, 7, 1, 4


@dataclass(frozen=True)
class Entry:
    """`field` is the value itself, or its offset where it takes more than four bytes."""

    tag: int
    type: int
    count: int
    field: bytes
    data: bytes | None = None
    """A value that has no place in the stream yet."""

    @property
    def size(self) -> int:
        return self.count * SIZES.get(self.type, 1)


@dataclass(frozen=True)
class Stream:
    data: bytes

    @property
    def order(self) -> str:
        mark = {b"II*\0": "<", b"MM\0*": ">"}.get(self.data[:4])
        if not mark or len(self.data) < 8:
            raise BlockDamaged
        return mark

    def number(self, data: bytes) -> int:
        return int.from_bytes(data, "little" if self.order == "<" else "big")

    def packed(self, number: int) -> bytes:
        return struct.pack(self.order + "I", number)

    @property
    def root(self) -> int:
        return self.number(self.data[4:8])

    def directory(self, at: int) -> tuple[list[Entry], int]:
        """The entries and the offset of the next directory; (nothing, 0) for offset 0."""
        if not at:
            return [], 0
        count = self.number(self.data[at : at + 2])
        end = at + 2 + 12 * count
        if at < 8 or at + 2 > len(self.data) or end > len(self.data):
            raise BlockDamaged
        entries = [self._entry(at + 2 + 12 * index) for index in range(count)]
        return entries, self.number(self.data[end : end + 4])

    def _entry(self, at: int) -> Entry:
        tag, kind, count = struct.unpack_from(self.order + "HHI", self.data, at)
        return Entry(tag, kind, count, self.data[at + 8 : at + 12])

    def offset(self, entry: Entry) -> int | None:
        """Where the value stands; None when it stands in the entry."""
        return self.number(entry.field) if entry.size > 4 else None

    def value(self, entry: Entry) -> bytes | None:
        """None for a value that lies outside of the stream."""
        if entry.data is not None:
            return entry.data
        if (at := self.offset(entry)) is None:
            return entry.field[: entry.size]
        return self.data[at : at + entry.size] if at + entry.size <= len(self.data) else None

    def written(self, entries: list[Entry], following: int, at: int) -> bytes:
        """A directory for offset `at`, with the values that have no place yet behind it."""
        values_at = at + 2 + 12 * len(entries) + 4
        values = bytearray()
        head = [struct.pack(self.order + "H", len(entries))]
        for entry in entries:
            field = entry.field
            if entry.data is not None and len(entry.data) <= 4:
                field = entry.data.ljust(4, b"\0")
            elif entry.data is not None:
                field = self.packed(values_at + len(values))
                values += entry.data + b"\0" * (len(entry.data) % 2)
            head.append(struct.pack(self.order + "HHI", entry.tag, entry.type, entry.count) + field)
        return b"".join([*head, self.packed(following), values])


def text_entry(tag: int, kind: int, data: bytes) -> Entry:
    return Entry(tag, kind, len(data) // SIZES[kind], b"\0\0\0\0", data)


def put(entries: list[Entry], new: Entry) -> list[Entry]:
    """In place of the tag's first entry, later ones dropped; a new tag in ascending order (TIFF 6.0, section 2)."""
    at = next((i for i, entry in enumerate(entries) if entry.tag == new.tag), None)
    kept = [entry for entry in entries if entry.tag != new.tag]
    if at is None:
        at = next((i for i, entry in enumerate(kept) if entry.tag > new.tag), len(kept))
    return [*kept[:at], new, *kept[at:]]


def without(entries: list[Entry], tag: int) -> list[Entry]:
    return [entry for entry in entries if entry.tag != tag]


def at_offset(entry: Entry, field: bytes) -> Entry:
    return replace(entry, field=field, data=None)
