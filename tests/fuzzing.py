"""Damaged files, by the thousand: none crashes, hangs, swells or loses its picture.

`python -m tests.fuzzing --files 20000` takes that many of each format; what fails is kept, with how to repeat it.
"""

import argparse
import base64
import contextlib
import ctypes
import itertools
import json
import os
import random
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time
import warnings
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import piexif
from PIL import Image, ImageCms

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import photos
from captioner.storage.file_bytes import Octets
from captioner.storage.formats import jpeg
from tests import seeds

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "corpus"
_ROOT = Path(__file__).parent.parent
ROOM = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None
KINDS = (*seeds.WRITABLE, *seeds.READ_ONLY, "avif", "cr3", "nef", "xmp")
"""`xmp` is a sidecar beside a GIF."""
GROUPS = {"jpeg": ("jpg",), "tiff": ("tif", "be.tif", "big.tif", "pages.tif", "tiles.tif")}
NEW, GONE = seeds.values("New “Владимир” 김"), {key: parsed[:0] for key, parsed in seeds.values("").items()}
POLICIES = (Policy(), Policy(), Policy(iim_lengths="strict", write_blocks="present"), Policy(exif_artist="creator"))
SECONDS, MEGABYTES, PROCESSES = 1.0, 200, 2
_HANG = 20
"""Seconds of work after which a process is killed."""
_JOB = 500
_LARGEST_SEED = 200_000
_EXTREMES = [number.to_bytes(size, order) for size in (2, 4, 8) for order in ("big", "little")
             for number in (0, 1, 2, 0x7F, (1 << 8 * size) - 1, (1 << 8 * size - 1) - 1)]  # fmt: skip


@dataclass(frozen=True)
class Failure:
    what: str
    kind: str
    seed: int
    data: bytes


# How the formats are built, as simply as can be, and without the program's code


@dataclass(frozen=True)
class Piece:
    """A segment, chunk, box or directory entry; at `fields` stand lengths and offsets."""

    start: int
    end: int
    fields: tuple[int, ...]
    widths: tuple[int, ...] = (4,)


TIFF_MARKS = {b"II*\0": "<", b"MM\0*": ">", b"II+\0": "<", b"MM\0+": ">"}
_TEXT_TAGS = {
    270, 315, 33432, 700, 33723, 34377, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0x9003, 0x9011, 0x9291, 0x9286,
}  # fmt: skip
_POINTERS = {0x8769, 0x8825, 0xA005, 0x014A}
_MOST_PIECES = 2000


def pieces(data: bytes) -> list[Piece]:
    walks = {b"\xff\xd8": _segments, b"\x89P": _png_chunks, b"RI": _riff_chunks, b"II": _entries, b"MM": _entries}
    walk = walks.get(bytes(data[:2]), _boxes if data[4:8] in (b"ftyp", b"JXL ") else lambda _data: iter(()))
    return list(itertools.islice(walk(data), _MOST_PIECES))


def _segments(data: bytes) -> Iterator[Piece]:
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in (b"\xda", b""):
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield Piece(at, end, (at + 2,), (2,))
        if data[at + 4 : at + 8] == b"Exif":
            for each in _entries(data[at + 10 : end]):
                yield Piece(at + 10 + each.start, at + 10 + each.end, tuple(at + 10 + f for f in each.fields), (4, 2))
        at = end


def _png_chunks(data: bytes) -> Iterator[Piece]:
    at = 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        yield Piece(at, end, (at,))
        at = end if data[at + 4 : at + 8] != b"IEND" else len(data)


def _riff_chunks(data: bytes) -> Iterator[Piece]:
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield Piece(at, at + 8 + size + size % 2, (at + 4, 4))
        at += 8 + size + size % 2


def _boxes(data: bytes, at: int = 0, end: int = 0) -> Iterator[Piece]:
    end = end or len(data)
    while at + 8 <= end:
        size = int.from_bytes(data[at : at + 4], "big") or end - at
        if size < 8:
            return
        yield Piece(at, at + size, (at, *range(at + 4, min(at + size, at + 60, len(data) - 8), 4)), (4, 2, 8))
        inner = {b"meta": 12, b"moov": 8, b"iprp": 8, b"ipco": 8, b"iinf": 14, b"uuid": 24}.get(
            bytes(data[at + 4 : at + 8])
        )
        if inner:
            yield from _boxes(data, at + inner, min(at + size, end))
        at += size


