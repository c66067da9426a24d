"""TIFF in its forms: both byte orders, BigTIFF, several pages, strips and tiles."""

import struct

import pytest
from PIL import Image

from captioner.core import fields
from captioner.core.policy import Policy
from captioner.storage import photos
from captioner.storage.blocks.tiff import Stream
from captioner.storage.formats import tiff
from tests import readers

OPTIONS = {"plain": {}, "lzw": {"compression": "tiff_lzw"}, "jpeg": {"compression": "jpeg"}, "big": {"big_tiff": True},
           "tiled": {"tile": (16, 16)}, "pages": {"save_all": True}}  # fmt: skip
VALUES = {"caption": "Kapal “Владимир” 김", "credit": "Ann Lee/Sputnik/Kremlin Pool/AP", "creator": ("Ann Lee", "Bob")}
READ = ("IFD0:ImageDescription", "IPTC:Caption-Abstract", "XMP-dc:Description")


def big_endian(path) -> bytes:
    """A 4 × 2 grey picture whose strip stands before its directory, with an old caption."""
    pixels, caption = bytes(range(8)), b"An old caption\0\0"
    at = 8 + len(pixels) + len(caption)
    entries = [
        (256, 4, 1, 4), (257, 4, 1, 2), (258, 3, 1, 8 << 16), (259, 3, 1, 1 << 16), (262, 3, 1, 1 << 16),
        (270, 2, len(caption) - 1, 16), (273, 4, 1, 8), (277, 3, 1, 1 << 16), (278, 4, 1, 2), (279, 4, 1, 8),
    ]  # fmt: skip
    directory = struct.pack(">H", len(entries)) + b"".join(struct.pack(">HHII", *each) for each in entries) + bytes(4)
    path.write_bytes(b"MM\0*" + struct.pack(">I", at) + pixels + caption + directory)
    return pixels


@pytest.fixture(params=[*OPTIONS, "big-endian"])
def picture(request, tmp_path):
    path = tmp_path / "a.tif"
    if request.param == "big-endian":
        big_endian(path)
        return path
    image, options = Image.effect_noise((64, 48), 50).convert("RGB"), dict(OPTIONS[request.param])
    if options.get("save_all"):
        options["append_images"] = [image.rotate(90), image.rotate(180)]
    image.save(path, **options)
    return path


def save(path, **values):
    return photos.save_values(photos.read_photo(path, Policy()), values, Policy())


def pixels(path) -> list[bytes]:
    with Image.open(path) as image:
        return [image.seek(number) or image.tobytes() for number in range(getattr(image, "n_frames", 1))]


def test_every_block_is_written_and_every_page_stays(picture):
    before = pixels(picture)
    save(picture, **VALUES)
    held = readers.exiftool(picture)
    assert {held[name] for name in READ} == {VALUES["caption"]}
    assert (held["IPTC:By-line"], held["IFD0:Artist"]) == (["Ann Lee", "Bob"], "Ann Lee; Bob")
    assert "ExifTool:Warning" not in held
    assert pixels(picture) == before


def test_taking_everything_back_gives_the_old_file_to_the_byte(picture):
    old, before = photos.read_photo(picture, Policy()).saved, picture.read_bytes()
    new = {key: value for key, value in VALUES.items() if not old[key]}  # a caption in EXIF alone would be in all
    save(picture, **new)
    save(picture, **{key: old[key] for key in new})
    assert picture.read_bytes() == before


def test_the_old_caption_is_left_nowhere(tmp_path):
    big_endian(tmp_path / "a.tif")
    save(tmp_path / "a.tif", caption="New")
    assert b"old caption" not in (tmp_path / "a.tif").read_bytes()


def test_only_what_is_asked_for_is_read(picture):
    class Counting(bytes):
        read = 0

        def __getitem__(self, span):
            Counting.read += len(bytes.__getitem__(self, span))
            return bytes.__getitem__(self, span)

    tiff.blocks(Counting(picture.read_bytes()))
    assert Counting.read < 1000


def test_what_another_program_added_behind_the_tail_stays(picture):
    save(picture, **VALUES)
    picture.write_bytes(picture.read_bytes() + b"somebody's data")
    save(picture, caption="Another")
    assert b"somebody's data" in picture.read_bytes()
    assert photos.read_photo(picture, Policy()).values["caption"] == "Another"


def test_iim_with_its_words_swapped_is_read(tmp_path):
    path = tmp_path / "a.tif"
    Image.new("RGB", (4, 4)).save(path)
    save(path, credit="Ann Lee/AP")
    held = tiff._root(Stream(path.read_bytes()))[tiff.IIM]
    data, at = bytearray(path.read_bytes()), int.from_bytes(held.field, "little")
    for word in range(at, at + held.size, 4):
        data[word : word + 4] = data[word : word + 4][::-1]
    path.write_bytes(data)
    assert photos.read_blocks(path, Policy())[1].blocks["iim"]["credit"] == "Ann Lee/AP"
    save(path, credit="Bob Ray/AFP")
    assert readers.exiftool(path)["IPTC:Credit"] == "Bob Ray/AFP"


def test_a_picture_whose_strips_are_missing_is_cut_short(tmp_path):
    path = tmp_path / "a.tif"
    big_endian(path)
    data = bytearray(path.read_bytes())
    at = data.index(struct.pack(">HHII", 273, 4, 1, 8)) + 8
    data[at : at + 4] = struct.pack(">I", 10_000)
    path.write_bytes(data)
    assert "cut short" in photos.read_photo(path, Policy()).trouble


def test_a_raw_file_under_another_name_gets_a_sidecar(tmp_path):
    path = tmp_path / "a.tif"
    with Image.open(_saved(tmp_path)) as image:
        image.save(path, tiffinfo={50706: (1, 4, 0, 0)})
    before = path.read_bytes()
    assert save(path, caption="New").sidecar == tmp_path / "a.xmp"
    assert path.read_bytes() == before


def _saved(folder):
    path = folder / "plain.png"
    Image.new("RGB", (4, 4)).save(path)
    return path


@pytest.mark.parametrize("key", ["caption", "credit", "creator", "copyright", "date_created"])
def test_receivers_that_read_exif_see_each_value(picture, key):
    value = fields.parse(key, {"date_created": "2023-09-13T10:20:30+07:00"}.get(key, "Łódź/AP"))
    save(picture, **{key: value})
    assert photos.read_blocks(picture, Policy())[1].blocks["exif"][key] == value
