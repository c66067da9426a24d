"""What stands in a story and is no caption: headline, datelines, bylines, links to more."""

import re
from collections.abc import Sequence
from functools import cache

from captioner.core.agencies import Agencies
from captioner.core.caption_labels import Labelled
from captioner.core.credit import is_credit, split
from captioner.core.languages import Languages
from captioner.core.lone_credits import giver, is_led
from captioner.core.names import is_caseless, is_name_word
from captioner.core.paragraphs import ends_sentence

_LONGEST_HEADLINE = 160
_ENOUGH = 40
_LONGEST_DATELINE = 90
_LONGEST_PLACE = 40
_LONGEST_CASELESS_PLACE = 12
_MOST_PLACE_WORDS = 6
_MOST_STAFF_WORDS = 4
_LONGEST_KICKER, _MOST_KICKER_WORDS, _LONGER = 30, 4, 1.6
_LONGEST_CASELESS_KICKER = 8
_SECTIONS = re.compile(r"\w\s*[|｜›»>]\s*\w|\w\s+[/／·•]\s+\w")
_LETTERS = re.compile(r"[^\W\d_]+")
_DASHED = re.compile(r"[\w)）]\s*[-–—]+$")
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.hH]\d\d|\s?(?:[ap]\.?m\b|[hH]\b|Uhr|[時时点點시]))|\b[٠-٩]{1,2}:[٠-٩]{2}", re.IGNORECASE
)
_MOST_UPDATED_WORDS, _MOST_UPDATED_SMALL = 9, 1
_NUMERIC_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]")
_EMPHASISED = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<text>[^*_]+)(?P=mark)")
_STOP = re.compile(r"[.。．;,؛،:：](?:[\"”’»)]|[ \u00a0\u202f]»)*$")


def take(found: Sequence[Labelled], agencies: Agencies, languages: Languages) -> tuple[str, list[Labelled]]:
    """The headline, "" where there is none, and what is left for captions."""
    body = [each for each in found if not _is_aside(each, languages)]
    body = _without_end(body, agencies, languages)
    first = _fronts(body, agencies, languages)
    for index, each in enumerate(body[: first + 1]):
        if headline := _headline(each, languages):
            return headline, _without_front(body[index + 1 :], agencies, languages)
    return _titled(body[first:], agencies, languages)


def _titled(body: Sequence[Labelled], agencies: Agencies, languages: Languages) -> tuple[str, list[Labelled]]:
    """The headline that its place and shape tell; of two titles the second where the first is a kicker."""
    rest = _without_front(body[1:], agencies, languages)
    if not body or not _is_headline(body[0], rest, agencies):
        return "", list(body)
    after = _without_front(rest[1:], agencies, languages)
    if rest and _is_kicker(body[0].text, rest[0].text, after, agencies) and _is_headline(rest[0], after, agencies):
        return _plain(rest[0].text), after
    return _plain(body[0].text), rest


def _plain(headline: str) -> str:
    """Without Markdown's emphasis around all of it."""
    match = _EMPHASISED.fullmatch(headline)
    return match["text"] if match else headline


def _is_kicker(first: str, second: str, captions: Sequence[Labelled], agencies: Agencies) -> bool:
    """`INTERNATIONAL | UKRAINE`, `Aus dem Kreis Celle`: much shorter than the title below, above finished captions."""
    if not all(_is_finished(each, agencies) for each in captions[:_ENOUGH]):
        return False
    if is_caseless(first):
        return len(first) <= _LONGEST_CASELESS_KICKER and len(second) >= 2 * len(first)
    is_told = bool(_SECTIONS.search(first)) or (first.isupper() and not second.isupper())
    is_short = len(first) <= _LONGEST_KICKER and len(first.split()) <= _MOST_KICKER_WORDS
    are_sentences = all(ends_sentence(split(each.text, agencies)[0]) or giver(each.whole, agencies)
                        for each in captions[:_ENOUGH])  # fmt: skip
    return is_told or (is_short and are_sentences and len(second) >= _LONGER * len(first))


def _is_finished(each: Labelled, agencies: Agencies) -> bool:
    """As captions are: a sentence, or credited; or a credit on a line of its own."""
    caption, credit = split(each.text, agencies)
    return bool(credit) or ends_sentence(caption) or bool(giver(each.whole, agencies))


