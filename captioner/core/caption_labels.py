"""What stands before a caption's text: its number, its file's name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from captioner.core.agencies import key
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
    r"(?:[\[(（#](\d{1,3})[\])）]?|(\d{1,3})(?:[.)．）、:：]|\s+[-–—|]|\t|$))[.:：)]?(?:\s+|(?=[^\s\d])|$)"
)
_BULLET = re.compile(r"[•▪◦‣●○■□◆►▶]\s*|#{1,6}\s+|[-–—*]\s+(?=\S)")
_EMPHASISED = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<label>[^*_\n]{1,80})(?P=mark)\s*(?P<rest>.*)", re.S)
_POSITION = re.compile(r"[\[(（【]([^\[\]()（）【】]{1,40})[\])）】]\s*[:：.–—-]*\s*")
_NO_PLACE = re.compile(r"c$|(?:de|da)\b|[^\s]*[-.–]|.*\bto\b")
_ENOUGH_PLACES = 2
_MOST_LABELS, _LONGEST_PREPOSITION = 4, 3
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
    is_placed: bool = False
    """Whether `(left)` stood before the text."""


def labelled(paragraphs: Sequence[str], languages: Languages, places: frozenset[str] = frozenset()) -> list[Labelled]:
    """Each paragraph without its label. A number that could belong to the sentence is one only in a sequence.

    `places` are the words that tell where something stands: left, top.
    """
    found = _without_places([_read(paragraph, languages, places) for paragraph in paragraphs], places)
    if _is_sequence(each for each in found if each.is_plain):
        return found
    return [Labelled(_without_bullet(each.whole), whole=each.whole) if each.is_plain else each for each in found]


def _without_places(found: list[Labelled], places: frozenset[str]) -> list[Labelled]:
    """`(left)` with no other label before it is one where another paragraph has its place told, too."""
    bare = [_bare_place(each, places) for each in found]
    told = sum(map(bool, bare)) + sum(each.is_placed for each in found)
    if told < _ENOUGH_PLACES:
        return found
    return [replace(each, text=each.text[match.end() :], is_placed=True) if match else each
            for each, match in zip(found, bare, strict=True)]  # fmt: skip


def _bare_place(each: Labelled, places: frozenset[str]) -> re.Match[str] | None:
    """But for `(c)`, and the order of those in the picture: `(l-r)`, `(de gauche à droite)`."""
    match = _position(each.text, places) if each.text == each.whole else None
    return match if match and not _NO_PLACE.match(key(match[1])) else None


def is_file_name(text: str) -> bool:
    """Whether it is nothing but a photo's name."""
    return bool(re.fullmatch(rf"[^\t\n]{{1,120}}{_SUFFIX}|{_CAMERA}", text.strip(), re.I))


def looks_labelled(line: str, languages: Languages, places: frozenset[str] = frozenset()) -> bool:
    return _read(line, languages, places).text != line


def _without_bullet(paragraph: str) -> str:
    bullet = _BULLET.match(paragraph)
    return paragraph[bullet.end() :] if bullet else paragraph


def _is_sequence(plain: Iterable[Labelled]) -> bool:
    """Several that count up, or repeat the count, with one total."""
    found = list(plain)
    numbers = [each.number or 0 for each in found]
    if len({each.total for each in found}) > 1 or not numbers:
        return False
    steps = [second - first for first, second in pairwise(numbers)]
    rising = sum(step in (0, 1, 2) for step in steps)
    return len(numbers) > 1 and rising * 2 > len(steps) and min(numbers) <= 3


@lru_cache(maxsize=4096)  # a story asks for the same line twice
def _read(paragraph: str, languages: Languages, places: frozenset[str]) -> Labelled:
    """A label in Markdown's emphasis (`**1.** `, `__Foto 2__ `) is one where the emphasis holds nothing else."""
    text = _without_bullet(paragraph)
    if match := _EMPHASISED.fullmatch(text):
        label = f"{match['label']}." if match["label"].isdigit() else match["label"]
        found = _read_plain(Labelled(f"{label} {match['rest']}", whole=paragraph), languages, places)
        if found.text == match["rest"]:
            return found
    return _read_plain(Labelled(text, whole=paragraph), languages, places)


def _read_plain(found: Labelled, languages: Languages, places: frozenset[str]) -> Labelled:
    for _ in range(_MOST_LABELS):
        before, found = found, _without_label(found, languages, places)
        if found is before:
            break
    return replace(found, is_plain=False) if found.is_plain and found.file_name else found


def _without_label(found: Labelled, languages: Languages, places: frozenset[str]) -> Labelled:
    text = found.text
    if not found.file_name and (match := _file_match(text)):
        return replace(found, file_name=match[1].strip(), text=text[match.end() :])
    if found.number is None and (numbered := _numbered(text, languages)):
        return replace(numbered, file_name=found.file_name, whole=found.whole, is_placed=found.is_placed)
    if match := _file_label(languages).match(text):
        return replace(found, text=text[match.end() :])
    match = _position(text, places) if text != found.whole else None
    return replace(found, text=text[match.end() :], is_placed=True) if match else found


def _numbered(text: str, languages: Languages) -> Labelled | None:
    if match := _word_label(languages).match(text):
        total = match["slashed"] or match["total"]
        return Labelled(text[match.end() :], number=int(match["number"]), total=int(total) if total else None)
    if (match := _OF_TOTAL.match(text)) and 0 < int(match[1]) <= int(match[2]) > 1:
        return Labelled(text[match.end() :], number=int(match[1]), total=int(match[2]), is_plain=True)
    if (match := _SEQUENCE.match(text)) and not _is_date(text[match.end() :], languages):
        return Labelled(text[match.end() :], number=int(match[1] or match[2]), is_plain=True)
    match = _CIRCLED.match(text)
    return Labelled(text[match.end() :], number=ord(match[1]) - ord("①") + 1) if match else None


def _position(text: str, places: frozenset[str]) -> re.Match[str] | None:
    """`(left)`, `(oben rechts)`, `（左）` behind another label: where the photo stands, not who in it."""
    match = _POSITION.match(text)
    return match if match and _tells_place(key(match[1]), places) else None


def _tells_place(text: str, places: frozenset[str]) -> bool:
    words = re.split(r"[\s,،、]+", text)
    is_known = all(word in places or len(word) < _LONGEST_PREPOSITION for word in words)
    return text in places or (is_known and not places.isdisjoint(words))


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
    total = r"(?:\s?(?:/\s?(?P<slashed>\d{1,3})|(?:of|dari|von|sur|de|di|van|из|з)\s?(?P<total>\d{1,3})))?"
    after = r"(?:\s*[:：.)–—―|=、\t-]+\s*|\s*$|(?(slashed)\s+|(?!)))"
    number = r"(?:ke-?|n[.°º]\s*|#|№\s*)?(?P<number>\d{1,3})"
    return re.compile(rf"[\[(（【]?(?:{words})\.?\s*{number}{total}[\])）】]?{after}", re.I)


@cache
def _file_label(languages: Languages) -> re.Pattern[str]:
    """`Caption:` before the text, `File:` before the name."""
    words = "|".join(map(re.escape, languages.all("photo")))
    return re.compile(rf"(?:{words})\s*[:：=＝]\s*(?=\S)", re.I)
