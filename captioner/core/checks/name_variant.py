"""A name that the set, the story or the glossary spells in another way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from itertools import islice

from captioner.core.checks.across import Across, Group, Rows, Token, Verdict, commonest
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.phrases import MOST
from captioner.core.checks.spelled_names import Spelled, folded, is_slip, names, plain
from captioner.core.checks.texts import language, texts
from captioner.core.photo import Photo
from captioner.i18n import _

_KEYS = ("headline", "caption", "creator", "persons_shown", "alt_text", "extended_description")
_MOST_COMPARED = 24


def _tokens(photo: Photo, knows: Knowledge) -> frozenset[Token]:
    spoken = language(photo, photo.values.text("caption"), knows)
    return frozenset(
        (each.key, plain(each.written)) for _key, text in texts(photo, _KEYS) for each in names(text, spoken, knows)
    )


@lru_cache(maxsize=8)
def _known(known: frozenset[str], knows: Knowledge) -> Mapping[str, frozenset[str]]:
    """What they say, by key."""
    found = defaultdict[str, set[str]](set)
    for name in known:
        for each in names(name, "", knows):
            found[each.key].add(plain(each.written))
    return {key: frozenset(written) for key, written in found.items()}


def _verdict(group: Group, rows: Rows, knows: Knowledge) -> Verdict:
    """Each writing is told the one that the glossary knows of the same name, else the story's only one, else the
    commoner one."""
    known, told = (_known(each, knows).get(group.key, frozenset[str]()) if each else frozenset[str]()
                   for each in (knows.names, knows.told))  # fmt: skip
    if len(group.held) < 2 and not known and not told:
        return {}
    verdict: dict[str, str] = {}
    for same in _same(group.held.keys() | known | told):
        held = same & group.held.keys()
        sure = same & known or (same & told if len(same & told) == 1 else set[str]())
        right = min(sure, default="") or (commonest(group, held, rows) if held else "")
        verdict |= {written: right for written in held if written not in known and written != right}
    return verdict


def _same(written: Set[str]) -> list[set[str]]:
    """The writings, those of one name together."""
    by_letters = defaultdict[str, set[str]](set)
    for each in written:
        by_letters[folded(each)].add(each)
    found: list[set[str]] = []
    for same in (by_letters[letters] for letters in sorted(by_letters)):
        near = [each for each in found if len(by_letters) <= _MOST_COMPARED and is_slip(min(each), min(same))]
        near[0].update(same) if near else found.append(same)
    return found


def _find(photo: Photo, told: Mapping[Token, str | None], knows: Knowledge) -> Iterator[Finding]:
    if not any(told.values()):
        return
    spoken = language(photo, photo.values.text("caption"), knows)
    for key, text in texts(photo, _KEYS):
        wrong = [each for each in names(text, spoken, knows) if told.get((each.key, plain(each.written)))]
        for each in islice(_apart(wrong), MOST):
            right = told[each.key, plain(each.written)] or ""
            message = _("{name}: “{found}” is spelled “{right}” elsewhere; spell it one way.").format(
                name=photo.path.name, found=each.written, right=right
            )
            fix = text[: each.start] + right + text[each.end :]
            yield Finding(photo.path, "name-variant", Severity.WARNING, key, message, each.start, each.end, fix)


def _apart(found: list[Spelled]) -> Iterator[Spelled]:
    """Of two that overlap the first alone."""
    end = 0
    for each in found:
        if each.start >= end:
            yield each
            end = each.end


ACROSS = Across(_tokens, _verdict, _find, uses_names=True)