def _entries(data: bytes) -> Iterator[Piece]:
    order, is_big = TIFF_MARKS.get(bytes(data[:4]), ""), data[2:4] in (b"+\0", b"\0+")
    wide, head, size = (8, 8, 20) if is_big else (4, 2, 12)
    wanted, seen = [_number(data, wide, wide, order)] if order else [], {0}
    while wanted and len(seen) < 50:
        if (at := wanted.pop()) in seen or at >= len(data):
            continue
        seen.add(at)
        count = min(_number(data, at, head, order), 1000)
        for start in range(at + head, min(at + head + count * size, len(data) - size), size):
            yield Piece(start, start + size, (start + 2, start + 4, start + 4 + wide), (wide, 2))
            if _number(data, start, 2, order) in _POINTERS:
                wanted.append(_number(data, start + 4 + wide, wide, order))
        wanted.append(_number(data, at + head + count * size, wide, order))


def _number(data: bytes, at: int, size: int, order: str) -> int:
    return int.from_bytes(data[at : at + size], "little" if order == "<" else "big")


def mend(data: bytearray, piece: Piece) -> None:
    """The checksum of a PNG's chunk, so that the damage is looked at."""
    if data[:4] == b"\x89PNG" and piece.end <= len(data):
        data[piece.end - 4 : piece.end] = struct.pack(">I", zlib.crc32(data[piece.start + 4 : piece.end - 4]))


def picture_chunks(data: bytes) -> list[bytes]:
    """Of PNG and WebP."""
    if data[:2] == b"RI":
        kinds = (b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF")
        whole = [data[each.start : each.end] for each in pieces(data[: 8 + int.from_bytes(data[4:8], "little")])]
        return [each[: 8 + int.from_bytes(each[4:8], "little")] for each in whole if each[:4] in kinds]
    kinds = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"fdAT", b"fcTL", b"acTL")
    return [data[each.start : each.end] for each in pieces(data) if data[each.start + 4 : each.start + 8] in kinds]


def changed_elsewhere(old: bytes, new: bytes) -> list[int]:
    """Octets of a TIFF file that differ and are neither the header, nor an old text, nor an older tail of ours."""
    order, sizes = TIFF_MARKS[old[:4]], {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
    wide = 8 if old[2:4] in (b"+\0", b"\0+") else 4
    mark = old.find(b"Captionr")
    end = len(old) if mark < 0 else mark - 1
    touched = [at for at in range(2 * wide, min(end, len(new))) if old[at] != new[at]]
    if not touched and len(new) < end:
        return [len(new)]
    for each in pieces(old) if touched else []:
        tag, kind = _number(old, each.start, 2, order), _number(old, each.start + 2, 2, order)
        size = _number(old, each.start + 4, wide, order) * sizes.get(kind, 1)
        at = _number(old, each.start + 4 + wide, wide, order) if size > wide else each.start + 4 + wide
        if tag in _TEXT_TAGS:
            touched = [place for place in touched if not at <= place < at + size]
    return touched


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:n="http://ns.example/n/" n:own="kept" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Old/AP"><dc:description><rdf:Alt>'
    '<rdf:li xml:lang="x-default">Old</rdf:li><rdf:li xml:lang="id">Lama</rdf:li></rdf:Alt></dc:description>'
    "<dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li></rdf:Seq></dc:creator><n:more><rdf:Bag><rdf:li>1</rdf:li></rdf:Bag>"
    "</n:more></rdf:Description></rdf:RDF></x:xmpmeta>" + 20 * (99 * " " + "\n") + '<?xpacket end="w"?>'
).encode()


# What is damaged


