"""Credits on lines of their own: each below its caption, or one for all."""

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from captioner.core.agencies import Agencies, key
from captioner.core.caption_labels import Labelled
from captioner.core.credit import is_credit, split
from captioner.core.credit_marks import bare, unwrapped, without_lead, without_offset, without_stop
from captioner.core.languages import Languages
from captioner.core.names import is_caseless, is_name_word
from captioner.core.paragraphs import ends_sentence

_SIGN = re.compile(r"[:：=＝|｜/／©ⓒ]")
_STOPPED = re.compile(r"\w{4,}[.!?…]|[。！？؟;；:：]|\w[!?]|[다요]$")
_LONGEST_LINE, _LONGEST, _MOST_WORDS, _MOST_COMMON = 140, 80, 9, 2
_LONGEST_UNSPACED, _MOST_CASELESS_WORDS = 20, 6
_SPOKEN = re.compile(r"[をがはへ、，]")
"""Japanese particles and commas that stand in sentences."""


def giver(line: str, agencies: Agencies) -> str:
    """Whom a line thanks, "" where it is none: a lead word, its sign and a short phrase (`Foto: Polizei Celle`)."""
    return _giver(line, agencies) if len(line) <= _LONGEST_LINE else ""


@lru_cache(maxsize=4096)  # a story asks for the same line several times
def _giver(line: str, agencies: Agencies) -> str:
    found = bare(line, agencies) if is_led(line, agencies) else ""
    is_stopped = without_stop(line)[1] and not all(is_name_word(word, agencies) for word in found.split())
    return found if not is_stopped and _is_phrase(found, agencies) else ""


@lru_cache(maxsize=4096)
def is_led(line: str, agencies: Agencies) -> bool:
    """Whether it begins with a lead word and its sign, or with one before whom it thanks: `Photo courtesy of …`."""
    text = unwrapped(without_offset(line))
    if not agencies.words.may_lead(text):
        return False
    match = agencies.words.strong_lead.match(text)
    strength, rest = without_lead(text, agencies)
    return bool(match and _SIGN.search(match[0])) or (strength > 0 and rest.startswith(agencies.words.before_spaced))


def below(body: Sequence[Labelled], agencies: Agencies) -> dict[int, str]:
    """The givers that no list knows, by the places of their lines. Two leads in a row are labels of captions."""
    led = [
        not each.file_name and each.number is None and len(each.whole) <= _LONGEST_LINE and is_led(each.whole, agencies)
        for each in body
    ]
    return {index: found for index, each in enumerate(body)
            if led[index] and True not in (*led[max(0, index - 1) : index], *led[index + 1 : index + 2])
            and not split(each.text, agencies)[1] and (found := giver(each.whole, agencies))}  # fmt: skip


def turned(found: Sequence[Labelled], agencies: Agencies) -> list[Labelled]:
    """Credits that stand above their captions below them: after a title, credit and sentence in turn."""
    start = next((index for index, each in enumerate(found) if giver(each.whole, agencies)), len(found))
    credits, captions = found[start::2], found[start + 1 :: 2]
    is_turned = len(credits) == len(captions) > 1 and not (start and ends_sentence(found[start - 1].whole))
    if not is_turned or not all(giver(each.whole, agencies) for each in credits):
        return list(found)
    if not all(ends_sentence(each.whole) and not giver(each.whole, agencies) for each in captions):
        return list(found)
    pairs = zip(captions, credits, strict=True)
    return [*found[:start], *(each for pair in pairs for each in pair)]


def for_all(
    found: Sequence[Labelled], apart: Collection[str], agencies: Agencies, languages: Languages
) -> tuple[int, str]:
    """Where the one line stands that credits all photos, and whom: `Photos: Jane Doe`; (-1, "") where there is none.

    `apart` are the lines that stand as far from the caption above them as captions do from each other.
    """
    told = {index: credit for index, each in enumerate(found) if (credit := _plural(each.whole, agencies, languages))}
    if len(told) != 1 or any(is_lone(each.whole, agencies) for index, each in enumerate(found) if index not in told):
        return -1, ""
    index, credit = told.popitem()
    return (index, credit) if found[index].whole in apart else (-1, "")


def is_lone(line: str, agencies: Agencies) -> bool:
    return is_credit(line, agencies) or bool(giver(line, agencies))


def _plural(line: str, agencies: Agencies, languages: Languages) -> str:
    match = _plural_lead(languages).match(line)
    credit = bare(line[match.end() :], agencies) if match else ""
    return credit if credit and _is_phrase(credit, agencies) else ""


def _is_phrase(text: str, agencies: Agencies) -> bool:
    """Neither a sentence nor a place in the picture."""
    words = text.split()
    if not words or len(text) > _LONGEST or _STOPPED.search(text) or not any(map(str.isalpha, text)):
        return False
    if is_caseless(text):
        is_short = len(words) <= _MOST_CASELESS_WORDS if " " in text else len(text) <= _LONGEST_UNSPACED
        return is_short and not _SPOKEN.search(text)
    known = agencies.words
    common = sum(key(word) in known.common and key(word) not in known.particle for word in words)
    return len(words) <= _MOST_WORDS and common <= _MOST_COMMON and not all(key(word) in known.place for word in words)


@cache
def _plural_lead(languages: Languages) -> re.Pattern[str]:
    words = "|".join(map(re.escape, languages.all("photos")))
    return re.compile(rf"(?:{words})(?:\s*[:：=＝]\s*|(?<=\bby)\s+)", re.IGNORECASE)
