from dataclasses import fields
from pathlib import Path

import pytest

from captioner import paths
from captioner.errors import UsageError
from captioner.export.recipes import Recipe, Rendition, broken_recipes, load_recipe, ready_recipes


def test_the_ready_ones_begin_with_the_default():
    assert [recipe.name for recipe in ready_recipes()] == ["cms", "ninjs", "web", "wire", "wordpress"]
    assert all(recipe.label for recipe in ready_recipes())


def test_the_cms_gets_originals_with_number_and_headline():
    assert (load_recipe("cms").renditions, load_recipe("cms").names) == ((Rendition(),), "{seq:02}_{headline:slug}")


def test_the_web_gets_2048_pixels():
    assert [each.long_edge for each in load_recipe("web").renditions] == [2048]


def test_a_desk_can_bring_its_own(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text('label = "Ours"\nnames = "{seq}_{city}"\nlong_edge = 1200\nquality = 70\n')
    assert load_recipe(str(file)) == Recipe(
        "ours", "Ours", "{seq}_{city}", renditions=(Rendition(format="jpeg", long_edge=1200, quality=70),)
    )


@pytest.mark.parametrize(("text", "told"), [
    ("quality = 'x'", "“quality” can't be 'x'"), ("quality = 0", "“quality” can't be 0"),
    ("long_edge = true", "“long_edge” can't be True"), ("long_edge = -1", "“long_edge” can't be -1"),
    ("colour = 1", "no setting “colour”"), ("name = 'x'", "no setting “name”"), ("names = '{nope}'", "{nope}"),
    ("names = 3", "“names” can't be 3"), ("label", "not valid TOML"), ("\udcff", "not valid TOML"),
])  # fmt: skip
def test_a_wrong_recipe_is_named_with_what_is_wrong(tmp_path, text, told):
    file = tmp_path / "ours.toml"
    file.write_text(text, errors="surrogateescape")
    with pytest.raises(UsageError) as raised:
        load_recipe(str(file))
    assert str(file) in str(raised.value)
    assert told in str(raised.value)
    assert str(raised.value).endswith(".")


@pytest.mark.parametrize("name", ["", "nope", "../cms", "CMS"])
def test_an_unknown_name_is_answered_with_those_that_there_are(name):
    with pytest.raises(UsageError, match="cms, ninjs, web, wire, wordpress"):
        load_recipe(name)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"no recipe .*gone\.toml"):
        load_recipe(str(tmp_path / "gone.toml"))


