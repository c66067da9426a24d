"""What has changed since an export goes out again; a hot folder has taken the files of the first export."""

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from exporting import CREDIT, HEADLINE, POLICY, caption, held, read
from pictures import draw
from PIL import Image

from captioner.core.photo import Photo
from captioner.errors import CaptionerError, UsageError
from captioner.export import changes, corrections
from captioner.export.documents import plan_json
from captioner.export.house_style import styled
from captioner.export.plan import Plan
from captioner.export.publish import Restricted, run
from captioner.export.recipes import REPLACE, load_recipe
from captioner.export.records import decoded, encoded
from captioner.storage.outcome import unreadable
from captioner.storage.photos import save_photo

SCHEMA = json.loads((Path(__file__).parents[2] / "resources" / "schemas" / "correction.schema.json").read_bytes())


@pytest.fixture
def sent(export, destination):
    """The whole set as it was exported, and the destination empty again."""
    receipt = export()
    empty(destination)
    return receipt


@pytest.fixture
def correct(destination):
    def plan(photos, headline=HEADLINE, recipe="cms", into=None) -> Plan:
        earlier = corrections.earlier(into or destination, [photo.path for photo in photos])
        return corrections.plan(photos, headline, earlier, load_recipe(recipe))

    return plan


def empty(folder: Path) -> None:
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()


def edited(story, number: int, key: str, text: str) -> list[Photo]:
    return [photo.edited(key, text) if row == number else photo for row, photo in enumerate(story, start=1)]


def document(receipt) -> dict:
    made = json.loads(receipt.manifest.read_bytes())
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    return made


def repaint(path: Path) -> None:
    """Another program changes pixels, and drops what is written in the file."""
    with Image.open(path) as image:
        picture = image.convert("RGB")
    picture.putpixel((3, 3), (255, 0, 0))
    picture.save(path)


# What has changed


def test_what_is_as_it_was_exported_has_not_changed(sent, story):
    assert [changes.changed(*each) for each in zip(story, [HEADLINE] * 7, sent.photos, strict=True)] == [()] * 7


def test_fields_that_were_edited_have_changed(sent, story):
    photo = story[1].edited("city", "Vostochny").edited("caption", "")
    assert changes.changed(photo, HEADLINE, sent.photos[1]) == ("caption", "city")


def test_saving_what_was_exported_into_the_originals_is_no_change(sent, story, correct):
    for photo in story:
        save_photo(photo, POLICY)
    assert correct([read(photo.path) for photo in story]).photos == ()


def test_a_file_that_was_merely_touched_has_its_picture(sent, story):
    story[0].path.touch()
    assert not changes.has_other_picture(sent.photos[0])


@pytest.mark.parametrize("kind", ["jpg", "png", "tif", "webp"])
def test_pixels_that_another_program_changed_are_a_change(export, tmp_path, kind):
    path = draw(tmp_path / "story" / f"a.{kind}")
    photo = read(path).edited("caption", "A")
    (exported,) = export([photo]).photos
    save_photo(photo, POLICY)
    assert not changes.has_other_picture(exported)
    repaint(path)
    assert changes.has_other_picture(exported)


def test_a_photo_that_is_gone_has_no_other_picture(sent, story):
    story[0].path.unlink()
    assert not changes.has_other_picture(sent.photos[0])


def test_the_house_style_is_no_change_but_another_headline_of_the_set_is(planned, story, destination, correct):
    run(styled(planned(), "ap"), POLICY)
    empty(destination)
    assert correct(story).photos == ()
    assert len(correct(story, "Another headline").photos) == 7
    assert len(correct(edited(story, 2, "headline", HEADLINE)).photos) == 0


# The plan


def test_a_correction_is_planned_under_its_old_number_and_name(sent, story, correct, destination):
    plan = correct(edited(story, 3, "headline", "Quite another headline"))
    (photo,) = plan.photos
    assert (photo.sequence, photo.file) == (3, "03_kim-jong-un-temui-putin.jpg")
    assert (plan.recipe.existing, plan.destination) == (REPLACE, destination)
    assert plan.file_names == (photo.file, "correction-01.json")
    assert plan_json(plan)["manifest"] == str(destination / "correction-01.json")


