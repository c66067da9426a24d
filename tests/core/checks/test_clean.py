import tomllib
from pathlib import Path

from captioner.core import checks
from captioner.core.photo import Photo
from captioner.storage.desk_data import load_knowledge
from tests.core.checks.judged import photo

FILES = sorted((Path(__file__).parent / "clean").glob("*.toml"))
"""Captions as desks write them, in sets, with nothing wrong in them."""
LONG_CREDIT = "too-long"


def sets() -> list[list[Photo]]:
    held = [each for file in FILES for each in tomllib.loads(file.read_text("utf-8"))["sets"]]
    return [[photo(f"{number}.jpg", caption=caption, credit=each["credit"])
             for number, caption in enumerate(each["captions"])] for each in held]  # fmt: skip


def test_there_are_two_hundred_captions_in_six_languages():
    assert len(FILES) == 6
    assert sum(map(len, sets())) >= 200


def test_clean_captions_raise_hardly_an_alarm():
    found = [each for photos in sets() for each in checks.find(photos, load_knowledge())]
    alarms = [each for each in found if each.is_problem]
    quiet = [each for each in found if not each.is_problem and each.check not in ("alt-text", LONG_CREDIT)]
    assert len(alarms) + len(quiet) <= 2, [each.message for each in (*alarms, *quiet)]


def test_a_whole_language_is_as_clean_as_its_sets():
    """Photos of several events side by side, as an archive has them."""
    for file in FILES:
        photos = [photo(f"{row}-{number}.jpg", caption=caption, credit=each["credit"])
                  for row, each in enumerate(tomllib.loads(file.read_text("utf-8"))["sets"])
                  for number, caption in enumerate(each["captions"])]  # fmt: skip
        problems = [each.message for each in checks.find(photos, load_knowledge()) if each.is_problem]
        assert len(problems) <= 2, problems
