import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import fields
from captioner.core.fields import FIELDS, Kind
from captioner.errors import CaptionerError, UsageError


def test_an_unknown_field_is_wrong_usage_that_names_the_fields():
    with pytest.raises(UsageError, match="caption"):
        fields.parse("captoin", "x")


def test_a_repeatable_field_takes_several_values():
    assert fields.parse("keywords", "Putin; Kim Jong Un;;  ") == ("Putin", "Kim Jong Un")


def test_a_list_keeps_a_semicolon_inside_of_one_value():
    assert fields.parse_many("keywords", ["a; b", "c"]) == ("a; b", "c")


def test_line_breaks_stay_in_a_caption_and_go_from_a_line():
    assert fields.parse("caption", "one\r\ntwo") == "one\ntwo"
    assert fields.parse("credit", "one\ntwo") == "one two"


def test_a_caption_of_blanks_is_none():
    assert fields.parse("caption", " \n ") == ""


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\x7f", "\ufffe", "\ud800"])
def test_control_characters_are_refused(character):
    with pytest.raises(CaptionerError, match="control character"):
        fields.parse("caption", f"a{character}b")


@pytest.mark.parametrize("text", ["2023", "2023-09", "2023-09-13", "2023-09-13T10:20:30.5+07:00"])
def test_dates_may_be_less_exact(text):
    assert fields.parse("date_created", text) == text


@pytest.mark.parametrize("text", ["yesterday", "2023-13-01", "2023-02-30", "13/9/2023", "2023-09-13T25:00:00"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(CaptionerError, match="not a date"):
        fields.parse("date_created", text)


@given(st.sampled_from([key for key, row in FIELDS.items() if row.kind is not Kind.DATE]), st.text())
def test_a_value_reads_back_as_itself(key, text):
    try:
        value = fields.parse(key, text)
    except CaptionerError:
        return
    assert fields.parse(key, fields.shown(value)) == value


def test_octets_count_utf8_and_the_longest_of_a_list():
    assert fields.octets("é") == 2
    assert fields.octets(("a", "김")) == 3
