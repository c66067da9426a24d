"""The preview, the full screen and the comparison, on a picture whose pixels are known."""

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt

from captioner.core.caption import Values
from captioner.core.photo import Photo
from captioner.ui.full_screen import Compare, FullScreen
from captioner.ui.pictures import FULL, PREVIEW, Pictures
from captioner.ui.preview import Preview
from tests import pictures as drawn


@pytest.fixture
def pictures(qtbot):
    made = Pictures()
    yield made
    made.close()


@pytest.fixture
def photo(tmp_path):
    """3,000 by 2,000 pixels, red but for the right half of the lower half."""
    image = Image.new("RGB", (3000, 2000), "red")
    image.paste("blue", (1500, 1000, 3000, 2000))
    image.save(tmp_path / "a.png")
    return tmp_path / "a.png"


@pytest.fixture
def preview(qtbot, pictures, photo):
    made = Preview(pictures)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.show_photo(photo)
    pictures.want(PREVIEW, [photo])
    qtbot.waitUntil(lambda: pictures.get(photo, PREVIEW) is not None)
    return made


def colour(preview, x, y):
    return preview.grab().toImage().pixelColor(x, y).name()


def test_neighbours_are_made_while_an_arrow_key_is_held_down(qtbot, preview, pictures, photo, tmp_path):
    near = drawn.draw(tmp_path / "near.jpg")
    for _repeat in range(20):
        preview.prepare([photo, near])
        qtbot.wait(10)
    qtbot.waitUntil(lambda: pictures.get(near, PREVIEW) is not None)


def test_a_photo_fits_at_first(preview):
    assert (colour(preview, 100, 100), colour(preview, 450, 300)) == ("#ff0000", "#0000ff")


def test_a_click_shows_every_pixel_and_keeps_what_was_clicked_in_its_place(qtbot, preview, pictures, photo):
    place = preview._place()
    at = QPoint(round(place.center().x()), round(place.center().y()))
    qtbot.mouseClick(preview, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: pictures.get(photo, FULL) is not None)
    assert preview.zoom == 1
    found = {colour(preview, at.x() + x, at.y() + y) for x, y in ((-9, -9), (9, -9), (-9, 9))}
    assert (found, colour(preview, at.x() + 9, at.y() + 9)) == ({"#ff0000"}, "#0000ff")


def test_a_second_click_fits_the_photo_again(qtbot, preview):
    for _click in range(2):
        qtbot.mouseClick(preview, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert preview.zoom == 0


def test_dragging_moves_the_photo_along(qtbot, preview):
    preview.toggle_zoom(QPoint(300, 200))
    before = preview.middle
    qtbot.mousePress(preview, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(preview, QPoint(200, 150))
    qtbot.mouseRelease(preview, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    moved = preview.middle - before
    assert (round(moved.x() * 3000), round(moved.y() * 2000), preview.zoom) == (100, 50, 1)


def test_the_place_stays_for_a_photo_of_the_same_size_and_goes_for_another(qtbot, preview, pictures, photo):
    same, other = photo.with_name("b.png"), photo.with_name("c.png")
    Image.new("RGB", (3000, 2000), "green").save(same)
    Image.new("RGB", (2000, 3000), "green").save(other)
    preview.toggle_zoom(QPoint(100, 100))
    for path, zoom in ((same, 1), (other, 0)):
        pictures.want(PREVIEW, [path])
        qtbot.waitUntil(lambda path=path: pictures.get(path, PREVIEW) is not None)
        preview.show_photo(path)
        assert preview.zoom == zoom


def test_a_photo_that_is_turned_by_exif_is_upright_at_100_percent(qtbot, preview, pictures, photo):
    turned = photo.with_name("turned.jpg")
    image = Image.open(photo)
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(turned, exif=exif)
    pictures.want(PREVIEW, [turned])
    qtbot.waitUntil(lambda: pictures.get(turned, PREVIEW) is not None)
    assert (pictures.size(turned).width(), pictures.size(turned).height()) == (2000, 3000)


def test_a_picture_that_changed_while_it_was_decoded_is_decoded_again(qtbot, pictures, photo):
    pictures.want(PREVIEW, [photo])
    Image.new("RGB", (300, 200), "green").save(photo)
    pictures.forget(photo)
    pictures.want(PREVIEW, [photo])
    qtbot.waitUntil(lambda: (found := pictures.get(photo, PREVIEW)) is not None and found.width() == 300)


def shown(path, caption):
    values = Values({"caption": caption, "credit": "Ann Lee/AP"})
    return Photo(path, values, values)


def test_the_full_screen_shows_the_caption_under_the_photo(qtbot, pictures, photo):
    screen = FullScreen(pictures, lambda: (shown(photo, "صورة للرئيس"), 3, 7))
    qtbot.addWidget(screen)
    assert (screen.view.caption.text(), screen.view.credit.text()) == ("صورة للرئيس", "Ann Lee/AP · a.png · 3 / 7")
    assert screen.view.caption.layoutDirection() is Qt.LayoutDirection.RightToLeft


@pytest.mark.parametrize(("key", "step"), [(Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, -1)])
def test_the_arrows_go_on_in_full_screen(qtbot, pictures, key, step):
    screen = FullScreen(pictures, lambda: (shown(photo, ""), 3, 7))
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.stepped) as told:
        qtbot.keyClick(screen, key)
    assert told.args == [step]


def test_the_sheet_follows_the_full_screen(qtbot, window):
    window.sheet.wants_full_screen.emit()
    screen = window.findChildren(FullScreen)[0]
    screen.stepped.emit(1)
    assert window.sheet.currentIndex().row() == 1
    assert "photo-2.jpg" in screen.view.credit.text()
    screen.close()


def test_compared_photos_are_looked_at_in_the_same_place(qtbot, pictures, photo):
    other = photo.with_name("b.png")
    Image.new("RGB", (3000, 2000), "green").save(other)
    compare = Compare(pictures, lambda path: shown(path, path.name), [photo, other])
    qtbot.addWidget(compare)
    compare.resize(900, 500)
    compare.show()
    qtbot.waitUntil(lambda: all(pictures.get(path, PREVIEW) for path in (photo, other)))
    first, second = (view.preview for view in compare.views)
    first.toggle_zoom(QPoint(50, 50))
    assert (second.zoom, second.middle) == (1, first.middle)
    assert second.middle != QPointF(0.5, 0.5)
