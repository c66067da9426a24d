import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from exporting import HEADLINE
from pace import slowness

from captioner import paths
from captioner.core.caption import Values
from captioner.errors import CaptionerError
from captioner.export import receipts
from captioner.export.exported import Corrects, Exported, ExportedFile, Original
from captioner.export.receipt import Receipt

WHEN = datetime(2023, 9, 13, 14, 5, tzinfo=UTC)


def exported(number: int, folder: Path, caption: str = "") -> Exported:
    file = ExportedFile(f"{number:02}_a.jpg", "0" * 64, 1, 2, 3)
    values = Values({"caption": caption or f"Caption {number}"})
    return Exported(number, folder / f"{number}.jpg", (file,), values, original=Original(1, 2, "3"))


def receipt(folder: Path, count: int = 3, into: str = "/upload", **changes) -> Receipt:
    photos = tuple(exported(number, folder) for number in range(1, count + 1))
    return replace(Receipt(Path(into), None, photos, headline="H", recipe="cms", when=WHEN), **changes)


def correction(of: Receipt, number: int, *photos: Exported) -> Receipt:
    corrects = Corrects(of.destination, of.when, "manifest.json", number, ())
    return replace(of, photos=photos, corrects=corrects)


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "home" / "exports.sqlite"


def sources(folder: Path, *numbers: int) -> list[Path]:
    return [folder / f"{number}.jpg" for number in numbers]


def test_an_export_is_on_record_as_it_was(export, story, destination):
    done = export()
    (found,) = receipts.exports(paths.exports_file())
    assert (found, found.headline, found.recipe) == (done, HEADLINE, "cms")
    assert found.photos[0].original.size == story[0].path.stat().st_size


def test_what_cannot_be_recorded_is_told_and_the_photos_stay_published(export, destination):
    paths.exports_file().mkdir(parents=True)
    receipt = export()
    assert len(list(destination.glob("*.jpg"))) == 7
    (note,) = receipt.notes
    assert note.startswith("The photos were exported, but that is not on record")
    assert "exports.sqlite can't be used" in note


def test_photos_are_answered_as_they_went_out_last(file, tmp_path):
    receipts.record(file, receipt(tmp_path))
    receipts.record(file, receipt(tmp_path, 1, "/other", photos=(exported(1, tmp_path, "Later"),)))
    found = receipts.last(file, sources(tmp_path, 1, 2, 9))
    assert {path.name: photo.values["caption"] for path, photo in found.items()} == {
        "1.jpg": "Later", "2.jpg": "Caption 2"}  # fmt: skip


def test_a_photo_is_the_same_by_every_name_of_its_folder(file, tmp_path, monkeypatch):
    (tmp_path / "set").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "set")
    monkeypatch.chdir(tmp_path)
    receipts.record(file, receipt(Path("set"), into="out"))
    monkeypatch.chdir("/")
    assert set(receipts.last(file, sources(tmp_path / "link", 1))) == set(sources(tmp_path / "link", 1))
    assert receipts.exports(file, tmp_path / "out")[0].photos[0].source == tmp_path / "set" / "1.jpg"


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
def test_names_that_are_no_text_are_on_record(file, tmp_path):
    folder = tmp_path / os.fsdecode(b"\xff\xe9")
    refused = ((folder / "9.jpg", f"{folder.name} is damaged."),)
    receipts.record(file, receipt(folder, refused=refused, set_name=str(folder)))
    (path,) = sources(folder, 1)
    assert receipts.last(file, [path])[path].source == path
    assert receipts.exports(file)[0].refused == ((folder / "9.jpg", "?? is damaged."),)


def test_the_history_is_newest_first_of_a_destination_and_of_photos(file, tmp_path):
    for name, into in (("a", "/one"), ("b", "/two"), ("a", "/two")):
        receipts.record(file, receipt(tmp_path / name, into=into, headline=f"{name}{into}"))

    def history(*asked):
        return [each.headline for each in receipts.exports(file, *asked)]

    assert history() == ["a/two", "b/two", "a/one"]
    assert history(Path("/two")) == ["a/two", "b/two"]
    assert history(None, sources(tmp_path / "a", 2)) == ["a/two", "a/one"]
    assert history(Path("/two"), sources(tmp_path / "b", 1, 2)) == ["b/two"]
    assert history(None, (), 1) == ["a/two"]


