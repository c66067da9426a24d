import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from captioner.storage.blocks import BlockDamaged
from captioner.storage.file_bytes import Octets
from captioner.storage.formats import Blocks, webp
from tests import pictures, readers

EXIF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
PACKET = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def riff(body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


@pytest.fixture
def simple(tmp_path) -> bytes:
    return pictures.draw(tmp_path / "a.webp").read_bytes()


@pytest.fixture
def extended(simple) -> bytes:
    """With a profile, so that it stays extended."""
    header = chunk(b"VP8X", b"\x20\0\0\0" + (95).to_bytes(3, "little") + (63).to_bytes(3, "little"))
    return riff(header + chunk(b"ICCP", b"profile") + simple[12:])


def spliced(data: bytes, **blocks: object) -> bytes:
    old = webp.blocks(data)
    return bytes(webp.spliced(Octets(data), old, replace(old, **blocks)))


def kinds(data: bytes) -> list[bytes]:
    return [each.kind for each in webp._chunks(data)]


def test_a_simple_file_is_extended_and_simple_again(simple):
    new = spliced(simple, exif=EXIF, xmp=PACKET)
    assert kinds(new) == [b"VP8X", b"VP8 ", b"EXIF", b"XMP "]
    assert (webp.blocks(new).exif, webp.blocks(new).xmp, webp.size(new)) == (EXIF, PACKET, (96, 64))
    assert spliced(new, exif=None, xmp=None) == simple


def test_the_header_tells_what_there_is(extended):
    assert [spliced(extended, **blocks)[20] for blocks in ({}, {"exif": EXIF}, {"xmp": PACKET})] == [0x20, 0x28, 0x24]


def test_blocks_come_and_go_and_leave_the_rest(extended):
    assert spliced(spliced(extended, exif=EXIF, xmp=PACKET), exif=None, xmp=None) == extended


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_transparency_of_a_lossless_picture_is_told(tmp_path, mode):
    path = tmp_path / "a.webp"
    Image.new(mode, (40, 30), (9, 9, 9, 99) if mode == "RGBA" else (9, 9, 9)).save(path, lossless=True)
    new = spliced(path.read_bytes(), exif=EXIF)
    assert (bool(new[20] & 0x10), webp.size(new)) == (mode == "RGBA", (40, 30))
    path.write_bytes(new)
    with Image.open(path) as image:
        assert (image.mode, image.size) == (mode, (40, 30))


def test_an_animation_stays_one(tmp_path):
    path = tmp_path / "a.webp"
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    path.write_bytes(spliced(path.read_bytes(), exif=EXIF, xmp=PACKET))
    with Image.open(path) as image:
        assert image.n_frames == 3


def test_other_programs_find_the_blocks(simple, tmp_path):
    packet = (b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
              b'<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
              b'photoshop:Credit="AP"/></rdf:RDF></x:xmpmeta>')  # fmt: skip
    (tmp_path / "b.webp").write_bytes(spliced(simple, xmp=packet))
    held = readers.exiftool(tmp_path / "b.webp")
    assert (held["XMP-photoshop:Credit"], "ExifTool:Warning" in held) == ("AP", False)


def test_a_needless_header_of_exif_stays(extended):
    old = riff(extended[12:] + chunk(b"EXIF", b"Exif\0\0" + EXIF))
    assert webp.blocks(old).exif == EXIF
    assert b"Exif\0\0" + EXIF + b"more" in spliced(old, exif=EXIF + b"more")


def test_a_second_block_stands_by_itself(extended):
    old = riff(extended[12:] + chunk(b"XMP ", b"one") + chunk(b"XMP ", b"two"))
    assert (webp.blocks(old).xmp, webp.blocks(old).more_xmp) == (b"one", (b"two",))
    new = spliced(old, more_xmp=(b"three",))
    assert (webp.blocks(new).xmp, webp.blocks(new).more_xmp) == (b"one", (b"three",))


def test_unknown_chunks_odd_lengths_and_a_trailer_are_copied(extended):
    old = riff(extended[12:] + chunk(b"ODD!", b"abc")) + b"trailer"
    new = spliced(old, exif=EXIF + b"x")
    assert chunk(b"ODD!", b"abc") in new
    assert new.endswith(b"trailer")
    assert [bytes(each) for each in webp.others(Octets(new))] == [bytes(each) for each in webp.others(Octets(old))]


def test_a_signature_is_seen(extended):
    assert webp.blocks(riff(extended[12:] + chunk(b"C2PA", b"jumb"))).is_signed
    assert not webp.blocks(extended).is_signed


def test_a_file_that_was_cut_is_not_whole(simple):
    assert webp.is_whole(simple)
    assert not webp.is_whole(simple[:-10])


@given(st.binary(max_size=120))
def test_no_bytes_make_it_raise_anything_else(data):
    for file in (data, riff(data), riff(chunk(b"VP8X", data)), riff(chunk(b"VP8L", data) + data)):
        try:
            webp.spliced(Octets(file), webp.blocks(file), replace(webp.blocks(file), exif=EXIF))
        except BlockDamaged:
            continue


def test_a_transparent_simple_file_is_simple_again(tmp_path):
    path = tmp_path / "a.webp"
    Image.new("RGBA", (40, 30), (9, 9, 9, 99)).save(path, lossless=True)
    assert spliced(spliced(path.read_bytes(), exif=EXIF), exif=None) == path.read_bytes()


def test_a_length_that_goes_past_the_end_of_riff_is_damage(simple):
    with pytest.raises(BlockDamaged):
        webp.blocks(riff(simple[12:] + b"JUNK" + struct.pack("<I", 9999) + b"abcd"))


def test_a_new_chunk_behind_one_without_padding_gets_it_padded():
    lossless = b"VP8L" + struct.pack("<I", 5) + b"\x2f" + bytes(4)
    new = spliced(riff(lossless), exif=EXIF, xmp=PACKET)
    assert (webp.blocks(new).exif, webp.blocks(new).xmp) == (EXIF, PACKET)


def test_a_file_is_joined_of_few_parts():
    frames = chunk(b"ANMF", bytes(16)) * 1_000
    new = webp.spliced(Octets(riff(chunk(b"VP8X", b"\2" + bytes(9)) + frames)), Blocks(), Blocks(exif=EXIF))
    assert len(new.parts) < 10


def test_an_unchanged_file_stays_even_where_its_header_tells_wrong(extended):
    wrong = riff(extended[12:] + chunk(b"EXIF", EXIF))
    assert spliced(wrong) == wrong
