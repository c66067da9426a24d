"""Whether a piece of a credit can name somebody."""

import re
from functools import lru_cache

from captioner.core.agencies import Agencies, key
from captioner.core.names import is_caseless, is_name_word

_MOST_WORDS = 9
_HIRAGANA = re.compile(r"[\u3041-\u3096]")
_SPACED = re.compile(r"[\uac00-\ud7a3\u0590-\u0dff]|\s")
_NO_NAME = re.compile(r"[.!?。！？](?:\s|$)|[。！？؟:：]|[다요까죠](?:\s|$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"[^\W\d_]+-?\d{1,8}")


@lru_cache(maxsize=8192)
def names_somebody(text: str, is_led: bool, agencies: Agencies) -> bool:
    """`is_led`: after a lead word more is a name. Many candidates of one line end in the same pieces."""
    if agencies.kind(text):
        return True
    if is_caseless(text):
        return _is_caseless_name(text, is_led, agencies)
    if _is_for_client(text, is_led, agencies):
        return True
    words = text.split()
    if len(words) > _MOST_WORDS or not any(char.isalpha() for char in text):
        return is_led and bool(_YEAR.fullmatch(text))
    small = sum(_is_small(word, agencies) for word in words)
    return small < len(words) and all(is_name_word(word, agencies) or (is_led and _is_dated(word)) for word in words)


def is_made_for(text: str, agencies: Agencies) -> bool:
    """`Special to the Tribune`: the words before a giver belong to it."""
    marks = agencies.words.before_spaced
    return text.startswith(marks) and any(
        text.startswith(mark) and agencies.is_organisation(text.removeprefix(mark)) for mark in marks
    )


def _is_for_client(text: str, is_led: bool, agencies: Agencies) -> bool:
    """`Jane Doe pour Le Monde`."""
    person, *client = agencies.words.made_for.split(text, maxsplit=1)
    is_told = bool(client) and (is_led or agencies.is_organisation(client[0]))
    return is_told and all(names_somebody(each, is_led, agencies) for each in (person, *client) if each)


def _is_caseless_name(text: str, is_led: bool, agencies: Agencies) -> bool:
    words = text.split()
    if _HIRAGANA.search(text) and not (is_led or text.endswith(agencies.words.after)):
        return False
    is_short = len(words) <= 5 and len(text) <= (24 if _SPACED.search(text) else 16)
    return is_short and not _NO_NAME.search(text) and all(is_name_word(word, agencies) for word in words)


def _is_small(word: str, agencies: Agencies) -> bool:
    return key(word) in agencies.words.particle and word == word.lower()


def _is_dated(word: str) -> bool:
    return bool(_YEAR.fullmatch(word) or _NUMBERED.fullmatch(word))
