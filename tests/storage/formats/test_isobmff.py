import io
import random
import struct
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from captioner.storage.blocks import BlockDamaged
from captioner.storage.formats import Blocks, isobmff
from tests.readers import exiftool

TIFF = b"II*\0\x08\0\0\0\0\0"
EXIF = b"\0\0\0\x06Exif\0\0" + TIFF
XMP = b"<x:xmpmeta/>"
C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
FTYP = b"\0\0\0\x10ftypmif1\0\0\0\0"
JXL = b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0\0\0\x14ftypjxl \0\0\0\0jxl "


def box(kind: bytes, *body: bytes) -> bytes:
    joined = b"".join(body)
    return struct.pack(">I4s", len(joined) + 8, kind) + joined


def full(kind: bytes, version: int, *body: bytes) -> bytes:
    return box(kind, bytes([version, 0, 0, 0]), *body)


def number(value: int, octets: int) -> bytes:
    return value.to_bytes(octets, "big")


def item_location(version: int, items: dict[int, list[tuple[int, int]]], method: int = 0, base: int = 0) -> bytes:
    wide = 4 if version == 2 else 2
    entries = [
        number(item, wide) + (number(method, 2) if version else b"") + bytes(2) + number(base, 4)
        + number(len(extents), 2) + b"".join(number(offset - base, 4) + number(length, 4) for offset, length in extents)
        for item, extents in items.items()
    ]  # fmt: skip
    return full(b"iloc", version, b"\x44\x40", number(len(items), wide), *entries)


def item_infos(version: int, items: dict[int, bytes]) -> bytes:
    infos = [full(b"infe", version, number(item, 2 * version - 2), bytes(2), kind) for item, kind in items.items()]
    return full(b"iinf", 0, number(len(items), 2), *infos)


INFOS = {1: b"hvc1\0", 2: b"Exif\0", 3: b"mime\0application/rdf+xml\0", 4: b"Exif\0"}
SIZE = box(
    b"iprp", box(b"ipco", box(b"hvcC"), full(b"ispe", 0, number(640, 4), number(480, 4))),
    full(b"ipma", 0, number(1, 4), b"\0\1\2\x81\2"),
)  # fmt: skip


def heif(version: int = 0, method: int = 0, base: int = 0, describing: int = 2, extra: bytes = b"") -> bytes:
    """The Exif item in two extents with the XMP between them; a further Exif item first."""

    def file(start: int) -> bytes:
        after = start + 7 + len(XMP)
        places = {4: [(start, 0)], 2: [(start, 7), (after, len(EXIF) - 7)], 3: [(start + 7, len(XMP))]}
        infos = item_infos(3 if version == 2 else 2, dict(sorted(INFOS.items(), reverse=True)))
        reference = full(b"iref", 0, box(b"cdsc", number(describing, 2), b"\0\1\0\1"))
        idat = box(b"idat", body) if method else b""
        meta = full(b"meta", 0, full(b"pitm", 0, b"\0\1"), infos, reference, SIZE,
                    item_location(version, places, method, base), idat)  # fmt: skip
        return FTYP + meta + extra + box(b"mdat", b"" if method else body)

    body = EXIF[:7] + XMP + EXIF[7:]
    return file(0 if method else file(base).index(body))


class Counted:
    """A file on disk that remembers how much of it was read."""

    def __init__(self, path: Path):
        self.path, self.read = path, 0

    def __len__(self) -> int:
        return self.path.stat().st_size

    def __getitem__(self, span: slice) -> bytes:
        with self.path.open("rb") as file:
            file.seek(span.start or 0)
            found = file.read(span.stop - (span.start or 0))
        self.read += len(found)
        return found


def pictures(corpus: Path) -> list[Path]:
    return sorted(path for path in corpus.rglob("*") if path.suffix.lower() in (".heic", ".heif", ".avif", ".cr3"))


def test_real_files_give_the_packet_that_exiftool_gives(corpus):
    for path in pictures(corpus):
        packet = subprocess.run(["exiftool", "-b", "-XMP", path], capture_output=True, check=True).stdout
        assert (isobmff.blocks(path.read_bytes()).xmp or b"") == packet, path


def test_real_files_give_the_exif_that_exiftool_gives(corpus):
    for path in pictures(corpus):
        held, told = isobmff.blocks(path.read_bytes()).exif or b"", exiftool(path)
        assert bool(held) == any(name.startswith("IFD0:") for name in told), path
        values = [str(told[name]).encode() for name in ("IFD0:Make", "IFD0:Model") if name in told]
        assert all(value in held[:] for value in values), path


def test_real_files_have_the_size_that_exiftool_tells(corpus):
    for path in pictures(corpus):
        told = exiftool(path)
        group = "IFD0" if path.suffix == ".cr3" else "File"
        assert isobmff.size(path.read_bytes()) == (told[f"{group}:ImageWidth"], told[f"{group}:ImageHeight"]), path


