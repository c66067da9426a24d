"""Which words can stand in a name."""

import re
from functools import lru_cache

from captioner.core.agencies import Agencies, is_address, key

EMAIL = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]?\.?")
_SHORTENED = re.compile(r"[^\W\d_]{1,4}\.(?:-?[^\W\d_]+)?")
_ORDINAL = re.compile(r"[1-3](?:st|nd|rd)")
"""`Mass Communication Specialist 2nd Class Jane Doe`."""
_PREFIXED = re.compile(r"(?:[^\W\d_]{1,4}['’ʼ`-])+[^\W\d_]")


def is_caseless(text: str) -> bool:
    return text[0].isalpha() and text[0].upper() == text[0].lower()


@lru_cache(maxsize=8192)
def is_name_word(word: str, agencies: Agencies) -> bool:
    """Whether a word can stand in a name: a capital, a particle, an initial, a script without capitals."""
    word = word.strip("\"'“”„«»‘’‚")
    plain = key(word)
    if not word or plain in agencies.words.particle or plain in agencies.words.join or word in ("&", "+"):
        return True
    if is_address(word) or EMAIL.fullmatch(word) or plain in agencies.words.organisation or agencies.kind(word):
        return True
    if word[0] == "©":
        return len(word) == 1 or word[1:].isdigit() or is_name_word(word[1:], agencies)
    if word[0] in "@#" or any(char.isdigit() for char in word):
        return (word[0] == "@" and len(word) < 40) or bool(_ORDINAL.fullmatch(word))
    return _is_spelled_as_name(word)


def _is_spelled_as_name(word: str) -> bool:
    body = word.rstrip(".")
    if not body:
        return False
    if "." in word and not (_INITIALS.fullmatch(word) or _SHORTENED.fullmatch(word)):
        return False
    if not all(char.isalpha() or char in "'’ʼ`-‐.&_·・ー" or not char.isascii() for char in body):
        return False
    first = body[0]
    if is_caseless(body):
        return len(word) <= 16 and not word.endswith(".")
    return (first.isalpha() and first == first.upper()) or _is_prefixed(word)


def _is_prefixed(word: str) -> bool:
    """`al-Rashid`, `d'Alembert`."""
    match = _PREFIXED.match(word)
    return bool(match) and word[match.end() - 1].isupper()
