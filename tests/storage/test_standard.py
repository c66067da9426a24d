"""FIELDS against the IPTC's own machine-readable reference."""

import json

import pytest

from captioner.core.fields import FIELDS, Kind
from captioner.storage.blocks.exif import TAGS
from tests.conftest import SHARED


@pytest.fixture(scope="module")
def properties():
    file = SHARED / "iptc-techreference-2021.1.json"
    if not file.exists():
        pytest.skip("the reference is not there")
    return {each["XMPid"]: each for each in json.loads(file.read_text(encoding="utf-8"))["ipmd_top"].values()
            if "XMPid" in each}  # fmt: skip


NEWER = {"data_mining"}  # came with 2023.1


@pytest.mark.parametrize("key", sorted(FIELDS.keys() - NEWER))
def test_a_field_has_the_standards_identifiers_and_limits(properties, key):
    row, reference = FIELDS[key], properties[FIELDS[key].xmp[0]]
    assert [f"2:{number:02}" for number in row.iim[:1]] == [each for each in [reference.get("IIMid")] if each]
    if key != "date_created":
        assert row.octets == reference.get("IIMmaxbytes", 0)
    assert (row.kind is Kind.LIST) == (reference["propoccurrence"] == "multi")
    if "EXIFid" in reference:
        assert TAGS[row.exif].number == int(reference["EXIFid"])
