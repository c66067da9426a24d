import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import edits
from captioner.core.caption import Values
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import PhotoSet
from captioner.core.replacing import Query, find, replace
from captioner.errors import CaptionerError

A, B, C, D = map(Path, ("a.jpg", "b.jpg", "c.jpg", "d.jpg"))


def holding(key: str, value: object) -> PhotoSet:
    photos = PhotoSet("set")
    values = Values({key: value})
    photos.add([Photo(A, values, values, Stamp(1, 1, ""))])
    return photos


def replaced(key: str, value: object, query: Query):
    photos = holding(key, value)
    photos.apply(replace(photos, find(photos, [A], [key], query)))
    return photos[A].values[key]


def regular(find_: str, replacement: str = "") -> Query:
    return Query(find_, replacement, is_regular=True)


def test_a_name_is_corrected_in_every_chosen_field_as_one_step(photos, do):
    photos.apply(edits.set_values(photos, {A: {"caption": "Ann and ann", "credit": "Ann/AFP"}}, ""))
    do(replace(photos, find(photos, photos.order, ["caption", "credit"], Query("ann", "Bea"))))
    assert (photos[A].values["caption"], photos[A].values["credit"]) == ("Bea and Bea", "Bea/AFP")
    assert photos[D].values["credit"] == "Bea/AP"


def test_photos_and_fields_that_were_not_chosen_stay(photos):
    assert find(photos, [A, B], ["credit"], Query("Ann")) == []
    assert find(photos, [D], ["caption"], Query("Ann")) == []


@pytest.mark.parametrize(
    ("text", "query", "result"),
    [
        ("Ann ann", Query("ann", "X", is_case_sensitive=True), "Ann X"),
        ("Ann Annual", Query("ann", "X", is_whole_words=True), "X Annual"),
        ("a.c abc", Query("a.c", "X"), "X abc"),
        ("a.c abc", regular("a.c", "X"), "X X"),
        ("13 September", regular(r"(\d+) (\w+)", r"\2 \1"), "September 13"),
        ("13 September", regular(r"(?P<day>\d+).*", r"\g<day>."), "13."),
        ("a\\b", Query("\\", "\\1"), "a\\1b"),
        ("Путин в Москве", Query("путин", "Он"), "Он в Москве"),
        ("블라디미르 푸틴", Query("푸틴", "대통령"), "블라디미르 대통령"),
        ("الرئيس بوتين", Query("بوتين", ""), "الرئيس "),
        ("👍🏽 good", Query("👍🏽", "Very"), "Very good"),
        ("one\ntwo", Query("\n", " "), "one two"),
    ],
)
def test_what_is_found_is_replaced(text, query, result):
    assert replaced("caption", text, query) == result


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["José", "한글", "Đặng"])
def test_an_accent_is_found_however_it_is_encoded(name, form):
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    text = unicodedata.normalize(form, f"{name} smiles")
    assert replaced("caption", text, Query(unicodedata.normalize(other, name), "X")) == "X smiles"


@pytest.mark.parametrize(("key", "value"), [("caption", "Old"), ("keywords", ("Old",))])
def test_nothing_is_found_by_an_empty_query(key, value):
    assert find(holding(key, value), [A], [key], Query("", "X")) == []


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("^", "FILE bob"),
        (".*", "FILE "),
        ("x*", "bob"),
        ("bob|", "FILE "),
        ("$", "bobFILE "),
        ("(?<=b)(?=o)", "bFILE ob"),
    ],
)
def test_an_empty_match_counts_where_it_was_meant(expression, result):
    assert replaced("caption", "bob", regular(expression, "FILE ")) == result


def test_the_spans_say_what_goes_and_what_comes():
    (one,) = find(holding("caption", "Ann met Ann"), [A], ["caption"], Query("Ann", "Beatrix"))
    assert [one.before[start:end] for start, end in one.spans] == ["Ann", "Ann"]
    assert [one.after[start:end] for start, end in one.new_spans] == ["Beatrix", "Beatrix"]


def test_the_spans_of_a_list_are_those_of_its_shown_text():
    (one,) = find(holding("keywords", ("war", "peace")), [A], ["keywords"], Query("peace", "talks"))
    assert (one.spans, one.new_spans) == (((5, 10),), ((5, 10),))


