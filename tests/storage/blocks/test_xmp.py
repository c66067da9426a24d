import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core.fields import parse
from captioner.errors import CaptionerError
from captioner.storage.blocks import BlockDamaged, xmp
from captioner.storage.blocks.xmp import Property

CREDIT = "photoshop:Credit"
PACKET = (
    b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:ps="http://ns.adobe.com/photoshop/1.0/" xmlns:mine="urn:mine"
 ps:Credit="Old" mine:a="1">
 <mine:b><rdf:Bag><rdf:li>kept</rdf:li></rdf:Bag></mine:b>
 <d:description xmlns:d="http://purl.org/dc/elements/1.1/"><rdf:Alt><rdf:li xml:lang="x-default">Old text</rdf:li>
 <rdf:li xml:lang="en">Old text</rdf:li><rdf:li xml:lang="id">Teks</rdf:li></rdf:Alt></d:description>
</rdf:Description></rdf:RDF></x:xmpmeta>
"""
    + b" " * 400
    + b"""<?xpacket end="w"?>"""
)


def put(packet: bytes | None, name: str, text: str, form: str = "text") -> bytes:
    return xmp.edit(packet, [Property(name, form, (text,))])


def test_an_attribute_is_found_and_replaced():
    assert xmp.read(put(PACKET, CREDIT, "New"))[CREDIT] == ("New",)
    assert b'Old"' not in put(PACKET, CREDIT, "New")


def test_everything_else_stays():
    new = put(PACKET, CREDIT, "New")
    assert xmp.others(new, {CREDIT}) == xmp.others(PACKET, {CREDIT})


def test_the_padding_takes_what_the_text_grows():
    assert len(put(PACKET, CREDIT, "A much longer credit line/AP")) == len(PACKET)


def test_other_languages_stay_but_for_a_copy_of_the_default():
    new = put(PACKET, "dc:description", "New text", "alt")
    assert b"Teks" in new
    assert b"Old text" not in new


def test_a_property_that_stands_twice_stands_once():
    twice = PACKET.replace(b"</rdf:Description>", b"<ps:Credit>Other</ps:Credit></rdf:Description>")
    assert put(twice, CREDIT, "New").count(b":Credit>") == 2


def test_our_own_packet_goes_when_it_is_empty():
    made = put(None, CREDIT, "New")
    assert xmp.edit(made, [Property(CREDIT, "text", ())]) is None


def test_somebody_elses_packet_stays_though_it_is_empty():
    other = put(None, CREDIT, "New").replace(b'"Captioner"', b'"Elsewhere"')
    assert xmp.edit(other, [Property(CREDIT, "text", ())]) is not None


def test_the_same_value_changes_no_byte():
    assert put(PACKET, CREDIT, "Old") is PACKET


def test_a_packet_that_is_not_well_formed_is_never_replaced():
    with pytest.raises(BlockDamaged):
        put(PACKET.replace(b"</rdf:RDF>", b""), CREDIT, "New")


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_packet_in_utf16_becomes_utf8(coding):
    assert xmp.read(put(PACKET.decode().encode(coding), CREDIT, "New 김"))[CREDIT] == ("New 김",)


def test_a_document_type_is_refused():
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    packet = evil + PACKET.split(b"\n", 1)[1].replace(b">kept<", b">&e;<")
    with pytest.raises(BlockDamaged):
        xmp.read(packet)


@given(st.text(min_size=1), st.sampled_from(["text", "alt"]))
def test_every_text_that_xml_can_hold_reads_back(text, form):
    try:
        text = parse("caption", text)
    except CaptionerError:
        return
    if text:
        assert xmp.read(put(PACKET, "dc:title", text, form))["dc:title"] == (text,)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise_anything_else(data):
    for packet in (data, PACKET[:200] + data + PACKET[200:]):
        try:
            put(packet, CREDIT, "New")
        except BlockDamaged:
            continue
