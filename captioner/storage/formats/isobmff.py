"""Pictures in ISO base media files, read only: HEIF and AVIF (items), CR3 (`uuid` boxes), JPEG XL (boxes).

Only headers of boxes and the blocks themselves are read. What lies outside the file is no block.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged
from captioner.storage.file_bytes import Source
from captioner.storage.formats import Blocks

_MOST = 10_000
"""Boxes in a box, items, extents of an item."""
_LARGEST = 32 << 20
_LARGEST_TABLE = 4 << 20
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_JXL = b"\0\0\0\x0cJXL \r\n\x87\n"
_NAKED_JXL = b"\xff\x0a"
_BYTE_ORDERS = (b"II*\0", b"MM\0*")
_READ = {
    b"meta", b"moov", b"uuid", b"Exif", b"xml ", b"jumb", b"CMT1", b"trak", b"tkhd", b"pitm", b"iinf", b"infe", b"iloc",
    b"iref", b"cdsc", b"idat", b"iprp", b"ipco", b"ipma", b"ispe",
}  # fmt: skip
"""A box of another kind that is longer than what it is in (mdat of a file cut short, a trailer) does no harm."""


@dataclass(frozen=True)
class _Box:
    """From `start` to `end` is the body, in a `uuid` box what follows the UUID."""

    kind: bytes
    start: int
    end: int


@dataclass(frozen=True)
class _Item:
    number: int
    kind: bytes
    is_xmp: bool


@dataclass(frozen=True)
class _Place:
    """An item's entry in iloc; its extents are at `start`."""

    item: int
    method: int
    source: int
    base: int
    start: int
    count: int


def blocks(data: Source) -> Blocks:
    if data[:2] == _NAKED_JXL:
        return Blocks()
    top = list(_boxes(data, 0, len(data)))
    if data[: len(_JXL)] == _JXL:
        return _jxl_blocks(data, top)
    exif, xmp = _items(data, top)
    packet = _first(top, _XMP)
    return Blocks(
        exif=exif or _canon_exif(data, top),
        xmp=xmp or (packet and _body(data, packet)) or None,
        is_signed=_first(top, _C2PA) is not None,
    )


def size(data: Source) -> tuple[int, int]:
    """Before rotation and cropping."""
    if data[:2] == _NAKED_JXL:
        return _codestream_size(data[:16])
    top = list(_boxes(data, 0, len(data)))
    if data[: len(_JXL)] == _JXL:
        return _jxl_size(data, top)
    return _primary_size(data, top) if _first(top, b"meta") else _track_size(data, top)


# Boxes (ISO/IEC 14496-12, 4.2)


def _boxes(data: Source, at: int, end: int) -> Iterator[_Box]:
    """Boxes from `at` to `end`; `uuid` boxes have their UUID for a kind."""
    for _ in range(_MOST):
        if end - at < 8:
            return
        box = _box(data, at, end)
        if not box:
            return
        yield box
        at = box.end
    raise BlockDamaged


def _box(data: Source, at: int, end: int) -> _Box | None:
    head = data[at : min(at + 32, end)]
    length, kind, start = _number(head, 0, 4), head[4:8], 8
    if length == 1:
        length, start = (_number(head, 8, 8), 16) if len(head) >= 16 else (0, 16)
    elif length == 0:
        length = end - at
    if kind == b"uuid":
        kind, start = head[start : start + 16], start + 16
    if start <= length <= end - at:
        return _Box(kind, at + start, at + length)
    if head[4:8] in _READ:
        raise BlockDamaged
    return None


def _first(boxes: list[_Box], kind: bytes) -> _Box | None:
    return next((box for box in boxes if box.kind == kind), None)


def _inside(data: Source, box: _Box | None, skip: int = 0) -> list[_Box]:
    """The boxes in a box, after the version and flags that some have."""
    return list(_boxes(data, box.start + skip, box.end)) if box else []


def _table(data: Source, box: _Box) -> bytes:
    return _body(data, box, _LARGEST_TABLE)


def _body(data: Source, box: _Box, most: int = _LARGEST) -> bytes:
    if box.end - box.start > most:
        raise BlockDamaged
    body = data[box.start : box.end]
    if len(body) < box.end - box.start:
        raise BlockDamaged
    return body


def _number(data: bytes, at: int, octets: int) -> int:
    if at + octets > len(data):
        raise BlockDamaged
    return int.from_bytes(data[at : at + octets], "big")


def _tiff(body: bytes) -> bytes | None:
    """After the offset of the TIFF header (ISO/IEC 23008-12, A.2.1), which some writers leave 0 before `Exif`."""
    stated = 4 + int.from_bytes(body[:4], "big")
    starts = (at for at in (stated, 10, 4) if body[at : at + 4] in _BYTE_ORDERS)
    at = next(starts, None)
    return None if at is None else body[at:]


