from hypothesis import given
from hypothesis import strategies as st

from captioner.storage.blocks import iim
from captioner.storage.blocks.iim import Dataset

FALLBACK = "cp1252"


def packed(*datasets: tuple[int, int, bytes]) -> bytes:
    return b"".join(Dataset(*each).packed() for each in datasets)


def test_a_new_block_declares_utf8_before_its_first_text():
    found, _ = iim.parse(iim.edit(None, {110: ("김/AP",)}, FALLBACK))
    assert [each.id for each in found] == [(1, 90), (2, 0), (2, 110)]


def test_a_block_with_nothing_left_is_none():
    assert iim.edit(iim.edit(None, {110: ("AP",)}, FALLBACK), {110: ()}, FALLBACK) is None


def test_the_same_texts_change_no_byte():
    old = packed((2, 120, "naïve".encode("cp1252")))
    assert iim.edit(old, {120: ("naïve",)}, FALLBACK) is old


def test_old_text_of_a_code_page_is_kept_as_text():
    old = packed((2, 105, "Göteborg".encode("cp1252")), (2, 110, b"AP"))
    assert iim.read(iim.edit(old, {110: ("김",)}, FALLBACK), FALLBACK) == {105: ("Göteborg",), 110: ("김",)}


def test_declared_latin1_is_read_as_such():
    assert iim.read(packed((1, 90, b"\x1b.A"), (2, 105, b"G\xf6teborg")), "cp1251")[105] == ("Göteborg",)


def test_utf8_that_nobody_declared_is_recognised():
    assert iim.read(packed((2, 105, "김".encode())), FALLBACK)[105] == ("김",)


def test_binary_datasets_are_not_taken_for_text():
    raster = bytes(range(256))
    new = iim.edit(packed((2, 105, "ö".encode("cp1252")), (2, 125, raster)), {110: ("AP",)}, FALLBACK)
    assert Dataset(2, 125, raster) in iim.parse(new)[0]


def test_repeated_datasets_are_several_values():
    new = iim.edit(packed((2, 80, b"Ann"), (2, 80, b"Bob"), (2, 110, b"AP")), {80: ("Cy", "Di", "Ed")}, FALLBACK)
    assert iim.read(new, FALLBACK) == {80: ("Cy", "Di", "Ed"), 110: ("AP",)}


def test_a_text_longer_than_32_kilobytes_takes_the_extended_form():
    assert iim.read(iim.edit(None, {120: ("x" * 40_000,)}, FALLBACK), FALLBACK)[120] == ("x" * 40_000,)


def test_padding_behind_the_datasets_stays():
    assert iim.edit(packed((2, 110, b"AP")) + b"\0\0", {110: ("AFP",)}, FALLBACK).endswith(b"AFP\0\0")


def test_a_last_dataset_that_was_cut_stays_as_it_is():
    cut = packed((2, 120, b"Caption"))[:-3]
    new = iim.edit(packed((2, 105, b"Head")) + cut, {110: ("AP",)}, FALLBACK)
    assert (iim.read(new, FALLBACK), new.endswith(cut)) == ({105: ("Head",), 110: ("AP",)}, True)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data):
    for block in (data, b"\x1c\x02" + data):
        assert iim.read(iim.edit(block, {110: ("AP",)}, FALLBACK), FALLBACK)[110] == ("AP",)
