"""Many photos at once: the same outcomes, whoever does the work."""

import pickle
import shutil
from functools import partial

import pytest

from captioner.core.policy import Policy
from captioner.storage import batch, photos, processes
from captioner.storage.batch import Choices, save_all
from captioner.storage.outcome import Saved
from tests import pictures

CHOICES = Choices(Policy())


@pytest.fixture
def tasks(tmp_path):
    """Twelve photos, of which the fourth is no picture any more."""
    first = pictures.draw(tmp_path / "01.jpg")
    paths = [first, *(tmp_path / f"{number:02}.jpg" for number in range(2, 13))]
    for path in paths[1:]:
        shutil.copyfile(first, path)
    read = [photos.read_photo(path, Policy()) for path in paths]
    paths[3].write_text("text")
    return [(photo, {"caption": photo.path.name}) for photo in read]


@pytest.mark.parametrize("many", [1, 1000])
def test_each_outcome_comes_in_its_order_and_a_refusal_stops_no_other(tasks, monkeypatch, many):
    monkeypatch.setattr(processes, "MANY", many)
    outcomes = list(save_all(tasks, CHOICES))
    assert [isinstance(each, Saved) for each in outcomes] == [number != 3 for number in range(12)]
    assert (outcomes[3].path, "is not a picture" in outcomes[3].sentence) == (tasks[3][0].path, True)
    held = [
        photos.read_photo(photo.path, Policy()).values["caption"]
        for photo, _values in tasks
        if "04" not in photo.path.name
    ]
    assert held == [photo.path.name for photo, _values in tasks if "04" not in photo.path.name]


@pytest.mark.parametrize("trouble", [OSError, EOFError])
def test_what_processes_can_not_do_is_done_here(tasks, monkeypatch, trouble):
    def broken(_method):
        raise trouble("no processes")

    monkeypatch.setattr(processes, "MANY", 1)
    monkeypatch.setattr(processes, "_begun", broken)
    assert sum(isinstance(each, Saved) for each in save_all(tasks, CHOICES)) == 11


def test_a_photo_that_a_process_read_has_the_very_path_that_it_was_asked_by(tasks, monkeypatch):
    monkeypatch.setattr(processes, "MANY", 1)
    monkeypatch.setattr(batch, "_WHILE_THEY_START", 1)
    paths = [photo.path for photo, _values in tasks if photo.path != tasks[3][0].path]
    left = iter(paths)
    reading = partial(batch.read, policy=Policy())
    read = list(batch.work_off(reading, lambda count, _wait: batch.next_of(left, count), len(paths), 4))
    assert [path for path, _photo in read] == paths
    assert all(photo.path is path and photo == photos.read_photo(path, Policy()) for path, photo in read)


def test_a_photo_is_the_same_in_another_process(tasks):
    photo = tasks[0][0].edited("caption", "Fine day")
    assert pickle.loads(pickle.dumps(photo)) == photo
