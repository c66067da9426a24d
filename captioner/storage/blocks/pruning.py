"""Entries taken out of a TIFF stream where they stand: what stays doesn't move, so every offset keeps its meaning.

What goes is blank afterwards: the entry, its value, the directories and pictures that it leads to, and what our own
tail (`blocks.tail`) would come back to.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged, tail
from captioner.storage.blocks.tail import Range
from captioner.storage.blocks.tiff import EXIF_IFD, GPS_IFD, INTEROPERABILITY_IFD, Entry, Stream, stream_of
from captioner.storage.file_bytes import Source

MAKER_NOTE = 0x927C
Goes = Callable[[Stream, Entry], bool]
_LEADING = (EXIF_IFD, GPS_IFD, INTEROPERABILITY_IFD)
_MOST_DIRECTORIES = 4096
_NAME = "EXIF"


@dataclass(frozen=True)
class Cut:
    goes: Goes
    """Of an entry in whatever directory."""
    is_second_lost: bool = False
    """Whether what IFD0 names as the next directory goes: in an EXIF block the thumbnail (Exif 2.32, 4.5.8)."""
    is_block: bool = True
    """Whether it is an EXIF block and no TIFF file, where what nothing leads to may be a picture all the same."""

    def takes(self, stream: Stream, each: Entry) -> bool:
        """Also a pointer to a directory of which nothing would be left."""
        if self.goes(stream, each):
            return True
        inner = _entries(stream, stream.pointer(each)) if each.tag in _LEADING else ()
        return bool(inner) and all(self.goes(stream, every) for every in inner)


_NOTHING = Cut(lambda _stream, _entry: False)


@dataclass(frozen=True)
class _Directory:
    at: int
    stays: Sequence[int]
    """Indices of entries."""
    following: int
    is_chained: bool
    """Whether octets behind the entries name a next directory."""


def pruned(block: Source, cut: Cut) -> bytes | None:
    """The stream itself where nothing goes, None where nothing stays.

    Raises BlockDamaged where a directory can't be followed, or where what goes shares its place with what stays.
    """
    stream = stream_of(block)
    views = list(_views(stream))
    kept = [(view, each) for view in views for each in _reached(view, cut).values()]
    lost = [span for view in views for span in _lost(view, cut)]
    if not lost and all(_is_whole(view, each) for view, each in kept):
        return block  # type: ignore[return-value] - a file too, as it is
    if cut.is_block and not any(each.stays or each.following for _view, each in kept if each.at == stream.root):
        return None
    return _blanked(stream, cut, kept, lost)


def _views(stream: Stream) -> Iterator[Stream]:
    """The stream, and as it was before each of our tails."""
    view: Stream | None = stream
    while view is not None:
        yield view
        view = tail.former(view)


def _read(stream: Stream, at: int) -> tuple[Sequence[Entry], int]:
    """A directory's entries and what it names next; none where it stands beyond the end."""
    try:
        return stream.directory(at) if at < len(stream.data) else ((), 0)
    except BlockDamaged as error:
        raise BlockDamaged(_NAME) from error


def _entries(stream: Stream, at: int) -> Sequence[Entry]:
    return _read(stream, at)[0]


def _reached(stream: Stream, cut: Cut) -> dict[int, _Directory]:
    """What is left of each directory, by where it stands; one beyond the end is none."""
    wanted, found = [stream.root], dict[int, _Directory]()
    while wanted:
        at = wanted.pop()
        if not at or at in found or at >= len(stream.data):
            continue
        if len(found) == _MOST_DIRECTORIES:
            raise BlockDamaged(_NAME)
        found[at] = each = _directory(stream, at, cut)
        wanted += [each.following, *stream.pointed(_staying(stream, each))]
    return found


def _directory(stream: Stream, at: int, cut: Cut) -> _Directory:
    entries, following = _read(stream, at)
    stays = [index for index, each in enumerate(entries) if not cut.takes(stream, each)]
    is_root = at == stream.root
    is_chained = is_root or stream.has_pages
    return _Directory(at, stays, following if is_chained and not (is_root and cut.is_second_lost) else 0, is_chained)


