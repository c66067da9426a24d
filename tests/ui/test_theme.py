"""Light and dark: readable, and followed while the window is open."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from captioner.ui import theme

TEXTS, GROUNDS = ("text", "quiet", "warning", "error"), ("window", "base", "selection", "notice")


def luminance(colour):
    """WCAG 2.2, relative luminance."""
    parts = [each / 255 for each in QColor(colour).getRgb()[:3]]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("appearance", theme.APPEARANCES)
@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
def test_every_text_is_readable_on_every_ground(appearance, text, ground):
    """WCAG 2.2, 1.4.3 (AA)."""
    held = theme.APPEARANCES[appearance]
    assert contrast(getattr(held, text), getattr(held, ground)) >= 4.5


@pytest.mark.parametrize("appearance", theme.APPEARANCES)
@pytest.mark.parametrize("ground", ["window", "base"])
def test_what_tells_the_focus_stands_out(appearance, ground):
    """WCAG 2.2, 1.4.11."""
    held = theme.APPEARANCES[appearance]
    assert contrast(held.accent, getattr(held, ground)) >= 3


@pytest.fixture
def turned(qapp, monkeypatch):
    """What the desktop does as it turns dark."""
    theme.install(qapp, "light")

    def turn(appearance):
        monkeypatch.setattr(theme, "_chosen", appearance)
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)

    yield turn
    turn("light")


def test_an_open_window_turns_dark_with_the_desktop(qtbot, window, turned):
    window.notices.tell("Something happened.", [("Undo", window.undo)])
    qtbot.wait(50)
    turned("dark")
    qtbot.wait(50)
    shown = window.grab().toImage()
    ratio = shown.devicePixelRatio()
    tops = [shown.pixelColor(round(x * ratio), round((window.height() - 4) * ratio)).lightness() for x in (4, 200, 400)]
    assert max(tops) < 80


def test_icons_are_drawn_in_the_colour_of_the_text(window, turned):
    turned("dark")
    drawn = window.actions_["open"].icon().pixmap(24, 24).toImage()
    lights = [drawn.pixelColor(x, y).lightness() for x, y in product(range(24), range(24))
              if drawn.pixelColor(x, y).alpha() > 200]  # fmt: skip
    assert lights
    assert min(lights) > 150
