"""What nobody tuned for: other programs' rules for what is written here, and people who stop half-way."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import piexif
import pytest
from drawing import SECRETS, corners
from exporting import checkout, held, read
from pictures import draw

from captioner import paths
from captioner.errors import CaptionerError
from captioner.export import pages

FULL = {**SECRETS, "GPS": {**SECRETS["GPS"], piexif.GPSIFD.GPSVersionID: (2, 3, 0, 0)}}


@pytest.mark.parametrize("exif", [{}, FULL], ids=["plain", "full"])
@pytest.mark.parametrize("form", ["web", "wordpress"])
def test_exiftool_finds_nothing_wrong_with_a_picture_made_anew(export, destination, tmp_path, form, exif):
    path = tmp_path / "a.jpg"
    corners().save(path, exif=piexif.dump(exif))
    photo = read(path).edited("caption", "Kim").edited("date_created", "2023-09-13T14:05:00+07:00")
    export([photo], recipe=form, remove=())
    (made,) = destination.glob("*.jpg")
    asked = ["exiftool", "-validate", "-warning", "-a", "-s3", str(made)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    assert [each for each in told if not each.startswith("[minor]")] == []


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is a signal there alone")
def test_ctrl_c_says_one_sentence_and_leaves_nothing(tmp_path):
    (tmp_path / "set").mkdir()
    for number in range(60):
        draw(tmp_path / "set" / f"{number}.jpg", number, (600, 400))
    command = [sys.executable, "-m", "captioner", "export", "set", "out", "--recipe", "web", "--json"]
    process = subprocess.Popen(command, cwd=tmp_path, env=checkout(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while process.poll() is None and not list(tmp_path.glob(".out.*")):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    said, err = process.communicate()
    assert (process.returncode, said) == (130, b"")
    assert err == b"captioner: Stopped; what was not finished is as it was before.\n"
    assert [name for name in held(tmp_path) if not name.startswith("set")] == []


@contextlib.contextmanager
def without_privileges():
    mine = os.geteuid()
    with contextlib.suppress(PermissionError):
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)


@pytest.mark.skipif(os.name != "posix", reason="permissions are others there")
def test_a_journal_that_may_not_be_written_is_no_other_export(destination):
    paths.exports_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.exports_folder().mkdir(0)
    with without_privileges(), pytest.raises(CaptionerError, match="since it can't be noted"), pages.page(destination):
        pass
