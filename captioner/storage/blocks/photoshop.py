"""Photoshop image resources: only the IIM (0x0404), its digest (0x0425) and XMP (0x0424) are ever changed."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from captioner.storage.blocks import BlockDamaged

IIM, XMP, DIGEST = 0x0404, 0x0424, 0x0425
_SIGNATURES = {b"8BIM", b"AgHg", b"DCSR", b"PHUT", b"MeSa"}


@dataclass(frozen=True)
class Resource:
    id: int
    data: bytes
    raw: bytes
    """As it stands in the block, with its signature, name and padding."""


@lru_cache(maxsize=16)
def parse(block: bytes | None) -> tuple[Sequence[Resource], bytes]:
    """The resources, and the bytes behind them that are none (broken writers leave such)."""
    found: list[Resource] = []
    at, block = 0, block or b""
    while block[at : at + 4] in _SIGNATURES and (resource := _resource(block, at)):
        found.append(resource)
        at += len(resource.raw)
    if block[at : at + 4] in _SIGNATURES:
        raise BlockDamaged("IPTC-IIM")
    return found, block[at:]


def _resource(block: bytes, at: int) -> Resource | None:
    name = block[at + 6] if at + 6 < len(block) else 0
    size_at = at + 6 + (name + 2) // 2 * 2
    start = size_at + 4
    size = int.from_bytes(block[size_at:start], "big")
    if start + size > len(block):
        return None
    end = start + size + size % 2
    is_iptc = block[at : at + 4] == b"8BIM"
    number = int.from_bytes(block[at + 4 : at + 6], "big") if is_iptc else -1
    return Resource(number, block[start : start + size], block[at:end])


def find(block: bytes | None, number: int) -> bytes | None:
    return next((each.data for each in parse(block)[0] if each.id == number), None)


def every(block: bytes | None, number: int) -> list[bytes]:
    """The data of each resource of that number; readers take the first."""
    return [each.data for each in parse(block)[0] if each.id == number]


def edited(block: bytes | None, number: int, edit: Callable[[bytes, bool], bytes | None]) -> bytes | None:
    """Each resource of that number changed; the function is told which one is the first, and None takes one out."""
    found, rest = parse(block)
    first = next((each for each in found if each.id == number), None)
    raw = [_raw(each, edit(each.data, each is first)) if each.id == number else each.raw for each in found]
    return b"".join(raw) + rest or None


def with_data(block: bytes | None, changes: Mapping[int, bytes | None]) -> bytes | None:
    """The block with this data in these resources; None takes one out. None when nothing is left."""
    found, rest = parse(block)
    present = {each.id for each in found}
    raw = [_raw(each, changes[each.id]) if each.id in changes else each.raw for each in found]
    new = {number: data for number, data in changes.items() if number not in present}
    raw += [_packed(_unnamed(number), data) for number, data in new.items() if data is not None]
    return b"".join(raw) + rest or None


def _raw(old: Resource, data: bytes | None) -> bytes:
    if data is None:
        return b""
    name_end = 6 + (old.raw[6] + 2) // 2 * 2
    return old.raw if data == old.data else _packed(old.raw[:name_end], data)


def _unnamed(number: int) -> bytes:
    return b"8BIM" + number.to_bytes(2, "big") + b"\0\0"


def _packed(head: bytes, data: bytes) -> bytes:
    return b"".join([head, len(data).to_bytes(4, "big"), data, b"\0" * (len(data) % 2)])


def digest(iim: bytes) -> bytes:
    return hashlib.md5(iim, usedforsecurity=False).digest()


def others(block: bytes | None) -> list[bytes]:
    """Everything but what is ever changed, as it stands, to compare one block with another."""
    found, rest = parse(block)
    return [*(each.raw for each in found if each.id not in (IIM, XMP, DIGEST)), rest]
