import io
from dataclasses import replace
from random import Random

import piexif
import pytest
from drawing import NOISE, PATH, SMALL, WEBP, encoded, made
from PIL import Image

from captioner.errors import CaptionerError
from captioner.export.pictures import renditions
from captioner.export.recipes import Rendition


def test_quality_decides_the_size():
    noise = encoded(Image.effect_noise((200, 200), 80), quality=95)
    small, large = (renditions.rendition(noise, replace(SMALL, quality=quality), PATH) for quality in (30, 95))
    assert len(small) < len(large)


def test_a_limit_takes_the_highest_quality_that_fits():
    data, asked = encoded(NOISE), Rendition(format="jpeg", quality=95)
    sizes = {quality: len(renditions.rendition(data, replace(asked, quality=quality), PATH)) for quality in (70, 71)}
    limit = -(-sizes[70] // 1000)
    assert sizes[71] > limit * 1000 - 999
    limited = renditions.rendition(data, replace(asked, max_kb=limit), PATH, reserve=limit * 1000 - sizes[70])
    assert limited == renditions.rendition(data, replace(asked, quality=70), PATH)


@pytest.mark.parametrize("form", ["jpeg", "webp"])
def test_below_a_floor_the_picture_is_made_smaller_rather_than_worse(form):
    data = renditions.rendition(encoded(NOISE), Rendition(format=form, max_kb=9), PATH)
    image = Image.open(io.BytesIO(data))
    assert len(data) <= 9_000
    assert 100 < image.width < 400
    assert piexif.load(image.info["exif"])["Exif"][piexif.ExifIFD.PixelXDimension] == image.width


def test_a_limit_leaves_room_for_captions():
    asked = Rendition(format="jpeg", max_kb=30)
    assert len(renditions.rendition(encoded(NOISE), asked, PATH, reserve=12_000)) <= 18_000


def test_a_limit_that_cannot_be_met_is_told():
    with pytest.raises(CaptionerError, match=r"a\.jpg can't be made as small as 2 kB"):
        renditions.rendition(encoded(NOISE), Rendition(format="jpeg", max_kb=2), PATH, reserve=1_500)


def test_a_webp_is_never_larger_than_the_format_allows():
    assert made(encoded(Image.new("L", (17_000, 10))), replace(WEBP, long_edge=0)).width == 16_383


@pytest.mark.parametrize("quality", [89, 90, 94, 100])
def test_grain_in_fine_quality_has_room(quality):
    grain = Image.frombytes("RGB", (600, 400), Random(1).randbytes(720_000))
    assert made(encoded(grain, "PNG"), Rendition(format="jpeg", quality=quality)).size == (600, 400)
