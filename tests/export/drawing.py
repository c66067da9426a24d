"""Pictures that renditions are made of, and what came out."""

import io
from pathlib import Path

import piexif
from PIL import Image, ImageChops, ImageStat

from captioner.export.pictures import renditions
from captioner.export.recipes import Rendition

SMALL = Rendition(format="jpeg", long_edge=64)
PATH = Path("a.jpg")
WEBP = Rendition(format="webp", long_edge=64)
NOISE = Image.effect_noise((400, 300), 80).convert("RGB")
SECRETS = {
    "0th": {piexif.ImageIFD.Make: b"Kestrel", piexif.ImageIFD.Model: b"K-1", piexif.ImageIFD.Software: b"Editor 3"},
    "Exif": {piexif.ExifIFD.DateTimeOriginal: b"2023:09:13 14:05:00", piexif.ExifIFD.MakerNote: b"note" * 9,
             piexif.ExifIFD.BodySerialNumber: b"4711", piexif.ExifIFD.LensSerialNumber: b"4712",
             piexif.ExifIFD.CameraOwnerName: b"Ann"},
    "GPS": {piexif.GPSIFD.GPSLatitudeRef: b"N", piexif.GPSIFD.GPSLatitude: ((51, 1), (53, 1), (0, 1))},
}  # fmt: skip


def encoded(image: Image.Image, form: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def made(data: bytes, asked: Rendition = SMALL) -> Image.Image:
    image = Image.open(io.BytesIO(renditions.rendition(data, asked, PATH)))
    image.load()
    return image


def corners() -> Image.Image:
    """Red at the left, green at the top right, blue below it."""
    image = Image.new("RGB", (160, 80), "red")
    image.paste((0, 255, 0), (80, 0, 160, 40))
    image.paste((0, 0, 255), (80, 40, 160, 80))
    return image


def alike(one: Image.Image, other: Image.Image) -> bool:
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    return one.size == other.size and max(ImageStat.Stat(difference).mean) < 12
