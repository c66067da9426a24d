import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from exporting import CREDIT, POLICY, caption, checkout, held, read
from pictures import draw
from readers import exiftool, php_iptc, pillow_iptc

from captioner.errors import CaptionerError
from captioner.export import build, place
from captioner.export.documents import receipt_json
from captioner.export.publish import Cancelled, run
from captioner.export.publishing import moves

NAMES = [f"0{number}_kim-jong-un-temui-putin.jpg" for number in range(1, 8)]
EVERYTHING = [*NAMES, "captions.csv", "manifest.json"]


def test_the_set_is_exported_in_its_order_with_its_captions_inside(export, story, destination):
    export([story[2], story[0], story[1], *story[3:]])
    assert held(destination.parent) == ["set", *(f"set/{name}" for name in EVERYTHING)]
    assert read(destination / NAMES[0]).values.text("caption") == caption(3)
    assert read(destination / NAMES[1]).values.text("caption") == caption(1)


def test_other_programs_read_caption_and_credit(export, destination):
    export()
    file = destination / NAMES[1]
    tags = exiftool(file)
    for tag in ("IPTC:Caption-Abstract", "XMP-dc:Description", "IFD0:ImageDescription"):
        assert tags[tag] == caption(2)
    for tag in ("IPTC:Credit", "XMP-photoshop:Credit", "IFD0:Artist"):
        assert tags[tag] == CREDIT
    for reader in (php_iptc, pillow_iptc):
        assert reader(file)["2#120"] == [caption(2)]
        assert reader(file)["2#110"] == [CREDIT]


def test_originals_keep_their_picture_and_their_camera(export, story, destination):
    export()
    before, after = exiftool(story[1].path), exiftool(destination / NAMES[1])
    for tag in ("IFD0:Make", "IFD0:Model", "ExifIFD:DateTimeOriginal", "IFD1:ThumbnailLength"):
        assert after[tag] == before[tag]
    picture = (destination / NAMES[1]).read_bytes()
    assert picture.endswith(story[1].path.read_bytes()[-500:])


def test_the_originals_are_not_touched(export, story):
    before = [photo.path.read_bytes() for photo in story]
    export()
    assert [photo.path.read_bytes() for photo in story] == before


def test_a_field_that_the_person_emptied_is_empty_in_the_export(export, story, tmp_path):
    receipt = export(into=tmp_path / "first")
    again = read(receipt.destination / receipt.photos[0].first.file).edited("credit", "")
    tags = exiftool(export([again]).destination / NAMES[0])
    assert [tag for tag in tags if tag.endswith((":Credit", ":Artist"))] == []


def test_the_receipt_says_what_was_written(export, story, destination):
    receipt = export()
    document = receipt_json(receipt)
    assert (document["destination"], document["manifest"]) == (str(destination), str(destination / "manifest.json"))
    assert document["refused"] == []
    for each, photo in zip(document["photos"], story, strict=True):
        assert each["source"] == str(photo.path)
        assert each["sha256"] == hashlib.sha256((destination / each["file"]).read_bytes()).hexdigest()
        assert each["fields"]["caption"] == photo.values["caption"]


def test_progress_counts_the_photos(planned):
    told = []
    run(planned(), POLICY, lambda done, of: told.append((done, of)))
    assert told == [(done, 7) for done in range(8)]


def test_nothing_is_published_after_a_cancel(planned, tmp_path):
    done = []
    before = held(tmp_path)
    with pytest.raises(Cancelled, match="nothing was written"):
        run(planned(), POLICY, lambda *step: done.append(step), cancelled=lambda: len(done) > 1)
    assert held(tmp_path) == before


# Into folders that are there


def test_files_of_others_stay_where_they_are(export, destination):
    destination.mkdir(parents=True)
    (destination / "theirs.txt").write_text("theirs")
    export()
    assert held(destination) == [*EVERYTHING, "theirs.txt"]


def test_a_folder_that_is_there_is_the_same_folder_afterwards(export, destination):
    """Whoever watches it keeps watching it."""
    destination.mkdir(parents=True)
    before = destination.stat().st_ino
    export()
    assert destination.stat().st_ino == before


