"""Stories laid beside photos in the window, by keyboard and by mouse."""

from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QApplication

from captioner.core import edits
from captioner.core.caption import Values
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import PhotoSet
from captioner.ui.dialogs.story_dialog import StoryDialog
from captioner.ui.jobs import Jobs
from captioner.ui.pictures import Pictures
from captioner.ui.widgets.boxes import TextBox
from captioner.ui.widgets.pair_model import Column

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
WORDS = ("Boats", "Nets", "Fish", "Rain", "Market", "Dusk", "Night", "Storm", "Dawn")


def story_of(count, credit=" Ann Doe/AP"):
    return "Headline of the day\n\n" + "\n\n".join(f"{word} at the harbour.{credit}" for word in WORDS[:count])


@pytest.fixture
def tell(qtbot, window):
    """Opens the dialog with a story of so many captions for the seven photos."""

    def opened(count=7, **options):
        window.actions_["story"].trigger()
        dialog = window.findChild(StoryDialog)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.story.box.setPlainText(story_of(count, **options))
        dialog.story.settle()
        qtbot.waitUntil(lambda: not dialog.splitting.is_busy)
        dialog.table.setFocus()
        dialog.table.go_to(0)
        return dialog

    return opened


def by_photo(dialog):
    """The first word of the caption of each photo, a dot for none."""
    pairing = dialog.pairing
    at = [pairing.at(path) for path in pairing.photos]
    return [pairing.told[each].caption.split()[0] if each is not None else "." for each in at]


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def drop(dialog, at, row, height):
    """The caption `at` onto a row, so many tenths below its top."""
    table = dialog.table
    data = table.pairs.mimeData([index for index in rows(table) if table.pairs.row(index).at == at])
    place = QPointF(40, table.rowViewportPosition(row) + table.rowHeight(row) * height / 10)
    event = QDropEvent(place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    table.dropEvent(event)


def rows(table):
    return [table.pairs.index(row, 0) for row in range(table.pairs.rowCount())]


def test_a_story_is_applied_as_one_step(window, one_step, tell):
    dialog = tell()
    one_step(window, dialog.accept)
    first = window.photos.photos[0].values
    assert (first["caption"], first["credit"]) == ("Boats at the harbour.", "Ann Doe/AP")
    assert window.photos.headline == "Headline of the day"


def test_nothing_is_changed_while_the_dialog_is_open(window, tell):
    tell()
    assert not window.photos.history.done


def test_a_caption_too_many_is_left_out_by_one_key_and_then_the_story_fits(qtbot, window, tell):
    dialog = tell(8)
    assert not dialog.apply.isEnabled()
    assert "1 caption has no photo" in dialog.trouble.text()
    dialog.table.go_to(2)
    press(qtbot, Qt.Key.Key_Delete)
    assert by_photo(dialog) == ["Boats", "Nets", "Rain", "Market", "Dusk", "Night", "Storm"]
    assert dialog.apply.isEnabled()
    press(qtbot, Qt.Key.Key_Delete)
    assert not dialog.apply.isEnabled()


def test_a_photo_without_a_caption_is_chosen_by_a_key(qtbot, window, tell):
    dialog = tell(6)
    assert "1 photo gets no caption" in dialog.doubt.text()
    dialog.table.go_to(1)
    press(qtbot, Qt.Key.Key_Delete, SHIFT)
    assert by_photo(dialog) == ["Boats", ".", "Nets", "Fish", "Rain", "Market", "Dusk"]
    assert not dialog.doubt.isVisible()
    dialog.accept()
    assert window.photos.photos[1].values["caption"] == ""


def test_a_caption_moves_with_alt_and_an_arrow_and_stays_current(qtbot, tell):
    dialog = tell()
    press(qtbot, Qt.Key.Key_Down, ALT)
    press(qtbot, Qt.Key.Key_Down, ALT)
    assert by_photo(dialog)[:3] == ["Nets", "Fish", "Boats"]
    assert dialog.table.currentIndex().row() == 2
    press(qtbot, Qt.Key.Key_Up, ALT)
    assert by_photo(dialog)[:3] == ["Nets", "Boats", "Fish"]


def test_a_caption_dropped_onto_another_changes_places_with_it(tell):
    dialog = tell()
    drop(dialog, 0, 3, 5)
    assert by_photo(dialog)[:4] == ["Rain", "Nets", "Fish", "Boats"]


def test_a_caption_dropped_between_two_moves_those_behind_it_down(tell):
    dialog = tell()
    drop(dialog, 3, 1, 1)
    assert by_photo(dialog)[:4] == ["Boats", "Rain", "Nets", "Fish"]
    drop(dialog, 0, 3, 9)
    assert by_photo(dialog)[:4] == ["Rain", "Nets", "Fish", "Boats"]


def test_a_caption_is_split_at_the_cursor(qtbot, tell):
    dialog = tell(6)
    press(qtbot, Qt.Key.Key_Return)
    box = QApplication.focusWidget()
    assert isinstance(box, TextBox)
    cursor = box.textCursor()
    cursor.setPosition(len("Boats"))
    box.setTextCursor(cursor)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert by_photo(dialog) == ["Boats", "at", "Nets", "Fish", "Rain", "Market", "Dusk"]
    assert [each.credit for each in dialog.pairing.told[:2]] == ["", "Ann Doe/AP"]


def test_a_caption_is_joined_with_the_next_one(qtbot, tell):
    dialog = tell(8)
    press(qtbot, Qt.Key.Key_J, CTRL)
    assert dialog.pairing.told[0].caption == "Boats at the harbour. Nets at the harbour."
    assert dialog.apply.isEnabled()


def test_caption_and_credit_are_edited_where_they_stand(qtbot, tell):
    dialog = tell()
    press(qtbot, Qt.Key.Key_Return)
    QApplication.focusWidget().selectAll()
    qtbot.keyClicks(QApplication.focusWidget(), "Other")
    press(qtbot, Qt.Key.Key_Tab)
    QApplication.focusWidget().selectAll()
    qtbot.keyClicks(QApplication.focusWidget(), "Bob/AFP")
    press(qtbot, Qt.Key.Key_Tab)
    assert (dialog.pairing.told[0].caption, dialog.pairing.told[0].credit) == ("Other", "Bob/AFP")
    assert isinstance(QApplication.focusWidget(), TextBox)
    assert dialog.table.currentIndex().row() == 1


def test_what_is_still_being_typed_is_applied_too(qtbot, window, tell):
    dialog = tell()
    press(qtbot, Qt.Key.Key_F2)
    QApplication.focusWidget().selectAll()
    qtbot.keyClicks(QApplication.focusWidget(), "Typed last")
    dialog.accept()
    assert window.photos.photos[0].values["caption"] == "Typed last"


def test_every_step_is_undone_and_redone_within_the_dialog(qtbot, window, tell):
    dialog = tell(8)
    before = dialog.pairing
    press(qtbot, Qt.Key.Key_J, CTRL)
    press(qtbot, Qt.Key.Key_Down, ALT)
    after = dialog.pairing
    press(qtbot, Qt.Key.Key_Z, CTRL)
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert dialog.pairing == before
    press(qtbot, Qt.Key.Key_Y, CTRL)
    press(qtbot, Qt.Key.Key_Y, CTRL)
    assert dialog.pairing == after
    assert not window.photos.history.done


def test_another_text_can_be_undone_to_the_pairs_that_were_made(qtbot, tell):
    dialog = tell(8)
    press(qtbot, Qt.Key.Key_J, CTRL)
    made = dialog.pairing
    dialog.story.box.setPlainText(story_of(3))
    dialog.story.settle()
    qtbot.waitUntil(lambda: len(dialog.pairing.told) == 3)
    dialog.table.setFocus()
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert dialog.pairing == made


def test_the_storys_only_credit_is_given_by_a_click(qtbot, tell):
    dialog = tell(credit="")
    assert not dialog.credit_all.isVisible()
    dialog.table.go_to(0, Column.CREDIT)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "Ann/AP")
    dialog.table.commit()
    dialog.credit_all.click()
    assert {each.credit for each in dialog.pairing.told} == {"Ann/AP"}


