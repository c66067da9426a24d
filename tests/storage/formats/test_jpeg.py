import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.file_bytes import Octets
from captioner.storage.formats import jpeg

SCAN = b"\xff\xda\x00\x02picture data\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


JFIF, COMMENT = segment(0xE0, b"JFIF\0" + b"\1" * 9), segment(0xFE, b"hello")


def picture(*segments: bytes) -> bytes:
    return jpeg.SOI + b"".join(segments) + SCAN


def spliced(data: bytes, **blocks: object) -> bytes:
    old = jpeg.blocks(data)
    return bytes(jpeg.spliced(Octets(data), old, replace(old, **blocks)))


def roles(data: bytes) -> list[str]:
    return [piece.role or f"{piece.marker:02x}" for piece in jpeg._head(data)[0]]


def test_new_blocks_stand_where_readers_look_for_them():
    new = spliced(picture(JFIF, COMMENT), exif=b"II*\0e", xmp=b"<x/>", resources=b"8BIM")
    assert roles(new) == ["e0", "exif", "xmp", "resources", "Comment"]


def test_the_scan_and_other_segments_are_copied():
    new = spliced(picture(JFIF, COMMENT), xmp=b"<x/>")
    assert new.endswith(COMMENT + SCAN)


def test_an_old_block_is_replaced_in_its_place():
    old = picture(COMMENT, segment(0xED, b"Photoshop 3.0\0old"), JFIF)
    assert spliced(old, resources=b"new") == picture(COMMENT, segment(0xED, b"Photoshop 3.0\0new"), JFIF)


def test_resources_over_several_segments_are_one_block():
    old = picture(segment(0xED, b"Photoshop 3.0\0one"), COMMENT, segment(0xED, b"Photoshop 3.0\0two"))
    assert jpeg.blocks(old).resources == b"onetwo"
    assert roles(spliced(old, resources=b"x" * 70_000)) == ["resources", "resources", "Comment"]


def test_bytes_between_segments_stay():
    old = jpeg.SOI + JFIF + b"\0\0junk" + COMMENT + SCAN
    assert b"\0\0junk" + COMMENT in spliced(old, xmp=b"<x/>")


def test_fill_bytes_stay():
    old = jpeg.SOI + JFIF + b"\xff\xff" + COMMENT + SCAN
    assert b"\xff\xff" + COMMENT in spliced(old, xmp=b"<x/>")


def test_exif_over_several_segments_is_one_block():
    first = b"II*\0" + b"a" * (jpeg.EXIF_LIMIT - 4)
    old = picture(segment(0xE1, b"Exif\0\0" + first), segment(0xE1, b"Exif\0\0rest"))
    assert jpeg.blocks(old).exif == first + b"rest"


def test_a_second_exif_block_stands_by_itself():
    second = segment(0xE1, b"Exif\0\0MM\0*second")
    old = picture(segment(0xE1, b"Exif\0\0II*\0first"), COMMENT, second)
    assert jpeg.blocks(old).more_exif == (b"MM\0*second",)
    assert spliced(old, more_exif=(b"MM\0*other",)) == old.replace(second, segment(0xE1, b"Exif\0\0MM\0*other"))
    assert spliced(old, more_exif=(b"",)) == old.replace(second, b"")


def test_iim_without_resources_is_a_block():
    old = picture(JFIF, segment(0xED, b"\x1c\x02\x78\0\1a"))
    assert jpeg.blocks(old).iim == b"\x1c\x02\x78\0\1a"
    assert spliced(old, iim=b"\x1c\x02\x78\0\1b") == picture(JFIF, segment(0xED, b"\x1c\x02\x78\0\1b"))


def test_resources_of_photoshop_2_5_are_found():
    assert jpeg.blocks(picture(segment(0xED, b"Adobe_Photoshop2.5:8BIM"))).resources == b"8BIM"


def test_each_comment_is_changed_in_its_place():
    old = picture(COMMENT, JFIF, COMMENT, segment(0xFE, b"other"))
    assert jpeg.blocks(old).remarks == (("Comment", "hello"), ("Comment", "hello"), ("Comment", "other"))
    assert spliced(old, remarks=(("Comment", "new"), ("Comment", "new"), ("Comment", "other"))) == picture(
        segment(0xFE, b"new"), JFIF, segment(0xFE, b"new"), segment(0xFE, b"other"))  # fmt: skip
    assert spliced(old, remarks=(("Comment", ""), ("Comment", ""), ("Comment", "other"))) == picture(
        JFIF, segment(0xFE, b"other")
    )


def test_a_c2pa_manifest_is_seen():
    assert jpeg.blocks(picture(segment(0xEB, b"JP\0\1\0\0\0\1" + b"\0\0\0\x20jumb...c2pa"))).is_signed
    assert not jpeg.blocks(picture(segment(0xEB, b"JP\0\1other"))).is_signed


def test_a_picture_of_zeros_behind_a_broken_segment_is_soon_given_up():
    with pytest.raises(BlockDamaged):
        jpeg.blocks(jpeg.SOI + bytes(50_000_000))


def test_a_packet_too_long_for_a_segment_is_full():
    with pytest.raises(BlockFull):
        spliced(picture(JFIF), xmp=b"x" * 65_536)


def test_extended_xmp_is_put_together_by_its_offsets():
    def part(offset: int, text: bytes) -> bytes:
        return segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"G" * 32 + struct.pack(">II", 6, offset) + text)

    old = picture(part(3, b"def"), part(0, b"abc"))
    assert jpeg.blocks(old).extended_xmp == b"abcdef"


def test_offsets_to_further_pictures_move_along():
    entries = struct.pack("<IIIHH", 0, 100, 0, 0, 0) + struct.pack("<IIIHH", 0, 50, 5000, 0, 0)
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0xB002, 7, len(entries), 26, 0) + entries
    old = picture(JFIF, segment(0xE2, b"MPF\0" + tiff), segment(0xED, b"Photoshop 3.0\0old"))
    new = spliced(old, exif=b"II*\0exif", resources=b"longer by this")
    assert struct.pack("<IIIHH", 0, 50, 5000 + len("longer by this") - 3, 0, 0) in new


def test_a_file_that_ends_before_its_end_marker_is_not_whole():
    data = picture(JFIF)
    assert jpeg.is_whole(data)
    assert jpeg.is_whole(data + b"trailer")
    assert not jpeg.is_whole(data[:-2])


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise_anything_else(data):
    for file in (data, jpeg.SOI + data, jpeg.SOI + JFIF + data + SCAN):
        try:
            jpeg.blocks(file)
        except BlockDamaged:
            continue
