"""Bytes → text, whatever its encoding."""

import codecs

from captioner.core.strangeness import strangeness
from captioner.storage.desk_data import load_languages

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}  # UTF-32's little-endian mark begins with UTF-16's, so it is asked first

_USUAL = ("cp1252", "cp1254", "cp1250", "cp1251", "koi8_u", "cp1256", "cp932", "cp949", "gb18030", "big5", "euc_jp",
          "mac_roman", "cp850", "cp866")  # fmt: skip
"""Where nothing tells one from the other, the first counts."""
_SAMPLE = 16384


def decoded(data: bytes, declared: str = "") -> str | None:
    """None for what is no text; `declared` is what the text says of itself, believed where it holds."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data, encoding)
    if _is_binary(data):
        return _unmarked_utf16(data)
    if b"\x1b$" in data and (text := _decoded(data, "iso2022_jp_2")) is not None:
        return text
    known = (_decoded(data, encoding) for encoding in ("utf-8", declared) if encoding)
    text = next((text for text in known if text is not None), None)
    return _guessed(data) if text is None else text


def _decoded(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    try:
        return data.decode(encoding, errors)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_binary(data: bytes) -> bool:
    """Text has no NUL, and hardly any other control characters."""
    sample = data[:65536]
    strange = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1a\x1b" for byte in sample)
    return b"\0" in sample or strange * 50 > len(sample)


def _unmarked_utf16(data: bytes) -> str | None:
    """In UTF-16 without a mark, every other byte of spaces and line ends is NUL, always on the same side."""
    spaces = {"utf-16-le": data[:65536].count(b" \0"), "utf-16-be": data[:65536].count(b"\0 ")}
    encoding = max(spaces, key=lambda name: spaces[name])
    text = _decoded(data, encoding) if spaces[encoding] and len(data) % 2 == 0 else None
    return text if text and "\0" not in text and text.isprintable() | any(char.isspace() for char in text) else None


def _guessed(data: bytes) -> str | None:
    """Of all that it may be, what reads most like a language that is known."""
    from charset_normalizer import from_bytes

    sample, languages = data[:_SAMPLE], load_languages()
    likely = [match.encoding for match in from_bytes(sample)]
    texts = {encoding: _decoded(sample, encoding, "ignore") for encoding in (*likely, *_USUAL) if _fits(data, encoding)}
    if not texts:
        return None
    best = min(texts, key=lambda encoding: strangeness(texts[encoding] or "", languages))
    return (_decoded(data, best) or "").removeprefix("\ufeff")


def _fits(data: bytes, encoding: str) -> bool:
    return _decoded(data, encoding) is not None
