import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import codes
from captioner.core.codes import Codes, Expansion

FILE = "\ufeff// players\nmm\tMikhail Metzel\tMetzel\nMM\tOther\n\nкв\tКремль\n"


@pytest.fixture
def desk():
    return Codes(codes.parse(FILE).table)


def test_a_file_is_a_table_with_alternatives(desk):
    assert desk.table == {"mm": ("Mikhail Metzel", "Metzel"), "MM": ("Other",), "кв": ("Кремль",)}


@pytest.mark.parametrize(("text", "found"), [
    ("=mm=", "Mikhail Metzel"), ("=mm#2=", "Metzel"), ("=mm#3=", "=mm#3="), ("=MM=", "Other"),
    ("a =кв= b", "a Кремль b"),
    ("=no=", "=no="), ("2 = 2 = 4", "2 = 2 = 4"), ("=mm=mm=", "Mikhail Metzelmm="), ("==", "=="),
])  # fmt: skip
def test_codes_become_their_texts_and_others_stay(desk, text, found):
    assert codes.expanded(text, desk) == found


def test_a_code_expands_when_its_delimiter_closes_it(desk):
    assert codes.expansion_at("😀 by =mm= x", 9, desk) == Expansion(5, 9, "Mikhail Metzel")
    assert codes.expansion_at("😀 by =mm= x", 6, desk) is None


def test_another_delimiter_is_a_setting():
    desk = Codes(codes.parse(FILE).table, "\\")
    assert codes.expanded(r"\mm\ =mm=", desk) == "Mikhail Metzel =mm="


def test_the_later_of_several_files_wins():
    tables = [codes.parse(text).table for text in ("a\tone\nb\ttwo", "a\tother")]
    assert codes.merged(tables) == {"a": ("other",), "b": ("two",)}


def test_a_line_without_a_text_is_told_and_the_others_are_taken():
    held = codes.parse("a\tone\nnothing\nb\ttwo")
    assert (held.table, len(held.troubles)) == ({"a": ("one",), "b": ("two",)}, 1)
    assert held.troubles[0].startswith("Line 2 ")


@pytest.mark.parametrize("text", ["https://a.org/?x=1&y=2", "2=2=4", "a = b = c", "=12=", "x=mm=y"])
def test_sums_and_addresses_are_no_unknown_codes(text):
    assert codes.unknown(text, Codes()) == []


def test_an_unknown_code_is_marked(desk):
    assert codes.unknown("by =mm= and =nn=.", desk) == [(12, 16)]


def test_names_become_codes_by_their_initials():
    names = ["Mikhail Metzel", "Mira Müller", "Владимир Путин", "김정은", "Mikhail  Metzel"]
    assert codes.from_names(names) == {
        "mm": ("Mikhail Metzel",), "mm2": ("Mira Müller",), "вп": ("Владимир Путин",), "김": ("김정은",)}  # fmt: skip


@given(
    st.dictionaries(
        st.text("abcdяжé", min_size=1), st.tuples(st.text("ab 김c", min_size=1).map(str.strip).filter(bool))
    )
)
def test_a_table_that_is_written_is_read_again(table):
    assert codes.parse(codes.as_text(table)).table == table


@given(st.text("=#mab \\👍", max_size=60))
def test_no_text_makes_it_raise(text):
    desk = Codes({"m": ("=m=",), "a": ("b",)})
    codes.expanded(text, desk)
    codes.unknown(text, desk)
    assert all(codes.expansion_at(text, at, desk) is None or text[at - 1] == "=" for at in range(len(text) + 1))
