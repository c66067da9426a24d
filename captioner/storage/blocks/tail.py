"""Directories of a TIFF stream changed by appending.

The old stream stays where it is, so that every offset in it (maker notes' too) keeps its meaning. New directories
stand in a tail behind it, to which the header points:

    mark (8 bytes) · old IFD0's offset · old stream's length · IFD0 · values · Exif IFD · values

A later edit replaces the tail; one that arrives at the old entries again drops it. What another program added behind
the tail is never dropped: then the whole is an old stream, with a tail of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.blocks.tiff import (
    EXIF_IFD,
    LONG,
    LONG8,
    Entry,
    Stream,
    at_offset,
    entry,
    put,
    without,
)

MARK = b"Captionr"


@dataclass(frozen=True)
class Change:
    """A tag's new value; None removes it."""

    tag: int
    type: int
    data: bytes | None


Changes = Sequence[Change]
Range = tuple[int, int]
_Directories = tuple[Sequence[Entry], Sequence[Entry]]


def edited(stream: Stream, root: Changes, inner: Changes, limit: int) -> bytes | None:
    """IFD0 and the Exif IFD with these changes. None when nothing is left; raises BlockDamaged, BlockFull.

    A value that fits exactly goes back to its old place; else nothing of the old one is left there.
    """
    start = _tail_start(stream)
    slate = _Slate(stream, _without_tail(stream, start), start)
    base = slate.base
    old_root = base.directory(base.root)[0]
    old_inner = base.directory(_pointer(base, old_root))[0]
    now_root = stream.directory(stream.root)[0]
    new_root = slate.edited(now_root, old_root, root)
    new_inner = slate.edited(stream.directory(_pointer(stream, now_root))[0], old_inner, inner)
    return _assembled(slate, (new_root, old_root), (new_inner, old_inner), limit)


def _assembled(slate: "_Slate", roots: _Directories, inners: _Directories, limit: int) -> bytes | None:
    (root, old_root), (inner, old_inner) = roots, inners
    base = slate.base
    if inner == old_inner and _pointer(base, old_root):
        root = put(root, next(each for each in old_root if each.tag == EXIF_IFD))
    else:
        kind = LONG if base.layout.width == 4 else LONG8
        root = put(root, Entry(EXIF_IFD, kind, 1, base.packed(0))) if inner else without(root, EXIF_IFD)
    if root == old_root and inner == old_inner:
        return bytes(slate.data) if base.root else None
    if not root and not base.root:
        return None
    return _with_tail(slate, root, inner if inner != old_inner else [], limit)


def _with_tail(slate: "_Slate", root: Sequence[Entry], inner: Sequence[Entry], limit: int) -> bytes:
    base, whole = slate.base, len(slate.data)
    following = base.directory(base.root)[1]
    for length in (whole, slate.used()) if whole >= limit // 2 else (whole,):
        start = length + length % 2
        root_at = start + _mark_size(base)
        inner_at = root_at + len(base.written(root, following, root_at))
        pointed = [at_offset(e, base.packed(inner_at)) if inner and e.tag == EXIF_IFD else e for e in root]
        tail = base.written(pointed, following, root_at) + (base.written(inner, 0, inner_at) if inner else b"")
        if slate.is_claimed(length, root_at + len(tail)):
            raise BlockDamaged
        if root_at + len(tail) <= limit:
            mark = MARK + base.packed(base.root) + base.packed(whole)
            slate.data[length:] = b"".join([b"\0" * (length % 2), mark, tail])
            base.point(slate.data, root_at)
            return bytes(slate.data)
    raise BlockFull


def former(stream: Stream) -> Stream | None:
    """The stream as it was before our tail, to which the next edit may return; None without one."""
    start = _tail_start(stream)
    return _without_tail(stream, start) if start < len(stream.data) else None


def mark(stream: Stream) -> Range:
    """Where the mark of our tail stands; nowhere in a stream without one."""
    start = stream.root - _mark_size(stream)
    is_ours = start >= stream.layout.header and stream.data[start : start + len(MARK)] == MARK
    return (start, stream.root) if is_ours else (0, 0)


def _mark_size(stream: Stream) -> int:
    return len(MARK) + 2 * stream.layout.width


def _pointer(stream: Stream, root: Sequence[Entry]) -> int:
    return next((stream.pointer(each) for each in root if each.tag == EXIF_IFD), 0)


