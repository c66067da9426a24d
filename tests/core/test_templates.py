from pathlib import Path

import pytest

from captioner.core import edits
from captioner.core.batch_modes import Mode
from captioner.core.photo import Photo
from captioner.core.templates import Row, Template, apply, of_photo
from captioner.errors import CaptionerError

A, B, C, D = map(Path, ("a.jpg", "b.jpg", "c.jpg", "d.jpg"))


def one(key: str, text: str, mode: Mode = Mode.REPLACE, is_on: bool = True) -> Template:
    return Template("Desk", (Row(key, text, mode, is_on),))


def test_a_template_is_one_step_over_all_photos(photos, do):
    rows = Row("source", "AP"), Row("caption", "More.", Mode.AFTER), Row("keywords", "a; b", Mode.BEFORE)
    do(apply(photos, [A, D], Template("Desk", rows)))
    assert [photos[path].values["caption"] for path in (A, B, D)] == ["More.", "", "Old More."]
    assert photos[D].values["keywords"] == ("a", "b")
    assert photos[B].values["source"] == ""


def test_a_row_without_its_tick_does_nothing(photos):
    assert not apply(photos, [D], one("caption", "New", is_on=False))


def test_an_empty_row_that_replaces_clears_the_field(photos, do):
    do(apply(photos, [D], one("caption", "")))
    assert photos[D].values["caption"] == ""


def test_variables_are_expanded_for_each_photo_with_its_place_in_the_set(photos, do):
    def expand(text: str, photo: Photo, number: int) -> str:
        return text.replace("{name}", photo.path.stem).replace("{seq}", str(number))

    do(apply(photos, [D, A], one("title", "{name} {seq}"), expand))
    assert (photos[A].values["title"], photos[D].values["title"]) == ("a 1", "d 4")


def test_variables_that_come_to_nothing_leave_the_field(photos):
    assert not apply(photos, [D], one("caption", "{city}"), lambda *_args: "")


def test_a_text_that_is_no_value_names_the_photo_and_changes_none(photos):
    with pytest.raises(CaptionerError) as told:
        apply(photos, [A, B], one("date_created", "yesterday"))
    assert told.value.path == A


def test_a_photo_that_is_gone_is_left_out(photos):
    assert not apply(photos, [Path("gone.jpg")], one("caption", "New"))


def test_a_template_of_a_photo_gives_its_values_to_another(photos, do):
    photos.apply(edits.set_field(photos, [D], "keywords", ("a", "b")))
    do(apply(photos, [A], of_photo("Desk", photos[D])))
    assert photos[A].values == photos[D].values


def test_a_photo_without_values_makes_a_template_without_rows(photos):
    assert of_photo("Desk", photos[A]).rows == ()
