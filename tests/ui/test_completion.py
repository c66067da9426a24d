import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from captioner.ui.widgets import completion
from captioner.ui.widgets.boxes import LineBox, TextBox
from captioner.ui.widgets.completion import item_at

USED = ["Mikhail Metzel/Sputnik", "Ann Lee/AP", "Метцель 😀/ТАСС"]
Key, Held = Qt.Key, Qt.KeyboardModifier


def suggest(typed):
    return [text for text in USED if any(word.lower().startswith(typed.lower()) for word in text.split())]


def type_into(box, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


class Desk(QWidget):
    """A window with a box that completes, one that doesn't, and what the box told."""

    def __init__(self, box, is_list):
        super().__init__()
        self.box, self.other, self.told, self.pressed = box, LineBox(), [], []
        layout = QVBoxLayout(self)
        for each in (box, self.other):
            layout.addWidget(each)
        layout.addStretch()
        self.completion = completion.attach(box, suggest, is_list, lambda: self.told.append("before"))
        box.textEdited.connect(self.told.append)
        self.resize(400, 400)

    def keyPressEvent(self, event):
        self.pressed.append(event.key())


@pytest.fixture
def make(qtbot):
    def made(box, is_list=False):
        desk = Desk(box, is_list)
        qtbot.addWidget(desk)
        desk.show()
        desk.activateWindow()
        qtbot.waitUntil(desk.isActiveWindow)
        box.setFocus()
        return desk

    return made


@pytest.fixture(params=[LineBox, lambda: TextBox(1, takes_breaks=False), lambda: TextBox(1, grows=False)])
def desk(make, request):
    return make(request.param())


def test_typing_offers_what_was_used(desk):
    type_into(desk.box, "m")
    assert desk.completion.rows == ["Mikhail Metzel/Sputnik"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Tab])
def test_what_is_chosen_is_taken_as_one_edit(qtbot, desk, key):
    type_into(desk.box, "met")
    qtbot.keyClick(desk.box, Key.Key_Down)
    qtbot.keyClick(desk.box, key)
    assert desk.told == ["met", "before", "Mikhail Metzel/Sputnik"]
    assert (desk.box.text(), desk.completion.rows, desk.box.hasFocus()) == ("Mikhail Metzel/Sputnik", [], True)


def test_tab_goes_on_where_nothing_was_chosen(qtbot, desk):
    type_into(desk.box, "met")
    qtbot.keyClick(desk.box, Key.Key_Tab)
    assert (desk.box.text(), desk.other.hasFocus(), desk.completion.rows) == ("met", True, [])


def test_up_and_down_come_back_to_what_was_typed(qtbot, desk):
    type_into(desk.box, "a")
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Up):
        qtbot.keyClick(desk.box, key)
    assert desk.completion.popup.list.currentRow() == desk.completion.popup.list.count() - 1
    assert desk.box.text() == "a"


def test_escape_closes_the_list_and_only_then_goes_further(qtbot, desk):
    type_into(desk.box, "met")
    qtbot.keyClick(desk.box, Key.Key_Escape)
    assert (desk.completion.rows, desk.pressed) == ([], [])
    qtbot.keyClick(desk.box, Key.Key_Escape)
    assert desk.pressed == [Key.Key_Escape]


@pytest.mark.parametrize(
    ("key", "held"),
    [(Key.Key_Return, Held.ControlModifier), (Key.Key_Up, Held.AltModifier), (Key.Key_Down, Held.AltModifier)],
)
def test_the_windows_keys_are_left_to_it(qtbot, desk, key, held):
    type_into(desk.box, "met")
    qtbot.keyClick(desk.box, Key.Key_Down)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, held)
    QApplication.sendEvent(desk.box, event)
    assert not event.isAccepted()
    qtbot.keyClick(desk.box, key, held)
    assert desk.box.text() == "met"


