import piexif
import pytest
from drawing import PATH, SECRETS, SMALL, WEBP, corners, encoded, made
from PIL import Image
from readers import exiftool_many

from captioner.export.pictures import renditions
from captioner.export.recipes import Rendition

FULL = {
    "0th": {**SECRETS["0th"], piexif.ImageIFD.ImageDescription: b"secret", piexif.ImageIFD.Artist: b"secret",
            piexif.ImageIFD.Copyright: b"secret", piexif.ImageIFD.XPTitle: tuple(b"s\0e\0c\0"),
            piexif.ImageIFD.StripOffsets: 8, piexif.ImageIFD.YCbCrPositioning: 2, piexif.ImageIFD.XResolution: (300, 1),
            piexif.ImageIFD.Orientation: 1},
    "Exif": {**SECRETS["Exif"], piexif.ExifIFD.UserComment: b"ASCII\0\0\0secret", piexif.ExifIFD.ExposureTime: (1, 500),
             piexif.ExifIFD.ExposureBiasValue: (-1, 3), piexif.ExifIFD.ISOSpeedRatings: 800,
             piexif.ExifIFD.LensSpecification: ((70, 1), (200, 1), (28, 10), (28, 10)),
             piexif.ExifIFD.PixelXDimension: 160, piexif.ExifIFD.PixelYDimension: 80, piexif.ExifIFD.ColorSpace: 65535,
             piexif.ExifIFD.SubjectArea: (80, 40)},
    "GPS": {piexif.GPSIFD.GPSVersionID: (2, 3, 0, 0), **SECRETS["GPS"]},
    "Interop": {piexif.InteropIFD.InteroperabilityIndex: b"R03"}, "1st": {piexif.ImageIFD.Compression: 6},
    "thumbnail": encoded(Image.new("L", (16, 8))),
}  # fmt: skip
KEPT = {
    "IFD0:Make": "Kestrel", "IFD0:Model": "K-1", "IFD0:Orientation": 1, "IFD0:XResolution": 300,
    "IFD0:YResolution": 72, "IFD0:ResolutionUnit": 2, "IFD0:YCbCrPositioning": 1,
    "ExifIFD:DateTimeOriginal": "2023:09:13 14:05:00", "ExifIFD:SerialNumber": 4711, "ExifIFD:LensSerialNumber": 4712,
    "ExifIFD:OwnerName": "Ann", "ExifIFD:ExposureTime": 0.002, "ExifIFD:ExposureCompensation": -0.3333333333,
    "ExifIFD:ISO": 800, "ExifIFD:LensInfo": "70 200 2.8 2.8", "ExifIFD:ExifVersion": "0232",
    "ExifIFD:FlashpixVersion": "0100", "ExifIFD:ComponentsConfiguration": "1 2 3 0", "ExifIFD:ColorSpace": 1,
    "ExifIFD:ExifImageWidth": 64, "ExifIFD:ExifImageHeight": 32,
    "GPS:GPSVersionID": "2 3 0 0", "GPS:GPSLatitudeRef": "N", "GPS:GPSLatitude": 51.8833333333333,
}  # fmt: skip


def exif_of(data: bytes, asked: Rendition = SMALL) -> dict:
    return piexif.load(made(data, asked).info["exif"])


def test_a_fresh_exif_block_keeps_what_is_still_true(tmp_path):
    file = tmp_path / "out.jpg"
    data = encoded(corners(), exif=piexif.dump(FULL), comment=b"secret", xmp=b"<x:xmpmeta>secret</x:xmpmeta>")
    file.write_bytes(renditions.rendition(data, SMALL, PATH))
    tags = {
        tag: value
        for tag, value in exiftool_many([file])[file].items()
        if tag.startswith(("IFD", "ExifIFD", "GPS", "XMP"))
    }
    assert tags == KEPT
    assert b"secret" not in file.read_bytes()


@pytest.mark.parametrize("asked", [SMALL, WEBP], ids=["jpeg", "webp"])
def test_sizes_in_the_exif_block_are_those_of_the_rendition(asked):
    held = exif_of(encoded(corners(), exif=piexif.dump(FULL)), asked)["Exif"]
    assert (held[piexif.ExifIFD.PixelXDimension], held[piexif.ExifIFD.PixelYDimension]) == (64, 32)


def test_a_tag_of_the_wrong_type_is_put_right_or_left_out_alone():
    """ISO as a long, which is right as a short; a focal length as a text."""
    block = Image.Exif()
    block[0x010F] = "Kestrel"
    block.get_ifd(0x8769).update({0x8827: 100_000, 0x920A: "50 mm", 0x829D: 4})
    held = exif_of(encoded(corners(), exif=block))
    assert held["0th"][0x010F] == b"Kestrel"
    assert held["Exif"][0x829D] == (4, 1)
    assert not {0x8827, 0x920A} & set(held["Exif"])


def test_texts_keep_their_octets():
    for text in ("Zoë".encode(), "Zoë".encode("latin-1")):
        held = exif_of(encoded(corners(), exif=piexif.dump({"0th": {piexif.ImageIFD.Make: text}})))
        assert held["0th"][piexif.ImageIFD.Make] == text


def test_a_value_that_has_no_room_is_left_out_alone():
    full = {"Exif": {piexif.ExifIFD.CFAPattern: b"c" * 60_000, piexif.ExifIFD.LensModel: b"50 mm"}}
    held = exif_of(encoded(corners(), exif=piexif.dump(full)))["Exif"]
    assert (held[piexif.ExifIFD.LensModel], piexif.ExifIFD.CFAPattern in held) == (b"50 mm", False)


@pytest.mark.parametrize("block", [b"nonsense", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", b""])
def test_a_damaged_exif_block_is_no_obstacle(block):
    assert made(encoded(corners(), exif=b"Exif\0\0" + block)).size == (64, 32)
