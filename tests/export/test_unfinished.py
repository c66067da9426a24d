"""Exports whose process was killed, or whose drive went away: found, finished, taken back."""

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys

import pytest
from exporting import POLICY, checkout, held

from captioner import paths
from captioner.errors import CaptionerError, UsageError
from captioner.export import records, unfinished
from captioner.export.plan import Plan
from captioner.export.publish import run
from captioner.export.publishing import moves

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

NAMES = [f"0{number}_kim-jong-un-temui-putin.jpg" for number in range(1, 8)]
EVERYTHING = [*NAMES, "captions.csv", "manifest.json"]

DIES_AT = """
import os, signal, sys
from pathlib import Path
from captioner.core.policy import Policy
from captioner.export import publish, records
from captioner.export.publishing import moves
from captioner.export.plan import Plan

def run(plan, at):
    steps = []

    def dying(do):
        def counted(source, target):
            steps.append(target)
            if len(steps) == at:
                os.kill(os.getpid(), signal.SIGKILL)
            do(source, target)
        return counted

    moves.move, moves.replace = dying(moves.move), dying(moves.replace)
    publish.run(plan, Policy(), lambda done, _of: done == -at and os.kill(os.getpid(), signal.SIGKILL))

for line in sys.stdin:
    plan, at, os.environ["CAPTIONER_DATA"] = line.rstrip().split("|")
    number = os.fork()
    if not number:
        run(records.decoded(Plan, Path(plan).read_bytes()), int(at))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def forking():
    """A process that has loaded everything, for those that are to die."""
    command = [sys.executable, "-c", DIES_AT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=checkout()) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def killed(tmp_path, forking):
    """Runs a plan in a process that dies before its move number `at`, or after photo `-at` was built."""

    def do(plan: Plan, at: int) -> Plan:
        (tmp_path / "plan").write_bytes(records.encoded(plan))
        forking.stdin.write(f"{tmp_path / 'plan'}|{at}|{paths.data_folder()}\n")
        forking.stdin.flush()
        assert int(forking.stdout.readline()) == -signal.SIGKILL
        (tmp_path / "plan").unlink()
        return plan

    return do


def notes() -> list[str]:
    return held(paths.exports_folder())


def contents(folder):
    return {name: (folder / name).read_bytes() for name in held(folder) if (folder / name).is_file()}


def test_nothing_is_unfinished_after_an_export(export):
    export()
    assert (unfinished.find(), notes()) == ((), [])


def test_nothing_is_unfinished_after_one_that_failed(planned, story):
    plan = planned(story[:1])
    story[0].path.unlink()
    with pytest.raises(CaptionerError):
        run(plan, POLICY)
    assert (unfinished.find(), notes()) == ((), [])


def test_an_export_that_was_killed_is_found_with_what_is_in(planned, killed, destination):
    destination.mkdir(parents=True)
    killed(planned(), 4)
    (found,) = unfinished.find()
    assert (found.destination, found.photos, found.published) == (destination, 7, 3)
    assert unfinished.into(destination) == found


def test_one_whose_process_lives_is_not_offered(planned):
    offered = []
    run(planned(), POLICY, lambda *_step: offered.append(unfinished.find()))
    assert offered == [()] * 8


@pytest.mark.parametrize("at", [-3, 1, 5, 9])
@pytest.mark.parametrize("existing", ["stop", "replace"])
def test_it_is_finished(export, planned, killed, story, destination, at, existing):
    destination.mkdir(parents=True)
    if existing == "replace":
        export([photo.edited("caption", "Old") for photo in story])
    killed(planned(existing=existing), at)
    receipt = unfinished.finish(unfinished.into(destination), POLICY)
    assert held(destination.parent) == ["set", *(f"set/{name}" for name in EVERYTHING)]
    listed = json.loads(receipt.manifest.read_bytes())["photos"]
    for written, photo in zip(listed, receipt.photos, strict=True):
        data = (destination / photo.first.file).read_bytes()
        assert written["sha256"] == photo.first.sha256 == hashlib.sha256(data).hexdigest()
        assert photo.values["caption"] != "Old"
    assert notes() == []


@pytest.mark.parametrize("at", [-3, 1, 5, 9])
@pytest.mark.parametrize("existing", ["stop", "replace"])
def test_it_is_taken_back(export, planned, killed, destination, at, existing):
    destination.mkdir(parents=True)
    if existing == "replace":
        export()
    before = contents(destination)
    killed(planned(existing=existing), at)
    unfinished.clean_up(unfinished.into(destination))
    assert (contents(destination), held(destination.parent)[0], notes()) == (before, "set", [])


@pytest.mark.parametrize("at", [-2, 1, 2, 3])
def test_folders_that_were_made_go_with_it(planned, killed, tmp_path, destination, at):
    before = held(tmp_path)
    killed(planned(), at)
    unfinished.clean_up(unfinished.into(destination))
    assert held(tmp_path) == before


def test_what_others_put_there_meanwhile_stays(planned, killed, destination):
    destination.mkdir(parents=True)
    killed(planned(), 6)
    (destination / NAMES[1]).write_text("theirs")
    (destination / NAMES[2]).unlink()
    unfinished.clean_up(unfinished.into(destination))
    assert contents(destination) == {NAMES[1]: b"theirs"}


def test_a_photo_that_the_hot_folder_took_does_not_come_again(planned, killed, destination):
    destination.mkdir(parents=True)
    killed(planned(), 6)
    (destination / NAMES[1]).unlink()
    unfinished.finish(unfinished.into(destination), POLICY)
    assert held(destination) == sorted(set(EVERYTHING) - {NAMES[1]})


def test_a_built_photo_that_was_damaged_meanwhile_is_built_anew(planned, killed, destination):
    destination.mkdir(parents=True)
    killed(planned(), 6)
    (staged,) = destination.parent.glob(".set*/set/06*")
    staged.write_bytes(staged.read_bytes()[:-1])
    receipt = unfinished.finish(unfinished.into(destination), POLICY)
    assert hashlib.sha256((destination / NAMES[5]).read_bytes()).hexdigest() == receipt.photos[5].first.sha256


def test_a_photo_that_changed_meanwhile_is_refused_when_all_is_built_anew(planned, killed, story, destination):
    killed(planned(), -3)
    story[0].path.unlink()
    receipt = unfinished.finish(unfinished.into(destination), POLICY)
    assert [path for path, _sentence in receipt.refused] == [story[0].path]


def test_a_new_export_does_not_go_over_one_that_had_begun_to_come_in(planned, killed, destination):
    destination.mkdir(parents=True)
    plan = killed(planned(), 4)
    before = contents(destination)
    with pytest.raises(CaptionerError, match=r"was interrupted; finish it with “captioner export --finish .*/set”"):
        run(plan, POLICY)
    assert contents(destination) == before


def test_a_new_plan_tells_of_it_too(planned, killed, destination):
    destination.mkdir(parents=True)
    killed(planned(), 4)
    with pytest.raises(CaptionerError, match="was interrupted; finish it with"):
        planned()
    assert planned(existing="version").version == 2


@pytest.mark.parametrize("at", [-3, 1])
def test_a_new_export_goes_on_where_nothing_had_come_in(planned, killed, destination, at):
    destination.mkdir(parents=True)
    run(killed(planned(), at), POLICY)
    assert (held(destination.parent)[1:], notes()) == ([f"set/{name}" for name in EVERYTHING], [])


def test_two_exports_into_one_folder_do_not_mix(planned):
    plan, told = planned(), []

    def second(done, _of):
        if done == 3:
            with pytest.raises(CaptionerError, match="is still at work; wait for it") as raised:
                run(plan, POLICY)
            told.append(raised.value)

    run(plan, POLICY, second)
    assert len(told) == 1


def test_a_drive_that_is_away_keeps_its_note_for_later(planned, killed, tmp_path, destination):
    destination.mkdir(parents=True)
    killed(planned(), 4)
    destination.parent.rename(tmp_path / "away")
    (note,) = paths.exports_folder().iterdir()
    entry = json.loads(note.read_bytes())
    destination.parent.mkdir()  # where a drive is mounted, its empty folder stays
    note.write_bytes(json.dumps({**entry, "device": entry["device"] + 1}).encode())
    assert (unfinished.find(), len(notes())) == ((), 1)
    destination.parent.rmdir()
    (tmp_path / "away").rename(destination.parent)
    assert unfinished.into(destination).published == 3


def test_one_that_could_not_be_taken_back_is_told_and_noted(planned, destination, monkeypatch):
    destination.mkdir(parents=True)
    move, unlink = moves.move, type(destination).unlink

    def dead(*_arguments, **_how):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(destination))

    def dying(source, target):
        if target.name == NAMES[3]:
            monkeypatch.setattr(type(destination), "unlink", dead)
            dead()
        move(source, target)

    monkeypatch.setattr(moves, "move", dying)
    with pytest.raises(
        CaptionerError, match=r"stopped half-way \(Input/output error\); when the folder can be written"
    ):
        run(planned(), POLICY)
    monkeypatch.setattr(type(destination), "unlink", unlink)
    monkeypatch.setattr(moves, "move", move)
    unfinished.clean_up(unfinished.into(destination))
    assert (held(destination.parent), notes()) == (["set"], [])


def test_an_export_that_cannot_be_noted_does_not_begin(planned, tmp_path):
    paths.exports_folder().parent.mkdir(parents=True)
    paths.exports_folder().touch()
    before = held(tmp_path)
    with pytest.raises(CaptionerError, match="it can't be noted in"):
        run(planned(), POLICY)
    assert held(tmp_path) == before


def test_where_nothing_is_unfinished_there_is_nothing_to_finish(planned, killed, destination):
    with pytest.raises(UsageError, match="no unfinished export into"):
        unfinished.into(destination)
    killed(planned(), 2)
    found = unfinished.into(destination)
    unfinished.clean_up(found)
    for deed in (unfinished.clean_up, lambda each: unfinished.finish(each, POLICY)):
        with pytest.raises(UsageError, match="no unfinished export into"):
            deed(found)