def test_a_folder_is_no_recipe(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(UsageError, match=r"folder\.toml"):
        load_recipe(str(tmp_path / "folder.toml"))


WHOLE = """
label = "Ours"
names = "{original}_{seq:03}"
longest_name = 64
keep = "captions"
remove = ["gps", "serial_numbers", "maker_notes", "thumbnail", "edit_history"]
iim_lengths = "strict"
manifests = ["json", "csv", "ninjs", "text", "html", "contact_sheet"]
csv_bom = true
existing = "version"
destination = "~/upload"
stops = ["embargo", "no-use", "territory", "editorial", "archive", "sales", "credit"]
format = "webp"
quality = 70

[[renditions]]
folder = "web"
long_edge = 2048
max_kb = 400
progressive = false
sharpen = true

[[renditions]]
format = "original"
quality = 90
"""


def test_every_setting_is_taken(tmp_path):
    (tmp_path / "ours.toml").write_text(WHOLE)
    recipe, plain = load_recipe(str(tmp_path / "ours.toml")), Recipe("other")
    assert [each.name for each in fields(Recipe) if getattr(recipe, each.name) == getattr(plain, each.name)] == []
    assert recipe.renditions == (
        Rendition("web", "webp", 2048, 70, 400, progressive=False, sharpen=True), Rendition("", "original", 0, 90),
    )  # fmt: skip
    assert recipe.folder == Path.home() / "upload"


@pytest.mark.parametrize(("text", "told"), [
    ("longest_name = 23", "“longest_name” can't be 23"), ("max_kb = -1", "“max_kb” can't be -1"),
    ("progressive = 1", "“progressive” can't be 1"), ("sharpen = 'yes'", "“sharpen” can't be 'yes'"),
    ("format = 'gif'", "“format” can't be 'gif'; it can be original, jpeg, webp"),
    ("keep = 'some'", "“keep” can't be 'some'; it can be all, captions, none"),
    ("remove = 'gps'", "“remove” can't be 'gps'; it can be gps, "), ("remove = [3]", "“remove” can't be [3]"),
    ("iim_lengths = 'short'", "it can be \"\", full, strict"), ("manifests = ['xml']", "“manifests” can't be ['xml']"),
    ("csv_bom = 1", "“csv_bom” can't be 1"), ("existing = 'ask'", "it can be stop, replace, version"),
    ("destination = 3", "“destination” can't be 3"), ("stops = ['rain']", "“stops” can't be ['rain']"),
    ("names = '{seq:9}{seq:9}{seq:9}'\nlongest_name = 24", "too long for names of 24 characters"),
    (f"names = '{'{seq:9}' * 30}'", "too long for names of 120 characters"), ("file = 'x'", "no setting “file”"),
    ("label = []", "“label” can't be []"), ("folder = 'web'", "no setting “folder”"),
    ("renditions = []", "“renditions” can't be []"), ("renditions = 3", "“renditions” can't be 3"),
    ("[[renditions]]\nkeep = 'all'", "no setting “keep”"), ("[[renditions]]\nfolder = '../x'", "can't be '../x'"),
    ("[[renditions]]\nfolder = 'CON'", "“folder” can't be 'CON'"), ("[[renditions]]\nfolder = '.x'", "can't be '.x'"),
    *((f"[[renditions]]\nfolder = '{folder}'", "“folder” can't be") for folder in (
        "web ", "web.", "-x", "~", "Manifest.json", "captions.csv", "x" * 61)),
    ("[[renditions]]\n[[renditions]]", "a folder of its own"),
    ("[[renditions]]\nfolder = 'a'\n[[renditions]]\nfolder = 'A'", "a folder of its own"),
])  # fmt: skip
def test_each_setting_that_cannot_be_is_told(tmp_path, text, told):
    (tmp_path / "ours.toml").write_text(text)
    with pytest.raises(UsageError) as raised:
        load_recipe(str(tmp_path / "ours.toml"))
    assert told in str(raised.value)
    assert str(raised.value).endswith(".")


@pytest.fixture
def own(home):
    """A recipe of the desk."""

    def write(name: str, text: str) -> None:
        paths.recipes_folder().mkdir(parents=True, exist_ok=True)
        (paths.recipes_folder() / f"{name}.toml").write_text(text)

    return write


def test_a_desks_own_takes_the_place_of_a_shipped_one(own):
    own("web", 'label = "Ours"')
    own("zeta", 'label = "Last"')
    assert [recipe.name for recipe in ready_recipes()] == ["cms", "ninjs", "web", "wire", "wordpress", "zeta"]
    assert load_recipe("web").label == "Ours"


def test_a_broken_one_is_named_and_left_out(own):
    own("web", "quality = 0")
    assert [recipe.name for recipe in ready_recipes()] == ["cms", "ninjs", "wire", "wordpress"]
    (told,) = broken_recipes()
    assert told.startswith(f"The recipe {paths.recipes_folder() / 'web.toml'} can't be used")


def test_nobody_makes_the_folder_of_recipes():
    assert (ready_recipes() != (), broken_recipes(), paths.recipes_folder().exists()) == (True, (), False)


@pytest.mark.parametrize(("text", "folder"), [("", None), ("~nobody-here/x", None), ("/up/x.zip", Path("/up/x.zip"))])
def test_a_destination_is_offered_where_it_can_be(text, folder):
    assert Recipe("r", destination=text).folder == folder


def test_the_guides_example_is_a_recipe_with_every_key_and_its_default(tmp_path):
    guide = (Path(__file__).parents[2] / "docs" / "guide.md").read_text("utf-8")
    example = guide.split("```toml\n")[-1].split("```")[0]
    (tmp_path / "ours.toml").write_text(example, "utf-8")
    recipe = load_recipe(str(tmp_path / "ours.toml"))
    assert [each.folder for each in recipe.renditions] == ["original", "web"]
    assert recipe == Recipe("ours", recipe.label, renditions=recipe.renditions)
    keys = {line.split(" = ")[0] for line in example.splitlines() if " = " in line and not line.startswith("#")}
    assert keys == {each.name for each in (*fields(Recipe), *fields(Rendition))} - {"name", "renditions", "file"}
