"""How unlike a text that somebody wrote a text is: what tells a right encoding from a wrong one."""

import unicodedata
from collections import Counter

from captioner.core.languages import Languages, recognise, script_of

_TYPOGRAPHY = "“”‘’„‚«»‹›–—…•·©®°€£§\u00a0、。，．！？：；（）「」『』【】《》〈〉・ー～＝／　،؛؟"
_WESTERN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüœß"
_JOINING = "’ʼ·-‐‑–—…\u00ad"
_FREQUENT = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发"
    "發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力"
    "里裡如水化高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還"
    "因由其些然前外天政四日月市新区區京北公员員记記者图圖摄攝社,，。、"
)
_STRANGE = ("Cc", "Cn", "Co", "Sk", "Sm", "Sc", "So")


def strangeness(text: str, languages: Languages) -> float:
    """How much of it no language that is known would write: what is left when the wrong encoding was taken."""
    code = recognise(text, languages)
    letters = next((each.letters for each in languages.spoken if each.code == code), "")
    script = next((each.script for each in languages.spoken if each.code == code), "") or "Latin"
    at_home = {"Kana": ("Kana", "Han")}.get(script, (script,))
    odd = sum(count * _oddness(char, letters, at_home) for char, count in Counter(text).items() if not char.isascii())
    broken = sum(map(_is_broken, text, text[1:], text[2:]))
    unknown = 0 if code else 0.3 * sum(not char.isascii() for char in text)
    return odd + broken + unknown + (_rareness(text) if script == "Han" else 0)


def _is_broken(before: str, char: str, after: str) -> bool:
    """A capital or a sign within a word."""
    if before.isascii() and char.isascii():
        return False
    inside = before.islower() and after.isalpha() and char not in _JOINING
    return inside and (char.isupper() or not (char.isalpha() or char.isspace() or unicodedata.combining(char)))


def _rareness(text: str) -> float:
    """A fifth and more of any Chinese text is its most frequent characters."""
    return max(0, len(text) / 5 - sum(char in _FREQUENT for char in text))


def _oddness(char: str, letters: str, at_home: tuple[str, ...]) -> float:
    if char in _TYPOGRAPHY:
        return 0
    if not char.isalpha():
        return 1 if unicodedata.category(char) in _STRANGE else 0.4
    if script_of(char) not in at_home or (char >= "\uac00" and not _is_usual(char)):
        return 1
    return 0 if "Latin" not in at_home or char.lower() in letters else 0.5 if char.lower() in _WESTERN else 1


def _is_usual(syllable: str) -> bool:
    """KS X 1001 holds the syllables that Korean is written with."""
    try:
        return len(syllable.encode("euc_kr")) == 2  # those that it lacks are spelled out
    except UnicodeEncodeError:
        return False
