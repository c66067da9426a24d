"""Photoshop image resources: only the IIM (0x0404) and its digest (0x0425) are ever changed."""

import hashlib
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged

IIM, DIGEST = 0x0404, 0x0425
_SIGNATURES = {b"8BIM", b"AgHg", b"DCSR", b"PHUT", b"MeSa"}


@dataclass(frozen=True)
class Resource:
    id: int
    data: bytes
    raw: bytes
    """As it stands in the block, with its signature, name and padding."""


def parse(block: bytes | None) -> tuple[list[Resource], bytes]:
    """The resources, and the bytes behind them that are none (broken writers leave such)."""
    found: list[Resource] = []
    at, block = 0, block or b""
    while block[at : at + 4] in _SIGNATURES and (resource := _resource(block, at)):
        found.append(resource)
        at += len(resource.raw)
    if block[at : at + 4] in _SIGNATURES:
        raise BlockDamaged
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


def digest_agrees(block: bytes | None) -> bool | None:
    """Whether the digest is that of the IIM (then no other program edited it since); None without a digest."""
    stored = find(block, DIGEST)
    return None if stored is None else stored == _digest(find(block, IIM) or b"")


def with_iim(block: bytes | None, iim: bytes | None) -> bytes | None:
    """The block with this IIM; a digest that was in step is kept in step. None when nothing is left."""
    found, rest = parse(block)
    if iim is None and not any(each.id == IIM for each in found):
        return block
    in_step = digest_agrees(block)
    replaced: dict[int, bytes | None] = {IIM: iim}
    if in_step and iim is not None:
        replaced[DIGEST] = _digest(iim)
    elif in_step:
        replaced[DIGEST] = None
    raw = [_raw(each, replaced[each.id]) if each.id in replaced else each.raw for each in found]
    if not any(each.id == IIM for each in found) and iim is not None:
        raw.append(_packed(IIM, iim))
    return b"".join(raw) + rest or None


def _raw(old: Resource, data: bytes | None) -> bytes:
    if data is None:
        return b""
    return old.raw if data == old.data else _packed(old.id, data)


def _packed(number: int, data: bytes) -> bytes:
    return b"".join([b"8BIM", number.to_bytes(2, "big"), b"\0\0", len(data).to_bytes(4, "big"), data,
                     b"\0" * (len(data) % 2)])  # fmt: skip


def _digest(iim: bytes) -> bytes:
    return hashlib.md5(iim, usedforsecurity=False).digest()


def others(block: bytes | None) -> list[bytes]:
    """Everything but the IIM and its digest, as it stands, to compare one block with another."""
    found, rest = parse(block)
    return [*(each.raw for each in found if each.id not in (IIM, DIGEST)), rest]