def test_a_value_that_the_program_shows_offers_nothing_and_closes_the_list(desk):
    desk.box.show_text("Metzel")
    assert desk.completion.rows == []
    type_into(desk.box, "m")
    desk.box.show_text("Ann")
    assert desk.completion.rows == []


def test_an_input_method_may_compose_first(desk):
    QApplication.sendEvent(desk.box, QInputMethodEvent("мет", []))
    assert (desk.completion.rows, desk.box.text()) == ([], "")
    type_into(desk.box, "мет")
    assert desk.completion.rows == ["Метцель 😀/ТАСС"]


def test_down_in_an_empty_field_offers_the_latest(qtbot, desk):
    qtbot.keyClick(desk.box, Key.Key_Down)
    assert desk.completion.rows == USED


def test_a_click_takes_a_suggestion_and_leaves_the_cursor_in_the_box(qtbot, desk):
    type_into(desk.box, "мет")
    rows = desk.completion.popup.list
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(0)).center())
    assert (desk.box.text(), desk.box.hasFocus()) == ("Метцель 😀/ТАСС", True)


def test_the_list_goes_with_the_focus(desk):
    type_into(desk.box, "met")
    desk.other.setFocus()
    assert desk.completion.rows == []


def test_mending_the_middle_offers_nothing(qtbot, desk):
    desk.box.show_text("met")
    qtbot.keyClick(desk.box, Key.Key_Home)
    type_into(desk.box, "a")
    assert (desk.box.text(), desk.completion.rows) == ("amet", [])


def test_a_list_field_completes_the_item_at_the_cursor(qtbot, make):
    desk = make(LineBox(), is_list=True)
    type_into(desk.box, "😀; Ann Lee/AP; me")
    desk.completion.accept(desk.completion.rows[0])
    assert desk.box.text() == "😀; Ann Lee/AP; Mikhail Metzel/Sputnik"


def test_a_list_field_offers_no_item_twice(make):
    desk = make(LineBox(), is_list=True)
    type_into(desk.box, "Ann Lee/AP; a")
    assert desk.completion.rows == []


@pytest.mark.parametrize(
    ("text", "cursor", "item"),
    [("", 0, ""), ("a; b; c", 4, "b"), ("a; b; c", 1, "a"), ("a; ", 3, ""), ("; b", 0, ""), ("a;b", 3, "b")],
)
def test_the_item_at_the_cursor_stands_between_its_semicolons(text, cursor, item):
    start, end = item_at(text, cursor)
    assert text[start:end] == item


def test_the_list_lies_under_its_box_also_from_right_to_left(desk):
    desk.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    type_into(desk.box, "met")
    popup = desk.completion.popup
    at = desk.box.mapTo(desk, QPoint(0, 0))
    assert (popup.x(), popup.y(), popup.width()) == (at.x(), at.y() + desk.box.height(), desk.box.width())
    assert popup.list.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_the_list_lies_above_a_box_at_the_bottom(desk):
    desk.resize(400, desk.box.height() + desk.other.height() + 40)
    desk.box.move(0, desk.height() - desk.box.height())
    type_into(desk.box, "met")
    assert desk.completion.popup.geometry().bottom() <= desk.height()


def test_it_completes_in_the_sheet_and_the_next_enter_ends_the_editing(qtbot, window):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.sheet.in_place.opened.connect(lambda box: completion.attach(box, suggest))
    window.sheet.edit_in_place("credit")
    box = window.sheet.in_place.box
    type_into(box, "met")
    for key in (Key.Key_Down, Key.Key_Return):
        qtbot.keyClick(box, key)
    assert (window.sheet.in_place.box, window.photos.photos[0].values["credit"]) == (box, "Mikhail Metzel/Sputnik")
    qtbot.keyClick(box, Key.Key_Return)
    assert window.sheet.in_place.box is None


def test_a_box_that_goes_takes_its_list_along(qtbot, desk):
    type_into(desk.box, "met")
    popup = desk.completion.popup
    with qtbot.waitSignal(popup.destroyed):
        desk.box.hide()
        desk.box.deleteLater()
