"""A tree of marked-up text → its paragraphs and tables, in the order in which they are read."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from captioner.core.story_table import Block, Rows

Element = etree._Element  # pyright: ignore[reportPrivateUsage] - lxml has no public name for it


@dataclass(frozen=True)
class Grammar:
    """What the elements of one format mean; each set holds their tags."""

    blocks: frozenset[str]
    """Stand on lines of their own."""
    skipped: frozenset[str]
    """With all that is in them: comments, what was deleted, scripts."""
    texts: frozenset[str] | None = None
    """The only ones that hold text; None where every element may."""
    signs: Mapping[str, Callable[[Element], str]] | None = None
    """Stand for white space or a sign."""
    table: frozenset[str] = frozenset()
    row: str = ""
    cells: frozenset[str] = frozenset()
    white: re.Pattern[str] | None = None
    """White space that counts as one space, where the source is laid out freely."""


def blocks(root: Element, grammar: Grammar) -> tuple[Block, ...]:
    """Text between tables; its paragraphs have a blank line between them, lines of one paragraph have none."""
    found: list[Block] = []
    pieces: list[str] = []
    for piece in _pieces(root, grammar):
        if isinstance(piece, str):
            pieces.append(piece)
        else:
            found.extend((_laid_out(pieces), piece))
            pieces = []
    found.append(_laid_out(pieces))
    return tuple(block for block in found if block)


_BLOCK = "\0"
"""Between the pieces: here a paragraph begins or ends."""


def _laid_out(pieces: list[str]) -> str:
    paragraphs = "".join(pieces).split(_BLOCK)
    lines = ("\n".join(line.strip(" \t") for line in paragraph.split("\n")) for paragraph in paragraphs)
    return "\n\n".join(text for line in lines if (text := line.strip()))


def _pieces(element: Element, grammar: Grammar) -> Iterator[str | Rows]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in grammar.skipped or (grammar.white and element.get("hidden") is not None):
        return
    if grammar.signs and tag in grammar.signs:
        yield grammar.signs[tag](element)
        return
    if tag in grammar.table:
        yield from _table(element, grammar)
        return
    if tag in grammar.blocks:
        yield _BLOCK
    yield from _inside(element, grammar)
    if tag in grammar.blocks:
        yield _BLOCK


def _inside(element: Element, grammar: Grammar) -> Iterator[str | Rows]:
    holds_text = grammar.texts is None or element.tag in grammar.texts
    if holds_text and element.text:
        yield _written(element.text, grammar)
    for child in element:
        yield from _pieces(child, grammar)
        if holds_text and child.tail:
            yield _written(child.tail, grammar)


def _written(text: str, grammar: Grammar) -> str:
    text = text.replace(_BLOCK, "")
    return grammar.white.sub(" ", text) if grammar.white else text


def _table(element: Element, grammar: Grammar) -> Iterator[str | Rows]:
    """A cell's own tables are text of the cell."""
    rows = tuple(
        tuple(_cell(cell, grammar) for cell in row.iter(*grammar.cells) if _table_of(cell, grammar) is element)
        for row in element.iter(grammar.row) if _table_of(row, grammar) is element
    )  # fmt: skip
    yield _BLOCK
    yield tuple(row for row in rows if any(row))
    yield _BLOCK


def _table_of(row: Element, grammar: Grammar) -> Element | None:
    return next((each for each in row.iterancestors() if each.tag in grammar.table), None)


def _cell(cell: Element, grammar: Grammar) -> str:
    pieces = _inside(cell, grammar)
    return _laid_out([each if isinstance(each, str) else _BLOCK.join(chain.from_iterable(each)) for each in pieces])
