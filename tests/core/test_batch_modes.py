from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core.batch_modes import LABELS, Mode, combined, set_in_mode, set_table_in_modes
from captioner.core.caption import Values
from captioner.core.fields import FIELDS, parse
from captioner.core.photo import Photo

A, B, C, D = map(Path, ("a.jpg", "b.jpg", "c.jpg", "d.jpg"))

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@pytest.mark.parametrize(
    ("mode", "result"),
    [(Mode.REPLACE, "New"), (Mode.BEFORE, "New Old"), (Mode.AFTER, "Old New"), (Mode.FILL, "Old")],
)
def test_a_text_meets_the_one_that_is_there(mode, result):
    assert combined("caption", "Old", "New", mode) == result


@pytest.mark.parametrize("mode", Mode)
def test_an_empty_field_takes_the_text_as_it_is(mode):
    assert combined("caption", "", "Подпись 자막", mode) == "Подпись 자막"


@pytest.mark.parametrize("mode", [Mode.BEFORE, Mode.AFTER, Mode.FILL])
@pytest.mark.parametrize(("key", "old"), [("caption", "Old"), ("keywords", ("a", "a")), ("date_created", "2023")])
def test_nothing_put_to_a_value_leaves_it_alone(key, old, mode):
    assert combined(key, old, FIELDS[key].empty, mode) == old


def test_replacing_with_nothing_clears_the_field():
    assert combined("caption", "Old", "", Mode.REPLACE) == ""


@pytest.mark.parametrize("old", ["A line.\n", "A line. ", "A line.\u00a0"])
def test_no_blank_is_added_where_white_space_stands(old):
    assert combined("caption", old, "New", Mode.AFTER) == old + "New"


def test_keywords_are_merged_without_repeating():
    assert combined("keywords", ("b", "c"), ("a", "b"), Mode.BEFORE) == ("a", "b", "c")
    assert combined("keywords", ("b", "c"), ("a", "b"), Mode.AFTER) == ("b", "c", "a")


@pytest.mark.parametrize("mode", [Mode.BEFORE, Mode.AFTER])
def test_a_date_put_beside_another_replaces_it(mode):
    assert combined("date_created", "2023", "2024-01-02", mode) == "2024-01-02"


@given(st.sampled_from(["caption", "credit", "keywords"]), texts, texts, st.sampled_from(list(Mode)))
def test_what_two_values_make_is_a_value_of_the_field(key, old, new, mode):
    value = combined(key, parse(key, old), parse(key, new), mode)
    assert value == (parse(key, value) if isinstance(value, str) else value)
    assert type(value) is type(FIELDS[key].empty)


def test_every_mode_has_its_words():
    assert set(LABELS) == set(Mode)


def test_a_mode_works_on_every_chosen_photo_as_one_step(photos, do):
    do(set_in_mode(photos, [A, D], "caption", "FILE –", Mode.BEFORE))
    assert [photo.values["caption"] for photo in photos.photos] == ["FILE –", "", "", "FILE – Old"]


def test_several_fields_go_in_as_one_step(photos, do):
    table = {"caption": ("More.", Mode.AFTER), "credit": ("Bob/AFP", Mode.FILL), "keywords": (("x",), Mode.AFTER)}
    do(set_table_in_modes(photos, photos.order, table, "Several"))
    assert photos[D].values == Values({"caption": "Old More.", "credit": "Ann/AP", "keywords": ("x",)})
    assert photos[A].values["credit"] == "Bob/AFP"


def test_filling_a_full_field_is_no_edit(photos):
    assert not set_in_mode(photos, [D], "caption", "New", Mode.FILL)


def test_a_photo_that_is_not_read_yet_is_not_filled(photos):
    photos.add([Photo(Path("late.jpg"))])
    assert not set_in_mode(photos, [Path("late.jpg"), Path("gone.jpg")], "caption", "New", Mode.FILL)