def _headline(each: Labelled, languages: Languages) -> str:
    """The headline that a lead word tells: `Judul: …`."""
    match = _headline_lead(languages).match(each.whole)
    return each.whole[match.end() :].strip() if match else ""


def _without_front(body: Sequence[Labelled], agencies: Agencies, languages: Languages) -> list[Labelled]:
    """Datelines, bylines and credits before the first caption belong to no caption; nor do those below a subtitle."""
    start = _fronts(body, agencies, languages)
    rest = list(body[start:])
    if rest and not _is_finished(rest[0], agencies):
        below = _fronts(rest[1:], agencies, languages)
        if below and not is_credit(rest[1].text, agencies):
            return [rest[0], *rest[1 + below :]]
    return rest


def _fronts(body: Sequence[Labelled], agencies: Agencies, languages: Languages) -> int:
    """How many of them stand first."""
    return next((index for index, each in enumerate(body) if not _is_front(each, agencies, languages)), len(body))


def _without_end(body: Sequence[Labelled], agencies: Agencies, languages: Languages) -> list[Labelled]:
    """`Editor: …` below the last caption."""
    end = len(body)
    while end and ":" in body[end - 1].whole and _is_byline(body[end - 1].whole, agencies, languages):
        end -= 1
    return list(body[:end])


def _is_front(each: Labelled, agencies: Agencies, languages: Languages) -> bool:
    if not each.text or each.file_name or each.number is not None:
        return False
    dated = _is_dateline(each.text, languages) or _is_place(each.text, agencies) or _is_updated(each.text, languages)
    return dated or _is_byline(each.text, agencies, languages) or is_credit(each.text, agencies)


def _is_dateline(text: str, languages: Languages) -> bool:
    """`Jakarta, 13 September 2023`, `Moscow, Sept 13 (Reuters)`: a place, a date, and no word of a headline."""
    if len(text) > _LONGEST_DATELINE or not any(map(str.isdigit, text)):
        return False
    words = list(_LETTERS.finditer(text))
    months = [word for word in words if word[0].casefold() in languages.shortened_months]
    digit = next(index for index, char in enumerate(text) if char.isdigit())
    if not months and not _NUMERIC_DATE.search(text):
        return False
    start = min([digit, *(month.start() for month in months)])
    after = [word[0] for word in words if word.start() > start and word not in months]
    before = text[:start].strip()
    is_apart = len(before.split()) < 2 or before.endswith((",", "-", "–", "—", "|", "("))
    return (
        is_apart
        and _names_place(before)
        and len(after) <= 4
        and all(word[0] != word[0].lower() or len(word) <= 2 for word in after)
    )


def _names_place(text: str) -> bool:
    """A few words with capitals; a sentence may end in its date as well."""
    words = _LETTERS.findall(text)
    if words and is_caseless(words[0]):
        return len(text) <= _LONGEST_CASELESS_PLACE
    return len(words) <= _MOST_PLACE_WORDS and not any(word[0].islower() and len(word) > 3 for word in words)


def _is_place(text: str, agencies: Agencies) -> bool:
    """`MOSKOW`, `JAKARTA, KOMPAS —`, `Berlin (dpa)`, `Valencia, Spain (AP) —`."""
    words = text.split()
    if len(text) > _LONGEST_PLACE or any(map(str.isdigit, text)) or _STOP.search(text):
        return False
    if _DASHED.search(text):
        return len(words) <= 4 or (")" in text and _names_place(text))
    if len(words) == 1 and len(text) > 2 and text.isupper():
        return True
    names_house = len(words) <= 3 and any(agencies.lists(part) for part in re.split(r"\s*,\s*", text))
    return names_house or _is_signed_place(*split(text, agencies))


def _is_signed_place(place: str, credit: str) -> bool:
    """`Berlin (dpa)`, `OSTLEY, Kan. (AP)`."""
    city, comma, region = place.partition(",")
    if credit and comma and city.isupper() and len(region.split()) <= 2:
        return _names_place(place)
    is_name = 0 < len(place) <= 20 and place[0] != place[0].lower() and not ends_sentence(place)
    return bool(credit) and is_name and (" " not in place or place.isupper())


