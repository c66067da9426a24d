"""Work in the background: seen, paused, stopped."""

import contextlib
import os
import threading
from time import monotonic

import pytest

from captioner import paths
from captioner.core import edits
from captioner.core.policy import Policy
from captioner.storage import drafts
from captioner.storage import photos as storage
from tests import pictures

COUNT = 60


@pytest.fixture
def saving(qtbot, show, tmp_path):
    """A window that has just begun to save many photos."""
    (tmp_path / "many").mkdir()
    for number in range(COUNT):
        pictures.draw(tmp_path / "many" / f"{number:02}.jpg", number)
    window = show(tmp_path / "many")
    window.photos.apply(edits.set_field(window.photos, window.photos.order, "credit", "Desk/AP"))
    window.document.journal.write(wait=True)
    with qtbot.waitSignal(window.jobs.progressed):
        window.actions_["save"].trigger()
    return window


def in_files(window):
    return [storage.read_photo(path, Policy()).values["credit"] == "Desk/AP" for path in window.photos.order]


def pause(qtbot, window):
    window.actions_["pause"].trigger()
    qtbot.wait(300)  # what was taken already is finished
    return window.photos.unsaved_count


def test_what_is_paused_waits_and_goes_on_when_asked(qtbot, saving):
    left = pause(qtbot, saving)
    assert in_files(saving).count(False) == left > 0
    assert saving.status.label.text() == f"Paused: Saving  {COUNT - left}/{COUNT}"
    assert saving.status.pause.isVisible()
    saving.actions_["pause"].trigger()
    qtbot.waitUntil(lambda: not saving.jobs.running, timeout=10_000)
    assert saving.photos.unsaved_count == 0
    assert all(in_files(saving))
    assert not saving.status.pause.isVisible()


def test_stopping_says_how_many_are_not_saved_and_keeps_their_drafts(qtbot, saving):
    saving.status.cancel.click()
    qtbot.waitUntil(lambda: not saving.jobs.running, timeout=10_000)
    left = saving.photos.unsaved_count
    assert left == in_files(saving).count(False) > 0
    assert saving.notices.messages[0].startswith(f"Saving was stopped: {left} photos are not saved yet")
    saving.document.journal.write(wait=True)
    assert len(drafts.recover(paths.drafts_file(), saving.photos.order)) == left


def test_leaving_while_saving_is_paused_leaves_drafts_of_what_is_left(qtbot, saving, show):
    left = pause(qtbot, saving)
    saving.close()
    assert len(drafts.recover(paths.drafts_file(), saving.photos.order)) == left == in_files(saving).count(False) > 0


def test_another_set_can_be_opened_while_saving_is_paused(qtbot, saving, folder):
    pause(qtbot, saving)
    with qtbot.waitSignal(saving.document.opened):
        saving.open_paths([folder])
    assert len(saving.photos) == 7
    saving.actions_["stop"].trigger()
    qtbot.waitUntil(lambda: not saving.jobs.running, timeout=10_000)


def test_reading_can_be_paused_but_not_stopped_half_way(qtbot, window):
    may_end = threading.Event()

    def work(take, _count):
        for each in take(2):
            yield each, each
            may_end.wait(10)

    window.jobs.run(work, [1, 2], is_many=True, lane="read", label="Reading")
    qtbot.waitUntil(window.status.label.isVisible)
    shown = window.status.pause.isVisible(), window.status.cancel.isVisible()
    may_end.set()
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert shown == (True, False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_drive_that_does_not_answer_is_told_and_the_window_goes_on(qtbot, show, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.ui.jobs._STALLED_S", 0.5)
    pictures.draw(tmp_path / "a.jpg")
    os.mkfifo(tmp_path / "b.jpg")  # whoever opens it waits
    window = show()
    window.open_paths([tmp_path / "a.jpg", tmp_path / "b.jpg"])
    qtbot.waitUntil(lambda: bool(window.notices.messages))
    assert window.notices.messages[0].startswith(f"{tmp_path.name} is on a drive that doesn't answer")
    first, _second = window.photos.order
    window.photos.apply(edits.set_field(window.photos, [first], "caption", "Meanwhile"))
    qtbot.waitUntil(lambda: window.status.label.isVisible())
    until = monotonic() + 1  # for those who decode, too
    while window.jobs.running or monotonic() < until:
        with contextlib.suppress(OSError):  # nobody waits just now
            os.close(os.open(tmp_path / "b.jpg", os.O_WRONLY | os.O_NONBLOCK))
        qtbot.wait(20)
    assert window.photos[first].values["caption"] == "Meanwhile"
