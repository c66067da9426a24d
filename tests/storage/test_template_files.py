import os
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from captioner.core.batch_modes import Mode
from captioner.core.fields import FIELDS
from captioner.core.templates import Row, Template
from captioner.errors import CaptionerError, UsageError
from captioner.storage import template_files as shelf

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60)
rows = st.builds(Row, st.sampled_from(list(FIELDS)), texts, st.sampled_from(list(Mode)), st.booleans())
DESK = Template("Desk", (Row("credit", "{creator}/AP", Mode.FILL), Row("keywords", "a; b", Mode.AFTER, False)))


@given(st.lists(rows, unique_by=lambda row: row.key))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_what_is_saved_is_what_is_loaded(tmp_path, every):
    ordered = tuple(sorted(every, key=lambda row: list(FIELDS).index(row.key)))
    shelf.save(tmp_path, Template("Desk", ordered))
    assert shelf.load(tmp_path / "Desk.toml") == Template("Desk", ordered)


@pytest.mark.parametrize("name", ["Спорт", "스포츠", "رياضة", "Café", "🏀 sport", "a.b", "x" * 200])
def test_a_name_in_any_script_is_a_file(tmp_path, name):
    shelf.save(tmp_path / "new" / "folder", Template(name, DESK.rows))
    assert [each.name for each in shelf.list_templates(tmp_path / "new" / "folder")[0]] == [name]


@pytest.mark.parametrize(
    "name",
    ["", "  ", "a/b", "..", "../a", ".a", "a.", "a\\b", "a\0b", "a\nb", "con", "NUL.x", "한" * 80, "\ud800", "a:b"],
)
def test_a_name_that_no_file_can_have_is_refused(tmp_path, name):
    with pytest.raises(UsageError):
        shelf.save(tmp_path, Template(name, DESK.rows))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_has_no_templates(tmp_path):
    assert shelf.list_templates(tmp_path / "gone") == ([], [])


def test_names_that_differ_in_case_or_encoding_are_one_template(tmp_path):
    shelf.save(tmp_path, Template("Café", DESK.rows))
    shelf.save(tmp_path, Template(unicodedata.normalize("NFD", "CAFÉ"), ()))
    assert shelf.list_templates(tmp_path)[0] == [Template("Café", ())]


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (b"\xff\xfe", "not valid TOML"),
        (b"[credit", "not valid TOML"),
        (b"[project]\nname = 'x'", "There is no field “project”"),
        (b"credit = 'AP'", "“credit” can't be 'AP'"),
        (b"[credit]\nvalue = 5", "“credit.value” can't be 5"),
        (b"[credit]\nmode = 'append'", "“credit.mode” can't be 'append'"),
        (b"[credit]\non = 1", "“credit.on” can't be 1"),
        (b"[credit]\ntext = 'AP'", "“credit.text” can't be 'AP'"),
        (b'[credit]\nvalue = "\\u0000"', "control character"),
        (b"a = " + b"[" * 50_000, "not valid TOML"),
        (b"#" * 1_000_001, "too large"),
    ],
)
def test_a_damaged_file_is_told_by_name_while_the_others_load(tmp_path, held, told):
    shelf.save(tmp_path, DESK)
    (tmp_path / "bad.toml").write_bytes(held)
    found, wrong = shelf.list_templates(tmp_path)
    assert found == [DESK]
    assert [told in str(error) and "bad.toml" in str(error) for error in wrong] == [True]


def test_what_the_system_leaves_in_a_shared_folder_is_no_template(tmp_path):
    (tmp_path / "._Desk.toml").write_bytes(b"\0\5\x16\7")
    (tmp_path / "notes.txt").write_text("x")
    assert shelf.list_templates(tmp_path) == ([], [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    assert len(shelf.list_templates(tmp_path)[1]) == 1


def test_a_template_written_by_hand_or_on_windows_can_be_short(tmp_path):
    (tmp_path / "Desk.toml").write_bytes(b"\xef\xbb\xbf[caption]\r\nvalue = '''One\r\nTwo'''\r\n")
    assert shelf.load(tmp_path / "Desk.toml").rows == (Row("caption", "One\nTwo"),)


def test_renaming_keeps_the_rows(tmp_path):
    shelf.save(tmp_path, DESK)
    assert shelf.rename(tmp_path, "Desk", " Sport ") == Template("Sport", DESK.rows)
    assert [each.name for each in shelf.list_templates(tmp_path)[0]] == ["Sport"]


def test_renaming_can_change_the_case_alone(tmp_path):
    shelf.save(tmp_path, DESK)
    shelf.rename(tmp_path, "Desk", "DESK")
    assert [file.name for file in tmp_path.iterdir()] == ["DESK.toml"]


def test_renaming_never_writes_over_another_template(tmp_path):
    shelf.save(tmp_path, DESK)
    shelf.save(tmp_path, Template("Sport"))
    with pytest.raises(UsageError, match="already"):
        shelf.rename(tmp_path, "Sport", "desk")
    assert shelf.load(tmp_path / "Desk.toml") == DESK


def test_renaming_what_another_desk_deleted_is_told(tmp_path):
    with pytest.raises(UsageError, match="gone"):
        shelf.rename(tmp_path, "Desk", "Sport")


def test_deleting_twice_is_no_error(tmp_path):
    shelf.save(tmp_path, DESK)
    shelf.delete(tmp_path, "Desk")
    shelf.delete(tmp_path, "Desk")
    assert shelf.list_templates(tmp_path) == ([], [])


def test_an_exported_template_comes_back_under_a_name_of_its_own(tmp_path):
    shelf.save(tmp_path / "desk", DESK)
    shelf.export(DESK, tmp_path / "Desk.toml")
    assert shelf.import_file(tmp_path / "desk", tmp_path / "Desk.toml") == Template("Desk 2", DESK.rows)


def test_a_foreign_file_is_not_imported(tmp_path):
    (tmp_path / "x.toml").write_text("[project]\n")
    with pytest.raises(UsageError):
        shelf.import_file(tmp_path / "desk", tmp_path / "x.toml")
    assert not (tmp_path / "desk").exists()


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "desk").write_text("")
    with pytest.raises(CaptionerError, match="can't be reached"):
        shelf.save(tmp_path / "desk", DESK)


def test_a_control_character_never_reaches_the_file(tmp_path):
    with pytest.raises(CaptionerError):
        shelf.save(tmp_path, Template("Desk", (Row("caption", "a\0b"),)))
    assert list(tmp_path.iterdir()) == []
