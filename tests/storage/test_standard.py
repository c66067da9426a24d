"""FIELDS, and what is written by it, against the IPTC's own machine-readable reference."""

import json

import pytest

from captioner.core.fields import FIELDS, Kind
from captioner.core.policy import Policy
from captioner.storage import photos
from captioner.storage.blocks.exif import TAGS
from tests import pictures, readers
from tests.conftest import SHARED


@pytest.fixture(scope="module")
def properties():
    file = SHARED / "iptc-techreference-2021.1.json"
    if not file.exists():
        pytest.skip("the reference is not there")
    return {each["XMPid"]: each for each in json.loads(file.read_text(encoding="utf-8"))["ipmd_top"].values()
            if "XMPid" in each}  # fmt: skip


NEWER = {"data_mining"}  # came with 2023.1
KEYS = sorted(FIELDS.keys() - NEWER)


@pytest.mark.parametrize("key", KEYS)
def test_a_field_has_the_standards_identifiers_and_limits(properties, key):
    row, reference = FIELDS[key], properties[FIELDS[key].xmp[0]]
    assert [f"2:{number:02}" for number in row.iim[:1]] == [each for each in [reference.get("IIMid")] if each]
    if key != "date_created":
        assert row.octets == reference.get("IIMmaxbytes", 0)
    assert (row.kind is Kind.LIST) == (reference["propoccurrence"] == "multi")
    if "EXIFid" in reference:
        assert TAGS[row.exif].number == int(reference["EXIFid"])


PLACES = ["JPEG", "TIFF"]
every_field_in_every_place = pytest.mark.parametrize(("place", "key"), [(p, k) for p in PLACES for k in KEYS])


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    """Files that hold every field."""
    folder = tmp_path_factory.mktemp("standard")
    paths = {"JPEG": pictures.camera(folder / "a.jpg"), "TIFF": pictures.draw(folder / "a.tif")}
    for path in paths.values():
        photos.save_values(photos.read_photo(path, Policy()), {key: value(key) for key in FIELDS}, Policy())
    return paths


@pytest.fixture(scope="module")
def files(paths):
    """What ExifTool finds in each, with its identifiers."""
    held = readers.exiftool_many(paths.values(), "-D")
    return {place: held[path] for place, path in paths.items()}


def value(key):
    match FIELDS[key].kind:
        case Kind.LIST:
            return (f"{key} 김", f"{key} Ё")
        case Kind.DATE:
            return "2024-05-06T07:08:09+07:00"
        case _:
            return f"{key} 김"


def tags(held, reference, block):
    """What the block holds under the names that the reference has for ExifTool; none where it has no place for it."""
    names = reference.get(f"et{block}", "").split("+")
    return [held[name] for name in names if name in held]


def texts(held, reference, block):
    """As one text, however the block divides it: lists have `; ` in EXIF, and a date stands in several tags."""
    found = [tag["val"] for tag in tags(held, reference, block)]
    if block == "EXIF" and reference["XMPid"] == "photoshop:DateCreated":
        return "".join([*found, held["ExifIFD:OffsetTimeOriginal"]["val"]])  # Exif 2.31; the reference is older
    return " ".join("; ".join(each) if isinstance(each, list) else each for each in found)


def mapped(reference):
    return [block for block in ("XMP", "IIM", "EXIF") if f"{block}id" in reference]


@every_field_in_every_place
def test_a_field_stands_under_the_standards_identifier_in_each_block(properties, files, place, key):
    reference = properties[FIELDS[key].xmp[0]]
    held = {block: [str(tag["id"]) for tag in tags(files[place], reference, block)][:1] for block in mapped(reference)}
    wanted = {block: [reference[f"{block}id"].split(":")[-1].lstrip("0")] for block in mapped(reference)}
    assert held == wanted


@every_field_in_every_place
def test_the_blocks_of_a_field_are_in_step(properties, files, place, key):
    reference = properties[FIELDS[key].xmp[0]]
    in_xmp = texts(files[place], reference, "XMP")
    assert {block: texts(files[place], reference, block) for block in mapped(reference)} == dict.fromkeys(
        mapped(reference), in_xmp
    )


@every_field_in_every_place
def test_a_property_occurs_as_often_as_the_standard_says(properties, files, place, key):
    reference = properties[FIELDS[key].xmp[0]]
    (tag,) = tags(files[place], reference, "XMP")
    assert isinstance(tag["val"], list) == (reference["propoccurrence"] == "multi")


@pytest.mark.parametrize("place", PLACES)
def test_a_dataset_occurs_as_often_as_the_standard_says(properties, paths, place):
    held = {number: len(texts) for number, texts in readers.pillow_iptc(paths[place]).items()}
    references = [properties[FIELDS[key].xmp[0]] for key in KEYS]
    wanted = {f"2#{int(each['IIMid'][2:]):03}": 2 if each["propoccurrence"] == "multi" else 1
              for each in references if "IIMid" in each}  # fmt: skip
    assert {number: held.get(number) for number in wanted} == wanted


@pytest.mark.parametrize("place", PLACES)
def test_no_block_holds_a_property_that_no_field_has(properties, files, place):
    """Among the standard's own, which the reference knows by ExifTool's names."""
    known = {name: each["XMPid"] for each in properties.values() for block in ("XMP", "IIM", "EXIF")
             for name in each.get(f"et{block}", "").split("+") if name}  # fmt: skip
    held = {known[name] for name in files[place] if name in known}
    assert held == {FIELDS[key].xmp[0] for key in KEYS}
