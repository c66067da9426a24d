"""What is pulled out from under a save, in every format; `make faults` has more of it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from captioner.errors import CaptionerError
from captioner.storage import files, photos
from captioner.storage.metadata import Policy
from tests import faults, seeds

LIMITED = """
import resource, signal, sys
from pathlib import Path
from captioner.errors import CaptionerError
from captioner.storage import photos
from captioner.storage.metadata import Policy
from tests import seeds
path, limit = Path(sys.argv[1]), int(sys.argv[2])
photo = photos.read_photo(path, Policy())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    photos.save_values(photo, seeds.values("New"), Policy())
except CaptionerError as error:
    print(error.sentence)
"""


@pytest.fixture(params=faults.KINDS)
def photo(request, tmp_path) -> Path:
    return seeds.drawn(tmp_path, request.param)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("kind", faults.KINDS)
def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path, kind):
    assert [each for each in faults.killed(tmp_path, kind, 3) if each] == []


@pytest.mark.parametrize("limit", [0, 100, 700])
def test_a_full_disk_leaves_everything_as_it_was(photo, limit):
    before = held(photo.parent)
    command = [sys.executable, "-c", LIMITED, str(photo), str(limit)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert (photo.stem in told, held(photo.parent)) == (True, before)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.ESTALE])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_last_step_leaves_everything_as_it_was(photo, monkeypatch, code, step):
    def fail(*_arguments):
        raise OSError(code, os.strerror(code))

    before = held(photo.parent)
    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(CaptionerError, match=os.strerror(code)):
        photos.save_values(photos.read_photo(photo, Policy()), seeds.values("New"), Policy())
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
        photos.save_values(photos.read_photo(photo, Policy()), seeds.values("New"), Policy())
    assert held(tmp_path) == {photo.name: theirs}