def material(folder: Path, kind: str) -> list[bytes]:
    """Seeds of one format: drawn, captioned, with all that other programs put in, and small real files."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).srand(1)  # Pillow's noise: the same files each time
    if kind == "xmp":
        own = _sidecars(folder)
    elif kind in _CONTAINERS:
        own = [_CONTAINERS[kind](folder)]
    else:
        drawn = seeds.drawn(folder, kind)
        own = [drawn.read_bytes(), *_captioned(drawn, kind)]
    own += _rich(folder)[kind] if kind in ("jpg", "png", "webp") else []
    real = SHARED.rglob("*") if SHARED.exists() else []
    wanted = [path for path in real if _is_like(path.suffix.lower(), kind) and path.stat().st_size < _LARGEST_SEED]
    return own + [path.read_bytes() for path in sorted(wanted)]


def _is_like(suffix: str, kind: str) -> bool:
    alike = {"jpg": (".jpg", ".jpeg"), "heic": (".heic", ".heif"), "tif": (".tif", ".tiff"), "nef": (".nef", ".cr2")}
    return suffix in alike.get(kind, (f".{kind}",))


def _captioned(drawn: Path, kind: str) -> list[bytes]:
    if kind not in seeds.WRITABLE:
        return []
    photos.save_values(photos.read_photo(drawn, Policy()), seeds.values("Old “Владимир” 김"), Policy())
    return [drawn.read_bytes()]


def _rich(folder: Path) -> dict[str, list[bytes]]:
    """ICC, a multi-picture index, extended XMP, a legacy code page, remarks, raw profiles."""
    shot = seeds.drawn(folder, "jpg").read_bytes()
    photo = folder / "rich.jpg"
    index = struct.pack(">H", 1) + struct.pack(">HHII", 0xB002, 7, 32, 26) + bytes(4)
    pictures = struct.pack(">IIIHH", 0x20030000, len(shot), 0, 0, 0) + struct.pack(">IIIHH", 0, 99, len(shot), 0, 0)
    iim = b"\x1c\2\x78\0\5K\xf6ln!\x1c\2\x50\0\3Ann"
    resources = [
        b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", number, 0, len(body)) + body + b"\0" * (len(body) % 2)
        for number, body in ((0x0404, iim), (0x0425, bytes(16)), (0x040C, b"thumb"))
    ]
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    segments = [
        (0xE2, b"MPF\0MM\0*\0\0\0\x08" + index + pictures),
        (0xE2, b"ICC_PROFILE\0\1\1" + icc),
        (0xFE, b"Hello"),
    ]
    segments += [(0xED, each) for each in resources]
    head = b"".join(struct.pack(">BBH", 0xFF, marker, 2 + len(body)) + body for marker, body in segments)
    photo.write_bytes(shot[:2] + head + shot[2:] + shot)
    long = seeds.values("Old") | {"extended_description": "x" * 70_000}
    photos.save_values(photos.read_photo(photo, Policy()), long, Policy())
    image = Image.open(folder / "seed.jpg")
    exif, name = piexif.dump({"0th": {piexif.ImageIFD.Artist: b"Ann Lee"}}), folder / "rich"
    image.save(f"{name}.webp", exif=exif, icc_profile=icc, xmp=_PACKET, lossless=True)
    image.save(f"{name}.png", exif=exif, icc_profile=icc)
    chunks = [(b"tEXt", b"Author\0Ann"), (b"zTXt", b"Comment\0\0" + zlib.compress(b"Hello")),
              (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _PACKET)]  # fmt: skip
    profiles = ((b"exif", exif), (b"iptc", resources[0]), (b"xmp", _PACKET))
    chunks += [(b"zTXt", b"Raw profile type %s\0\0" % each + zlib.compress(b"\n%s\n%8d\n%s\n" % (
        each, len(body), body.hex().encode()))) for each, body in profiles]  # fmt: skip
    png = Path(f"{name}.png").read_bytes()
    packed = b"".join(_png_chunk(*each) for each in chunks)
    return {
        "jpg": [photo.read_bytes()],
        "webp": [Path(f"{name}.webp").read_bytes()],
        "png": [png[:33] + packed + png[33:]],
    }


def _avif(folder: Path) -> bytes:
    Image.new("RGB", (16, 16)).save(folder / "seed.avif", xmp=_PACKET, exif=piexif.dump({"0th": {315: b"Ann"}}))
    return (folder / "seed.avif").read_bytes()


def _cr3(_folder: Path) -> bytes:
    tiff, uuid = piexif.dump({"0th": {315: b"Ann"}})[6:], bytes.fromhex
    moov = _box(b"uuid", uuid("85c0b687820f11e08111f4ce462b6a48") + _box(b"CMT1", tiff))
    packet = _box(b"uuid", uuid("be7acfcb97a942e89c71999491e3afac") + _PACKET)
    return _box(b"ftyp", b"crx \0\0\0\1crx isom") + _box(b"moov", moov) + packet + _box(b"mdat", b"raw" * 99)


def _nef(folder: Path) -> bytes:
    Image.new("L", (16, 16)).save(folder / "seed.nef", "TIFF", tiffinfo={270: "Old", 315: "Ann", 262: 32803})
    return (folder / "seed.nef").read_bytes()


_CONTAINERS: dict[str, Callable[[Path], bytes]] = {"avif": _avif, "cr3": _cr3, "nef": _nef}


def _sidecars(folder: Path) -> list[bytes]:
    photo = seeds.drawn(folder, "gif")
    saved = photos.save_values(photos.read_photo(photo, Policy()), seeds.values("Old"), Policy())
    assert saved.sidecar
    packet = saved.sidecar.read_bytes()
    saved.sidecar.unlink()
    return [packet, _PACKET, _PACKET.decode().encode("utf-16"), base64.b64encode(packet)]


# How


def mutated(chance: random.Random, every: list[bytes]) -> bytes:
    """One to eight kinds of damage, near the start, where structure is, or on whole pieces of the format."""
    data = bytearray(chance.choice(every))
    for _number in range(chance.choice((1, 1, 2, 4, 8))):
        if len(data) < 16:
            break
        found = pieces(bytes(data)) if chance.random() < 0.5 else []
        if found:
            _damage_piece(chance, data, found, every)
        else:
            _damage(chance, data, every)
    return bytes(data)


def _damage_piece(chance: random.Random, data: bytearray, found: list[Piece], every: list[bytes]) -> None:
    each, other = chance.choice(found), chance.choice(found)
    match chance.randrange(7):
        case 0:
            del data[each.start : each.end]
        case 1:
            data[other.start : other.start] = data[each.start : each.end] * chance.choice((1, 1, 3))
        case 2:
            data[each.start : each.end], data[other.start : other.end] = (
                data[other.start : other.end], data[each.start : each.end])  # fmt: skip
        case 3 | 4:
            size = chance.choice(each.widths)
            values = (*(e for e in _EXTREMES if len(e) == size), chance.randbytes(size), (1).to_bytes(size, "big"))
            at = chance.choice(each.fields)
            data[at : at + size] = chance.choice(values)
        case 5:
            strangers = pieces(chance.choice(every))
            source = chance.choice(every)
            stranger = chance.choice(strangers) if strangers else each
            data[each.start : each.start] = source[stranger.start : stranger.end][:2000]
        case _:
            if each.end - each.start > 12:
                at = chance.randrange(each.start, min(each.end, len(data)))
                data[at] = chance.choice((0, 0xFF, 0x1C, 0x3C, chance.randrange(256)))
                mend(data, each)


def _damage(chance: random.Random, data: bytearray, every: list[bytes]) -> None:
    at = chance.randrange(min(len(data), chance.choice((64, 600, 4000, len(data)))))
    match chance.randrange(9):
        case 0:
            data[at] = chance.choice((0, 0xFF, chance.randrange(256), data[at] ^ 1 << chance.randrange(8)))
        case 1 | 2:
            extreme = chance.choice(_EXTREMES)
            data[at : at + len(extreme)] = extreme
        case 3:
            del data[at : at + chance.choice((1, 4, 12, 100, 1000))]
        case 4:
            data[at:at] = data[at : at + chance.choice((4, 12, 100))]
        case 5:
            del data[chance.randrange(len(data)) :]
        case 6:
            start, size = chance.randrange(len(data)), chance.choice((4, 12, 64))
            data[start : start + size] = data[at : at + size]
        case 7:
            other = chance.choice(every)
            data[at:] = other[min(at, chance.randrange(len(other))) :]
        case _:
            other = chance.choice(every)
            start = chance.randrange(len(other))
            data[at:at] = other[start : start + 200]


# What is looked at


def trouble(folder: Path, kind: str, data: bytes, number: int = 0) -> str:
    """What is wrong with how the file is handled, or ""."""
    policy = POLICIES[number % len(POLICIES)]
    for each in folder.iterdir():
        each.unlink()
    photo = folder / ("f.gif" if kind == "xmp" else f"f.{kind}")
    photo.write_bytes(_GIF if kind == "xmp" else data)
    if kind == "xmp":
        photo.with_suffix(".xmp").write_bytes(data)
    old, pixels = _held(folder), _pixels(photo)
    what = _wrong_with_save(photo, NEW, policy, data, pixels)
    if not what and number % 3 == 0 and _held(folder) != old:
        what = _wrong_with_save(photo, GONE, policy, photo.read_bytes(), pixels)
        what = what and f"emptied: {what}"
    return what


def _wrong_with_save(photo: Path, values: dict, policy: Policy, data: bytes, pixels: list | None) -> str:
    before, start = _held(photo.parent), time.process_time()
    try:
        saved = photos.save_values(photos.read_photo(photo, policy), values, policy)
    except CaptionerError as error:
        if _held(photo.parent) != before:
            return "a refusal changed the folder"
        if photo.name not in error.sentence and photo.with_suffix(".xmp").name not in error.sentence:
            return f"a refusal names no file: {error.sentence}"
        saved = None
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if (took := time.process_time() - start) > SECONDS:
        return f"took {took:.1f} s"
    return _wrong_after(photo, saved, values, policy, before, pixels) if saved else ""


def _wrong_after(
    photo: Path, saved: photos.Saved, values: dict, policy: Policy, before: dict[str, bytes], pixels: list | None
) -> str:  # fmt: skip
    """A saved photo: no stranger beside it, every value in it, the old picture."""
    after = _held(photo.parent)
    beside = {name for name in after if name.startswith("f.") and name.endswith(".xmp")}
    if strangers := set(after) - beside - {photo.name}:
        return f"left {strangers}"
    read, is_whole = photos.read_photo(photo, policy).saved, not saved.notes  # a note tells that EXIF stayed
    if lost := [key for key, value in values.items() if read[key] != value and (value or is_whole)]:
        return f"not written: {lost}"
    new, old = after[photo.name], before[photo.name]
    if beside:
        wrong = "a photo with a sidecar changed" if new != old else ""
        broken = [name for name in beside if _is_xml(before.get(name, _PACKET)) and not _is_xml(after[name])]
        return wrong or (f"{broken} are no XML" if broken else "")
    if wrong := _wrong_with_picture(old, new):
        return wrong
    is_same = pixels is None or (_pixels(photo) or [])[: len(pixels)] == pixels  # a mended value may show more pages
    return "" if is_same else "the picture changed"


def _wrong_with_picture(old: bytes, new: bytes) -> str:
    """Told by other code than the program's, but for where a JPEG's scan starts."""
    if old[:2] == b"\xff\xd8":
        return "" if new.endswith(bytes(jpeg.picture(Octets(old))[0])) else "the scan changed"
    if old[:4] in TIFF_MARKS:
        touched = changed_elsewhere(old, new)
        return f"other octets changed, first at {touched[0]}" if touched else ""
    return "" if picture_chunks(old) == picture_chunks(new) else "picture chunks changed"


def _is_xml(data: bytes) -> bool:
    try:
        ET.fromstring(data.rstrip(b"\0 \r\n\t"))
    except ET.ParseError:
        return False
    return True


def _held(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def _pixels(path: Path) -> list | None:
    """As Pillow decodes them, another program than ours, as far as it can without a warning; None for none at all."""
    found = []
    with contextlib.suppress(Exception), warnings.catch_warnings(action="error"), Image.open(path) as image:
        for number in range(4):  # of damaged files Pillow raises everything
            image.seek(number)
            is_odd = min(getattr(image, "tag_v2", {}).get(273, (16,))) < 16  # the header itself is the picture
            if is_odd or image.width * image.height > 1 << 20:  # a damaged size takes Pillow's memory, not ours
                break
            found.append((image.size, image.mode, zlib.crc32(image.tobytes())))
    return found or None


def failures(kind: str, count: int, seed: int, progress: Path | None = None) -> Iterator[Failure]:
    """Each number of a seed is one file, so that it can be made again."""
    with tempfile.TemporaryDirectory(dir=ROOM) as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        every = material(Path(name), kind)
        folder = Path(name) / "files"
        folder.mkdir()
        if progress:
            _bound()
        for number in range(seed, seed + count):
            data = mutated(random.Random(number), every)
            if progress:
                progress.write_bytes(number.to_bytes(8, "big") + data)
                signal.setitimer(signal.ITIMER_PROF, _HANG)  # which kills
            what = trouble(folder, kind, data, number)
            if "took" in what:
                what = trouble(folder, kind, data, number)  # a loaded machine is nobody's fault
            if what:
                yield Failure(what, kind, number, data)


_GIF = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


# Many of them


def _bound() -> None:
    """A process that may not grow much."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limit = used + (MEGABYTES << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _run(job: tuple[str, int, int]) -> tuple[list[Failure], int]:
    """In a process of its own, so that a hang or a crash is one failure; the rest of the job follows in another."""
    kind, count, seed = job
    with tempfile.TemporaryDirectory(dir=ROOM) as name:
        progress = Path(name) / "now"
        command = [sys.executable, "-m", "tests.fuzzing", "--job", f"{kind},{count},{seed},{progress}"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=_ROOT)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        told = (each for each in lines if "what" in each)
        found = [Failure(each["what"], kind, each["seed"], base64.b64decode(each["data"])) for each in told]
        if done.returncode == 0:
            return found, lines[-1]["megabytes"]
        if not progress.exists():
            raise RuntimeError(done.stderr)
        held = progress.read_bytes()
        number = int.from_bytes(held[:8], "big")
        found = [each for each in found if each.seed < number]
        crash = Failure(f"the process ended with {done.returncode}: {done.stderr[-200:]}", kind, number, held[8:])
    more, megabytes = _run((kind, seed + count - number - 1, number + 1)) if number + 1 < seed + count else ([], 0)
    return [*found, crash, *more], megabytes


