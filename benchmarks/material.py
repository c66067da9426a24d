"""Pictures as a camera and a wire deliver them, made here: nobody's photos are needed to repeat a measurement.

Three sizes; each carries EXIF with a maker note and a thumbnail and a colour profile, and every second one also an
XMP packet with padding and IIM. The maker note is an opaque block: programs that know a maker's notes parse it.
"""

import io
import shutil
import struct
from collections.abc import Iterator, Sequence
from hashlib import md5
from itertools import cycle, islice
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageCms, ImageOps

CAPTION = "Players of the home side celebrate the opening goal during the friendly in Zürich – 12 March."
CREDIT = "Example Agency/Wire"
CREATOR = "Zoë Example"

SIZES = (((2048, 1536), 1_000_000), ((3456, 2304), 3_000_000), ((6016, 4016), 8_000_000))
"""Pixels, and octets of the file: 3, 8 and 24 megapixels."""
_TINY = (((640, 480), 120_000),)
_MIX = (0, 0, 0, 1, 1, 2)
"""Of six files three are small, two middling, one large: what a desk gets on a day."""

_ASCII, _SHORT, _LONG, _RATIONAL, _UNDEFINED = 2, 3, 4, 5, 7
Entry = tuple[int, int, int, bytes]


def make(folder: Path, is_tiny: bool = False) -> list[Path]:
    """The distinct pictures, in the order in which `copies` goes round them."""
    rng = Random(7)
    sizes = _TINY if is_tiny else SIZES
    pictures = [(picture, octets) for pixels, octets in sizes for picture, octets in [(_drawn(pixels, rng), octets)]]
    plain = [_encoded(picture, octets) for picture, octets in pictures]
    order = [each for each in _MIX if each < len(plain)]
    paths: list[Path] = []
    for index, each in enumerate(islice(cycle(order), len(order) * 2)):
        path = folder / f"master-{index:02}.jpg"
        path.write_bytes(
            _dressed(plain[each], pictures[each][0], rng, has_packets=(index + index // len(order)) % 2 == 0)
        )
        paths.append(path)
    return paths


def copies(masters: Sequence[Path], count: int, folder: Path) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"photo-{index:04}.jpg" for index in range(count)]
    for master, path in zip(cycle(masters), paths, strict=False):
        shutil.copyfile(master, path)
    return paths


def mixed(masters: Sequence[Path], folder: Path) -> list[Path]:
    """Each master three times: as it is, without EXIF (so without a thumbnail), and progressive."""
    folder.mkdir()
    made: list[Path] = []
    for master in masters:
        data = master.read_bytes()
        behind = 4 + int.from_bytes(data[4:6], "big")  # EXIF is the first segment
        for kind, held in (("camera", data), ("bare", data[:2] + data[behind:]), ("progressive", _progressive(data))):
            made.append(folder / f"{master.stem}-{kind}.jpg")
            made[-1].write_bytes(held)
    return made


def linked(masters: Sequence[Path], count: int, folder: Path) -> list[Path]:
    """Many names of few files: a folder of thousands that fits on a disk and into its cache."""
    folder.mkdir()
    paths = [folder / f"photo-{index:05}.jpg" for index in range(count)]
    for master, path in zip(cycle(masters), paths, strict=False):
        path.hardlink_to(master)
    return paths


def _progressive(jpeg: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(jpeg)) as image:
        image.save(out, "JPEG", quality="keep", progressive=True, exif=image.info["exif"],
                   icc_profile=image.info.get("icc_profile"))  # fmt: skip
    return out.getvalue()


# The picture


def _drawn(size: tuple[int, int], rng: Random) -> Image.Image:
    """A slope of light, soft shapes and grain: it compresses as a photo does."""
    light = ImageOps.colorize(Image.linear_gradient("L").resize(size), "#203a5c", "#d8c9a8")
    for cell, weight in ((400, 0.45), (60, 0.3), (12, 0.2)):
        light = Image.blend(light, _noise(size, cell, rng), weight)
    return ImageChops.soft_light(light, _noise(size, 2, rng))


def _noise(size: tuple[int, int], cell: int, rng: Random) -> Image.Image:
    grid = (size[0] // cell + 2, size[1] // cell + 2)
    channels = [Image.frombytes("L", grid, rng.randbytes(grid[0] * grid[1])) for _ in range(3)]
    return Image.merge("RGB", channels).resize(size, Image.Resampling.BICUBIC)


def _encoded(picture: Image.Image, octets: int) -> bytes:
    """At the quality whose file comes nearest to the size."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    low, high, best = 20, 97, b""
    while low <= high:
        quality = (low + high) // 2
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, icc_profile=profile)
        data = out.getvalue()
        best = min((best, data), key=lambda each: abs(len(each) - octets))
        low, high = (quality + 1, high) if len(data) < octets else (low, quality - 1)
    return best


def _dressed(jpeg: bytes, picture: Image.Image, rng: Random, has_packets: bool) -> bytes:
    """The blocks stand behind SOI, and JFIF goes, as in a camera's file."""
    rest = jpeg[2:]
    if rest[:2] == b"\xff\xe0":
        rest = rest[2 + int.from_bytes(rest[2:4], "big") :]
    blocks = [_segment(0xE1, b"Exif\0\0" + _exif(picture, rng))]
    if has_packets:
        blocks += [_segment(0xED, b"Photoshop 3.0\0" + _resources()),
                   _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _packet())]  # fmt: skip
    return b"".join([jpeg[:2], *blocks, rest])


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body


# EXIF


def _exif(picture: Image.Image, rng: Random) -> bytes:
    small = io.BytesIO()
    picture.resize((160, 120)).save(small, "JPEG", quality=75)
    thumbnail = small.getvalue()
    camera = _camera(picture.size, b"BENCH\0\1\0" + rng.randbytes(20_000))
    first = _first()
    pointer = (0x8769, _LONG, 1, bytes(4))
    camera_at = 8 + len(_directory([*first, pointer], 8, 0))
    thumbnail_entries: list[Entry] = [_short(0x0103, 6), (0x0201, _LONG, 1, bytes(4)), _long(0x0202, len(thumbnail))]
    second_at = camera_at + len(_directory(camera, camera_at, 0))
    data_at = second_at + len(_directory(thumbnail_entries, second_at, 0))
    thumbnail_entries[1] = _long(0x0201, data_at)
    return b"".join((
        b"II*\0", struct.pack("<I", 8),
        _directory([*first, _long(0x8769, camera_at)], 8, second_at),
        _directory(camera, camera_at, 0), _directory(thumbnail_entries, second_at, 0), thumbnail,
    ))  # fmt: skip


def _first() -> list[Entry]:
    return [
        _text(0x010E, CAPTION), _text(0x010F, "Benchmark"), _text(0x0110, "Benchmark One"), _short(0x0112, 1),
        _ratio(0x011A, 300, 1), _ratio(0x011B, 300, 1), _short(0x0128, 2), _text(0x0131, "Firmware 1.00"),
        _text(0x0132, "2024:03:12 18:31:07"), _text(0x013B, CREATOR), _short(0x0213, 2),
        _text(0x8298, "Example Agency"),
    ]  # fmt: skip


def _camera(size: tuple[int, int], note: bytes) -> list[Entry]:
    return [
        _ratio(0x829A, 1, 500), _ratio(0x829D, 28, 10), _short(0x8822, 1), _short(0x8827, 800),
        (0x9000, _UNDEFINED, 4, b"0231"), _text(0x9003, "2024:03:12 18:31:07"), _text(0x9004, "2024:03:12 18:31:07"),
        _text(0x9010, "+01:00"), _short(0x9207, 5), _short(0x9209, 16), _ratio(0x920A, 200, 1),
        (0x927C, _UNDEFINED, len(note), note), _text(0x9291, "42"), _short(0xA001, 1), _long(0xA002, size[0]),
        _long(0xA003, size[1]), _text(0xA431, "0012345"), _text(0xA434, "70-200mm f/2.8"),
    ]  # fmt: skip


def _directory(entries: Sequence[Entry], at: int, following: int) -> bytes:
    """With the values that don't fit their entry behind it, on even offsets."""
    values_at = at + 2 + 12 * len(entries) + 4
    table, values = bytearray(struct.pack("<H", len(entries))), bytearray()
    for number, kind, count, data in entries:
        field = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack("<I", values_at + len(values))
        table += struct.pack("<HHI", number, kind, count) + field
        if len(data) > 4:
            values += data + b"\0" * (len(data) % 2)
    return bytes(table + struct.pack("<I", following) + values)


def _text(number: int, text: str) -> Entry:
    data = text.encode() + b"\0"
    return number, _ASCII, len(data), data


def _short(number: int, value: int) -> Entry:
    return number, _SHORT, 1, struct.pack("<H", value)


def _long(number: int, value: int) -> Entry:
    return number, _LONG, 1, struct.pack("<I", value)


def _ratio(number: int, above: int, below: int) -> Entry:
    return number, _RATIONAL, 1, struct.pack("<II", above, below)


# IIM and XMP


def _resources() -> bytes:
    datasets = b"".join(_datasets())
    resolution = struct.pack(">IHHIHH", 300 << 16, 1, 1, 300 << 16, 1, 1)
    each = ((0x0404, datasets), (0x03ED, resolution), (0x0425, md5(datasets, usedforsecurity=False).digest()))
    return b"".join(
        b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2) for number, data in each
    )


