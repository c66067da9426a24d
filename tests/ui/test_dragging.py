"""What another program gets of photos that are dragged off the sheet."""

import os
import time
from pathlib import Path

import pytest

from captioner import paths
from captioner.core import edits
from captioner.core.policy import Policy
from captioner.settings import Settings
from captioner.storage.photos import read_photo
from captioner.ui import dragging


@pytest.fixture
def drag(window):
    def dragged(*rows):
        return window.model.mimeData([window.model.index(row) for row in rows])

    return dragged


def test_another_program_gets_copies_with_what_stands_in_the_form(window, drag):
    path = window.photos.order[1]
    window.photos.apply(edits.set_field(window.photos, [path], "caption", "Not saved yet"))
    before = path.read_bytes()
    [url] = drag(1).urls()
    assert read_photo(Path(url.toLocalFile()), Policy()).values["caption"] == "Not saved yet"
    assert (url.fileName(), path.read_bytes()) == (path.name, before)


def test_copies_come_in_the_order_of_the_set(window, drag):
    assert [url.fileName() for url in drag(2, 0, 1).urls()] == [path.name for path in window.photos.order[:3]]


def test_nothing_is_copied_before_somebody_takes_it(window, drag):
    data = drag(0)
    assert data.hasUrls()
    assert not (paths.data_folder() / "dragged").exists()


def test_the_same_drag_is_copied_once(window, drag):
    data = drag(0)
    assert data.urls() == data.urls()


def test_another_window_gets_the_photos_themselves(window, drag):
    assert dragging.originals(drag(0)) == [window.photos.order[0]]
    assert not (paths.data_folder() / "dragged").exists()


def test_a_credit_goes_out_in_the_house_style(show, folder):
    window = show(folder, settings=Settings(credit_style="ap"))
    path = window.photos.order[0]
    window.photos.apply(edits.set_field(window.photos, [path], "credit", "Ann Doe/AP"))
    [url] = window.model.mimeData([window.model.index(0)]).urls()
    assert read_photo(Path(url.toLocalFile()), Policy()).values["credit"] == "(AP Photo/Ann Doe)"


def test_a_photo_that_is_gone_is_told_and_the_others_are_copied(window, drag):
    gone = window.photos.order[0]
    gone.unlink()
    assert [url.fileName() for url in drag(0, 1).urls()] == [window.photos.order[1].name]
    assert gone.name in window.notices.messages[0]


def test_what_may_not_go_out_is_told(window, drag):
    path = window.photos.order[0]
    window.photos.apply(edits.set_field(window.photos, [path], "instructions", "DO NOT USE"))
    assert len(drag(0).urls()) == 1
    assert "not to be used" in window.notices.messages[0]


def test_too_many_are_told_to_be_exported(window, drag, monkeypatch):
    monkeypatch.setattr(dragging, "MOST", 2)
    assert drag(0, 1, 2).urls() == []
    assert "export them" in window.notices.messages[0]


def test_copies_of_yesterday_go(window, drag):
    [old] = drag(0).urls()
    folder = Path(old.toLocalFile()).parent
    os.utime(folder, (time.time() - 90_000,) * 2)
    drag(1).urls()
    assert not folder.exists()
