"""A rendition says what its original says, but what is true of the original alone."""

import io

import piexif
import pytest
from PIL import Image

from captioner.core.policy import Policy
from captioner.storage import photos
from captioner.storage.stripping import carried, stripped
from tests import fidelity, pictures, seeds
from tests.storage.rich_pictures import (
    KEPT,
    MOVED,
    PHOTO,
    as_read,
    every_format,
    resource,
    rich,
    segment,
    shown,
)


def rendition(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    held = piexif.dump({"0th": {274: 1, 271: b"Kestrel"}})
    Image.linear_gradient("L").convert("RGB").resize((20, 24)).save(out, kind, exif=held)
    return out.getvalue()


@every_format
@pytest.mark.parametrize("kind_of_new", ["JPEG", "WEBP"])
def test_a_rendition_takes_over_rights_and_what_other_programs_said(kind, kind_of_new, tmp_path):
    found = as_read(carried(rendition(kind_of_new), rich(kind), PHOTO), tmp_path)
    assert found["XMP-dc:Rights"] == [KEPT.decode()]
    assert found["XMP-plus:ImageSupplierName"] == ["Lensa"]
    assert found["XMP-aux:Lens"] == ["50 mm"]
    assert found["IFD0:Orientation"] == ["Horizontal (normal)"]


@every_format
def test_a_rendition_takes_over_nothing_that_is_true_of_the_original_alone(kind, tmp_path):
    data = carried(rendition(), rich(kind), PHOTO)
    assert [name for name in ("maker_notes", "thumbnail", "edit_history") if MOVED[name] in data] == []
    found = as_read(data, tmp_path)
    assert not {"XMP-tiff:Orientation", "XMP-GCamera:MotionPhoto"} & set(found)
    assert "ExifTool:Warning" not in found


@every_format
def test_a_rendition_can_be_stripped_and_captioned(kind):
    values = seeds.values("New “Владимир” 김")
    data = photos.captioned(carried(rendition(), rich(kind), PHOTO), values, PHOTO, Policy())
    assert MOVED["gps"] in data
    assert MOVED["gps"] not in stripped(data, "all", ["gps"], PHOTO)


def test_a_rendition_has_the_original_iim_without_what_describes_its_pixels(tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg")
    iim = b"\x1c\2\x74\0\x13" + KEPT + b"\x1c\2\xca\0\4prev" + b"\x1c\3\x14\0\2\0\x30"
    data = photo.read_bytes()
    data = data[:20] + segment(0xED, b"Photoshop 3.0\0" + resource(0x0404, iim)) + data[20:]
    found = as_read(carried(rendition(), data, PHOTO), tmp_path)
    assert [name for name in found if name.startswith("IPTC:")] == ["IPTC:CopyrightNotice"]


def test_what_finds_no_room_in_a_rendition_is_left_out(tmp_path):
    photo = pictures.draw(tmp_path / "a.png")
    fidelity.save(photo, {"extended_description": "x" * 70_000, "headline": "Here"})
    found = as_read(carried(rendition(), photo.read_bytes(), PHOTO), tmp_path)
    assert found["XMP-photoshop:Headline"] == ["Here"]
    assert "XMP-iptcCore:ExtDescrAccessibility" not in found


@pytest.mark.parametrize("original", [b"", b"no picture", rich("jpg").replace(b"</rdf:RDF>", b"</rdf:RDX>")])
def test_blocks_that_can_not_be_followed_are_left_out_of_a_rendition(original):
    assert shown(carried(rendition(), original, PHOTO)) == shown(rendition())
