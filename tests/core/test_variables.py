from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import edits
from captioner.core.caption import Values
from captioner.core.variables import Subject, expand_variables, fill

VALUES = Values({"date_created": "2023-09-13T14:05:00+09:00", "city": "Vostochny", "creator": ("Ann Lee", "Bo Li")})


def filled(text, language="id", **more):
    return fill(text, Subject(Values({**VALUES, **more}), "DSC_1", 3, 12, language))


@pytest.mark.parametrize(("text", "language", "found"), [
    ("{date:EEEE (d/M/yyyy)}", "id", "Rabu (13/9/2023)"),
    ("{weekday}", "ru", "среда"),
    ("{date}", "de", "13 September 2023"),
    ("{time}", "en", "14:05"),
    ("{date:EEEE}", "ko", "수요일"),
    ("{date:EEEE}", "", "Wednesday"),
    ("{date:EEEE}", "no such language", "Wednesday"),
    ("{seq:03}/{count}", "id", "003/12"),
    ("{city}, {creator}; {creator:2}", "id", "Vostochny, Ann Lee, Bo Li; Bo Li"),
    ("{original}", "id", "DSC_1"),
    ("{{city}}", "id", "{city}"),
])  # fmt: skip
def test_a_variable_becomes_what_the_photo_holds(text, language, found):
    assert filled(text, language).text == found


@pytest.mark.parametrize("text", ["{country}", "{nothing}", "{creator:3}", "{creator:0}", "{date:'}"])
def test_a_variable_without_a_value_stays_and_is_told(text):
    assert (filled(text).text, filled(text).unfilled) == (text, (text,))


@pytest.mark.parametrize("date", ["2023", "2023-09", ""])
def test_no_day_is_invented(date):
    assert filled("{weekday}", date_created=date).unfilled == ("{weekday}",)


def test_a_year_alone_is_told_as_such():
    assert filled("{year}", date_created="2023").text == "2023"


@given(st.text("{}:adteEsq0 '김", max_size=30))
def test_no_text_makes_it_raise(text):
    fill(text, Subject(VALUES))


def test_each_photo_gets_its_own_values_in_one_step(photos, do):
    first, second = photos.order[:2]
    do(edits.set_values(photos, {first: {"city": "Oslo"}, second: {"city": "Bergen"}}, ""))
    do(edits.set_field(photos, [first, second], "caption", "In {city}, {seq} of {count}"))
    do(expand_variables(photos, [first, second], ["caption"], lambda _text: "en"))
    assert [photos[path].values["caption"] for path in (first, second)] == ["In Oslo, 1 of 4", "In Bergen, 2 of 4"]


def test_a_photo_without_variables_is_left(photos):
    assert not expand_variables(photos, [Path("d.jpg")], ["caption", "credit"], lambda _text: "en")
