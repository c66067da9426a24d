"""The sample set that ships: seven pictures without a caption, and the story that gives them theirs."""

from __future__ import annotations

import datetime
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import piexif
import pytest
from PIL import Image, ImageChops, ImageStat

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample"
PICTURES = sorted(SAMPLE.glob("*.jpg"))
CREDIT = "Ranggi Tamawira/Lensa Nusa/Selasih Harbor Pool/AP"
CAPTION_TAGS = (piexif.ImageIFD.ImageDescription, piexif.ImageIFD.Artist, piexif.ImageIFD.Copyright)

each_picture = pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)


@pytest.fixture
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("draw_samples", ROOT / "scripts" / "draw_samples.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["draw_samples"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["draw_samples"]


def paragraphs() -> list[str]:
    lines = (SAMPLE / "story.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def test_there_are_seven_pictures_and_they_stay_small() -> None:
    assert len(PICTURES) == 7
    assert sum(path.stat().st_size for path in PICTURES) < 2_500_000


@each_picture
def test_a_picture_is_large_enough_to_publish(path: Path) -> None:
    with Image.open(path) as picture:
        assert max(picture.size) >= 1200
        picture.load()


@each_picture
def test_a_picture_holds_no_caption_and_no_credit_yet(path: Path) -> None:
    tags = piexif.load(str(path))["0th"]
    assert not [tag for tag in CAPTION_TAGS if tag in tags]
    data = path.read_bytes()
    assert b"Photoshop 3.0" not in data
    assert b"ns.adobe.com/xap" not in data


def test_four_pictures_remember_their_camera() -> None:
    tags = [piexif.load(str(path)) for path in PICTURES]
    cameras = [(each["0th"][piexif.ImageIFD.Make], each["0th"][piexif.ImageIFD.Model]) for each in tags if each["0th"]]
    assert cameras == [(b"Kestrel", b"K-1")] * 4
    assert len([each for each in tags if each["thumbnail"]]) == 1
    assert [each["0th"].get(piexif.ImageIFD.Orientation) for each in tags].count(6) == 1


def test_a_profile_and_a_progressive_scan_are_among_them() -> None:
    infos = []
    for path in PICTURES:
        with Image.open(path) as picture:
            infos.append(picture.info)
    assert [info for info in infos if "icc_profile" in info]
    assert [info for info in infos if info.get("progressive")]


def test_the_story_has_a_headline_seven_captions_and_their_repeats_without_quotes() -> None:
    headline, *rest = paragraphs()
    captions, repeats = rest[:7], rest[7:]
    assert len(headline) < 100
    assert repeats == [caption.replace('"', "") for caption in captions]
    assert any('"' in caption for caption in captions)


def test_the_story_credits_the_first_and_the_third_caption_alone() -> None:
    captions = paragraphs()[1:8]
    assert [index for index, caption in enumerate(captions, 1) if caption.endswith(CREDIT)] == [1, 3]
    assert len(CREDIT.encode()) > 32


def test_the_story_names_the_weekday_that_the_date_had() -> None:
    assert "Rabu (18/9/2024)" in paragraphs()[1]
    assert datetime.date(2024, 9, 18).isoweekday() == 3


def test_the_script_names_and_sizes_the_pictures_as_they_are(script: ModuleType) -> None:
    assert [sample.name for sample in script.SAMPLES] == [path.name for path in PICTURES]
    assert {path.name for path in PICTURES if _size(path) != script.WIDE} <= {"HRB_0452.jpg"}


def test_the_script_draws_the_same_picture_again(script: ModuleType, tmp_path: Path) -> None:
    market = next(sample for sample in script.SAMPLES if sample.draw is script.draw_market)
    drawn = script.write_sample(market, tmp_path)
    assert drawn.name == market.name
    with Image.open(drawn) as now, Image.open(SAMPLE / market.name) as before:
        assert now.size == before.size
        difference = ImageStat.Stat(ImageChops.difference(now.reduce(8), before.reduce(8)))
    assert max(difference.mean) < 1


def _size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size