def _is_updated(text: str, languages: Languages) -> bool:
    """`Updated 10:30 GMT`, `Diperbarui: Rabu, 13 September 2023`: a time, and next to no word of a sentence."""
    match = _updated(languages).match(text) if len(text) <= _LONGEST_DATELINE else None
    if not match:
        return False
    rest = text[match.end() :]
    words = _LETTERS.findall(rest)
    small = [word for word in words if word[0].islower() and len(word) > 3 and not _is_month(word, languages)]
    is_timed = _CLOCK.search(rest) or _NUMERIC_DATE.search(rest) or any(_is_month(word, languages) for word in words)
    return bool(is_timed) and len(words) <= _MOST_UPDATED_WORDS and len(small) <= _MOST_UPDATED_SMALL


def _is_month(word: str, languages: Languages) -> bool:
    return word.casefold() in languages.shortened_months


def _is_byline(text: str, agencies: Agencies, languages: Languages) -> bool:
    """`Oleh Andi Wijaya`, `Teks: …, Foto: …`: the rest is names."""
    match = _byline_lead(languages).match(text)
    rest = text[match.end() :].strip(" .") if match else ""
    words = re.split(r"[\s,/&|]+", rest)
    if len(words) > 9 or not all(is_name_word(word.strip(":"), agencies) for word in words):
        return False
    is_told = ":" in text or not rest[:1].islower() or agencies.is_organisation(rest)
    return is_told and any(word[:1] != word[:1].lower() or is_caseless(word) for word in words if word)


def _is_staff(text: str, languages: Languages) -> bool:
    """`Van onze verslaggever`, `From our correspondent in Brennick`: no name, and no sentence."""
    match = _staff(languages).match(text)
    return bool(match) and len(text[match.end() :].split()) <= _MOST_STAFF_WORDS and not ends_sentence(text)


def _is_aside(each: Labelled, languages: Languages) -> bool:
    """`Baca juga: …`, `Van onze verslaggever`, wherever it stands."""
    return bool(_more_lead(languages).match(each.whole)) or _is_staff(each.whole, languages)


def _is_headline(first: Labelled, rest: Sequence[Labelled], agencies: Agencies) -> bool:
    if not rest or first.file_name or first.is_placed or first.number is not None:
        return False
    if is_led(first.whole, agencies) and is_led(rest[0].whole, agencies):
        return False
    is_short = 0 < len(first.text) <= _LONGEST_HEADLINE and len(first.text.split()) <= 24
    is_plain = is_short and not _STOP.search(first.text) and not split(first.text, agencies)[1]
    return is_plain and _stands_out(first.text, rest[:_ENOUGH], agencies)


def _stands_out(first: str, rest: Sequence[Labelled], agencies: Agencies) -> bool:
    """The captions are sentences, or labelled, or credited, or much longer."""
    if all(each.file_name or each.number is not None for each in rest):
        return True
    captions = [split(each.text, agencies) for each in rest if each.text]
    told = sum(_is_finished(each, agencies) for each in rest if each.text)
    lengths = sorted(len(text) for text, _ in captions)
    return told * 2 >= len(captions) or lengths[len(lengths) // 2] > 1.6 * len(first)


@cache
def _headline_lead(languages: Languages) -> re.Pattern[str]:
    return _lead(languages, "headline", r"\s*[:：=＝]\s*")


@cache
def _staff(languages: Languages) -> re.Pattern[str]:
    return _lead(languages, "staff", r"(?!\w)")


@cache
def _updated(languages: Languages) -> re.Pattern[str]:
    return _lead(languages, "updated", r"(?!\w)")


@cache
def _byline_lead(languages: Languages) -> re.Pattern[str]:
    return _lead(languages, "byline", r"(?:\s*[:：=＝]\s*|\s+)")


@cache
def _more_lead(languages: Languages) -> re.Pattern[str]:
    return _lead(languages, "more", r"\s*[:：]\s*")


def _lead(languages: Languages, name: str, after: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, languages.all(name)))
    return re.compile(rf"(?:{words}){after}", re.IGNORECASE)
