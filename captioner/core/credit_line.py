"""Where a caption ends and its credit begins."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from captioner.core.agencies import Agencies, key
from captioner.core.credit_evidence import Evidence, Place
from captioner.core.credit_marks import BLANK, CLOSING, opening, unwrapped, without_lead, without_offset, without_stop
from captioner.core.names import is_name_word

_TAIL = 320
_LONGEST = 200
_MOST_WORDS = 24
_SMALL_WORDS = 3
_SHORT_TEXT = 1000
_EDGE = re.compile(
    r"(?=[.!?…؟۔。！？．)\]）】」”\"»\s/／|｜＝—-])(?:"
    r"[.!?…؟۔](?:[\"'”’»›)\]]|[ \u00a0\u202f]»)*\s+"
    r"|(?<=[\w)\]\"”’»]{2})[.!?…؟۔][\"'”’»›)\]]*(?=[^\W\da-z_])|[。！？．][”’»）」』】]*\s*|[)\]）】」”\"»]\s+|[\r\n\u2028\u2029]+\s*"
    r"|\s[-–—―|｜•·*~/／]+\s*|\s*[—|｜＝]\s*|--+\s*|[ \u00a0]{2,}|\t+)"
)
_CAPTION_END = BLANK + "-–—―|｜/／·•=＝"
# `2023.9.13/뉴스1`: a slash after a digit, a sign, or the syllable that ends a Korean sentence.
_LAST_SLASH = re.compile(r"(?<=[\W\d다])[/／=＝]\s*[^/／=＝]{2,40}$")
_LEAD_SIGN = re.compile(r"[:：=＝|｜/／©ⓒ]|\b(?i:via|\(c\)|copyright)")
_SIGN = re.compile(
    r"[/／|｜()（）\[\]【】<>〈〉=＝©ⓒ:：;,，、@·•–—-]|\b(?i:via|by|oleh|copyright|for|pour|für|untuk|para|per|voor|для)\b"
)


def find(text: str, agencies: Agencies) -> tuple[str, str]:
    """The caption and the credit at its end, which is "" where there is none."""
    text = text.strip(BLANK)
    return _find_once(text, agencies) if len(text) < _SHORT_TEXT else _find(text, agencies)


def _find(text: str, agencies: Agencies) -> tuple[str, str]:
    base = max(0, len(text) - _TAIL)
    tail = text[base:]
    for start, place in _starts(tail, whole=base == 0, agencies=agencies):
        if credit := _credit(tail[start:], place, tail[:start], agencies):
            return text[: base + start].rstrip(_CAPTION_END), credit
    return text, ""


_find_once = lru_cache(maxsize=8192)(_find)  # a story asks for the same line twice


@lru_cache(maxsize=8192)
def is_credit(line: str, agencies: Agencies) -> bool:
    """Whether a line is nothing but a credit."""
    line = line.strip(BLANK)
    return bool(line and _credit(line, Place.START, "", agencies))


def _starts(tail: str, whole: bool, agencies: Agencies) -> Iterator[tuple[int, Place]]:
    """Where a credit may begin, the likelier places first, the longer credits first."""
    if whole:
        yield 0, Place.START
    yield from ((match.end(), Place.EDGE) for match in _EDGE.finditer(tail) if match.end() < len(tail))
    if (bracket := _last_bracket(tail)) >= 0:
        yield bracket, Place.BRACKET
    if _LEAD_SIGN.search(tail):
        yield from ((start, Place.MIDDLE) for start in (*_leads(tail, agencies), *_names(tail, agencies)))
    if match := _LAST_SLASH.search(tail[-60:]):
        yield len(tail) - len(tail[-60:]) + match.start() + 1, Place.EDGE


def _last_bracket(tail: str) -> int:
    closed = without_stop(tail)[0]
    return opening(closed) if closed[-1:] in CLOSING else -1


def _leads(tail: str, agencies: Agencies) -> Iterator[int]:
    """Lead words within a sentence count only when they begin with a capital."""
    words, past = agencies.words, 0
    for start in (match.start() for match in words.lead_letters.finditer(tail)):
        if start < past or not words.may_lead(tail, start) or not (match := words.strong_lead.match(tail, start)):
            continue
        past, before, first = match.end(), tail[start - 1 : start], tail[start]
        is_apart = first == first.upper() and not (before.isalnum() and first.isascii())
        if is_apart and not _is_led(tail[:start], agencies):
            yield start


def _is_led(before: str, agencies: Agencies) -> bool:
    """`Im Bild: …`, `На фото: …`: the words belong to the sentence."""
    last = before.split()[-1:]
    return bool(last) and key(last[0]) in agencies.words.common


def _names(tail: str, agencies: Agencies) -> Iterator[int]:
    """The first of a run of capitalised words: `… after a downpour Julie Doe/AFP via Getty Images`."""
    recent = tail[-120:]
    if "/" not in recent and " via " not in recent:
        return
    words = list(re.finditer(r"\S+", recent))
    for index in range(1, len(words)):
        before, word = words[index - 1][0], words[index][0]
        is_apart = before.endswith(",") or not is_name_word(before, agencies) or _is_shouted(word, agencies)
        if is_apart and _can_begin(word, agencies):
            skipped = max(0, _run(words, index) - 2) if key(before) in agencies.words.common else 0
            yield len(tail) - len(recent) + words[index + skipped].start()


def _can_begin(word: str, agencies: Agencies) -> bool:
    return not word[0].islower() or bool(agencies.kind(word.split("/")[0]))


def _is_shouted(word: str, agencies: Agencies) -> bool:
    """`… in Marlow REUTERS/Jane`: no place is called so."""
    house, slash, _name = word.partition("/")
    return bool(slash) and house.isupper() and agencies.kind(house) == "agency"


def _run(words: Sequence[re.Match[str]], start: int) -> int:
    """How many words stand before and at the first slash."""
    for index in range(start, len(words)):
        if "/" in words[index][0]:
            return index - start + 1
    return 0


def _credit(candidate: str, place: Place, before: str, agencies: Agencies) -> str:
    if len(candidate) > _LONGEST or candidate.count(" ") > _MOST_WORDS or not _is_worth_a_look(candidate, agencies):
        return ""
    outer, stopped = without_stop(without_offset(candidate))
    inner = unwrapped(outer)
    strength, rest = without_lead(inner, agencies)
    rest = without_stop(rest)[0]
    if not strength and _is_prose(rest, agencies):
        return ""
    is_credit = Evidence(agencies, rest, strength, place, stopped, before).accepts()
    return rest if is_credit else ""


def _is_prose(text: str, agencies: Agencies) -> bool:
    small = sum(word[0].islower() and key(word) not in agencies.words.particle for word in text.split())
    return small > _SMALL_WORDS and not text.startswith(agencies.words.before_spaced)


def _is_worth_a_look(candidate: str, agencies: Agencies) -> bool:
    """Cheap: something that divides or announces, or a name that is known."""
    if _SIGN.search(candidate):
        return True
    plain = candidate.strip(_CAPTION_END + ".")
    if not plain.strip():
        return False
    opener, last = key(plain.split(None, 1)[0]), key(plain.rsplit(None, 1)[-1])
    is_announced = opener in agencies.words.openers or last in agencies.words.photo
    return is_announced or plain.endswith(agencies.words.after) or bool(agencies.kind(plain))
