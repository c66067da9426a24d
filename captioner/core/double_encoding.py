"""UTF-8 that a program took for Windows-1252 and encoded once more: `JokoviÄ‡` for `Joković`."""

import re

_MOST_TIMES = 3
FOLLOWING = re.escape("".join(bytes([octet]).decode("cp1252", "ignore") or chr(octet) for octet in range(0x80, 0xC0)))
_OCTETS = {ord(bytes([octet]).decode("cp1252", "ignore") or chr(octet)): octet for octet in range(0x80, 0xA0)}
_SUSPECT = re.compile(f"[\u00c2-\u00f4][{FOLLOWING}]")
"""How two octets of one character look when each was taken for a character."""


def repaired(text: str) -> str:
    """The text as it was meant, or "" where it isn't double-encoded."""
    if text.isascii():
        return ""
    found = ""
    for _time in range(_MOST_TIMES):
        text = _once(text)
        if not text:
            break
        found = text
    return found


def _once(text: str) -> str:
    if not _SUSPECT.search(text):
        return ""
    try:
        octets = octets_of(text)
    except UnicodeEncodeError:
        return ""
    meant = _decoded(octets)
    return "" if meant.isascii() else meant


def _decoded(octets: bytes) -> str:
    """A limit may have cut the last character."""
    try:
        return octets.decode()
    except UnicodeDecodeError as error:
        was_cut = error.reason == "unexpected end of data" and error.end == len(octets)
        return octets[: error.start].decode() if was_cut else ""


def octets_of(text: str) -> bytes:
    """Windows-1252 has no character for five octets, and programs keep those as they are; raises UnicodeEncodeError."""
    return text.translate(_OCTETS).encode("latin-1")
