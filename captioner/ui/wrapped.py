"""Texts in rows: as many lines as there is room for, each text in the direction of its own script."""

from functools import lru_cache
from unicodedata import bidirectional

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

_LONGEST = 600
"""Characters of a text; more have no room."""
_KEPT = 512
"""Texts whose lines are kept: a row that scrolls in is drawn strip by strip."""
_LTR, _RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


def draw_wrapped(painter: QPainter, area: QRect, font: QFont, text: str, lines: int) -> None:
    """The last line elided; on the side on which the window's texts begin."""
    height, direction = QFontMetrics(font).lineSpacing(), painter.layoutDirection()
    side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    painter.setLayoutDirection(_RTL if _runs_left(text[:_LONGEST]) else _LTR)
    for number, line in enumerate(_broken(text[:_LONGEST], font.toString(), area.width(), lines)):
        place = QRect(area.left(), area.top() + number * height, area.width(), height)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignAbsolute, line)
    painter.setLayoutDirection(direction)


def _runs_left(text: str) -> bool:
    """By its first letter, as Unicode's algorithm has it (UAX 9, P2)."""
    strong = (kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL"))
    return not text.isascii() and next(strong, "L") != "L"


@lru_cache(_KEPT)
def _broken(text: str, described: str, width: int, lines: int) -> tuple[str, ...]:
    """Qt counts in UTF-16, where an emoji takes two."""
    font, option, found, units = QFont(), QTextOption(), list[str](), text.encode("utf-16-le", "surrogatepass")
    font.fromString(described)
    layout = QTextLayout(text, font)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while len(found) < lines and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        is_last = len(found) == lines - 1
        end = len(units) if is_last else 2 * (line.textStart() + line.textLength())
        shown = units[2 * line.textStart() : end].decode("utf-16-le", "ignore").rstrip()
        found.append(QFontMetrics(font).elidedText(shown, Qt.TextElideMode.ElideRight, width) if is_last else shown)
    layout.endLayout()
    return tuple(found)
