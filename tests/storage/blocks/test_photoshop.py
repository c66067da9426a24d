import pytest

from captioner.storage.blocks import BlockDamaged, photoshop


def resource(number: int, data: bytes, signature: bytes = b"8BIM", name: bytes = b"\0\0") -> bytes:
    return signature + number.to_bytes(2, "big") + name + len(data).to_bytes(4, "big") + data + b"\0" * (len(data) % 2)


OTHER = resource(0x03ED, b"resolution") + resource(0x0BB7, b"odd", b"AgHg", b"\x03abc")


def test_other_resources_and_their_order_stay():
    new = photoshop.with_data(OTHER[:22] + resource(0x0404, b"old") + OTHER[22:], {photoshop.IIM: b"new one"})
    assert new == OTHER[:22] + resource(0x0404, b"new one") + OTHER[22:]


def test_iim_is_added_behind_the_others():
    assert photoshop.with_data(OTHER, {photoshop.IIM: b"iim"}) == OTHER + resource(0x0404, b"iim")


def test_nothing_left_is_none():
    assert photoshop.with_data(resource(0x0404, b"old"), {photoshop.IIM: None}) is None


def test_bytes_behind_the_resources_stay():
    assert photoshop.with_data(resource(0x0404, b"old") + b"junk", {photoshop.IIM: b"new"}).endswith(b"junk")


def test_a_resource_longer_than_the_block_is_damage():
    with pytest.raises(BlockDamaged):
        photoshop.parse(resource(0x0404, b"long enough")[:-4])
