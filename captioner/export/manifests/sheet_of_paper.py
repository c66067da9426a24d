"""Pages of A4 with pictures and texts in any script, as PDF; lengths are millimetres, sizes of letters points."""

import io
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from fontTools.ttLib import TTLibError
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, WrapMode, XPos, YPos
from fpdf.errors import FPDFException
from fpdf.fonts import TTFFont

from captioner.export.manifests.fonts import fonts_for, shown

_POINT = 25.4 / 72
_LEADING = 1.22
_HELVETICA = frozenset(range(32, 127)) | frozenset(range(160, 256))
"""What the font that every reader of PDF has can show, where the computer has no other (ISO 32000-1, 9.6.2.2)."""
_UNUSABLE = (FPDFException, TTLibError, NotImplementedError, OSError, ValueError, KeyError, AssertionError)
_LINE, _FRAME = 200, 235
_UNSPACED = ("\u0e00", "\u0eff"), ("\u3040", "\u9fff"), ("\uf900", "\ufaff")
_SHAPED = re.compile("[\u0300-\u036f\u0590-\u1cff\u200c\u200d\ua8e0-\ua9ff\uaa00-\uabff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters that change with their neighbours; the others are laid out several times as fast without shaping."""
_LONGEST, _LAST_WORD = 400, 16


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float = 0


class Paper:
    """`texts` are all that will be written: they tell which fonts are needed."""

    def __init__(self, title: str, when: datetime, texts: Iterable[str]) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.c_margin = 0
        self._pdf.set_creation_date(when)
        self._pdf.set_title(title)
        self._characters = self._take_fonts(texts)
        self._more = "…" if ord("…") in self._characters else "..."

    def _take_fonts(self, texts: Iterable[str]) -> frozenset[int]:
        """A font that can't be embedded is done without."""
        fonts = fonts_for(texts)
        for number, file in enumerate(fonts):
            with suppress(*_UNUSABLE):
                self._pdf.add_font(f"font{number}", fname=file)
        taken = {name: font for name, font in self._pdf.fonts.items() if isinstance(font, TTFFont)}
        self._pdf.set_font(next(iter(taken), "helvetica"))
        self._pdf.set_fallback_fonts(list(taken)[1:])
        return frozenset(char for font in taken.values() for char in font.cmap) or _HELVETICA

    def begin_page(self) -> int:
        self._pdf.add_page()
        return self._pdf.page_no()

    def picture(self, jpeg: bytes, box: Box) -> None:
        """As large as it fits; an empty frame where there is none."""
        if jpeg:
            self._pdf.image(io.BytesIO(jpeg), box.x, box.y, box.width, box.height, keep_aspect_ratio=True)
        else:
            self._pdf.set_fill_color(_FRAME)
            self._pdf.rect(box.x, box.y, box.width, box.height, "F")

    def line(self, start: float, y: float, end: float) -> None:
        self._pdf.set_draw_color(_LINE)
        self._pdf.set_line_width(0.2)
        self._pdf.line(start, y, end, y)

    def write(
        self, text: str, box: Box, size: float, grey: int, lines: int = 1, is_at_end: bool = False
    ) -> float:  # fmt: skip
        """Shortened to so many lines; returns where the next text may stand."""
        self._pdf.set_font_size(size)
        self._pdf.set_text_color(grey)
        height = size * _POINT * _LEADING
        held = shown(text, self._characters)
        self._pdf.set_text_shaping(bool(_SHAPED.search(held)))
        held = self._shortened(held, box.width, lines)
        self._pdf.set_xy(box.x, box.y)
        if held:
            side = Align.R if is_at_end or _is_right_to_left(held) else Align.L
            self._pdf.multi_cell(box.width, height, held, align=side, new_x=XPos.LEFT, new_y=YPos.NEXT,
                                 wrapmode=_wrapped(held))  # fmt: skip
        return self._pdf.get_y()

    def _shortened(self, text: str, width: float, lines: int) -> str:
        held = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}{self._more}"
        while len(found := self._lines(held, width)) > lines:
            room = min(sum(map(len, found[:lines])), len(held)) - len(self._more) - 1
            held = f"{_whole_words(held[:room])}{self._more}"
        return held

    def _lines(self, text: str, width: float) -> list[str]:
        told = self._pdf.multi_cell(
            width, text=text, dry_run=True, output=MethodReturnValue.LINES, wrapmode=_wrapped(text)
        )
        return cast("list[str]", told)

    def as_pdf(self) -> bytes:
        return bytes(self._pdf.output() or b"")


def _wrapped(text: str) -> WrapMode:
    """Scripts without spaces are broken anywhere."""
    unspaced = sum(any(start <= char <= end for start, end in _UNSPACED) for char in text)
    return WrapMode.CHAR if unspaced * 2 > len(text) else WrapMode.WORD


def _is_right_to_left(text: str) -> bool:
    """By its first letter (UAX 9, P2)."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def _whole_words(text: str) -> str:
    word = text.rfind(" ", -_LAST_WORD)
    return (text[:word] if word > 0 else text).rstrip(" .…,;:–—-")
