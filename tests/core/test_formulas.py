import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core.formulas import armed, disarmed


@pytest.mark.parametrize("text", [
    "=cmd()", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "\nx", "＝1", "＋1", "－1", "＠x",
    " =1", "\n=1", '"=1', "\u00a0=1",
])  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert disarmed(text).startswith("'")


@pytest.mark.parametrize(("text", "cell"), [
    ("a;=cmd()", "a;'=cmd()"), ("a; =cmd()", "a;' =cmd()"), ("a\n-1", "a\n'-1"), ("a\t@x", "a\t'@x"),
])  # fmt: skip
def test_so_does_what_would_begin_a_cell_where_cells_are_split_by_semicolons(text, cell):
    assert disarmed(text) == cell


@pytest.mark.parametrize("text", ["", "Kim, - AP", "a=b", "'tis", "2-1", "a; b", "“=”", "Two\nlines"])
def test_any_other_text_stays_as_it_is(text):
    assert disarmed(text) == text


@pytest.mark.parametrize("text", ["'=1", "''=1", "' =1", "a;'=1", "'\t", "'tis", "''"])
def test_an_apostrophe_of_its_own_survives(text):
    assert armed(disarmed(text)) == text


@given(st.text(alphabet="a'\" ;\t\r\n=+-@＝,"))
def test_every_text_comes_back(text):
    assert armed(disarmed(text)) == text


@given(st.text(alphabet="a'\" ;\t\n=-"))
def test_no_cell_begins_like_a_formula(text):
    for cell in disarmed(text).replace("\n", ";").replace("\t", ";").split(";"):
        assert not cell.lstrip('" ').startswith(("=", "-"))
