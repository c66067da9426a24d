import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core.fixes import Replacement, merged, replacement, shortened, shown

TEXTS = st.text(alphabet="ab 😀", max_size=12)


def test_a_fix_is_the_one_stretch_in_which_the_texts_differ():
    assert replacement("Selasa (13/9/2023)", "Rabu (13/9/2023)") == Replacement(0, 6, "Rabu")


@given(TEXTS, TEXTS)
def test_what_a_fix_replaces_gives_the_fixed_text(before, after):
    change = replacement(before, after)
    assert before[: change.start] + change.text + before[change.end :] == after


@given(TEXTS, TEXTS)
def test_one_fix_is_taken_as_it_is(before, after):
    assert merged(before, [after]) == after


@pytest.mark.parametrize(("before", "after", "told"), [
    ("Pada Selasa (13/9)", "Pada Rabu (13/9)", ("Selasa", "Rabu")),
    ("pukul 14.00 WIB", "pukul 15.00 WIB", ("14.00", "15.00")),
    ("Kim Jong Un tiba", "Kim Jong-un tiba", ("Jong Un", "Jong-un")),
    ("Text (Foto: A/AP)", "Text", ("(Foto: A/AP)", "")),
    ("“open", "“open”", ("“open", "“open”")),
    ("", "New", ("", "New")),
])  # fmt: skip
def test_a_change_is_shown_in_whole_words(before, after, told):
    assert shown(before, after) == told


def test_fixes_of_different_places_are_made_together():
    before = "the the cat sat on on a mat"
    assert merged(before, ["the cat sat on on a mat", "the the cat sat on a mat"]) == "the cat sat on a mat"


def test_of_fixes_that_touch_each_other_the_first_is_made():
    assert merged("abcdef", ["abYef", "aXdef"]) == "aXdef"


def test_the_same_fix_twice_is_made_once():
    assert merged("the the cat", ["the cat", "the cat"]) == "the cat"


@given(TEXTS, st.integers(2, 9))
def test_a_long_change_is_shown_by_its_start_and_end(text, most):
    short = shortened(text, most)
    assert len(short) <= most
    assert short == text or (len(short) == most and text.startswith(short.split("…")[0]))