@pytest.mark.parametrize("there", [True, False])
def test_photos_come_in_their_order_and_the_manifest_last(export, destination, monkeypatch, there):
    if there:
        destination.mkdir(parents=True)
    order = []
    move = moves.move
    monkeypatch.setattr(moves, "move", lambda source, target: (order.append(target.name), move(source, target)))
    export()
    assert order == (EVERYTHING if there else ["set", "captions.csv", "manifest.json"])


def test_a_second_export_to_the_same_folder_stops_before_it_writes(export, planned, destination):
    plan = planned()
    export()
    before = {name: (destination / name).stat().st_mtime_ns for name in EVERYTHING}
    with pytest.raises(CaptionerError, match="already holds 01_kim"):
        run(plan, POLICY)
    assert {name: (destination / name).stat().st_mtime_ns for name in EVERYTHING} == before
    assert len(held(destination.parent)) == 10


@pytest.mark.parametrize("name", [NAMES[0], NAMES[4].upper(), "captions.csv", "manifest.json"])
def test_a_file_that_appears_during_the_export_is_not_overwritten(planned, destination, name):
    destination.mkdir(parents=True)
    with pytest.raises(CaptionerError, match="nothing was overwritten"):
        run(planned(), POLICY, lambda done, _of: (destination / name).write_text("theirs"))
    assert held(destination.parent) == ["set", f"set/{name}"]
    assert (destination / name).read_text() == "theirs"


def test_a_file_that_appears_at_the_last_moment_is_not_overwritten(planned, destination, monkeypatch):
    destination.mkdir(parents=True)
    monkeypatch.setattr(place, "check_names", lambda *_: (destination / NAMES[4]).write_text("theirs"))
    plan = planned()
    (destination / NAMES[4]).unlink()
    with pytest.raises(CaptionerError, match=f"already holds {NAMES[4]}"):
        run(plan, POLICY)
    assert held(destination.parent) == ["set", f"set/{NAMES[4]}"]


def test_a_link_to_a_folder_leads_there(export, tmp_path):
    (tmp_path / "upload").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "upload")
    receipt = export(into=tmp_path / "link")
    assert receipt.destination == tmp_path / "link"
    assert held(tmp_path / "upload") == EVERYTHING


# Photos in trouble


def test_a_photo_that_vanishes_is_refused_and_the_rest_goes_on(planned, story, destination):
    plan = planned()
    story[2].path.unlink()
    receipt = run(plan, POLICY)
    assert receipt.refused == ((story[2].path, "photo-3.jpg is not there any more; check the folder."),)
    assert held(destination) == sorted(set(EVERYTHING) - {NAMES[2]})
    assert [photo.sequence for photo in receipt.photos] == [1, 2, 4, 5, 6, 7]
    manifest = json.loads(receipt.manifest.read_bytes())
    assert manifest["refused"] == [{"source": "photo-3.jpg", "error": receipt.refused[0][1]}]


@pytest.mark.parametrize("recipe", ["cms", "web"])
def test_a_photo_that_is_cut_short_meanwhile_is_refused(planned, story, destination, recipe):
    plan = planned(recipe=recipe, manifests=("csv", "json"))
    story[4].path.write_bytes(story[4].path.read_bytes()[:-200])
    receipt = run(plan, POLICY)
    assert [path for path, _ in receipt.refused] == [story[4].path]
    assert "photo-5.jpg" in receipt.refused[0][1]
    assert held(destination) == sorted(set(EVERYTHING) - {NAMES[4]})


def test_a_photo_that_another_desk_captioned_meanwhile_is_refused(planned, story, tmp_path):
    from captioner.storage.photos import save_values

    plan = planned()
    save_values(story[0], {"city": "Vostochny"}, POLICY)
    receipt = run(plan, POLICY)
    assert receipt.refused == ((story[0].path, "photo-1.jpg has changed on the disk since it was read (City); open it "
                                               "again, then export."),)  # fmt: skip
    assert NAMES[0] not in held(receipt.destination)


