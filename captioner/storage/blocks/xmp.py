"""XMP (ISO 16684-1): a packet edited as a tree; only the properties that are named change."""

import copy
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from captioner.storage.blocks import BlockDamaged

Element = etree._Element  # pyright: ignore[reportPrivateUsage] - lxml has no public name for it

NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
_NEW = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Captioner">\n'
    b' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    b'  <rdf:Description rdf:about=""/>\n'
    b" </rdf:RDF>\n"
    b"</x:xmpmeta>\n"
    b'<?xpacket end="w"?>'
)
_EXTENSION = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Captioner">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""/></rdf:RDF>'
    b"</x:xmpmeta>"
)
_END = re.compile(rb"<\?xpacket\s+end=[^>]*\?>[\s\0]*")
_NAME = "XMP"
_BLANKS = b"\0 \r\n\t"
_BEGIN = re.compile(
    rb"[\s\0\xef\xbb\xbf]*(?:<\?xml(?:(?!encoding)[^>])*(?:encoding=.(?i:utf-8).[^>]*)?\?>\s*)?(?:<\?xpacket[^>]*\?>\s*)?"
)
_CONTAINERS = {"alt": "Alt", "seq": "Seq", "bag": "Bag"}


@dataclass(frozen=True)
class Property:
    name: str
    """`prefix:name`, with one of the prefixes above, whatever the packet calls the namespace."""
    form: str
    """text, alt (a language alternative), seq or bag."""
    texts: tuple[str, ...]
    """None at all removes the property. A language alternative has one, its x-default."""


def _name(prefixed: str) -> str:
    prefix, local = prefixed.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


_RDF = {name: _name(f"rdf:{name}") for name in ("RDF", "Description", "Alt", "Seq", "Bag", "li", "value", "about")}
_ARRAYS = {_RDF[form] for form in _CONTAINERS.values()}
_LI, _ALT, _LANG = _RDF["li"], _RDF["Alt"], _name("xml:lang")
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items() if prefix != "rdf"}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False, huge_tree=False)


@dataclass(frozen=True)
class _Packet:
    """The bytes before and after the XML stay as they are, padding included where the XML still fits."""

    before: bytes
    root: Element
    after: bytes

    @property
    def descriptions(self) -> list[Element]:
        return [each for rdf in self.root.iter(_RDF["RDF"]) for each in rdf if each.tag == _RDF["Description"]]


