"""The sheet: editing in place, moving, dropping, filtering."""

import shutil

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from captioner.core import edits
from captioner.core.filters import Kind
from captioner.ui.badges import State
from captioner.ui.pictures import THUMBNAIL
from tests import pictures


def names(window):
    return [path.name for path in window.model.shown]


def type_into(box, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


def run(window, key):
    window.actions_[key].trigger()


def caption(window, row):
    return window.photos[window.photos.order[row]].values["caption"]


@pytest.fixture
def box(window):
    """The caption of the first photo, open in the sheet."""
    window.sheet.edit_in_place("caption")
    return window.sheet.in_place.box


def test_what_is_typed_in_the_sheet_shows_in_the_form_at_once(window, box):
    type_into(box, "Владимир 김 é")
    window.show_changed()
    assert (caption(window, 0), window.form.rows["caption"].box.text()) == ("Владимир 김 é",) * 2


def test_typing_in_the_sheet_is_one_step(window, box):
    for letter in "Hello":
        type_into(box, letter)
    run(window, "undo")
    assert (caption(window, 0), box.text()) == ("", "")


def test_escape_takes_back_what_was_typed_in_the_sheet(qtbot, window, box):
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[0]], "caption", "Before"))
    window.sheet.edit_in_place("caption")
    type_into(window.sheet.in_place.box, "After")
    qtbot.keyClick(window.sheet.in_place.box, Qt.Key.Key_Escape)
    assert (caption(window, 0), window.sheet.in_place.box) == ("Before", None)


def test_tab_goes_from_the_caption_to_the_credit_and_on_to_the_next_photo(qtbot, window, box):
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert window.sheet.in_place.key == "credit"
    qtbot.keyClick(window.sheet.in_place.box, Qt.Key.Key_Tab)
    assert (window.sheet.in_place.key, window.sheet.currentIndex().row()) == ("caption", 1)


def test_control_enter_in_the_sheet_saves_and_goes_on_in_the_same_field(window, box, saved):
    type_into(box, "Saved")
    saved(window, window.actions_["save_and_next"].trigger)
    assert (window.photos.unsaved, window.sheet.in_place.path) == ([], window.photos.order[1])


def test_a_double_click_on_the_credit_edits_it(qtbot, window):
    index = window.model.index(2)
    window.sheet.scrollTo(index)
    place = window.sheet.rows.place("credit", window.sheet.visualRect(index), window.sheet.fontMetrics(),
                                    Qt.LayoutDirection.LeftToRight)  # fmt: skip
    qtbot.mouseClick(window.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    qtbot.mouseDClick(window.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert (window.sheet.in_place.key, window.sheet.in_place.path) == ("credit", window.photos.order[2])


def test_a_refused_text_says_so_and_is_no_value(window, box):
    type_into(box, "Bell \x07")
    window.sheet.in_place.close()
    assert caption(window, 0) == ""


# Order


def test_a_photo_moves_past_the_next_one_that_is_shown(window):
    first, _second, third, *_rest = window.photos.order
    window.photos.apply(edits.set_field(window.photos, [first, third], "credit", "Ann Lee/AP"))
    window.filter_bar.search.setText("credit:lee")
    window.filter_bar._tell()
    window.sheet.select([first])
    run(window, "move_down")
    assert window.photos.order[1:3] == (third, first)


@pytest.mark.parametrize(("key", "first"), [("move_to_start", "photo-4.jpg"), ("move_to_end", "photo-1.jpg")])
def test_a_photo_moves_to_either_end(window, key, first):
    window.sheet.select([window.photos.order[3]])
    run(window, key)
    ends = (window.photos.order[0].name, window.photos.order[-1].name)
    assert ends == ((first, "photo-7.jpg") if key == "move_to_start" else (first, "photo-4.jpg"))


def test_a_hand_made_order_is_back_by_the_undo_of_the_notice(window):
    window.photos.apply(edits.move(window.photos, [window.photos.order[6]], 0))
    by_hand = window.photos.order
    run(window, "sort_by_name")
    assert window.photos.order != by_hand
    run(window, "undo")
    assert window.photos.order == by_hand


def test_photos_are_sorted_as_the_story_has_them(window):
    captions = [f"Caption {number}" for number in range(3)]
    for path, text in zip(window.photos.order, reversed(captions), strict=False):
        window.photos.apply(edits.set_field(window.photos, [path], "caption", text))
    window.remember_story(tuple(captions))
    run(window, "sort_as_story")
    assert [window.photos[path].values["caption"] for path in window.photos.order[:3]] == captions


# Dropped


def dropped(window, paths, row):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = QPointF(window.sheet.visualRect(window.model.index(row)).topLeft()) + QPointF(20, 2)
    window.sheet.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                      Qt.KeyboardModifier.NoModifier))  # fmt: skip


