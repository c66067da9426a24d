import struct

import piexif
import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.storage.blocks import BlockDamaged, BlockFull, exif
from tests.pictures import CAMERA

LIMIT = 65_527
FALLBACK = "cp1252"
TEXTS = st.text(min_size=1).filter(lambda text: "\0" not in text and text.strip() and text == text.rstrip("\0"))


def block(order: bytes = b"MM") -> bytes:
    made = piexif.dump(CAMERA)[6:]
    assert made[:2] == order
    return made


def test_a_fresh_block_goes_when_its_last_tag_does():
    made = exif.edit(None, {"Artist": "Ann"}, LIMIT)
    assert exif.read(made, FALLBACK) == {"Artist": "Ann"}
    assert exif.edit(made, {"Artist": ""}, LIMIT) is None


def test_the_old_stream_stays_where_it_is():
    new = exif.edit(block(), {"Artist": "Ann Lee", "OffsetTimeOriginal": "+07:00"}, LIMIT)
    assert new[8 : len(block())] == block()[8:]


def test_taking_a_tag_back_gives_the_old_block():
    new = exif.edit(block(), {"Artist": "Ann Lee", "DateTimeOriginal": "2024:01:02 03:04:05"}, LIMIT)
    assert exif.edit(new, {"Artist": "", "DateTimeOriginal": "2023:09:13 14:05:00"}, LIMIT) == block()


def test_a_hundred_edits_keep_one_tail():
    new = block()
    sizes = {len(new := exif.edit(new, {"Artist": f"Ann {number}"}, LIMIT)) for number in range(100, 200)}
    assert len(sizes) == 1


def test_a_removed_text_is_wiped_from_the_old_stream():
    old = exif.edit(block(), {"Artist": "Somebody"}, LIMIT)
    old = old.replace(b"Captionr", b"Elsewher")  # as another program would have written it
    assert b"Somebody" not in exif.edit(old, {"Artist": "Ann"}, LIMIT)


def test_zero_padding_is_given_up_before_the_block_is_full():
    padded = block() + b"\0" * (LIMIT - len(block()))
    new = exif.edit(padded, {"Artist": "Ann Lee"}, LIMIT)
    assert len(new) <= LIMIT
    assert exif.edit(new, {"Artist": ""}, LIMIT) == padded


def test_a_block_with_no_room_is_full():
    with pytest.raises(BlockFull):
        exif.edit(block(), {"ImageDescription": "x" * LIMIT}, LIMIT)


def test_a_duplicate_tag_is_one_afterwards():
    entries = b"".join(struct.pack("<HHI4s", 0x013B, 2, 3, text) for text in (b"ab\0\0", b"cd\0\0"))
    old = b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + entries + b"\0\0\0\0"
    new = exif.edit(old, {"Artist": "Ann Lee"}, LIMIT)
    stream = exif.Stream(new)
    assert [entry.tag for entry in stream.directory(stream.root)[0]] == [0x013B]


@pytest.mark.parametrize("broken", [b"", b"II", b"XX*\0\x08\0\0\0", b"II*\0\xff\xff\0\0", b"II*\0\x08\0\0\0\xff\xff"])
def test_a_stream_that_leads_nowhere_is_damaged(broken):
    with pytest.raises(BlockDamaged):
        exif.edit(broken or b"x", {"Artist": "Ann"}, LIMIT)


@given(TEXTS, st.sampled_from(sorted(exif.TAGS)))
def test_every_tag_reads_back_as_written(text, name):
    assert exif.read(exif.edit(block(), {name: text}, 1 << 20), FALLBACK)[name].rstrip(" \0") == text.rstrip(" \0")


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise_anything_else(data):
    for start in (b"II*\0\x08\0\0\0", b""):
        try:
            exif.read(start + data, FALLBACK)
            exif.edit(start + data, {"Artist": "Ann"}, LIMIT)
            exif.others(start + data, set())
        except (BlockDamaged, BlockFull):
            continue
