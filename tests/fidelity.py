"""What a save changed in a file besides the captions: told by ExifTool, by Pillow, and octet by octet.

The parsers here are as plain as can be and share nothing with the program's. `python -m tests.fidelity FOLDER` tells it
of every photo in a folder and in those inside it; the photos themselves are only read.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree as ET
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from PIL import Image

from captioner.core.fields import FIELDS, Value, parse
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import photos

WRITABLE = (".jpg", ".jpeg", ".tif", ".tiff", ".png", ".webp")
_TEXTS = {
    "caption": "Presiden Rusia Vladimir Putin “Владимир” 김정은", "headline": "Potret Akrab",
    "credit": "Mikhail Metzel/Sputnik/Kremlin Pool/AP", "creator": "Mikhail Metzel; Ann Lee", "source": "Sputnik",
    "copyright": "© 2023 AP", "city": "Tsiolkovsky", "country": "Rusia", "date_created": "2023-09-13T10:20:30+09:00",
    "keywords": "Putin; Kim Jong Un", "alt_text": "Two men walk", "event": "Summit", "country_code": "RUS",
    "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    "data_mining": "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
}  # fmt: skip
WANTED: dict[str, Value] = {key: parse(key, _TEXTS.get(key, f"Nilai {key}")) for key in FIELDS}
"""Something in every field."""

OURS = {
    "IFD0": {"ImageDescription", "Artist", "Copyright", "XPTitle", "XPComment", "XPSubject", "XPAuthor", "XPKeywords"},
    "ExifIFD": {"DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal", "UserComment"},
    "IPTC": {"CodedCharacterSet", "ApplicationRecordVersion", "Caption-Abstract", "By-line", "Headline", "Credit",
             "Source", "CopyrightNotice", "City", "Country-PrimaryLocationName", "DateCreated", "TimeCreated",
             "Keywords", "ObjectName", "By-lineTitle", "Writer-Editor", "SpecialInstructions", "Sub-location",
             "Province-State", "Country-PrimaryLocationCode", "OriginalTransmissionReference"},
    "Photoshop": {"IPTCDigest"},
    "XMP-dc": {"Description", "Creator", "Rights", "Subject", "Title"},
    "XMP-photoshop": {"Credit", "Headline", "Source", "City", "Country", "DateCreated", "State", "Instructions",
                      "TransmissionReference", "AuthorsPosition", "CaptionWriter"},
    "XMP-tiff": {"ImageDescription", "Artist", "Copyright"},
    "XMP-exif": {"UserComment", "DateTimeOriginal"},
    "XMP-iptcCore": {"AltTextAccessibility", "ExtDescrAccessibility", "Location", "CountryCode"},
    "XMP-iptcExt": {"Event", "PersonInImage", "DigitalSourceType"},
    "XMP-xmpRights": {"UsageTerms"},
    "XMP-plus": {"DataMining"},
    "XMP-x": {"XMPToolkit"},
    "XMP-xmpNote": {"HasExtendedXMP"},
    "File": {"CurrentIPTCDigest", "ExifByteOrder"},
}  # fmt: skip
"""Tags that hold our fields, and those that tell of the blocks themselves, by ExifTool's group."""

Tags = dict[str, list[object]]


# What is written


@dataclass(frozen=True)
class Trial:
    """A photo, a copy with all fields, and one that got its former values back."""

    original: Path
    written: Path
    undone: Path
    notes: tuple[str, ...]
    wrong: tuple[str, ...]
    """Fields that don't read as they were written."""


def tried(original: Path, folder: Path, name: str) -> Trial | CaptionerError:
    """In a folder of its own; an error where the file is refused."""
    folder.mkdir()
    written, undone = folder / name, folder / f"undone-{name}"
    shutil.copyfile(original, written)
    try:
        former = photos.read_photo(written, Policy()).values
        done = save(written, WANTED)
        shutil.copyfile(written, undone)
        save(undone, {key: former[key] for key in FIELDS})
    except CaptionerError as error:
        return error
    read = photos.read_photo(written, Policy())
    wrong = [key for key in FIELDS if read.values[key] != WANTED[key] or key in read.disagreements]
    return Trial(original, written, undone, done.notes, tuple(wrong))