def test_files_that_are_dropped_stand_where_they_were_dropped(qtbot, window, tmp_path):
    more = pictures.draw(tmp_path / "more.jpg")
    dropped(window, [more], 2)
    qtbot.waitUntil(lambda: more in window.photos and window.photos[more].is_read)
    assert names(window)[2] == "more.jpg"


def test_rows_of_another_window_are_taken_for_files(qtbot, window, show, tmp_path):
    other = show(pictures.draw(tmp_path / "other.jpg"))
    data = other.model.mimeData([other.model.index(0)])
    assert not window.model.owns(data)


# Filter


def test_a_filter_shows_what_is_like_it_and_keeps_the_order(window):
    order = window.photos.order
    window.photos.apply(edits.set_field(window.photos, order[2:4], "credit", "Ann Lee/AP"))
    window.filter_bar.kind.setCurrentIndex(window.filter_bar.kind.findData(Kind.NO_CREDIT))
    assert window.model.shown == (*order[:2], *order[4:])
    assert window.photos.order == order


def test_a_photo_that_is_worked_on_stays_until_another_one_is(qtbot, window):
    window.filter_bar.kind.setCurrentIndex(window.filter_bar.kind.findData(Kind.NO_CREDIT))
    first, second = window.photos.order[:2]
    window.sheet.go_to(0)
    window.photos.apply(edits.set_field(window.photos, [first], "credit", "Ann Lee/AP"))
    assert first in window.model.shown
    window.sheet.select([second])
    qtbot.waitUntil(lambda: first not in window.model.shown)
    assert window.sheet.selection == [second]


def test_escape_in_the_search_shows_all_photos_again(qtbot, window):
    window.filter_bar.search.setText("nothing is like that")
    qtbot.waitUntil(lambda: not window.model.shown)
    qtbot.keyClick(window.filter_bar.search, Qt.Key.Key_Escape)
    assert len(window.model.shown) == 7


def test_the_selection_stays_while_it_is_shown(window):
    chosen = list(window.photos.order[1:3])
    window.photos.apply(edits.set_field(window.photos, chosen, "credit", "Ann Lee/AP"))
    window.sheet.select(chosen)
    window.filter_bar.search.setText("lee")
    window.filter_bar._tell()
    assert window.sheet.selection == chosen


# Going


def test_the_next_problem_is_found_round_the_end(window, qtbot):
    window.photos.apply(edits.set_field(window.photos, window.photos.order[1:], "credit", "Ann Lee/AP"))
    window.photos.apply(edits.set_field(window.photos, window.photos.order, "caption", ""))
    window.show_changed()
    qtbot.waitUntil(lambda: window.findings.problem_count == 1)
    window.sheet.go_to(3)
    run(window, "next_problem")
    assert window.sheet.currentIndex().row() == 0


def test_the_next_empty_caption_gets_the_cursor(window):
    window.photos.apply(edits.set_values(window.photos, {
        path: {"caption": f"Caption {at}"} for at, path in enumerate(window.photos.order) if at != 4}, ""))  # fmt: skip
    run(window, "next_empty")
    assert (window.sheet.currentIndex().row(), window.form.focused_key) == (4, "caption")


def test_the_credit_of_the_photo_before_is_copied(window):
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[0]], "credit", "Ann Lee/AP"))
    window.sheet.select(window.photos.order[1:3])
    run(window, "credit_from_previous")
    assert [window.photos[path].values["credit"] for path in window.photos.order[:4]] == ["Ann Lee/AP"] * 3 + [""]


# Badges


def test_a_badge_tells_what_is_unsaved(window):
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[0]], "caption", "New"))
    assert "Unsaved: Caption" in window.model.index(0).data(Qt.ItemDataRole.ToolTipRole)


# What comes later


def test_a_photo_that_arrives_in_the_folder_is_at_the_end_and_marked_new(qtbot, window, folder):
    more = pictures.draw(folder / "zz.jpg")
    qtbot.waitUntil(lambda: more in window.photos and window.photos[more].is_read, timeout=10_000)
    assert (names(window)[-1], window.model.states[State.NEW]) == ("zz.jpg", {more})


