"""What nobody tuned for: other programs' rules for what is written here, and people who stop half-way."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import piexif
import pytest
from drawing import SECRETS, corners
from exporting import POLICY, checkout, held, read
from pictures import draw
from readers import exiftool_many, php_exif, php_iptc, pillow_iptc

from captioner import paths
from captioner.errors import CaptionerError
from captioner.export.publish import run
from captioner.export.publishing import pages
from captioner.storage import tables

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


CAPTIONS = ("=cmd()", "<script>alert(1)</script>", "../../x", "CON", "x" * 5000, "\u202egpj.exe", "😀 👨‍👩‍👧",
            "Путин 김정은 بوتين 习近平 Kim", "]]> & \"'", "-1+1", "a\n\nb")  # fmt: skip
KINDS = ("text", "html", "csv", "ninjs", "json")


@pytest.fixture
def hostile(tmp_path):
    stems = ("CON", "con", "../x", "a\u202eb", "aux.", "=1", "é", "e\u0301", "-rf", "~", "#%2f?")
    (tmp_path / "in").mkdir()
    drawn = [draw(tmp_path / "in" / f"{stem.replace('/', '')}.jpg", at) for at, stem in enumerate(stems)]
    return [read(path).edited("caption", caption) for path, caption in zip(drawn, CAPTIONS, strict=True)]


def test_hostile_captions_reach_every_reader_whole(export, destination, hostile):
    files = [destination / photo.first.file for photo in export(hostile, manifests=KINDS).photos]
    found = exiftool_many(files)
    for file, caption in zip(files, CAPTIONS, strict=True):
        assert [found[file]["IPTC:Caption-Abstract"], *php_iptc(file)["2#120"], *pillow_iptc(file)["2#120"]] == [
            caption] * 3  # fmt: skip
        assert php_exif(file)["ImageDescription"] == caption


def test_hostile_captions_come_back_from_every_manifest(export, destination, hostile):
    receipt = export(hostile, manifests=KINDS)
    rows = tables.read_table(destination / "captions.csv")
    manifest = json.loads((destination / "manifest.json").read_text("utf-8"))
    assert [rows[photo.first.file]["caption"] for photo in receipt.photos] == list(CAPTIONS)
    assert [photo["fields"]["caption"] for photo in manifest["photos"]] == list(CAPTIONS)
    assert "<script" not in (destination / "story.html").read_text("utf-8")


def test_hostile_names_stay_in_the_folder_and_apart(export, destination, hostile):
    receipt = export(hostile, recipe="wire", names="{original}")
    files = [photo.first.file for photo in receipt.photos]
    assert held(destination) == sorted(files)
    assert len({name.casefold() for name in files}) == len(hostile)
    assert not [name for name in files if name[0] in "-~." or name.split(".")[0].upper() in ("CON", "AUX")]


def test_photos_that_vanish_or_change_before_it_runs_are_told_and_the_rest_is_right(planned, destination, hostile):
    plan = planned(hostile)
    hostile[0].path.unlink()
    hostile[1].path.write_bytes(hostile[1].path.read_bytes()[:200])
    draw(hostile[2].path)
    subprocess.run(["exiftool", "-q", "-overwrite_original", "-Headline=Theirs", hostile[2].path], check=True)
    receipt = run(plan, POLICY)
    assert [path for path, _why in receipt.refused] == [photo.path for photo in hostile[:3]]
    assert [why.split(" ", 1)[1][:9] for _path, why in receipt.refused] == ["is not th", "is damage", "has chang"]
    assert [read(destination / photo.first.file).values["caption"] for photo in receipt.photos] == list(CAPTIONS[3:])