@pytest.fixture
def held(window):
    """The first two photos hold captions already, the first a credit as well."""
    window.photos.apply(edits.set_field(window.photos, window.photos.order[:2], "caption", "Their own"))
    window.photos.apply(edits.set_field(window.photos, window.photos.order[:1], "credit", "Own/AFP"))


def choose(dialog, choice):
    dialog.existing.setCurrentIndex(dialog.existing.findData(choice))
    dialog.existing.activated.emit(dialog.existing.currentIndex())


def applied(window, dialog):
    dialog.accept()
    return [(photo.values["caption"].split()[0], photo.values["credit"]) for photo in window.photos.photos[:3]]


def test_captions_that_photos_have_are_replaced(window, held, tell):
    dialog = tell()
    assert dialog.choice.isVisible()
    assert applied(window, dialog) == [("Boats", "Ann Doe/AP"), ("Nets", "Ann Doe/AP"), ("Fish", "Ann Doe/AP")]


def test_captions_that_photos_have_are_kept(window, held, tell):
    dialog = tell()
    choose(dialog, "keep")
    assert not dialog.table.isColumnHidden(Column.HELD)
    assert applied(window, dialog) == [("Their", "Own/AFP"), ("Their", "Ann Doe/AP"), ("Fish", "Ann Doe/AP")]


