from pathlib import Path

import pytest

from captioner.core import checks, edits
from captioner.core.attention import Attention
from captioner.core.caption import Values
from captioner.core.photo_set import PhotoSet
from captioner.storage import processes
from captioner.storage.desk_data import load_knowledge
from captioner.ui.jobs import Jobs
from captioner.ui.judging import Judging
from tests import pictures
from tests.core.conftest import photo

CAPTIONS = ("Rabu (14/9/2023) di Jakarta.", "The the bridge.", "A bridge in Oslo.", "TK speaks.", "A bridge in Oslo.")


@pytest.fixture
def photos():
    made = PhotoSet("many")
    made.add(photo(f"{n:04}.jpg", caption=CAPTIONS[n % 5]) for n in range(processes.MANY + 50))
    return made


@pytest.fixture
def judging(qtbot):
    jobs = Jobs()
    made = Judging(jobs, {})
    with qtbot.waitSignal(jobs.ended):
        made.load()
    yield made
    jobs.cancel("checks")
    jobs.wait()


def told(photos: PhotoSet) -> dict:
    """What the checks report of the whole set, as a person is shown it."""
    found = checks.find(photos.photos, load_knowledge())
    return {path: shown for path in photos.order if (shown := Attention().of(
        photos[path], [each for each in found if each.path == path]))}  # fmt: skip


def test_many_photos_are_judged_in_processes_as_one_is_here(qtbot, photos, judging):
    judging.follow(photos, photos.order)
    assert judging.waiting_count == len(photos)
    qtbot.waitUntil(lambda: not judging.waiting_count, timeout=60_000)
    assert judging.found == told(photos)


def test_what_is_edited_while_processes_judge_is_told_as_it_is_now(qtbot, photos, judging):
    judging.follow(photos, photos.order)
    qtbot.waitUntil(lambda: any(job.lane == "checks" and job.items for job in judging.jobs.running), timeout=10_000)
    last = photos.order[-1]
    photos.apply(edits.set_field(photos, [last], "credit", "Ann Lee/AP"))
    judging.follow(photos, [last])
    qtbot.waitUntil(lambda: not judging.waiting_count, timeout=60_000)
    assert judging.found == told(photos)


def test_a_name_is_spelled_as_the_glossary_has_it(qtbot, judging):
    few = PhotoSet("few")
    few.add([photo("a.jpg", caption="Kim Jong-un waves in Vostochny.", credit="Ann Lee/AP")])
    judging.follow(few, few.order)
    assert not [each for each in judging.of(Path("a.jpg")) if each.check == "name-variant"]
    judging.know_glossary(["Kim Jong Un"])
    assert [each.fix for each in judging.of(Path("a.jpg")) if each.check == "name-variant"] == [
        "Kim Jong Un waves in Vostochny."]  # fmt: skip


def test_fixing_all_fixes_the_text_as_it_is_now(window, monkeypatch):
    path = window.photos.order[0]
    window.photos.apply(edits.set_field(window.photos, [path], "caption", "Police stand on the the bridge."))
    window.show_changed()
    window.photos.apply(edits.set_field(window.photos, [path], "caption", "Soldiers march."))
    monkeypatch.setattr(type(window.panel), "current_check", property(lambda _panel: "doubled-word"))
    monkeypatch.setattr(window.panel, "isAncestorOf", lambda _widget: True)
    window.actions_["fix_all"].trigger()
    assert window.photos[path].values["caption"] == "Soldiers march."


def test_another_folder_has_none_of_the_findings_of_the_one_before(qtbot, window, tmp_path):
    assert window.findings.count
    (tmp_path / "other").mkdir()
    pictures.draw(tmp_path / "other" / "one.jpg")
    with qtbot.waitSignal(window.document.listed):
        window.open_paths([tmp_path / "other"])
    qtbot.waitUntil(lambda: not window._showing.isActive())
    assert all(path in window.photos for path in window.findings.found)


def test_photos_that_come_slowly_are_checked_while_they_come(qtbot, window):
    path = window.photos.order[0]
    judged = []
    window.findings.judged.connect(judged.append)
    for number in range(8):
        values = Values({"caption": f"The the bridge, {number}"})
        window.photos.update_read([window.photos[path]._replace(saved=values, values=values)])
        qtbot.wait(60)
    assert judged
