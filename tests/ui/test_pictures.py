import io

import piexif
import pytest
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from captioner.storage.thumbnail_cache import ThumbnailCache
from captioner.ui.decoding import camera_thumbnail, decoded, from_jpeg
from captioner.ui.pictures import _BUDGET, PREVIEW, THUMBNAIL, Pictures
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


def with_camera_thumbnail(path, orientation=1, small=(160, 107)):
    """A red photo whose EXIF thumbnail is blue."""
    buffer = io.BytesIO()
    Image.new("RGB", small, "blue").save(buffer, "JPEG")
    exif = {"0th": {piexif.ImageIFD.Orientation: orientation}, "1st": {}, "thumbnail": buffer.getvalue()}
    Image.new("RGB", (1200, 800), "red").save(path, exif=piexif.dump(exif))
    return path


def is_blue(pixmap):
    colour = pixmap.toImage().pixelColor(5, 5)
    return colour.blue() > 200 and colour.red() < 50


def test_the_cameras_thumbnail_is_shown_first_and_then_the_photo_as_it_is(qtbot, pictures, tmp_path):
    photo, looks = with_camera_thumbnail(tmp_path / "a.jpg"), []
    pictures.ready.connect(lambda path, edge: looks.append(is_blue(pictures.get(path, edge))))
    pictures.want(THUMBNAIL, [photo])
    qtbot.waitUntil(lambda: len(looks) == 2, timeout=5000)
    assert looks == [True, False]


