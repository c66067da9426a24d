"""IPTC-IIM 4.2: a run of datasets; the text of record 2 is UTF-8 once we have written to it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

UTF8 = b"\x1b%G"
_CHARSET, _VERSION = (1, 90), (2, 0)
_BINARY = {0, 125, 200, 201, 202}
_CODINGS = {
    UTF8: "utf-8",
    b"\x1b(B": "ascii",
    b"\x1b.A": "latin-1", b"\x1b-A": "latin-1", b"\x1b.B": "iso8859-2", b"\x1b-B": "iso8859-2",
    b"\x1b-L": "iso8859-5", b"\x1b-G": "iso8859-6", b"\x1b-F": "iso8859-7", b"\x1b-H": "iso8859-8",
    b"\x1b-M": "iso8859-9", b"\x1b-b": "iso8859-15",
}  # fmt: skip


class Dataset(NamedTuple):
    record: int
    number: int
    data: bytes

    @property
    def id(self) -> tuple[int, int]:
        return self.record, self.number

    @property
    def is_text(self) -> bool:
        return self.record == 2 and self.number not in _BINARY

    def packed(self) -> bytes:
        """Longer than 32,767 octets takes the extended form (IIM 4.2, 1.5.3)."""
        size = len(self.data)
        length = size.to_bytes(2, "big") if size < 0x8000 else b"\x80\x04" + size.to_bytes(4, "big")
        return bytes([0x1C, self.record, self.number]) + length + self.data


def parse(block: bytes | None) -> tuple[list[Dataset], bytes]:
    """The datasets and what stands behind them: padding, or a last dataset that was cut, which stays as it is."""
    found: list[Dataset] = []
    at, block = 0, block or b""
    while at + 5 <= len(block) and block[at] == 0x1C:
        start, record, number = at, block[at + 1], block[at + 2]
        length = block[at + 3] << 8 | block[at + 4]
        at += 5
        if length & 0x8000:
            width = length & 0x7FFF
            length = int.from_bytes(block[at : at + width], "big") if width <= 4 else len(block)
            at += width
        if at + length > len(block):
            return found, block[start:]
        found.append(Dataset(record, number, block[at : at + length]))
        at += length
    return found, block[at:]


def unpadded(block: bytes) -> bytes:
    """Without the zeros that make it a number of words, in formats that count so."""
    _found, rest = parse(block)
    is_padding = len(rest) < 4 and not rest.strip(b"\0")
    return block[: len(block) - len(rest)] if is_padding else block


def read(block: bytes | None, fallback: str) -> dict[int, tuple[str, ...]]:
    """The texts of record 2 by dataset; `fallback` is the code page of text that nothing declares."""
    if not block:
        return {}
    found, _ = parse(block)
    coding = _coding(found, fallback)
    texts: dict[int, tuple[str, ...]] = {}
    for record, number, data in found:
        if record == 2 and number not in _BINARY:
            text = _decoded(data, coding, fallback).strip("\0")
            texts[number] = (*texts[number], text) if number in texts else (text,)
    return texts


def edit(block: bytes | None, changes: Mapping[int, tuple[str, ...]], fallback: str) -> bytes | None:
    """Puts these texts in place of the datasets' old ones; no texts removes them. None when nothing is left."""
    if _holds(read(block, fallback), changes):
        return block
    found, rest = parse(block)
    kept = _in_utf8(found, fallback)
    for number, texts in changes.items():
        kept = _replaced(kept, number, texts)
    if [each.id for each in kept] == [_CHARSET, _VERSION]:
        return None
    return b"".join(each.packed() for each in kept) + rest


def without(block: bytes | None, goes: Callable[[int, int], bool]) -> bytes | None:
    """Without the datasets that go by record and number; None when nothing is left."""
    found, rest = parse(block)
    kept = [each for each in found if not goes(*each.id)]
    return block if len(kept) == len(found) else b"".join(each.packed() for each in kept) + rest or None


def whole(block: bytes | None, stays: Callable[[int, int], bool]) -> bytes | None:
    """The datasets that stay by record and number, without what stands behind them that is none."""
    return b"".join(each.packed() for each in parse(block)[0] if stays(*each.id)) or None


def _holds(texts: dict[int, tuple[str, ...]], changes: Mapping[int, tuple[str, ...]]) -> bool:
    return all(texts.get(number, ()) == wanted for number, wanted in changes.items())


def _replaced(found: list[Dataset], number: int, texts: tuple[str, ...]) -> list[Dataset]:
    at = next((i for i, each in enumerate(found) if each.id == (2, number)), None)
    kept = [each for each in found if each.id != (2, number)]
    if at is None:
        at = next((i for i, each in enumerate(kept) if each.id > (2, number)), len(kept))
    return [*kept[:at], *(Dataset(2, number, text.encode()) for text in texts), *kept[at:]]


def _in_utf8(found: list[Dataset], fallback: str) -> list[Dataset]:
    """The same texts in UTF-8, with 1:90 and 2:00 in front: both have to come before what they speak of."""
    coding = _coding(found, fallback)
    if any(each.id == _CHARSET and each.data == UTF8 for each in found):
        return list(found)
    texts = [
        Dataset(2, each.number, _decoded(each.data, coding, fallback).encode())
        if each.is_text and coding != "utf-8"
        else each
        for each in found
        if each.id != _CHARSET
    ]
    envelope = sum(each.record == 1 and each.number < 90 for each in texts)
    texts.insert(envelope, Dataset(*_CHARSET, UTF8))
    if not any(each.record == 2 for each in texts):
        texts.append(Dataset(*_VERSION, b"\0\4"))
    return texts


def _coding(found: list[Dataset], fallback: str) -> str:
    for record, number, data in found:
        if (record, number) == _CHARSET:
            return _CODINGS.get(data.strip(b"\0 "), fallback)
    texts = b"\n".join([data for record, number, data in found if record == 2 and number not in _BINARY])
    try:
        texts.decode()
    except UnicodeDecodeError:
        return fallback
    return "utf-8"


def _decoded(data: bytes, coding: str, fallback: str) -> str:
    for each in (coding, fallback):
        try:
            return data.decode(each)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def others(block: bytes | None, numbers: set[int], fallback: str) -> list[tuple[tuple[int, int], bytes]]:
    """Every dataset but the named ones of record 2, text as UTF-8, to compare one block with another."""
    found, rest = parse(block)
    coding = _coding(found, fallback)
    kept = [each for each in found if each.id not in {_CHARSET, _VERSION} and not (
        each.record == 2 and each.number in numbers)]  # fmt: skip
    texts = [(e.id, _decoded(e.data, coding, fallback).encode() if e.is_text else e.data) for e in kept]
    return [*texts, ((0, 0), rest)]
