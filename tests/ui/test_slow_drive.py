"""The window never asks the photos' drive for anything itself: one that is slow, or gone, would hold it up."""

import builtins
import io
import os
import shutil
import threading
import traceback

import pytest

from captioner import paths
from captioner.core import edits
from captioner.storage import opening
from captioner.ui.commands import arranging, filing
from captioner.ui.dialogs.export_dialog import ExportDialog
from tests import pictures

ASKING = ((os, ("stat", "lstat", "access", "scandir", "listdir", "open")), (io, ("open",)), (builtins, ("open",)))


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Where the window's own thread asked for a folder of the test, or for what is in one."""
    found = []

    def watched(real):
        def ask(path=".", *more, **named):
            is_ours = isinstance(path, str | os.PathLike) and os.fspath(path).startswith(str(tmp_path))
            if is_ours and threading.current_thread() is threading.main_thread():
                found.append("".join(traceback.format_stack(limit=5)[:-1]))
            return real(path, *more, **named)

        return ask

    for module, names in ASKING:
        for name in names:
            monkeypatch.setattr(module, name, watched(getattr(module, name)))
    return found


def elsewhere(work):
    """Done by another program, as far as the window can tell."""
    program = threading.Thread(target=work)
    program.start()
    program.join()


def test_a_set_is_opened_captioned_saved_and_closed(qtbot, show, folder, asked):
    window = show(folder)
    for row in range(3):
        window.sheet.go_to(row)
    window.photos.apply(edits.set_field(window.photos, window.photos.order, "credit", "Ann/AP"))
    window.actions_["save"].trigger()
    qtbot.waitUntil(lambda: not window.photos.unsaved_count and not window.jobs.running)
    window.close()
    assert asked == []


def test_a_photo_comes_to_the_folder_and_one_goes(qtbot, window, folder, asked):
    elsewhere(lambda: shutil.move(folder / "photo-2.jpg", folder / "photo-9.jpg"))
    window.document.live.look()
    qtbot.waitUntil(lambda: folder / "photo-9.jpg" in window.photos, timeout=10_000)
    assert asked == []


def test_a_folder_that_changed_is_looked_into_at_the_next_poll_and_one_that_did_not_is_not(qtbot, window, folder):
    live, looked = window.document.live, []
    live._glance()
    qtbot.waitUntil(lambda: not window.jobs.running)
    live.look = lambda: looked.append(True)
    live._glance()
    qtbot.waitUntil(lambda: not window.jobs.running)
    before = list(looked)
    pictures.draw(folder / "new.jpg")
    live._glance()
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert (before, looked) == ([], [True])


def test_polls_of_a_drive_that_does_not_answer_do_not_pile_up(qtbot, window, monkeypatch):
    answer, live = threading.Event(), window.document.live
    monkeypatch.setattr("captioner.ui.live_folder._times", lambda _named: (answer.wait(10),))
    for _time in range(4):
        live._glance()
    waiting = sum(job.lane == "look" for job in window.jobs.running)
    answer.set()
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert (waiting, live._looking) == (1, None)


def test_photos_and_folders_are_dropped(qtbot, window, tmp_path, asked):
    elsewhere(lambda: pictures.seven(tmp_path / "more"))
    arranging.drop(window, [tmp_path / "more" / "photo-1.jpg"], 0)
    qtbot.waitUntil(lambda: window.photos.order[0] == tmp_path / "more" / "photo-1.jpg")
    with qtbot.waitSignal(window.document.opened, timeout=10_000):
        arranging.drop(window, [tmp_path / "more"], 0)
    assert (len(window.photos), asked) == (7, [])


def test_what_is_dropped_while_another_set_opens_does_not_get_into_it(qtbot, window, tmp_path):
    pictures.seven(tmp_path / "more")
    dropped = pictures.draw(tmp_path / "dropped.jpg")
    arranging.drop(window, [dropped], 0)
    window.document._listed(opening.opened(paths.drafts_file(), [tmp_path / "more"]))
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert (len(window.photos), dropped in window.photos) == (7, False)


def test_a_photo_that_is_dropped_twice_is_there_once_and_the_set_keeps_its_name(qtbot, window, folder, tmp_path):
    dropped = pictures.draw(tmp_path / "dropped.jpg")
    for _time in range(2):
        arranging.drop(window, [dropped], 0)
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert window.photos.order.count(dropped) == 1
    assert window.photos.name == opening.called([folder, dropped])


def test_an_export_is_planned(qtbot, window, folder, asked):
    elsewhere((folder.parent / "set-export").mkdir)
    filing.export(window)
    (page,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(page.export.isEnabled, timeout=10_000)
    page.reject()
    assert (page.folder.text(), asked) == (str(folder.parent / "set-export-2"), [])
