"""What stands before a caption's text: its number, its file's name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from captioner.core.languages import Languages

_SUFFIX = r"\.(?:jpe?g|jpe|tiff?|png|webp|heic|heif|gif|bmp|avif|jxl|cr[23]|crw|nef|nrw|arw|dng|raf|orf|rw2|psd|eps)"
_CAMERA = r"_?[A-Z]{2,4}_?[A-Z]?\d{4,6}(?:[-_]\d{1,3})?"
_AFTER = r"\s*(?:[:：.)\]）】–—―|=＝,;\t-]|$)+\s*"
_SPACED_NAME = re.compile(
    rf"[\[(]?([\w(][^\\/:*?\"<>|\t\n.]{{0,60}}?(?:\.[\w-]{{1,20}}){{0,3}}?{_SUFFIX})[\])]?(?:\s*[:：–—―|=\t]|\s+-|$)+\s*",
    re.I,
)
_PLAIN_NAME = re.compile(rf"[\[(\"]?([^\s\\/:*?\"<>|\[\](]{{1,80}}{_SUFFIX})[\])\"]?(?:{_AFTER}|\s+)", re.I)
_CAMERA_NAME = re.compile(rf"[\[(]?({_CAMERA})[\])]?\s*(?:[:：–—―|=\t]|\s-\s|$)\s*")
_OF_TOTAL = re.compile(r"[\[(（]?(\d{1,3})\s?[/／]\s?(\d{1,3})[\])）]?(?:\s*[.:：)–—―|-]+\s*|\s+|$)")
_SEQUENCE = re.compile(
    r"(?:[\[(（#](\d{1,3})[\])）]?|(\d{1,3})(?:[.)．）、:：]|\s+[-–—|]|\t))[.:：)]?(?:\s+|(?=[^\s\d])|$)"
)
_BULLET = re.compile(r"[•▪◦‣●○■□◆►▶]\s*|#{1,6}\s+|[-–—*]\s+(?=\S)")
_CIRCLED = re.compile(r"([①-⑳])\s*")


@dataclass(frozen=True)
class Labelled:
    text: str
    file_name: str = ""
    number: int | None = None
    total: int | None = None
    is_plain: bool = False
    """Whether the number could as well belong to the sentence (`3. Oktober`, `2/3 of them`)."""
    whole: str = ""
    """The text with its label."""


def labelled(paragraphs: Sequence[str], languages: Languages) -> list[Labelled]:
    """Each paragraph without its label. A number that could belong to the sentence is one only in a sequence."""
    found = [_read(paragraph, languages) for paragraph in paragraphs]
    if _is_sequence(each for each in found if each.is_plain):
        return found
    return [Labelled(each.whole, whole=each.whole) if each.is_plain else each for each in found]


def is_file_name(text: str) -> bool:
    """Whether it is nothing but a photo's name."""
    return bool(re.fullmatch(rf"[^\t\n]{{1,120}}{_SUFFIX}|{_CAMERA}", text.strip(), re.I))


def looks_labelled(line: str, languages: Languages) -> bool:
    return bool(_read(line, languages).text != line)


def _is_sequence(plain: Iterable[Labelled]) -> bool:
    """Several that count up, or repeat the count, with one total."""
    found = list(plain)
    numbers = [each.number or 0 for each in found]
    if len({each.total for each in found}) > 1 or not numbers:
        return False
    steps = [second - first for first, second in pairwise(numbers)]
    rising = sum(step in (0, 1, 2) for step in steps)
    return len(numbers) > 1 and rising * 2 > len(steps) and min(numbers) <= 3


def _read(paragraph: str, languages: Languages) -> Labelled:
    text, file_name = _BULLET.sub("", paragraph, count=1) if _BULLET.match(paragraph) else paragraph, ""
    number: int | None = None
    total: int | None = None
    is_plain = False
    for _ in range(4):
        if not file_name and (match := _file_match(text)):
            file_name, text = match[1].strip(), text[match.end() :]
        elif number is None and (match := _word_label(languages).match(text)):
            number, total = int(match[1]), int(match[2]) if match[2] else None
            text = text[match.end() :]
        elif number is None and (match := _OF_TOTAL.match(text)) and 0 < int(match[1]) <= int(match[2]) > 1:
            number, total, is_plain, text = int(match[1]), int(match[2]), True, text[match.end() :]
        elif number is None and (match := _SEQUENCE.match(text)) and not _is_date(text[match.end() :], languages):
            number, is_plain, text = int(match[1] or match[2]), True, text[match.end() :]
        elif number is None and (match := _CIRCLED.match(text)):
            number, text = ord(match[1]) - ord("①") + 1, text[match.end() :]
        elif match := _file_label(languages).match(text):
            text = text[match.end() :]
        else:
            break
    return Labelled(text, file_name, number, total, is_plain and not file_name, paragraph)


def _is_date(rest: str, languages: Languages) -> bool:
    """`3. Oktober`."""
    word = re.match(r"[^\W\d_]+", rest)
    return bool(word) and word[0].casefold() in languages.months


def _file_match(text: str) -> re.Match[str] | None:
    return _PLAIN_NAME.match(text) or _SPACED_NAME.match(text) or _CAMERA_NAME.match(text)


@cache
def _word_label(languages: Languages) -> re.Pattern[str]:
    """`Foto 3:`, `Photo 3 of 7 –`, `사진 3.`"""
    words = "|".join(map(re.escape, languages.all("photo")))
    total = r"(?:\s?(?:/|of|dari|von|sur|de|di|van|из|з)\s?(\d{1,3}))?"
    return re.compile(
        rf"[\[(（【]?(?:{words})\.?\s*(?:ke-?|n[.°º]\s*|#|№\s*)?(\d{{1,3}}){total}[\])）】]?(?:\s*[:：.)–—―|=、-]+\s*|\s*$)",
        re.I,
    )


@cache
def _file_label(languages: Languages) -> re.Pattern[str]:
    """`Caption:` before the text, `File:` before the name."""
    words = "|".join(map(re.escape, languages.all("photo")))
    return re.compile(rf"(?:{words})\s*[:：=＝]\s*(?=\S)", re.I)