def test_of_both_captions_one_is_picked_by_key_or_click(qtbot, window, held, tell):
    dialog = tell()
    choose(dialog, "beside")
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.pairing.kept == {window.photos.order[0]}
    table = dialog.table
    for row, column in ((0, Column.CAPTION), (1, Column.HELD)):
        place = table.visualRect(table.pairs.index(row, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert applied(window, dialog)[:2] == [("Boats", "Ann Doe/AP"), ("Their", "Ann Doe/AP")]


def test_photos_without_captions_ask_nothing(tell):
    assert not tell().choice.isVisible()


def test_a_story_file_dropped_on_the_window_opens_beside_its_photos(qtbot, window, tmp_path):
    file = tmp_path / "story.txt"
    file.write_text(story_of(7))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(QDropEvent(QPointF(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))  # fmt: skip
    dialog = window.findChild(StoryDialog)
    qtbot.waitUntil(lambda: len(dialog.pairing.told) == 7)
    assert len(window.photos) == 7
    other = tmp_path / "other.txt"
    other.write_text(story_of(3))
    data.setUrls([QUrl.fromLocalFile(str(other))])
    dialog.dropEvent(QDropEvent(QPointF(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))  # fmt: skip
    qtbot.waitUntil(lambda: len(dialog.pairing.told) == 3)


def test_a_story_without_photos_is_told_of(show, tmp_path):
    window = show()
    (tmp_path / "story.txt").write_text(story_of(1))
    window.sheet.dropped.emit([tmp_path / "story.txt"], 0)
    assert "open its photos first" in window.notices.messages[0]


LONG = "Ann Doe, with the help of the harbour office and of everyone who let us in on a cold night / Harbour Weekly"
TABLE = f"""No,Caption,Credit
3,"Boats lie in the harbour.

Their nets are dry.","{LONG}"
1,Fish is sold on the quay.,Ann Doe/AP
"""


@pytest.fixture
def table(qtbot, window, tell, tmp_path):
    """A dialog that has read a story in a table."""
    (tmp_path / "story.csv").write_text(TABLE)
    dialog = tell(0)
    dialog.load(tmp_path / "story.csv")
    qtbot.waitUntil(lambda: not dialog.splitting.is_busy)
    return dialog


def test_a_table_is_laid_as_it_stands_cell_by_cell(table):
    assert [(each.caption, each.credit) for each in table.pairing.told] == [
        ("Boats lie in the harbour.\n\nTheir nets are dry.", LONG),
        ("Fish is sold on the quay.", "Ann Doe/AP"),
    ]
    assert by_photo(table)[:3] == ["Fish", ".", "Boats"]


def test_the_text_of_a_table_is_shown_and_is_split_once_it_is_edited(qtbot, table):
    assert "Fish is sold on the quay.\nCredit: Ann Doe/AP" in table.story.text
    assert not table.story.is_typing
    table.story.box.setPlainText("Rain falls on the town. Ann Doe/AP")
    table.story.settle()
    qtbot.waitUntil(lambda: not table.splitting.is_busy)
    assert by_photo(table) == ["Rain", *"......"]


def test_a_file_that_cannot_be_read_is_told_of_and_the_pairs_stay(qtbot, tell, tmp_path):
    dialog = tell()
    dialog.load(tmp_path / "gone.txt")
    assert not dialog.apply.isEnabled()
    qtbot.waitUntil(lambda: "gone.txt" in dialog.trouble.text())
    assert dialog.apply.isEnabled()
    assert by_photo(dialog)[0] == "Boats"


def test_pasted_rich_text_is_taken_as_text(tell):
    dialog, data = tell(), QMimeData()
    data.setHtml("<h1>Head</h1><p>Boats &amp; <b>nets</b>.</p>")
    dialog.story.box.clear()
    dialog.story.box.insertFromMimeData(data)
    assert dialog.story.text.split() == ["Head", "Boats", "&", "nets."]


def test_the_language_is_shown_and_can_be_set(qtbot, window, tell):
    dialog = tell()
    assert dialog.story.language.currentText() == "English, as recognised"
    dialog.story.language.setCurrentIndex(dialog.story.language.findData("ms"))
    dialog.story.language.activated.emit(dialog.story.language.currentIndex())
    assert dialog.pairing.language == "ms"
    dialog.accept()
    assert window.desk.spelling.story_language == "ms"


def test_an_empty_text_and_one_without_captions_say_what_to_do(qtbot, tell):
    dialog = tell()
    dialog.story.box.setPlainText("By Ann Doe")
    dialog.story.settle()
    qtbot.waitUntil(lambda: not dialog.pairing.told)
    assert "No caption is found" in dialog.table.empty
    dialog.story.box.clear()
    dialog.story.settle()
    qtbot.waitUntil(lambda: not dialog.splitting.is_busy)
    assert "Paste the story" in dialog.table.empty
    assert not dialog.apply.isEnabled()


def test_a_dialog_that_is_closed_while_it_reads_is_told_nothing(qtbot, window, tmp_path):
    file = tmp_path / "story.txt"
    file.write_text(story_of(7) * 20)
    dialog = StoryDialog(window.photos, window.pictures, window.jobs, file, window)
    dialog.show()
    dialog.reject()
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert not window.photos.history.done


def test_a_pair_is_spoken_with_all_that_is_seen_of_it(tell):
    dialog = tell(8, credit="")
    spoken = QAccessible.queryAccessibleInterface(dialog.table)
    assert spoken.text(QAccessible.Text.Name) == "Pairs"
    told = dialog.pairs.index(0, Column.CAPTION).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "photo-1.jpg, Boats at the harbour., no credit, by order: check it"
    waiting = dialog.pairs.index(7, Column.CAPTION).data(Qt.ItemDataRole.AccessibleTextRole)
    assert waiting.startswith("no photo, Storm")


def test_return_applies_nothing_while_a_person_is_in_the_table(qtbot, window, tell):
    dialog = tell()
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not window.photos.history.done


def test_a_long_story_stays_fluid(qtbot, tmp_path):
    """Three hundred captions beside as many photos: a step is done and drawn before a person waits for it."""
    photos = PhotoSet("set")
    photos.add([Photo(Path(f"{number}.jpg"), Values(), Values(), Stamp(1, 1, "")) for number in range(300)])
    jobs, pictures = Jobs(), Pictures()
    dialog = StoryDialog(photos, pictures, jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    text = "Head\n\n" + "\n\n".join(f"Boat {number} of {number * 7} leaves the harbour. Ann{number}/AP"
                                      for number in range(300))  # fmt: skip
    dialog.story.box.setPlainText(text)
    dialog.story.settle()
    qtbot.waitUntil(lambda: len(dialog.pairing.told) == 300, timeout=10_000)
    steps = []
    for key in ("down", "join", "undo", "leave_out", "skip", "undo"):
        dialog.table.go_to(150)
        start = process_time()
        dialog.tools.actions_[key].trigger()
        dialog.table.viewport().repaint()
        steps.append(process_time() - start)
    pictures.close()
    jobs.wait()
    assert sorted(steps)[len(steps) // 2] < 0.05


def test_keys_that_the_dialog_means_do_nothing_to_the_window_below(qtbot, window, tell):
    before = window.photos.order
    tell()
    press(qtbot, Qt.Key.Key_Down, ALT)
    assert window.photos.order == before


def test_the_point_of_a_row_decides_between_onto_and_between(tell):
    table = tell().table
    height = table.rowHeight(0)
    assert [table.target(QPoint(5, height * tenth // 10)) for tenth in (1, 5, 9)] == [(0, False), (0, True), (1, False)]


def test_the_words_that_a_drag_carries_are_the_captions(tell):
    table = tell().table
    assert table.pairs.dragged(table.pairs.mimeData([table.pairs.index(3, 0)])) == 3
    assert table._carried("Boats").width() < table.viewport().width() * table.devicePixelRatioF() / 2


def test_dark_and_light_draw_the_table_anew(tell):
    dialog = tell()
    QApplication.sendEvent(dialog.table, QEvent(QEvent.Type.PaletteChange))
    assert not dialog.tools.actions_["undo"].icon().isNull()
