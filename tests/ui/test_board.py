"""The set board: counts, and each part a filter."""

import pytest
from PySide6.QtGui import QAccessible

from captioner.core import edits
from captioner.core.filters import Filter, Kind
from captioner.ui import theme

pytestmark = pytest.mark.usefixtures("few_checks")


@pytest.fixture
def half(qtbot, window):
    """Captions everywhere, credits in three of seven."""
    order = window.photos.order
    window.photos.apply(edits.set_values(window.photos, {
        path: {"caption": f"Caption {at}", **({"credit": "Ann Lee/AP"} if at < 3 else {})}
        for at, path in enumerate(order)}, ""))  # fmt: skip
    qtbot.waitUntil(lambda: texts(window) == ["7/7 captions", "3/7 credits", "order", "alt text", "7 unsaved",
                                              "4 problems"])  # fmt: skip
    return window


def texts(window):
    return [each.text() for each in window.status.board.buttons.values() if each.isVisible()]


def press(window, kind):
    window.status.board.buttons[kind].click()


def rows(window):
    return [window.photos.order.index(path) for path in window.model.shown]


def test_the_board_says_what_of_the_set_is_done(half):
    due = {kind for kind, each in half.status.board.buttons.items() if each.property("due")}
    assert due == {Kind.NO_CREDIT, Kind.NO_ALT_TEXT, Kind.UNSAVED, Kind.PROBLEMS}


def test_it_follows_edits(qtbot, half):
    half.photos.apply(edits.set_field(half.photos, half.photos.order[:4], "alt_text", "Seen"))
    half.photos.apply(edits.set_field(half.photos, half.photos.order, "credit", "Ann Lee/AP"))
    qtbot.waitUntil(lambda: texts(half) == ["7/7 captions", "7/7 credits", "order", "4/7 alt texts", "7 unsaved"])


@pytest.mark.parametrize(("kind", "shown"), [
    (Kind.NO_CAPTION, []), (Kind.NO_CREDIT, [3, 4, 5, 6]), (Kind.NO_ALT_TEXT, [*range(7)]), (Kind.MOVED, []),
    (Kind.UNSAVED, [*range(7)]), (Kind.PROBLEMS, [3, 4, 5, 6]),
])  # fmt: skip
def test_each_part_shows_its_photos_and_lets_them_go_again(half, kind, shown):
    press(half, kind)
    assert (rows(half), half.filter_bar.filter) == (shown, Filter(kind))
    assert [each for each, button in half.status.board.buttons.items() if button.isChecked()] == [kind]
    press(half, kind)
    assert (rows(half), half.filter_bar.filter) == ([*range(7)], Filter())
    assert not any(button.isChecked() for button in half.status.board.buttons.values())


def test_the_filter_above_checks_the_part_below(half):
    half.filter_bar.show_kind(Kind.NO_CREDIT)
    assert half.status.board.buttons[Kind.NO_CREDIT].isChecked()
    half.filter_bar.clear()
    assert not half.status.board.buttons[Kind.NO_CREDIT].isChecked()


def test_an_order_that_is_not_saved_is_told_and_shows_what_was_moved(qtbot, half, saved):
    last = half.photos.order[-1]
    half.photos.apply(edits.move(half.photos, [last], 0))
    qtbot.waitUntil(lambda: "order unsaved" in texts(half))
    press(half, Kind.MOVED)
    assert half.model.shown == (last,)
    press(half, Kind.MOVED)
    saved(half, lambda: half.actions_["save"].trigger())
    qtbot.waitUntil(lambda: texts(half)[2] == "order")


def test_each_part_is_spoken_with_what_it_shows_and_whether_it_is_on(half):
    press(half, Kind.NO_CREDIT)
    spoken = QAccessible.queryAccessibleInterface(half.status.board.buttons[Kind.NO_CREDIT])
    assert spoken.text(QAccessible.Text.Name) == "4 without a credit – show these photos alone"
    assert spoken.state().checked
    assert theme.plain("4 without a credit – show these photos alone") == half.status.board.buttons[
        Kind.NO_CREDIT].toolTip()  # fmt: skip


def test_an_empty_window_has_no_board(qtbot, show):
    window = show()
    assert not window.status.board.isVisible()