def test_a_photo_that_was_saved_from_here_meanwhile_goes_out(planned, story):
    from captioner.storage.photos import save_photo

    plan = planned()
    save_photo(story[0], POLICY)
    receipt = run(plan, POLICY)
    assert (receipt.refused, len(receipt.photos)) == ((), 7)


def test_a_picture_that_another_program_changed_meanwhile_is_refused(planned, story):
    plan = planned()
    draw(story[0].path, 5)
    receipt = run(plan, POLICY)
    told = "photo-1.jpg has changed on the disk since it was read; open it again, then export."
    assert receipt.refused == ((story[0].path, told),)


def test_no_photo_at_all_is_an_error(planned, tmp_path):
    with pytest.raises(CaptionerError, match="no photos to export"):
        run(planned([]), POLICY)


def test_when_every_photo_fails_nothing_is_published(planned, story, tmp_path):
    plan = planned(story[:2])
    for photo in story:
        photo.path.unlink()
    before = held(tmp_path)
    with pytest.raises(CaptionerError, match=r"None of the photos .* was not touched: photo-1\.jpg is not there"):
        run(plan, POLICY)
    assert held(tmp_path) == before


# Disks in trouble


@pytest.mark.parametrize(("number", "told"), [
    (errno.ENOSPC, "There is no room left in"), (errno.EDQUOT, "There is no room left in"),
    (errno.EROFS, "Nothing can be written into"), (errno.EIO, "Nothing can be written into"),
])  # fmt: skip
@pytest.mark.parametrize("step", [1, 5, 9])
@pytest.mark.parametrize("there", [True, False])
def test_trouble_while_moving_in_leaves_nothing_behind(planned, destination, monkeypatch, number, told, step, there):
    if there:
        destination.mkdir(parents=True)
    plan, steps, move = planned(), [], moves.move

    def failing(source, target):
        steps.append(target)
        if len(steps) == (step if there else min(step, 2)):
            raise OSError(number, os.strerror(number), str(target))
        move(source, target)

    monkeypatch.setattr(moves, "move", failing)
    with pytest.raises(CaptionerError, match=told) as raised:
        run(plan, POLICY)
    assert str(destination) in str(raised.value)
    assert held(destination.parent) == (["set"] if there else [])


def test_too_little_room_is_told_before_anything_is_written(planned, mounted):
    disk = mounted("size=200k")
    with pytest.raises(CaptionerError, match=r"not enough room in .*: \d+ MB are needed and 0 MB are free"):
        run(planned(into=disk / "set"), POLICY)
    assert held(disk) == []


@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_runs_full_leaves_nothing_behind(planned, mounted, monkeypatch, there):
    disk = mounted("size=16k")
    monkeypatch.setattr(place, "check_space", lambda *_: None)
    if there:
        (disk / "set").mkdir()
        (disk / "set" / "theirs.txt").touch()
    with pytest.raises(CaptionerError, match=r"There is no room left in .*set \(No space left on device\)"):
        run(planned(into=disk / "set"), POLICY)
    assert held(disk) == (["set", "set/theirs.txt"] if there else [])


def test_a_disk_that_cannot_be_written_is_named(planned, mounted):
    disk = mounted("ro,size=1m")
    with pytest.raises(CaptionerError, match=r"Nothing can be written into .*set \(Read-only file system\)"):
        run(planned(into=disk / "set"), POLICY)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(planned, destination):
    destination.mkdir(parents=True)
    destination.chmod(0o555)
    with pytest.raises(CaptionerError, match=r"Nothing can be written into .*set \(Permission denied\)"):
        run(planned(), POLICY)


LIMITED = """
import resource, sys
from pathlib import Path
from captioner.errors import CaptionerError
from captioner.export import plan, publish, recipes
from captioner.core.policy import Policy
from captioner.storage.listing import list_photos
from captioner.storage.photos import read_photo
photos = [read_photo(path, Policy()) for path in list_photos(Path(sys.argv[1]))]
planned = plan.plan(photos, "", recipes.load_recipe("cms"), Path(sys.argv[2]))
limit = lambda *_: resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    publish.run(planned, Policy(), limit)
except CaptionerError as error:
    print(error.sentence)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limits for files")
@pytest.mark.parametrize("limit", [0, 100, 900])
def test_files_that_may_not_grow_leave_nothing_behind(story, tmp_path, destination, limit):
    command = [sys.executable, "-c", LIMITED, tmp_path / "story", destination, str(limit)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=checkout())
    assert f"There is no room left in {destination} (File too large)" in told.stdout
    assert not destination.parent.exists()


# Kills

WITHOUT_END = """
import os, signal, sys
from pathlib import Path
from captioner.export import plan, publish, recipes
from captioner.export.publishing import moves
from captioner.core.policy import Policy
from captioner.storage.listing import list_photos
from captioner.storage.photos import read_photo

