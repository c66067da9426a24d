"""Many phrases looked for in a text at once, in a time that doesn't grow with their number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

_WORD = re.compile(r"\w+")
_UNDIVIDED = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]")
"""Scripts that put no space between words."""
_PLAIN = str.maketrans({"\n": " ", "\t": " ", "\u00a0": " ", "İ": "i"})
"""As long as before, so that places stay; İ alone grows when it is folded."""
MOST = 20
"""What is found in one text: whoever sees that much needs no more."""


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    kind: str = ""
    is_exact: bool = False
    """Whether it counts only in this case: marks such as TK."""

    def ends(self, text: str, start: int) -> int:
        """Where it ends in a text that has it here; 0 where it hasn't."""
        end = start + len(self.text)
        held = text[start:end]
        is_same = held == self.text or (not self.is_exact and held.casefold() == self.text.casefold())
        is_apart = bool(_UNDIVIDED.match(self.text[-1])) or not (self.text[-1].isalnum() and text[end : end + 1].isalnum())
        return end if is_same and is_apart else 0


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    kind: str


class Phrases:
    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """By what they begin with: a whole word, or a character where there are none."""
        self._by_word: dict[str, list[Phrase]] = {}
        self._by_character: dict[str, list[Phrase]] = {}
        for each in sorted(phrases, key=lambda phrase: -len(phrase.text)):
            each = replace(each, text=each.text.translate(_PLAIN))
            word = _WORD.match(each.text)
            is_divided = word and not _UNDIVIDED.match(each.text)
            held, key = (self._by_word, word[0].casefold()) if is_divided and word else (self._by_character, each.text[0])
            held.setdefault(key, []).append(each)
        self._characters = re.compile(f"[{re.escape(''.join(self._by_character))}]") if self._by_character else None

    def find(self, text: str, most: int = MOST) -> list[Found]:
        """In their order; of those that overlap the first, of those that begin together the longest."""
        return list(islice(_apart(sorted(self._every(text.translate(_PLAIN), most), key=_place)), most))

    def _every(self, text: str, most: int) -> Iterator[Found]:
        words = ((match.start(), self._by_word.get(match[0].casefold(), ())) for match in _WORD.finditer(text))
        yield from islice(_fitting(text, words), 2 * most)
        if self._characters:
            marks = ((match.start(), self._by_character[match[0]]) for match in self._characters.finditer(text))
            yield from islice(_fitting(text, marks), 2 * most)


def _fitting(text: str, candidates: Iterable[tuple[int, Iterable[Phrase]]]) -> Iterator[Found]:
    for start, phrases in candidates:
        for each in phrases:
            if end := each.ends(text, start):
                yield Found(start, end, each.kind)
                break


def _place(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    end = 0
    for each in found:
        if each.start >= end:
            yield each
            end = each.end
