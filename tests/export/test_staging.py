import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from exporting import checkout, held

from captioner.export.publishing import staging as module
from captioner.export.publishing.staging import NOTED, folder_for_files, place_for, sweep

HOLDS_ON = """
import sys, time
from pathlib import Path
from captioner.export.publishing.staging import place_for, staging
with staging(Path(sys.argv[1]), place_for(Path(sys.argv[1]))) as folder:
    (folder / "photo.jpg").touch()
    print(folder, flush=True)
    time.sleep(60)
"""


def staging(destination):
    return module.staging(destination, place_for(destination))


@pytest.fixture
def other_run():
    """Another process that builds an export to the same destination; returns it and its folder."""
    started = []

    def start(destination):
        command = [sys.executable, "-c", HOLDS_ON, str(destination)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=checkout())
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_the_folder_is_hidden_beside_the_destination_and_goes_away(tmp_path):
    with staging(tmp_path / "set") as folder:
        assert folder.parent == tmp_path
        assert folder.name.startswith(".set.captioner-")
    assert held(tmp_path) == []


def test_parents_are_made_and_taken_away_when_it_fails(tmp_path):
    with pytest.raises(KeyError), staging(tmp_path / "a" / "b" / "set") as folder:
        raise KeyError(folder.parent.is_dir())
    assert held(tmp_path) == []


def test_parents_that_were_there_stay(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(KeyError), staging(tmp_path / "a" / "b" / "set"):
        raise KeyError
    assert held(tmp_path) == ["a"]


def test_two_runs_do_not_share_a_folder(tmp_path):
    with staging(tmp_path / "set") as one, staging(tmp_path / "set") as two:
        assert one != two


def test_it_lies_in_a_destination_that_is_a_disk_of_its_own(mounted):
    disk = mounted("size=1m")
    with staging(disk) as folder:
        assert folder.parent == disk


def test_a_folder_is_kept_while_its_run_lives_and_swept_when_it_was_killed(tmp_path, other_run):
    process, folder = other_run(tmp_path / "set")
    sweep(tmp_path / "set")
    assert os.path.exists(f"{folder}/photo.jpg")  # noqa: PTH110
    process.kill()
    process.wait()
    sweep(tmp_path / "another set")
    assert os.path.exists(folder)  # noqa: PTH110
    sweep(tmp_path / "set")
    assert held(tmp_path) == []


DIES_AT = """
import os, signal, sys
from pathlib import Path
from captioner.export.publishing.staging import folder_for_files, place_for, staging
steps = 0

def die(event, arguments):
    global steps
    if event not in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.scandir"):
        return
    steps += 1
    if steps == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
with staging(Path(sys.argv[1]), place_for(Path(sys.argv[1]))) as folder:
    (folder_for_files(folder, Path(sys.argv[1])) / "photo.jpg").touch()
    (folder / "manifest.json").touch()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_whatever_the_moment_of_a_kill_the_next_run_sweeps_what_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_STARTING", -1)
    left, step, code = [], 0, -signal.SIGKILL
    while code == -signal.SIGKILL:
        step += 1
        command = [sys.executable, "-c", DIES_AT, str(tmp_path / "set"), str(step)]
        code = subprocess.run(command, env=checkout(), check=False).returncode
        left.append(held(tmp_path))
        sweep(tmp_path / "set")
        assert held(tmp_path) == [], left[-1]
    assert (code, left[-1]) == (0, [])
    assert any(left)


def test_a_folder_that_has_only_just_been_made_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_lock", lambda folder: contextlib.nullcontext())
    with staging(tmp_path / "set") as folder:
        sweep(tmp_path / "set")
        assert folder.exists()


def test_a_folder_on_a_drive_without_locks_is_left_alone_however_old(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_STARTING", -1)
    with staging(tmp_path / "set") as folder:
        (folder / "lock").rename(folder / "lock.new")
        folder_for_files(folder, tmp_path / "set")
        sweep(tmp_path / "set")
        assert folder.exists()


def test_a_folder_that_notes_what_is_being_moved_in_is_left_alone(tmp_path, other_run):
    process, folder = other_run(tmp_path / "set")
    (Path(folder) / NOTED).touch()
    process.kill()
    process.wait()
    sweep(tmp_path / "set")
    assert NOTED in os.listdir(folder)  # noqa: PTH208


def test_ones_own_folder_is_not_swept(tmp_path):
    with staging(tmp_path / "set") as folder:
        sweep(tmp_path / "set")
        assert folder.exists()


@pytest.mark.parametrize("name", ["[a]", "a*b", "x?", "ü" * 100])
def test_a_destination_may_have_any_name(tmp_path, name, other_run):
    process, _ = other_run(tmp_path / name)
    process.kill()
    process.wait()
    sweep(tmp_path / name)
    assert held(tmp_path) == []


def test_folders_of_other_programs_are_left_alone(tmp_path):
    (tmp_path / ".set.captioner-other-1").mkdir()
    sweep(tmp_path / "set")
    assert held(tmp_path) == [".set.captioner-other-1"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_new_files_get_the_mode_of_the_destination_that_they_go_to(tmp_path):
    destination = tmp_path / "set"
    destination.mkdir()
    destination.chmod(0o2775)
    with staging(destination) as folder:
        assert folder_for_files(folder, destination).stat().st_mode & 0o7777 == 0o2775


def test_photos_that_are_still_being_built_do_not_keep_the_folder(tmp_path):
    with staging(tmp_path / "set") as folder:
        files = folder_for_files(folder, tmp_path / "set", ["web"])
        late = (files / "web" / "late.jpg").open("wb")
    with pytest.raises(FileNotFoundError):
        (files / "web" / "later.jpg").touch()
    late.close()
    assert held(tmp_path) == []