def die(done, of):
    if done == int(sys.argv[3]) > 0:
        os.kill(os.getpid(), signal.SIGKILL)

def move_or_die(source, target, steps=[], move=moves.move):
    steps.append(target)
    if len(steps) == -int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    move(source, target)

moves.move = move_or_die

photos = [read_photo(path, Policy()).edited("caption", path.name) for path in list_photos(Path(sys.argv[1]))]
for number in range(10_000):
    destination = Path(sys.argv[2]) / f"{number:05}"
    if number % 2:
        destination.mkdir()
    planned = plan.plan(photos, "Headline", recipes.load_recipe("cms"), destination)
    if not number:
        print(flush=True)
    publish.run(planned, Policy(), die)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("attempt", range(10))
def test_a_kill_at_any_moment_leaves_no_partial_file_and_no_manifest_before_its_files(story, tmp_path, attempt):
    killed(tmp_path / "story", tmp_path / "out")
    for destination in (tmp_path / "out").glob("[0-9]*"):
        check_whole(destination)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", range(1, 13))
def test_a_kill_between_two_moves_leaves_no_manifest_before_its_files(story, tmp_path, step):
    killed(tmp_path / "story", tmp_path / "out", at=-step)
    for destination in (tmp_path / "out").glob("[0-9]*"):
        check_whole(destination)
    whole, singly = tmp_path / "out" / "00000", tmp_path / "out" / "00001"
    assert [(folder / "manifest.json").exists() for folder in (whole, singly)] == [step > 3, False]
    assert len(list(singly.glob("*.jpg"))) == min(max(step - 4, 0), 7)


def killed(source: Path, out: Path, at: int = 0) -> None:
    """Exports again and again until it is killed, or kills itself at photo `at` or before its move `-at`."""
    out.mkdir()
    command = [sys.executable, "-c", WITHOUT_END, str(source), str(out), str(at)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=checkout()) as process:
        process.stdout.readline()
        if not at:
            time.sleep(random.uniform(0, 0.2))
            process.kill()
    assert process.returncode == -signal.SIGKILL


def check_whole(destination: Path) -> None:
    photos = sorted(destination.glob("*.jpg"))
    assert [photo.name for photo in photos] == [f"0{n}_headline.jpg" for n in range(1, len(photos) + 1)]
    for number, path in enumerate(photos, start=1):
        photo = read(path)
        assert (photo.trouble, photo.values.text("caption")) == ("", f"photo-{number}.jpg")
    if (destination / "manifest.json").exists():
        for each in json.loads((destination / "manifest.json").read_bytes())["photos"]:
            assert hashlib.sha256((destination / each["file"]).read_bytes()).hexdigest() == each["sha256"]
        assert (destination / "captions.csv").exists()
        assert len(photos) == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_what_a_killed_run_left_is_removed_by_the_next(export, tmp_path, destination):
    killed(tmp_path / "story", destination.parent, at=3)
    assert [name for name in held(destination.parent) if name.endswith(".jpg")]
    export(into=destination.parent / "00000")
    assert held(destination.parent) == ["00000", *(f"00000/{name}" for name in EVERYTHING)]


def test_a_disk_that_forgets_what_was_written_publishes_nothing(planned, tmp_path, monkeypatch):
    before = held(tmp_path)
    monkeypatch.setattr(build.os, "fsync", lambda handle: os.pwrite(handle, b"?", 40))
    with pytest.raises(CaptionerError, match="reads back differently"):
        run(planned(), POLICY)
    assert held(tmp_path) == before
