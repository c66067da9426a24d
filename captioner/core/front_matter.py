"""What stands in a story and is no caption: headline, datelines, bylines, links to more."""

import re
from collections.abc import Sequence
from functools import cache

from captioner.core.agencies import Agencies
from captioner.core.caption_labels import Labelled
from captioner.core.credit import is_credit, split
from captioner.core.languages import Languages
from captioner.core.paragraphs import ends_sentence

_LONGEST_HEADLINE = 160
_ENOUGH = 40
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|\d{1,2}[:.]\d\d\s*(?:WIB|WITA|WIT|Uhr|h|GMT|UTC)\b")
_NUMERIC_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]")
_STOP = re.compile(r"[.。．;,؛،:：][\"”’»)]*$")


def take(found: Sequence[Labelled], agencies: Agencies, languages: Languages) -> tuple[str, list[Labelled]]:
    """The headline, "" where there is none, and what is left for captions."""
    body = [each for each in found if not _is_aside(each, languages)]
    for index, each in enumerate(body):
        if told := _headline_lead(languages).match(each.whole):
            return each.whole[told.end() :].strip(), _without_front(body[:index], agencies, languages) + _without_front(
                body[index + 1 :], agencies, languages
            )
        if each.text and not _is_front(each, agencies, languages):
            break
    body = _without_end(_without_front(body, agencies, languages), languages)
    rest = _without_front(body[1:], agencies, languages)
    return (body[0].text, rest) if body and _is_headline(body[0], rest, agencies) else ("", body)


def _without_front(body: Sequence[Labelled], agencies: Agencies, languages: Languages) -> list[Labelled]:
    """Datelines, bylines and credits before the first caption belong to no caption."""
    start = 0
    while start < len(body) and _is_front(body[start], agencies, languages):
        start += 1
    return list(body[start:])


def _without_end(body: Sequence[Labelled], languages: Languages) -> list[Labelled]:
    """`Editor: …` below the last caption."""
    end = len(body)
    while end and ":" in body[end - 1].whole and _is_byline(body[end - 1].whole, languages):
        end -= 1
    return list(body[:end])


def _is_front(each: Labelled, agencies: Agencies, languages: Languages) -> bool:
    if not each.text or each.file_name or each.number is not None:
        return False
    return _is_dateline(each.text, languages) or _is_byline(each.text, languages) or is_credit(each.text, agencies)


def _is_dateline(text: str, languages: Languages) -> bool:
    """`Jakarta, 13 September 2023`: short, a date, no sentence."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if len(text) > 90 or len(words) > 9 or _is_sentence(text):
        return False
    has_month = bool(languages.months.intersection(words)) and any(char.isdigit() for char in text)
    has_date = bool(_NUMERIC_DATE.search(text)) or (has_month and len(words) <= 7)
    return (has_date and (len(words) <= 6)) or _is_place(text, words)


def _is_place(text: str, words: Sequence[str]) -> bool:
    """`MOSKOW –`, `JAKARTA, KOMPAS —`."""
    return bool(re.fullmatch(r"[^\W\d_][^\d.!?]{1,40}\s*[-–—]+", text)) and len(words) <= 4


def _is_sentence(text: str) -> bool:
    return bool(_STOP.search(text)) and len(text.split()) > 6


def _is_byline(text: str, languages: Languages) -> bool:
    match = _byline_lead(languages).match(text)
    rest = text[match.end() :] if match else ""
    names = [word for word in re.split(r"[\s,/&|]+", rest) if word]
    capital = sum(word[0] != word[0].lower() or word[0].lower() == word[0].upper() for word in names)
    return (
        bool(names)
        and len(names) <= 9
        and capital * 3 >= len(names) * 2
        and not ends_sentence(rest.rstrip(". ") + rest[-1:] if len(names) > 5 else "")
    )


def _is_aside(each: Labelled, languages: Languages) -> bool:
    """`Baca juga: …`, `Editor: …`, wherever it stands."""
    return bool(_more_lead(languages).match(each.whole))


def _is_headline(first: Labelled, rest: Sequence[Labelled], agencies: Agencies) -> bool:
    if not rest or first.file_name or first.number is not None:
        return False
    is_short = 0 < len(first.text) <= _LONGEST_HEADLINE and len(first.text.split()) <= 24
    is_plain = is_short and not _STOP.search(first.text) and not split(first.text, agencies)[1]
    return is_plain and _stands_out(first.text, rest[:_ENOUGH], agencies)


def _stands_out(first: str, rest: Sequence[Labelled], agencies: Agencies) -> bool:
    """The captions are sentences, or labelled, or credited, or much longer."""
    if all(each.file_name or each.number is not None for each in rest):
        return True
    captions = [split(each.text, agencies) for each in rest if each.text]
    told = sum(bool(credit) or ends_sentence(text) for text, credit in captions)
    lengths = sorted(len(text) for text, _ in captions)
    return told * 2 >= len(captions) or lengths[len(lengths) // 2] > 1.6 * len(first)


@cache
def _headline_lead(languages: Languages) -> re.Pattern[str]:
    return _lead(languages, "headline", r"\s*[:：=＝]\s*")


@cache
def _byline_lead(languages: Languages) -> re.Pattern[str]:
    return _lead(languages, "byline", r"(?:\s*[:：=＝]\s*|\s+)")


@cache
def _more_lead(languages: Languages) -> re.Pattern[str]:
    return _lead(languages, "more", r"\s*[:：]\s*")


def _lead(languages: Languages, name: str, after: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, languages.all(name)))
    return re.compile(rf"(?:{words}){after}", re.IGNORECASE)