# Items (ISO/IEC 14496-12, 8.11)


def _items(data: Source, top: list[_Box]) -> tuple[bytes | None, bytes | None]:
    """The Exif and the XMP of the primary item."""
    meta = _inside(data, _first(top, b"meta"), 4)
    items = _item_infos(data, meta)
    described = _describing(data, meta) if items else set[int]()
    exif = _item_data(data, meta, _chosen([item for item in items if item.kind == b"Exif"], described))
    xmp = _item_data(data, meta, _chosen([item for item in items if item.is_xmp], described))
    return exif and _tiff(exif), xmp


def _chosen(items: list[_Item], described: set[int]) -> int | None:
    numbers = [item.number for item in items]
    return next((number for number in numbers if number in described), next(iter(numbers), None))


def _item_infos(data: Source, meta: list[_Box]) -> list[_Item]:
    """Items that are Exif or XMP (8.11.6)."""
    box = _first(meta, b"iinf")
    if not box:
        return []
    iinf = _table(data, box)
    start = 6 if _number(iinf, 0, 1) == 0 else 8
    infos = [_item_info(iinf[info.start : info.end]) for info in _boxes(iinf, start, len(iinf)) if info.kind == b"infe"]
    return [item for item in infos if item and (item.kind == b"Exif" or item.is_xmp)]


def _item_info(infe: bytes) -> _Item | None:
    """None for what older versions or encryption hide."""
    version = _number(infe, 0, 1)
    if version not in (2, 3):
        return None
    octets = 2 if version == 2 else 4
    number, is_protected = _number(infe, 4, octets), _number(infe, 4 + octets, 2)
    kind, *texts = infe[6 + octets : 10 + octets], *infe[10 + octets :].split(b"\0", 3)
    is_xmp = kind == b"mime" and texts[1:2] == [b"application/rdf+xml"] and not any(texts[2:3])
    return None if is_protected else _Item(number, kind, is_xmp)


def _primary(data: Source, meta: list[_Box]) -> int | None:
    box = _first(meta, b"pitm")
    if not box:
        return None
    pitm = data[box.start : min(box.end, box.start + 8)]
    return _number(pitm, 4, 2 if _number(pitm, 0, 1) == 0 else 4)


def _describing(data: Source, meta: list[_Box]) -> set[int]:
    """Items that say they describe the primary one (8.11.12)."""
    box, primary = _first(meta, b"iref"), _primary(data, meta)
    if not box or primary is None:
        return set()
    iref = _table(data, box)
    octets = 2 if _number(iref, 0, 1) == 0 else 4
    found: set[int] = set()
    for reference in _boxes(iref, 4, len(iref)):
        if reference.kind == b"cdsc":
            ids = iref[reference.start : reference.end]
            told = range(octets + 2, min(len(ids), octets * (_MOST + 1)) - octets + 1, octets)
            if primary in (_number(ids, at, octets) for at in told):
                found.add(_number(ids, 0, octets))
    return found


def _item_data(data: Source, meta: list[_Box], number: int | None) -> bytes | None:
    box, idat = _first(meta, b"iloc"), _first(meta, b"idat")
    iloc = _table(data, box) if box else b""
    place = next((place for place in _places(iloc) if place.item == number), None) if box else None
    if place and place.method == 0 and place.source == 0:
        return _joined(data, 0, len(data), _extents(iloc, place))
    if place and place.method == 1 and idat:
        return _joined(data, idat.start, idat.end, _extents(iloc, place))
    return None


def _joined(data: Source, start: int, end: int, extents: list[tuple[int, int]]) -> bytes | None:
    room, total = end - start, sum(length for _, length in extents)
    if total > min(room, _LARGEST) or any(offset + length > room for offset, length in extents):
        return None
    return b"".join(data[start + offset : start + offset + length] for offset, length in extents) or None


def _places(iloc: bytes) -> Iterator[_Place]:
    """Where the items lie (8.11.3)."""
    version, base = _number(iloc, 0, 1), _number(iloc, 5, 1) >> 4
    octets, more = 4 if version == 2 else 2, 2 if version else 0
    at = 6 + octets
    for _ in range(min(_number(iloc, 6, octets), _MOST)):
        item, method = _number(iloc, at, octets), _number(iloc, at + octets, more) & 15
        at += octets + more
        source, start = _number(iloc, at, 2), at + 4 + base
        place = _Place(item, method, source, _number(iloc, at + 2, base), start, _number(iloc, start - 2, 2))
        yield place
        at = start + place.count * sum(_widths(iloc))


def _widths(iloc: bytes) -> tuple[int, int, int]:
    """Octets of an extent's index, offset and length."""
    sizes = _number(iloc, 4, 2)
    return sizes & 15 if _number(iloc, 0, 1) else 0, sizes >> 12, sizes >> 8 & 15


