import json
import os
import subprocess
import sys
from threading import Event

import pytest

from captioner import cli
from captioner.cli import OpenWindow
from captioner.core.policy import Policy
from captioner.storage import photos as storage
from tests import pictures, readers

CREDIT = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
STORY = """Headline of the day

One man walks over the bridge. Ann Lee/Sputnik/Kremlin Pool/AP

Two men sit on the bank of the river.
"""


def test_the_real_story_is_split_and_matched_in_order(run, folder, story_file):
    code, document, err = run("story", story_file, folder, "--json")
    assert (code, document["language"], document["dropped_repeats"]) == (0, "id", 7)
    assert document["headline"] == "Potret Akrab Kim Jong Un dan Putin di Pusat Antariksa Rusia"
    assert [each["credit"] for each in document["captions"]] == [CREDIT, "", CREDIT, "", "", "", ""]
    assert document["captions"][0]["caption"].endswith("Rabu (13/9/2023).")
    assert '"sangat senang"' in document["captions"][2]["caption"]
    assert [each["photo"][-5] for each in document["captions"]] == list("1234567")
    assert (document["unmatched_photos"], document["unmatched_captions"]) == ([], [])
    assert "5 captions have no credit" in err


def test_a_story_is_written_and_exported_as_a_cms_reads_it(run, folder, any_story, tmp_path):
    story_file, credit = any_story
    assert run("story", story_file, folder, "--apply", "--credit-all")[0] == 0
    code, document, _err = run("export", folder, tmp_path / "out", "--json")
    files = [tmp_path / "out" / each["file"] for each in document["photos"]]
    assert (code, [file.name[:2] for file in files]) == (0, [f"{number:02}" for number in range(1, 8)])
    for file in files:
        held = readers.exiftool(file)
        assert held["IPTC:Credit"] == held["XMP-photoshop:Credit"] == credit
        assert readers.php_iptc(file)["2#110"] == readers.pillow_iptc(file)["2#110"] == [credit]
        assert readers.php_iptc(file)["2#120"] == [held["XMP-dc:Description"]]


def test_story_alone_writes_nothing(run, folder, tmp_path):
    (tmp_path / "story.txt").write_text(STORY)
    before = [path.read_bytes() for path in sorted(folder.iterdir())]
    run("story", tmp_path / "story.txt", folder)
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == before


def test_more_captions_than_photos_are_refused_and_nothing_is_written(run, folder, tmp_path):
    for path in sorted(folder.iterdir())[1:]:
        path.unlink()
    (tmp_path / "story.txt").write_text(STORY)
    code, document, err = run("story", tmp_path / "story.txt", folder, "--apply", "--json")
    assert (code, len(document["unmatched_captions"])) == (1, 1)
    assert "story.txt has 1 caption more" in err
    assert run("show", folder, "--json")[1][0]["fields"] == {}


def test_an_empty_story_is_named(run, folder, tmp_path):
    (tmp_path / "story.txt").write_text(" \n")
    code, _out, err = run("story", tmp_path / "story.txt", folder)
    assert (code, "story.txt holds no captions" in err) == (1, True)


def test_set_writes_fields_and_show_reads_them(run, folder):
    photo = folder / "photo-1.jpg"
    assert run("set", photo, "--field", "caption=Łódź", "--field", "keywords=a; b", "--field", "keywords=c")[0] == 0
    document = run("show", photo, "--json", "--blocks")[1][0]
    assert document["fields"] == {"caption": "Łódź", "keywords": ["a", "b", "c"]}
    assert document["blocks"]["iim"] == document["fields"]
    assert (document["disagreements"], document["error"]) == ([], None)


def test_a_dry_run_writes_nothing(run, folder):
    photo = folder / "photo-1.jpg"
    before = photo.read_bytes()
    code, out, _err = run("set", photo, "--field", "caption=New", "--dry-run")
    assert (code, "would set caption" in out, photo.read_bytes()) == (0, True, before)


def test_set_takes_a_table_and_leaves_what_it_has_no_cell_for(run, folder, tmp_path):
    run("set", folder, "--field", "credit=Ann Lee/AP")
    (tmp_path / "t.csv").write_text("file,caption,credit\nphoto-2.jpg,Second,\nphoto-9.jpg,None,\n", encoding="utf-8")
    code, _out, err = run("set", folder, "--from", tmp_path / "t.csv")
    fields = run("show", folder / "photo-2.jpg", "--json")[1][0]["fields"]
    assert fields == {"caption": "Second", "credit": "Ann Lee/AP"}
    assert (code, "photo-9.jpg is in the table, but not among the photos" in err) == (1, True)


