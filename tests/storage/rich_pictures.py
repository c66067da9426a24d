"""Pictures that hold whatever a recipe may take out, and what is read of them."""

import io
import struct
import zlib
from functools import cache
from pathlib import Path

import piexif
import pytest
from PIL import Image

from captioner.storage.stripping import REMOVABLE, stripped
from tests import fidelity

PHOTO = Path("photo")
FORMATS = ("jpg", "png", "webp", "tif")
MOVED = {"gps": b"-33.8688 position", "serial_numbers": b"serial 4711", "maker_notes": b"only the maker knows",
         "thumbnail": b"small picture", "edit_history": b"cropped by Ann"}  # fmt: skip
"""What each removable thing says in the pictures that are drawn here, wherever it stands."""
KEPT = b"rights are reserved"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/", "exif": "http://ns.adobe.com/exif/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/", "drone": "http://www.dji.com/drone-dji/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/", "img": "http://ns.adobe.com/xap/1.0/g/img/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/", "tiff": "http://ns.adobe.com/tiff/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Container": "http://ns.google.com/photos/1.0/container/", "GCamera": "http://ns.google.com/photos/1.0/camera/",
}  # fmt: skip


def packet() -> bytes:
    said = {name: text.decode() for name, text in MOVED.items()}
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" {spaces} drone:GpsLongitude="{said["gps"]}" crs:Exposure="{said["edit_history"]}"
   tiff:Orientation="6" GCamera:MotionPhoto="1" aux:Lens="50 mm">
  <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{KEPT.decode()}</rdf:li></rdf:Alt></dc:rights>
  <Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Sydney</Iptc4xmpExt:City>
   <exif:GPSLatitude>{said["gps"]}</exif:GPSLatitude></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>
  <aux:SerialNumber>{said["serial_numbers"]}</aux:SerialNumber>
  <exif:MakerNote>{said["maker_notes"]}</exif:MakerNote>
  <xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource"><img:image>{said["thumbnail"]}</img:image></rdf:li>
  </rdf:Alt></xmp:Thumbnails>
  <photoshop:History>{said["edit_history"]}</photoshop:History>
  <xmpMM:History><rdf:Seq><rdf:li>{said["edit_history"]}</rdf:li></rdf:Seq></xmpMM:History>
  <plus:ImageSupplierName>Lensa</plus:ImageSupplierName>
 </rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def exif(make: bytes = b"Kestrel") -> bytes:
    small = io.BytesIO()
    Image.new("RGB", (16, 16)).save(small, "JPEG", comment=MOVED["thumbnail"])
    return piexif.dump({
        "0th": {271: make, 272: b"K-1", 274: 6, 0x000B: MOVED["edit_history"], 0xC62F: MOVED["serial_numbers"]},
        "Exif": {0x9003: b"2023:09:13 14:05:00", 0x927C: MOVED["maker_notes"] * 2, 0xA431: MOVED["serial_numbers"]},
        "GPS": {2: ((33, 1), (52, 1), (7, 1)), 18: MOVED["gps"]},
        "1st": {259: 6},
        "thumbnail": small.getvalue(),
    })  # fmt: skip


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(body)) + body


def resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2)


def _index(size: int) -> bytes:
    """Of two pictures (CIPA DC-007); how far the second one is counts from here."""
    entries = struct.pack(">HHIIHHIII", 0xB001, 4, 1, 2, 0xB002, 7, 32, 38, 0)
    pictures = struct.pack(">IIIHH", 0x20030000, size, 0, 0, 0) + struct.pack(">IIIHH", 0, size, size, 0, 0)
    return struct.pack(">H", 2) + entries + pictures


def _jpeg(image: Image.Image) -> bytes:
    """With blocks that stand a second time, a second picture, and what only its maker can read."""
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif(), xmp=packet(), comment=KEPT)
    plain = out.getvalue()
    resources = resource(1036, MOVED["thumbnail"]) + resource(0x0424, packet()) + resource(1058, exif()[6:])
    more = [
        segment(0xE0, b"JFXX\0\x10" + MOVED["thumbnail"]),
        segment(0xE1, b"Exif\0\0" + exif()[6:]),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet()),
        segment(0xE2, b"MPF\0MM\0*\0\0\0\x08" + _index(len(plain))),
        segment(0xE9, b"Kestrel" + MOVED["gps"] + MOVED["serial_numbers"] + MOVED["maker_notes"]),
        segment(0xEB, b"JPc2pa" + b"".join(MOVED.values())),
        segment(0xED, b"Photoshop 3.0\0" + resources + resource(0x0404, b"\x1c\2\x74\0\x13" + KEPT)),
    ]
    return plain[:20] + b"".join(more) + plain[20:] + plain


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", exif=exif(), dpi=(300, 300))
    texts = {b"exif:GPSLatitude": "gps", b"exif:BodySerialNumber": "serial_numbers", b"exif:MakerNote": "maker_notes",
             b"Thumb::URI": "thumbnail"}  # fmt: skip
    chunks = [(b"tEXt", keyword + b"\0" + MOVED[name]) for keyword, name in texts.items()]
    chunks += [(b"tEXt", b"Copyright\0" + KEPT), (b"tEXt", b"XML:com.adobe.xmp\0" + packet()),
               (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet()), (b"caBX", b"".join(MOVED.values())),
               (b"keST", MOVED["gps"] + MOVED["serial_numbers"] + MOVED["maker_notes"])]  # fmt: skip
    packed = (struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
              for kind, body in chunks)  # fmt: skip
    plain = out.getvalue()
    return plain[:33] + b"".join(packed) + plain[33:] + b"".join(MOVED.values())


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", exif=exif(), xmp=packet(), lossless=True)
    body = MOVED["gps"] + MOVED["serial_numbers"] + MOVED["maker_notes"]
    data = out.getvalue() + b"keST" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:] + b"".join(MOVED.values())


def _tiff(image: Image.Image) -> bytes:
    held = Image.Exif()
    held.load(exif())
    held[700], held[0x935C], held[0x8298] = packet(), MOVED["gps"] + MOVED["serial_numbers"], KEPT.decode()
    held[0x8649] = resource(1036, MOVED["thumbnail"])
    out = io.BytesIO()
    image.save(out, "TIFF", exif=held)
    return out.getvalue()


@cache
def rich(kind: str) -> bytes:
    """A picture that says everything in every place."""
    image = Image.linear_gradient("L").convert("RGB").resize((48, 40))
    return {"jpg": _jpeg, "png": _png, "webp": _webp, "tif": _tiff}[kind](image)


def without(kind: str, *names: str) -> bytes:
    return stripped(rich(kind), "all", names, PHOTO)


def shown(data: bytes) -> tuple[object, ...]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size, image.mode, image.info.get("icc_profile"), image.tobytes()


def as_read(data: bytes, folder: Path) -> dict[str, list[object]]:
    path = folder / "read"
    path.write_bytes(data)
    return fidelity.tags([path])[0]


every_format = pytest.mark.parametrize("kind", FORMATS)
every_thing = pytest.mark.parametrize("name", REMOVABLE)
