import json

import pytest

from captioner.errors import CaptionerError, UsageError
from captioner.storage.tables import read_table


@pytest.fixture
def table(tmp_path):
    def make(name: str, text: str):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_table(tmp_path / name)

    return make


def test_an_empty_cell_leaves_the_field_as_it_is(table):
    assert table("t.csv", "file,caption,credit\na.jpg,One,\n") == {"a.jpg": {"caption": "One"}}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_spreadsheets_separate_as_they_like(table, separator):
    assert table("t.csv", f"\ufefffile{separator}caption\na.jpg{separator}One\n") == {"a.jpg": {"caption": "One"}}


@pytest.mark.parametrize("text", ["sep=;\nFile;Caption\na.jpg;One\n;;\n", "FILE , Caption\r\na.jpg,One\r\n,\r\n"])
def test_what_a_spreadsheet_adds_does_no_harm(table, text):
    assert table("t.csv", text) == {"a.jpg": {"caption": "One"}}


def test_a_value_that_is_no_text_is_named_with_its_file(table):
    with pytest.raises(CaptionerError, match=r"a\.jpg: Caption is no text"):
        table("t.json", '{"a.jpg": {"caption": {"x": 1}}}')


def test_a_caption_may_hold_line_breaks_and_quotes(table):
    assert table("t.csv", 'file,caption\na.jpg,"say ""hi""\nthere"\n') == {"a.jpg": {"caption": 'say "hi"\nthere'}}


def test_a_disarmed_formula_is_its_text_again(table):
    assert table("t.csv", "file,caption\na.jpg,'=1+1\nb.jpg,'tis\n") == {
        "a.jpg": {"caption": "=1+1"}, "b.jpg": {"caption": "'tis"}}  # fmt: skip


@pytest.mark.parametrize("document", [
    [{"file": "a.jpg", "caption": "One", "keywords": ["a; b", "c"], "credit": None}],
    {"a.jpg": {"caption": "One", "keywords": ["a; b", "c"], "credit": ""}},
    {"photos": [{"file": "a.jpg", "fields": {"caption": "One", "keywords": ["a; b", "c"], "credit": ""}}]},
    [{"path": "/x/a.jpg", "fields": {"caption": "One", "keywords": ["a; b", "c"], "credit": ""}, "error": None}],
])  # fmt: skip
def test_json_comes_as_a_list_by_name_or_from_an_export(table, document):
    assert table("t.json", json.dumps(document)) == {
        "a.jpg": {"caption": "One", "keywords": ("a; b", "c"), "credit": ""}
    }


@pytest.mark.parametrize(("name", "text"), [
    ("t.csv", "name,caption\na,b\n"), ("t.csv", "file\na.jpg\n"), ("t.csv", "file,caption\na," + "x" * 200_000),
    ("t.json", "{"), ("t.json", "[" * 100_000), ("t.json", '[{"caption": "x"}]'),
])  # fmt: skip
def test_a_table_that_cannot_be_used_is_named(table, name, text):
    with pytest.raises(CaptionerError, match=rf"t\{name[1:]}"):
        table(name, text)


def test_a_missing_table_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError):
        read_table(tmp_path / "none.csv")