def test_of_a_large_file_only_headers_and_blocks_are_read(corpus):
    for path in pictures(corpus):
        data = Counted(path)
        isobmff.blocks(data)
        assert data.read < 40_000, path


def test_what_another_program_wrote_into_an_avif_is_found():
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x10F] = "Maker"
    Image.new("RGB", (40, 30)).save(file, "AVIF", exif=exif, xmp=XMP)
    found = isobmff.blocks(file.getvalue())
    assert (b"Maker" in (found.exif or b"")[:], found.xmp) == (True, XMP)
    assert isobmff.size(file.getvalue()) == (40, 30)


@pytest.mark.parametrize(("version", "method", "base"), [(0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 0, 0), (2, 0, 20)])
def test_items_are_found_wherever_they_lie(version, method, base):
    data = heif(version, method, base)
    assert isobmff.blocks(data) == Blocks(exif=TIFF, xmp=XMP)
    assert isobmff.size(data) == (640, 480)


def test_an_item_that_describes_another_picture_comes_second():
    assert isobmff.blocks(heif(describing=4)).exif is None


def test_a_manifest_is_told():
    assert isobmff.blocks(heif(extra=box(b"uuid", C2PA, b"manifest"))).is_signed
    assert isobmff.blocks(JXL + box(b"jumb", box(b"jumd", b"c2pa\0\x11", b"c2pa\0"))).is_signed


def test_boxes_with_long_sizes_and_without_size_are_followed():
    long = struct.pack(">I4sQ", 1, b"xml ", 16 + len(XMP)) + XMP
    assert isobmff.blocks(JXL + long + b"\0\0\0\0Exif" + EXIF) == Blocks(exif=TIFF, xmp=XMP)


@pytest.mark.parametrize("lead", [b"\0\0\0\0", b"\0\0\0\x06Exif\0\0", b"\0\0\0\0Exif\0\0"])
def test_the_tiff_header_is_found_behind_each_lead(lead):
    assert isobmff.blocks(JXL + box(b"Exif", lead + TIFF)).exif == TIFF


@pytest.mark.parametrize(
    ("header", "size"),
    [
        (1 | 7 << 1 | 1 << 6, (64, 64)),
        (1 << 1 | 1079 << 3 | 5 << 16, (1920, 1080)),
        (479 << 3 | 1 << 15 | 639 << 17, (640, 480)),
    ],
)
def test_the_size_of_a_codestream_is_told(header, size):
    naked = b"\xff\x0a" + header.to_bytes(14, "little")
    assert isobmff.size(naked) == size
    assert isobmff.size(JXL + box(b"jxlc", naked)) == size
    assert isobmff.size(JXL + box(b"jxlp", bytes(4), naked)) == size


def test_a_naked_codestream_has_no_blocks():
    assert isobmff.blocks(b"\xff\x0a" + bytes(20)) == Blocks()
    assert isobmff.size(b"\xff\x0a") == (0, 0)


def test_a_box_longer_than_the_file_is_refused_where_it_would_be_read():
    with pytest.raises(BlockDamaged):
        isobmff.blocks(JXL + struct.pack(">I4s", 2**31, b"xml ") + XMP)
    assert isobmff.blocks(heif() + struct.pack(">I4s", 2**31, b"free")).xmp == XMP


def test_an_extent_outside_the_file_is_no_block():
    whole = heif()
    assert isobmff.blocks(whole[:-1]).exif is None
    assert isobmff.blocks(whole[:-1]).xmp == XMP


def test_lying_counts_are_refused_without_delay():
    lying = full(b"iloc", 2, b"\0\0", b"\xff" * 4, bytes(40))
    meta = full(b"meta", 0, item_infos(2, INFOS), lying)
    with pytest.raises(BlockDamaged):
        isobmff.blocks(FTYP + meta)
    with pytest.raises(BlockDamaged):
        isobmff.blocks(FTYP + b"\0\0\0\x08free" * 10_001)


@pytest.mark.parametrize("cut", [True, False])
def test_broken_files_raise_nothing_else(cut):
    chance = random.Random(7)
    jxl = JXL + box(b"xml ", XMP) + box(b"Exif", EXIF) + box(b"jxlc", b"\xff\x0a" + bytes(20))
    track = box(b"trak", full(b"tkhd", 0, bytes(80)))
    canon = box(b"moov", box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48"), box(b"CMT1", TIFF)), track)
    for whole in (heif(0), heif(1, 1), heif(2), jxl, FTYP + canon):
        for _ in range(2_000):
            data = bytearray(whole[: chance.randrange(len(whole))] if cut else whole)
            for _ in range(min(len(data), chance.randrange(1, 4))):
                data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
            for read in (isobmff.blocks, isobmff.size):
                try:
                    read(bytes(data))
                except BlockDamaged:
                    continue
