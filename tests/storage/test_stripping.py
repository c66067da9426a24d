"""What a recipe takes out of a photo is nowhere in the file any more, and all else is as it was."""

import random
import struct
from contextlib import suppress
from pathlib import Path

import piexif
import pytest

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import photos
from captioner.storage.stripping import KEEP, REMOVABLE, stripped
from tests import fidelity, fuzzing, pictures, seeds
from tests.storage.rich_pictures import (
    FORMATS,
    KEPT,
    MOVED,
    PHOTO,
    as_read,
    every_format,
    every_thing,
    exif,
    packet,
    rich,
    segment,
    shown,
    without,
)

# What is removed


@every_format
@every_thing
def test_what_is_removed_is_nowhere_in_the_octets(kind, name):
    assert MOVED[name] in rich(kind)
    assert MOVED[name] not in without(kind, name)


@every_format
@every_thing
def test_what_is_not_removed_stays(kind, name):
    takes = {name, *({"maker_notes"} if name == "serial_numbers" else ())}
    said = {each: text for each, text in MOVED.items() if each not in takes and text in rich(kind)}
    assert [each for each, text in said.items() if text not in without(kind, name)] == []
    assert KEPT in without(kind, name)


@every_format
@pytest.mark.parametrize("keep", KEEP)
def test_the_picture_decodes_as_before(kind, keep):
    assert shown(stripped(rich(kind), keep, REMOVABLE, PHOTO)) == shown(rich(kind))


@every_format
@pytest.mark.parametrize("keep", KEEP)
def test_a_second_time_changes_nothing(kind, keep):
    once = stripped(rich(kind), keep, REMOVABLE, PHOTO)
    assert stripped(once, keep, REMOVABLE, PHOTO) == once


@every_format
@pytest.mark.parametrize("keep", KEEP)
def test_captions_can_be_written_afterwards_and_bring_nothing_back(kind, keep):
    values = seeds.values("New “Владимир” 김")
    data = photos.captioned(stripped(rich(kind), keep, REMOVABLE, PHOTO), values, PHOTO, Policy())
    assert [text for text in MOVED.values() if text in data] == []
    assert "Владимир".encode() in data


@every_format
def test_what_our_own_edits_left_room_for_goes_too(kind, tmp_path):
    photo = tmp_path / f"photo.{kind}"
    photo.write_bytes(rich(kind))
    fidelity.save(photo, seeds.values("Old"))
    data = stripped(photo.read_bytes(), "all", REMOVABLE, photo)
    emptied = photos.captioned(data, {}, photo, Policy())
    assert [text for text in MOVED.values() if text in data + emptied] == []


def test_nothing_to_remove_changes_no_octet():
    assert stripped(rich("jpg"), "all", (), PHOTO) == rich("jpg")