def _in_utf8(packet: bytes) -> bytes:
    """Packets may come in UTF-16 (ISO 16684-1, 7.3.2), though in pictures they are UTF-8."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
    coding = marks.get(packet[:2])
    try:
        return packet.decode(coding).encode() if coding else packet
    except UnicodeDecodeError as error:
        raise BlockDamaged(_NAME) from error


def _parsed(packet: bytes) -> _Packet:
    packet = _in_utf8(packet)
    at = packet.rfind(b"<?xpacket", 1)
    body = packet[: at if at > 0 and _END.fullmatch(packet, at) else None].rstrip(_BLANKS)
    after = packet[len(body) :]
    start = _begin(body)
    try:
        root = etree.fromstring(body[start:] if start else body, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BlockDamaged(_NAME) from error
    if root.getroottree().docinfo.doctype:  # no writer of XMP needs one, and entities could hide anything
        raise BlockDamaged(_NAME)
    return _Packet(body[:start], root, after)


def _begin(body: bytes) -> int:
    """Where the XML starts behind what declares it; 0 in encodings that only the parser can tell."""
    header = _BEGIN.match(body)
    return header.end() if header else 0


@lru_cache(maxsize=8)
def _looked_at(packet: bytes) -> _Packet:
    """For reading alone."""
    return _parsed(packet)


@lru_cache(maxsize=32)
def read(packet: bytes | None) -> Mapping[str, tuple[str, ...]]:
    """Every simple, array or language-alternative property by `prefix:name` of the namespaces above.

    Of a language alternative only the default text, or the first where none is marked so.
    """
    found: dict[str, tuple[str, ...]] = {}
    for description in _looked_at(packet).descriptions if packet else []:
        for name, value in description.items():
            if (prefixed := _prefixed(str(name))) and prefixed not in found:
                found[prefixed] = (str(value),)
        for element in description.iterchildren(etree.Element):
            if (prefixed := _prefixed(str(element.tag))) and prefixed not in found:
                found[prefixed] = _texts(element)
    return found


@lru_cache(maxsize=1024)
def _prefixed(name: str) -> str:
    uri, _, local = name[1:].partition("}")
    prefix = _PREFIXES.get(uri)
    return f"{prefix}:{local}" if prefix else ""


def _texts(element: Element) -> tuple[str, ...]:
    array = _array(element)
    if array is None:
        return (_simple(element),)
    items = [item for item in array if item.tag == _LI]
    if array.tag == _ALT:
        items = [item for item in items if item.get(_LANG) == "x-default"][:1] or items[:1]
    return tuple([_simple(item) for item in items])


def _array(element: Element) -> Element | None:
    for child in element:
        if child.tag in _ARRAYS:
            return child
    return None


def _simple(element: Element) -> str:
    """The text; of a value with qualifiers, the value (ISO 16684-1, 7.8)."""
    if not len(element):  # nearly all, and looking for something in it takes ten times as long
        return element.text or ""
    value = element.find(_RDF["value"])
    if value is None and (inner := element.find(_RDF["Description"])) is not None:
        value = inner.find(_RDF["value"])
    return "".join((value if value is not None else element).itertext())


def edit(packet: bytes | None, changes: list[Property]) -> bytes | None:
    """None when nothing but our own empty shell is left; raises BlockDamaged for XML that is not well-formed."""
    present = read(packet)
    wanted = [change for change in changes if present.get(change.name, ()) != change.texts]
    if not wanted:
        return packet
    parsed = _parsed(packet or _NEW)
    for change in wanted:
        _change(parsed, change)
    return None if _is_empty_shell(parsed) else _packed(parsed, packet)


def without(packet: bytes | None, goes: Callable[[str, str], bool]) -> bytes | None:
    """Without the properties and fields of structures that go by namespace and local name, at whatever depth.

    None when nothing but our own empty shell is left; raises BlockDamaged for XML that is not well-formed.
    """
    if not packet:
        return packet
    parsed = _parsed(packet)
    every = list(parsed.root.iter(etree.Element))
    attributes = [(each, name) for each in every for name in each.attrib if goes(*_split(str(name)))]
    elements = [each for each in every if goes(*_split(str(each.tag)))]
    for each, name in attributes:
        del each.attrib[name]
    for each in elements:
        _drop(each)
    if not attributes and not elements:
        return packet
    return None if _is_empty_shell(parsed) else _packed(parsed, packet)


def _split(name: str) -> tuple[str, str]:
    uri, _, local = name.rpartition("}")
    return uri[1:], local


def _is_empty_shell(packet: _Packet) -> bool:
    described = any(len(each) or set(each.attrib) - {_RDF["about"]} for each in packet.descriptions)
    return packet.root.get(_name("x:xmptk")) == "Captioner" and not described


def _packed(parsed: _Packet, old: bytes | None) -> bytes:
    """As long as the old packet where its padding allows."""
    xml = etree.tostring(parsed.root.getroottree(), encoding="UTF-8", xml_declaration=False)
    end = parsed.after.lstrip(_BLANKS)
    room = len(old or b"") - len(parsed.before) - len(xml) - len(end)
    padding = parsed.after[: len(parsed.after) - len(end)]
    if old and end and len(padding) > 1 and room != len(padding):
        padding = b"\n" if room < 1 else _blanks(room)
    return b"".join([parsed.before, xml, padding, end])


def _blanks(size: int) -> bytes:
    """Lines of a hundred, as packets are padded (ISO 16684-1, 7.3.2)."""
    return ((b" " * 99 + b"\n") * (size // 100 + 1))[:size]


def split(packet: bytes, extended: bytes | None, limit: int) -> tuple[bytes, bytes | None]:
    """Moves the longest properties to the extension until the packet fits (XMP part 3, 1.1.3.1)."""
    parsed, beyond = _parsed(packet), _parsed(extended or _EXTENSION)
    parsed = replace(parsed, after=b"\n" + parsed.after.lstrip(_BLANKS))
    home = _home(beyond)
    every = [element for description in parsed.descriptions for element in description.iterchildren(etree.Element)]
    by_length = sorted(
        ((len(etree.tostring(each, encoding="UTF-8", xml_declaration=False, with_tail=False)), each) for each in every),
        key=lambda pair: -pair[0],
    )
    excess = len(_packed(parsed, None)) - limit
    for length, element in by_length:
        if excess <= 0:
            break
        _drop(element)
        element.tail = "\n"
        home.append(element)
        excess -= length
    whole = _packed(parsed, None)
    return whole, _packed(beyond, None) if len(home) else extended


def _change(packet: _Packet, change: Property) -> None:
    """In the place that the property has, or at the end of the first description."""
    name, old = _name(change.name), None
    for description in packet.descriptions:
        for element in description.findall(name):
            old = _merged(old, element)
        if description.attrib.pop(name, None) is not None and change.texts:
            old = _added(description, name) if old is None else old
    if change.texts:
        _fill(old if old is not None else _added(_home(packet), name), change)
    elif old is not None:
        _drop(old)


def _merged(first: Element | None, element: Element) -> Element:
    """A property counts once; what stands a second time is taken out."""
    if first is None:
        return element
    _drop(element)
    return first


def _home(packet: _Packet) -> Element:
    if packet.descriptions:
        return packet.descriptions[0]
    rdf = next(packet.root.iter(_RDF["RDF"]), None)
    if rdf is None:
        raise BlockDamaged(_NAME)
    return etree.SubElement(rdf, _RDF["Description"], {_RDF["about"]: ""})


def _added(parent: Element, name: str) -> Element:
    """A new property on a line of its own, with the prefix that its standard gives it."""
    prefix, uri = next((prefix, uri) for prefix, uri in NAMESPACES.items() if name.startswith(f"{{{uri}}}"))
    element = etree.SubElement(parent, name, nsmap={prefix: uri} if uri not in parent.nsmap.values() else None)
    previous = element.getprevious()
    if previous is not None and not (previous.tail or "").strip():
        element.tail, previous.tail = previous.tail, parent.text
    else:
        parent.text, element.tail = "\n   ", "\n  "
    return element


def _drop(element: Element) -> None:
    """Takes an element out, with the line that it stands on."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if previous is not None:
        previous.tail = element.tail
    elif element.getnext() is None:
        parent.text = None
    parent.remove(element)


