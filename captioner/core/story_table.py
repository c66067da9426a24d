"""A story that stands in a table, or in paragraphs and tables: a photo is a row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from captioner.core.agencies import Agencies, key
from captioner.core.caption_labels import is_file_name
from captioner.core.credit import is_credit, split
from captioner.core.credit_marks import BLANK, bare
from captioner.core.languages import Languages
from captioner.core.story import Story, StoryCaption, split_story, without_repeats

Rows = tuple[tuple[str, ...], ...]
Block = str | Rows
_APART = "\n\n"


@dataclass(frozen=True)
class Columns:
    """What columns are called, by what they hold: file, caption, credit, headline, number."""

    names: Mapping[str, frozenset[str]]

    def places(self, rows: Rows) -> dict[str, int]:
        """Where each stands, by the table's first row; none where no caption is told."""
        found: dict[str, int] = {}
        for index, cell in enumerate(rows[0] if rows else ()):
            kind = next((kind for kind, names in self.names.items() if column_key(cell) in names), "")
            found.setdefault(kind, index)
        found.pop("", None)
        return found if "caption" in found and len(found) > 1 else {}


def column_key(name: str) -> str:
    return re.sub(r"[\W_]+", "", key(name))


def told(
    blocks: Sequence[Block], columns: Columns, agencies: Agencies, languages: Languages, language: str = ""
) -> Story:
    """What the paragraphs and tables say together, in their order; `language` sets what would be recognised."""
    parts = _merged(blocks, columns)
    if len(parts) == 1 and isinstance(parts[0], str):
        return split_story(parts[0], agencies, languages, language)
    stories = [split_story(part, agencies, languages) if isinstance(part, str) else _of_rows(part, columns, agencies)
               for part in parts]  # fmt: skip
    headline, captions = "", list[StoryCaption]()
    for story in stories:
        is_title = not headline and not captions and not story.headline and _is_title(story)
        headline = headline or story.headline or (story.captions[0].text if is_title else "")
        captions.extend(() if is_title else story.captions)
    dropped = sum(story.dropped_repeats for story in stories)
    return without_repeats(captions, headline, languages, language, dropped)


def as_text(blocks: Sequence[Block], columns: Columns) -> str:
    """The same as a person would paste it: of a table, each photo's name, caption and credit on lines of their own."""
    return _APART.join(
        part if isinstance(part, str) else _APART.join(_pasted(part, columns)) for part in _merged(blocks, columns)
    )


def _merged(blocks: Sequence[Block], columns: Columns) -> list[Block]:
    """A table without names for its columns is paragraphs too, one a cell."""
    merged: list[Block] = []
    for block in blocks:
        part = block if isinstance(block, str) or _places(block, columns) else _APART.join(_cells(block))
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] = f"{merged[-1]}{_APART}{part}"
        elif part:
            merged.append(part)
    return merged or [""]


def _is_title(story: Story) -> bool:
    """One paragraph above a table."""
    return len(story.captions) == 1 and not story.captions[0].credit and not story.captions[0].file_name


def _of_rows(rows: Rows, columns: Columns, agencies: Agencies) -> Story:
    headline, captions = "", list[StoryCaption]()
    for cells in _by_kind(rows, columns):
        headline = headline or cells["headline"]
        text, credit = _caption(cells["caption"], cells["credit"], agencies)
        number = int(cells["number"]) if re.fullmatch(r"[0-9]{1,4}", cells["number"]) else None
        if text or (credit and cells["file"]):
            captions.append(StoryCaption(text, credit, cells["file"], number))
    return Story(headline, captions=tuple(captions))


def _caption(text: str, credit: str, agencies: Agencies) -> tuple[str, str]:
    """A credit in its own column is one whatever it says; the same again at the caption's end is taken off."""
    own, at_end = split(text, agencies)
    if not credit:
        return (own, at_end) if own else (text, "")
    told = split(credit, agencies)[1] if is_credit(credit, agencies) else bare(credit, agencies)
    credit = told or credit
    return (own if own and key(at_end) == key(credit) else text), credit


def _pasted(rows: Rows, columns: Columns) -> Iterable[str]:
    photos = list(_by_kind(rows, columns))
    yield from [cells["headline"] for cells in photos if cells["headline"]][:1]
    for cells in photos:
        lines = (cells["file"], cells["caption"], f"Credit: {cells['credit']}" if cells["credit"] else "")
        yield "\n".join(line for line in lines if line)


def _by_kind(rows: Rows, columns: Columns) -> Iterable[dict[str, str]]:
    places = _places(rows, columns)
    has_header = bool(columns.places(rows))
    for row in rows[has_header:]:
        held = {kind: row[place] for kind, place in places.items() if place < len(row)}
        yield {kind: held.get(kind, "").strip(BLANK) for kind in columns.names}


def _places(rows: Rows, columns: Columns) -> dict[str, int]:
    return columns.places(rows) or _guessed_places(rows)


def _guessed_places(rows: Rows) -> dict[str, int]:
    """Without a header, a column of file names tells that the longest texts beside it are captions."""
    width = min(map(len, rows), default=0)
    files = [index for index in range(width) if all(is_file_name(row[index]) for row in rows)]
    if not files or width < 2:
        return {}
    lengths = {index: sum(len(row[index]) for row in rows) for index in range(width) if index not in files}
    return {"file": files[0], "caption": max(lengths, key=lambda index: lengths[index])} if lengths else {}


def _cells(rows: Rows) -> Iterable[str]:
    return (cell for row in rows for cell in row if cell.strip(BLANK))
