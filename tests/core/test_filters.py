import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import filters
from captioner.core.caption import Values
from captioner.core.filters import Filter, Kind
from captioner.core.photo import Photo
from tests.core.conftest import STAMP, photo
from tests.pace import slowness

DESK = {
    "caption": "Presiden Rusia Vladimir Putin\nmengaku “sangat senang” bertemu Lech Wałęsa dan Recep Tayyip Erdoğan.",
    "credit": "Mikhail Metzel/Sputnik/Kremlin Pool/AP", "creator": ("Mikhail Metzel", "김 철수"), "city": "Владивосток",
    "country": "مِصر", "sublocation": "İstanbul Ёлка O’Brien co\xadop",
}  # fmt: skip


def finds(text: str) -> bool:
    return Filter(Kind.ALL, text).matches(photo("IMG_0042 Çay.jpg", **DESK), has_problem=False)


@pytest.mark.parametrize("text", [
    "", "   ", "putin", "PUTIN metzel", "walesa", "erdogan", "владивосток", "김", "مصر", "istanbul", "елка",
    "o'brien", "coop", "0042", "cay.jpg", '"vladimir putin mengaku"', '"sangat senang"', "“sangat senang”",
    "credit:sputnik", 'credit:"kremlin pool" putin', "creator:김", "name:0042", "CREDIT:AP", "credit:",
    '"', '"vladimir put', "sputnik/kremlin", "\N{COMBINING ACUTE ACCENT}",
])  # fmt: skip
def test_what_a_person_types_is_found(text):
    assert finds(text)


@pytest.mark.parametrize("text", [
    "putin zelensky", "credit:putin", '"putin vladimir"', "caption:0042", "name:putin", "agency:ap", "14:05", "🙂",
    "x" * 5000, "credit: putin zelensky",
])  # fmt: skip
def test_every_word_has_to_be_in_its_place(text):
    assert not finds(text)


def test_a_word_with_a_colon_that_names_no_field_is_searched_as_it_is():
    assert Filter(text="14:05").matches(photo("a.jpg", caption="Pukul 14:05 WIB"), has_problem=False)


def test_a_phrase_never_runs_from_one_field_into_the_next():
    assert not Filter(text='"one two"').matches(photo("a.jpg", headline="One", caption="two"), has_problem=False)


@pytest.mark.parametrize(("shown", "kinds"), [
    (photo("a.jpg", caption="A", credit="B", alt_text="C"), {Kind.ALL}),
    (photo("a.jpg", caption="A", credit="B"), {Kind.ALL, Kind.NO_ALT_TEXT}),
    (photo("a.jpg", caption="A", alt_text="C"), {Kind.ALL, Kind.NO_CREDIT}),
    (photo("a.jpg", credit="B", alt_text="C"), {Kind.ALL, Kind.NO_CAPTION}),
    (photo("a.jpg", caption="A", alt_text="C").edited("credit", "B"), {Kind.ALL, Kind.UNSAVED}),
    (Photo(Path("a.jpg")), {Kind.ALL}),
    (Photo(Path("a.jpg"), trouble="a.jpg is cut off."),
     {Kind.ALL, Kind.NO_CAPTION, Kind.NO_CREDIT, Kind.NO_ALT_TEXT, Kind.PROBLEMS}),
    (Photo(Path("a.jpg"), Values({"caption": "A", "credit": "B"}), Values({"caption": "C", "credit": "B"}), STAMP,
           contested=frozenset({"caption"})), {Kind.ALL, Kind.NO_ALT_TEXT, Kind.UNSAVED, Kind.PROBLEMS}),
])  # fmt: skip
def test_each_kind_shows_its_photos(shown, kinds):
    assert {kind for kind in Kind if Filter(kind).matches(shown, has_problem=False)} == kinds


def test_a_photo_with_a_finding_has_a_problem():
    assert Filter(Kind.PROBLEMS).matches(photo("a.jpg", caption="A", credit="B"), has_problem=True)


def test_a_photo_that_was_moved_is_shown_as_such():
    assert Filter(Kind.MOVED).matches(photo("a.jpg"), has_problem=False, is_moved=True)


def test_kind_and_text_both_have_to_fit():
    assert not Filter(Kind.NO_CAPTION, "a.jpg").matches(photo("a.jpg", caption="A"), has_problem=False)


def test_a_photo_that_is_not_read_yet_is_found_by_its_name():
    assert Filter(text="0042").matches(Photo(Path("IMG_0042.jpg")), has_problem=False)


def test_an_edited_photo_is_searched_as_it_is_now():
    before = photo("a.jpg", caption="Old")
    assert Filter(text="old").matches(before, has_problem=False)
    assert not Filter(text="old").matches(before.edited("caption", "New"), has_problem=False)


def test_every_kind_has_a_label():
    assert set(filters.LABELS) == set(Kind)


@given(st.text())
def test_a_photo_is_found_by_its_whole_caption_as_a_phrase(text):
    phrase = text.replace('"', "")
    if filters.folded(phrase).count('"') == 0:
        assert Filter(text=f'caption:"{phrase}"').matches(photo("a.jpg", caption=phrase), has_problem=False)


def test_ten_thousand_photos_are_searched_within_a_keystroke():
    every = [photo(f"{n}.jpg", **{**DESK, "caption": f"{DESK['caption']} {n} " * 5}) for n in range(10_000)]
    assert sum(Filter(text="p").matches(each, has_problem=False) for each in every) == 10_000
    times = []
    for text in ("pu", "put", "putin ru", "credit:metzel 77"):
        start = time.thread_time()
        [Filter(text=text).matches(each, has_problem=False) for each in every]
        times.append(time.thread_time() - start)
    assert min(times) < 0.06 * slowness()
