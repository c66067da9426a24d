from pathlib import Path

import pytest

from captioner.core import checks
from captioner.core.caption import Values
from captioner.core.photo import Photo, Stamp
from captioner.storage.desk_data import load_knowledge


def found(*values: dict) -> list[tuple[str, str]]:
    photos = [Photo(Path(f"{n}.jpg"), values=Values(each), stamp=Stamp(1, 1, "")) for n, each in enumerate(values)]
    return [(finding.path.name, finding.check) for finding in checks.find(photos, load_knowledge())]


CLEAN = {"caption": "Warga menyeberangi jembatan di Jakarta, Rabu (13/9/2023).", "credit": "Ann Lee/AP"}


def test_a_clean_photo_has_no_findings():
    assert found(CLEAN) == []


@pytest.mark.parametrize(("change", "check"), [
    ({"credit": ""}, "credit-missing"),
    ({"caption": "A bridge. Ann Lee/Sputnik/Kremlin Pool/AP"}, "credit-in-caption"),
    ({"caption": "NAME TO COME crosses a bridge."}, "placeholder"),
    ({"credit": "Mikhail Metzel/Sputnik/Kremlin Pool/AP"}, "too-long"),
])  # fmt: skip
def test_each_check_finds_its_case(change, check):
    assert found(CLEAN | change) == [("0.jpg", check)]


def test_the_second_of_two_same_captions_is_named():
    assert found(CLEAN, CLEAN | {"caption": CLEAN["caption"].upper()}) == [("1.jpg", "duplicate-caption")]


def test_a_file_that_was_not_read_yet_is_not_judged():
    assert checks.find([Photo(Path("a.jpg"))], load_knowledge()) == []
