from pathlib import Path

import pytest
from exporting import CREDIT, HEADLINE, read
from pictures import draw

from captioner.core.photo import Photo
from captioner.errors import CaptionerError, UsageError
from captioner.export.documents import plan_json
from captioner.export.plan import plan, warned
from captioner.export.recipes import load_recipe
from captioner.storage.outcome import unreadable


def files(plan) -> list[str]:
    return [photo.file for photo in plan.photos]


def test_a_plan_lists_the_photos_in_the_sets_order(planned, story):
    plan = planned([story[2], *story[:2]])
    assert [photo.source for photo in plan.photos] == [story[2].path, story[0].path, story[1].path]
    assert files(plan) == [f"0{n}_kim-jong-un-temui-putin.jpg" for n in (1, 2, 3)]
    assert [photo.sequence for photo in plan.photos] == [1, 2, 3]


def test_a_plan_holds_what_the_person_sees_and_not_what_the_file_holds(planned, story):
    assert planned().photos[0].values["credit"] == CREDIT
    assert planned().photos[0].values["caption"] == story[0].values["caption"]


def test_a_photo_without_a_headline_gets_the_sets(planned, story):
    plan = planned([story[0].edited("headline", "Its own"), story[1]])
    assert [photo.values["headline"] for photo in plan.photos] == ["Its own", HEADLINE]


def test_a_plan_says_which_photos_lack_caption_or_credit(planned, story):
    plan = planned([story[0], story[6], story[1].edited("caption", "").edited("credit", "")])
    assert [photo.missing for photo in plan.photos] == [(), ("credit",), ("caption", "credit")]


def test_a_photo_that_cannot_be_exported_is_refused_and_gets_no_number(planned, story):
    broken = unreadable(Path("b.jpg"), CaptionerError("b.jpg is not a picture."))
    unread = Photo(Path("c.jpg"))
    plan = planned([story[0], broken, unread, story[1]])
    assert files(plan) == ["01_kim-jong-un-temui-putin.jpg", "02_kim-jong-un-temui-putin.jpg"]
    assert plan.refused[0] == (Path("b.jpg"), "b.jpg is not a picture.")
    assert plan.refused[1] == (Path("c.jpg"), "c.jpg has not been read yet; export again when it has.")


def test_a_sentence_that_names_no_photo_gets_its_name(planned):
    assert planned([Photo(Path("b.jpg"), trouble="It is cut short.")]).refused[0][1] == "b.jpg: It is cut short."


@pytest.mark.parametrize(
    ("text", "code"), [("a\0b", "0000"), ("a\x0bb", "000B"), ("\ud800", "D800"), ("\uffff", "FFFF")]
)
def test_a_photo_with_a_control_character_is_refused_and_the_rest_goes_on(planned, story, text, code):
    """Other programs leave them in IPTC and EXIF, and XMP can't hold them."""
    plan = planned([story[0], story[1].edited("creator", ("Ann", text)), story[2]])
    assert [photo.source for photo in plan.photos] == [story[0].path, story[2].path]
    assert plan.refused == ((story[1].path, f"photo-2.jpg: Creator holds the control character U+{code}; remove it."),)


def test_a_control_character_in_the_sets_headline_is_told(story, destination):
    refused = plan(story[:2], "a\0b", load_recipe("cms"), destination).refused
    assert [sentence for _, sentence in refused] == [
        f"photo-{n}.jpg: Headline holds the control character U+0000; remove it." for n in (1, 2)
    ]


def test_tabs_line_breaks_and_deletes_are_no_reason_to_refuse(planned, story):
    assert planned([story[0].edited("caption", "a\tb\nc\x7f")]).refused == ()


def test_planning_writes_nothing(planned, destination):
    planned()
    assert not destination.parent.exists()


def test_a_plan_has_a_receipts_shape(planned, story, destination):
    document = plan_json(planned([story[0], Photo(Path("b.jpg"), trouble="b.jpg is damaged.")]))
    assert document["destination"] == str(destination)
    assert document["manifest"] == str(destination / "manifest.json")
    assert document["photos"] == [{
        "sequence": 1, "source": str(story[0].path), "file": "01_kim-jong-un-temui-putin.jpg", "missing": [],
        "fields": {"headline": HEADLINE, "caption": story[0].values["caption"], "credit": CREDIT},
        "bytes": story[0].path.stat().st_size, "findings": [],
    }]  # fmt: skip
    assert document["refused"] == [{"source": "b.jpg", "error": "b.jpg is damaged."}]


@pytest.mark.parametrize("way", ["story", "story/../story", "link"])
def test_the_photos_own_folder_is_refused_by_every_name(planned, story, tmp_path, way):
    (tmp_path / "link").symlink_to(tmp_path / "story")
    with pytest.raises(UsageError, match="folder of the photos themselves"):
        planned(into=tmp_path / way)


@pytest.mark.parametrize("name", ["01_KIM-jong-un-temui-putin.JPG", "Manifest.json", "captions.csv"])
def test_a_file_of_the_same_name_is_named_whatever_its_case(planned, destination, name):
    destination.mkdir(parents=True)
    (destination / name).write_text("theirs")
    with pytest.raises(CaptionerError, match=f"already holds {name}.*choose another folder"):
        planned()
    assert (destination / name).read_text() == "theirs"


def test_other_files_in_the_destination_are_no_obstacle(planned, destination):
    destination.mkdir(parents=True)
    draw(destination / "08_other.jpg")
    assert len(planned().photos) == 7