def _datasets() -> Iterator[bytes]:
    texts = ((80, CREATOR), (90, "Zürich"), (101, "Switzerland"), (105, "Friendly"), (110, CREDIT),
             (115, "Example Agency"), (116, "Example Agency"), (120, CAPTION))  # fmt: skip
    yield b"\x1c\x01\x5a\0\3\x1b%G"
    yield b"\x1c\x02\0\0\2\0\4"
    for number, text in texts:
        data = text.encode()
        yield b"\x1c\x02" + bytes([number]) + len(data).to_bytes(2, "big") + data


def _packet() -> bytes:
    text = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
    photoshop:Credit="{CREDIT}" photoshop:City="Zürich" photoshop:Country="Switzerland"
    photoshop:Headline="Friendly" photoshop:Source="Example Agency" xmp:CreatorTool="Benchmark" xmp:Rating="0"
    xmp:CreateDate="2024-03-12T18:31:07+01:00" xmpMM:DocumentID="xmp.did:0001" xmpMM:InstanceID="xmp.iid:0001">
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{CAPTION}</rdf:li></rdf:Alt></dc:description>
   <dc:creator><rdf:Seq><rdf:li>{CREATOR}</rdf:li></rdf:Seq></dc:creator>
   <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">Example Agency</rdf:li></rdf:Alt></dc:rights>
   <dc:subject><rdf:Bag><rdf:li>football</rdf:li><rdf:li>sport</rdf:li></rdf:Bag></dc:subject>
   <xmpMM:History><rdf:Seq>
    <rdf:li stEvt:action="saved" stEvt:instanceID="xmp.iid:0001" stEvt:when="2024-03-12T19:02:11+01:00"/>
   </rdf:Seq></xmpMM:History>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""
    return (text + (" " * 99 + "\n") * 20 + '<?xpacket end="w"?>').encode()
