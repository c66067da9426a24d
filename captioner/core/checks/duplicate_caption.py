"""Two photos with the same caption, or nearly so: mostly one was pasted twice."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from captioner.core.checks.across import EVERY, Across, Group, Rows, Token, Verdict
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.texts import plain
from captioner.core.photo import Photo
from captioner.i18n import N_, _

_TOLD = {
    Severity.WARNING: N_("{name} has the same caption as {other}; write one of them anew."),
    Severity.INFO: N_("{name} has nearly the same caption as {other}; look whether one of them is meant so."),
}
_FEWEST, _MOST = 8, 400
"""Words: of shorter captions only the same ones count, and of longer ones nearly the same is too long to look for."""
_ALIKE, _SLIP = 0.9, 0.7
_WINDOWS = 4


@lru_cache(maxsize=1 << 14)
def _words(caption: str) -> tuple[str, ...]:
    return tuple(plain(caption).split())


def _tokens(photo: Photo, _knows: Knowledge) -> frozenset[Token]:
    caption = photo.values.text("caption")
    words = _words(caption)
    keys = {f"={' '.join(words)}" if words else f"={caption.strip()}"} if caption.strip() else set[str]()
    return frozenset((key, caption) for key in keys | set(_windows(words)))


def _windows(words: Sequence[str]) -> Iterator[str]:
    """The caption but for a window: two that differ in one place have one of these in common.

    Counted from both ends, in steps that one word more or less doesn't change.
    """
    if not _FEWEST <= len(words) <= _MOST:
        return
    for count in {(len(words) - 1) // 4 * 4, (len(words) + 1) // 4 * 4} - {0, 4}:
        kept = count - count // 4 - 1
        for window in range(_WINDOWS + 1):
            start = kept * window // _WINDOWS
            ends = *words[:start], "…", *words[len(words) - (kept - start) :]
            yield f"{window}/{count} {_digest(ends)}"


def _digest(words: Sequence[str]) -> str:
    """The same in every process that judges, which Python's own hash is not."""
    return blake2b("\n".join(words).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _verdict(group: Group, _rows: Rows, _knows: Knowledge) -> Verdict:
    """Everybody is told who is the first."""
    is_alone = len(group.held) == 1 and len(next(iter(group.held.values()))) == 1
    return {} if is_alone else {EVERY: group.first}


def _find(photo: Photo, told: Mapping[Token, tuple[Path, str] | None], knows: Knowledge) -> Iterator[Finding]:
    """Beside the first that has the same; else beside one that is nearly so."""
    caption = photo.values.text("caption")
    firsts = {(first, key.startswith("=")) for (key, _caption), first in told.items() if first}
    graded = [(Severity.WARNING if is_same else _nearness(caption, first[1], knows), is_same, first[0].name)
              for first, is_same in firsts if first[0] != photo.path]  # fmt: skip
    severity, _is_same, other = max(graded, default=("", False, ""))
    if severity:
        message = _(_TOLD[Severity(severity)]).format(name=photo.path.name, other=other)
        yield Finding(photo.path, "duplicate-caption", Severity(severity), "caption", message)


@lru_cache(maxsize=1 << 12)
def _nearness(caption: str, other: str, knows: Knowledge) -> str:
    """A warning where mere slips differ, "" where what differs is what a series tells: names, numbers, sides."""
    mine, theirs = _written(caption), _written(other)
    matcher = SequenceMatcher(None, *([word.casefold() for word in words] for words in (mine, theirs)), autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ""
    changes = [(mine[a:b], theirs[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    meant = [word for change in changes if not _is_slip(*change) for words in change for word in words]
    if not meant:
        return Severity.WARNING
    sides = _sides(knows)
    return "" if any(not word.islower() or word in sides for word in meant) else Severity.INFO


@lru_cache(maxsize=8)
def _sides(knows: Knowledge) -> frozenset[str]:
    return frozenset((*knows.all("left-right", "words"), *knows.all("left-right", "beside")))


def _written(caption: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in caption).split()


def _is_slip(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """A word mistyped, or a small one left out or put in."""
    if len(mine) == len(theirs) == 1:
        one, other = mine[0], theirs[0]
        is_number = any(char.isdigit() for char in one + other)
        is_name = one[0].isupper() and other[0].isupper()
        return not is_number and not is_name and SequenceMatcher(None, one, other).ratio() >= _SLIP
    return not (mine and theirs) and all(word.islower() for word in (*mine, *theirs)) and len(mine) + len(theirs) < 3


ACROSS = Across(_tokens, _verdict, _find)
