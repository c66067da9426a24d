"""Which block is believed, and what a change does to each."""

import hashlib

import pytest

from captioner.core.fields import FIELDS, Kind, parse
from captioner.core.policy import Policy
from captioner.storage import metadata
from captioner.storage.blocks import exif, iim, photoshop, xmp
from captioner.storage.blocks.xmp import Property
from captioner.storage.formats import Blocks, jpeg

LIMIT = 65_527
CREDIT = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"


def resources(texts: dict) -> bytes | None:
    return photoshop.with_data(None, {photoshop.IIM: iim.edit(None, texts, "cp1252")})


def blocks(in_exif: dict | None = None, in_iim: dict | None = None, in_xmp: list | None = None) -> Blocks:
    return Blocks(
        exif.edit(None, in_exif or {}, LIMIT),
        photoshop.with_data(
            None, {photoshop.IIM: iim.edit(None, {n: (t,) for n, t in (in_iim or {}).items()}, "cp1252")}
        ),
        xmp.edit(None, [Property(name, "text", (text,)) for name, text in in_xmp or []]),
    )


def read(held: Blocks) -> metadata.Reading:
    return metadata.read(held, Policy())


def write(held: Blocks, policy: Policy = Policy(), **values: str) -> Blocks:  # noqa: B008
    return metadata.rewrite(
        held, None, metadata.read(held, policy), {k: parse(k, v) for k, v in values.items()}, policy, jpeg
    ).blocks


def exif_texts(held: Blocks) -> dict[str, str]:
    return exif.read(held.exif, "cp1252")


def test_xmp_is_believed_and_the_other_is_a_disagreement():
    reading = read(blocks(in_iim={110: "Theirs"}, in_xmp=[("photoshop:Credit", "Ours")]))
    assert (reading.values["credit"], reading.disagreements) == ("Ours", {"credit"})


def test_iim_is_believed_when_the_digest_tells_that_it_is_newer():
    held = blocks(in_iim={110: "Newer"}, in_xmp=[("photoshop:Credit", "Older")])
    stale = b"8BIM\x04\x25\0\0\0\0\0\x10" + hashlib.md5(b"other").digest()
    reading = read(Blocks(held.exif, held.resources + stale, held.xmp))
    assert (reading.values["credit"], reading.disagreements) == ("Newer", {"credit"})


@pytest.mark.parametrize("cut", ["Mikhail Metzel/Sputnik/Kremlin P", CREDIT])
def test_a_value_cut_at_its_limit_agrees(cut):
    reading = read(blocks(in_iim={110: cut}, in_xmp=[("photoshop:Credit", CREDIT)]))
    assert (reading.values["credit"], reading.disagreements) == (CREDIT, frozenset())


def test_exif_counts_where_neither_of_the_others_has_the_field():
    assert read(blocks({"ImageDescription": "From EXIF"})).values["caption"] == "From EXIF"


@pytest.mark.parametrize("text", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "DCIM\\100MEDIA\\DJI_1.JPG", "   "])
def test_a_cameras_boilerplate_is_no_caption(text):
    assert read(blocks({"ImageDescription": text})).values["caption"] == ""


def test_artist_that_equals_the_credit_is_no_creator():
    reading = read(blocks({"Artist": CREDIT}, in_xmp=[("photoshop:Credit", CREDIT)]))
    assert (reading.values["creator"], reading.disagreements) == ((), frozenset())


def test_artist_is_the_creators_otherwise():
    assert read(blocks({"Artist": "Ann Lee; Bob Ray"})).values["creator"] == ("Ann Lee", "Bob Ray")


def test_a_creator_that_nobody_touched_keeps_artist():
    held = write(blocks({"Artist": "Ann Lee"}), credit=CREDIT)
    assert (exif_texts(held)["Artist"], read(held).values["creator"]) == ("Ann Lee", ("Ann Lee",))


def test_artist_goes_back_to_the_credit_when_the_creators_go():
    held = write(write(Blocks(), credit=CREDIT, creator="Ann Lee"), creator="")
    assert exif_texts(held)["Artist"] == CREDIT


@pytest.mark.parametrize(("choice", "artist"), [("auto", "Ann Lee"), ("creator", "Ann Lee"), ("credit", CREDIT)])
def test_the_setting_says_whom_artist_names(choice, artist):
    held = write(Blocks(), Policy(exif_artist=choice), credit=CREDIT, creator="Ann Lee")
    assert exif_texts(held)["Artist"] == artist


COPIES = {"XPTitle": "caption", "XPComment": "caption", "UserComment": "caption", "XPAuthor": "credit"}


@pytest.mark.parametrize("tag", COPIES)
def test_copies_of_the_old_value_are_brought_along(tag):
    held = write(Blocks(), caption="Old caption", credit="Old credit/AP")
    copied = Blocks(exif.edit(held.exif, {tag: read(held).values.text(COPIES[tag])}, LIMIT), held.resources, held.xmp)
    assert exif_texts(write(copied, caption="Neu ü", credit="New/AP"))[tag] in ("Neu ü", "New/AP")


def test_other_texts_in_those_tags_stay():
    held = blocks({"XPComment": "Somebody's note", "UserComment": "Another"})
    texts = exif_texts(write(held, caption="New"))
    assert (texts["XPComment"], texts["UserComment"]) == ("Somebody's note", "Another")


def test_a_date_without_time_keeps_the_time_that_the_camera_knows():
    held = blocks({"DateTimeOriginal": "2023:09:13 14:05:00"})
    assert exif_texts(write(held, date_created="2023-09-13"))["DateTimeOriginal"] == "2023:09:13 14:05:00"


def test_what_stands_in_extended_xmp_is_found_and_changed_there():
    beyond = xmp.edit(None, [Property("photoshop:Credit", "text", ("Old",)), Property("dc:title", "alt", ("T",))])
    held = write(Blocks(xmp=blocks(in_xmp=[("photoshop:City", "Oslo")]).xmp, extended_xmp=beyond), credit="New")
    assert (read(held).values["credit"], b"Old" in held.extended_xmp) == ("New", False)
    guid = hashlib.md5(held.extended_xmp).hexdigest().upper()
    assert xmp.read(held.xmp)["xmpNote:HasExtendedXMP"] == (guid,)


SAMPLES = {Kind.DATE: "2023-09-13T10:20:30+07:00", Kind.LIST: "Ünë; 김; Владимир", Kind.LINE: "Łódź 김 ب 😀",
           Kind.TEXT: "Eins\nzwei 김 ب 😀"}  # fmt: skip


@pytest.mark.parametrize("key", FIELDS)
def test_every_field_is_in_every_block_that_has_a_place_for_it(key):
    value = parse(key, SAMPLES[FIELDS[key].kind])
    reading = read(write(Blocks(), **{key: SAMPLES[FIELDS[key].kind]}))
    places = {"xmp"} | ({"iim"} if FIELDS[key].iim else set()) | ({"exif"} if FIELDS[key].exif else set())
    assert {name: values[key] for name, values in reading.blocks.items()} == dict.fromkeys(places, value)


@pytest.mark.parametrize("key", FIELDS)
def test_taking_a_field_back_leaves_no_block_behind(key):
    assert write(write(Blocks(), **{key: SAMPLES[FIELDS[key].kind]}), **{key: ""}) == Blocks()