def test_a_planned_correction_outlives_its_process(sent, story, correct):
    plan = correct(edited(story, 3, "city", "Oslo"))
    assert decoded(Plan, encoded(plan)) == plan


def test_every_rendition_is_corrected(export, story, destination, correct):
    export(recipe="ninjs")
    empty(destination)
    (photo,) = correct(edited(story, 7, "credit", CREDIT), recipe="ninjs").photos
    assert [file.split("/")[0] for file in photo.files] == ["original", "web", "thumbnail"]
    assert {Path(file).name for file in photo.files} == {"07_kim-jong-un-temui-putin.jpg"}


def test_photos_that_came_went_or_moved_are_told_and_not_sent(sent, story, correct, tmp_path):
    new = read(draw(tmp_path / "story" / "new.jpg"))
    plan = correct([*story[2:6], story[0], new])
    assert plan.photos == ()
    assert plan.notes == (
        "1 photo was no part of the export and is not sent; export the whole set for it.",
        "2 photos of the export are not in the set now, and stay where they were sent.",
        "1 photo was moved in the order since the export, and keeps its old number.",
    )


def test_a_photo_that_cannot_be_exported_is_no_news(sent, story, correct, tmp_path):
    broken = unreadable(tmp_path / "story" / "x.jpg", CaptionerError("It is cut short."))
    plan = correct([*story, broken])
    assert (plan.notes, plan.refused) == ((), ())


def test_the_schema_is_one_and_refuses_what_is_none():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid({"version": 2})


def test_a_receiver_of_no_manifests_gets_none(export, story, destination, correct):
    export(recipe="wire")
    empty(destination)
    plan = correct(edited(story, 1, "city", "Oslo"), recipe="wire")
    assert (plan.file_names, plan.manifest) == (("photo-1.jpg",), None)


def test_a_set_that_was_never_exported_there_is_told(sent, story, correct, tmp_path):
    with pytest.raises(CaptionerError, match=r"No export of these photos into .*elsewhere is on record"):
        correct(story, into=tmp_path / "elsewhere")


def test_without_a_destination_the_last_one_counts(export, story, tmp_path):
    export(into=tmp_path / "one")
    export(into=tmp_path / "two")
    assert corrections.earlier(None, [story[0].path]).destination == tmp_path / "two"


def test_a_recipe_that_is_gone_is_told(sent):
    with pytest.raises(UsageError, match="no recipe “gone”"):
        load_recipe("gone")


def test_a_recipe_that_makes_other_files_now_refuses_with_the_reason(sent, story, correct):
    plan = correct(edited(story, 1, "city", "Oslo"), recipe="ninjs")
    assert plan.photos == ()
    assert plan.refused[0][1].startswith("photo-1.jpg would not become the files that were exported of it")


def test_an_original_that_became_another_kind_is_refused(sent, story, correct):
    with Image.open(story[0].path) as image:
        image.save(story[0].path, "PNG")
    assert [path for path, _sentence in correct([read(story[0].path)]).refused] == [story[0].path]


def test_a_photo_that_cannot_be_read_now_is_refused_by_name(sent, story, correct):
    plan = correct([unreadable(story[0].path, CaptionerError("It is cut short.", story[0].path)), *story[1:]])
    assert plan.refused == ((story[0].path, "photo-1.jpg: It is cut short."),)


# The deed


def test_a_correction_says_what_was_and_what_is(sent, story, correct, destination):
    receipt = run(correct(edited(story, 2, "credit", "Ann Lee/AP")), POLICY)
    name = "02_kim-jong-un-temui-putin.jpg"
    assert held(destination) == [name, "correction-01.json"]
    assert read(destination / name).values["credit"] == "Ann Lee/AP"
    made = document(receipt)
    assert (made["correction"], made["corrects"]["manifest"]) == (1, "manifest.json")
    (photo,) = made["photos"]
    assert photo["changes"] == [{"field": "credit", "before": CREDIT, "after": "Ann Lee/AP"}]
    assert (photo["sequence"], photo["picture_changed"], photo["fields"]["caption"]) == (2, False, caption(2))
    (file,) = photo["files"]
    assert file["sha256"] == hashlib.sha256((destination / name).read_bytes()).hexdigest()
    assert file["previous_sha256"] == sent.photos[1].first.sha256