def test_a_list_is_searched_item_by_item():
    assert replaced("keywords", ("war; peace", "war"), regular("^war$", "talks")) == ("war; peace", "talks")


def test_items_that_become_the_same_or_empty_go():
    assert replaced("keywords", ("AP", "ap", "x"), regular("ap|x", "")) == ()
    assert replaced("keywords", ("AP", "ap", "x"), Query("ap", "AP")) == ("AP", "x")


def test_a_line_break_put_into_a_line_is_a_blank():
    assert replaced("credit", "Ann/AP", regular("/", r"\n")) == "Ann AP"


@pytest.mark.parametrize(
    ("key", "value", "query"),
    [
        ("date_created", "2023-09-13", Query("09", "13")),
        ("caption", "Old", regular("O", r"\x00")),
        ("keywords", ("Old",), regular("O", r"\ud800")),
        ("caption", "A\x00 B", Query("B", "C")),
    ],
)
def test_a_value_that_the_field_cannot_take_is_told_and_not_made(key, value, query):
    photos = holding(key, value)
    (one,) = find(photos, [A], [key], query)
    assert one.trouble
    assert not replace(photos, [one])


def test_a_control_character_can_be_replaced_away():
    assert replaced("caption", "A\x00B", regular(r"\x00", "")) == "AB"


def test_replacing_a_text_by_itself_is_no_change():
    assert find(holding("caption", "AP"), [A], ["caption"], Query("AP", "AP")) == []


def test_a_value_that_changed_since_it_was_found_stays(photos):
    found = find(photos, [D], ["caption"], Query("Old", "New"))
    photos.apply(edits.set_field(photos, [D], "caption", "Older"))
    assert not replace(photos, found)


@pytest.mark.parametrize(
    "expression", ["(", "[", "a{1,0}", "\\", "(" * 5000, "(?:(?:a{1000}){1000}){1000}", "a{99999999}"]
)
def test_what_is_no_regular_expression_is_told(photos, expression):
    with pytest.raises(CaptionerError, match="is not a regular expression"):
        find(photos, photos.order, ["caption"], regular(expression))


@pytest.mark.parametrize("replacement", ["\\1", "\\g<name>", "\\", "\\q"])
def test_a_replacement_that_names_no_group_is_told(photos, replacement):
    with pytest.raises(CaptionerError, match="can't replace"):
        find(photos, photos.order, ["caption"], regular("Old", replacement))


def test_an_expression_that_would_take_forever_is_given_up_with_the_photos_name():
    photos = holding("caption", "x" * 5000)
    with pytest.raises(CaptionerError, match="takes too long") as told:
        find(photos, [A], ["caption"], regular(r"(x+x+)+y"))
    assert told.value.path == A


def test_the_headline_of_the_set_goes_with_that_of_its_photos(photos, do):
    photos.apply(edits.set_headline(photos, "Ann speaks"))
    do(replace(photos, find(photos, photos.order, ["headline"], Query("Ann", "Bea"))))
    assert photos.headline == "Bea speaks"


def test_the_headline_of_the_set_stays_while_a_photo_keeps_it(photos, do):
    photos.apply(edits.set_headline(photos, "Ann speaks"))
    do(replace(photos, find(photos, [A, B], ["headline"], Query("Ann", "Bea"))))
    assert photos.headline == "Ann speaks"


def test_a_long_caption_is_searched_as_a_whole():
    assert replaced("caption", "Ann " * 5000 + "end", Query("Ann ", "")) == "end"


@given(st.text(max_size=12), st.text(max_size=6))
def test_whatever_is_typed_finds_or_is_told(expression, replacement):
    photos = holding("caption", "Ann (1) met Bob.")
    try:
        found = find(photos, [A], ["caption"], regular(expression, replacement))
    except CaptionerError:
        return
    photos.apply(replace(photos, found))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
def test_a_plain_text_finds_itself(text):
    photos = holding("caption", f"<{text}>")
    (one,) = find(photos, [A], ["caption"], Query(text, "\n"))
    assert shown_span(one) == text


def shown_span(one) -> str:
    start, end = one.spans[0]
    return one.before[start:end]
