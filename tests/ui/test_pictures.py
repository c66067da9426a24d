import piexif
import pytest

from captioner.ui.pictures import PREVIEW, THUMBNAIL, Pictures, decoded
from tests import pictures as drawn


@pytest.fixture
def pictures(qtbot):
    made = Pictures()
    yield made
    made.close()
    made.deleteLater()


def test_a_picture_is_shown_upright_and_small(tmp_path):
    exif = piexif.dump({"0th": {piexif.ImageIFD.Orientation: 6}})
    image = decoded(drawn.draw(tmp_path / "a.jpg", size=(1200, 800), exif=exif), THUMBNAIL)
    assert (image.width(), image.height()) == (256 * 800 // 1200, 256)


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tif", "a.gif"])
def test_other_formats_are_shown_too(tmp_path, name):
    assert not decoded(drawn.draw(tmp_path / name), THUMBNAIL).isNull()


def test_what_is_wanted_is_decoded_and_kept(qtbot, pictures, tmp_path):
    paths = drawn.seven(tmp_path)
    pictures.want(THUMBNAIL, paths)
    qtbot.waitUntil(lambda: all(pictures.get(path, THUMBNAIL) for path in paths), timeout=5000)
    assert pictures.get(paths[0], PREVIEW) is None


def test_a_file_that_is_no_picture_is_known_to_be_none(qtbot, pictures, tmp_path):
    (tmp_path / "a.jpg").write_text("text")
    pictures.want(THUMBNAIL, [tmp_path / "a.jpg"])
    qtbot.waitUntil(lambda: pictures.get(tmp_path / "a.jpg", THUMBNAIL) is not None, timeout=5000)
    assert pictures.get(tmp_path / "a.jpg", THUMBNAIL).isNull()
