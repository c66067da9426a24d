import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core.caption import Values
from captioner.core.clipboard import copied, pasted, readable
from captioner.core.fields import FIELDS, parse
from captioner.errors import CaptionerError

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
without_dates = [key for key in FIELDS if key != "date_created"]


@given(st.dictionaries(st.sampled_from(without_dates), texts))
def test_what_is_copied_is_what_is_pasted(typed):
    values = Values({key: parse(key, text) for key, text in typed.items()})
    assert Values(pasted(copied(values))) == values


def test_an_item_with_a_semicolon_stays_one():
    assert pasted(copied({"keywords": ("a; b", "c")})) == {"keywords": ("a; b", "c")}


def test_only_the_chosen_fields_are_copied():
    assert pasted(copied({"caption": "x", "credit": "y"}, ["credit"])) == {"credit": "y"}


@pytest.mark.parametrize("text", ["", "Hello", "[]", "5", '"caption"', '["caption"]', '{"caption": 5}', "[" * 100_000])
def test_what_is_no_copy_of_fields_is_told(text):
    with pytest.raises(CaptionerError, match="copy them again"):
        pasted(text)


def test_fields_of_a_newer_version_are_left_out():
    assert pasted(json.dumps({"caption": "x", "mood": "good"})) == {"caption": "x"}


def test_a_control_character_from_elsewhere_is_refused():
    with pytest.raises(CaptionerError):
        pasted(json.dumps({"caption": "a\0b"}))


def test_one_field_is_its_value_alone_to_other_programs():
    assert readable({"credit": "Ann/AP"}) == "Ann/AP"
    assert readable({"credit": "Ann/AP", "keywords": ("a", "b")}) == "Credit: Ann/AP\nKeywords: a; b"
