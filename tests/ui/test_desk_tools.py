"""The desk's tools as they are wired into the window; each edit survives an undo and a redo."""

import pytest
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from captioner import paths
from captioner.core import edits
from captioner.core.batch_modes import Mode
from captioner.core.codes import Codes
from captioner.core.templates import Row, Template
from captioner.storage import template_files
from captioner.ui.dialogs.codes_dialog import CodesDialog
from captioner.ui.dialogs.paste_dialog import PasteDialog
from captioner.ui.dialogs.replace_dialog import ReplaceDialog
from captioner.ui.dialogs.templates_dialog import TemplatesDialog

CAPTION = "Presiden tiba di Selasih pada {date:EEEE (d/M/yyyy)}."
DESK = Template("Desk", (Row("caption", "({seq:02})", Mode.AFTER), Row("source", "AP")))


def type_into(box, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


def put(window, **values):
    """As if it had been there before."""
    for key, value in values.items():
        window.photos.apply(edits.set_field(window.photos, window.photos.order, key, value))


def every(window, key):
    return [photo.values[key] for photo in window.photos.photos]


def dialog_of(window, action, kind):
    window.actions_[action].trigger()
    return window.findChild(kind)


@pytest.fixture
def shelf():
    template_files.save(paths.settings_file().with_name("templates"), DESK)


def test_a_template_is_applied_to_the_selection(window, one_step, shelf):
    put(window, caption="Kim Jong Un")
    window.sheet.select(window.photos.order[:2])
    one_step(window, lambda: dialog_of(window, "templates", TemplatesDialog).accept())
    assert every(window, "caption")[:3] == ["Kim Jong Un (01)", "Kim Jong Un (02)", "Kim Jong Un"]


def test_fields_are_pasted_into_other_photos(window, one_step):
    put(window, city="Vladivostok")
    first, *others = window.photos.order
    window.photos.apply(edits.set_field(window.photos, [first], "credit", "Ann Lee/AP"))
    window.actions_["copy_fields"].trigger()
    window.sheet.select(others)
    one_step(window, lambda: dialog_of(window, "paste_fields", PasteDialog).accept())
    assert every(window, "credit") == ["Ann Lee/AP"] * 7


def test_variables_are_filled_in_in_the_captions_language(window, one_step):
    put(window, date_created="2023-09-13", caption=CAPTION)
    window.sheet.selectAll()
    one_step(window, window.actions_["variables"].trigger)
    assert set(every(window, "caption")) == {"Presiden tiba di Selasih pada Rabu (13/9/2023)."}


def test_a_text_is_replaced_in_the_whole_set(qtbot, window, one_step):
    put(window, caption="Vladimir Puttin", credit="Puttin/AP")
    window.sheet.selectAll()
    dialog = dialog_of(window, "replace", ReplaceDialog)
    dialog.sought.setText("Puttin")
    dialog.replacement.setText("Putin")
    dialog.search()
    qtbot.waitUntil(lambda: not dialog._slices.isActive(), timeout=5000)
    one_step(window, dialog.replace_found)
    assert set(every(window, "caption")) == {"Vladimir Putin"}


def test_the_names_of_the_set_become_codes_for_the_boxes(window):
    put(window, persons_shown=("Kim Jong Un",))
    dialog = dialog_of(window, "codes", CodesDialog)
    dialog.make_of_names()
    type_into(window.form.rows["caption"].box, "=kju=")
    assert window.photos.photos[0].values["caption"] == "Kim Jong Un"


def test_codes_stay_for_the_next_start(show, window, tmp_path):
    file = tmp_path / "desk.txt"
    file.write_text("mm\tMikhail Metzel\n", "utf-8")
    window.desk.choose_codes([file], "\\")
    window.close()
    assert show().desk.codes == Codes({"mm": ("Mikhail Metzel",)}, "\\")


def test_a_credit_that_was_saved_is_offered_in_the_next_photo(qtbot, window, saved):
    type_into(window.form.rows["credit"].box, "Mikhail Metzel/Sputnik/Kremlin Pool/AP")
    saved(window, window.actions_["save"].trigger)
    window.sheet.go_to(1)
    window.show_changed()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.actions_["go_to_credit"].trigger()
    type_into(window.form.rows["credit"].box, "metz")
    assert window.desk._suggest("credit", "metz") == ["Mikhail Metzel/Sputnik/Kremlin Pool/AP"]


def test_a_misspelt_word_is_mended_as_a_step_of_its_own(window, one_step):
    box = window.form.rows["caption"].box
    type_into(box, "Presidn tiba")
    window.photos.history.seal()

    def mend():
        cursor = box.textCursor()
        cursor.setPosition(0)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        box.setTextCursor(cursor)
        type_into(box, "Presiden")

    one_step(window, mend)
    assert box.text() == "Presiden tiba"
