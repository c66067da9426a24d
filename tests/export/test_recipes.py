import pytest

from captioner.errors import UsageError
from captioner.export.recipes import Recipe, Rendition, load_recipe, ready_recipes


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
