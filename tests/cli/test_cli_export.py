"""Exporting from the command line: where to, by which recipe, what may not go out, and what is sent again."""

import sys

import pytest

from captioner import paths
from tests import pictures

EMBARGO = "EMBARGOED UNTIL 18:00 GMT SEPT 13"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def recipe(name: str, text: str):
    paths.recipes_folder().mkdir(parents=True, exist_ok=True)
    file = paths.recipes_folder() / f"{name}.toml"
    file.write_text(text, "utf-8")
    return file


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# Where to, and how


def test_the_folder_can_come_from_the_recipe(run, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    recipe("ours", 'destination = "~/upload"\nmanifests = []')
    code, said, _err = run("export", folder, "--recipe", "ours")
    assert (code, len(names(tmp_path / "upload"))) == (0, 7)
    assert said.endswith(f"Exported to {tmp_path / 'upload'}.\n")


@pytest.mark.parametrize("words", [[], ["--recipe", "web"]])
def test_without_any_folder_it_is_asked_for(run, folder, words):
    code, said, err = run("export", folder, *words)
    assert (code, said) == (2, "")
    assert "Name the folder to export into" in err


@pytest.mark.parametrize("words", [["folder", ""], ["", "out"], ["--finish", ""], ["--clean-up", ""]])
def test_an_empty_name_is_no_folder(run, folder, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    before = names(tmp_path)
    code, said, err = run("export", *words)
    assert (code, said, names(tmp_path)) == (2, "", before)
    assert err == "captioner: The name of a folder is empty; name the folder.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
@pytest.mark.parametrize("ending", ["", ".zip"])
def test_folders_whose_names_are_no_text_are_taken_as_any(run, folder, tmp_path, ending):
    hostile, out = folder.rename(tmp_path / "set\udcff"), tmp_path / f"out\udcfe{ending}"
    run("set", hostile, "--field", "caption=Kim")
    assert run("export", hostile, out, "--recipe", "web")[0] == 0
    run("set", hostile, "--field", "caption=Putin")
    code, document, err = run("export", hostile, out, "--corrections", "--json")
    assert (code, err, len(document["photos"])) == (0, "", 7)


def test_without_photos_their_folder_is_asked_for(run):
    code, _said, err = run("export")
    assert (code, "Name the folder of the photos" in err) == (2, True)


def test_a_recipe_can_be_a_file(run, folder, out):
    file = recipe("ours", 'names = "{original}"\nmanifests = []')
    assert run("export", folder, out, "--recipe", file)[0] == 0
    assert names(out) == [f"photo-{number}.jpg" for number in range(1, 8)]


def test_a_broken_recipe_is_told(run, folder, out):
    recipe("ours", "quality = 0")
    code, _said, err = run("export", folder, out, "--recipe", "ours")
    assert (code, "can't be used: “quality” can't be 0" in err, out.exists()) == (2, True, False)


def test_a_name_that_begins_with_a_hyphen_is_a_folder_after_two(run, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("export", folder, "--", "-out")[0] == 0
    assert "manifest.json" in names(tmp_path / "-out")


def test_photos_are_left_out_by_name(run, folder, out):
    code, document, _err = run("export", folder, out, "--exclude", "photo-1.jpg", "--exclude", "photo-7.jpg", "--json")
    assert (code, [each["source"][-5] for each in document["photos"]]) == (0, list("23456"))
    code, _said, err = run("export", folder, out, "--exclude", "photo-9.jpg")
    assert (code, "--exclude names photo-9.jpg" in err) == (2, True)


def test_the_ways_to_export_are_listed(run):
    recipe("zeta", 'label = "Ours"')
    recipe("alpha", "quality = 0")
    code, document, err = run("recipes", "--json")
    assert [each["name"] for each in document] == ["cms", "alpha", "ninjs", "web", "wire", "wordpress", "zeta"]
    assert document[-1] == {"name": "zeta", "label": "Ours", "file": str(paths.recipes_folder() / "zeta.toml"),
                            "error": None}  # fmt: skip
    assert (code, "“quality” can't be 0" in err, "“quality” can't be 0" in document[1]["error"]) == (1, True, True)


# A look before


def test_a_plan_carries_what_speaks_against_each_photo(run, folder, out):
    run("set", folder, "--field", "caption=Warga menanam padi.", "--field", "credit=Ann Lee/AP")
    run("set", folder / "photo-2.jpg", "--field", "credit=", "--field", "caption=Teh the end.")
    code, document, _err = run("export", folder, out, "--dry-run", "--json")
    checks = [{each["check"] for each in photo["findings"]} for photo in document["photos"]]
    assert (code, "credit-missing" in checks[1], "credit-missing" in checks[0]) == (1, True, False)
    assert (document["photos"][1]["missing"], out.exists()) == (["credit"], False)


def test_the_desks_weights_count_in_a_plan(run, folder, out):
    paths.settings_file().parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file().write_text('[checks]\ncredit-missing = "off"\n', "utf-8")
    document = run("export", folder, out, "--dry-run", "--json")[1]
    assert "credit-missing" not in {each["check"] for photo in document["photos"] for each in photo["findings"]}


# What may not go out


def test_what_may_not_go_out_stops_it_and_says_what_to_do(run, folder, out):
    run("set", folder / "photo-3.jpg", "--field", f"instructions={EMBARGO}")
    code, said, err = run("export", folder, out, "--json")
    assert (code, said, out.exists()) == (1, "", False)
    first, second = err.splitlines()
    assert first.startswith("captioner: photo-3.jpg is under embargo")
    assert "--exclude NAME" in second
    assert "--override REASON" in second


def test_a_reason_lets_it_go_out_and_stays_on_record(run, folder, out):
    run("set", folder / "photo-3.jpg", "--field", f"instructions={EMBARGO}")
    code, document, err = run("export", folder, out, "--override", "The chief, 17:50", "--json")
    assert (code, document["override"], "under embargo" in err) == (0, "The chief, 17:50", True)
    assert [each["source"][-5] for each in document["restricted"]] == ["3"]


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_reason_is_none(run, folder, out, reason):
    code, _said, err = run("export", folder, out, "--override", reason)
    assert (code, "--override needs the reason" in err) == (2, True)


# What is sent again


def test_corrections_send_what_has_changed(run, folder, out):
    run("export", folder, out)
    for path in out.iterdir():
        path.unlink()
    run("set", folder / "photo-2.jpg", "--field", "credit=Ann Lee/AP")
    code, document, err = run("export", folder, "--corrections", "--json")
    assert (code, err, names(out)) == (0, "", ["02_photo-2.jpg", "correction-01.json"])
    assert document["manifest"] == str(out / "correction-01.json")
    assert [each["sequence"] for each in document["photos"]] == [2]


def test_nothing_to_correct_is_told_and_no_failure(run, folder, out):
    run("export", folder, out)
    code, document, err = run("export", folder, out, "--corrections", "--json")
    assert (code, document["photos"], "Nothing has changed since" in err) == (0, [], True)
    assert document["manifest"] == ""


def test_what_is_new_is_told_and_not_sent(run, folder, out):
    run("export", folder, out)
    pictures.draw(folder / "photo-8.jpg")
    code, document, err = run("export", folder, out, "--corrections", "--json")
    assert (code, document["photos"], "1 photo was no part of the export" in err) == (1, [], True)
    assert document["notes"] == ["1 photo was no part of the export and is not sent; export the whole set for it."]


def test_corrections_can_be_looked_at_first(run, folder, out):
    run("export", folder, out)
    run("set", folder / "photo-2.jpg", "--field", "city=Oslo")
    before = names(out)
    document = run("export", folder, out, "--corrections", "--dry-run", "--json")[1]
    assert ([each["file"] for each in document["photos"]], names(out)) == (["02_photo-2.jpg"], before)


def test_a_recipe_that_is_gone_since_is_told_and_another_can_be_named(run, folder, out):
    file = recipe("ours", 'names = "{original}"')
    run("export", folder, out, "--recipe", "ours")
    file.unlink()
    run("set", folder / "photo-2.jpg", "--field", "city=Oslo")
    code, _said, err = run("export", folder, out, "--corrections")
    assert (code, "There is no recipe “ours”" in err) == (2, True)
    document = run("export", folder, out, "--corrections", "--recipe", "cms", "--dry-run", "--json")[1]
    assert [each["file"] for each in document["photos"]] == ["photo-2.jpg"]


def test_corrections_go_by_the_very_file_that_was_the_recipe(run, folder, out, tmp_path):
    (tmp_path / "cms.toml").write_text("manifests = []")
    run("export", folder, out, "--recipe", tmp_path / "cms.toml")
    run("set", folder / "photo-2.jpg", "--field", "city=Oslo")
    code, document, err = run("export", folder, out, "--corrections", "--json")
    assert (code, err, document["manifest"], len(names(out))) == (0, "", "", 7)


def test_a_set_that_was_never_exported_has_no_corrections(run, folder, out):
    code, _said, err = run("export", folder, out, "--corrections")
    assert (code, "No export of these photos into" in err) == (1, True)


def test_an_export_that_is_not_on_record_exits_with_one(run, folder, out):
    paths.data_folder().mkdir(parents=True)
    paths.exports_file().mkdir()
    code, document, err = run("export", folder, out, "--json")
    assert (code, len(document["photos"]), "not on record" in err) == (1, 7, True)
    assert len(document["notes"]) == 1
