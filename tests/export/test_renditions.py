import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import piexif
import pytest
from drawing import NOISE, PATH, SECRETS, SMALL, WEBP, alike, corners, encoded, made
from exporting import CREDIT, HEADLINE, read
from pictures import draw
from PIL import Image, ImageFilter, ImageStat
from readers import exiftool, php_iptc

from captioner.errors import CaptionerError
from captioner.export.pictures import renditions
from captioner.export.recipes import Rendition


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


def test_a_webp_is_upright_and_srgb():
    result = made(encoded(corners(), exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"), WEBP)
    assert (result.format, result.mode, result.size) == ("WEBP", "RGB", (32, 64))
    assert "sRGB".encode("utf-16-be") in result.info["icc_profile"]


@pytest.mark.parametrize(("form", "options"), [("GIF", {}), ("WEBP", {}), ("PNG", {}), ("TIFF", {})])
def test_of_several_pictures_the_first_is_taken(form, options):
    data = encoded(Image.new("RGB", (80, 80), "red"), form, save_all=True,
                   append_images=[Image.new("RGB", (80, 80), "blue")], **options)  # fmt: skip
    assert made(data).getpixel((5, 5)) == pytest.approx((254, 0, 0), abs=4)


def test_a_heic_photo_is_drawn_where_pillow_heif_is_there():
    pillow_heif = pytest.importorskip("pillow_heif")
    out = io.BytesIO()
    pillow_heif.from_pillow(corners()).save(out)
    assert alike(made(out.getvalue()), corners().resize((64, 32)))


def test_a_kind_that_nobody_here_reads_is_named():
    with pytest.raises(CaptionerError, match=r"a\.jpg is of a kind that can't be read here.*install pillow-heif"):
        renditions.rendition(b"\0\0\0\x18ftypnone" + bytes(99), SMALL, PATH)


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
    receipt = export([photo], "web", renditions=(SMALL,))
    file = receipt.destination / receipt.photos[0].first.file
    tags = exiftool(file)
    assert (receipt.photos[0].first.width, receipt.photos[0].first.height) == (64, 43)
    assert (tags["XMP-photoshop:Credit"], tags["IFD0:ImageDescription"]) == (CREDIT, "Ким Чен Ын")
    assert tags["XMP-photoshop:Headline"] == HEADLINE
    assert php_iptc(file)["2#110"] == [CREDIT]
    assert not [tag for tag in tags if "GPS" in tag or "Serial" in tag or "MakerNote" in tag]


def test_the_limit_holds_with_the_captions_in_the_file(export, tmp_path):
    photo = read(draw(tmp_path / "one.jpg", size=(900, 600), exif=piexif.dump(SECRETS))).edited("caption", "Ким " * 400)
    asked = replace(SMALL, long_edge=900, quality=95, max_kb=15)
    receipt = export([photo], "web", renditions=(asked,))
    assert 12_000 < receipt.photos[0].first.bytes <= 15_000


def test_a_date_that_the_person_removed_does_not_come_back(export, tmp_path):
    original = read(draw(tmp_path / "one.jpg", size=(300, 200), exif=piexif.dump(SECRETS)))
    assert original.values["date_created"]
    receipt = export([original.edited("date_created", "")], "web", renditions=(SMALL,))
    assert "ExifIFD:DateTimeOriginal" not in exiftool(receipt.destination / receipt.photos[0].first.file)


def test_the_same_photo_makes_the_same_file():
    data = encoded(NOISE, exif=piexif.dump(SECRETS))
    for asked in (SMALL, WEBP, replace(SMALL, sharpen=True, max_kb=3)):
        assert renditions.rendition(data, asked, PATH) == renditions.rendition(data, asked, PATH)


def sharpness(image: Image.Image) -> float:
    return ImageStat.Stat(image.convert("L").filter(ImageFilter.FIND_EDGES)).mean[0]


def test_sharpening_is_for_what_was_made_smaller():
    data = encoded(NOISE, quality=95)
    soft, sharp = (made(data, replace(SMALL, sharpen=sharpen, quality=95)) for sharpen in (False, True))
    assert 1.05 < sharpness(sharp) / sharpness(soft) < 1.6
    whole = Rendition(format="jpeg")
    assert renditions.rendition(data, whole, PATH) == renditions.rendition(data, replace(whole, sharpen=True), PATH)


def test_progressive_is_as_it_was_asked():
    assert "progressive" not in made(encoded(corners()), replace(SMALL, progressive=False)).info


def test_renditions_in_several_threads_keep_quiet():
    data = encoded(corners(), exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff")
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda _: renditions.rendition(data, SMALL, PATH), range(40)))) == 1
