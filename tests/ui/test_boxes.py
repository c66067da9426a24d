import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QListView

from captioner.ui.widgets.boxes import LineBox, TextBox, characters, units

MAKE = {"line": LineBox, "text": TextBox, "wrapped": lambda: TextBox(1, takes_breaks=False),
        "fixed": lambda: TextBox(grows=False)}  # fmt: skip


def type_into(box, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


@pytest.fixture(params=MAKE)
def box(qtbot, request):
    box = MAKE[request.param]()
    box.told = []
    box.textEdited.connect(box.told.append)
    qtbot.addWidget(box)
    return box


def test_the_cursor_is_counted_in_characters(box):
    type_into(box, "😀 김👩‍🚀 e\u0301")
    assert box.cursor_at() == len("😀 김👩‍🚀 e\u0301")


def test_a_replaced_span_is_one_edit_with_the_cursor_behind_it(box):
    box.show_text("😀 one 😀 three")
    box.replace_span(2, 5, "Zwei 🇮🇩")
    assert (box.told, box.cursor_at()) == (["😀 Zwei 🇮🇩 😀 three"], len("😀 Zwei 🇮🇩"))


def test_what_the_program_shows_is_no_edit(box):
    box.show_text("Shown")
    box.show_text("")
    assert box.told == []


@pytest.mark.parametrize("text", ["", "«\u00a0mot\u00a0»", "😀" * 5000, "مرحبا", "a\u2009b\u200f", "e\u0301\ufeff"])
def test_a_text_comes_back_as_it_was_shown(box, text):
    box.show_text(text)
    assert box.text() == text


def test_lines_come_back_as_lines(qtbot):
    box = TextBox()
    qtbot.addWidget(box)
    box.show_text("one\n\ntwo")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert box.text() == "\none\n\ntwo"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.integers(0, 30))
def test_counts_of_qt_and_of_python_lead_to_each_other(text, at):
    start = text[:at]
    assert characters(text, units(start)) == len(start)


@pytest.fixture
def sheet(qtbot):
    """A list with a box over one of its rows, as it stands there while one edits in place."""
    sheet = QListView()
    qtbot.addWidget(sheet)
    sheet.resize(400, 300)
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    return sheet


def test_a_box_that_does_not_grow_keeps_its_geometry_and_scrolls(qtbot, sheet):
    box = TextBox(grows=False)
    box.setParent(sheet.viewport())
    box.setGeometry(8, 8, 300, 48)
    box.show()
    box.show_text("line\n" * 50)
    box.resize(200, 40)
    assert (box.width(), box.height(), box.verticalScrollBar().maximum() > 0) == (200, 40, True)


def test_a_box_that_grows_is_as_high_as_its_lines(qtbot):
    box = TextBox(1)
    qtbot.addWidget(box)
    box.show()
    before = box.height()
    box.show_text("one\ntwo\nthree")
    assert box.height() > before


@pytest.mark.parametrize("make", [LineBox, lambda: TextBox(grows=False)])
@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)],
)
def test_escape_and_ctrl_enter_get_past_a_box_over_a_list(qtbot, sheet, make, key, held):
    box = make()
    box.setParent(sheet.viewport())
    box.setGeometry(8, 8, 300, 48)
    box.show()
    box.setFocus()
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, held)
        event.ignore()
        box.event(event)
        assert not event.isAccepted()
    assert box.text() == ""
