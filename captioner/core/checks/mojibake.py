"""Text that was read in another encoding than it was written in: `SÃ£o Paulo`, `â€œsaidâ€`, `РџСЂРёРІРµС‚`."""

import re
from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.texts import texts
from captioner.core.double_encoding import FOLLOWING, octets_of, repaired
from captioner.core.photo import Photo
from captioner.i18n import _

_MOST_TIMES, _LOST = 3, "\ufffd"
_FOLLOWING_1251 = re.escape("".join(bytes([octet]).decode("cp1251", "ignore") for octet in range(0x80, 0xC0)))
_IN_1252 = re.compile(
    rf"(?:[\u00c2-\u00df][{FOLLOWING}]|[\u00e0-\u00ef][{FOLLOWING}]{{2}}|[\u00f0-\u00f4][{FOLLOWING}]{{3}})++"
    rf"(?:â€(?![{FOLLOWING}]))?|â€(?![{FOLLOWING}])"
)
"""What the octets of UTF-8 look like. The closing quote's last octet is no character, and some drop it."""
_WORD_IN_1251 = re.compile(rf"(?:[РС][{_FOLLOWING_1251}]){{3}}")
_IN_1251 = re.compile(rf"(?:[РС][{_FOLLOWING_1251}]|вЂ[{_FOLLOWING_1251}])++")
"""The same where Cyrillic was expected. A pair of these letters may be a word's own, three pairs in a row are not."""
_LATIN = re.compile(
    "[\u00a0-\u017f\u0218-\u021b\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2190-\u2193\u2212\u00ad\U0001f300-\U0001faff]+"
)
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_SCRIPTS = re.compile(
    "[\u00a0-\u024f\u0370-\u045f\u0490-\u04ff\u05d0-\u05ea\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2100-\u214f\u2190-\u21ff\u2500-\u27bf\u3000-\u30ff\u3400-\u9fff"
    "\uac00-\ud7a3\uff00-\uffef\U0001f300-\U0001faff\u200b-\u200f\ufeff\ufe0f]+"
)


def find(photos: Sequence[Photo], _knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        for key, text in texts(photo):
            if not text.isascii():
                yield from _in(photo, key, text)


def _in(photo: Photo, key: str, text: str) -> Iterator[Finding]:
    if _LOST in text:
        start = text.index(_LOST)
        message = _("{name}: “{found}” stands where characters were lost; write them anew.")
        yield Finding(photo.path, "mojibake", Severity.WARNING, key,
                      message.format(name=photo.path.name, found=_LOST), start, start + 1)  # fmt: skip
    if (meant := mended(text)) != text:
        start, end = _differing(text, meant)
        message = _("{name}: “{found}” was read in a wrong encoding; it means “{meant}”.").format(
            name=photo.path.name, found=text[start:end], meant=meant[start : len(meant) - (len(text) - end)]
        )
        yield Finding(photo.path, "mojibake", Severity.WARNING, key, message, start, end, meant)


def mended(text: str) -> str:
    """The text with each garbled run as it was meant; the same where there is none."""
    whole = repaired(text)
    if whole and _is_likely(_NOT_ASCII.findall(whole)):
        return whole
    for _time in range(_MOST_TIMES):
        before, text = text, _once(text)
        if text == before:
            break
    return text


def _once(text: str) -> str:
    runs = {match[0]: _meant(match[0]) for match in _IN_1252.finditer(text)}
    meant = [each for each in runs.values() if each]
    right = {run: each for run, each in runs.items() if each and _is_likely([each], meant)}
    text = _IN_1252.sub(lambda match: right.get(match[0], match[0]), text)
    if _WORD_IN_1251.search(text):
        text = _IN_1251.sub(lambda match: match[0].encode("cp1251", "replace").decode(errors="replace"), text)
    return text


def _is_likely(runs: Sequence[str], among: Sequence[str] = ()) -> bool:
    """A letter of Latin or a quotation mark may stand alone; of other scripts there are more in a text."""
    foreign = sum(len(_LATIN.sub("", each)) for each in among or runs)
    return all(_LATIN.fullmatch(each) or (foreign > 1 and _SCRIPTS.fullmatch(each)) for each in runs)


def _meant(run: str) -> str:
    """ "" where it is nothing."""
    octets = octets_of(run)
    try:
        return octets.decode()
    except UnicodeDecodeError as error:
        is_quote = octets[error.start :] == b"\xe2\x80"
        return f"{octets[: error.start].decode()}”" if is_quote else ""


def _differing(text: str, meant: str) -> tuple[int, int]:
    """Where the two part, and where they meet again, in the first."""
    most = min(len(text), len(meant))
    start = next((at for at in range(most) if text[at] != meant[at]), most)
    back = next((at for at in range(most - start) if text[-1 - at] != meant[-1 - at]), most - start)
    return start, len(text) - back
