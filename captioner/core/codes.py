"""Code replacements: `=mm=` becomes the text that the desk's files have for it, as Photo Mechanic's do.

A file is a table: the code, a tab, its text, and perhaps more tabs and alternatives, which `=mm#2=` takes. Codes are
case-sensitive; a line that begins with `//` is a comment; of several files the later one wins.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from captioner.i18n import _

Table = Mapping[str, tuple[str, ...]]
_COMMENT = "//"
_LONGEST = 64
"""Characters of a code; what stands further apart is no code."""


@dataclass(frozen=True)
class Parsed:
    table: Table
    troubles: tuple[str, ...] = ()
    """Lines that are no row of the table, a sentence each."""


@dataclass(frozen=True)
class Codes:
    table: Table = field(default_factory=dict[str, tuple[str, ...]])
    delimiter: str = "="

    def text(self, code: str) -> str | None:
        """`code` or `code#2`; None where there is no such text."""
        name, mark, number = code.rpartition("#")
        if code in self.table or not (mark and number.isdigit()):
            return next(iter(self.table.get(code, ())), None)
        texts, at = self.table.get(name, ()), int(number) - 1
        return texts[at] if 0 <= at < len(texts) else None


@dataclass(frozen=True)
class Expansion:
    """Characters `start` to `end` become this text."""

    start: int
    end: int
    text: str


def parse(text: str) -> Parsed:
    table: dict[str, tuple[str, ...]] = {}
    troubles: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        code, *texts = (cell.strip() for cell in line.split("\t"))
        texts = [each for each in texts if each]
        if not line.strip() or line.lstrip().startswith(_COMMENT):
            continue
        if not code or not texts:
            troubles.append(_("Line {number} has no code and text with a tab between; mend it.").format(number=number))
            continue
        if code in table:
            troubles.append(_("Line {number} has the code “{code}” again; the later one is taken.").format(
                number=number, code=code))  # fmt: skip
        table[code] = tuple(texts)
    return Parsed(table, tuple(troubles))


def merged(tables: Iterable[Table]) -> Table:
    return {code: texts for table in tables for code, texts in table.items()}


def as_text(table: Table) -> str:
    """A file of them."""
    return "".join("\t".join([code, *texts]) + "\n" for code, texts in table.items())


def expansion_at(text: str, cursor: int, codes: Codes) -> Expansion | None:
    """Where the delimiter that was just typed closes a code that is known."""
    if not text[:cursor].endswith(codes.delimiter):
        return None
    end = cursor - len(codes.delimiter)
    opening = text.rfind(codes.delimiter, max(end - _LONGEST, 0), end)
    if opening < 0:
        return None
    found = codes.text(text[opening + len(codes.delimiter) : end])
    return None if found is None else Expansion(opening, cursor, found)


def expanded(text: str, codes: Codes) -> str:
    """Every code that is known; the others stay."""
    return _pattern(codes.delimiter).sub(lambda match: found if (found := codes.text(match[1])) else match[0], text)


def unknown(text: str, codes: Codes) -> list[tuple[int, int]]:
    """What looks like a code and is none: one word, neither a number nor a part of an address or a sum."""
    found = [match for match in _pattern(codes.delimiter).finditer(text) if codes.text(match[1]) is None]
    return [match.span() for match in found if _looks_like_code(text, match)]


def _looks_like_code(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    is_apart = not (before.isalnum() or after.isalnum() or before in ("&", "?", "/"))
    return is_apart and bool(re.fullmatch(r"\w*[^\W\d_]\w*(?:#\d+)?", match[1]))


@lru_cache(maxsize=8)
def _pattern(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(rf"{mark}([^\s{mark}]{{1,{_LONGEST}}}){mark}")


def from_names(names: Sequence[str]) -> Table:
    """The set's own names: initials in lower case, with a number where several share them."""
    table: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(" ".join(each.split()) for each in names if each.strip()):
        initials = "".join(word[0] for word in name.split() if word[0].isalpha()).lower() or name[:2].lower()
        code = next(each for each in _numbered(initials) if each not in table)
        table[code] = (name,)
    return table


def _numbered(initials: str) -> Iterable[str]:
    yield initials
    number = 2
    while True:
        yield f"{initials}{number}"
        number += 1