def save(path: Path, values: Mapping[str, Value]) -> photos.Saved:
    return photos.save_values(photos.read_photo(path, Policy()), values, Policy(), break_signature=True)


def changed(trials: list[Trial]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """By name and group what differs after all fields were written, and what is not as before once they were undone."""
    before = tags([each.original for each in trials])
    after = tags([path for each in trials for path in (each.written, each.undone)])
    written: set[tuple[str, str]] = set()
    undone: set[tuple[str, str]] = set()
    for each, old, new, back in zip(trials, before, after[::2], after[1::2], strict=True):
        name, data = each.original.name, each.original.read_bytes()
        written |= {(name, group) for group in changed_groups(old, new)}
        undone |= {(name, group) for group in changed_groups(old, back)}
        for path, found in ((each.written, written), (each.undone, undone)):
            found |= {(name, part) for part in changed_parts(data, path.read_bytes())}
            if frames(path) != frames(each.original):
                found.add((name, "pixels"))
    return written, undone


# As ExifTool reads it


def tags(paths: Iterable[Path]) -> list[Tags]:
    """Every tag of each file with all its values, binary ones and maker notes too; one process for all."""
    options = ["-j", "-G1:4", "-a", "-s", "-ee", "-u", "-b", "-charset", "iptc=utf8", "-charset", "filename=utf8"]
    names = "\n".join(map(str, paths)).encode()
    asked = ["exiftool", *options, "-api", "largefilesupport=1", "-@", "-"]
    return [_gathered(held) for held in json.loads(subprocess.run(asked, input=names, capture_output=True).stdout)]


def _gathered(held: dict[str, object]) -> Tags:
    """A tag that stands several times is `Group:Copy1:Tag`; which copies there are of others' tags is no matter."""
    found: Tags = {}
    for name, value in held.items():
        found.setdefault(re.sub(r":Copy\d+:", ":", name), []).append(value)
    return found


def is_ours(name: str) -> bool:
    group, _, tag = name.partition(":")
    plain = tag.partition("-")[0] if group.startswith("XMP") else tag  # Description-en repeats the default
    return plain in OURS.get(group, ())


def changed_tags(before: Tags, after: Tags) -> set[str]:
    """The tags that differ and don't belong to the file system or to ExifTool's own arithmetic."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
            and name != "SourceFile" and not name.startswith(("System:", "Composite:"))}  # fmt: skip


def changed_groups(before: Tags, after: Tags) -> set[str]:
    return {name.partition(":")[0] for name in changed_tags(before, after) if not is_ours(name)}


def lost_groups(before: Tags, after: Tags) -> set[str]:
    """Groups in which a tag of ours that said something says it no longer; digests count the octets of the others."""
    named = (name for name in before if is_ours(name) and not name.endswith("IPTCDigest"))
    return {name.partition(":")[0] for name in named
            if (said := _said(before[name])) and said != _said(after.get(name, []))}  # fmt: skip


def _said(values: list[object]) -> list[str]:
    return [text for value in values if (text := str(value).strip())]


# As Pillow decodes it


def frames(path: Path) -> list[object]:
    """Every frame with its pixels and profile, and where Pillow gives up."""
    found: list[object] = []
    with warnings.catch_warnings(action="ignore"):
        try:
            with Image.open(path) as image:
                for number in range(min(getattr(image, "n_frames", 1), 50)):
                    image.seek(number)
                    shown = (image.size, image.mode, image.info.get("icc_profile"), image.info.get("duration"))
                    found.append((*shown, zlib.crc32(image.tobytes()), image.getpalette()))
        except Exception as error:  # of broken files Pillow raises everything
            found.append(type(error).__name__)
    return found


# Octet by octet


def changed_parts(before: bytes, after: bytes) -> set[str]:
    """What differs of all that is no caption: segments, chunks, strips, EXIF entries, IIM datasets, resources, XMP."""
    old, new = parts(before), parts(after)
    found = {(one or other)[0] for one, other in zip_longest(old, new) if one != other}
    blocks, now = _blocks(before), _blocks(after)
    return found | _changed_exif(blocks["exif"], now["exif"]) | _changed_text_blocks(blocks, now)


def parts(data: bytes) -> list[tuple[str, bytes]]:
    """All of a file but the blocks that hold captions, in order."""
    return list(_KINDS[data[:2]][0](data))


def _blocks(data: bytes) -> dict[str, list[bytes]]:
    return _KINDS[data[:2]][1](data)


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and octets of each JPEG segment; (0, …) what lies between two, (0xDA, …) from the scan to the end."""
    at = 2
    while True:
        start = at
        while data[at] != 0xFF or data[at + 1] in (0, 0xFF, 0xD9):
            at += 1
        if at > start:
            yield 0, data[start:at]
        marker = data[at + 1]
        is_bare = marker == 1 or 0xD0 <= marker <= 0xD7
        end = at + 2 if is_bare else at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at : len(data) if marker == 0xDA else end]
        if marker == 0xDA:
            return
        at = end


