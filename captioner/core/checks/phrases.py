"""Many phrases looked for in a text at once, in a time that doesn't grow with their number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

_WORD = re.compile(r"\w+")
_UNDIVIDED = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]")
"""Scripts that put no space between words."""
_Group = tuple[tuple[str, ...], tuple["Phrase", ...]]
"""Phrases that begin alike, in small letters and as they are."""
_MOST_MARKS = 10_000
MOST = 20
"""What is found in one text: whoever sees that much needs no more."""


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    kind: str = ""
    is_exact: bool = False
    """Whether it counts only in this case: marks such as TK."""

    def ends(self, text: str, start: int) -> int:
        """Where it ends in a text that has it here but perhaps for its case; 0 where it hasn't."""
        end = start + len(self.text)
        is_divided = not _UNDIVIDED.match(self.text[-1]) and self.text[-1].isalnum()
        is_cut = is_divided and text[end : end + 1].isalnum()
        return 0 if is_cut or (self.is_exact and text[start:end] != self.text) else end


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    kind: str


class Phrases:
    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """By what they begin with: a whole word, or a character where there are none."""
        self._by_word: dict[str, _Group] = {}
        self._by_character: dict[str, _Group] = {}
        for each in sorted(phrases, key=lambda phrase: -len(phrase.text)):
            lower = _lower(each.text)
            word = None if _UNDIVIDED.match(lower) else _WORD.match(lower)
            held, key = (self._by_word, word[0]) if word else (self._by_character, lower[0])
            begins, same = held.get(key, ((), ()))
            held[key] = (*begins, lower), (*same, each)
        self._characters = re.compile(f"[{re.escape(''.join(self._by_character))}]") if self._by_character else None

    def find(self, text: str, most: int = MOST) -> list[Found]:
        """In their order; of those that overlap the first, of those that begin together the longest."""
        return list(islice(_apart(sorted(self._every(text, _lower(text), most), key=_place)), most))

    def _every(self, text: str, lower: str, most: int) -> Iterator[Found]:
        if not self._by_word.keys().isdisjoint(_WORD.findall(lower)):  # mostly nothing of it is there
            words = ((match.start(), self._by_word.get(match[0])) for match in _WORD.finditer(lower))
            yield from islice(_fitting(text, lower, words), 2 * most)
        if self._characters:
            marks = islice(self._characters.finditer(lower), _MOST_MARKS)
            begun = ((match.start(), self._by_character[match[0]]) for match in marks)
            yield from islice(_fitting(text, lower, begun), 2 * most)


def _fitting(text: str, lower: str, candidates: Iterable[tuple[int, _Group | None]]) -> Iterator[Found]:
    for start, group in candidates:
        if group and lower.startswith(group[0], start):
            for begin, each in zip(*group, strict=True):
                if lower.startswith(begin, start) and (end := each.ends(text, start)):
                    yield Found(start, end, each.kind)
                    break


def _lower(text: str) -> str:
    """As long as before, so that places stay: İ alone grows when it is made small."""
    plain = text.replace("\n", " ").replace("\t", " ").replace("\u00a0", " ").replace("İ", "i")
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(char.lower()[0] for char in plain)


def _place(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    end = 0
    for each in found:
        if each.start >= end:
            yield each
            end = each.end