def test_a_second_correction_compares_with_the_first(sent, story, correct, destination):
    first = run(correct(edited(story, 2, "credit", "Ann Lee/AP")), POLICY)
    empty(destination)
    assert correct(edited(story, 2, "credit", "Ann Lee/AP")).photos == ()
    second = run(correct(story), POLICY)
    (photo,) = document(second)["photos"]
    assert second.manifest.name == "correction-02.json"
    assert photo["changes"] == [{"field": "credit", "before": "Ann Lee/AP", "after": CREDIT}]
    assert photo["files"][0]["previous_sha256"] == first.photos[0].first.sha256


def test_the_number_is_one_that_no_file_has(sent, story, correct, destination):
    (destination / "CORRECTION-01.json").touch()
    assert correct(edited(story, 2, "city", "Oslo")).manifest.name == "correction-02.json"


def test_another_picture_is_sent_and_told(sent, story, correct):
    repaint(story[4].path)
    photos = [read(photo.path).edited("caption", photo.values.text("caption")).edited("credit", photo.values["credit"])
              for photo in story]  # fmt: skip
    (photo,) = document(run(correct(photos), POLICY))["photos"]
    assert (photo["sequence"], photo["changes"], photo["picture_changed"]) == (5, [], True)


def test_a_restricted_correction_needs_a_reason_too(sent, story, correct):
    plan = correct(edited(story, 2, "instructions", "DO NOT USE"))
    with pytest.raises(Restricted):
        run(plan, POLICY)
    assert run(replace(plan, override="The chief said so"), POLICY).override == "The chief said so"


def test_a_photo_that_vanishes_meanwhile_is_refused_and_the_rest_goes_on(sent, story, correct):
    plan = correct([photo.edited("city", "Oslo") for photo in story[:3]])
    story[1].path.unlink()
    made = document(run(plan, POLICY))
    assert [photo["sequence"] for photo in made["photos"]] == [1, 3]
    assert made["refused"] == [
        {"source": "photo-2.jpg", "error": "photo-2.jpg is not there any more; check the folder."}
    ]


@pytest.mark.parametrize("text", [
    '=cmd|"/c calc"!A1', "<script>alert(1)</script>", "../../x", "CON", "x" * 5000, "\u202egpj.exe", "😀👩‍👩‍👧",
    "Łódź 김정은 Путин قصر 東京", "a\nb\tc", "\u2028'\"\\", "{seq}",
])  # fmt: skip
def test_hostile_values_come_through_as_they_are(sent, story, correct, text):
    receipt = run(correct(edited(story, 1, "caption", text)), POLICY)
    assert document(receipt)["photos"][0]["changes"][0]["after"] == text
    assert read(receipt.destination / receipt.photos[0].first.file).values["caption"] == text


def test_a_nul_is_refused_by_name(sent, story, correct):
    assert (
        correct(edited(story, 1, "caption", "a\0b")).refused[0][1].startswith("photo-1.jpg: Caption holds the control")
    )


def test_corrections_of_an_archive_lie_beside_it(sent, story, tmp_path):
    """What an archive is made of is not corrected, for it is one file."""
    whole = replace(sent, destination=tmp_path / "out" / "set.zip")
    plan = corrections.plan(edited(story, 1, "city", "Oslo"), HEADLINE, whole, load_recipe("cms"))
    assert plan.destination == tmp_path / "out" / "set-correction-01.zip"
    plan.destination.touch()
    plan = corrections.plan(edited(story, 1, "city", "Oslo"), HEADLINE, whole, load_recipe("cms"))
    assert (plan.destination.name, plan.manifest.name) == ("set-correction-02.zip", "correction-02.json")