_IN_JPEG = {
    "exif": (0xE1, (b"Exif\0\0",)), "xmp": (0xE1, (b"http://ns.adobe.com/xap/1.0/\0",)),
    "extension": (0xE1, (b"http://ns.adobe.com/xmp/extension/\0",)),
    "resources": (0xED, (b"Photoshop 3.0\0", b"Adobe_Photoshop2.5:")), "iim": (0xED, (b"",)),
}  # fmt: skip


def _role(marker: int, segment: bytes) -> tuple[str, bytes]:
    for role, (wanted, headers) in _IN_JPEG.items():
        for header in headers:
            if marker == wanted and segment[4:].startswith(header or b"\x1c"):
                return role, header
    return "", b""


def _jpeg_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 2
    for marker, segment in segments(data):
        if marker == 0xE2 and segment[4:8] == b"MPF\0":
            yield "multi-picture index", _led_to(data, at + 8, segment[8:])
        elif not _role(marker, segment)[0]:
            yield f"segment {marker:02X}", segment
        at += len(segment)


def _led_to(data: bytes, start: int, index: bytes) -> bytes:
    """The multi-picture index with the pictures to which its offsets lead, in place of the offsets."""
    return b"".join([*(data[at : at + size] for at, size in further_pictures(data, start)), _without_offsets(index)])


def further_pictures(data: bytes, start: int) -> list[tuple[int, int]]:
    """Where the pictures of a multi-picture index that stands at `start` begin in the file, and their lengths."""
    index = data[start : start + 0xFFFF]
    order = _ORDERS[index[:2]]
    found = [(_number(index, at + 8, 4, order), _number(index, at + 4, 4, order)) for at in _mp_entries(index)]
    return [(start + offset, size) for offset, size in found if offset]


def _mp_entries(index: bytes) -> list[int]:
    held = {tag: (at, size) for _path, tag, _kind, at, size in _entries(index)}
    at, size = held.get(0xB002, (0, 0))
    return list(range(at, at + size, 16))


def _without_offsets(index: bytes) -> bytes:
    data = bytearray(index)
    for at in _mp_entries(index):
        data[at + 8 : at + 12] = bytes(4)
    return bytes(data)