def test_an_exports_own_tables_can_be_written_back(run, folder, tmp_path):
    run("set", folder, "--field", "caption==1+1", "--field", "keywords=a; b")
    run("export", folder, tmp_path / "out")
    for name in ("manifest.json", "captions.csv"):
        table = (tmp_path / "out" / name).read_text(encoding="utf-8-sig")
        for number, path in enumerate(sorted((tmp_path / "out").glob("*.jpg")), 1):
            table = table.replace(path.name, f"photo-{number}.jpg")
        (tmp_path / name).write_text(table, encoding="utf-8")
        run("set", folder, "--field", "caption=", "--field", "keywords=")
        assert run("set", folder, "--from", tmp_path / name)[0] == 0
        fields = run("show", folder / "photo-1.jpg", "--json")[1][0]["fields"]
        assert fields == {"caption": "=1+1", "keywords": ["a", "b"]}


def test_credit_gives_the_chain_and_every_style(run):
    code, document, _err = run("credit", f"Dua orang berjalan. {CREDIT}", "--json")
    assert (code, document["caption"], document["credit"]) == (0, "Dua orang berjalan.", CREDIT)
    assert document["chain"] == {"photographers": ["Mikhail Metzel"], "agency": "Sputnik", "pool": "Kremlin Pool",
                                 "distributor": "AP"}  # fmt: skip
    assert document["styles"]["slash"] == CREDIT


def test_check_finds_and_exits_with_one(run, folder):
    run("set", folder / "photo-1.jpg", "--field", "credit=Ann Lee/AP")
    code, document, _err = run("check", folder / "photo-1.jpg", folder / "photo-2.jpg", "--json")
    assert code == 1
    assert [(each["path"][-5], each["check"], each["severity"]) for each in document] == [
        ("1", "alt-text", "info"), ("2", "credit-missing", "warning"), ("2", "alt-text", "info")]  # fmt: skip
    assert set(document[0]) == {"path", "check", "severity", "field", "start", "end", "message", "fix"}
    run("set", folder / "photo-1.jpg", "--field", "alt_text=A number on a coloured ground.")
    assert run("check", folder / "photo-1.jpg", "--json")[:2] == (0, [])


def test_check_judges_photos_beside_each_other_and_says_how_to_mend_them(run, folder):
    for name, credit in {"photo-1": "Ann Lee/AP", "photo-2": "Ann Lee/AP", "photo-3": "AP Photo/Ann Lee"}.items():
        run("set", folder / f"{name}.jpg", "--field", f"credit={credit}", "--field", f"caption=Seen in the the {name}.")
    code, document, _err = run("check", *(folder / f"photo-{number}.jpg" for number in (1, 2, 3)), "--json")
    told = [each for each in document if each["check"] in ("credit-variant", "doubled-word")]
    assert (code, [(each["check"], each["path"][-5], each["fix"]) for each in told]) == (1, [
        ("doubled-word", "1", "Seen in the photo-1."), ("doubled-word", "2", "Seen in the photo-2."),
        ("credit-variant", "3", "Ann Lee/AP"), ("doubled-word", "3", "Seen in the photo-3.")])  # fmt: skip
    assert [(each["start"], each["end"]) for each in told][:1] == [(8, 15)]


def test_check_follows_the_settings(run, folder, home):
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "settings.toml").write_text('[checks]\ncredit-missing = "info"\nalt-text = "off"\n')
    code, document, _err = run("check", folder / "photo-1.jpg", "--json")
    assert (code, [(each["check"], each["severity"]) for each in document]) == (0, [("credit-missing", "info")])


def test_check_names_what_it_can_not_read_and_goes_on(run, folder):
    (folder / "bad.jpg").write_text("text")
    code, document, err = run("check", folder / "bad.jpg", folder / "photo-1.jpg", "--json")
    assert (code, {each["path"][-5] for each in document}) == (1, {"1"})
    assert "bad.jpg" in err


def test_an_export_warns_of_what_is_under_embargo(run, folder, tmp_path):
    run("set", folder / "photo-1.jpg", "--field", "instructions=EMBARGOED UNTIL 18:00 GMT SEPT 13")
    code, document, err = run("export", folder, tmp_path / "out", "--dry-run", "--json")
    assert [each["source"][-5] for each in document["restricted"]] == ["1"]
    assert (code, "under embargo" in err) == (1, True)


def test_a_refused_photo_is_named_and_the_others_are_written(run, folder):
    (folder / "bad.jpg").write_text("text")
    code, document, err = run("set", folder, "--field", "city=Oslo", "--json")
    assert (code, [bool(each["error"]) for each in document]) == (1, [True] + [False] * 7)
    assert "bad.jpg is not a picture" in err


