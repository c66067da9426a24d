"""EXIF: text tags of IFD0 and the Exif IFD (Exif 2.32, 4.6), changed by appending."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged, tail
from captioner.storage.blocks.tail import Change
from captioner.storage.blocks.tiff import ASCII, BYTE, EXIF_IFD, GPS_IFD, UNDEFINED, Entry, Stream, stream_of
from captioner.storage.file_bytes import Source, remembered

_NEW = Stream(b"II*\0\0\0\0\0")
_ASCII, _JIS, _UNSAID = b"ASCII\0\0\0", b"JIS\0\0\0\0\0", bytes(8)
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

ORIENTATION = 0x0112
_TURNED, _MAKE = range(2, 9), 0x010F
NUMBERS = {ORIENTATION: "Orientation", 0xA002: "PixelXDimension", 0xA003: "PixelYDimension"}
_LATITUDE = 2

_NAMES = {tag.number: name for name, tag in TAGS.items()}
_IN_ROOT = {number: name for number, name in _NAMES.items() if not TAGS[name].in_exif_ifd}
_IN_EXIF_IFD = {number: name for number, name in _NAMES.items() if TAGS[name].in_exif_ifd}
_READ = {*_NAMES, *NUMBERS, EXIF_IFD, GPS_IFD}


@dataclass(frozen=True)
class Copy:
    """A text tag where it doesn't belong, such as a caption in the thumbnail's directory."""

    name: str
    at: int
    """Where its value lies."""
    size: int


def read(block: Source | None, fallback: str) -> dict[str, str]:
    """The texts by tag name; raises BlockDamaged when IFD0 can't be followed."""
    if not block:
        return {}
    stream = stream_of(block)
    texts: dict[str, str] = {}
    for held, names in zip(_directories(stream), (_IN_ROOT, _IN_EXIF_IFD), strict=True):
        for entry in held:
            name = names.get(entry.tag, "")
            if name and name not in texts and (data := stream.value(entry)):
                texts[name] = _decoded(TAGS[name], data, stream.order, fallback)
    return texts


def numbers(block: Source | None) -> dict[str, int]:
    """What the tags NUMBERS say, and GPSLatitude where there is one, whatever it says; nothing of damaged EXIF."""
    if not block:
        return {}
    try:
        stream = stream_of(block)
        root, inner = _directories(stream)
        gps = next((entry for entry in root if entry.tag == GPS_IFD), None)
        place = stream.some(stream.pointer(gps), (_LATITUDE,)) if gps else ()
    except BlockDamaged:
        return {}
    found = {NUMBERS[entry.tag]: stream.number(entry.field[: entry.size])
             for held in (root, inner) for entry in held if entry.tag in NUMBERS}  # fmt: skip
    return {**found, "GPSLatitude": 1} if place else found


@remembered
def _directories(stream: Stream) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """What is read of IFD0 and of the Exif IFD."""
    root = stream.some(stream.root, _READ)
    pointer = next((entry for entry in root if entry.tag == EXIF_IFD), None)
    try:
        return root, stream.some(stream.pointer(pointer), _READ) if pointer else []
    except BlockDamaged:
        return root, []


def edit(block: Source | None, changes: Mapping[str, str], limit: int) -> Source | None:
    """Sets these tags; an empty text removes one. None when nothing is left; raises BlockDamaged, BlockFull."""
    if not block and not any(changes.values()):
        return block
    stream = stream_of(block) if block else _NEW
    root, inner = _directories(stream)
    wanted = [(TAGS[name], text) for name, text in changes.items()]
    pending = [(tag, text) for tag, text in wanted if not _says(stream, inner if tag.in_exif_ifd else root, tag, text)]
    if not pending:
        return block
    changed = {is_inner: [Change(tag.number, tag.type, _encoded(tag, text, stream.order) if text else None)
                          for tag, text in pending if tag.in_exif_ifd == is_inner]
               for is_inner in (False, True)}  # fmt: skip
    return tail.edited(stream, changed[False], changed[True], limit)


def _says(stream: Stream, entries: Sequence[Entry], tag: Tag, text: str) -> bool:
    """An entry that says so already stays as it is."""
    values = [stream.value(entry) for entry in entries if entry.tag == tag.number]
    return [value is not None and _decoded(tag, value, stream.order, "") for value in values] == [text] * bool(text)


