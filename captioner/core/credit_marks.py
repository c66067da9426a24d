"""What surrounds and divides a credit: brackets, lead words, full stops, separators."""

import re
from dataclasses import dataclass

from captioner.core.agencies import Agencies, key

PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "（": "）", "［": "］", "【": "】", "〈": "〉", "《": "》", "〔": "〕",
         "＜": "＞", "﹝": "﹞", "「": "」"}  # fmt: skip
CLOSING = {close: opening for opening, close in PAIRS.items()}
BLANK = (
    " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200e\u200f\u2060\ufeff"
)
"""What is stripped: white space, and what takes no space at all."""
_OFFSET = BLANK + "-–—―|｜/／·•*~=＝"
_BRACKET = re.compile(f"[{re.escape(''.join((*PAIRS, *CLOSING)))}]")
_SEPARATOR = re.compile(
    r"(?=[\s,;/／|｜:：，、—=＝()（）\[\]【】-]|\A(?:via|VIA))(?:"
    r"(?P<via>(?:\s|[/／,])\s*(?:via|VIA)\s+|^(?:via|VIA)\s+)|(?P<slash>\s*[/／|｜;]\s*)|(?P<dash>\s+[-–—―·•]+\s+|\s*—\s*|--+)"
    r"|(?P<by>\s+(?i:photos?|foto|pics?|pictures?)\s+(?i:by|oleh)\s+)|(?P<colon>\s*[:：]\s+)|(?P<comma>\s*(?:,(?!\s*(?:Jr|Sr|II|III)\b)\s*|[，、]))|(?P<equals>\s*[=＝]\s*)|(?P<bracket>\s*[()（）\[\]【】]\s*))"
)
_KEPT_STOP = re.compile(
    r"(?:\b\w|\b(?:Jr|Sr|St|Inc|Ltd|Co|Corp|Bros|Dr|S\.p\.A|D\.R)|[/／]\s*(?:[a-z]{1,4}|[A-Z][a-z]{1,2}))\.$"
)
WEAK, STRONG = 1, 2


@dataclass(frozen=True)
class Piece:
    separator: str
    """How it is set off from the piece before: via, slash, dash, comma, equals, bracket; "" for the first."""
    text: str


def pieces(credit: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    start, separator = 0, ""
    for match in _SEPARATOR.finditer(credit):
        found.append(Piece(separator, credit[start : match.start()].strip(BLANK)))
        start, separator = match.end(), _stronger(separator, match, found)
    found.append(Piece(separator, credit[start:].strip(BLANK)))
    return tuple(piece for piece in found if piece.text)


def _stronger(before: str, match: re.Match[str], found: list[Piece]) -> str:
    """Of two separators with nothing between them, `/via ` say, via counts."""
    return "via" if before == "via" and not found[-1].text else match.lastgroup or ""


def unwrapped(text: str) -> str:
    """Without the brackets that wrap all of it."""
    text = text.strip(BLANK)
    while len(text) > 1 and PAIRS.get(text[0]) == text[-1] and opening(text) == 0:
        text = text[1:-1].strip(BLANK)
    return text


def opening(text: str) -> int:
    """Where the bracket opens that the last character closes; -1 where there is none."""
    close, depth = text[-1:], 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] == close) - (text[index] == CLOSING.get(close))
        if depth == 0:
            return index if close in CLOSING else -1
    return -1


def is_balanced(text: str) -> bool:
    counted = ((text.count(open_), text.count(close)) for open_, close in PAIRS.items() if open_ not in "<「")
    return not _BRACKET.search(text) or all(opened == closed for opened, closed in counted)


def without_stop(text: str) -> tuple[str, bool]:
    """Without the full stop that ends a sentence, and whether there was one; `Jr.` and `/foc.` keep theirs."""
    text = text.rstrip(_OFFSET)
    if text.endswith(("。", "．")) or (text.endswith(".") and not text.endswith("..") and not _KEPT_STOP.search(text)):
        return text[:-1].rstrip(BLANK), True
    return text, False


def without_lead(text: str, agencies: Agencies) -> tuple[int, str]:
    """How sure the lead words announce a credit (0, WEAK, STRONG), and what follows them."""
    text, strength = without_offset(text), 0
    if key(text) in agencies.words.nothing:
        return 0, text
    for _ in range(4):
        if not agencies.words.may_lead(text):
            break
        if match := agencies.words.strong_lead.match(text):
            strength = STRONG
        elif strength == 0 and (match := agencies.words.weak_lead.match(text)) and not _is_house(text, agencies):
            strength = WEAK
        else:
            break
        text = unwrapped(without_offset(text[match.end() :]))
    return strength, text


def _is_house(text: str, agencies: Agencies) -> bool:
    """`picture alliance/dpa` begins with a name, not with a lead."""
    found = pieces(text)
    return bool(found) and agencies.lists(found[0].text)


def without_offset(text: str) -> str:
    return text.strip(_OFFSET)


def bare(text: str, agencies: Agencies) -> str:
    """The acknowledgement itself: no brackets around it, no lead word, nothing that sets it off."""
    inner = unwrapped(without_stop(without_offset(text))[0])
    return without_stop(without_lead(inner, agencies)[1])[0]
