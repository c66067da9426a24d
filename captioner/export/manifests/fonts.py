"""Fonts of this computer that have a text's characters."""

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import uharfbuzz

FOLDERS = {
    "win32": ("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
}
_PREFERRED = (
    "NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "segoeui.ttf", "Arial.ttf",
    "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansThai-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf", "NotoSansCJK-Regular.ttc", "msyh.ttc", "malgun.ttf", "YuGothR.ttc",
    "LeelawUI.ttf", "Nirmala.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc", "AppleSDGothicNeo.ttc", "Thonburi.ttc",
    "Arial Unicode.ttf",
)  # fmt: skip
"""By their names: for all of a script's texts, before any other that happens to have a character."""
_harfbuzz: Any = uharfbuzz
"""It tells no types."""
_SUFFIXES = (".ttf", ".otf", ".ttc")
_OUTLINES, _PICTURES = {"glyf", "CFF "}, {"CBDT", "sbix"}
_JOINERS = "\u200c\u200d"
_UNSEEN = ("Cf", "Cc", "Zl", "Zp")


def fonts_for(texts: Iterable[str]) -> list[Path]:
    """The first few that together have every character which any has."""
    missing = {ord(char) for text in texts for char in text if char.isprintable()} | {ord(" "), ord("…")}
    found: list[Path] = []
    for file in _files(FOLDERS.get(sys.platform, FOLDERS["linux"])):
        if not missing:
            break
        held = _characters(file)
        if held & missing and (found or ord("A") in held):
            found.append(file)
            missing -= held
    return found


def shown(text: str, characters: frozenset[int]) -> str:
    """Without what nobody sees; a character that no font has is told by its number: `[U+1F600]`."""
    return "".join(_shown(char, characters) for char in text)


def _shown(char: str, characters: frozenset[int]) -> str:
    if unicodedata.category(char) in _UNSEEN:
        return char if char in _JOINERS and ord(char) in characters else ""
    if ord(char) in characters:
        return char
    return "" if 0xFE00 <= ord(char) <= 0xFE0F else f"[U+{ord(char):04X}]"


def _files(folders: Sequence[str]) -> Iterator[Path]:
    every = sorted(file for folder in folders for file in Path(folder).expanduser().rglob("*")
                   if file.suffix.lower() in _SUFFIXES)  # fmt: skip
    order = {name.casefold(): place for place, name in enumerate(_PREFERRED)}
    yield from sorted(every, key=lambda file: order.get(file.name.casefold(), len(order)))


def _characters(file: Path) -> frozenset[int]:
    """None of a font whose characters are pictures, or that can't be read."""
    try:
        face = _harfbuzz.Face(_harfbuzz.Blob.from_file_path(str(file)))
    except (OSError, _harfbuzz.HarfBuzzError):
        return frozenset()
    tables = set(face.table_tags)
    return frozenset(face.unicodes) if _OUTLINES & tables and not _PICTURES & tables else frozenset()