def _fill(element: Element, change: Property) -> None:
    if change.form == "text":
        _clear(element)
        element.text = change.texts[0]
    elif change.form == "alt" and (array := _array(element)) is not None and array.tag == _RDF["Alt"]:
        _fill_default(array, _texts(element), change.texts[0])
    else:
        _clear(element)
        array = etree.SubElement(element, _RDF[_CONTAINERS[change.form]])
        for text in change.texts:
            item = etree.SubElement(array, _RDF["li"], {_LANG: "x-default"} if change.form == "alt" else {})
            item.text = text


def _fill_default(array: Element, old: tuple[str, ...], text: str) -> None:
    """Other languages stay, but for one that repeats the default's old text."""
    items = list(array.iterchildren(_RDF["li"]))
    for item in items:
        if item.get(_LANG) == "x-default" or (old and _simple(item) == old[0]):
            language = item.get(_LANG) or "x-default"
            _clear(item)
            item.set(_LANG, language)
            item.text = text
    if not any(item.get(_LANG) == "x-default" for item in items):
        default = etree.Element(_RDF["li"], {_LANG: "x-default"})
        default.text = text
        array.insert(0, default)


def _clear(element: Element) -> None:
    """Empties an element but leaves what stands behind it."""
    tail = element.tail
    element.clear()
    element.tail = tail


def others(packet: bytes | None, names: set[str]) -> list[bytes]:
    """Every property but the named ones, canonical (C14N), to compare one packet with another."""
    if not packet:
        return []
    left_out = {_name(name) for name in names}
    found: list[bytes] = []
    for description in _looked_at(packet).descriptions:
        attributes = ((name, value) for name, value in description.attrib.items() if name not in left_out)
        elements = (each for each in description.iterchildren(etree.Element) if each.tag not in left_out)
        found += [f"{name!r}={value!r}".encode() for name, value in attributes if name != _RDF["about"]]
        found += map(_canonical, elements)
    return sorted(found)


def _canonical(element: Element) -> bytes:
    alone = copy.deepcopy(element)
    alone.tail = None
    written = io.BytesIO()
    try:
        etree.ElementTree(alone).write(written, method="c14n", exclusive=True)
    except etree.C14NError:  # names of namespaces that are no addresses
        return etree.tostring(alone)
    return written.getvalue()
