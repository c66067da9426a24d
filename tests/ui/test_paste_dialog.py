from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from captioner.core.batch_modes import Mode
from captioner.core.caption import Values
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import PhotoSet
from captioner.errors import CaptionerError
from captioner.ui.dialogs.paste_dialog import PasteDialog, from_clipboard, to_clipboard

A, B = Path("a.jpg"), Path("b.jpg")
COPIED = {"caption": "New", "credit": "Ann/AP", "keywords": ("x", "y; z")}


@pytest.fixture
def photos():
    made = PhotoSet("set")
    values = Values({"credit": "Old"})
    made.add([Photo(A, stamp=Stamp(1, 1, "")), Photo(B, values, values, Stamp(1, 1, ""))])
    return made


@pytest.fixture
def opened(qtbot, photos):
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(copied=COPIED, ticked=None):
        dialog = PasteDialog(photos, [A, B], copied, ticked, parent)
        dialog.edited.connect(photos.apply)
        dialog.show()
        return dialog

    return make


def test_the_ticked_fields_are_pasted_as_one_step(photos, opened):
    dialog = opened()
    dialog.picker.pick(["credit", "keywords"])
    dialog.accept()
    assert photos[B].values == Values({"credit": "Ann/AP", "keywords": ("x", "y; z")})
    photos.undo()
    assert (photos[A].values, photos[B].values) == (Values(), Values({"credit": "Old"}))


def test_the_caption_is_not_pasted_unless_it_is_asked_for(opened):
    assert set(opened().picker.picked) == {"credit", "keywords"}
    assert set(opened({"caption": "Alone"}).picker.picked) == {"caption"}
    assert set(opened(ticked=["caption"]).picker.picked) == {"caption"}


def test_a_field_is_pasted_in_its_mode(photos, opened):
    dialog = opened()
    line = dialog.picker.lines["credit"]
    line.mode.setCurrentIndex(line.mode.findData(Mode.FILL))
    dialog.accept()
    assert (photos[A].values["credit"], photos[B].values["credit"]) == ("Ann/AP", "Old")


def test_all_fields_are_ticked_and_unticked_by_one_click(opened):
    dialog = opened()
    dialog.picker.all.click()
    assert set(dialog.picker.picked) == set(COPIED)
    dialog.picker.all.click()
    assert not dialog.picker.picked
    assert not dialog.paste.isEnabled()


def test_nothing_copied_is_told_and_cannot_be_pasted(opened):
    dialog = opened({})
    assert dialog.empty.isVisible()
    assert not dialog.paste.isEnabled()


def test_a_long_or_marked_up_value_is_shown_as_it_is_written(opened):
    label = opened({"caption": "<b>bold</b> " + "한" * 5000}).picker.lines["caption"].value
    assert label.text().startswith("<b>bold</b> 한")
    assert len(label.text()) <= 200


def test_fields_go_through_the_clipboard_and_to_other_programs_as_text():
    data = to_clipboard(COPIED)
    assert from_clipboard(data) == COPIED
    assert "Credit: Ann/AP" in data.text()


def test_a_clipboard_without_fields_is_told():
    data = to_clipboard({})
    data.clear()
    data.setText("Hello")
    with pytest.raises(CaptionerError, match="copy them again"):
        from_clipboard(data)
