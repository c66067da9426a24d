import piexif
import pytest
from drawing import NOISE, WEBP, alike, corners, encoded, made
from PIL import Image, ImageCms

from captioner.export.recipes import Rendition


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


def test_what_is_transparent_is_white_in_a_jpeg_and_stays_transparent_in_a_webp():
    data = encoded(Image.new("RGBA", (80, 80), (255, 0, 0, 0)), "PNG")
    assert made(data).getpixel((5, 5)) == (255, 255, 255)
    assert made(data, WEBP).getpixel((5, 5))[3] == 0


def test_colours_are_converted_from_their_profile():
    """The profile takes red for green, and says so."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    result = made(encoded(Image.new("RGB", (80, 80), (255, 0, 0)), quality=95, icc_profile=bytes(profile)))
    assert result.getpixel((5, 5)) == pytest.approx((0, 255, 0), abs=4)
    assert "sRGB".encode("utf-16-be") in result.info["icc_profile"]


def test_a_photo_that_is_srgb_already_keeps_its_colours_to_the_bit():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with_it, without = (made(encoded(NOISE, icc_profile=profile), Rendition(format="jpeg")) for profile in (srgb, None))
    assert with_it.tobytes() == without.tobytes()


FOREIGN = b"\0" * 16 + b"CMYK" + b"\0" * 200
BROKEN = b"\0" * 16 + b"RGB " + b"\0" * 200


@pytest.mark.parametrize("profile", [b"nonsense", b"x" * 200, b"\0", BROKEN, FOREIGN])
def test_a_profile_that_is_broken_or_for_other_colours_is_no_obstacle(profile):
    assert alike(made(encoded(corners(), icc_profile=profile)), corners().resize((64, 32)))


def test_cmyk_as_photoshop_writes_it_is_not_inverted():
    data = encoded(Image.new("CMYK", (80, 80), (0, 0, 0, 20)))
    assert made(data).getpixel((5, 5)) == pytest.approx((235, 235, 235), abs=4)


@pytest.mark.parametrize(("index", "colour"), [(b"R03\0", (227, 100, 100)), (b"R98\0", (200, 100, 100))])
def test_a_camera_that_tells_adobe_rgb_in_exif_alone_is_believed(index, colour):
    exif = piexif.dump({"Exif": {piexif.ExifIFD.ColorSpace: 65535}, "Interop": {1: index}})
    result = made(encoded(Image.new("RGB", (80, 80), (200, 100, 100)), quality=95, exif=exif))
    assert result.getpixel((5, 5)) == pytest.approx(colour, abs=3)
