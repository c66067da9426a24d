import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from captioner.ui.dialogs.keyboard_page import KeyboardPage

DEFAULTS = {
    "save": ["Ctrl+S"], "next": ["Ctrl+Return", "Ctrl+Enter"], "undo": ["Ctrl+Z"], "zoom": [],
    "full": ["Ctrl+Shift+F", "F11"],
}  # fmt: skip
LABELS = {"save": "&Save", "next": "Nächstes Foto", "undo": "Undo", "zoom": "Ёлка 확대", "full": "Full screen"}
FIXED = [(("Tab", "Shift+Tab"), "To the next field"), (("F4",), "Edit in place")]
CTRL, SHIFT, NONE = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
                     Qt.KeyboardModifier.NoModifier)  # fmt: skip


@pytest.fixture
def actions(qapp):
    made = {}
    for key, label in LABELS.items():
        made[key] = QAction(label)
        made[key].setObjectName(key)
        made[key].setShortcuts([QKeySequence(each) for each in DEFAULTS[key]])
    return made


@pytest.fixture
def page(qtbot, actions):
    """What it tells is kept in `told`."""
    every = list(actions.values())
    page = KeyboardPage([("Files", every[:2]), ("Others", every[2:])], DEFAULTS, None, FIXED)
    page.told = []
    page.changed.connect(lambda key, keys: page.told.append((key, keys)))
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def items(page):
    groups = (page.tree.topLevelItem(row) for row in range(page.tree.topLevelItemCount()))
    return [group.child(row) for group in groups for row in range(group.childCount())]


def lines(page):
    return [tuple(item.text(column) for column in range(3)) for item in items(page)]


def record(qtbot, page, label, key, modifiers=CTRL):
    item = next(item for item in items(page) if item.text(0) == label)
    page.tree.setCurrentItem(item)
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    if key:
        qtbot.keyClick(page.recorder, key, modifiers)


