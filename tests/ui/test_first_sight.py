"""What is in the window before it is furnished."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from captioner.core.policy import Policy
from captioner.settings import Settings
from captioner.storage import photos as storage
from captioner.ui import app, colours
from captioner.ui.pictures import THUMBNAIL
from captioner.ui.sheet import Sheet


@pytest.fixture
def frame(qtbot):
    window = app.framed(Settings())
    yield window
    if not window.is_furnished:
        window.furnish()
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("appearance", colours.APPEARANCES)
def test_the_empty_frame_has_the_colour_that_was_chosen(qapp, appearance):
    try:
        app.begun(appearance)
        assert qapp.palette().window().color() == QColor(colours.APPEARANCES[appearance].window)
    finally:
        app.dress(qapp)


def test_the_photos_are_there_before_the_form_is_made(frame, folder):
    app.first_sight(frame, [folder])
    assert (frame.sheet.is_complete, hasattr(frame, "form")) == (True, False)


def test_captions_in_sight_do_not_wait_for_pictures(qtbot, monkeypatch, frame, folder):
    monkeypatch.setattr(Sheet, "is_complete", False)
    app.first_sight(frame, [folder])
    assert frame.photos.photos[0].is_read


def test_pictures_out_of_sight_wait_until_all_is_read(qtbot, frame, folder):
    frame.lay_sheet()
    photo = next(folder.iterdir())
    frame.document.listed.emit()
    frame.pictures.want(THUMBNAIL, [], [photo])
    qtbot.wait(200)
    before = frame.pictures.get(photo, THUMBNAIL)
    frame.document.opened.emit()
    qtbot.waitUntil(lambda: frame.pictures.is_made(photo, THUMBNAIL))
    assert before is None


def test_the_sheet_stays_where_it_is_when_the_rest_comes(frame, folder):
    app.first_sight(frame, [folder])
    before = frame.sheet.mapTo(frame, QPoint()), frame.panes.sizes()
    frame.furnish()
    QApplication.processEvents()
    assert (frame.sheet.mapTo(frame, QPoint()), frame.panes.sizes()) == before


def test_the_form_shows_the_photo_that_the_sheet_went_to_before_it(qtbot, frame, folder):
    app.first_sight(frame, [folder])
    frame.furnish()
    qtbot.waitUntil(lambda: frame.form.heading.text() == "photo-1.jpg")
    qtbot.waitUntil(lambda: frame.findings.is_at_rest and frame.findings.problem_count > 0)


def test_names_that_were_read_before_are_known_to_the_spelling(qtbot, frame, folder):
    photo = storage.read_photo(folder / "photo-1.jpg", Policy())
    storage.save_values(photo, {"creator": ("Zoë Xylander",)}, Policy())
    app.first_sight(frame, [folder])
    qtbot.waitUntil(lambda: not frame.document.is_reading)
    frame.furnish()
    qtbot.waitUntil(lambda: "Xylander" in frame.desk.spelling._names)


def test_a_folder_that_is_not_there_is_told_of(qtbot, frame, tmp_path):
    app.first_sight(frame, [tmp_path / "gone"])
    frame.furnish()
    assert "gone" in frame.notices.messages[0]


def test_nothing_can_be_dropped_before_somebody_takes_it(frame, folder):
    app.first_sight(frame, [folder])
    before = frame.acceptDrops(), frame.sheet.acceptDrops(), frame.sheet.viewport().acceptDrops()
    frame.furnish()
    assert (before, frame.acceptDrops(), frame.sheet.viewport().acceptDrops()) == ((False,) * 3, True, True)


def test_a_window_that_is_closed_before_it_is_furnished_closes_after(qtbot, frame, folder):
    app.first_sight(frame, [folder])
    frame.close()
    assert frame.isVisible()
    frame.furnish()
    qtbot.waitUntil(lambda: not frame.isVisible())