def test_the_photos_in_sight_are_shown_as_they_are_before_any_that_is_not(qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr("captioner.ui.pictures._THREADS", 1)
    in_sight, ahead = (with_camera_thumbnail(tmp_path / name) for name in ("a.jpg", "b.jpg"))
    pictures, looks = Pictures(), []
    pictures.ready.connect(lambda path, edge: looks.append((path, is_blue(pictures.get(path, edge)))))
    pictures.want(THUMBNAIL, [in_sight], [ahead])
    qtbot.waitUntil(lambda: len(looks) == 4, timeout=5000)
    pictures.close()
    assert looks == [(in_sight, True), (in_sight, False), (ahead, True), (ahead, False)]


def test_what_is_not_in_sight_can_wait_and_what_is_does_not(qtbot, pictures, tmp_path):
    in_sight, ahead = (with_camera_thumbnail(tmp_path / name) for name in ("a.jpg", "b.jpg"))
    pictures.put_off()
    pictures.want(THUMBNAIL, [in_sight], [ahead])
    qtbot.waitUntil(lambda: pictures.is_made(in_sight, THUMBNAIL), timeout=5000)
    qtbot.wait(100)
    assert pictures.get(ahead, THUMBNAIL) is None
    pictures.resume()
    qtbot.waitUntil(lambda: pictures.is_made(ahead, THUMBNAIL), timeout=5000)


def test_a_preview_is_not_given_up_for_one_further_away(qtbot, monkeypatch, pictures, tmp_path):
    monkeypatch.setitem(_BUDGET, PREVIEW, 1)
    here, following, after = (drawn.draw(tmp_path / name) for name in ("a.jpg", "b.jpg", "c.jpg"))
    pictures.want(PREVIEW, [here], [following, after])
    qtbot.waitUntil(lambda: not pictures.is_busy and pictures.get(after, PREVIEW) is not None, timeout=5000)
    assert pictures.get(following, PREVIEW) is not None


def test_what_waits_does_not_wait_for_ever(qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr("captioner.ui.pictures._PUT_OFF_MS", 50)
    pictures, photo = Pictures(), with_camera_thumbnail(tmp_path / "a.jpg")
    pictures.put_off()
    pictures.want(THUMBNAIL, [], [photo])
    qtbot.waitUntil(lambda: pictures.is_made(photo, THUMBNAIL), timeout=5000)
    pictures.close()


@pytest.mark.parametrize(("orientation", "size"), [(1, (160, 107)), (6, (107, 160)), (7, (107, 160)), (3, (160, 107))])
def test_the_cameras_thumbnail_is_turned_as_the_photo_is(tmp_path, orientation, size):
    image = camera_thumbnail(with_camera_thumbnail(tmp_path / "a.jpg", orientation))
    assert (image.width(), image.height()) == size


def test_a_small_picture_that_says_it_is_huge_is_not_unpacked(monkeypatch):
    data = io.BytesIO()
    Image.new("RGB", (160, 107)).save(data, "JPEG")
    huge = bytearray(data.getvalue())
    frame = huge.index(b"\xff\xc0")
    huge[frame + 5 : frame + 9] = b"\xff\xff" * 2
    monkeypatch.setattr(JpegImageFile, "load", lambda _image: pytest.fail("It was unpacked"))
    assert from_jpeg(bytes(huge)).isNull()


def test_a_camera_thumbnail_with_black_bars_is_not_shown(tmp_path):
    assert camera_thumbnail(with_camera_thumbnail(tmp_path / "a.jpg", small=(160, 120))).isNull()


def test_a_thumbnail_made_before_comes_from_the_cache(qtbot, tmp_path):
    photo = with_camera_thumbnail(tmp_path / "a.jpg")
    status, blue = photo.stat(), io.BytesIO()
    Image.new("RGB", (256, 171), "blue").save(blue, "JPEG")
    cache = ThumbnailCache(tmp_path / "thumbnails.sqlite")
    cache.put(photo, status, blue.getvalue())
    pictures, looks = Pictures(cache=cache), []
    pictures.ready.connect(lambda path, edge: looks.append(pictures.get(path, edge).width()))
    pictures.want(THUMBNAIL, [photo])
    qtbot.waitUntil(lambda: bool(looks), timeout=5000)
    pictures.close()
    assert looks == [256]
    assert is_blue(pictures.get(photo, THUMBNAIL))


def test_a_picture_of_heic_is_shown(tmp_path):
    pillow_heif = pytest.importorskip("pillow_heif")
    pillow_heif.from_pillow(Image.new("RGB", (1200, 800), "red")).save(tmp_path / "a.heic")
    image = decoded(tmp_path / "a.heic", THUMBNAIL)
    assert (image.width(), image.height()) == (256, 171)


def test_what_is_kept_stays_within_its_budget(qtbot, pictures, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.ui.pictures._BUDGET", dict.fromkeys((THUMBNAIL, PREVIEW), 3 * 256 * 171 * 4))
    paths = [drawn.draw(tmp_path / f"{at}.jpg", size=(1200, 800)) for at in range(7)]
    for path in paths:
        pictures.want(THUMBNAIL, [path])
        qtbot.waitUntil(lambda path=path: pictures.get(path, THUMBNAIL) is not None, timeout=5000)
    assert [bool(pictures.get(path, THUMBNAIL)) for path in paths] == [False] * 4 + [True] * 3


def test_what_is_wanted_still_is_kept_before_what_is_not(qtbot, pictures, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.ui.pictures._BUDGET", dict.fromkeys((THUMBNAIL, PREVIEW), 3 * 256 * 171 * 4))
    paths = [drawn.draw(tmp_path / f"{at}.jpg", size=(1200, 800)) for at in range(4)]
    for wanted in ([paths[0]], [paths[1]], [paths[2]], [paths[0], paths[3]]):
        pictures.want(THUMBNAIL, wanted)
        qtbot.waitUntil(lambda path=wanted[-1]: path in pictures._kept[THUMBNAIL], timeout=5000)
    assert [path in pictures._kept[THUMBNAIL] for path in paths] == [True, False, True, True]


def test_what_is_in_sight_is_kept_however_much_it_takes(qtbot, pictures, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.ui.pictures._BUDGET", dict.fromkeys((THUMBNAIL, PREVIEW), 2 * 256 * 171 * 4))
    in_sight, ahead = ([drawn.draw(tmp_path / f"{name}{at}.jpg", size=(1200, 800)) for at in range(4)] for name in "ab")
    pictures.want(THUMBNAIL, in_sight, ahead)
    qtbot.waitUntil(lambda: not pictures.is_busy and not pictures._decoded, timeout=5000)
    assert all(pictures.is_made(path, THUMBNAIL) for path in in_sight)