def copies(block: Source | None, fallback: str) -> dict[Copy, str]:
    """The texts of these tags in every other directory that we can follow; raises BlockDamaged."""
    if not block:
        return {}
    stream = stream_of(block)
    return {copy: _decoded(TAGS[copy.name], stream.data[copy.at : copy.at + copy.size], stream.order, fallback)
            for copy in _copies(stream)}  # fmt: skip


def _copies(stream: Stream) -> Iterator[Copy]:
    root, _ = stream.directory(stream.root)
    inner = next((stream.pointer(entry) for entry in root if entry.tag == EXIF_IFD), 0)
    for at in stream.directories():
        for index, entry in enumerate(stream.directory(at)[0]):
            name = _NAMES.get(entry.tag, "")
            if not name or (at in (stream.root, inner) and TAGS[name].in_exif_ifd == (at == inner)):
                continue
            start = stream.offset(entry)
            start = stream.field_at(at, index) if start is None else start
            if start + entry.size <= len(stream.data):
                yield Copy(name, start, entry.size)


def with_copies(block: Source, texts: Mapping[Copy, str]) -> bytes:
    """Puts a text in its old place, where it fits; else the place is blank."""
    data, order = bytearray(block[: len(block)]), stream_of(block).order
    for copy, text in texts.items():
        new = _encoded(TAGS[copy.name], text, order)
        fitting = new if len(new) <= copy.size else b""
        data[copy.at : copy.at + copy.size] = fitting.ljust(copy.size, b"\0")
    return bytes(data)


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
        return body[: len(body) // 2 * 2].decode(_wide(body, order), "replace").strip("\ufeff").rstrip("\0 ")
    if code == _JIS:
        return body.decode("iso2022_jp", "replace").rstrip("\0 ")
    if code in (_ASCII, _UNSAID):
        return _text(body, fallback).rstrip(" ")
    return _text(data, fallback).rstrip(" ")


def _wide(body: bytes, order: str) -> str:
    """Some programs keep to another byte order than the stream's: a mark, or where the zeros are, tells."""
    marks = {b"\xff\xfe": "<", b"\xfe\xff": ">"}
    before, after = body[::2].count(0), body[1::2].count(0)
    told = marks.get(body[:2]) or (order if before == after else ">" if before > after else "<")
    return "utf-16-le" if told == "<" else "utf-16-be"


def _text(data: bytes, fallback: str) -> str:
    """Up to the last NUL: Copyright holds two texts with one between."""
    data = data.rstrip(b"\0")
    for coding in ("utf-8", fallback or "latin-1"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_make(block: Source) -> str:
    """The camera's maker; "" where it can't be told."""
    try:
        stream = stream_of(block)
        held = (stream.value(each) for each in stream.directory(stream.root)[0] if each.tag == _MAKE)
        return (next(held, None) or b"").decode("latin-1").strip(" \0")
    except BlockDamaged:
        return ""


def shown(block: Source | None, tags: Collection[int]) -> bytes | None:
    """A fresh block with these tags of IFD0 alone, without an orientation that says nothing; None for none of them."""
    if not block:
        return None
    try:
        stream = stream_of(block)
        held = [(each, stream.value(each)) for each in stream.directory(stream.root)[0] if each.tag in tags]
    except BlockDamaged:
        return None
    entries = [each._replace(field=b"", data=value) for each, value in held
               if value and (each.tag != ORIENTATION or stream.number(value) in _TURNED)]  # fmt: skip
    header = b"II*\0\x08\0\0\0" if stream.order == "<" else b"MM\0*\0\0\0\x08"
    return header + Stream(header).written(entries, 0, len(header)) if entries else None


def others(block: Source | None, left_out: set[int]) -> list[tuple[int, int, int, bool, bytes]]:
    """Every tag of the directories that we can follow but those, to compare one block with another."""
    if not block:
        return []
    stream = stream_of(block)
    found = ((entry, stream.steady_value(entry)) for at in stream.directories() for entry in stream.directory(at)[0]
             if entry.tag not in left_out and entry.tag != EXIF_IFD)  # fmt: skip
    return sorted((each.tag, each.type, each.count, value is None, value or b"") for each, value in found)
