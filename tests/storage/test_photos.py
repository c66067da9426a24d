import os
import stat

import pytest

from captioner.core import fields
from captioner.core.caption import Values
from captioner.core.merge import OnConflict
from captioner.core.policy import Policy
from captioner.errors import CaptionerError, UsageError
from captioner.storage import listing, photos
from captioner.storage.picture_size import pixel_size
from tests import pictures, readers

CREDIT = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
POLICY = Policy()


def save(path, **values):
    parsed = {key: fields.parse(key, text) for key, text in values.items()}
    return photos.save_values(photos.read_photo(path, POLICY), parsed, POLICY)


@pytest.fixture
def photo(tmp_path):
    return pictures.camera(tmp_path / "a.jpg")


def test_exiftool_reads_every_block(photo):
    save(photo, caption="Kapal “Владимир” 김", credit=CREDIT)
    held = readers.exiftool(photo)
    assert {held[f"{group}"] for group in ("IPTC:Caption-Abstract", "XMP-dc:Description", "IFD0:ImageDescription")} == {
        "Kapal “Владимир” 김"}  # fmt: skip
    assert {held[name] for name in ("IPTC:Credit", "XMP-photoshop:Credit", "IFD0:Artist")} == {CREDIT}


@pytest.mark.parametrize("read", [readers.php_iptc, readers.pillow_iptc])
def test_receivers_read_caption_and_the_whole_credit(photo, read):
    save(photo, caption="Rabu (13/9/2023)", credit=CREDIT)
    held = read(photo)
    assert (held["2#120"], held["2#110"]) == (["Rabu (13/9/2023)"], [CREDIT])


def test_artist_names_the_creators_once_there_are_any(photo):
    save(photo, credit=CREDIT)
    save(photo, creator="Mikhail Metzel; Ann Lee")
    assert readers.exiftool(photo)["IFD0:Artist"] == "Mikhail Metzel; Ann Lee"
    assert photos.read_photo(photo, POLICY).values["credit"] == CREDIT


def test_taking_everything_back_gives_the_old_file_to_the_byte(photo):
    before = photo.read_bytes()
    save(photo, caption="New", credit=CREDIT, city="Oslo")
    save(photo, caption="", credit="", city="")
    assert photo.read_bytes() == before


def test_a_hundred_edits_do_not_grow_the_file(photo):
    save(photo, caption="Number 100", credit=CREDIT)
    size = photo.stat().st_size
    for number in range(100, 200):
        save(photo, caption=f"Number {number}", credit=CREDIT)
    assert photo.stat().st_size == size


def test_the_old_caption_is_left_nowhere(tmp_path):
    path = pictures.draw(tmp_path / "a.jpg")
    save(path, caption="A secret that is long", credit="Old Credit/AP")
    save(path, caption="Another", credit="New/AP")
    held = path.read_bytes()
    assert not any(old.encode(coding) in held for old in ("secret", "Old Credit") for coding in ("utf-8", "utf-16-le"))


def test_the_picture_and_the_maker_note_stay(photo):
    before = photo.read_bytes()
    save(photo, caption="New", credit=CREDIT, date_created="2024-01-02")
    after = photo.read_bytes()
    assert after[after.rindex(b"\xff\xda") :] == before[before.rindex(b"\xff\xda") :]
    assert b"note" * 20 in after


def test_a_file_that_changed_meanwhile_is_not_overwritten(photo):
    read = photos.read_photo(photo, POLICY)
    save(photo, caption="Theirs")
    saved = photos.save_values(read, {"caption": "Mine", "city": "Oslo"}, POLICY)
    assert (saved.photo.conflicts, saved.photo.saved["caption"]) == ({"caption"}, "Theirs")
    held = photos.read_photo(photo, POLICY).values
    assert (held["caption"], held["city"]) == ("Theirs", "Oslo")


