"""UTF-8 that a program took for Windows-1252 and encoded once more: `JokoviÄ‡` for `Joković`."""

_MOST_TIMES = 3


def repaired(text: str) -> str:
    """The text as it was meant, or "" where it isn't double-encoded."""
    found = ""
    for _time in range(_MOST_TIMES):
        text = _once(text)
        if not text:
            break
        found = text
    return found


def _once(text: str) -> str:
    if text.isascii():
        return ""
    try:
        octets = b"".join(_octet(character) for character in text)
    except UnicodeEncodeError:
        return ""
    for lost in range(4):  # a limit may have cut the last character
        try:
            return octets[: len(octets) - lost].decode()
        except UnicodeDecodeError as error:
            if error.start < len(octets) - 4:
                return ""
    return ""


def _octet(character: str) -> bytes:
    """Windows-1252 has no character for five octets, and programs keep those as they are."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
