from pathlib import Path

import pytest

from captioner.core import checks, edits
from captioner.core.attention import Attention
from captioner.core.photo_set import PhotoSet
from captioner.storage import batch
from captioner.storage.desk_data import load_knowledge
from captioner.ui.jobs import Jobs
from captioner.ui.judging import Judging
from tests.core.conftest import photo

CAPTIONS = ("Rabu (14/9/2023) di Jakarta.", "The the bridge.", "A bridge in Oslo.", "TK speaks.", "A bridge in Oslo.")


@pytest.fixture
def photos():
    made = PhotoSet("many")
    made.add(photo(f"{n:04}.jpg", caption=CAPTIONS[n % 5]) for n in range(batch.MANY + 50))
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
