"""Destinations that nothing can be renamed into from beside them."""

import hashlib
import os

import pytest
from exporting import POLICY, held

from captioner.errors import CaptionerError
from captioner.export.publish import run
from captioner.export.publishing import moves
from captioner.export.recipes import Rendition

TWO = (Rendition(), Rendition("web", "jpeg", 50))


def test_photos_come_into_a_mounted_folder_of_the_same_disk(export, bound):
    assert bound.stat().st_dev == bound.parent.stat().st_dev
    receipt = export(into=bound, renditions=TWO)
    assert len(held(bound)) == 17
    for photo in receipt.photos:
        for file in photo.files:
            assert hashlib.sha256((bound / file.file).read_bytes()).hexdigest() == file.sha256


def test_an_older_set_is_replaced_there(export, bound, story):
    export(into=bound)
    before = held(bound)
    export([photo.edited("caption", "New") for photo in story], into=bound, existing="replace")
    assert held(bound) == before


@pytest.mark.parametrize("step", [1, 5, 14, 16])
def test_trouble_there_leaves_nothing_behind(planned, bound, monkeypatch, step):
    move, steps = moves.move, []

    def failing(source, target):
        steps.append(target)
        if len(steps) == step:
            raise OSError(28, os.strerror(28), str(target))
        move(source, target)

    monkeypatch.setattr(moves, "move", failing)
    with pytest.raises(CaptionerError, match="no room left"):
        run(planned(into=bound, renditions=TWO), POLICY)
    assert held(bound.parent / "behind") == []


def test_a_new_folder_that_cannot_be_renamed_is_filled_photo_by_photo(export, destination, monkeypatch):
    rename, order = moves._rename, []

    def in_one_folder(source, target):
        if source.parent != target.parent:
            raise OSError(18, os.strerror(18), str(target))
        order.append(target.name)
        rename(source, target)

    monkeypatch.setattr(moves, "_rename", in_one_folder)
    export(renditions=TWO)
    assert order[-2:] == ["captions.csv", "manifest.json"]
    assert len(held(destination)) == 17
    assert held(destination.parent)[0] == "set"


def test_a_disk_of_its_own_takes_a_set(export, mounted):
    disk = mounted("size=20m")
    export(into=disk, renditions=TWO)
    assert len(held(disk)) == 17


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_folders_of_renditions_get_the_mode_of_the_folder_that_is_there(export, destination):
    destination.mkdir(parents=True)
    destination.chmod(0o2775)
    export(renditions=TWO)
    assert (destination / "web").stat().st_mode & 0o7777 == 0o2775
