"""Codes in the boxes of the window, and their dialog."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from captioner.core.codes import Codes
from captioner.ui.dialogs.codes_dialog import CodesDialog


def type_into(box, text):
    for letter in text:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(box, event)


@pytest.mark.parametrize("key", ["caption", "credit"])
def test_a_code_expands_as_its_delimiter_is_typed_and_undo_gives_it_back(window, key):
    window.desk.codes = Codes({"mm": ("Михаил 😀 Metzel",)})
    box = window.form.rows[key].box
    type_into(box, "😀 =mm=!")
    assert window.photos.photos[0].values[key] == "😀 Михаил 😀 Metzel!"
    window.undo()
    assert window.photos.photos[0].values[key] == "😀 =mm="
    window.actions_["redo"].trigger()
    assert window.photos.photos[0].values[key] == "😀 Михаил 😀 Metzel!"


def test_a_code_expands_in_the_sheet(window):
    window.desk.codes = Codes({"mm": ("Metzel",)})
    window.sheet.edit_in_place("credit")
    type_into(window.sheet.in_place.box, "=mm=")
    assert window.photos.photos[0].values["credit"] == "Metzel"


@pytest.fixture
def dialog(qtbot, tmp_path):
    file = tmp_path / "desk.txt"
    file.write_text("mm\tMikhail Metzel\tMetzel\nal\tAnn Lee\n", "utf-8")
    made = CodesDialog([file], "=", ["Kim Jong Un"], tmp_path / "codes")
    qtbot.addWidget(made)
    return made


def test_the_dialog_shows_the_codes_in_effect(dialog):
    cells = [dialog.table.item(0, column).text() for column in (0, 1)]
    assert (dialog.table.rowCount(), cells) == (2, ["mm", "Mikhail Metzel  ·  Metzel"])


def test_the_names_of_the_set_become_codes(qtbot, dialog):
    with qtbot.waitSignal(dialog.changed):
        dialog.make_of_names()
    dialog.search.setText("kim")
    assert (dialog.table.item(0, 0).text(), dialog.paths[-1].name) == ("kju", "set.txt")


def test_another_delimiter_is_told(qtbot, dialog):
    with qtbot.waitSignal(dialog.changed) as told:
        dialog.delimiter.setCurrentText("\\")
    assert told.args[1] == "\\"
