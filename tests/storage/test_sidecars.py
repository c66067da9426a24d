"""Which XMP file belongs to a photo, and what it says."""

import pytest

from captioner.core.fields import FIELDS, parse
from captioner.core.policy import Policy
from captioner.storage import photos, sidecars
from tests import pictures, readers

BESIDE = Policy(save_to="sidecar")
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a remark -->
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:darktable="http://darktable.sf.net/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
   darktable:auto_presets_applied="1" xmp:Rating="3"/>
 </rdf:RDF>
</x:xmpmeta>
"""


@pytest.fixture
def raw(tmp_path):
    """Stands for a raw file: a format that is never written."""
    return pictures.draw(tmp_path / "a.gif")


def save(path, policy=BESIDE, **values):
    parsed = {key: parse(key, text) for key, text in values.items()}
    return photos.save_values(photos.read_photo(path, policy), parsed, policy)


def read(path, policy=BESIDE):
    return photos.read_photo(path, policy).values


def test_a_format_that_can_not_be_written_gets_a_sidecar_and_stays(raw):
    before = raw.read_bytes()
    saved = save(raw, Policy(), caption="Kapal 김", credit="Ann Lee/AP", keywords="a; b")
    assert (saved.sidecar, raw.read_bytes() == before) == (raw.with_suffix(".xmp"), True)
    held = readers.exiftool(raw.with_suffix(".xmp"))
    assert (held["XMP-dc:Description"], held["XMP-photoshop:Credit"]) == ("Kapal 김", "Ann Lee/AP")
    assert (read(raw)["caption"], read(raw)["keywords"]) == ("Kapal 김", ("a", "b"))


@pytest.mark.parametrize(("naming", "name"), [("NAME.xmp", "a.xmp"), ("NAME.EXT.xmp", "a.gif.xmp")])
def test_a_new_one_is_called_as_the_setting_says(raw, naming, name):
    assert save(raw, Policy(sidecar_naming=naming), caption="x").sidecar == raw.with_name(name)


@pytest.mark.parametrize("name", ["a.xmp", "a.gif.xmp", "a.XMP"])
def test_one_that_is_there_is_used_whatever_the_setting_says(raw, name):
    raw.with_name(name).write_text(FOREIGN)
    for naming in ("NAME.xmp", "NAME.EXT.xmp"):
        assert save(raw, Policy(sidecar_naming=naming), caption=naming).sidecar == raw.with_name(name)


def test_what_another_program_wrote_stays(raw):
    beside = raw.with_suffix(".xmp")
    beside.write_text(FOREIGN)
    save(raw, caption="New")
    text = beside.read_text(encoding="utf-8")
    assert all(each in text for each in ("<!-- a remark -->", 'auto_presets_applied="1"', 'xmp:Rating="3"', "<?xml"))
    save(raw, caption="")
    assert readers.exiftool(beside)["XMP-xmp:Rating"] == 3


def test_taking_everything_back_takes_our_own_away(raw):
    save(raw, caption="x", keywords="a; b")
    save(raw, caption="", keywords="")
    assert [path.name for path in raw.parent.iterdir()] == ["a.gif"]


def test_a_field_that_the_photo_holds_can_be_emptied(tmp_path):
    path = pictures.draw(tmp_path / "a.jpg")
    save(path, Policy(), caption="Inside", keywords="a; b", event="E")
    before = path.read_bytes()
    save(path, caption="", keywords="", event="")
    assert (dict(read(path)), path.read_bytes() == before) == ({}, True)


def test_a_photo_that_is_written_keeps_its_sidecar_in_step(tmp_path):
    path = pictures.draw(tmp_path / "a.jpg")
    save(path, caption="Old")
    save(path, Policy(), caption="New")
    reading = photos.read_blocks(path, Policy())[1]
    assert {values["caption"] for values in reading.blocks.values()} == {"New"}
    assert set(reading.blocks) == {"exif", "iim", "xmp", "sidecar"}


def test_a_photo_and_a_sidecar_that_differ_disagree_where_the_photo_is_written(tmp_path):
    path = pictures.draw(tmp_path / "a.jpg")
    save(path, Policy(), caption="Inside")
    save(path, caption="Beside")
    assert photos.read_photo(path, Policy()).disagreements == {"caption"}
    assert (photos.read_photo(path, BESIDE).disagreements, read(path)["caption"]) == (frozenset(), "Beside")


def test_two_photos_of_one_name_never_share(tmp_path):
    raw, jpeg = pictures.draw(tmp_path / "a.gif"), pictures.draw(tmp_path / "a.jpg")
    assert save(raw, caption="Raw").sidecar == tmp_path / "a.gif.xmp"
    assert save(jpeg, caption="JPEG").sidecar == tmp_path / "a.jpg.xmp"
    assert (read(raw)["caption"], read(jpeg)["caption"]) == ("Raw", "JPEG")


def test_the_short_name_is_the_raw_files(tmp_path):
    raw, jpeg = pictures.draw(tmp_path / "a.gif"), pictures.draw(tmp_path / "a.jpg")
    (tmp_path / "a.xmp").write_text(FOREIGN)
    assert (sidecars.find(raw), sidecars.find(jpeg)) == (tmp_path / "a.xmp", None)


def test_the_short_name_is_whose_it_says(tmp_path):
    raw, jpeg = pictures.draw(tmp_path / "a.gif"), pictures.draw(tmp_path / "a.jpg")
    whose = 'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:SidecarForExtension="JPG"'
    named = FOREIGN.replace("<rdf:Description ", f"<rdf:Description {whose} ")
    (tmp_path / "a.xmp").write_text(named)
    assert (sidecars.find(raw), sidecars.find(jpeg)) == (None, tmp_path / "a.xmp")


def test_a_sidecar_that_another_program_changed_is_a_conflict(raw):
    photo = photos.read_photo(raw, BESIDE)
    save(raw, caption="Theirs")
    assert photos.save_values(photo, {"caption": "Mine"}, BESIDE).photo.conflicts == {"caption"}


@pytest.mark.parametrize("key", FIELDS)
def test_every_field_has_its_place(raw, key):
    value = parse(key, "2023-09-13" if key == "date_created" else "Łódź; 김")
    photos.save_values(photos.read_photo(raw, BESIDE), {key: value}, BESIDE)
    assert dict(read(raw)) == {key: value}


def test_a_sidecar_that_is_not_well_formed_is_never_replaced(raw):
    raw.with_suffix(".xmp").write_text("<x:xmpmeta")
    with pytest.raises(photos.CaptionerError, match=r"a\.gif is damaged: its XMP"):
        photos.read_photo(raw, BESIDE)
