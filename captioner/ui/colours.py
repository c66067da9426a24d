"""The colours of a light and a dark desktop; loads no Qt, so that the first frame has them at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """Greys are neutral, so that nothing beside a photo tints it."""

    window: str
    base: str
    surround: str
    """Around the photo."""
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    selection: str
    """Behind selected rows: light enough for every text colour."""
    warning: str
    error: str
    notice: str
    scroll: str


LIGHT = Colours("#f2f2f2", "#ffffff", "#c8c8c8", "#cfcfcf", "#1c1c1c", "#5f5f5f", "#1f64c8", "#ffffff", "#dce8fa",
                "#8a5300", "#b3261e", "#e4e4e4", "#a6a6a6")  # fmt: skip
DARK = Colours("#2a2a2a", "#1f1f1f", "#161616", "#454545", "#e8e8e8", "#acacac", "#4a8df0", "#0b0b0b", "#2b3f5c",
               "#f0b34a", "#ff8a80", "#3a3a3a", "#636363")  # fmt: skip

APPEARANCES = {"light": LIGHT, "dark": DARK}
