"""A destination that is a ZIP archive."""

import hashlib
import json
import os
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest
from exporting import POLICY, held

from captioner.errors import CaptionerError
from captioner.export import unfinished
from captioner.export.publish import run
from captioner.export.publishing import archive
from captioner.export.recipes import Rendition

NAMES = [f"0{number}_kim-jong-un-temui-putin.jpg" for number in range(1, 8)]
EVERYTHING = [*NAMES, "captions.csv", "manifest.json"]


@pytest.fixture
def zipped(tmp_path):
    return tmp_path / "out" / "set.zip"


def test_it_holds_the_tree_that_a_folder_would(export, zipped):
    receipt = export(into=zipped, renditions=(Rendition(), Rendition("web", "jpeg", 50)))
    with zipfile.ZipFile(zipped) as packed:
        names = [file.file for photo in receipt.photos for file in photo.files]
        assert packed.namelist() == [*names, "captions.csv", "manifest.json"]
        for photo in json.loads(packed.read("manifest.json"))["photos"]:
            for each in photo["renditions"]:
                assert hashlib.sha256(packed.read(each["file"])).hexdigest() == each["sha256"]
    assert held(zipped.parent) == ["set.zip"]


def test_other_programs_unpack_it(export, zipped, tmp_path):
    export(into=zipped)
    subprocess.run(["python3", "-m", "zipfile", "-e", zipped, tmp_path / "unpacked"], check=True)
    assert held(tmp_path / "unpacked") == EVERYTHING


def test_its_pictures_are_not_packed_again_and_have_the_moment_of_the_export(export, zipped):
    receipt = export(into=zipped)
    with zipfile.ZipFile(zipped) as packed:
        photo, *_rest, manifest = packed.infolist()
    assert (photo.compress_type, manifest.compress_type) == (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    assert photo.external_attr >> 16 == 0o100644
    assert abs(datetime(*photo.date_time).timestamp() - receipt.when.timestamp()) <= 2


def test_the_same_files_make_the_same_archive(tmp_path):
    (tmp_path / "Фото.jpg").write_bytes(b"photo")
    members = [("web/Фото.jpg", tmp_path / "Фото.jpg")]
    for name in ("one", "two"):
        archive.pack(tmp_path / name, members, datetime(2023, 9, 13, tzinfo=UTC))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    with zipfile.ZipFile(tmp_path / "one") as packed:
        assert packed.namelist() == ["web/Фото.jpg"]


def test_an_archive_that_reads_back_differently_is_not_published(planned, zipped, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda handle: os.pwrite(handle, b"?", 60))
    with pytest.raises(CaptionerError, match="reads back differently"):
        run(planned(into=zipped), POLICY)
    assert not zipped.parent.exists()


def test_it_may_lie_beside_the_photos(export, story):
    export(into=story[0].path.with_name("set.zip"))
    assert (story[0].path.parent / "set.zip").exists()


def test_one_that_is_there_is_not_overwritten(export, planned, zipped):
    plan = planned(into=zipped)
    zipped.parent.mkdir()
    zipped.write_text("theirs")
    with pytest.raises(CaptionerError, match=r"out already holds set\.zip"):
        run(plan, POLICY)
    assert zipped.read_text() == "theirs"


def test_one_that_is_there_is_replaced_whatever_its_case(export, zipped):
    zipped.parent.mkdir()
    zipped.with_name("SET.zip").write_text("old")
    export(into=zipped, existing="replace")
    assert held(zipped.parent) == ["set.zip"]


def test_a_new_version_has_a_name_of_its_own(export, zipped):
    export(into=zipped, existing="version")
    receipt = export(into=zipped, existing="version")
    assert receipt.destination == zipped.with_name("set-v2.zip")
    assert held(zipped.parent) == ["set-v2.zip", "set.zip"]
    with zipfile.ZipFile(receipt.destination) as packed:
        assert packed.namelist() == EVERYTHING


def test_a_folder_may_end_like_an_archive(export, zipped):
    zipped.mkdir(parents=True)
    export(into=zipped)
    assert held(zipped) == EVERYTHING


def test_it_leaves_nothing_to_finish(export, zipped):
    export(into=zipped)
    assert unfinished.find() == ()
