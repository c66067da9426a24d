import subprocess

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton

from captioner.core import edits
from captioner.core.policy import Policy
from captioner.settings import Settings
from captioner.storage import photos as storage
from tests import pictures


def names(window):
    return [path.name for path in window.photos.order]


def type_into(box, text):
    """As an input method commits it: key clicks can't do every script."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


def caption_box(window):
    return window.form.rows["caption"].box


def press(qtbot, window, key, modifier):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_a_folder_shows_its_photos_with_the_first_one_selected(window):
    assert names(window) == [f"photo-{number}.jpg" for number in range(1, 8)]
    assert [path.name for path in window.sheet.selection] == ["photo-1.jpg"]


def test_typing_in_the_form_shows_in_the_sheet_at_once(window):
    type_into(caption_box(window), "Владимир 김 é")
    assert window.model.index(0).data() == "Владимир 김 é"


def test_undo_takes_back_what_was_typed_though_the_cursor_is_in_the_box(qtbot, window):
    caption_box(window).setFocus()
    type_into(caption_box(window), "Hello")
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (caption_box(window).text(), window.photos.photos[0].values["caption"]) == ("", "")


def test_redo_brings_it_again(qtbot, window):
    caption_box(window).setFocus()
    type_into(caption_box(window), "Hello")
    window.undo()
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert caption_box(window).text() == "Hello"


def test_ctrl_s_saves_what_changed(qtbot, window, saved):
    type_into(caption_box(window), "Saved")
    before = [path.stat().st_mtime_ns for path in window.photos.order[1:]]
    saved(window, lambda: press(qtbot, window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
    assert storage.read_photo(window.photos.order[0], Policy()).values["caption"] == "Saved"
    assert [path.stat().st_mtime_ns for path in window.photos.order[1:]] == before
    assert not window.photos.is_unsaved


def test_ctrl_enter_saves_and_goes_on_in_the_same_field(qtbot, window, saved):
    window.form.focus("credit")
    type_into(window.form.rows["credit"].box, "Ann Lee/AP")
    saved(window, lambda: press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    assert storage.read_photo(window.photos.order[0], Policy()).values["credit"] == "Ann Lee/AP"
    assert [path.name for path in window.sheet.selection] == ["photo-2.jpg"]
    assert window.form.focused_key == "credit"


def test_alt_down_moves_the_photo_and_keeps_it_selected(qtbot, window):
    window.sheet.setFocus()
    press(qtbot, window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(window)[:3] == ["photo-2.jpg", "photo-1.jpg", "photo-3.jpg"]
    assert [path.name for path in window.sheet.selection] == ["photo-1.jpg"]


def drop(window, rows, at):
    data = window.model.mimeData([window.model.index(row) for row in rows])
    event = QDropEvent(at, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.sheet.dropEvent(event)


def test_rows_are_dropped_above_the_upper_half_of_a_row(window):
    at = window.sheet.visualRect(window.model.index(1)).topLeft() + QPoint(50, 5)
    drop(window, [4, 5], at.toPointF())
    assert names(window)[:4] == ["photo-1.jpg", "photo-5.jpg", "photo-6.jpg", "photo-2.jpg"]


def test_rows_are_dropped_below_the_lower_half_of_a_row(window):
    at = window.sheet.visualRect(window.model.index(1)).bottomLeft() + QPoint(50, -5)
    drop(window, [0], at.toPointF())
    assert names(window)[:3] == ["photo-2.jpg", "photo-1.jpg", "photo-3.jpg"]


def test_a_selection_of_many_shows_what_differs_and_is_written_as_one_step(window):
    type_into(caption_box(window), "One")
    window.sheet.selectAll()
    assert caption_box(window).placeholderText().startswith("Mixed")
    type_into(window.form.rows["credit"].box, "Ann Lee/AP")
    assert {photo.values["credit"] for photo in window.photos.photos} == {"Ann Lee/AP"}
    window.undo()
    assert {photo.values["credit"] for photo in window.photos.photos} == {""}


def test_the_sets_headline_goes_to_its_photos(window):
    window.headline.setFocus()
    type_into(window.headline, "News")
    window.sheet.setFocus()
    assert {photo.values["headline"] for photo in window.photos.photos} == {"News"}


def test_the_sets_headline_is_an_edit_as_it_is_typed(window):
    for text in ("Two", " ", "words"):
        type_into(window.headline, text)
    assert (window.photos.headline, window.headline.text()) == ("Two words", "Two words")
    window.undo()
    assert window.photos.headline == ""


def test_a_text_that_its_field_cannot_take_keeps_the_person_there(window):
    window.form.focus("date_created")
    type_into(window.form.rows["date_created"].box, "13/9/2023")
    window.actions_["save_and_next"].trigger()
    assert [path.name for path in window.sheet.selection] == ["photo-1.jpg"]
    assert "photo-1.jpg: Date created is not changed yet." in window.notices.messages[0]


def test_drafts_of_a_set_that_is_shown_no_more_go_when_they_are_saved(qtbot, window, show, folder, tmp_path):
    (tmp_path / "other").mkdir()
    pictures.draw(tmp_path / "other" / "only.jpg")
    window.sheet.selectAll()
    type_into(window.form.rows["credit"].box, "Ann Lee/AP")
    window.document.journal.write(wait=True)
    window.actions_["save"].trigger()
    window.open_paths([tmp_path / "other"])
    qtbot.waitUntil(lambda: not window.jobs.running and not window.document.is_reading, timeout=10_000)
    window.close()
    again = show(folder).photos
    assert ([p.unsaved for p in again.unsaved], again.order, again.headline) == (
        [],
        again.saved_order,
        again.saved_headline,
    )


def test_an_empty_folder_leaves_the_open_one_as_it_is(qtbot, show, folder, tmp_path):
    (tmp_path / "empty").mkdir()
    window = show()
    window.open_paths([folder])
    qtbot.waitUntil(lambda: len(window.photos) == 7, timeout=5000)
    window.open_paths([tmp_path / "empty"])
    qtbot.waitUntil(lambda: not window.jobs.running and not window.document.is_reading, timeout=10_000)
    assert all(photo.is_read for photo in window.photos.photos)
    assert "There are no photos" in window.notices.messages[0]


def test_octets_past_the_limit_are_a_warning(window):
    type_into(window.form.rows["credit"].box, "Mikhail Metzel/Sputnik/Kremlin Pool/AP")
    counter = window.form.rows["credit"].counter
    assert (counter.text(), counter.property("over")) == ("38 / 32", True)
    assert "Mikhail Metzel/Sputnik/Kremlin P" in counter.toolTip()


def test_half_a_date_is_not_taken_and_says_so(window):
    row = window.form.rows["date_created"]
    type_into(row.box, "2023-0")
    assert window.photos.photos[0].values["date_created"] == ""
    assert "Not a date yet" in row.trouble.text()


def test_spaces_at_the_end_do_not_fight_with_typing(window):
    row = window.form.rows["headline"]
    row.box.setFocus()
    for text in ("Two", " ", "words"):
        type_into(row.box, text)
    assert (row.box.text(), window.photos.photos[0].values["headline"]) == ("Two words", "Two words")


@pytest.mark.qt_log_ignore("Corrupt JPEG data")
def test_a_file_that_cannot_be_saved_says_so_and_stops_no_other(show, folder, saved):
    (folder / "photo-8.jpg").write_bytes((folder / "photo-1.jpg").read_bytes()[:-9])
    (folder / "photo-9.jpg").write_text("text")
    window = show(folder)
    assert any("photo-8.jpg is cut short" in told for told in window.notices.messages)
    assert any("photo-9.jpg is not a picture" in told for told in window.notices.messages)
    window.sheet.selectAll()
    type_into(window.form.rows["credit"].box, "Ann Lee/AP")
    saved(window, window.actions_["save"].trigger)
    assert [photo.path.name for photo in window.photos.unsaved] == ["photo-8.jpg", "photo-9.jpg"]
    assert storage.read_photo(folder / "photo-7.jpg", Policy()).values["credit"] == "Ann Lee/AP"


def test_a_missing_folder_is_a_notice(qtbot, show, tmp_path):
    window = show()
    with qtbot.waitSignal(window.document.told):
        window.open_paths([tmp_path / "none"])
    assert "There is no file or folder" in window.notices.messages[0]


def test_what_another_program_changed_elsewhere_is_taken_with_a_save(window, saved):
    first = window.photos.order[0]
    type_into(caption_box(window), "Mine")
    storage.save_values(storage.read_photo(first, Policy()), {"credit": "Theirs"}, Policy())
    saved(window, window.actions_["save"].trigger)
    values = window.photos[first].values
    assert (values["caption"], values["credit"], window.photos.is_unsaved) == ("Mine", "Theirs", False)
    assert storage.read_photo(first, Policy()).values["caption"] == "Mine"


@pytest.fixture
def contested(window, saved):
    """A window whose first photo has a caption that another program changed too."""
    first = window.photos.order[0]
    type_into(caption_box(window), "Mine")
    storage.save_values(storage.read_photo(first, Policy()), {"caption": "Theirs"}, Policy())
    saved(window, window.actions_["save"].trigger)
    assert any("Caption is “Theirs” in the file now" in told for told in window.notices.messages)
    return window, first


def test_what_another_desk_wrote_in_the_same_field_is_not_replaced_by_saving_again(contested, saved):
    window, first = contested
    window.actions_["save"].trigger()
    assert storage.read_photo(first, Policy()).values["caption"] == "Theirs"
    assert (caption_box(window).text(), window.photos.is_unsaved) == ("Mine", True)


@pytest.mark.parametrize(("answer", "caption"), [("Save mine", "Mine"), ("Take theirs", "Theirs")])
def test_a_conflict_is_settled_by_one_click(qtbot, contested, answer, caption):
    window, first = contested
    qtbot.waitUntil(lambda: bool(window.notices.findChildren(QPushButton)))
    next(each for each in window.notices.findChildren(QPushButton) if each.text() == answer).click()
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert storage.read_photo(first, Policy()).values["caption"] == caption
    qtbot.waitUntil(lambda: caption_box(window).text() == caption)
    assert not window.photos.is_unsaved


def test_the_mark_beside_a_contested_field_offers_both(contested):
    window, _first = contested
    window.show_changed()
    entries = [each.text() for each in window.form.rows["caption"].mark.menu().actions()]
    assert entries == ["Yours:  Mine", "In the file now:  Theirs"]


def test_typing_while_a_photo_is_saved_is_saved_too(window, saved):
    def act():
        type_into(caption_box(window), "First")
        window.actions_["save"].trigger()
        type_into(caption_box(window), " and second")
        window.actions_["save"].trigger()

    saved(window, act)
    assert storage.read_photo(window.photos.order[0], Policy()).values["caption"] == "First and second"
    assert not window.notices.messages


def test_edits_and_order_are_back_after_a_kill_as_one_edit(qtbot, show, folder):
    killed = show(folder)
    type_into(caption_box(killed), "Draft")
    killed.photos.apply(edits.move(killed.photos, [killed.photos.order[2]], 0))
    qtbot.wait(500)  # what a person is promised: all but the last half second
    window = show(folder)
    assert names(window)[0] == "photo-3.jpg"
    assert window.photos[window.photos.order[1]].values["caption"] == "Draft"
    window.undo()
    assert (names(window)[0], len(window.photos.unsaved)) == ("photo-1.jpg", 0)


def test_a_saved_order_is_there_the_next_time_and_is_no_draft(show, folder, saved):
    window = show(folder)
    window.photos.apply(edits.move(window.photos, [window.photos.order[2]], 0))
    saved(window, window.actions_["save"].trigger)
    window.close()
    again = show(folder)
    assert names(again)[0] == "photo-3.jpg"
    assert not again.photos.history.done


def test_a_second_folder_may_be_opened_while_the_first_is_read(qtbot, show, folder, tmp_path):
    (tmp_path / "other").mkdir()
    pictures.draw(tmp_path / "other" / "only.jpg")
    window = show()
    window.open_paths([folder])
    window.open_paths([tmp_path / "other"])
    qtbot.waitUntil(lambda: not window.jobs.running and not window.document.is_reading, timeout=10_000)
    assert names(window) == ["only.jpg"]
    assert window.photos.photos[0].is_read


def test_closing_while_photos_are_read_does_not_wait_for_all_of_them(qtbot, show, folder):
    window = show()
    window.open_paths([folder])
    window.close()
    assert not window.jobs.running


def test_every_control_has_a_name(window):
    unnamed = [box for box in [*(row.box for row in window.form.rows.values()), window.headline, window.sheet]
               if not box.accessibleName()]  # fmt: skip
    assert unnamed == []


@pytest.fixture
def disagreeing(folder, show):
    """A window on photos of which the first says another credit in IPTC, and is double-encoded in its city."""
    first = folder / "photo-1.jpg"
    storage.save_values(storage.read_photo(first, Policy()), {"credit": "Ours/AP", "city": "Ã‰vian"}, Policy())
    subprocess.run(["exiftool", "-q", "-overwrite_original", "-IPTC:Credit=Theirs/AP", str(first)], check=True)
    return show(folder), first


def offered(window, key):
    window.show_changed()
    return [action.text() for action in window.form.rows[key].mark.menu().actions()]


def test_the_mark_beside_a_field_offers_what_each_block_holds(disagreeing):
    window, _first = disagreeing
    assert offered(window, "credit") == ["EXIF:  Ours/AP", "IPTC-IIM:  Theirs/AP", "XMP:  Ours/AP"]
    assert offered(window, "city") == ["Repaired:  Évian"]
    assert [window.form.rows[key].mark.isVisible() for key in ("credit", "city", "caption")] == [True, True, False]


@pytest.mark.parametrize(("index", "credit"), [(1, "Theirs/AP"), (2, "Ours/AP")])
def test_what_is_chosen_is_written_to_every_block(disagreeing, saved, index, credit):
    window, first = disagreeing
    offered(window, "credit")
    window.form.rows["credit"].mark.menu().actions()[index].trigger()
    assert not offered(window, "credit")
    saved(window, window.actions_["save"].trigger)
    reading = storage.read_blocks(first, Policy())[1]
    assert {values["credit"] for values in reading.blocks.values()} == {credit}


def test_a_choice_can_be_undone(disagreeing):
    window, first = disagreeing
    offered(window, "city")
    window.form.rows["city"].mark.menu().actions()[0].trigger()
    assert window.photos[first].values["city"] == "Évian"
    window.undo()
    assert (window.photos.is_unsaved, offered(window, "city")) == (False, ["Repaired:  Évian"])


def test_of_many_photos_each_takes_its_own_blocks_value(disagreeing, saved):
    window, first = disagreeing
    window.sheet.selectAll()
    assert offered(window, "credit") == ["EXIF of each (1)", "IPTC-IIM of each (1)", "XMP of each (1)"]
    window.form.rows["credit"].mark.menu().actions()[1].trigger()
    assert [photo.path for photo in window.photos.unsaved] == [first]


def test_a_signed_photo_is_saved_only_when_somebody_agrees(qtbot, folder, show, saved):
    first = folder / "photo-1.jpg"
    manifest = b"\xff\xeb\x00\x1aJP\x00\x01\x00\x00\x00\x01\x00\x00\x00\x10jumb....c2pa"
    first.write_bytes(first.read_bytes()[:2] + manifest + first.read_bytes()[2:])
    window = show(folder)
    assert "Content Credentials" in window.form.trouble.text()
    type_into(caption_box(window), "New")
    saved(window, window.actions_["save"].trigger)
    assert storage.read_photo(first, Policy()).values["caption"] == ""
    qtbot.waitUntil(lambda: bool(window.notices.findChildren(QPushButton)))
    saved(window, window.notices.findChildren(QPushButton)[0].click)
    assert storage.read_photo(first, Policy()).values["caption"] == "New"


def test_originals_that_are_never_written_stay_and_the_person_is_told(qtbot, folder, show):
    before = (folder / "photo-1.jpg").read_bytes()
    window = show(folder, settings=Settings(policy=Policy(save_to="export")))
    type_into(caption_box(window), "New")
    window.actions_["save"].trigger()
    assert "Originals are never written" in window.notices.messages[0]
    assert ((folder / "photo-1.jpg").read_bytes(), window.photos.is_unsaved) == (before, True)


def test_a_draft_is_back_beside_what_was_typed_before_all_was_read(qtbot, show, window, folder):
    first = window.photos.order[0]
    for key, value in (("caption", "Drafted"), ("credit", "Drafted/AP")):
        window.photos.apply(edits.set_field(window.photos, [first], key, value))
    window.close()
    after = show()

    def type_at_once(changed):
        if not changed.edit and first in changed.paths and after.photos[first].is_read:
            after.model.changed.disconnect(type_at_once)
            after.photos.apply(edits.set_field(after.photos, [first], "caption", "Typed"))

    after.model.changed.connect(type_at_once)
    with qtbot.waitSignal(after.document.opened):
        after.open_paths([folder])
    assert (after.photos[first].values["caption"], after.photos[first].values["credit"]) == ("Typed", "Drafted/AP")


def test_whoever_types_before_all_is_read_keeps_the_focus(qtbot, window, folder):
    with qtbot.waitSignal(window.document.listed):
        window.open_paths([folder])
    opened = qtbot.waitSignal(window.document.opened)
    window.actions_["search"].trigger()
    with opened:
        pass
    assert window.focusWidget() is window.filter_bar.search