@pytest.mark.parametrize("below", ["", "set", "set/deeper"])
def test_a_file_where_the_folder_should_be_is_named(planned, tmp_path, below):
    (tmp_path / "file").write_text("theirs")
    with pytest.raises(CaptionerError, match="file is a file, so photos can't be exported into"):
        planned(into=tmp_path / "file" / below)


def test_a_name_that_is_too_long_for_a_folder_is_refused(planned, tmp_path):
    with pytest.raises(CaptionerError, match="Nothing can be written into"):
        planned(into=tmp_path / ("x" * 300))


def test_an_original_keeps_its_kind_and_a_rendition_is_a_jpeg(planned, tmp_path):
    photos = [read(draw(tmp_path / f"photo.{kind}")) for kind in ("png", "tif", "webp", "jpeg", "bmp")]
    originals = planned(photos)
    assert [Path(file).suffix for file in files(originals)] == [".png", ".tif", ".webp", ".jpg"]
    assert "photo.bmp is a BMP file, which can't hold captions itself" in originals.refused[0][1]
    assert [Path(file).suffix for file in files(planned(photos, "web"))] == [".jpg"] * 5


@pytest.mark.parametrize(("text", "count"), [
    ("EMBARGOED UNTIL 18:00 GMT SEPT 13", 1), ("DO NOT USE", 1), ("MANDATORY CREDIT. NO ARCHIVE. TURKEY OUT", 2),
    ("MANDATORY CREDIT. EDITORIAL USE ONLY. NO SALES", 0),
    ("", 0),
])  # fmt: skip
def test_what_is_not_to_go_out_yet_is_planned_with_a_warning(planned, story, text, count):
    photos = [story[0].edited("instructions", text)]
    plan = warned(planned(photos))
    assert (len(plan.photos), len(plan.restricted), plan.refused) == (1, count, ())
    assert [each["source"] for each in plan_json(plan)["restricted"]] == [str(story[0].path)] * count


@pytest.mark.parametrize(("credit", "count"), [("", 1), ("  ", 1), (CREDIT, 0)])
def test_a_demanded_credit_stops_only_a_photo_without_one(planned, story, credit, count):
    photo = story[0].edited("instructions", "MANDATORY CREDIT").edited("credit", credit)
    assert len(warned(planned([photo], stops=("credit",))).restricted) == count


def test_a_strict_plan_says_what_readers_of_iim_see_shortened(planned, story):
    photos = [story[0].edited("city", "x" * 33).edited("keywords", ("a", "é" * 33)), story[6]]
    strict = planned(photos, iim_lengths="strict")
    assert [strict.cut(photo) for photo in strict.photos] == [("credit", "city", "keywords"), ()]
    assert [each.get("cut") for each in plan_json(strict)["photos"]] == [["credit", "city", "keywords"], None]
    full = planned(photos)
    assert [full.cut(photo) for photo in full.photos] == [(), ()]


def test_a_later_version_stands_in_every_name_of_a_folder(planned, destination):
    destination.mkdir(parents=True)
    (destination / "captions.csv").touch()
    plan = planned(existing="version")
    assert (plan.version, plan.destination) == (2, destination)
    assert all(Path(name).stem.endswith("-v2") for name in plan.file_names)


def test_a_later_version_of_an_archive_stands_in_its_own_name_alone(planned, destination):
    archive = destination.with_suffix(".zip")
    assert planned(into=archive, existing="version").destination == archive
    archive.parent.mkdir(parents=True)
    archive.touch()
    (archive.parent / "SET-v2.zip").touch()
    plan = planned(into=archive, existing="version")
    assert plan.destination == archive.with_stem("set-v3")
    assert not any("-v" in name for name in plan.file_names)
    with pytest.raises(CaptionerError, match=r"already holds set\.zip"):
        planned(into=archive)


HOSTILE = ['=cmd|"/c calc"!A1', "<script>alert(1)</script>", "../../x", "CON", "x" * 5000, "\u202egpj.exe", "😀" * 90,
           "Łódź", "김정은", "Путин", "قصر الرئاسة", "東京", "..", " . ", "~", "-rf"]  # fmt: skip


@pytest.mark.parametrize("recipe", ["cms", "wordpress", "wire"])
def test_no_value_leads_out_of_the_folder_or_onto_another_name(planned, story, recipe):
    photos = [story[row % 7].edited("headline", text).edited("caption", text) for row, text in enumerate(HOSTILE)]
    names = files(planned(photos, recipe))
    assert len({name.casefold() for name in names}) == len(photos)
    assert all(Path(name).name == name and len(name) <= 120 for name in names)


def test_names_that_differ_by_case_only_are_told_apart(planned, story):
    paths = [Path("/a/Photo.jpg"), Path("/b/photo.jpg"), Path("/c/PHOTO.JPG")]
    names = files(planned([photo._replace(path=path) for photo, path in zip(story, paths, strict=False)], "wire"))
    assert names == ["Photo.jpg", "photo-2.jpg", "PHOTO-3.jpg"]


def test_a_headline_in_five_scripts_makes_a_plain_name(planned, story, destination):
    headline = "Путин 김정은 東京 قصر Łódź"
    (photo,) = plan(story[:1], headline, load_recipe("cms"), destination).photos
    assert photo.values["headline"] == headline
    assert photo.file.isascii()
    assert photo.file.startswith("01_putin-gimjeongeun-")
