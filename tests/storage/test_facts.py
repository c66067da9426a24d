import piexif
import pytest
from PIL import Image

from captioner.core.photo import CROPPED, GPS, MIRRORED
from captioner.core.policy import Policy
from captioner.storage.photos import read_photo, save_photo
from tests import pictures

PLACE = {"GPS": {piexif.GPSIFD.GPSLatitudeRef: b"S", piexif.GPSIFD.GPSLatitude: ((6, 1), (12, 1), (0, 1))}}
PACKET = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"{attributes}>{elements}'
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def facts(path) -> frozenset[str]:
    return read_photo(path, Policy()).facts


def sized(width: int, height: int) -> dict:
    return {"Exif": {piexif.ExifIFD.PixelXDimension: width, piexif.ExifIFD.PixelYDimension: height}}


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("orientation", range(9))
def test_a_mirrored_orientation_is_a_fact(tmp_path, suffix, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = pictures.draw(tmp_path / f"a.{suffix}", exif=exif)
    assert facts(path) == ({MIRRORED} if orientation in (2, 4, 5, 7) else set())


@pytest.mark.parametrize(("held", "expected"), [
    ({}, set()), (PLACE, {GPS}), ({"GPS": {piexif.GPSIFD.GPSDateStamp: b"2023:09:13"}}, set()),
    (sized(96, 64), set()), (sized(192, 128), set()), (sized(64, 96), set()), (sized(128, 192), set()),
    (sized(96, 96), {CROPPED}), (sized(200, 64), {CROPPED}), (sized(50, 50), set()), (sized(0, 64), set()),
    (sized(193, 128), set()), (PLACE | sized(120, 64), {GPS, CROPPED}),
])  # fmt: skip
def test_what_exif_says_of_place_and_size_is_a_fact(tmp_path, held, expected):
    assert facts(pictures.draw(tmp_path / "a.jpg", exif=piexif.dump(held))) == expected


@pytest.mark.parametrize(("attributes", "elements", "expected"), [
    (' crs:HasCrop="True"', "", {CROPPED}), ("", "<crs:HasCrop>True</crs:HasCrop>", {CROPPED}),
    (' crs:HasCrop="False"', "", set()), ("", "<crs:HasCrop>False</crs:HasCrop>", set()), ("", "", set()),
    ("", "<photoshop:History>2023-09-13\tOpen\nCrop\n</photoshop:History>", {CROPPED}),
    ("", "<photoshop:History>2023-09-13\tOpen\nSave\n</photoshop:History>", set()),
    (' exif:GPSLatitude="6,12.0S"', "", {GPS}), (' tiff:Orientation="4"', "", {MIRRORED}),
    (' tiff:Orientation="3"', "", set()),
])  # fmt: skip
def test_what_xmp_says_is_a_fact_too_inside_and_beside(tmp_path, attributes, elements, expected):
    packet = PACKET.format(attributes=attributes, elements=elements).encode()
    assert facts(pictures.draw(tmp_path / "a.jpg", xmp=packet)) == expected
    beside = pictures.draw(tmp_path / "b.jpg")
    beside.with_suffix(".xmp").write_bytes(packet)
    assert facts(beside) == expected


def test_facts_stay_when_a_photo_is_edited_and_saved(tmp_path):
    photo = read_photo(pictures.draw(tmp_path / "a.jpg", exif=piexif.dump(PLACE)), Policy())
    edited = photo.edited("caption", "Two people (left).")
    assert edited.facts == save_photo(edited, Policy()).photo.facts == {GPS}


def test_damaged_exif_tells_nothing(tmp_path):
    path = pictures.draw(tmp_path / "a.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff")
    assert facts(path) == set()
