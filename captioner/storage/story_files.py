"""A story's file → its text or what it tells: plain text, a word processor's file, a web page, a table."""

import csv
import io
from pathlib import Path

from captioner.core.story import Story
from captioner.core.story_table import Block, Rows, as_text, told
from captioner.errors import CaptionerError, UsageError, reason
from captioner.i18n import _
from captioner.storage import web_pages, word_files
from captioner.storage.desk_data import load_agencies, load_columns, load_languages
from captioner.storage.encodings import decoded

SUFFIXES = (".txt", ".md", ".docx", ".odt", ".html", ".htm", ".csv", ".tsv")
_LARGEST = 16 * 1024 * 1024
_WORDS = {".docx", ".odt"}
_PAGES = {".html", ".htm", ".xhtml"}
_TABLES = {".csv", ".tsv", ".tab"}
_OTHERS = (b"{\\rtf", b"%PDF-", b"\xd0\xcf\x11\xe0")


def read_story(path: Path, language: str = "") -> Story:
    """`language` sets what would be recognised. Raises CaptionerError as `read_story_text` does."""
    return told(_blocks(Path(path)), load_columns(), load_agencies(), load_languages(), language)


def read_story_text(path: Path) -> str:
    """As a person would paste it.

    Raises CaptionerError for a file that isn't there, can't be read, isn't what its name says or holds no text.
    """
    return as_text(_blocks(Path(path)), load_columns())


def read_text_and_story(path: Path) -> tuple[str, Story]:
    """Both of the same reading: a table's text, split again, would no longer be what the table tells."""
    blocks, columns = _blocks(path), load_columns()
    return as_text(blocks, columns), told(blocks, columns, load_agencies(), load_languages())


def _blocks(path: Path) -> tuple[Block, ...]:
    data, suffix = _read(path), path.suffix.lower()
    if data.startswith(b"PK") or suffix in _WORDS:
        return _word_blocks(data, path)
    if data.startswith(_OTHERS):
        raise _no_text(path)
    found = web_pages.read(data) if suffix in _PAGES or web_pages.is_page(data) else _text_blocks(data, suffix)
    if found is None:
        raise _no_text(path)
    return found


def _word_blocks(data: bytes, path: Path) -> tuple[Block, ...]:
    try:
        return word_files.read(data)
    except word_files.NotThatKindError as error:
        told = _("{name} can't be read as a Word or OpenDocument file; open it in its program and save it again, or "
                 "save the story as plain text.")  # fmt: skip
        raise CaptionerError(told.format(name=path.name), path) from error


def _text_blocks(data: bytes, suffix: str) -> tuple[Block, ...] | None:
    text = decoded(data)
    if text is None:
        return None
    return (_rows(text) if suffix in _TABLES else text,)


def _rows(text: str) -> Rows | str:
    """A table that is none is text."""
    text = text.partition("\n")[2] if text.startswith("sep=") else text  # a spreadsheet's own line
    head = text[:4096].split("\n", 1)[0]
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=max("\t;,|", key=head.count), strict=True)
        found = tuple(tuple(cell.strip() for cell in row) for row in rows)
    except csv.Error:
        return text
    return tuple(row for row in found if any(row))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            largest = word_files.LARGEST if file.peek(2).startswith(b"PK") else _LARGEST
            data = file.read(largest + 1)
    except FileNotFoundError as error:
        raise UsageError(_("There is no story {path}; check its name.").format(path=path), path) from error
    except OSError as error:
        told = _("{name} can't be read ({reason}); check its permissions.").format(name=path.name, reason=reason(error))
        raise CaptionerError(told, path) from error
    if len(data) > largest:
        raise CaptionerError(
            _("{name} is too large for a story; choose the text that came with the photos.").format(name=path.name),
            path,
        )
    return data


def _no_text(path: Path) -> CaptionerError:
    return CaptionerError(_("{name} holds no text; save the story as plain text.").format(name=path.name), path)
