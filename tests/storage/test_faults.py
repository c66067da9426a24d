"""What is pulled out from under a save, in every format; `make faults` has more of it."""

import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import files, photos
from tests import faults, seeds

LIMITED = """
import resource, signal, sys
from pathlib import Path
from captioner.errors import CaptionerError
from tests import faults
path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for limit in map(int, sys.argv[2:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    before = {each: each.read_bytes() for each in path.parent.iterdir()}
    try:
        faults.save(path, "New")
        print("saved")
    except CaptionerError as error:
        is_as_it_was = before == {each: each.read_bytes() for each in path.parent.iterdir()}
        print(is_as_it_was, error.sentence)
"""


@pytest.fixture(params=faults.KINDS)
def photo(request, tmp_path) -> Path:
    return seeds.drawn(tmp_path, request.param)


@pytest.fixture
def written(photo) -> Path:
    """What a save replaces: the photo, or its sidecar."""
    return faults.save(photo, "Old").sidecar or photo


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("kind", faults.KINDS)
def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path, kind):
    assert [each for each in faults.killed(tmp_path, kind, 4) if each] == []


def test_a_disk_with_too_little_room_leaves_everything_as_it_was(photo, tmp_path_factory):
    trial = Path(shutil.copyfile(photo, tmp_path_factory.mktemp("trial") / photo.name))
    size = (faults.save(trial, "New").sidecar or trial).stat().st_size
    limits = [0, 100, size // 2, size - 1, size]
    command = [sys.executable, "-c", LIMITED, str(photo), *map(str, limits)]
    *told, last = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.startswith(f"True {photo.stem}.") and "File too large" in line for line in told] == 4 * [True]
    assert last == "saved"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.ESTALE])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_last_step_leaves_everything_as_it_was(photo, monkeypatch, code, step):
    def fail(*_arguments):
        raise OSError(code, os.strerror(code))

    before = held(photo.parent)
    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(CaptionerError, match=os.strerror(code)):
        faults.save(photo, "New")
    assert held(photo.parent) == before


def test_a_disk_that_reads_back_something_else_leaves_everything_as_it_was(photo, monkeypatch):
    def lie(handle, data):
        os.write(handle, bytes(len(data)))

    before = held(photo.parent)
    monkeypatch.setattr(files, "_write", lie)
    monkeypatch.setattr(os, "copy_file_range", None, raising=False)
    with pytest.raises(CaptionerError, match="reads back differently"):
        faults.save(photo, "New")
    assert held(photo.parent) == before


@pytest.mark.parametrize("kind", [kind for kind in faults.KINDS if kind != "gif"])
def test_a_write_that_comes_between_is_not_overwritten(tmp_path, monkeypatch, kind):
    photo = seeds.drawn(tmp_path, kind)
    theirs, take_over = photo.read_bytes() + b"theirs", files._take_over

    def meanwhile(*arguments):
        photo.write_bytes(theirs)
        take_over(*arguments)

    monkeypatch.setattr(files, "_take_over", meanwhile)
    with pytest.raises(CaptionerError, match="changed by another program while it was being saved"):
        faults.save(photo, "New")
    assert held(tmp_path) == {photo.name: theirs}


def test_what_is_write_protected_stays_and_says_so(photo, written, monkeypatch):
    before = held(photo.parent)
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # root may write everywhere
    with pytest.raises(CaptionerError, match=rf"^{written.name} could not be saved \(the file is write-protected\)"):
        faults.save(photo, "New")
    assert held(photo.parent) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write into every folder")
def test_a_folder_that_is_read_only_keeps_what_it_has_and_says_so(photo):
    before = held(photo.parent)
    photo.parent.chmod(0o500)
    try:
        with pytest.raises(CaptionerError, match=r"^seed\..* could not be (saved|made) \(Permission denied\)"):
            faults.save(photo, "New")
    finally:
        photo.parent.chmod(0o700)
    assert held(photo.parent) == before


def test_mode_owner_and_extended_attributes_stay(photo, written):
    written.chmod(0o640)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(written, 1234, 5678)
    try:
        os.setxattr(written, "user.test", b"kept")
        has_attributes = True
    except (OSError, AttributeError):
        has_attributes = False
    before = written.stat()
    faults.save(photo, "New")
    after = written.stat()
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o640, before.st_uid, before.st_gid)
    assert not has_attributes or os.getxattr(written, "user.test") == b"kept"


def test_what_a_link_names_is_written_and_the_link_stays(photo, written, tmp_path_factory):
    real = written.rename(tmp_path_factory.mktemp("elsewhere") / written.name)
    written.symlink_to(real)
    faults.save(photo, "New")
    assert (written.is_symlink(), sorted(held(real.parent))) == (True, [real.name])
    assert b"New" in real.read_bytes()


def test_a_second_name_of_the_file_keeps_the_old_values(photo, written, tmp_path_factory):
    """docs/decisions/2026-11-23-hard-links.md"""
    backup = tmp_path_factory.mktemp("backup") / written.name
    backup.hardlink_to(written)
    before = backup.read_bytes()
    faults.save(photo, "New")
    assert (backup.read_bytes() == before, written.stat().st_nlink, b"New" in written.read_bytes()) == (True, 1, True)


def test_values_of_a_save_that_failed_are_written_by_the_next_one(photo, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_arguments: (photo / "none").stat())
        with pytest.raises(CaptionerError):
            faults.save(photo, "New")
    faults.save(photo, "New")
    assert photos.read_photo(photo, Policy()).saved["caption"] == "New"
