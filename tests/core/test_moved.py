from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from captioner.core.moved import moved


def order(letters):
    return tuple(map(Path, letters))


def names(before, after):
    return "".join(sorted(path.name for path in moved(order(before), order(after))))


def test_one_photo_that_was_moved_is_the_only_one():
    assert names("abcdef", "fabcde") == "f"
    assert names("abcdef", "bcdefa") == "a"


def test_the_same_order_has_none_and_new_photos_are_none():
    assert names("abc", "abc") == ""
    assert names("abc", "xabyc") == ""
    assert names("", "abc") == ""


@given(st.permutations("abcdefgh"))
def test_what_stayed_is_in_its_order_still(after):
    gone = names("abcdefgh", after)
    stayed = [letter for letter in after if letter not in gone]
    assert stayed == sorted(stayed)