def _job(text: str) -> int:
    kind, count, seed, progress = text.split(",")
    for each in failures(kind, int(count), int(seed), Path(progress)):
        line = {"what": each.what, "seed": each.seed, "data": base64.b64encode(each.data).decode()}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps({"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}) + "\n")
    return 0


def main() -> int:
    options = _options()
    if options.job:
        return _job(options.job)
    kinds = [kind for name in options.format or KINDS for kind in GROUPS.get(name, (name,))]
    jobs = [(kind, min(_JOB, options.files - at), options.seed + at)
            for kind in kinds for at in range(0, options.files, _JOB)]  # fmt: skip
    found: list[Failure] = []
    start, largest, count = time.monotonic(), 0, 0
    with ThreadPoolExecutor(PROCESSES) as pool:
        for job, (each, megabytes) in zip(jobs, pool.map(_run_until(start, options.minutes), jobs), strict=True):
            found += each
            largest, count = max(largest, megabytes), count + (job[1] if megabytes else 0)
            sys.stderr.write(f"\r{job[0]}: {count} files, {len(found)} failures ")
    options.kept.mkdir(parents=True, exist_ok=True)
    for each in itertools.islice(found, 100):
        kept = options.kept / f"fuzz-{each.seed}.{each.kind}"
        kept.write_bytes(each.data)
        again = f"python -m tests.fuzzing --format {each.kind} --seed {each.seed} --files 1"
        sys.stdout.write(f"{each.what}: {kept}; {again}\n")
    sys.stdout.write(f"{count} files of {len(kinds)} formats from seed {options.seed}, {len(found)} failures, "
                     f"{time.monotonic() - start:.0f} s, at most {largest} MB\n")  # fmt: skip
    return bool(found)


def _run_until(start: float, minutes: float) -> Callable[[tuple[str, int, int]], tuple[list[Failure], int]]:
    return lambda job: _run(job) if time.monotonic() - start < minutes * 60 else ([], 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000, help="of each format")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--format", action="append", choices=[*KINDS, *GROUPS], help="only this; several times too")
    parser.add_argument("--minutes", type=float, default=1000, help="at most")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()), help="where what fails goes")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