def _jpeg_blocks(data: bytes) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {role: [] for role in _IN_JPEG}
    for marker, segment in segments(data):
        role, header = _role(marker, segment)
        body = segment[4 + len(header) :]
        if role == "exif" and found["exif"] and body[:4] not in _MARKS:
            found["exif"][-1] += body
        elif role:
            found[role].append(body)
    parts = sorted((each[:32], int.from_bytes(each[36:40], "big"), each[40:]) for each in found["extension"])
    return found | {
        "extension": [b"".join(body for _guid, _at, body in parts)] if parts else [],
        "resources": [b"".join(found["resources"])],
        "iim": [b"".join(found["iim"])],
    }


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and octets of each PNG chunk, whole, and what stands behind the last one."""
    at = 8
    while at + 12 <= len(data):
        end, kind = at + 12 + int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        yield kind, data[at:end]
        at = end
        if kind == b"IEND":
            break
    yield b"", data[at:]


def _is_block(kind: bytes, chunk: bytes) -> bool:
    raw = kind in (b"tEXt", b"zTXt", b"iTXt") and chunk[8:].startswith(b"Raw profile type ")
    return kind == b"eXIf" or chunk[4:].startswith(b"iTXtXML:com.adobe.xmp\0") or raw


def _png_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    for kind, chunk in chunks(data):
        if not _is_block(kind, chunk):
            yield f"chunk {kind.decode('latin-1')}", chunk


def _png_blocks(data: bytes) -> dict[str, list[bytes]]:
    every = list(chunks(data))
    exif = [each[8:-4].removeprefix(b"Exif\0\0") for kind, each in every if kind == b"eXIf"]
    packets = [each[8:-4].partition(b"\0")[2] for kind, each in every if kind == b"iTXt" and _is_block(kind, each)]
    texts = [each[2:].split(b"\0", 2)[2] for each in packets]
    xmp = [zlib.decompress(text) if each[:1] == b"\1" else text for each, text in zip(packets, texts, strict=True)]
    profiles = [each for kind, each in every if kind != b"eXIf" and _is_block(kind, each)]
    held = [_profile(each) for each in profiles if b"XML:com.adobe.xmp" not in each[:30]]
    resources = [each.removeprefix(b"Photoshop 3.0\0") for each in held if each.startswith((b"Photo", b"8BIM"))]
    return {
        "exif": exif + [each.removeprefix(b"Exif\0\0") for each in held if each.startswith(b"Exif")],
        "xmp": xmp + [each for each in held if each.startswith(b"<")],
        "resources": resources,
        "iim": [each for each in held if each.startswith(b"\x1c")],
    }


def _profile(chunk: bytes) -> bytes:
    """ImageMagick's hexadecimal text."""
    body = chunk[8:-4].partition(b"\0")[2]
    text = zlib.decompress(body[1:]) if chunk[4:8] == b"zTXt" else body
    return bytes.fromhex("".join(text.decode("latin-1").split("\n", 3)[3].split()))


def riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and octets of each RIFF chunk, padding left out, and what stands behind the file."""
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at : at + 8 + size]
        at += 8 + size + size % 2
    yield b"", data[max(end, 12) :]


def _webp_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """VP8X is compared by ExifTool and Pillow: a simple file gets one."""
    for kind, chunk in riff_chunks(data):
        if kind not in (b"EXIF", b"XMP ", b"VP8X"):
            yield f"chunk {kind.decode('latin-1')}", chunk


def _webp_blocks(data: bytes) -> dict[str, list[bytes]]:
    found = [(kind, chunk[8:]) for kind, chunk in riff_chunks(data)]
    return {"exif": [body.removeprefix(b"Exif\0\0") for kind, body in found if kind == b"EXIF"],
            "xmp": [body for kind, body in found if kind == b"XMP "], "resources": [], "iim": []}  # fmt: skip


def _tiff_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Strips, tiles, JPEG streams and free octets of every directory."""
    found: dict[str, dict[int, list[int]]] = {}
    order = _ORDERS[data[:2]]
    for path, tag, kind, at, size in _entries(data):
        if tag in {number for pair in _DATA for number in pair}:
            width = _SIZES[kind]
            numbers = [_number(data, place, width, order) for place in range(at, at + size, width)]
            found.setdefault(path, {}).setdefault(tag, numbers)
    for path, held in found.items():
        for offsets, sizes in _DATA:
            for at, size in zip(held.get(offsets, []), held.get(sizes, []), strict=False):
                yield f"picture data of {path}", data[at : at + size]


def _tiff_blocks(data: bytes) -> dict[str, list[bytes]]:
    held: dict[int, bytes] = {}
    kinds: dict[int, int] = {}
    for path, tag, kind, at, size in _entries(data):
        if path == "IFD0":
            held.setdefault(tag, data[at : at + size])
            kinds.setdefault(tag, kind)
    iim = held.get(33723, b"")
    if kinds.get(33723) == 4 and iim[:1] != b"\x1c":
        iim = b"".join(iim[at : at + 4][::-1] for at in range(0, len(iim), 4))
    return {"exif": [data], "xmp": [each for each in [held.get(700)] if each],
            "resources": [held.get(34377, b"")], "iim": [iim]}  # fmt: skip


