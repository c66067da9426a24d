"""TIFF: the file is a stream of directories, so EXIF is the file, and the other blocks are tags of its IFD0.

A change is appended (see `blocks.tail`); strips, tiles and further pages stay where they are.
"""

from captioner.storage.blocks import pruning, tail
from captioner.storage.blocks.iim import unpadded
from captioner.storage.blocks.pruning import Cut, Goes
from captioner.storage.blocks.tail import Change
from captioner.storage.blocks.tiff import BYTE, LONG, UNDEFINED, Entry, Stream, stream_of
from captioner.storage.file_bytes import File, Octets, Part, Source
from captioner.storage.formats import Blocks

NAME = "TIFF"
EXIF_LIMIT = XMP_LIMIT = 0xFFFFFFFF
IIM_PLACE = "iim"

XMP, IIM, RESOURCES = 0x02BC, 0x83BB, 0x8649
TAGS = {XMP: "xmp", IIM: "iim", RESOURCES: "resources"}
_C2PA, _WIDTH, _LENGTH = 0xCD41, 0x0100, 0x0101
_BITS, _COMPRESSION, _OFFSETS, _SAMPLES = 0x0102, 0x0103, 0x0111, 0x0115
_DNG_VERSION, _PHOTOMETRIC, _OF_SENSORS = 0xC612, 0x0106, (32803, 34892)

_LAYERS = (0x935C, 0xC44F)
"""Photoshop's layers, in which whole files may lie, and its annotations."""
_SHOWN = {
    *range(0x00FE, 0x0104), *range(0x0106, 0x010B), 0x0111, 0x0112, *range(0x0115, 0x011D), 0x011E, 0x011F,
    *range(0x0122, 0x0126), 0x0128, 0x0129, 0x012D, *range(0x013D, 0x014B), *range(0x014C, 0x0151),
    *range(0x0152, 0x0157), 0x015B, *range(0x0200, 0x0215), 0x8773, *range(0x80E3, 0x80E7), 0xC5F2,
}  # fmt: skip
"""Tags without which the picture would look different (TIFF 6.0 and its supplements; ICC.1; LERC)."""


def blocks(data: Source) -> Blocks:
    stream = stream_of(data)
    held = _root(stream)
    found = {name: stream.value(held[tag]) for tag, name in TAGS.items() if tag in held}
    iim = found.get("iim")
    if iim and held[IIM].type == LONG:
        swapped = b"".join(iim[at : at + 4][::-1] for at in range(0, len(iim), 4)) if iim[:1] != b"\x1c" else iim
        iim = unpadded(swapped)
    return Blocks(data, found.get("resources"), found.get("xmp"), iim=iim, is_signed=_C2PA in held)


def _root(stream: Stream) -> dict[int, Entry]:
    return {entry.tag: entry for entry in reversed(stream.directory(stream.root)[0])}


def spliced(data: File, old: Blocks, new: Blocks) -> Octets:
    edited = new.exif or data
    held = _root(stream_of(data))
    changes = [_change(tag, getattr(new, name), held.get(tag))
               for tag, name in TAGS.items() if getattr(new, name) != getattr(old, name)]  # fmt: skip
    if changes:
        edited = tail.edited(Stream(edited), changes, [], EXIF_LIMIT) or data
    return edited if isinstance(edited, Octets) else Octets(edited[: len(edited)])


def _change(tag: int, data: bytes | None, old: Entry | None) -> Change:
    """IIM is LONG, as Photoshop writes it and as some readers insist on; the others keep a type that they have."""
    if data is not None and tag == IIM:
        return Change(tag, LONG, data + bytes(-len(data) % 4))
    return Change(tag, old.type if old and old.type in (BYTE, UNDEFINED) else BYTE, data)


# What goes besides the blocks


def bare(data: File) -> Octets:
    return _pruned(data, lambda _stream, each: each.tag not in _SHOWN)


def cleared(data: File, is_hidden: bool, _is_thumbnail: bool) -> Octets:
    """All else that there may be is tags; every directory is a page, and none a thumbnail."""
    lost = {_C2PA, *(_LAYERS if is_hidden else ())}
    return _pruned(data, lambda _stream, each: each.tag in lost)


def _pruned(data: File, goes: Goes) -> Octets:
    found = pruning.pruned(data, Cut(goes, is_block=False))
    return Octets(found if isinstance(found, bytes) else data[: len(data)])


def picture(data: File) -> list[Part]:
    stream = stream_of(data)
    return [data.view(a, b) for at in stream.directories() for a, b in stream.pictures(at)]


def others(data: File) -> list[bytes]:  # noqa: ARG001 - as every format's
    """Nothing: all else is tags, which stand in the EXIF block."""
    return []


def is_whole(data: Source) -> bool:
    stream = stream_of(data)
    ends = (end for at in stream.directories() for _start, end in stream.pictures(at))
    return all(end <= len(data) for end in [*ends, _end_of_plain(stream)])


def _end_of_plain(stream: Stream) -> int:
    """Where a picture of one uncompressed strip ends by its size, whatever it says of its octets; 0 for others."""
    held = _root(stream)
    offsets = stream.numbers(held[_OFFSETS]) if _OFFSETS in held else []
    if len(offsets) != 1 or _number(stream, held, _COMPRESSION, 1) != 1:
        return 0
    width, length, samples = (_number(stream, held, tag, 1) for tag in (_WIDTH, _LENGTH, _SAMPLES))
    return offsets[0] + (width * samples * _number(stream, held, _BITS, 1) + 7) // 8 * length


def _number(stream: Stream, held: dict[int, Entry], tag: int, default: int) -> int:
    return next(iter(stream.numbers(held[tag])), default) if tag in held else default


def size(data: Source) -> tuple[int, int]:
    stream, held = stream_of(data), _root(stream_of(data))
    return _number(stream, held, _WIDTH, 0), _number(stream, held, _LENGTH, 0)


def is_raw(data: Source) -> bool:
    """Whether it is a camera's raw file, which is only read: its maker knows more of it than we do."""
    stream = stream_of(data)
    if data[8:10] == b"CR" or _DNG_VERSION in _root(stream):
        return True
    every = (entry for at in stream.directories() for entry in stream.directory(at)[0])
    return any(each.tag == _PHOTOMETRIC and stream.numbers(each)[:1] in ([n] for n in _OF_SENSORS) for each in every)