def test_export_names_what_it_leaves_out(run, folder, tmp_path):
    (folder / "bad.jpg").write_text("text")
    pictures.draw(folder / "other.bmp")
    code, document, err = run("export", folder, tmp_path / "out", "--json")
    assert (code, len(document["photos"]), len(document["refused"])) == (1, 7, 2)
    assert "other.bmp is a BMP file" in err


def test_an_export_can_be_looked_at_first(run, folder, tmp_path):
    run("set", folder, "--field", "credit=Ann Lee/AP")
    for number in range(1, 8):
        run("set", folder / f"photo-{number}.jpg", "--field", f"caption=Warga ke-{number} menanam padi.")
    code, document, _err = run("export", folder, tmp_path / "out", "--dry-run", "--json")
    assert (code, len(document["photos"]), (tmp_path / "out").exists()) == (0, 7, False)


USAGE = [
    (["show"], "PATH"),
    (["set", "FOLDER"], "--field"),
    (["set", "FOLDER", "--field", "captoin=x"], "captoin"),
    (["set", "FOLDER", "--field", "caption"], "KEY=VALUE"),
    (["export", "FOLDER", "OUT", "--recipe", "nope"], "nope"),
    (["export", "NONE", "OUT"], "NONE"),
    (["story", "NONE", "FOLDER"], "NONE"),
    (["NONE"], "NONE"),
    (["set", "FOLDER", "--from", "NONE.csv"], "NONE.csv"),
]