_KINDS = {
    b"\xff\xd8": (_jpeg_parts, _jpeg_blocks), b"\x89P": (_png_parts, _png_blocks), b"RI": (_webp_parts, _webp_blocks),
    b"II": (_tiff_parts, _tiff_blocks), b"MM": (_tiff_parts, _tiff_blocks),
}  # fmt: skip


# TIFF streams

_ORDERS = {b"II": "little", b"MM": "big"}
_MARKS = {b"II*\0": False, b"MM\0*": False, b"II+\0": True, b"MM\0+": True}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_DATA = ((273, 279), (324, 325), (513, 514), (288, 289))
_POINTERS = {0x8769: "Exif", 0x8825: "GPS", 0xA005: "Interop", 0x014A: "Sub"}
_OUR_TAGS = {270, 315, 33432, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0x9003, 0x9011, 0x9291, 0x9286, 700, 33723, 34377}


def _number(data: bytes, at: int, size: int, order: str) -> int:
    return int.from_bytes(data[at : at + size], order)  # type: ignore[arg-type]


def _entries(data: bytes) -> Iterator[tuple[str, int, int, int, int]]:
    """Directory, tag, type, where the value stands and how many octets it has; values that lie outside too."""
    if data[:4] not in _MARKS:
        return
    order, wide, head = _ORDERS[data[:2]], *((8, 8) if _MARKS[data[:4]] else (4, 2))
    wanted, seen = [("IFD0", _number(data, wide, wide, order))], {0}
    while wanted:
        path, at = wanted.pop()
        size = 4 + 2 * wide
        count = _number(data, at, head, order)
        following = at + head + count * size
        if at in seen or following > len(data):
            continue
        seen.add(at)
        found: list[tuple[str, int, int, int, int]] = []
        for start in range(at + head, following, size):
            tag, kind = _number(data, start, 2, order), _number(data, start + 2, 2, order)
            octets = _number(data, start + 4, wide, order) * _SIZES.get(kind, 1)
            place = start + 4 + wide
            found.append((path, tag, kind, _number(data, place, wide, order) if octets > wide else place, octets))
        yield from found
        for _path, tag, kind, place, octets in found:
            width = min(_SIZES.get(kind, 4), octets) or 1
            if tag in _POINTERS and 0 < octets <= 4096:
                ends = range(place, place + octets, width) if tag == 0x014A else (place,)
                width = width if tag == 0x014A else 4
                inner = f"{path}/{_POINTERS[tag]}"
                wanted += [(f"{inner}{n or ''}", _number(data, each, width, order)) for n, each in enumerate(ends)]
        if re.fullmatch(r"IFD\d+", path) and (path == "IFD0" or any(each[1] in (273, 324) for each in found)):
            wanted.append((f"IFD{int(path[3:]) + 1}", _number(data, following, wide, order)))


def _changed_exif(before: list[bytes], after: list[bytes]) -> set[str]:
    """Block by block; a new one comes first, or is the only one."""
    if not before:
        return {"EXIF" for each in after if _others(each)}
    if len(before) != len(after):
        return {"EXIF"}
    every = list(zip(before, after, strict=True))
    return {name for old, new in every for name in [*_changed_entries(old, new), *moved(old, new)]}


def exif_values(data: bytes) -> Iterator[bytes]:
    """What positions, maker notes and thumbnails of each EXIF block are made of."""
    for stream in _blocks(data)["exif"]:
        for path, tag, _kind, at, size in _entries(stream):
            if path.endswith("/GPS") or tag == 0x927C:
                yield stream[at : at + size]
        yield from (octets for _name, octets in parts(stream) if stream[:4] in _MARKS)


