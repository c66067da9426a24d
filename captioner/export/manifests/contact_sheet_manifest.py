"""`contact-sheet.pdf`: thumbnails in their order with number, file, caption and credit, twelve to a page of A4."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath

from captioner import i18n
from captioner.errors import CaptionerError
from captioner.export.exported import Exported
from captioner.export.manifests.language import language_of_set
from captioner.export.manifests.sheet_of_paper import Box, Paper
from captioner.export.receipt import Receipt
from captioner.export.recipes import Rendition

_COLUMNS, _ROWS = 3, 4
_MARGIN, _TOP, _GAP = 12.0, 24.0, 6.0
_WIDTH, _HEIGHT = 58.0, 65.0
_PICTURE = 39.0
"""Millimetres, as all of these; the pictures are in boxes of 3:2."""
_THUMBNAIL = Rendition(format="jpeg", long_edge=480, quality=80)
_LARGE, _TEXT, _SMALL = 12.0, 7.5, 6.5
_INK, _QUIET = 20, 105
_CAPTION_LINES, _CREDIT_LINES = 4, 2
_NAME = 42
"""Characters in a line."""
_THREADS = 4


def made(receipt: Receipt, folder: Path) -> bytes:
    date = i18n.in_language(language_of_set(receipt), receipt.when.astimezone(), "d MMMM y, HH:mm")
    texts = [receipt.headline, date, "0123456789/", *(text for photo in receipt.photos for text in _texts(photo))]
    paper = Paper(receipt.headline, receipt.when, texts)
    with ThreadPoolExecutor(_THREADS) as threads:
        pictures = threads.map(partial(_thumbnail, folder), receipt.photos)
        for place, (photo, picture) in enumerate(zip(receipt.photos, pictures, strict=True)):
            if place % (_COLUMNS * _ROWS) == 0:
                _begin_page(paper, receipt, date)
            _draw(paper, photo, picture, *_corner(place % (_COLUMNS * _ROWS)))
    return paper.as_pdf()


def _begin_page(paper: Paper, receipt: Receipt, date: str) -> None:
    number, of = paper.begin_page(), -(-len(receipt.photos) // (_COLUMNS * _ROWS))
    paper.write(receipt.headline, Box(_MARGIN, 8.0, 140.0), _LARGE, _INK, lines=2)
    paper.write(f"{date}   {number}/{of}", Box(156.0, 9.0, 42.0), _SMALL, _QUIET, is_at_end=True)
    paper.line(_MARGIN, 20.0, 210.0 - _MARGIN)


def _corner(place: int) -> tuple[float, float]:
    row, column = divmod(place, _COLUMNS)
    return _MARGIN + column * (_WIDTH + _GAP), _TOP + row * _HEIGHT


def _draw(paper: Paper, photo: Exported, picture: bytes, x: float, y: float) -> None:
    paper.picture(picture, Box(x, y, _WIDTH, _PICTURE))
    name, caption, credit = _texts(photo)
    y = paper.write(name, Box(x, y + _PICTURE + 1.5, _WIDTH), _SMALL, _QUIET)
    y = paper.write(caption, Box(x, y + 0.5, _WIDTH), _TEXT, _INK, lines=_CAPTION_LINES)
    paper.write(credit, Box(x, y + 0.5, _WIDTH), _SMALL, _QUIET, lines=_CREDIT_LINES)


def _texts(photo: Exported) -> tuple[str, str, str]:
    name = f"{photo.sequence}   {_cut(PurePosixPath(photo.first.file).name)}"
    return name, " ".join(photo.values.text("caption").split()), photo.values.text("credit")


def _cut(name: str) -> str:
    """A name is one long word: its beginning tells the place in the order, its end the kind."""
    return name if len(name) <= _NAME else f"{name[: _NAME // 2]}…{name[-_NAME // 3 :]}"


def _thumbnail(folder: Path, photo: Exported) -> bytes:
    """Of the smallest file that is large enough; b"" where no picture can be made of it."""
    from captioner.export.pictures.renditions import rendition

    by_size = sorted(photo.files, key=lambda file: max(file.width, file.height))
    file = next((each for each in by_size if max(each.width, each.height) >= _THUMBNAIL.long_edge), by_size[-1])
    try:
        return rendition((folder / file.file).read_bytes(), _THUMBNAIL, folder / file.file)
    except CaptionerError:
        return b""
