import io
import random
import subprocess

import pytest
from PIL import Image

from captioner.storage.blocks import BlockDamaged
from captioner.storage.formats import Blocks, gif

XMP = b"<x:xmpmeta>" + b"caption " * 100 + b"</x:xmpmeta>"
MAGIC = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
PACKET = b"\x21\xff\x0bXMP DataXMP" + XMP + MAGIC


def picture(*extensions: bytes, comment: bytes = b"") -> bytes:
    """What Pillow writes, with extensions before the end."""
    file = io.BytesIO()
    Image.effect_noise((60, 50), 50).save(file, "GIF", comment=comment)
    return file.getvalue()[:-1] + b"".join(extensions) + b";"


def test_the_packet_is_found_after_the_picture():
    assert gif.blocks(picture(PACKET)) == Blocks(xmp=XMP)


def test_exiftool_finds_the_packet_in_the_same_place(tmp_path):
    path = tmp_path / "a.gif"
    path.write_bytes(picture(PACKET))
    told = subprocess.run(["exiftool", "-b", "-XMP", path], capture_output=True, check=True).stdout
    assert told.removesuffix(MAGIC[:-1]).removesuffix(MAGIC) == XMP


def test_the_first_comment_is_read():
    long = "Jalan di Selasih – " * 20
    found = gif.blocks(picture(b"\x21\xfe\x05other\0", comment=long.encode()))
    assert found.remarks == (("Comment", long),)
    assert gif.blocks(picture(b"\x21\xfe\x02\xe9t\0")).remarks == (("Comment", "ét"),)


def test_the_size_is_that_of_the_screen():
    assert gif.size(picture()) == (60, 50)


def test_a_manifest_is_told():
    assert gif.blocks(picture(b"\x21\xff\x0bC2PA_GIF\1\0\0\3abc\0")).is_signed


def test_a_packet_that_is_cut_off_is_no_block():
    assert gif.blocks(picture(PACKET)[:-2]) == Blocks()
    assert gif.blocks(picture(b"\x21\xff\x0bXMP DataXMP" + b"\3abc\0")) == Blocks()


def test_what_is_no_gif_is_refused():
    for data in (b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + bytes(20)):
        with pytest.raises(BlockDamaged):
            gif.blocks(data)


def test_broken_files_raise_nothing_else():
    chance, whole = random.Random(7), picture(PACKET, b"\x21\xff\x0bC2PA_GIF\1\0\0\0", comment=b"hello")
    for _ in range(2_000):
        data = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(3):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            gif.blocks(bytes(data))
        except BlockDamaged:
            continue