def _staying(stream: Stream, each: _Directory) -> list[Entry]:
    entries = _entries(stream, each.at)
    return [entries[index] for index in each.stays]


def _is_whole(stream: Stream, each: _Directory) -> bool:
    entries, following = _read(stream, each.at)
    return len(each.stays) == len(entries) and (not each.is_chained or each.following == following)


def _lost(stream: Stream, cut: Cut) -> Iterator[Range]:
    """Values, pictures and whole directories that nothing which stays leads to."""
    kept = _reached(stream, cut)
    for at, whole in _reached(stream, _NOTHING).items():
        staying = set(kept[at].stays) if at in kept else set[int]()
        going = [each for index, each in enumerate(_entries(stream, at)) if index not in staying]
        yield from _values(stream, going)
        yield from set(stream.pictures(at)) - set(_pictures(stream, kept.get(at)))
        if at not in kept:
            yield at, at + _size(stream, len(whole.stays), False)


def _pictures(stream: Stream, each: _Directory | None) -> list[Range]:
    return stream.pictures_of(_staying(stream, each)) if each else []


def _values(stream: Stream, entries: Iterable[Entry]) -> Iterator[Range]:
    for each in entries:
        if (start := stream.offset(each)) is not None and each.size:
            yield start, start + each.size


def _size(stream: Stream, entries: int, is_chained: bool) -> int:
    layout = stream.layout
    return layout.counted + layout.size * entries + layout.width * is_chained


def _blanked(stream: Stream, cut: Cut, kept: Sequence[tuple[Stream, _Directory]], lost: Sequence[Range]) -> bytes:
    data = bytearray(stream.data[: len(stream.data)])
    claimed = _joined(span for view, each in kept for span in _claimed(view, each))
    if any(_overlaps(claimed, span) for span in lost):
        raise BlockDamaged(_NAME)
    is_plain = cut.is_block and not any(_has_note(view, each) for view, each in kept)
    for start, end in _between(claimed, len(data)) if is_plain else lost:
        data[start:end] = bytes(len(data[start:end]))
    for view, each in kept:
        _rewrite(data, view, each)
    return bytes(data[: max(claimed[-1][1], len(data.rstrip(b"\0")))] if is_plain else data)


def _has_note(stream: Stream, each: _Directory) -> bool:
    """A maker note leads to places that only its maker knows; without one, nothing does."""
    return any(entry.tag == MAKER_NOTE for entry in _staying(stream, each))


def _claimed(stream: Stream, each: _Directory) -> Iterator[Range]:
    layout, staying = stream.layout, _staying(stream, each)
    yield 0, layout.header + layout.width
    yield tail.mark(stream)
    yield each.at, each.at + _size(stream, len(_entries(stream, each.at)), each.is_chained)
    yield from _values(stream, staying)
    yield from stream.pictures_of(staying)


def _rewrite(data: bytearray, stream: Stream, each: _Directory) -> None:
    """The directory with fewer entries in its old place, blank behind them."""
    if _is_whole(stream, each):
        return
    layout, old = stream.layout, _size(stream, len(_entries(stream, each.at)), each.is_chained)
    start = each.at + layout.counted
    raw = [data[start + index * layout.size : start + (index + 1) * layout.size] for index in each.stays]
    count = len(raw).to_bytes(layout.counted, "little" if stream.order == "<" else "big")
    new = b"".join([count, *raw, stream.packed(each.following)]).ljust(old, b"\0")[:old]
    data[each.at : each.at + old] = new[: len(data) - each.at]


# Ranges


def _joined(spans: Iterable[Range]) -> list[Range]:
    """In order, those that touch or overlap as one."""
    found: list[Range] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _overlaps(joined: Sequence[Range], span: Range) -> bool:
    at = bisect_right(joined, (span[0], 1 << 64)) - 1
    before = at >= 0 and joined[at][1] > span[0]
    return span[0] < span[1] and (before or (at + 1 < len(joined) and joined[at + 1][0] < span[1]))


def _between(joined: Sequence[Range], end: int) -> Iterator[Range]:
    for (_start, stop), (start, _stop) in zip(joined, [*joined[1:], (end, end)], strict=True):
        if stop < start:
            yield stop, start
