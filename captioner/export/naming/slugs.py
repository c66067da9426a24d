"""Text that can stand in a file's name on Windows, macOS and Linux."""

import re
import unicodedata

from anyascii import anyascii

START, END = " .-~", " ._-"
"""What a name doesn't begin or end with: systems drop it, hide the file, or take it for an option."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
_STEM = 60


def slug(text: str) -> str:
    """In a-z, 0-9 and hyphens, transliterated."""
    plain = re.sub("['`]", "", anyascii(text)).lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def safe(text: str) -> str:
    """Without control and direction characters, and with hyphens for what some system refuses in a name."""
    kept = "".join(c if not unicodedata.category(c).startswith("C") else " " * (c in "\t\n\r") for c in text)
    return _FORBIDDEN.sub("-", unicodedata.normalize("NFC", kept))


def plain_stem(stem: str) -> str:
    """An original's name, transliterated but with its case; never empty."""
    plain = re.sub("[^A-Za-z0-9_-]+", "-", anyascii(stem)).lstrip(START)
    return plain[:_STEM].rstrip(END) or "photo"


def is_reserved(name: str) -> bool:
    """Whether Windows keeps it for a device, with any suffix."""
    return bool(_RESERVED.match(name))
