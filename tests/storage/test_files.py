"""A file is the old one or the new one, whole, whatever happens in between."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import files, photos
from captioner.storage.file_bytes import Octets
from tests import pictures

SAVE_LOOP = """
import sys
from pathlib import Path
from captioner.storage import photos
from captioner.core.policy import Policy
path = Path(sys.argv[1])
print("ready", flush=True)
for number in range(100_000):
    photos.save_values(photos.read_photo(path, Policy()), {"caption": f"Number {number}"}, Policy())
"""
SAVE_WITH_NO_ROOM = """
import resource, signal, sys
from pathlib import Path
from captioner.errors import CaptionerError
from captioner.storage import photos
from captioner.core.policy import Policy
path = Path(sys.argv[1])
photo = photos.read_photo(path, Policy())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    photos.save_values(photo, {"caption": "New"}, Policy())
except CaptionerError as error:
    print(error.sentence)
"""


@pytest.fixture
def photo(tmp_path):
    return pictures.camera(tmp_path / "a.jpg")


def test_a_kill_at_any_moment_leaves_a_whole_file(photo):
    for _round in range(10):
        with subprocess.Popen([sys.executable, "-c", SAVE_LOOP, str(photo)], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(random.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
        assert photos.read_photo(photo, Policy()).trouble == ""


def test_a_full_disk_keeps_the_old_file_and_names_it(photo):
    before = photo.read_bytes()
    done = subprocess.run([sys.executable, "-c", SAVE_WITH_NO_ROOM, str(photo)], capture_output=True, text=True,
                          check=True)  # fmt: skip
    assert done.stdout.startswith("a.jpg could not be saved (File too large); the file is as it was.")
    assert photo.read_bytes() == before
    assert [path.name for path in photo.parent.iterdir()] == ["a.jpg"]


def test_a_write_protected_photo_is_not_replaced(photo, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # root may write everywhere
    before = photo.read_bytes()
    with pytest.raises(CaptionerError, match="write-protected"):
        files.replace(photo, Octets(b"new"))
    assert photo.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no extended attributes")
def test_extended_attributes_stay(photo):
    try:
        os.setxattr(photo, "user.label", b"red")
    except OSError:
        pytest.skip("this disk holds no extended attributes")
    files.replace(photo, Octets(b"new"))
    assert os.getxattr(photo, "user.label") == b"red"


def test_another_name_of_the_same_file_keeps_the_old_picture(photo):
    backup = photo.with_name("backup.jpg")
    backup.hardlink_to(photo)
    before = photo.read_bytes()
    files.replace(photo, Octets(b"new"))
    assert backup.read_bytes() == before


def test_a_folder_that_is_gone_is_told(photo):
    photo.unlink()
    with pytest.raises(CaptionerError, match=r"a\.jpg could not be saved"):
        files.replace(photo, Octets(b"new"))