@pytest.mark.parametrize(
    ("words", "named"), USAGE, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_wrong_usage_exits_with_two_and_says_what(run, folder, tmp_path, words, named):
    code, _out, err = run(*(str(folder) if word == "FOLDER" else word for word in words))
    assert (code, named in err) == (2, True)


def test_an_empty_folder_is_named(run, tmp_path):
    (tmp_path / "empty").mkdir()
    code, _out, err = run("show", tmp_path / "empty")
    assert (code, "no photos in" in err) == (1, True)


def test_a_path_alone_opens_the_window(run, folder):
    assert cli.main([str(folder)]) == OpenWindow((folder,))
    assert cli.main([]) == OpenWindow()


def test_a_drive_that_does_not_answer_is_for_the_window_to_tell_of(folder, monkeypatch):
    answer = Event()
    monkeypatch.setattr("captioner.cli.window._ANSWER_S", 0.1)
    monkeypatch.setattr("pathlib.Path.exists", lambda path: path != folder or answer.wait(10))
    try:
        assert cli.main([str(folder)]) == OpenWindow((folder,))
    finally:
        answer.set()


def test_the_sample_set_is_laid_out_once_and_keeps_edits(run, tmp_path):
    window = cli.main(["demo", str(tmp_path / "demo")])
    photo = next(iter(sorted((tmp_path / "demo").glob("*.jpg"))))
    run("set", photo, "--field", "caption=Mine")
    cli.main(["demo", str(tmp_path / "demo")])
    assert isinstance(window, OpenWindow)
    assert run("show", photo, "--json")[1][0]["fields"]["caption"] == "Mine"


def test_the_sample_set_is_done_without_a_display(tmp_path, home):
    command = [sys.executable, "-m", "captioner", "demo", str(tmp_path / "demo")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    exported = sorted((tmp_path / "demo" / "export-1").glob("*.jpg"))
    assert (done.returncode, len(exported)) == (0, 7), done.stderr
    assert str(tmp_path / "demo" / "export-1") in done.stdout


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_a_terminal_without_the_characters_is_no_reason_to_fail(run, folder, home, flags):
    photo = folder / "photo-1.jpg"
    run("set", photo, "--field", "caption=김 😀 é")
    command = [sys.executable, "-m", "captioner", "show", str(photo), *flags]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    held = json.loads(done.stdout)[0]["fields"]["caption"] if flags else done.stdout.decode()
    assert held == "김 😀 é" if flags else "caption: \\uae40 \\U0001f600 \\xe9" in held


def test_the_order_that_was_saved_is_the_order_of_every_command(run, folder):
    from captioner import paths
    from captioner.storage import drafts

    order = tuple(sorted(folder.iterdir(), reverse=True))
    drafts.record_set(paths.drafts_file(), str(folder), drafts.SetState(order))
    assert [each["path"][-5] for each in run("show", folder, "--json")[1]] == list("7654321")


def test_a_folder_is_the_same_however_it_is_named(run, folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    from captioner import paths
    from captioner.storage import drafts

    drafts.record_set(paths.drafts_file(), str(folder), drafts.SetState(tuple(sorted(folder.iterdir(), reverse=True))))
    for named in (tmp_path / "link", folder / ".." / folder.name):
        assert [each["path"][-5] for each in run("show", named, "--json")[1]] == list("7654321")


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
def test_a_name_that_is_no_text_stops_nothing(run, folder, tmp_path):
    (folder / "photo-1.jpg").rename(os.fsdecode(os.fsencode(folder) + b"/bad\xff.jpg"))
    assert run("set", folder, "--field", "city=Oslo")[0] == 0
    assert run("export", folder, tmp_path / "out")[0] == 0
    assert len(list((tmp_path / "out").glob("*.jpg"))) == 7


def test_settings_that_are_wrong_say_what(run, folder, home):
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('exif_artist = "nobody"')
    code, _out, err = run("show", folder)
    assert (code, "exif_artist" in err) == (2, True)


@pytest.fixture
def setting(home):
    """Settings of the test, such as `save_to="export"`."""

    def write(**values):
        folder = home / "config"
        folder.mkdir(exist_ok=True)
        (folder / "settings.toml").write_text("".join(f'{key} = "{value}"\n' for key, value in values.items()))

    return write


def test_originals_that_are_never_written_have_drafts_that_exports_take(run, folder, tmp_path, setting):
    setting(save_to="export")
    before = [path.read_bytes() for path in sorted(folder.iterdir())]
    assert run("set", folder, "--field", "credit=Ann Lee/AP")[0] == 0
    assert run("set", folder / "photo-1.jpg", "--field", "caption=First")[0] == 0
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == before
    assert run("show", folder, "--json")[1][0]["fields"] == {"caption": "First", "credit": "Ann Lee/AP"}
    document = run("export", folder, tmp_path / "out", "--json")[1]
    held = readers.exiftool(tmp_path / "out" / document["photos"][0]["file"])
    assert (held["IPTC:Caption-Abstract"], held["XMP-photoshop:Credit"]) == ("First", "Ann Lee/AP")


def test_photos_that_are_left_alone_have_sidecars(run, folder, setting):
    setting(save_to="sidecar", sidecar_naming="NAME.EXT.xmp")
    before = (folder / "photo-1.jpg").read_bytes()
    _code, out, _err = run("set", folder / "photo-1.jpg", "--field", "caption=Beside")
    assert "photo-1.jpg.xmp: set caption" in out
    assert (folder / "photo-1.jpg").read_bytes() == before
    document = run("show", folder / "photo-1.jpg", "--json", "--blocks")[1][0]
    assert (document["fields"], document["blocks"]) == ({"caption": "Beside"}, {"sidecar": {"caption": "Beside"}})


def test_blocks_that_disagree_are_marked(run, folder):
    photo = folder / "photo-1.jpg"
    run("set", photo, "--field", "credit=Ours/AP")
    subprocess.run(["exiftool", "-q", "-overwrite_original", "-IPTC:Credit=Theirs/AP", str(photo)], check=True)
    _code, out, _err = run("show", photo, "--blocks")
    marks = [line.split()[:2] for line in out.splitlines() if "/AP" in line and line.startswith("    ")]
    assert marks == [["=", "exif:"], ["≠", "iim:"], ["=", "xmp:"]]
    assert run("show", photo, "--json")[1][0]["disagreements"] == ["credit"]


@pytest.mark.parametrize(("choice", "code", "caption"), [
    ("merge", 1, "Theirs"), ("mine", 0, "Mine"), ("theirs", 0, "Theirs"), ("fail", 1, "Theirs")])  # fmt: skip
def test_what_changes_while_a_command_runs_is_merged_as_asked(run, folder, monkeypatch, choice, code, caption):
    """Another program writes between the command's reading and its writing."""
    photo, save = folder / "photo-1.jpg", storage.save_values

    def meanwhile(*arguments):
        save(storage.read_photo(photo, Policy()), {"caption": "Theirs", "city": "Oslo"}, Policy())
        return save(*arguments)

    monkeypatch.setattr(storage, "save_values", meanwhile)
    assert run("set", photo, "--field", "caption=Mine", "--field", "state=Viken", f"--on-conflict={choice}")[0] == code
    fields = run("show", photo, "--json")[1][0]["fields"]
    assert (fields["caption"], fields["city"]) == (caption, "Oslo")
    assert fields.get("state", "") == ("" if choice == "fail" else "Viken")


def test_a_signed_photo_is_written_only_when_somebody_agrees(run, folder):
    photo = folder / "photo-1.jpg"
    manifest = b"\xff\xeb\x00\x1aJP\x00\x01\x00\x00\x00\x01\x00\x00\x00\x10jumb....c2pa"
    photo.write_bytes(photo.read_bytes()[:2] + manifest + photo.read_bytes()[2:])
    before = photo.read_bytes()
    code, _out, err = run("set", photo, "--field", "caption=New")
    assert (code, "carries Content Credentials (C2PA)" in err, photo.read_bytes() == before) == (1, True, True)
    assert run("set", photo, "--field", "caption=New", "--break-signature")[0] == 0
    assert manifest in photo.read_bytes()
