from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from captioner.core.batch_modes import Mode
from captioner.core.caption import Values
from captioner.core.fields import FIELDS
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import PhotoSet
from captioner.core.templates import Row, Template
from captioner.storage import template_files
from captioner.ui.dialogs.templates_dialog import TemplatesDialog

A, B = Path("a.jpg"), Path("b.jpg")
DESK = Template("Desk", (Row("caption", "{name}.", Mode.AFTER), Row("source", "AP")))


@pytest.fixture
def photos():
    made = PhotoSet("set")
    values = Values({"caption": "Old", "keywords": ("x", "y")})
    made.add([Photo(A, values, values, Stamp(1, 1, "")), Photo(B, stamp=Stamp(1, 1, ""))])
    return made


@pytest.fixture
def shelf(tmp_path):
    template_files.save(tmp_path / "shelf", DESK)
    template_files.save(tmp_path / "shelf", Template("Sport"))
    return tmp_path / "shelf"


@pytest.fixture
def opened(qtbot, photos):
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(folder, selection=(A, B)):
        expand = lambda text, photo, _number: text.replace("{name}", photo.path.stem)  # noqa: E731
        dialog = TemplatesDialog(folder, photos, selection, expand, parent)
        dialog.edited.connect(photos.apply)
        dialog.show()
        return dialog

    return make


def names(folder):
    return [template.name for template in template_files.list_templates(folder)[0]]


def type_caption(dialog, text):
    """As an input method does, which keys can't."""
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    dialog.picker.lines["caption"].box.insertPlainText(text)


def test_a_template_is_applied_to_the_selection_as_one_step(photos, opened, shelf):
    opened(shelf).accept()
    assert [photo.values["caption"] for photo in photos.photos] == ["Old a.", "b."]
    assert [photo.values["source"] for photo in photos.photos] == ["AP", "AP"]
    photos.undo()
    assert photos[A].values == Values({"caption": "Old", "keywords": ("x", "y")})


def test_what_is_typed_ticks_its_field_and_is_in_the_file_when_it_closes(opened, shelf):
    dialog = opened(shelf)
    type_caption(dialog, "Путин 푸틴 👍🏽")
    dialog.reject()
    assert Row("caption", "Путин 푸틴 👍🏽") in template_files.load(shelf / "Sport.toml").rows


def test_going_to_another_template_saves_the_one_before(qtbot, opened, shelf):
    dialog = opened(shelf)
    qtbot.keyClicks(dialog.picker.lines["city"].box, "Oslo")
    dialog.list.setCurrentRow(1)
    assert dialog.picker.rows == ()
    dialog.list.setCurrentRow(0)
    assert Row("city", "Oslo") in dialog.picker.rows


def test_a_template_is_made_of_the_selected_photo_and_named_next(opened, shelf):
    dialog = opened(shelf)
    dialog.make_from_photo()
    assert dialog.picker.rows == (Row("caption", "Old"), Row("keywords", "x; y"))
    assert dialog.list.state() == dialog.list.State.EditingState
    assert names(shelf) == ["Desk", "New template", "Sport"]


def test_a_copy_has_a_name_of_its_own(opened, shelf):
    dialog = opened(shelf)
    dialog.duplicate()
    assert names(shelf) == ["Desk", "Desk 2", "Sport"]
    assert dialog.picker.rows == DESK.rows


def test_a_template_is_renamed_in_the_list(qtbot, opened, shelf):
    dialog = opened(shelf)
    dialog.list.item(0).setText(" Politik ")
    qtbot.waitUntil(lambda: dialog.list.currentItem().text() == "Politik")
    assert names(shelf) == ["Politik", "Sport"]
    assert dialog.picker.rows == DESK.rows


@pytest.mark.parametrize("name", ["sport", "a/b", ""])
def test_a_name_that_cannot_be_is_told_and_the_old_one_stays(qtbot, opened, shelf, name):
    dialog = opened(shelf)
    dialog.list.item(0).setText(name)
    qtbot.waitUntil(lambda: dialog.list.item(0).text() == "Desk")
    assert dialog.notice.isVisible()
    assert names(shelf) == ["Desk", "Sport"]


def test_a_deleted_template_comes_back_by_undo(opened, shelf):
    dialog = opened(shelf)
    dialog.delete()
    assert names(shelf) == ["Sport"]
    dialog.notice.answer.click()
    assert (names(shelf), dialog.list.currentItem().text()) == (["Desk", "Sport"], "Desk")
    assert dialog.picker.rows == DESK.rows


def test_an_exported_template_can_be_imported(opened, shelf, tmp_path):
    dialog = opened(shelf)
    dialog.export_file(tmp_path / "Politik.toml")
    dialog.import_file(tmp_path / "Politik.toml")
    assert dialog.list.currentItem().text() == "Politik"
    assert dialog.picker.rows == DESK.rows


def test_a_foreign_file_is_told_and_not_imported(opened, shelf, tmp_path):
    (tmp_path / "x.toml").write_text("[project]\n")
    dialog = opened(shelf)
    dialog.import_file(tmp_path / "x.toml")
    assert "x.toml" in dialog.notice.text.text()
    assert names(shelf) == ["Desk", "Sport"]


def test_a_damaged_template_is_told_while_the_others_are_there(opened, shelf):
    (shelf / "bad.toml").write_text("[")
    dialog = opened(shelf)
    assert "bad.toml" in dialog.notice.text.text()
    assert dialog.list.count() == 2


def test_an_empty_shelf_says_how_to_begin(opened, tmp_path):
    dialog = opened(tmp_path / "none")
    assert "New makes one" in dialog.hint.text()
    assert not dialog.apply.isEnabled()
    dialog.make_empty()
    assert names(tmp_path / "none") == ["New template"]


def test_a_text_that_is_no_date_is_told_with_the_photo_and_changes_nothing(qtbot, photos, opened, shelf):
    dialog = opened(shelf)
    qtbot.keyClicks(dialog.picker.lines["date_created"].box, "yesterday")
    dialog.accept()
    assert dialog.notice.text.text().startswith("a.jpg: ")
    assert not photos.history.done


def test_without_photos_a_template_can_be_edited_but_not_applied(opened, shelf):
    dialog = opened(shelf, [])
    assert dialog.picker.isEnabled()
    assert not dialog.apply.isEnabled()


def test_enter_in_a_field_does_not_apply(qtbot, photos, opened, shelf):
    dialog = opened(shelf)
    qtbot.keyClick(dialog.picker.lines["city"].box, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not photos.history.done


def test_every_field_has_a_tick_a_box_and_a_mode_with_a_name(opened, shelf):
    lines = opened(shelf).picker.lines
    assert list(lines) == list(FIELDS)
    assert all(line.box.accessibleName() and line.mode.accessibleName() and line.tick.text() for line in lines.values())


def test_a_date_is_replaced_or_filled_and_nothing_else(opened, shelf):
    assert opened(shelf).picker.lines["date_created"].mode.count() == 2
