"""Findings where they stand: under the text, at the pointer, at the cursor."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QToolTip

from captioner.core import edits
from captioner.ui import theme

pytestmark = pytest.mark.usefixtures("few_checks")


def type_into(box, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


@pytest.fixture
def clean(qtbot, window):
    window.photos.apply(edits.set_values(window.photos, {
        path: {"caption": f"Caption {at}", "credit": "Ann Lee/AP", "headline": "Head"}
        for at, path in enumerate(window.photos.order)}, ""))  # fmt: skip
    qtbot.waitUntil(lambda: not window.findings.problem_count)
    window.sheet.go_to(0)
    return window


def write(window, key, text, at=0):
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[at]], key, text))
    window.show_changed()


def underlined(box):
    """The texts that have a dashed line, each with its colour."""
    found, block = [], box.document().begin()
    while block.isValid():
        raw = block.text().encode("utf-16-le")
        found += [(raw[2 * each.start : 2 * (each.start + each.length)].decode("utf-16-le"),
                   each.format.underlineColor().name()) for each in block.layout().formats()
                  if each.format.underlineStyle() == each.format.UnderlineStyle.DashUnderline]  # fmt: skip
        block = block.next()
    return found


@pytest.mark.parametrize("key", ["headline", "caption", "credit"])
def test_an_error_is_underlined_in_red_where_it_stands(clean, key):
    write(clean, key, "😀 By TK, then")
    assert underlined(clean.form.rows[key].box) == [("TK", theme.colours().error)]


def test_a_warning_is_underlined_in_amber_and_a_note_is_not(clean):
    write(clean, "caption", "In the harbour. (Foto: Ann Lee/AP)")
    found = underlined(clean.form.rows["caption"].box)
    assert [colour for _text, colour in found] == [theme.colours().warning]
    assert "Ann Lee/AP" in found[0][0]
    write(clean, "caption", "Caption 0")
    clean.findings.weigh({"placeholder": "info"})
    write(clean, "caption", "By TK, then")
    assert underlined(clean.form.rows["caption"].box) == []


def test_a_span_goes_along_with_what_is_typed_before_it(qtbot, clean):
    write(clean, "caption", "😀 By TK, then")
    box = clean.form.rows["caption"].box
    box.setFocus()
    for _letter in range(3):
        type_into(box, "😀a")
        assert [text for text, _colour in underlined(box)] == ["TK"]
    qtbot.waitUntil(lambda: clean.photos[clean.photos.order[0]].values.text("caption").startswith("😀a😀a😀a"))
    assert [text for text, _colour in underlined(box)] == ["TK"]


def test_an_underline_goes_when_the_text_is_mended(qtbot, clean):
    write(clean, "caption", "By TK, then")
    box = clean.form.rows["caption"].box
    box.replace_span(3, 5, "Ann Lee")
    qtbot.waitUntil(lambda: underlined(box) == [])


def test_another_photo_has_its_own_underlines_and_many_photos_none(clean):
    write(clean, "caption", "By TK, then")
    box = clean.form.rows["caption"].box
    clean.sheet.go_to(1)
    assert underlined(box) == []
    clean.sheet.go_to(0)
    assert [text for text, _colour in underlined(box)] == ["TK"]
    clean.sheet.selectAll()
    assert underlined(box) == []


@pytest.mark.parametrize("key", ["caption", "credit"])
def test_a_box_in_the_sheet_has_underlines_too(clean, key):
    write(clean, key, "By TK, then")
    clean.sheet.edit_in_place(key)
    assert [text for text, _colour in underlined(clean.sheet.in_place.box)] == ["TK"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_pointer_tells_the_sentence(clean):
    write(clean, "caption", "TK then")
    box = clean.form.rows["caption"].box
    cursor = box.textCursor()
    cursor.setPosition(1)
    at = box.cursorRect(cursor).center()
    QApplication.sendEvent(box.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, box.viewport().mapToGlobal(at)))
    assert "“TK” is a placeholder" in QToolTip.text()


def test_the_cursor_tells_the_sentence_and_leaving_takes_it_away(qtbot, clean):
    write(clean, "caption", "By TK, then")
    clean.form.focus("caption")
    box = clean.form.rows["caption"].box
    box.select_span(4, 4)
    qtbot.waitUntil(lambda: "“TK” is a placeholder" in clean.status.told.text())
    qtbot.keyClick(box, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: clean.status.told.text() == "")


def test_a_finding_of_the_whole_field_is_told_in_the_field(qtbot, clean):
    write(clean, "credit", "")
    clean.form.focus("credit")
    qtbot.waitUntil(lambda: "has no credit" in clean.status.told.text())


def test_the_fix_is_on_one_key_where_the_cursor_is(clean, one_step):
    write(clean, "caption", "In the harbour. (Foto: Ann Lee/AP)")
    clean.sheet.edit_in_place("caption")
    clean.sheet.in_place.box.select_span(25, 25)
    one_step(clean, lambda: clean.actions_["fix"].trigger())
    assert clean.photos[clean.photos.order[0]].values["caption"] == "In the harbour."


def test_the_credit_in_the_sheet_stays_one_line_that_return_leaves(qtbot, clean):
    clean.sheet.edit_in_place("credit")
    box = clean.sheet.in_place.box
    box.show_text("Ann Lee/AP")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert clean.sheet.in_place.box is None
    assert clean.photos[clean.photos.order[0]].values["credit"] == "Ann Lee/AP"


def test_the_menu_of_the_box_fixes_and_dismisses(clean, one_step):
    write(clean, "caption", "In the harbour. (Foto: Ann Lee/AP)")
    marks = clean.underlines._marks[clean.form.rows["caption"].box]
    menu = marks.menu_at(25)
    assert [each.text() for each in menu.actions()[:2]] == ["Fix: (Foto: Ann Lee/AP) → –", "Dismiss the finding"]
    menu.actions()[1].trigger()
    assert not clean.findings.problem_count
    clean.findings.bring_back(clean.findings._findings.of(clean.photos.order[0])[0])
    one_step(clean, menu.actions()[0].trigger)
    assert clean.photos[clean.photos.order[0]].values["caption"] == "In the harbour."