@pytest.mark.parametrize("make", [b"DJI", b"GoPro"])
def test_a_position_takes_the_maker_note_of_cameras_that_write_it_there(make, tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg", exif=exif(make))
    assert MOVED["maker_notes"] not in stripped(photo.read_bytes(), "all", ["gps"], photo)


def test_a_position_in_extended_xmp_goes_and_the_rest_is_found(tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg")
    fidelity.save(photo, {"extended_description": "x" * 70_000, "headline": "Here"})
    guid, body = b"0" * 32, packet()
    lead = b"http://ns.adobe.com/xmp/extension/\0"
    plain = photo.read_bytes()
    other = segment(0xE1, lead + guid + struct.pack(">II", len(body), 0) + body)
    at = plain.rindex(lead) - 4
    end = at + 2 + int.from_bytes(plain[at + 2 : at + 4], "big")
    data = stripped(plain[:end] + other + plain[end:], "all", ["gps"], photo)
    assert MOVED["gps"] not in data
    assert as_read(data, tmp_path)["XMP-iptcCore:ExtDescrAccessibility"] == ["x" * 70_000]


# What is kept


@every_format
def test_captions_and_none_keep_nothing_of_what_was_said(kind):
    for keep in ("captions", "none"):
        data = stripped(rich(kind), keep, (), PHOTO)
        assert [text for text in (*MOVED.values(), KEPT, b"Kestrel", b"50 mm") if text in data] == []


@every_format
def test_a_bare_picture_is_shown_upright(kind, tmp_path):
    assert as_read(stripped(rich(kind), "none", (), PHOTO), tmp_path)["IFD0:Orientation"] == ["Rotate 90 CW"]


def test_an_upright_picture_is_left_with_no_block_at_all(tmp_path):
    photo = pictures.camera(tmp_path / "a.jpg")
    assert b"Exif" not in stripped(photo.read_bytes(), "none", (), photo)


def test_the_resolution_stays_with_the_captions(tmp_path):
    held = piexif.dump({"0th": {282: (300, 1), 283: (300, 1), 296: 2, 271: b"Kestrel"}})
    photo = pictures.draw(tmp_path / "a.webp", exif=held)
    found = as_read(stripped(photo.read_bytes(), "captions", (), photo), tmp_path)
    assert {name: found[name] for name in found if name.startswith("IFD0:")} == {
        "IFD0:XResolution": [300], "IFD0:YResolution": [300], "IFD0:ResolutionUnit": ["inches"]}  # fmt: skip


@pytest.mark.parametrize("kind", ["frames.png", "frames.webp", "pages.tif", "tiles.tif", "big.tif", "be.tif"])
def test_animations_pages_and_tiles_are_whole(kind, tmp_path):
    photo = seeds.captioned(tmp_path, kind)
    before = fidelity.frames(photo)
    photo.write_bytes(stripped(photo.read_bytes(), "none", (), photo))
    assert fidelity.frames(photo) == before
    assert "Владимир".encode() not in photo.read_bytes()


def test_a_profile_stays(tmp_path):
    profile = fuzzing.ImageCms.ImageCmsProfile(fuzzing.ImageCms.createProfile("sRGB")).tobytes()
    for kind in FORMATS:
        photo = pictures.draw(tmp_path / f"a.{kind}", icc_profile=profile)
        assert shown(stripped(photo.read_bytes(), "none", (), photo))[2] == profile


# What is refused


def refusal(data: bytes, *names: str, name: str = "photo.jpg") -> str:
    with pytest.raises(CaptionerError) as error:
        stripped(data, "all", names, Path(name))
    assert name in error.value.sentence
    return error.value.sentence


def test_a_position_that_can_not_be_followed_refuses_the_photo(tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg", exif=exif())
    data = photo.read_bytes()
    start = data.index(b"Exif\0\0") + 6
    at = data.index(b"\x88\x25\0\4", start)
    damaged = data[: at + 8] + struct.pack(">I", data.index(MOVED["gps"]) - start) + data[at + 12 :]
    assert "EXIF" in refusal(damaged, "gps")


def test_xmp_that_is_not_well_formed_refuses_the_photo():
    assert "XMP" in refusal(rich("jpg").replace(b"</rdf:RDF>", b"</rdf:RDX>"), "gps")


def test_a_picture_without_its_end_is_refused(tmp_path):
    data = pictures.draw(tmp_path / "a.jpg").read_bytes()
    assert "cut short" in refusal(data[:-40], "gps")


@pytest.mark.parametrize("kind", ["heic", "dng"])
def test_formats_that_hold_no_captions_are_refused(kind, tmp_path):
    photo = seeds.drawn(tmp_path, kind)
    assert "JPEG" in refusal(photo.read_bytes(), "gps", name=photo.name)


@pytest.mark.parametrize("kind", seeds.WRITABLE)
def test_damaged_files_end_in_a_sentence_or_lose_what_they_should(kind, tmp_path):
    every = [*fuzzing.material(tmp_path, kind), *([rich(kind)] if kind in FORMATS else [])]
    photo = tmp_path / f"f.{kind}"
    for number in range(60):
        data = fuzzing.mutated(random.Random(number), every)
        keep = KEEP[number % 3]
        with suppress(CaptionerError):
            new = stripped(data, keep, REMOVABLE, photo)
            assert stripped(new, keep, REMOVABLE, photo) == new, number
