from pathlib import Path

import pytest

from captioner.core import edits
from captioner.core.caption import Values
from captioner.core.photo import Choice, Photo

A, B, C, D = map(Path, ("a.jpg", "b.jpg", "c.jpg", "d.jpg"))


def test_a_field_is_set_for_every_chosen_photo(photos, do):
    do(edits.set_field(photos, [A, D], "credit", "Bob/AFP"))
    assert [photo.values["credit"] for photo in photos.photos] == ["Bob/AFP", "", "", "Bob/AFP"]


def test_setting_what_is_there_already_is_no_edit(photos):
    photos.apply(edits.set_field(photos, [D], "credit", "Ann/AP"))
    assert not photos.history.done


def test_typing_in_one_field_is_one_step(photos):
    for text in ("H", "He", "Hey"):
        photos.apply(edits.set_field(photos, [A], "caption", text, typing=True))
    photos.undo()
    assert photos[A].values["caption"] == ""


def test_typing_goes_on_as_a_new_step_after_a_seal(photos):
    photos.apply(edits.set_field(photos, [A], "caption", "H", typing=True))
    photos.history.seal()
    photos.apply(edits.set_field(photos, [A], "caption", "He", typing=True))
    photos.undo()
    assert photos[A].values["caption"] == "H"


def test_typing_back_to_the_old_text_is_no_step(photos):
    photos.apply(edits.set_field(photos, [A], "caption", "H", typing=True))
    photos.apply(edits.set_field(photos, [A], "caption", "", typing=True))
    assert not photos.history.done


def test_typing_in_another_photo_is_another_step(photos):
    photos.apply(edits.set_field(photos, [A], "caption", "H", typing=True))
    photos.apply(edits.set_field(photos, [B], "caption", "X", typing=True))
    photos.undo()
    assert (photos[A].values["caption"], photos[B].values["caption"]) == ("H", "")


def test_a_photo_moves_to_the_front(photos, do):
    do(edits.move(photos, [C], 0))
    assert photos.order == (C, A, B, D)


def test_several_photos_move_together_in_their_order(photos, do):
    do(edits.move(photos, [D, A], 2))
    assert photos.order == (B, A, D, C)


def test_a_photo_dropped_on_its_own_place_does_not_move(photos):
    photos.apply(edits.move(photos, [B], 2))
    assert not photos.history.done


def test_alt_down_moves_a_run_by_one(photos, do):
    do(edits.move_by(photos, [A, B], 1))
    assert photos.order == (C, A, B, D)


def test_alt_up_stops_at_the_top(photos):
    photos.apply(edits.move_by(photos, [A, B], -1))
    assert photos.order == (A, B, C, D)


def test_the_sets_headline_goes_to_photos_that_have_none_or_the_same(photos, do):
    do(edits.set_headline(photos, "First"))
    photos.apply(edits.set_field(photos, [B], "headline", "Own"))
    do(edits.set_headline(photos, "Second"))
    assert [photo.values["headline"] for photo in photos.photos] == ["Second", "Own", "Second", "Second"]


def test_a_story_is_one_step_and_its_headline_goes_everywhere(photos, do):
    do(edits.apply_story(photos, "News", {A: {"caption": "One"}, B: {"caption": "Two", "credit": "Ann/AP"}}))
    assert photos.headline == "News"
    assert {photo.values["headline"] for photo in photos.photos} == {"News"}
    assert photos[D].values["caption"] == "Old"


def test_recovered_drafts_are_one_step(photos, do):
    do(edits.recover(photos, {A: {"caption": "Draft"}}, (B, A), "Headline"))
    assert photos.order == (B, A, C, D)
    assert (photos[A].values["caption"], photos.headline) == ("Draft", "Headline")


def test_drafts_of_photos_that_are_gone_are_left_alone(photos):
    photos.apply(edits.recover(photos, {Path("gone.jpg"): {"caption": "x"}}, (), None))
    assert not photos.history.done


@pytest.fixture
def disagreeing(photos):
    path = photos.order[0]
    held = Values({"credit": "Ours"})
    choices = {"credit": (Choice("iim", "Theirs"), Choice("xmp", "Ours"))}
    photos.update_read([Photo(path, held, held, photos[path].stamp, choices=choices)])
    return path


def test_choosing_another_blocks_value_sets_it(photos, do, disagreeing):
    do(edits.choose(photos, [disagreeing], "credit", "iim"))
    assert photos[disagreeing].unsaved == {"credit": "Theirs"}


def test_choosing_the_value_that_is_shown_has_it_written_all_the_same(photos, do, disagreeing):
    do(edits.choose(photos, [disagreeing], "credit", "xmp"))
    assert (photos[disagreeing].unsaved, photos.is_unsaved) == ({"credit": "Ours"}, True)


def test_a_choice_comes_back_from_its_draft(photos, do, disagreeing):
    do(edits.recover(photos, {disagreeing: {"credit": "Ours"}}, (), None))
    assert photos[disagreeing].unsaved == {"credit": "Ours"}


def test_a_photo_whose_blocks_agree_has_nothing_to_choose(photos, disagreeing):
    assert not edits.choose(photos, photos.order[1:2], "credit", "xmp")
