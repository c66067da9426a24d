"""Word-processor files → their text: Word's (ECMA-376) and OpenDocument's (ISO 26300)."""

import io
import zipfile
from collections.abc import Iterable

from lxml import etree

from captioner.core.story_table import Block
from captioner.storage.marked_text import Grammar, blocks

LARGEST = 256 * 1024 * 1024
"""Of a file with its pictures; of its text alone far less."""
_LARGEST_TEXT = 32 * 1024 * 1024
_MOST_SPACES = 100
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_MARKED_UP = (".xml", ".rels")


class NotThatKindError(Exception):
    """The file is not what its name or its first bytes promise, is damaged, or isn't safe to open."""


_WORD = Grammar(
    blocks=frozenset([f"{_W}p", f"{_W}txbxContent"]),
    # What was deleted or moved away, field codes, and what repeats a text box for old programs.
    skipped=frozenset([f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_MC}Fallback", f"{_W}rPr",
                       f"{_W}pPr", f"{_W}sdtPr", f"{_W}softHyphen", f"{_W}rt"]),
    texts=frozenset([f"{_W}t"]),
    signs={f"{_W}br": lambda _: "\n", f"{_W}cr": lambda _: "\n", f"{_W}tab": lambda _: "\t",
           f"{_W}ptab": lambda _: "\t", f"{_W}noBreakHyphen": lambda _: "\u2011"},
    table=frozenset([f"{_W}tbl"]), row=f"{_W}tr", cells=frozenset([f"{_W}tc"]),
)  # fmt: skip
_OPEN = Grammar(
    blocks=frozenset([f"{_TEXT}p", f"{_TEXT}h"]),
    skipped=frozenset([f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}tracked-changes",
                       f"{_TEXT}note", f"{_SVG}title", f"{_SVG}desc", f"{_OFFICE}forms"]),
    signs={f"{_TEXT}line-break": lambda _: "\n", f"{_TEXT}tab": lambda _: "\t",
           f"{_TEXT}s": lambda element: " " * _spaces(element.get(f"{_TEXT}c", "1"))},
    table=frozenset([f"{_TABLE}table"]), row=f"{_TABLE}table-row", cells=frozenset([f"{_TABLE}table-cell"]),
)  # fmt: skip


def _spaces(count: str) -> int:
    return min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else 1


def kind(data: bytes) -> str:
    """docx, odt or "": by what is inside, whatever the name says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    if "[Content_Types].xml" in names and any(name.lower().startswith("word/") for name in names):
        return "docx"
    return "odt" if "content.xml" in names else ""


def read(data: bytes) -> tuple[Block, ...]:
    """Raises NotThatKindError."""
    try:
        return _word(data) if kind(data) == "docx" else _open(data)
    except NotThatKindError:
        raise
    except Exception as error:  # a damaged archive fails in as many ways as it has parts
        raise NotThatKindError(str(error)) from error


def _word(data: bytes) -> tuple[Block, ...]:
    import docx  # loads slowly, and few stories come in it

    return blocks(docx.Document(_without_pictures(data)).part.element, _WORD)


def _without_pictures(data: bytes) -> io.BytesIO:
    """The same document with every part that is no text empty: what is read stays small."""
    slim = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(slim, "w") as kept:
        names = dict.fromkeys(archive.namelist())
        texts = dict(_texts(archive, [name for name in names if name.lower().endswith(_MARKED_UP)]))
        for name in names:
            kept.writestr(name, texts.get(name, b""))
    slim.seek(0)
    return slim


def _open(data: bytes) -> tuple[Block, ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (_name, text), *_ = _texts(archive, ["content.xml"])
    body = etree.fromstring(text, _parser()).find(f"{_OFFICE}body")
    if body is None:
        raise NotThatKindError("no body")
    return blocks(body, _OPEN)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _texts(archive: zipfile.ZipFile, names: Iterable[str]) -> list[tuple[str, bytes]]:
    """Refused: more text than any story has, however small it was packed, and declarations of entities."""
    found: list[tuple[str, bytes]] = []
    left = _LARGEST_TEXT
    for name in names:
        with archive.open(name) as member:
            text = member.read(left + 1)
        left -= len(text)
        if left < 0:
            raise NotThatKindError("too much text")
        if b"<!DOCTYPE" in text.replace(b"\0", b""):
            raise NotThatKindError("a document type")
        found.append((name, text))
    return found