def test_a_photo_that_vanishes_stays_with_its_edits_and_is_shown_as_missing(qtbot, window, folder):
    first = window.photos.order[0]
    window.photos.apply(edits.set_field(window.photos, [first], "caption", "Kept"))
    first.unlink()
    qtbot.waitUntil(lambda: first in window.model.states[State.MISSING], timeout=10_000)
    assert window.photos[first].values["caption"] == "Kept"


def test_a_photo_that_is_back_is_missing_no_more(qtbot, window, folder, tmp_path):
    first = window.photos.order[0]
    away = shutil.move(first, tmp_path / "away.jpg")
    qtbot.waitUntil(lambda: first in window.model.states[State.MISSING], timeout=10_000)
    shutil.move(away, first)
    qtbot.waitUntil(lambda: first not in window.model.states[State.MISSING], timeout=10_000)


def test_what_another_program_wrote_is_shown_without_a_word(qtbot, window):
    from captioner.core.policy import Policy
    from captioner.storage import photos as storage

    first = window.photos.order[0]
    storage.save_values(storage.read_photo(first, Policy()), {"caption": "Theirs"}, Policy())
    qtbot.waitUntil(lambda: caption(window, 0) == "Theirs", timeout=10_000)


# Many photos


def test_a_text_is_put_after_each_value_as_one_step(window):
    from captioner.core.modes import Mode

    window.photos.apply(edits.set_values(window.photos, {
        path: {"caption": f"Caption {at}."} for at, path in enumerate(window.photos.order)}, ""))  # fmt: skip
    window.sheet.select(window.photos.order[:3])
    window.show_changed()
    row = window.form.rows["caption"]
    row.batch._turn(Mode.AFTER)
    type_into(row.box, "More.")
    row.settle()
    assert [caption(window, at) for at in range(4)] == [f"Caption {at}. More." for at in range(3)] + ["Caption 3."]
    run(window, "undo")
    assert caption(window, 0) == "Caption 0."


def test_one_of_the_mixed_values_is_set_for_all(window):
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[1]], "credit", "Ann Lee/AP"))
    window.sheet.select(window.photos.order)
    window.show_changed()
    menu = window.form.rows["credit"].batch
    menu._fill()
    next(each for each in menu.menu().actions() if each.text() == "Ann Lee/AP").trigger()
    assert {photo.values["credit"] for photo in window.photos.photos} == {"Ann Lee/AP"}


# Fast


def test_an_arrow_key_tells_once_of_the_photo_that_it_goes_to(qtbot, window):
    told = []
    window.sheet.selected.connect(lambda: told.append(window.sheet.current))
    qtbot.keyClick(window.sheet, Qt.Key.Key_Down)
    assert told == [window.photos.order[1]]


def test_a_click_tells_once_of_its_photo(qtbot, window):
    told = []
    window.sheet.selected.connect(lambda: told.append(window.sheet.current))
    place = window.sheet.visualRect(window.model.index(3)).center()
    qtbot.mouseClick(window.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == [window.photos.order[3]]


def shown(sheet):
    """What is on the screen of it, without painting it anew."""
    window, view = sheet.window(), sheet.viewport()
    place = QRect(view.mapTo(window, QPoint()), view.size())
    return window.screen().grabWindow(window.winId()).toImage().copy(place)


def test_scrolling_paints_what_comes_into_sight_and_shows_what_painting_all_would(qtbot, window):
    painted, paint = [], window.sheet.rows._paint_text
    window.sheet.resize(window.sheet.width(), 4 * window.sheet.rows.height)
    qtbot.waitUntil(lambda: window.sheet.is_complete)
    QApplication.processEvents()
    window.sheet.rows._paint_text = lambda *given: (painted.append(given[3].path), paint(*given))
    for value in (17, 40, 33):
        window.sheet.verticalScrollBar().setValue(value)
        QApplication.processEvents()
    assert 0 < len(painted) < 3 * 4
    seen = shown(window.sheet)
    window.sheet.viewport().update()
    QApplication.processEvents()
    assert seen == shown(window.sheet)


def test_photos_far_down_have_their_pictures_as_soon_as_the_first_ones(qtbot, show, tmp_path):
    (tmp_path / "many").mkdir()
    photo = pictures.draw(tmp_path / "photo.jpg")
    for number in range(150):
        (tmp_path / "many" / f"{number}.jpg").hardlink_to(photo)
    window = show(tmp_path / "many")
    bar = window.sheet.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: window.sheet.is_complete, timeout=3_000)
    assert window.pictures.is_made(window.model.shown[-1], THUMBNAIL)
