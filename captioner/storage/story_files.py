"""A story's file → its text, whatever its encoding."""

import codecs
from pathlib import Path

from captioner.errors import CaptionerError, UsageError, reason
from captioner.i18n import _

SUFFIXES = (".txt", ".md", ".docx", ".odt", ".html", ".htm", ".csv", ".tsv")
_LARGEST = 16 * 1024 * 1024
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}  # UTF-32's little-endian mark begins with UTF-16's, so it is asked first


def read_story_text(path: Path) -> str:
    """Raises CaptionerError for a file that isn't there, can't be read or holds no text."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise UsageError(_("There is no story {path}; check its name.").format(path=path), path) from error
    except OSError as error:
        told = _("{name} can't be read ({reason}); check its permissions.").format(name=path.name, reason=reason(error))
        raise CaptionerError(told, path) from error
    if len(data) > _LARGEST:
        raise CaptionerError(
            _("{name} is too large for a story; choose the text that came with the photos.").format(name=path.name),
            path,
        )
    text = _text(data)
    if text is None:
        raise CaptionerError(_("{name} holds no text; save the story as plain text.").format(name=path.name), path)
    return text


def _text(data: bytes) -> str | None:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data, encoding)
    if _is_binary(data):
        return _unmarked_utf16(data)
    return _guessed(data) if (text := _decoded(data, "utf-8")) is None else text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
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
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best).removeprefix("\ufeff") if best else None
