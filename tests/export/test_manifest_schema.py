"""`manifest.json` against the schema that is shipped with the program."""

import json

import pytest
from jsonschema import Draft202012Validator

from captioner import paths
from captioner.core.fields import FIELDS
from captioner.export.recipes import ready_recipes

SCHEMA = json.loads((paths.resources() / "schemas" / "manifest.schema.json").read_bytes())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
WITH_MANIFEST = [recipe.name for recipe in ready_recipes() if "json" in recipe.manifests]


@pytest.fixture
def manifest(export):
    return json.loads(export().manifest.read_bytes())


@pytest.mark.parametrize("recipe", WITH_MANIFEST)
def test_what_a_ready_recipe_exports_is_valid(export, destination, recipe):
    export(recipe=recipe)
    VALIDATOR.validate(json.loads((destination / "manifest.json").read_bytes()))


def test_every_field_and_every_refusal_has_its_place(export, story, destination):
    full = {key: ("Ann", "Bo") if field.empty == () else "Kim" for key, field in FIELDS.items()} | {
        "date_created": "2023"
    }
    for key, value in full.items():
        story[0] = story[0].edited(key, value)
    story[1].path.write_bytes(b"")
    export(story)
    held = json.loads((destination / "manifest.json").read_bytes())
    VALIDATOR.validate(held)
    assert held["photos"][0]["fields"].keys() == FIELDS.keys()
    assert len(held["refused"]) == 1


def test_the_schema_is_valid_itself():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_property_is_described():
    told = [(name, row) for name, row in _properties(SCHEMA) if "$ref" not in row]
    assert len(told) > 40
    assert [name for name, row in told if not row.get("description")] == []


def test_the_schema_knows_exactly_the_fields_there_are():
    assert SCHEMA["$defs"]["fields"]["properties"].keys() == FIELDS.keys()


@pytest.mark.parametrize("change", [
    {"version": 2}, {"headline": None}, {"exported": "today"}, {"surprise": 1}, {"photos": {}},
    {"refused": [{"source": "a.jpg"}]},
])  # fmt: skip
def test_a_manifest_that_says_something_else_is_not_valid(manifest, change):
    assert not VALIDATOR.is_valid(manifest | change)


@pytest.mark.parametrize("change", [
    {"sequence": "1"}, {"sequence": 0}, {"bytes": 1.5}, {"sha256": "ABC"}, {"surprise": 1}, {"fields": {"nope": "x"}},
    {"fields": {"creator": "Ann"}}, {"fields": {"caption": ["x"]}}, {"fields": {"caption": ""}}, {"renditions": []},
])  # fmt: skip
def test_a_photo_that_says_something_else_is_not_valid(manifest, change):
    manifest["photos"][0] |= change
    assert not VALIDATOR.is_valid(manifest)


def test_a_key_that_is_missing_is_told(manifest):
    del manifest["photos"][0]["file"]
    assert not VALIDATOR.is_valid(manifest)


def _properties(schema):
    for name, row in schema.get("properties", {}).items():
        yield name, row
        yield from _properties(row)
    for row in schema.get("$defs", {}).values():
        yield from _properties(row)
