import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from captioner.ui.dialogs.command_palette import CommandPalette, Row, find

LABELS = (
    "Save",
    "Save and go to the next photo",
    "Undo",
    "Höhe der Zeilen",
    "Łódź…",
    "Следующее фото",
    "다음 사진",
    "&Open",
)


@pytest.fixture
def home(qtbot):
    """A window with a text box that has the focus, and actions of which Undo can't be done now."""
    window = QWidget()
    window.resize(900, 600)
    window.box = QPlainTextEdit(window)
    window.done, window.actions_ = [], []
    for label in LABELS:
        action = QAction(label, window)
        action.setObjectName(label.split()[0].lower())
        action.setEnabled(label != "Undo")
        action.triggered.connect(lambda _checked, label=label: window.done.append((label, window.box.hasFocus())))
        window.actions_.append(action)
    window.actions_[0].setShortcuts([QKeySequence("Ctrl+S")])
    window.show()
    qtbot.addWidget(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.box.setFocus()
    return window


@pytest.fixture
def opened(home):
    def make(**more):
        palette = CommandPalette([("Files", home.actions_[:2]), ("Others", home.actions_[2:])], home, **more)
        palette.open()
        return palette

    return make


def shown(palette):
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def current(palette):
    return palette.list.currentItem().text()


def test_everything_is_listed_as_it_is_called(opened):
    assert shown(opened()) == [*LABELS[:-1], "Open"]


@pytest.mark.parametrize(("typed", "found"), [
    ("sa", ["Save", "Save and go to the next photo"]),
    ("next SAVE", ["Save and go to the next photo"]),
    ("hohe", ["Höhe der Zeilen"]),
    ("lodz", ["Łódź…"]),
    ("СЛЕД", ["Следующее фото"]),
    ("사진", ["다음 사진"]),
    ("ctrl+s", ["Save"]),
    ("files save", ["Save", "Save and go to the next photo"]),
    ("(", []),
    ("🙂" * 5000, []),
])  # fmt: skip
def test_what_is_typed_finds_actions(opened, typed, found):
    palette = opened()
    palette.box.setText(typed)
    assert shown(palette) == found


def test_the_beginning_of_a_word_comes_before_its_middle():
    rows = [Row("Unsave", print), Row("Save", print), Row("Other", print, "Save")]
    assert [row.label for row in find(rows, "save")] == ["Save", "Unsave", "Other"]


def test_what_was_used_last_comes_first(opened):
    palette = opened(recent=["łódź…", "gone", "save"])
    assert shown(palette)[:3] == ["Łódź…", "Save", "Save and go to the next photo"]


def test_enter_does_it_with_the_cursor_back_where_it_was(qtbot, home, opened):
    palette = opened()
    assert palette.box.hasFocus()
    with qtbot.waitSignal(palette.used) as used:
        qtbot.keyClicks(palette.box, "save")
        qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert home.done == [("Save", True)]
    assert used.args == [["save"]]


def test_escape_does_nothing_and_gives_the_cursor_back(qtbot, home, opened):
    palette = opened()
    qtbot.keyClick(palette.box, Qt.Key.Key_Escape)
    assert (palette.isVisible(), home.box.hasFocus(), home.done) == (False, True, [])


def test_arrows_move_past_what_cannot_be_done_while_the_cursor_stays_in_the_box(qtbot, opened):
    palette = opened()
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Up,
                Qt.Key.Key_Tab, Qt.Key.Key_Backtab):  # fmt: skip
        qtbot.keyClick(palette.box, key)
        seen.append(current(palette))
    assert seen == ["Save and go to the next photo", "Höhe der Zeilen", "Save and go to the next photo", "Open", "Save",
                    "Open", "Save", "Open"]  # fmt: skip
    assert palette.box.hasFocus()


def test_what_cannot_be_done_is_shown_and_not_run(qtbot, home, opened):
    palette = opened()
    palette.box.setText("undo")
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=palette.list.visualItemRect(
        palette.list.item(0)).center())  # fmt: skip
    assert (shown(palette), home.done, palette.isVisible()) == (["Undo"], [], True)


def test_a_click_does_it_too(qtbot, home, opened):
    palette = opened()
    at = palette.list.visualItemRect(palette.list.item(0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert home.done == [("Save", True)]


def test_the_same_key_closes_it_again(home, opened):
    first, second = opened(), opened()
    assert (first.isVisible(), second.isVisible(), home.box.hasFocus()) == (False, False, True)


def test_it_goes_away_when_the_focus_goes_elsewhere(home, opened):
    palette = opened()
    home.box.setFocus()
    assert not palette.isVisible()


def test_its_keys_are_its_own_whatever_they_do_in_the_window(opened):
    palette = opened()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_Return):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(palette.box, event)
        assert event.isAccepted()


def test_photos_are_found_after_the_actions(qtbot, opened):
    went = []
    palette = opened(more=lambda text: [(f"{text}.jpg", lambda: went.append(text))])
    palette.box.setText("Save")
    assert shown(palette)[-1] == "Save.jpg"
    qtbot.keyClick(palette.box, Qt.Key.Key_Up)
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert went == ["Save"]


def test_nothing_found_is_said(opened):
    palette = opened()
    palette.box.setText("<b>zzz")
    assert palette.nothing.isVisible()
    assert palette.nothing.text() == "There is no command “<b>zzz”."


def test_a_screen_reader_hears_the_shortcut_and_what_is_not_for_now(opened):
    palette = opened()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert palette.list.item(0).data(role) == "Save, Ctrl+S, Files"
    assert palette.list.item(2).data(role) == "Undo, Others, not available now"
    assert all(each.accessibleName() for each in (palette, palette.box, palette.list))


@pytest.mark.parametrize("size", [(900, 600), (300, 200), (60, 40)])
def test_it_stays_inside_of_the_window(home, opened, size):
    palette = opened()
    home.resize(*size)
    QApplication.processEvents()
    assert palette.width() <= size[0]
    assert palette.x() >= 0