def _others(stream: bytes) -> Counter[tuple[str, int, int, bytes]]:
    """Every entry but ours and the pointers."""
    offsets = {number for number, _size in _DATA}
    return Counter(
        (path, tag, kind, stream[at : at + size] if at > 8 else b"")
        for path, tag, kind, at, size in _entries(stream)
        if tag not in _OUR_TAGS and tag not in _POINTERS and tag not in offsets
    )


def _changed_entries(old: bytes, new: bytes) -> set[str]:
    one, other = _others(old), _others(new)
    return {path for path, _tag, _kind, _data in ((one - other) + (other - one))}


def moved(old: bytes, new: bytes) -> set[str]:
    """Whether an octet of the old stream, on which an offset may count, stands no longer in its place.

    Left out are the header, the old places of our texts, an earlier tail of ours and zeros at the end.
    """
    wide = 8 if _MARKS.get(old[:4]) else 4
    kept = bytearray(old.rstrip(b"\0"))
    now = bytearray(new[: len(kept)])
    for each in (kept, now):
        each[wide : 2 * wide] = bytes(wide)
    for _path, tag, _kind, at, size in _entries(old):
        if tag in _OUR_TAGS:
            for each in (kept, now):
                each[at : at + size] = bytes(len(each[at : at + size]))
    return set() if kept.rstrip(b"\0") == now.rstrip(b"\0") else {"EXIF octets"}


# Resources, IIM, XMP


def _changed_text_blocks(before: dict[str, list[bytes]], after: dict[str, list[bytes]]) -> set[str]:
    found: set[str] = set()
    old, new = (list(resources(b"".join(each["resources"]))) for each in (before, after))
    if [each for each in old if each[0] not in _CHANGING] != [each for each in new if each[0] not in _CHANGING]:
        found.add("resources")
    old_iim, new_iim = (_iims(each) for each in (before, after))
    if old_iim != new_iim:
        found.add("IIM")
    return found | ({"XMP"} if _properties(before) != _properties(after) else set())


_CHANGING = {"8BIM 0404", "8BIM 0424", "8BIM 0425"}


