"""Entries go where they stand; nothing else moves."""

import struct

import piexif
import pytest

from captioner.storage.blocks import BlockDamaged
from captioner.storage.blocks.pruning import Cut, pruned

MAKE, ARTIST, COPYRIGHT, GPS = 0x010F, 0x013B, 0x8298, 0x8825


def block(**directories: dict) -> bytes:
    return piexif.dump({name.strip("_"): tags for name, tags in directories.items()})[6:]


def without(data: bytes, *tags: int) -> bytes | None:
    return pruned(data, Cut(lambda _stream, each: each.tag in tags))


def test_what_stays_keeps_its_place():
    whole = block(_0th={MAKE: b"Kestrel cameras", ARTIST: b"Ann Lee and others", COPYRIGHT: b"Lensa Nusa 2026"})
    left = without(whole, ARTIST)
    assert left is not None
    assert b"Ann Lee" not in left
    assert piexif.load(b"Exif\0\0" + left)["0th"] == {MAKE: b"Kestrel cameras", COPYRIGHT: b"Lensa Nusa 2026"}
    assert left.index(b"Lensa") == whole.index(b"Lensa")


def test_a_directory_goes_with_its_pointer():
    left = without(block(_0th={MAKE: b"Kestrel"}, GPS={18: b"WGS-84 or so"}), GPS)
    assert left is not None
    assert b"WGS-84" not in left
    assert piexif.load(b"Exif\0\0" + left)["GPS"] == {}


def test_a_pointer_to_nothing_that_is_left_goes():
    left = without(block(_0th={MAKE: b"Kestrel"}, Exif={0xA431: b"4711-0815"}), 0xA431)
    assert left is not None
    assert piexif.load(b"Exif\0\0" + left)["0th"] == {MAKE: b"Kestrel"}


def test_a_block_of_which_nothing_is_left_is_none():
    assert without(block(_0th={MAKE: b"Kestrel"}), MAKE) is None


def test_a_block_that_holds_nothing_of_it_is_the_same():
    whole = block(_0th={MAKE: b"Kestrel"})
    assert without(whole, ARTIST) is whole


def test_a_value_that_shares_its_place_with_one_that_stays_is_refused():
    entries = [struct.pack("<HHII", tag, 2, 12, 38) for tag in (MAKE, ARTIST)]
    shared = b"II*\0\x08\0\0\0\2\0" + b"".join(entries) + bytes(4) + b"Ann Lee, AP\0"
    with pytest.raises(BlockDamaged, match="EXIF"):
        without(shared, ARTIST)


def test_a_directory_that_can_not_be_followed_is_refused():
    whole = block(_0th={MAKE: b"Kestrel"}, GPS={18: b"WGS-84 or so"})
    at = whole.index(struct.pack(">HH", GPS, 4)) + 8
    with pytest.raises(BlockDamaged, match="EXIF"):
        without(whole[:at] + struct.pack(">I", whole.index(b"Kestrel")) + whole[at + 4 :], GPS)
