import io
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import piexif
import pytest
from exporting import CREDIT, HEADLINE, read
from pictures import draw
from PIL import Image, ImageChops, ImageCms, ImageStat
from readers import exiftool, php_iptc

from captioner.errors import CaptionerError
from captioner.export import renditions
from captioner.export.recipes import Rendition

SMALL = Rendition(format="jpeg", long_edge=64)
PATH = Path("a.jpg")
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


@pytest.mark.parametrize(("size", "smaller"), [((200, 100), (64, 32)), ((100, 200), (32, 64)), ((1000, 1), (64, 1)),
                                               ((40, 20), (40, 20)), ((64, 64), (64, 64))])  # fmt: skip
def test_the_longer_side_gets_the_wanted_length_and_nothing_is_enlarged(size, smaller):
    assert made(encoded(Image.new("RGB", size))).size == smaller


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_comes_out_upright(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    back = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90",
            7: "TRANSVERSE", 8: "ROTATE_270"}  # fmt: skip
    upright = corners()
    turned = upright.transpose(Image.Transpose[back[orientation]]) if orientation > 1 else upright
    result = made(encoded(turned, quality=95, exif=exif))
    assert alike(result, upright.resize((64, 32)))
    assert result.getexif()[0x0112] == 1


@pytest.mark.parametrize(("form", "image"), [
    ("JPEG", corners().convert("L")), ("JPEG", corners().convert("CMYK")), ("PNG", corners().convert("P")),
    ("PNG", corners().convert("RGBA")), ("PNG", corners().convert("LA")), ("PNG", corners().convert("1")),
    ("TIFF", corners().convert("CMYK")), ("TIFF", corners().convert("F")), ("TIFF", corners().convert("LAB")),
    ("WEBP", corners()), ("GIF", corners().convert("P")),
], ids=lambda value: getattr(value, "mode", value))  # fmt: skip
def test_every_kind_of_colours_becomes_rgb(form, image):
    result = made(encoded(image, form))
    assert (result.format, result.mode, result.size) == ("JPEG", "RGB", (64, 32))
    assert result.info["progressive"]


def test_sixteen_bits_become_eight():
    image = Image.new("I;16", (80, 80), 0x8000)
    assert made(encoded(image, "TIFF")).getpixel((5, 5)) == pytest.approx((128, 128, 128), abs=2)


def test_what_is_transparent_is_white():
    image = Image.new("RGBA", (80, 80), (255, 0, 0, 0))
    assert made(encoded(image, "PNG")).getpixel((5, 5)) == (255, 255, 255)


def test_colours_are_converted_from_their_profile():
    """The profile takes red for green, and says so."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    result = made(encoded(Image.new("RGB", (80, 80), (255, 0, 0)), quality=95, icc_profile=bytes(profile)))
    assert result.getpixel((5, 5)) == pytest.approx((0, 255, 0), abs=4)
    assert "sRGB".encode("utf-16-be") in result.info["icc_profile"]


@pytest.mark.parametrize("profile", [b"nonsense", b"x" * 200, b"\0"])
def test_a_broken_profile_is_no_obstacle(profile):
    assert alike(made(encoded(corners(), icc_profile=profile)), corners().resize((64, 32)))


def test_a_fresh_exif_block_keeps_camera_and_time_alone(tmp_path):
    file = tmp_path / "out.jpg"
    data = encoded(corners(), exif=piexif.dump(SECRETS), comment=b"secret", xmp=b"<x:xmpmeta>secret</x:xmpmeta>")
    file.write_bytes(renditions.rendition(data, SMALL, PATH))
    tags = exiftool(file)
    kept = {"IFD0:Make", "IFD0:Model", "IFD0:Orientation", "ExifIFD:DateTimeOriginal", "ExifIFD:ExifImageWidth",
            "ExifIFD:ExifImageHeight", "ExifIFD:ColorSpace"}  # fmt: skip
    assert {tag for tag in tags if tag.startswith(("IFD", "ExifIFD", "GPS", "XMP", "IPTC"))} == kept
    assert (tags["ExifIFD:ExifImageWidth"], tags["ExifIFD:ExifImageHeight"]) == (64, 32)
    assert (tags["IFD0:Make"], tags["ExifIFD:DateTimeOriginal"]) == ("Kestrel", "2023:09:13 14:05:00")
    assert b"secret" not in file.read_bytes()


@pytest.mark.parametrize("block", [b"nonsense", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", b""])
def test_a_damaged_exif_block_is_no_obstacle(block):
    assert made(encoded(corners(), exif=b"Exif\0\0" + block)).size == (64, 32)


@pytest.mark.parametrize("data", [b"", b"no picture", encoded(corners())[:700], encoded(corners(), "PNG")[:-60]])
def test_a_damaged_photo_is_named(data):
    with pytest.raises(CaptionerError, match=r"a\.jpg is damaged.*get the photo again"):
        renditions.rendition(data, SMALL, PATH)


def test_a_decompression_bomb_is_named(monkeypatch):
    monkeypatch.setattr(renditions, "LARGEST", 1000)
    with pytest.raises(CaptionerError, match=r"a\.jpg has more than .* megapixels"):
        renditions.rendition(encoded(corners()), SMALL, PATH)


def test_a_gigantic_png_is_refused_without_being_decoded():
    data = bytearray(encoded(Image.new("1", (8, 8)), "PNG"))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    with pytest.raises(CaptionerError, match=r"a\.jpg has more than 300 megapixels"):
        renditions.rendition(bytes(data), SMALL, PATH)


def test_a_photo_of_a_hundred_megapixels_is_made_without_a_warning():
    assert made(encoded(Image.new("L", (12_000, 8_400)))).size == (64, 45)


def test_a_rendition_goes_out_captioned_and_without_its_position(export, tmp_path):
    original = read(draw(tmp_path / "one.jpg", size=(300, 200), exif=piexif.dump(SECRETS)))
    photo = original.edited("caption", "Ким Чен Ын").edited("credit", CREDIT)
    receipt = export([photo], "web", long_edge=64)
    file = receipt.destination / receipt.photos[0].file
    tags = exiftool(file)
    assert (receipt.photos[0].width, receipt.photos[0].height) == (64, 43)
    assert (tags["XMP-photoshop:Credit"], tags["IFD0:ImageDescription"]) == (CREDIT, "Ким Чен Ын")
    assert tags["XMP-photoshop:Headline"] == HEADLINE
    assert php_iptc(file)["2#110"] == [CREDIT]
    assert not [tag for tag in tags if "GPS" in tag or "Serial" in tag or "MakerNote" in tag]


def test_a_date_that_the_person_removed_does_not_come_back(export, tmp_path):
    original = read(draw(tmp_path / "one.jpg", size=(300, 200), exif=piexif.dump(SECRETS)))
    assert original.values["date_created"]
    receipt = export([original.edited("date_created", "")], "web", long_edge=64)
    assert "ExifIFD:DateTimeOriginal" not in exiftool(receipt.destination / receipt.photos[0].file)


def test_quality_decides_the_size():
    noise = encoded(Image.effect_noise((200, 200), 80), quality=95)
    small, large = (renditions.rendition(noise, replace(SMALL, quality=quality), PATH) for quality in (30, 95))
    assert len(small) < len(large)