def test_what_the_receiver_has_is_the_whole_set_with_its_corrections(file, tmp_path):
    whole = receipt(tmp_path)
    receipts.record(file, receipt(tmp_path, headline="before"))
    receipts.record(file, whole)
    receipts.record(file, correction(whole, 1, exported(1, tmp_path, "First"), exported(2, tmp_path, "Once")))
    receipts.record(file, correction(whole, 2, exported(2, tmp_path, "Twice")))
    receipts.record(file, receipt(tmp_path / "another set"))
    found = receipts.standing(file, Path("/upload"), sources(tmp_path, 1, 2, 3))
    assert [photo.values["caption"] for photo in found.photos] == ["First", "Twice", "Caption 3"]
    assert (found.headline, found.corrects.number) == ("H", 2)


def test_any_number_of_corrections_stands(file, tmp_path):
    whole = receipt(tmp_path)
    receipts.record(file, whole)
    for number in range(1, 121):
        receipts.record(file, correction(whole, number, exported(2, tmp_path, f"Correction {number}")))
    found = receipts.standing(file, Path("/upload"), sources(tmp_path, 1, 2, 3))
    assert found.photos[1].values["caption"] == "Correction 120"


def test_nothing_stands_where_nothing_went(file, tmp_path):
    assert receipts.standing(file, Path("/upload"), sources(tmp_path, 1)) is None
    receipts.record(file, receipt(tmp_path))
    assert receipts.standing(file, Path("/elsewhere"), sources(tmp_path, 1)) is None
    assert receipts.standing(file, Path("/upload"), sources(tmp_path, 9)) is None


def test_the_oldest_go_but_never_the_last_of_a_destination(file, tmp_path, monkeypatch):
    monkeypatch.setattr(receipts, "LIMIT", 1)
    for into in ("/one", "/one", "/two"):
        receipts.record(file, receipt(tmp_path / into[1:], into=into))
    receipts.record(file, correction(receipt(tmp_path / "two", into="/two"), 1, exported(1, tmp_path / "two")))
    kept = [(str(each.destination), bool(each.corrects)) for each in receipts.exports(file)]
    assert kept == [("/two", True), ("/two", False), ("/one", False)]
    assert set(receipts.last(file, sources(tmp_path / "one", 1))) == set(sources(tmp_path / "one", 1))


def test_reading_makes_no_file(file, tmp_path):
    assert receipts.last(file, sources(tmp_path, 1)) == {}
    assert (receipts.exports(file), file.exists()) == ((), False)


def test_a_damaged_record_is_moved_aside_and_a_new_one_begun(file, tmp_path):
    file.parent.mkdir()
    file.write_bytes(b"this is no database, " * 100)
    receipts.record(file, receipt(tmp_path))
    assert len(receipts.exports(file)) == 1
    assert file.with_name("exports.sqlite.damaged-1").read_bytes().startswith(b"this is no")


def test_a_record_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CaptionerError, match=r"The record of exports .* can't be used"):
        receipts.record(tmp_path / "file" / "exports.sqlite", receipt(tmp_path))


RECORDING = """
import sys
from pathlib import Path
from captioner.core.caption import Values
from captioner.export import receipts
from captioner.export.exported import Exported, ExportedFile
from captioner.export.receipt import Receipt
photos = tuple(Exported(n, Path(f"/set/{n}.jpg"), (ExportedFile("a", "0", 1, 1, 1),), Values()) for n in range(200))
print(flush=True)
for number in range(int(sys.argv[2])):
    receipts.record(Path(sys.argv[1]), Receipt(Path(f"/{sys.argv[3]}"), None, photos))
"""


def recording(file: Path, times: int, name: str) -> subprocess.Popen:
    checkout = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", RECORDING, str(file), str(times), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=checkout)


def test_two_programs_record_at_once(file):
    one, two = recording(file, 8, "one"), recording(file, 8, "two")
    one.communicate()
    two.communicate()
    assert (one.returncode, two.returncode, len(receipts.exports(file))) == (0, 0, 16)


def test_a_kill_while_recording_leaves_whole_receipts(file):
    for attempt in range(2):
        with recording(file, 10_000, "one") as process:
            process.stdout.readline()
            while len(receipts.exports(file)) < (attempt + 1) * 3:
                assert process.poll() is None
            process.kill()
    assert {len(each.photos) for each in receipts.exports(file, limit=10_000)} == {200}
    assert len(receipts.last(file, [Path(f"/set/{number}.jpg") for number in range(200)])) == 200
    assert not list(file.parent.glob("*damaged*"))


def test_ten_thousand_photos_are_answered_within_the_second(file, tmp_path):
    receipts.record(file, receipt(tmp_path, 10_000))
    taken = []
    for _try in range(3):
        begun = process_time()
        assert len(receipts.last(file, sources(tmp_path, *range(1, 10_001)))) == 10_000
        taken.append(process_time() - begun)
    assert min(taken) < slowness()
