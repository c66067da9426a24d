import struct
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from captioner.storage.blocks import BlockDamaged, BlockFull
from captioner.storage.file_bytes import Octets
from captioner.storage.formats import png
from tests import pictures

EXIF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
PACKET = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def raw_profile(name: bytes, data: bytes) -> bytes:
    digits = data.hex().encode()
    lines = b"\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    return b"Raw profile type " + name + b"\0\0" + zlib.compress(b"\n%s\n%8d\n%s\n" % (name, len(data), lines))


@pytest.fixture
def picture(tmp_path):
    """A drawn PNG with these chunks in front of its picture."""

    def make(*chunks: bytes, behind: bytes = b"") -> bytes:
        data = pictures.draw(tmp_path / "a.png").read_bytes()
        return data[:33] + b"".join(chunks) + data[33:] + behind

    return make


def spliced(data: bytes, **blocks: object) -> bytes:
    old = png.blocks(data)
    return bytes(png.spliced(Octets(data), old, replace(old, **blocks)))


def test_new_blocks_stand_before_the_picture_and_can_be_taken_out_again(picture):
    old = picture()
    new = spliced(old, exif=EXIF, xmp=PACKET)
    assert (png.blocks(new).exif, png.blocks(new).xmp) == (EXIF, PACKET)
    assert new.index(b"eXIf") < new.index(b"XML:com.adobe.xmp") < new.index(b"IDAT")
    assert spliced(new, exif=None, xmp=None) == old


def test_checksums_are_right(picture, tmp_path):
    (tmp_path / "b.png").write_bytes(spliced(picture(), exif=EXIF, xmp=PACKET))
    with Image.open(tmp_path / "b.png") as image:
        image.verify()


def test_a_needless_header_of_exif_stays(picture):
    old = picture(chunk(b"eXIf", b"Exif\0\0" + EXIF))
    assert png.blocks(old).exif == EXIF
    assert spliced(old, exif=EXIF + b"more") == picture(chunk(b"eXIf", b"Exif\0\0" + EXIF + b"more"))


@pytest.mark.parametrize("flags", [b"\0\0", b"\1\0"])
def test_a_packet_is_found_compressed_or_not_and_stays_so(picture, flags):
    def itxt(packet: bytes) -> bytes:
        text = zlib.compress(packet) if flags[0] else packet
        return chunk(b"iTXt", b"XML:com.adobe.xmp\0" + flags + b"\0\0" + text)

    assert png.blocks(picture(itxt(PACKET))).xmp == PACKET
    assert spliced(picture(itxt(PACKET)), xmp=b"<new/>") == picture(itxt(b"<new/>"))


@pytest.mark.parametrize(("name", "lead", "block", "data"), [
    (b"exif", b"Exif\0\0", "exif", EXIF), (b"APP1", b"Exif\0\0", "exif", EXIF),
    (b"APP1", b"http://ns.adobe.com/xap/1.0/\0", "xmp", PACKET), (b"xmp", b"", "xmp", PACKET),
    (b"iptc", b"", "resources", b"8BIM" + bytes(8)), (b"8bim", b"Photoshop 3.0\0", "resources", b"8BIM" + bytes(8)),
    (b"iptc", b"", "iim", b"\x1c\2\x6e\0\2AP"),
])  # fmt: skip
def test_profiles_of_older_programs_are_found_and_changed_in_place(picture, name, lead, block, data):
    old = picture(chunk(b"zTXt", raw_profile(name, lead + data)))
    assert getattr(png.blocks(old), block) == data
    assert spliced(old, **{block: data + b"!"}) == picture(chunk(b"zTXt", raw_profile(name, lead + data + b"!")))
    assert spliced(old, **{block: None}) == picture()


def test_the_standards_chunk_comes_before_a_profile(picture):
    old = picture(chunk(b"zTXt", raw_profile(b"exif", b"Exif\0\0" + EXIF + b"old")), chunk(b"eXIf", EXIF))
    assert (png.blocks(old).exif, png.blocks(old).more_exif) == (EXIF, (EXIF + b"old",))
    assert spliced(old, more_exif=(b"",)) == picture(chunk(b"eXIf", EXIF))


