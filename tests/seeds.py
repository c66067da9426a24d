"""Files of every format with rich metadata, drawn here, to be damaged or to be filled with old values."""

import io
import struct
from pathlib import Path

import piexif
from PIL import Image

from captioner.core.fields import FIELDS, Kind, Value, parse
from captioner.core.policy import Policy
from captioner.storage import photos
from tests import pictures

WRITABLE = ("jpg", "png", "webp", "tif", "be.tif", "big.tif", "pages.tif", "tiles.tif", "frames.png", "frames.webp")
READ_ONLY = ("gif", "heic", "jxl", "dng", "bmp")


def values(text: str) -> dict[str, Value]:
    """Every field with something in it."""
    return {
        key: parse(key, "2023-09-13T10:20:30+07:00" if row.kind is Kind.DATE else text) for key, row in FIELDS.items()
    }


def drawn(folder: Path, kind: str) -> Path:
    """A file of the kind, without metadata but for a JPEG's, which has a camera's."""
    path = folder / f"seed.{kind}"
    image = Image.effect_noise((48, 40), 60).convert("RGB")
    more = [image.rotate(90), image.rotate(180)]
    match kind:
        case "jpg":
            return pictures.camera(path)
        case "pages.tif" | "frames.png" | "frames.webp":
            image.save(path, save_all=True, append_images=more)
        case "big.tif":
            image.save(path, big_tiff=True)
        case "tiles.tif":
            image.save(path, tile=(16, 16))
        case "be.tif":
            path.write_bytes(big_endian())
        case "heic" | "jxl":
            path.write_bytes(BOXES[kind]())
        case "dng":
            image.save(path, "TIFF", tiffinfo={50706: (1, 4, 0, 0)})
        case _:
            image.save(path)
    return path


def captioned(folder: Path, kind: str) -> Path:
    """With a value in every field."""
    path = drawn(folder, kind)
    photos.save_values(photos.read_photo(path, Policy()), values("Old “Владимир” 김"), Policy())
    return path


def big_endian() -> bytes:
    """4 × 2 grey pixels, the strip before its directory."""
    entries = [
        (256, 4, 1, 4), (257, 4, 1, 2), (258, 3, 1, 8 << 16), (259, 3, 1, 1 << 16), (262, 3, 1, 1 << 16),
        (273, 4, 1, 8), (277, 3, 1, 1 << 16), (278, 4, 1, 2), (279, 4, 1, 8),
    ]  # fmt: skip
    directory = struct.pack(">H", len(entries)) + b"".join(struct.pack(">HHII", *each) for each in entries) + bytes(4)
    return b"MM\0*" + struct.pack(">I", 16) + bytes(range(8)) + directory


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def _heic() -> bytes:
    """One Exif item, as iPhones have it."""
    tiff = piexif.dump({"0th": {piexif.ImageIFD.Artist: b"Ann Lee"}})[6:]
    item = struct.pack(">I", 0) + tiff
    infe = _box(b"infe", b"\2\0\0\0" + struct.pack(">HH", 1, 0) + b"Exif\0")
    iinf = _box(b"iinf", b"\0\0\0\0" + struct.pack(">H", 1) + infe)
    head = _box(b"ftyp", b"heic\0\0\0\0heic")
    iloc_size = 8 + 4 + 4 + 14
    at = len(head) + 8 + 4 + len(iinf) + iloc_size + 8
    iloc = _box(b"iloc", b"\0\0\0\0\x44\0\0\1" + struct.pack(">HHHII", 1, 0, 1, at, len(item)))
    return head + _box(b"meta", b"\0\0\0\0" + iinf + iloc) + _box(b"mdat", item)


def _jxl() -> bytes:
    packet = io.BytesIO()
    packet.write(b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    return b"\0\0\0\x0cJXL \r\n\x87\n" + _box(b"ftyp", b"jxl \0\0\0\0jxl ") + _box(b"xml ", packet.getvalue())


BOXES = {"heic": _heic, "jxl": _jxl}