def _tail_start(stream: Stream) -> int:
    """Where our own tail begins, or the end of the stream."""
    at, whole = stream.root - _mark_size(stream), len(stream.data)
    if at < stream.layout.header or stream.data[at : at + len(MARK)] != MARK:
        return whole
    ours = {stream.root, _pointer(stream, stream.directory(stream.root)[0])}
    strangers = [each for each in stream.directories() if each not in ours]
    end = max((end for each in ours if each for _start, end in _taken(stream, each)), default=whole)
    padding = bytes(stream.data[end:whole]) if end < whole else b""
    theirs = (start for each in strangers for start, _end in _taken(stream, each))
    return whole if padding.strip(b"\0") or any(each >= at for each in theirs) else at


def _without_tail(stream: Stream, start: int) -> Stream:
    """The stream as it was before the tail, with the padding that was given up for it."""
    if start == len(stream.data):
        return stream
    at, width = start + len(MARK), stream.layout.width
    root, length = (stream.number(stream.data[at + n * width : at + (n + 1) * width]) for n in (0, 1))
    if root > length or length > start + 0xFFFF:
        raise BlockDamaged
    data = bytearray(stream.data[: min(start, length)]).ljust(length, b"\0")
    stream.point(data, root)
    return Stream(bytes(data))


class _Slate:
    """The old stream, in which a changed value may take its old place, and the directories as they are now."""

    def __init__(self, stream: Stream, base: Stream, tail_start: int) -> None:
        self.stream, self.base, self.tail_start = stream, base, tail_start
        self.data = bytearray(base.data if isinstance(base.data, bytes) else base.data[: len(base.data)])
        self._ranges = sorted(_ranges(base))

    def edited(self, now: Sequence[Entry], old: Sequence[Entry], changes: Changes) -> Sequence[Entry]:
        entries: Sequence[Entry] = [self._loosened(each) for each in now]
        for change in changes:
            new = None if change.data is None else entry(change.tag, change.type, change.data)
            entries = put(entries, new) if new else without(entries, change.tag)
        for change in changes:
            entries = self._settled(entries, old, change.tag)
        return entries

    def _loosened(self, each: Entry) -> Entry:
        """A value in the old tail has to move to the new one."""
        at = self.stream.offset(each)
        if at is None or at < self.tail_start or (data := self.stream.value(each)) is None:
            return each
        return Entry(each.tag, each.type, each.count, b"", data)

    def _settled(self, entries: Sequence[Entry], old: Sequence[Entry], tag: int) -> Sequence[Entry]:
        first = next((each for each in old if each.tag == tag), None)
        new = next((each for each in entries if each.tag == tag), None)
        for each in (each for each in old if each.tag == tag and each != new):
            self._put_back(each)
        if not (first and new and new.data is not None and (first.type, first.count) == (new.type, new.count)):
            return entries
        same = self.base.offset(first) is None and first.field[: first.size] == new.data
        return put(entries, first) if same or self._put_back(first, new.data) else entries

    def _put_back(self, each: Entry, data: bytes | None = None) -> bool:
        """Zeros without data; not where the value lies outside, or where something else lies too."""
        at = self.base.offset(each)
        if at is None or at + each.size > len(self.data) or self._is_shared(at, at + each.size):
            return False
        self.data[at : at + each.size] = bytes(each.size) if data is None else data
        return True

    def _is_shared(self, start: int, end: int) -> bool:
        return sum(a < end and start < b for a, b in self._ranges) != 1

    def is_claimed(self, start: int, end: int) -> bool:
        """Whether something points past the old stream to here, and would take the tail for its own."""
        return any(a < end and start < b and len(self.base.data) < b for a, b in self._ranges)

    def used(self) -> int:
        """The length without the zeros that cameras fill their block with, which nothing points to."""
        return max([len(self.data.rstrip(b"\0")), *(end for _start, end in self._ranges)])


def _ranges(stream: Stream) -> list[tuple[int, int]]:
    """What the directories that we can follow take, themselves, their values and their pictures."""
    followed = list(stream.directories())
    taken = [each for at in followed for each in [*_taken(stream, at), *stream.pictures(at)]]
    return taken + [_claimed(stream, at) for at in stream.astray()]


def _claimed(stream: Stream, at: int) -> tuple[int, int]:
    """What a directory would take that reaches past the end."""
    layout = stream.layout
    count = stream.number(stream.data[at : at + layout.counted])
    return at, at + layout.counted + count * layout.size + layout.width


def _taken(stream: Stream, at: int) -> Iterator[tuple[int, int]]:
    layout, (entries, _following) = stream.layout, stream.directory(at)
    yield at, at + layout.counted + layout.size * len(entries) + layout.width * (at == stream.root)
    for each in entries:
        if (start := stream.offset(each)) is not None:
            yield start, start + each.size
