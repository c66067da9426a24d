from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from captioner.core.caption import Values
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import PhotoSet
from captioner.ui.dialogs import replace_dialog
from captioner.ui.dialogs.replace_dialog import ReplaceDialog, excerpt

A, B = Path("a.jpg"), Path("b.jpg")


def made(captions) -> PhotoSet:
    photos = PhotoSet("set")
    every = [Values({"caption": text}) for text in captions]
    photos.add([Photo(Path(f"{at}.jpg"), held, held, Stamp(1, 1, "")) for at, held in enumerate(every)])
    return photos


@pytest.fixture
def opened(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(photos, selection=()):
        dialog = ReplaceDialog(photos, selection or photos.order, parent)
        dialog.edited.connect(photos.apply)
        dialog.show()
        return dialog

    return make


@pytest.fixture
def look_for(qtbot):
    def typed(dialog, find, replacement="", **options):
        for name, is_on in options.items():
            getattr(dialog, name).setChecked(is_on)
        dialog.sought.setText(find)
        dialog.replacement.setText(replacement)
        dialog.search()
        qtbot.waitUntil(lambda: not dialog._slices.isActive(), timeout=5000)

    return typed


def captions(photos):
    return [photo.values["caption"] for photo in photos.photos]


def test_typing_shows_each_change_before_it_is_made(qtbot, opened):
    dialog = opened(photos := made(["Ann met Ann", "Bob"]))
    qtbot.keyClicks(dialog.sought, "ann")
    qtbot.waitUntil(lambda: dialog.table.topLevelItemCount() == 1)
    qtbot.waitUntil(dialog.replace.isEnabled)
    assert dialog.replace.text() == "Replace 2"
    assert captions(photos) == ["Ann met Ann", "Bob"]


def test_replacing_is_one_step_and_stays_open_for_the_next(opened, look_for, qtbot):
    dialog = opened(photos := made(["Ann", "Ann", "Bob"]))
    look_for(dialog, "Ann", "Bea")
    dialog.replace.click()
    qtbot.waitUntil(lambda: dialog.status.text() == "2 places are replaced.")
    assert captions(photos) == ["Bea", "Bea", "Bob"]
    photos.undo()
    assert captions(photos) == ["Ann", "Ann", "Bob"]


def test_a_row_without_its_tick_is_left_alone(opened, look_for):
    dialog = opened(photos := made(["Ann", "Ann"]))
    look_for(dialog, "Ann", "Bea")
    dialog.table.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.replace.text() == "Replace 1"
    dialog.replace.click()
    assert captions(photos) == ["Ann", "Bea"]


def test_only_the_selected_photos_are_searched_unless_it_is_one(opened, look_for):
    photos = made(["Ann"] * 4)
    dialog = opened(photos, photos.order[:2])
    look_for(dialog, "Ann", "Bea")
    assert len(dialog.found) == 2
    dialog = opened(photos, photos.order[:1])
    look_for(dialog, "Ann", "Bea")
    assert len(dialog.found) == 4


def test_a_field_that_was_not_chosen_is_not_searched(opened, look_for):
    dialog = opened(made(["Ann"]))
    dialog.keys.setCurrentIndex(dialog.keys.findText("Headline"))
    look_for(dialog, "Ann", "Bea")
    assert dialog.found == []
    assert dialog.status.text() == "Nothing is found that would change."


def test_thousands_of_changes_show_some_and_make_all(opened, look_for):
    dialog = opened(photos := made(["Ann"] * 2000))
    look_for(dialog, "Ann", "Bea")
    assert dialog.table.topLevelItemCount() == replace_dialog.SHOWN
    assert "1700 more changes are not shown, but made too." in dialog.status.text()
    dialog.replace.click()
    assert set(captions(photos)) == {"Bea"}


def test_a_bad_expression_is_told_and_nothing_can_be_replaced(opened, look_for):
    dialog = opened(made(["Ann"]))
    look_for(dialog, "(", is_regular=True)
    assert "is not a regular expression" in dialog.trouble.text()
    assert dialog.trouble.isVisible()
    assert not dialog.replace.isEnabled()
    look_for(dialog, "(A)", r"\1\1")
    assert not dialog.trouble.isVisible()
    assert dialog.table.topLevelItem(0).text(3) == "AAnn"


def test_an_expression_that_takes_forever_ends_with_a_sentence(opened, look_for):
    dialog = opened(made(["x" * 5000] * 50))
    look_for(dialog, "(x+x+)+y", is_regular=True)
    assert "takes too long" in dialog.trouble.text()


def test_what_a_field_cannot_take_is_shown_without_a_tick(opened, look_for):
    photos = PhotoSet("set")
    values = Values({"date_created": "2023-09-13"})
    photos.add([Photo(A, values, values, Stamp(1, 1, ""))])
    dialog = opened(photos)
    dialog.keys.setCurrentIndex(dialog.keys.findText("Any field"))
    look_for(dialog, "09", "13")
    assert "not a date" in dialog.table.topLevelItem(0).text(3)
    assert not dialog.replace.isEnabled()


def test_typing_on_takes_back_the_offer_until_it_is_searched(opened, look_for):
    dialog = opened(made(["Ann"]))
    look_for(dialog, "Ann", "Bea")
    dialog.sought.setText("An")
    assert not dialog.replace.isEnabled()


def test_a_set_without_photos_has_nothing_to_replace(opened, look_for):
    dialog = opened(PhotoSet())
    look_for(dialog, "Ann", "Bea")
    assert not dialog.replace.isEnabled()


@pytest.mark.parametrize("text", ["👍🏽 Ann 👍🏽", "الرئيس Ann بوتين", "<b>Ann</b>\n\tAnn", "가" * 4000 + "Ann"])
def test_every_script_is_painted(opened, look_for, text):
    dialog = opened(made([text]))
    look_for(dialog, "Ann", "Bea")
    assert not dialog.grab().isNull()
    assert dialog.table.topLevelItem(0).data(2, Qt.ItemDataRole.UserRole)


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 20))
def test_an_excerpt_shows_what_was_found(text, start, length):
    start = min(start, len(text))
    end = min(start + length, len(text))
    line, ((first, last),) = excerpt(text, [(start, end)])
    assert line[first:last] == text[start:end].replace("\n", "↵").replace("\t", " ")
