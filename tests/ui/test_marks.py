from time import perf_counter

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget

from captioner.core import words
from captioner.ui import theme
from captioner.ui.widgets.boxes import LineBox, TextBox
from captioner.ui.widgets.marks import Kind, Mark, Marks, finder


def type_into(box, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


@pytest.fixture
def desk(qtbot):
    """A box with marks, beside another box; `looked` are the lines that were looked through."""
    desk = QWidget()
    desk.box, desk.other, desk.told, desk.looked = TextBox(), LineBox(), [], []
    desk.right = {"the", "cat", "sat", "receive"}
    layout = QVBoxLayout(desk)
    layout.addWidget(desk.box)
    layout.addWidget(desk.other)

    def spans(text):
        desk.looked.append(text)
        return words.misspelt(text, desk.right.__contains__)

    find = finder(Kind.SPELLING, spans, "Not in the dictionary")
    suggest = {"recieve": ("receive", "R&D")}.get
    desk.marks = Marks(desk.box, [find], lambda word: suggest(word, ()), lambda: desk.told.append("before"))
    desk.box.textEdited.connect(desk.told.append)
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    desk.box.setFocus()
    return desk


def marked(box):
    """The texts that are underlined, by line, as Qt has them."""
    found, block = [], box.document().begin()
    while block.isValid():
        raw = block.text().encode("utf-16-le")
        ranges = ((each.start, each.start + each.length) for each in block.layout().formats())
        found += [raw[2 * start : 2 * end].decode("utf-16-le") for start, end in ranges]
        block = block.next()
    return found


def test_what_is_misspelt_is_underlined_in_red(desk):
    desk.box.show_text("the teh cat\nteh")
    block = desk.box.document().begin()
    colours = [each.format.underlineColor().name() for each in block.layout().formats()]
    assert (marked(desk.box), colours) == (["teh", "teh"], [theme.colours().error])


def test_emoji_and_other_scripts_shift_no_mark(desk):
    desk.box.show_text("😀👩‍🚀 teh 김 cat cafe\u0301 sat\n🇮🇩 teh")
    assert marked(desk.box) == ["teh", "cafe\u0301", "teh"]


def test_the_word_being_typed_is_left_alone_until_the_cursor_leaves_it(qtbot, desk):
    type_into(desk.box, "the te")
    type_into(desk.box, "h")
    assert marked(desk.box) == []
    type_into(desk.box, " ")
    assert marked(desk.box) == ["teh"]


def test_the_word_being_typed_is_marked_when_the_person_leaves(qtbot, desk):
    type_into(desk.box, "teh")
    desk.other.setFocus()
    qtbot.waitUntil(lambda: marked(desk.box) == ["teh"])


def test_another_text_has_no_word_that_is_being_typed(desk):
    type_into(desk.box, "teh")
    desk.box.show_text("hte cat")
    assert marked(desk.box) == ["hte"]


def test_a_cursor_that_is_moved_into_a_marked_word_leaves_it_marked(qtbot, desk):
    desk.box.show_text("teh cat")
    qtbot.keyClick(desk.box, Qt.Key.Key_Right)
    assert marked(desk.box) == ["teh"]


def test_only_the_line_that_changed_is_looked_through(desk):
    desk.box.show_text("teh\ncat\nsat")
    desk.looked.clear()
    type_into(desk.box, "x")
    assert desk.looked == ["xteh"]


def test_marks_are_no_edit(qtbot, desk):
    desk.box.show_text("teh cat")
    desk.marks.refresh()
    qtbot.wait(10)
    assert desk.told == []


def test_another_dictionary_looks_through_everything_anew(desk):
    desk.box.show_text("teh cat")
    desk.right.add("teh")
    desk.marks.refresh()
    assert marked(desk.box) == []


def entries(menu):
    return [action.text() for action in menu.actions() if action.text()][:4]


def test_the_menu_mends_a_word_as_one_edit(desk):
    desk.box.show_text("😀 cat\n😀 recieve cat")
    menu = desk.marks.menu_at(11)
    assert entries(menu) == ["receive", "R&&D", "Add to glossary", "Ignore"]
    menu.actions()[0].trigger()
    assert desk.told == ["before", "😀 cat\n😀 receive cat"]
    assert desk.box.cursor_at() == len("😀 cat\n😀 receive")


def test_a_word_that_became_another_meanwhile_is_not_mended(desk):
    desk.box.show_text("recieve")
    menu = desk.marks.menu_at(2)
    desk.box.show_text("cat")
    menu.actions()[0].trigger()
    assert (desk.box.text(), desk.told) == ("cat", [])


def test_a_word_can_be_added_or_ignored(qtbot, desk):
    desk.box.show_text("Metzel")
    menu = desk.marks.menu_at(0)
    assert entries(menu)[:3] == ["No suggestions", "Add to glossary", "Ignore"]
    for name, signal in (("Add to glossary", desk.marks.added), ("Ignore", desk.marks.ignored)):
        with qtbot.waitSignal(signal) as told:
            next(action for action in menu.actions() if action.text() == name).trigger()
        assert told.args == ["Metzel"]


def test_a_right_word_has_the_usual_menu(desk):
    desk.box.show_text("cat")
    assert "Ignore" not in entries(desk.marks.menu_at(1))


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse])
def test_the_menu_opens_by_key_and_by_mouse(qtbot, desk, reason):
    desk.box.show_text("recieve")
    place = desk.box.viewport() if reason == QContextMenuEvent.Reason.Mouse else desk.box
    at = desk.box.cursorRect().center() + QPoint(3, 0)
    QApplication.sendEvent(place, QContextMenuEvent(reason, at, place.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert entries(menu)[0] == "receive"
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_tooltip_tells_what_a_mark_means(desk):
    desk.box.show_text("teh cat")
    at = desk.box.cursorRect().center() + QPoint(3, 0)
    viewport = desk.box.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
    assert "Not in the dictionary" in QToolTip.text()


def test_findings_stand_in_the_whole_text(desk):
    desk.box.show_text("😀 cat\nsat the cat")
    desk.marks.show_findings([Mark(2, 8, Kind.FINDING, "Twice")])
    assert marked(desk.box) == ["cat", "sa"]
    desk.marks.show_findings([])
    assert marked(desk.box) == []


def test_a_box_that_goes_takes_its_marks_along(qtbot, desk):
    type_into(desk.box, "teh")
    with qtbot.waitSignal(desk.marks.destroyed):
        desk.box.deleteLater()


def test_a_long_caption_is_marked_as_fast_as_one_types(desk):
    desk.box.show_text("😀 teh cat sat, Metzel " * 250)
    begun = perf_counter()
    for _letter in range(5):
        type_into(desk.box, "x")
    assert (perf_counter() - begun) / 5 < 0.2
