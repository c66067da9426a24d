"""Names in the order in which people count."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from natsort import natsort_keygen, ns

from captioner.core.natural_order import by_name, in_natural_order, natural

_PIECE = st.sampled_from(
    ["IMG_", "img_", "2", "10", "007", "0", " ", "-", "é", "e\u0301", "ß", "Ж", "ж", "٣", "(1)", "_"]
)
_STEM = st.lists(_PIECE, min_size=1, max_size=6).map("".join)


def test_two_comes_before_ten_and_a_name_before_the_same_with_more():
    names = ["photo-10.jpg", "photo-2.jpg", "photo-1.jpg", "photo.jpg", "Photo-3.jpg"]
    assert [path.name for path in by_name(map(Path, names))] == [
        "photo.jpg", "photo-1.jpg", "photo-2.jpg", "Photo-3.jpg", "photo-10.jpg"]  # fmt: skip


def test_a_name_that_is_all_suffix_is_sorted_by_it():
    assert sorted(["b", "a.jpg", ".c"], key=natural) == ["a.jpg", "b", ".c"]


@given(st.lists(_STEM, max_size=8, unique=True))
def test_stems_stand_as_natsort_puts_them(stems):
    theirs = natsort_keygen(alg=ns.IGNORECASE)
    assert sorted(stems, key=lambda stem: natural(stem + ".jpg")) == sorted(stems, key=theirs)


@given(st.sets(st.from_regex(r"(IMG_\d{3}|IMG_\d{3}|a\d-\d)\.jpg", fullmatch=True), max_size=8))
def test_names_of_one_shape_stand_as_others_do(names):
    assert in_natural_order(names) == sorted(names, key=natural)
