"""Recipes that replace what an earlier export left, and those that number what comes beside it."""

import errno
import json
import os
from dataclasses import replace

import pytest
from exporting import POLICY, held

from captioner.errors import CaptionerError
from captioner.export import unfinished
from captioner.export.publish import run
from captioner.export.publishing import moves
from captioner.export.recipes import Rendition

NAMES = [f"0{number}_kim-jong-un-temui-putin.jpg" for number in range(1, 8)]
EVERYTHING = [*NAMES, "captions.csv", "manifest.json"]
EVERY_STEP = range(1, 10)


def contents(folder):
    return {name: (folder / name).read_bytes() for name in held(folder) if (folder / name).is_file()}


@pytest.fixture
def older(export, destination, story):
    """What an earlier export wrote."""
    export([photo.edited("caption", "Old") for photo in story])
    return contents(destination)


def test_files_of_the_same_name_are_replaced(older, export, destination):
    receipt = export(existing="replace")
    assert held(destination.parent) == ["set", *(f"set/{name}" for name in EVERYTHING)]
    assert [name for name in EVERYTHING if (destination / name).read_bytes() == older[name]] == []
    assert receipt.photos[0].values["caption"] != "Old"


def test_other_files_stay(older, export, destination):
    (destination / "theirs.txt").write_text("theirs")
    export(existing="replace")
    assert (destination / "theirs.txt").read_text() == "theirs"


def test_a_file_whose_name_differs_by_case_is_replaced(older, export, destination):
    (destination / NAMES[2]).rename(destination / NAMES[2].upper())
    export(existing="replace")
    assert held(destination) == EVERYTHING


def test_an_old_manifest_never_stands_beside_a_new_photo(older, export, destination, monkeypatch):
    seen = []

    def watched(do):
        return lambda source, target: (seen.append("manifest.json" in held(destination)), do(source, target))

    monkeypatch.setattr(moves, "move", watched(moves.move))
    monkeypatch.setattr(moves, "replace", watched(moves.replace))
    export(existing="replace")
    assert seen == [False] * 9


def test_a_manifest_that_is_not_written_anew_goes_where_it_names_a_photo_that_is(older, export, destination):
    (destination / "ninjs.json").write_text(json.dumps({"href": NAMES[0]}))
    (destination / "story.txt").write_text("A story of theirs.")
    export(existing="replace")
    assert held(destination) == [*EVERYTHING, "story.txt"]


@pytest.mark.parametrize("step", EVERY_STEP)
@pytest.mark.parametrize("has_links", [True, False])
def test_when_anything_fails_the_old_files_come_back(older, planned, destination, monkeypatch, step, has_links):
    steps = []
    (destination / NAMES[6]).rename(destination / NAMES[6].upper())
    before = contents(destination)

    def failing(do):
        def counted(source, target):
            steps.append(target)
            if len(steps) == step:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
            do(source, target)

        return counted

    for name in ("move", "replace"):
        monkeypatch.setattr(moves, name, failing(getattr(moves, name)))
    if not has_links:
        monkeypatch.setattr(os, "link", lambda *_both, **_how: os.open("/none", os.O_RDONLY))
    with pytest.raises(CaptionerError, match="no room left"):
        run(planned(existing="replace"), POLICY)
    assert (contents(destination), held(destination.parent)[0]) == (before, "set")


def test_a_file_that_somebody_puts_in_the_place_of_ours_stays(older, planned, destination, monkeypatch):
    def replaced_then_failing(source, target):
        (destination / NAMES[0]).write_text("theirs")
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))

    monkeypatch.setattr(moves, "move", replaced_then_failing)
    with pytest.raises(CaptionerError):
        run(planned(existing="replace"), POLICY)
    assert contents(destination) == {**older, NAMES[0]: b"theirs"}


def test_a_folder_is_not_replaced_by_a_photo(planned, destination):
    (destination / NAMES[0]).mkdir(parents=True)
    with pytest.raises(CaptionerError, match=f"already holds {NAMES[0]}, and nothing was overwritten"):
        run(planned(existing="replace"), POLICY)
    assert held(destination.parent) == ["set", f"set/{NAMES[0]}"]


def test_files_in_folders_of_renditions_are_replaced_too(export, destination, story):
    two = (Rendition(), Rendition("web", "jpeg", 50))
    export(renditions=two)
    before = contents(destination)
    export([photo.edited("caption", "New") for photo in story], renditions=two, existing="replace")
    after = contents(destination)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] == after[name]] == []


def test_a_new_version_stands_beside_the_old_one(older, export, destination):
    export(existing="version")
    kept = {name: data for name, data in contents(destination).items() if name in older}
    assert (kept, len(held(destination))) == (older, 18)


def test_a_version_that_somebody_else_wrote_meanwhile_is_not_overwritten(older, planned, destination):
    plan = planned(existing="version")
    run(replace(plan), POLICY)
    with pytest.raises(CaptionerError, match="already holds 01_kim-jong-un-temui-putin-v2"):
        run(plan, POLICY)


def test_room_is_asked_for_what_is_replaced_too(planned, mounted):
    disk = mounted("size=8m")
    for name in NAMES:
        (disk / name).write_bytes(bytes(500_000))
    plan = planned(into=disk, existing="replace")
    with pytest.raises(CaptionerError, match=r"not enough room in .*: 8 MB are needed and 4 MB are free"):
        run(plan, POLICY)
    assert held(disk) == NAMES


def test_a_drive_that_fails_again_and_again_while_it_is_restored_loses_nothing(
    older, planned, story, destination, monkeypatch
):
    """The new photos are the same to the byte as the old ones."""
    move, replaced = moves.move, type(destination).replace
    left = [3]

    def failing(source, target):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))

    def restored(source, target):
        left[0] -= 1
        return failing(source, target) if left[0] == 0 else replaced(source, target)

    export_again = planned([photo.edited("caption", "Old") for photo in story], existing="replace")
    monkeypatch.setattr(moves, "move", failing)
    monkeypatch.setattr(type(destination), "replace", restored)
    with pytest.raises(CaptionerError, match="stopped half-way"):
        run(export_again, POLICY)
    monkeypatch.setattr(moves, "move", move)
    unfinished.clean_up(unfinished.into(destination))
    assert contents(destination) == older