def _extents(iloc: bytes, place: _Place) -> list[tuple[int, int]]:
    """Offset and length of each."""
    index, offset, length = _widths(iloc)
    starts = (place.start + each * (index + offset + length) + index for each in range(min(place.count, _MOST)))
    return [(place.base + _number(iloc, at, offset), _number(iloc, at + offset, length)) for at in starts]


# Sizes


def _primary_size(data: Source, top: list[_Box]) -> tuple[int, int]:
    """The spatial extents (ISO/IEC 23008-12, 6.5.3) among the primary item's properties."""
    meta = _inside(data, _first(top, b"meta"), 4)
    properties = _inside(data, _first(meta, b"iprp"))
    held, primary = _inside(data, _first(properties, b"ipco")), _primary(data, meta)
    for box in properties:
        if box.kind == b"ipma":
            for index in _associated(_table(data, box), primary):
                if 0 < index <= len(held) and held[index - 1].kind == b"ispe":
                    return _ispe(data, held[index - 1])
    return 0, 0


def _ispe(data: Source, box: _Box) -> tuple[int, int]:
    ispe = data[box.start : min(box.end, box.start + 12)]
    return _number(ispe, 4, 4), _number(ispe, 8, 4)


def _associated(ipma: bytes, item: int | None) -> list[int]:
    """The item's properties, counted from 1 (ISO/IEC 23008-12, 9.3)."""
    octets = 2 if _number(ipma, 0, 1) == 0 else 4
    width = 1 + (_number(ipma, 3, 1) & 1)
    at = 8
    for _ in range(min(_number(ipma, 4, 4), _MOST)):
        number, count = _number(ipma, at, octets), _number(ipma, at + octets, 1)
        at += octets + 1
        if number == item:
            return [_number(ipma, at + width * each, width) & (0x7FFF if width == 2 else 0x7F) for each in range(count)]
        at += count * width
    return []


def _track_size(data: Source, top: list[_Box]) -> tuple[int, int]:
    """The first track's, in CR3 the large preview: width and height are the last of tkhd (ISO/IEC 14496-12, 8.3.2)."""
    track = _inside(data, _first(_inside(data, _first(top, b"moov")), b"trak"))
    box = _first(track, b"tkhd")
    if not box or box.end - box.start < 8:
        return 0, 0
    tail = data[box.end - 8 : box.end]
    return _number(tail, 0, 4) >> 16, _number(tail, 4, 4) >> 16


# CR3


def _canon_exif(data: Source, top: list[_Box]) -> bytes | None:
    canon = _inside(data, _first(_inside(data, _first(top, b"moov")), _CANON))
    box = _first(canon, b"CMT1")
    body = _body(data, box) if box else b""
    return body if body[:4] in _BYTE_ORDERS else None


# JPEG XL (ISO/IEC 18181-2, 9)


def _jxl_blocks(data: Source, top: list[_Box]) -> Blocks:
    exif, xmp = _first(top, b"Exif"), _first(top, b"xml ")
    return Blocks(
        exif=_tiff(_body(data, exif)) if exif else None,
        xmp=(_body(data, xmp) if xmp else None) or None,
        is_signed=any(box.kind == b"jumb" and b"c2pa" in data[box.start : min(box.end, box.start + 64)] for box in top),
    )


def _jxl_size(data: Source, top: list[_Box]) -> tuple[int, int]:
    """A part of a codestream (jxlp) has its number first."""
    box = next((box for box in top if box.kind in (b"jxlc", b"jxlp")), None)
    if not box:
        return 0, 0
    start = box.start + (4 if box.kind == b"jxlp" else 0)
    return _codestream_size(data[start : max(start, min(box.end, start + 16))])


_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}


def _codestream_size(head: bytes) -> tuple[int, int]:
    """SizeHeader (ISO/IEC 18181-1): bits from the lowest on; (0, 0) where it is cut off."""
    if head[:2] != _NAKED_JXL or len(head) < 12:
        return 0, 0
    bits = int.from_bytes(head[2:], "little")
    is_small, bits = bits & 1, bits >> 1
    height, bits = _dimension(bits, is_small)
    ratio, bits = bits & 7, bits >> 3
    if ratio in _RATIOS:
        across, down = _RATIOS[ratio]
        return height * across // down, height
    return _dimension(bits, is_small)[0], height


def _dimension(bits: int, is_small: int) -> tuple[int, int]:
    """The number and the bits after it."""
    if is_small:
        return ((bits & 31) + 1) * 8, bits >> 5
    width = (9, 13, 18, 30)[bits & 3]
    return (bits >> 2 & ((1 << width) - 1)) + 1, bits >> 2 + width