@pytest.mark.parametrize(("choice", "caption"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_a_conflict_can_be_decided_beforehand(photo, choice, caption):
    read = photos.read_photo(photo, POLICY)
    save(photo, caption="Theirs", headline="Theirs alone")
    saved = photos.save_values(read, {"caption": "Mine", "city": "Oslo"}, POLICY, OnConflict(choice))
    held = photos.read_photo(photo, POLICY).values
    assert (held["caption"], held["city"], held["headline"]) == (caption, "Oslo", "Theirs alone")
    assert not saved.photo.contested


def test_a_conflict_can_stop_everything(photo):
    read = photos.read_photo(photo, POLICY)
    save(photo, headline="Theirs")
    before = photo.read_bytes()
    with pytest.raises(photos.Conflict, match=r"a\.jpg was changed"):
        photos.save_values(read, {"caption": "Mine"}, POLICY, OnConflict.FAIL)
    assert photo.read_bytes() == before


def test_the_same_change_on_both_sides_is_no_conflict(photo):
    read = photos.read_photo(photo, POLICY)
    save(photo, caption="Same")
    assert not photos.save_values(read, {"caption": "Same"}, POLICY, OnConflict.MERGE).photo.contested


def test_a_file_that_was_merely_touched_is_no_conflict(photo):
    read = photos.read_photo(photo, POLICY)
    os.utime(photo, (1, 1))
    photos.save_values(read, {"caption": "Mine"}, POLICY)
    assert photos.read_photo(photo, POLICY).values["caption"] == "Mine"


def test_mode_and_link_stay(photo, tmp_path):
    photo.chmod(0o640)
    link = tmp_path / "link.jpg"
    link.symlink_to(photo)
    save(link, caption="New")
    assert link.is_symlink()
    assert stat.S_IMODE(photo.stat().st_mode) == 0o640


def test_nothing_is_left_beside_the_photo(photo):
    save(photo, caption="New")
    assert [path.name for path in photo.parent.iterdir()] == ["a.jpg"]


BAD = {
    "text.jpg": (b"this is text\n" * 50, "not a picture"),
    "empty.jpg": (b"", "is empty"),
    "broken.jpg": (b"\xff\xd8\xff\xe1\xff\xffabc", "is damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_jpeg_is_refused_by_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(BAD[name][0])
    with pytest.raises(CaptionerError, match=BAD[name][1]) as caught:
        photos.read_photo(path, POLICY)
    assert caught.value.sentence.startswith(name)


def test_a_truncated_jpeg_is_shown_but_not_written(photo):
    save(photo, caption="Held")
    photo.write_bytes(photo.read_bytes()[:-20])
    before = photo.read_bytes()
    read = photos.read_photo(photo, POLICY)
    assert (read.values["caption"], "cut short" in read.trouble) == ("Held", True)
    with pytest.raises(CaptionerError, match="cut short"):
        photos.save_values(read, {"caption": "New"}, POLICY)
    assert photo.read_bytes() == before


def test_a_missing_photo_is_named(tmp_path):
    with pytest.raises(CaptionerError, match=r"gone\.jpg is not there"):
        photos.read_photo(tmp_path / "gone.jpg", POLICY)


def test_a_folder_is_listed_as_people_count(tmp_path):
    for name in ("10.jpg", "2.JPG", "1.png", ".hidden.jpg", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.jpg").mkdir()
    assert [path.name for path in listing.list_photos(tmp_path)] == ["1.png", "2.JPG", "10.jpg"]


def test_a_missing_folder_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match="There is no folder"):
        listing.list_photos(tmp_path / "none")


def test_what_does_not_fit_the_packet_goes_to_its_extension(photo):
    before = photo.read_bytes()
    save(photo, extended_description="x" * 70_000, alt_text="y" * 70_000, credit=CREDIT)
    held = readers.exiftool(photo)
    assert (len(held["XMP-iptcCore:ExtDescrAccessibility"]), len(held["XMP-iptcCore:AltTextAccessibility"])) == (
        70_000, 70_000)  # fmt: skip
    assert held["XMP-photoshop:Credit"] == CREDIT
    save(photo, extended_description="", alt_text="short", credit="")
    assert readers.exiftool(photo)["XMP-iptcCore:AltTextAccessibility"] == "short"
    save(photo, alt_text="")
    assert photo.read_bytes() == before


def test_a_caption_too_long_for_exif_is_told(photo):
    notes = save(photo, caption="x" * 64_600, extended_description="").notes
    assert "EXIF block is full" in notes[0]


def test_a_second_packet_keeps_no_old_value(photo):
    save(photo, credit="Old/AP")
    data = photo.read_bytes()
    at = data.index(b"http://ns.adobe.com/xap/1.0/") - 4
    packet = data[at : at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")]
    photo.write_bytes(data[:at] + 3 * packet + data[at + len(packet) :])
    save(photo, credit="New/AP")
    assert b"Old/AP" not in photo.read_bytes()
    assert photo.read_bytes().count(b"New/AP") == 5


def test_control_characters_are_refused_by_name_and_the_file_stays(photo):
    before = photo.read_bytes()
    with pytest.raises(CaptionerError, match=r"a\.jpg: Caption holds the control character U\+0001"):
        photos.save_values(photos.read_photo(photo, POLICY), {"caption": "a\1b"}, POLICY)
    assert photo.read_bytes() == before


def test_captioned_bytes_hold_every_value(photo):
    data = photos.captioned(photo.read_bytes(), Values({"caption": "New", "credit": CREDIT}), photo, POLICY)
    assert pixel_size(data) == (96, 64)
    photo.write_bytes(data)
    assert photos.read_photo(photo, POLICY).values["credit"] == CREDIT


def test_a_file_whose_octets_would_be_no_picture_without_their_exif_is_left(tmp_path):
    """A broken program left octets between segments, which would come to stand behind the start of the image."""
    path = pictures.draw(tmp_path / "a.jpg")
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xe1\0\x10Exif\0\0MM\0*\0\0\0\0odd" + data[2:])
    photos.save_values(photos.read_photo(path, Policy()), {"caption": "Harbor"}, Policy())
    before = path.read_bytes()
    photo = photos.read_photo(path, Policy())
    with pytest.raises(CaptionerError, match="format failed"):
        photos.save_values(photo, {"caption": ""}, Policy())
    assert path.read_bytes() == before