def test_remarks_are_changed_in_their_places(picture):
    old = picture(chunk(b"tEXt", b"Description\0Old"), chunk(b"zTXt", b"Description\0\0" + zlib.compress(b"Old")),
                  chunk(b"tEXt", b"Author\0Ann"), chunk(b"tEXt", b"Title\0Gone"))  # fmt: skip
    assert png.blocks(old).remarks == (("Description", "Old"), ("Description", "Old"), ("Author", "Ann"),
                                       ("Title", "Gone"))  # fmt: skip
    new = (("Description", "New"), ("Description", "Newer"), ("Author", "Ann"), ("Title", ""))
    assert spliced(old, remarks=new) == picture(
        chunk(b"tEXt", b"Description\0New"), chunk(b"zTXt", b"Description\0\0" + zlib.compress(b"Newer")),
        chunk(b"tEXt", b"Author\0Ann"))  # fmt: skip


def test_a_remark_that_latin_1_can_not_hold_becomes_international(picture):
    new = spliced(picture(chunk(b"tEXt", b"Description\0Old")), remarks=(("Description", "김"),))
    assert new == picture(chunk(b"iTXt", b"Description\0\0\0\0\0" + "김".encode()))


def test_other_chunks_wrong_checksums_and_a_trailer_are_copied(picture):
    strange = struct.pack(">I", 3) + b"prVt" + b"abc" + b"bad!"
    old = picture(strange, behind=b"trailer")
    new = spliced(old, exif=EXIF)
    assert strange in new
    assert new.endswith(b"trailer")
    assert [bytes(each) for each in png.others(Octets(new))] == [bytes(each) for each in png.others(Octets(old))]


def test_an_animation_stays_one(tmp_path):
    path = tmp_path / "a.png"
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    path.write_bytes(spliced(path.read_bytes(), exif=EXIF, xmp=PACKET))
    with Image.open(path) as image:
        assert image.n_frames == 3


def test_a_signature_is_seen(picture):
    assert png.blocks(picture(chunk(b"caBX", b"jumb"))).is_signed
    assert not png.blocks(picture()).is_signed


def test_a_file_without_its_end_is_not_whole(picture):
    assert png.is_whole(picture())
    assert not png.is_whole(picture()[:-12])
    assert not png.is_whole(picture()[:200])


def test_the_size_is_the_headers(picture):
    assert png.size(picture()) == (96, 64)


def test_a_text_that_swells_beyond_measure_is_nobodys(picture):
    bomb = chunk(b"zTXt", b"Description\0\0" + zlib.compress(bytes(40_000_000)))
    assert png.blocks(picture(bomb)).remarks == ()


@given(st.binary(max_size=120))
def test_no_bytes_make_it_raise_anything_else(data):
    for file in (data, b"\x89PNG\r\n\x1a\n" + data, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + data):
        try:
            png.spliced(Octets(file), png.blocks(file), replace(png.blocks(file), exif=EXIF))
        except BlockDamaged:
            continue


def test_a_header_that_goes_past_the_end_is_damage():
    with pytest.raises(BlockDamaged):
        png.others(Octets(b"\x89PNG\r\n\x1a\n\0\xff\0\0IHDR" + bytes(40)))


def test_resources_that_are_there_twice_change_twice(picture):
    def both(data: bytes) -> bytes:
        return picture(*(chunk(b"zTXt", raw_profile(name, data)) for name in (b"iptc", b"8bim")))

    assert spliced(both(b"8BIMold"), resources=b"8BIMnew") == both(b"8BIMnew")


def test_a_text_whose_compression_breaks_off_is_nobodys(picture):
    cut = zlib.compress(bytes(range(256)) * 9)[:-60]
    assert png.blocks(picture(chunk(b"zTXt", b"Title\0\0" + cut))).remarks == ()


def test_a_block_without_a_chunk_of_its_own_is_full(picture):
    with pytest.raises(BlockFull):
        spliced(picture(), resources=b"8BIM")


def test_texts_that_swell_together_are_given_up(picture):
    bomb = zlib.compress(bytes(15_000_000))
    many = picture(*(chunk(b"zTXt", b"Text %d\0\0" % number + bomb) for number in range(8)))
    assert len(png.blocks(many).remarks) == 4


def test_chunks_of_others_are_not_read(picture):
    class Counted(bytes):
        read = 0

        def __getitem__(self, span):
            found = super().__getitem__(span)
            self.read += len(found)
            return found

    data = Counted(picture(chunk(b"prVt", bytes(100_000))))
    png.blocks(data)
    assert data.read < 1_000