def resources(data: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    """Signature with number, name and data of each resource; then what is none."""
    at = 0
    while data[at : at + 4] in (b"8BIM", b"AgHg", b"DCSR", b"PHUT", b"MeSa"):
        name_end = at + 6 + (data[at + 6] + 2) // 2 * 2
        end = name_end + 4 + int.from_bytes(data[name_end : name_end + 4], "big")
        name = f"{data[at : at + 4].decode()} {int.from_bytes(data[at + 4 : at + 6], 'big'):04X}"
        yield name, data[at + 6 : name_end], data[name_end + 4 : end]
        at = end + (end - at - (name_end - at)) % 2
    yield "", b"", data[at:]


def _iims(blocks: dict[str, list[bytes]]) -> list[tuple[int, int, bytes]]:
    """Others' datasets with their texts in UTF-8, in order, wherever the IIM stands."""
    inside = [data for name, _name, data in resources(b"".join(blocks["resources"])) if name == "8BIM 0404"]
    return [each for block in [*inside, *blocks["iim"]] for each in _others_of_iim(block)]


_OUR_DATASETS = {0, 5, 25, 40, 55, 60, 80, 85, 90, 92, 95, 100, 101, 103, 105, 110, 115, 116, 120, 122}
_BINARY = {125, 200, 201, 202}


def _others_of_iim(block: bytes) -> list[tuple[int, int, bytes]]:
    found = list(datasets(block))
    declared = any(each == (1, 90, b"\x1b%G") for each in found)
    texts = b"\n".join(data for record, number, data in found if record == 2 and number not in {*_BINARY, 0})
    coding = "utf-8" if declared or _is_utf8(texts) else "cp1252"
    return [(record, number, _as_utf8(data, coding) if record == 2 and number not in _BINARY else data)
            for record, number, data in found
            if (record, number) != (1, 90) and (record != 2 or number not in _OUR_DATASETS)]  # fmt: skip


def datasets(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while block[at : at + 1] == b"\x1c" and at + 5 <= len(block):
        record, number = block[at + 1], block[at + 2]
        length, at = int.from_bytes(block[at + 3 : at + 5], "big"), at + 5
        if length >= 0x8000:
            width = length & 0x7FFF
            length, at = int.from_bytes(block[at : at + width], "big"), at + width
        yield record, number, block[at : at + length]
        at += length


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(data: bytes, coding: str) -> bytes:
    for each in (coding, "cp1252", "latin-1"):
        try:
            return data.decode(each).encode()
        except UnicodeDecodeError:
            continue
    raise AssertionError


_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OUR_PROPERTIES = {
    "{http://purl.org/dc/elements/1.1/}": OURS["XMP-dc"],
    "{http://ns.adobe.com/photoshop/1.0/}": OURS["XMP-photoshop"],
    "{http://ns.adobe.com/tiff/1.0/}": OURS["XMP-tiff"],
    "{http://ns.adobe.com/exif/1.0/}": OURS["XMP-exif"],
    "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}": OURS["XMP-iptcCore"],
    "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}": OURS["XMP-iptcExt"],
    "{http://ns.adobe.com/xap/1.0/rights/}": OURS["XMP-xmpRights"],
    "{http://ns.useplus.org/ldf/xmp/1.0/}": OURS["XMP-plus"],
    "{http://ns.adobe.com/xmp/note/}": OURS["XMP-xmpNote"],
}
_LOWER = {uri: {name[:1].lower() + name[1:] for name in names} | names for uri, names in _OUR_PROPERTIES.items()}
"""ExifTool writes every name with a capital."""


def _properties(blocks: dict[str, list[bytes]]) -> Counter[str]:
    return sum((properties(each) for each in [*blocks["xmp"], *blocks.get("extension", [])]), Counter())


def properties(packet: bytes) -> Counter[str]:
    """Others' properties, and the other languages of ours, each as one text; of what is no XML, the octets."""
    try:
        root = ET.fromstring(_without_padding(packet))
    except ET.ParseError:
        return Counter([repr(packet)])
    found: Counter[str] = Counter()
    for description in (each for rdf in root.iter(f"{_RDF}RDF") for each in rdf):
        for name, value in description.attrib.items():
            if not _is_our_property(name) and name != f"{_RDF}about":
                found[f"{name}={value}"] += 1
        for child in description:
            if not _is_our_property(child.tag):
                found[_flat(child)] += 1
    return found


def _is_our_property(name: str) -> bool:
    uri, brace, local = name.rpartition("}")
    return local in _LOWER.get(uri + brace, ())


def _without_padding(packet: bytes) -> bytes:
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
    packet = packet.decode(marks.get(packet[:2], "utf-8"), "replace").encode("utf-8")
    return re.sub(rb"^(\xef\xbb\xbf)?\s*(<\?xpacket[^>]*\?>\s*)?", b"", packet.strip(b"\0 \r\n\t"))


def _flat(element: ET.Element) -> str:
    attributes = sorted(element.attrib.items())
    return f"<{element.tag} {attributes}>{element.text or ''}{''.join(_flat(e) + (e.tail or '') for e in element)}</>"


def main() -> int:
    """Tells of each photo what changed, and how many came through."""
    found = sorted(path for path in Path(sys.argv[1]).rglob("*") if path.suffix.lower() in WRITABLE)
    with tempfile.TemporaryDirectory() as name:
        trials: list[Trial] = []
        for number, path in enumerate(found):
            trial = tried(path, Path(name) / str(number), f"{number}{path.suffix}")
            if isinstance(trial, Trial):
                trials.append(trial)
                notes = [*trial.notes, *(f"{key} is not as written" for key in trial.wrong)]
            else:
                notes = [trial.sentence]
            sys.stdout.writelines(f"{path}: {note}\n" for note in notes)
        written, undone = changed(trials)
    for what, where in (("written", written), ("undone", undone)):
        sys.stdout.writelines(f"{path}: {what}: {group}\n" for path, group in sorted(where))
    sys.stdout.write(f"{len(found)} photos, {len(trials)} written, {len({path for path, _group in written})} changed\n")
    return bool(written)


if __name__ == "__main__":
    sys.exit(main())