def test_every_action_and_every_fixed_key_is_listed(page):
    assert lines(page) == [
        ("Save", "Ctrl+S", ""), ("Nächstes Foto", "Ctrl+Return, Ctrl+Enter", ""), ("Undo", "Ctrl+Z", ""),
        ("Ёлка 확대", "", ""), ("Full screen", "Ctrl+Shift+F, F11", ""), ("To the next field", "Tab, Shift+Tab", ""),
        ("Edit in place", "F4", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("typed", "found"), [
    ("save", ["Save"]), ("nachstes", ["Nächstes Foto"]), ("елка", ["Ёлка 확대"]), ("확", ["Ёлка 확대"]),
    ("ctrl+shift", ["Full screen"]), ("files", ["Save", "Nächstes Foto"]), ("field next", ["To the next field"]),
])  # fmt: skip
def test_what_is_typed_finds_actions(qtbot, page, typed, found):
    page.search.setFocus()
    page.search.insert(typed)
    page.search.textEdited.emit(typed)
    assert [line[0] for line in lines(page)] == found


@pytest.mark.parametrize(("key", "modifiers", "found"), [
    (Qt.Key.Key_S, CTRL, ["Save"]), (Qt.Key.Key_F11, NONE, ["Full screen"]), (Qt.Key.Key_F4, NONE, ["Edit in place"]),
    (Qt.Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier, ["Nächstes Foto"]),
])  # fmt: skip
def test_a_pressed_shortcut_finds_its_action(qtbot, page, key, modifiers, found):
    qtbot.keyClick(page.search, key, modifiers)
    assert [line[0] for line in lines(page)] == found


def test_a_pressed_shortcut_that_nothing_has_is_free(qtbot, page):
    qtbot.keyClick(page.search, Qt.Key.Key_J, CTRL)
    assert page.nothing.isVisible()
    assert page.nothing.text() == "Ctrl+J is free."


def test_typing_after_a_pressed_shortcut_searches_for_names_again(qtbot, page):
    qtbot.keyClick(page.search, Qt.Key.Key_J, CTRL)
    page.search.clear()
    qtbot.keyClicks(page.search, "und")
    assert [line[0] for line in lines(page)] == ["Undo"]


def test_a_text_may_be_pasted_into_the_search(qtbot, page):
    QGuiApplication.clipboard().setText("undo")
    qtbot.keyClick(page.search, Qt.Key.Key_V, CTRL)
    assert [line[0] for line in lines(page)] == ["Undo"]


def test_a_recorded_shortcut_is_told_and_shown_beside_the_default(qtbot, page, actions):
    record(qtbot, page, "Save", Qt.Key.Key_J)
    assert page.told == [("save", ["Ctrl+J"])]
    assert lines(page)[0] == ("Save", "Ctrl+J", "Ctrl+S")
    assert actions["save"].shortcut() == QKeySequence("Ctrl+J")
    assert page.tree.hasFocus()
    assert page.current is actions["save"]


def test_enter_of_the_keypad_comes_with_the_other_one(qtbot, page):
    record(qtbot, page, "Save", Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.told == [("save", ["Ctrl+Shift+Return", "Ctrl+Shift+Enter"])]


def test_a_taken_shortcut_is_told_in_one_sentence_and_not_given(qtbot, page):
    record(qtbot, page, "Undo", Qt.Key.Key_S)
    assert page.trouble.text() == "Ctrl+S is “Save” already; press another one, or take it over."
    assert page.told == []


def test_another_one_may_be_pressed_instead(qtbot, page):
    record(qtbot, page, "Undo", Qt.Key.Key_S)
    qtbot.keyClick(page.recorder, Qt.Key.Key_U, CTRL)
    assert page.told == [("undo", ["Ctrl+U"])]


def test_a_shortcut_that_is_taken_over_leaves_its_former_action(qtbot, page, actions):
    record(qtbot, page, "Undo", Qt.Key.Key_F11, NONE)
    page.take_over.click()
    assert dict(page.told) == {"full": ["Ctrl+Shift+F"], "undo": ["F11"]}


@pytest.mark.parametrize(("key", "modifiers", "sentence"), [
    (Qt.Key.Key_A, NONE, "A is for typing; press it together with Ctrl or Alt."),
    (Qt.Key.Key_Space, SHIFT, "Shift+Space is for typing; press it together with Ctrl or Alt."),
    (Qt.Key.Key_Delete, NONE, "Del is for editing text; press another one."),
    (Qt.Key.Key_C, CTRL, "Ctrl+C is for editing text; press another one."),
    (Qt.Key.Key_F4, NONE, "F4 can't be changed (Edit in place); press another one."),
])  # fmt: skip
def test_keys_that_belong_to_text_and_lists_are_refused(qtbot, page, key, modifiers, sentence):
    record(qtbot, page, "Save", key, modifiers)
    assert (page.trouble.text(), page.take_over.isVisible(), page.told) == (sentence, False, [])


def test_the_same_shortcut_again_changes_nothing(qtbot, page):
    record(qtbot, page, "Save", Qt.Key.Key_S)
    assert (page.told, page.bar.isVisible()) == ([], False)


def test_an_action_may_have_no_shortcut(qtbot, page):
    record(qtbot, page, "Save", None)
    page.remove.click()
    assert page.told == [("save", [])]


def test_escape_leaves_everything_as_it_was(qtbot, page):
    record(qtbot, page, "Save", Qt.Key.Key_Escape, NONE)
    assert (page.told, page.bar.isVisible(), page.isVisible(), page.tree.hasFocus()) == ([], False, True, True)


def test_escape_goes_from_the_search_to_the_list_and_then_to_the_window(qtbot, page):
    qtbot.keyClicks(page.search, "save")
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert (len(lines(page)), page.isVisible()) == (7, True)
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_fixed_keys_have_nothing_to_change(qtbot, page):
    record(qtbot, page, "Edit in place", None)
    assert not page.bar.isVisible()
    assert not page.change.isEnabled()


def test_reset_brings_the_default_back(qtbot, page):
    record(qtbot, page, "Undo", Qt.Key.Key_U)
    page.reset.click()
    assert page.told[-1] == ("undo", ["Ctrl+Z"])
    assert not page.reset.isEnabled()


def test_a_default_that_another_action_has_is_not_reset_silently(qtbot, page):
    record(qtbot, page, "Undo", Qt.Key.Key_U)
    record(qtbot, page, "Save", Qt.Key.Key_Z)
    record(qtbot, page, "Undo", Qt.Key.Key_Escape, NONE)
    page.reset.click()
    assert page.trouble.text() == "Ctrl+Z is “Save” already; press another one, or take it over."


def test_reset_all_tells_each_that_was_changed(qtbot, page, actions):
    record(qtbot, page, "Undo", Qt.Key.Key_U)
    record(qtbot, page, "Save", Qt.Key.Key_Z)
    page.told.clear()
    page.reset_all.click()
    assert dict(page.told) == {"save": ["Ctrl+S"], "undo": ["Ctrl+Z"]}
    assert not page.reset_all.isEnabled()


def test_all_of_it_is_copied_as_text_whatever_is_searched(qtbot, page):
    qtbot.keyClicks(page.search, "save")
    page.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Files\nSave\tCtrl+S\n")
    assert text.endswith("Edit in place\tF4\n")


def test_a_shortcut_in_the_search_does_nothing_else(page):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_S, CTRL)
    event.ignore()
    QApplication.sendEvent(page.search, event)
    assert event.isAccepted()


def test_every_control_has_a_name_and_user_text_is_plain(page):
    assert all(each.accessibleName() for each in (page.search, page.tree, page.recorder))
    assert all(each.text() and not each.autoDefault() for each in page.findChildren(QPushButton))
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in page.findChildren(QLabel) if each.text())
