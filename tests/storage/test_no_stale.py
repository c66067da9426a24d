"""After a save, the old caption and credit stand in no place of the file, in no encoding; other texts stay.

Files are built here, octet by octet, with texts in all the places in which programs leave them.
"""

import hashlib
import io
import re
import struct
import zlib
from dataclasses import dataclass, field, replace
from functools import cache, partial
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from captioner.core.policy import Policy
from captioner.storage import photos

KINDS = ("JPEG", "TIFF", "PNG", "WebP")
BLOCKS = {
    "JPEG": ("exif", "thumbnail", "second exif", "iim", "bare iim", "xmp", "extended", "second xmp", "resource xmp",
             "remark", "second remark"),
    "TIFF": ("exif", "thumbnail", "iim", "bare iim", "xmp", "resource xmp"),
    "PNG": ("exif", "thumbnail", "second exif", "iim", "bare iim", "xmp", "second xmp", "resource xmp",
            "remark", "second remark"),
    "WebP": ("exif", "thumbnail", "second exif", "xmp", "second xmp"),
}  # fmt: skip
EXIF = {"ImageDescription": 0x010E, "Artist": 0x013B, "XPTitle": 0x9C9B, "XPComment": 0x9C9C, "XPAuthor": 0x9C9D,
        "XPSubject": 0x9C9F, "UserComment": 0x9286}  # fmt: skip
XMP = ("dc:description", "photoshop:Credit", "tiff:ImageDescription", "tiff:Artist", "exif:UserComment")
IIM = {"2:120": 120, "2:110": 110}
REMARKS = {"JPEG": ("Comment",), "PNG": ("Comment", "Description", "Title", "Author")}
CREDITS = {"Artist", "XPAuthor", "Author", "2:110", "photoshop:Credit", "tiff:Artist"}
VALUES = {"ImageDescription", "Artist", *IIM, "dc:description", "photoshop:Credit"}
"""What is read as the photo's own value; the other tags are copies, which may tell something else."""
SURE = {"xmp dc:description", "xmp photoshop:Credit"}

MARKS = {"ascii": "Zaunpfahl", "latin": "Zäünpfähl", "any": "Заунпфаль김"}
ALPHABETS = {"ascii": "abc XYZ,.()1", "latin": "abc éüßñ(1)", "any": "abc Жд김ب“”😀"}


def tags(kind, block):
    if "remark" in block:
        return REMARKS[kind]
    if "iim" in block:
        return IIM
    if "exif" in block:
        return EXIF
    return [name for name in EXIF if name != "UserComment"] if block == "thumbnail" else XMP


PLACES = {kind: [f"{block} {tag}" for block in blocks for tag in tags(kind, block)] for kind, blocks in BLOCKS.items()}


def field_of(place):
    return "credit" if place.split()[-1] in CREDITS else "caption"


def is_value(place):
    return place.split()[-1] in VALUES and not place.startswith("thumbnail")


@dataclass(frozen=True)
class Style:
    """How the program that wrote the file did so."""

    order: str = "<"
    is_big: bool = False
    exif_coding: str = "utf-8"
    comment: str = "ASCII"
    iim_coding: str = "utf-8"
    declared: bytes = b"\x1b%G"
    header: bytes = b"Photoshop 3.0\0"
    has_digest: bool = False
    is_attribute: bool = False
    languages: tuple[str, ...] = ("x-default",)
    iim_type: int = 4
    is_swapped: bool = False
    text_kind: bytes = b"zTXt"
    is_profile: bool = False
    lead: bytes = b""


# Blocks


def tiff_stream(style, root, inner=(), thumbnail=(), picture=b""):
    """Values stand before their directory, which TIFF 6.0 allows."""
    order, wide = style.order, "Q" if style.is_big else "I"
    width = struct.calcsize(order + wide)
    mark = {"<": b"II", ">": b"MM"}[order]
    data = bytearray(mark + (struct.pack(order + "HHHQ", 43, 8, 0, 0) if style.is_big else
                             struct.pack(order + "HI", 42, 0)))  # fmt: skip

    def put(value):
        data.extend(b"\0" * (len(data) % 2))
        data.extend(value)
        return len(data) - len(value)

    def directory(entries, following=0):
        written = struct.pack(order + ("Q" if style.is_big else "H"), len(entries))
        for tag, kind, value in sorted(entries):
            field = value if len(value) <= width else struct.pack(order + wide, put(value))
            count = len(value) // {3: 2, 4: 4}.get(kind, 1)
            written += struct.pack(f"{order}HH{wide}{width}s", tag, kind, count, field)
        return put(written + struct.pack(order + wide, following))

    def number(value):
        return struct.pack(order + "I", value)

    root = list(root)
    if picture:
        at = put(picture)
        shape = {256: 4, 257: 2, 258: 8, 259: 1, 262: 1, 273: at, 277: 1, 278: 2, 279: len(picture)}
        root += [(tag, 4, number(value)) for tag, value in shape.items()]
    if inner:
        root.append((0x8769, 4, number(directory(inner))))
    root_at = directory(root, directory(thumbnail) if thumbnail else 0)
    start = 8 if style.is_big else 4
    data[start : start + width] = struct.pack(order + wide, root_at)
    return bytes(data)


def exif_entries(style, texts):
    found = {name: (EXIF[name], *_exif_value(style, name, text)) for name, text in texts.items()}
    return [each for name, each in found.items() if name != "UserComment"], [
        each for name, each in found.items() if name == "UserComment"
    ]


def _exif_value(style, name, text):
    if name.startswith("XP"):
        return 1, (text + "\0").encode("utf-16-le")
    if name != "UserComment":
        return 2, encoded(text, style.exif_coding) + b"\0"
    wide = "utf-16-le" if style.order == "<" else "utf-16-be"
    codes = {"ASCII": text.encode(), "UNICODE": text.encode(wide), "": text.encode()}
    return 7, style.comment.encode().ljust(8, b"\0") + codes[style.comment]


def encoded(text, coding):
    return text.encode(coding if encodable(text, coding) else "utf-8")


def encodable(text, coding):
    try:
        text.encode(coding)
    except UnicodeEncodeError:
        return False
    return True


def iim(style, texts):
    """Text that the code page has no place for is UTF-8, and says so."""
    is_coded = all(encodable(text, style.iim_coding) for text in texts.values())
    coding, declared = (style.iim_coding, style.declared) if is_coded else ("utf-8", b"\x1b%G")
    sets = [(1, 90, declared)] if declared else []
    sets += [(2, 0, b"\0\2"), (2, 5, "Été".encode(coding))]
    sets += [(2, IIM[name], text.encode(coding)) for name, text in texts.items()]
    return b"".join(struct.pack(">BBBH", 0x1C, record, number, len(data)) + data for record, number, data in sets)


def resources(style, in_iim, in_xmp):
    held = {0x03ED: b"\0\1" * 8}
    if in_iim:
        held[0x0404] = iim(style, in_iim)
        held |= {0x0425: hashlib.md5(held[0x0404]).digest()} if style.has_digest else {}
    if in_xmp:
        held[0x0424] = packet(style, in_xmp)
    raw = (b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2)
           for number, data in held.items())  # fmt: skip
    return b"".join(raw) if in_iim or in_xmp else b""


NAMESPACES = {"dc": "http://purl.org/dc/elements/1.1/", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
              "tiff": "http://ns.adobe.com/tiff/1.0/", "exif": "http://ns.adobe.com/exif/1.0/",
              "xmpNote": "http://ns.adobe.com/xmp/note/"}  # fmt: skip


def packet(style, texts):
    simple = {"photoshop:Credit", "tiff:Artist", "xmpNote:HasExtendedXMP"}
    attributes = [name for name in texts if style.is_attribute or name == "xmpNote:HasExtendedXMP"]
    named = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    named += "".join(f" {name}={quoteattr(texts[name], {chr(10): '&#10;'})}" for name in attributes)
    elements = "".join(
        f"<{name}>{escape(text) if name in simple else _alternatives(style, text)}</{name}>"
        for name, text in texts.items() if name not in attributes
    )  # fmt: skip
    xml = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""{named}>'
    xml = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{xml}{elements}</rdf:Description></rdf:RDF></x:xmpmeta>'
    return f'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>{xml}{" " * 300}\n<?xpacket end="w"?>'.encode()


def _alternatives(style, text):
    items = "".join(f'<rdf:li xml:lang="{language}">{escape(text)}</rdf:li>' for language in style.languages)
    return f'<rdf:Alt>{items}<rdf:li xml:lang="fr">Un autre texte</rdf:li></rdf:Alt>'


# Files


@cache
def drawn(kind):
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(file, kind)
    return file.getvalue()


def built(kind, held, style):
    """A file of the kind with these texts by place."""
    by_block = {}
    for place, text in held.items():
        block, tag = place.rsplit(" ", 1)
        by_block.setdefault(block, {})[tag] = text
    return BUILDERS[kind](style, by_block)


def remarks_of(by_block):
    return [each for block in ("remark", "second remark") for each in by_block.get(block, {}).items()]


def exif_stream(style, block, by_block, **more):
    root, inner = exif_entries(style, by_block.get(block, {}))
    thumbnail = exif_entries(style, by_block.get("thumbnail", {}))[0] if block == "exif" else []
    return tiff_stream(style, root, inner, thumbnail, **more) if root or inner or thumbnail else b""


def jpeg(style, by_block):
    def segment(marker, body):
        return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body

    image, small = drawn("JPEG"), replace(style, is_big=False)
    first = dict(by_block.get("xmp", {}))
    beyond = packet(style, by_block["extended"]) if "extended" in by_block else b""
    guid = hashlib.md5(beyond).hexdigest().upper().encode()
    if beyond:
        first["xmpNote:HasExtendedXMP"] = guid.decode()
    app1 = [b"Exif\0\0" + each for block in ("exif", "second exif") if (each := exif_stream(small, block, by_block))]
    app1 += [b"http://ns.adobe.com/xap/1.0/\0" + packet(style, each)
             for each in (first, by_block.get("second xmp")) if each]  # fmt: skip
    app1 += [b"http://ns.adobe.com/xmp/extension/\0" + guid + struct.pack(">II", len(beyond), at) + beyond[at : at + 99]
             for at in range(0, len(beyond), 99)]  # fmt: skip
    held = resources(style, by_block.get("iim"), by_block.get("resource xmp"))
    app13 = [style.header + held] if held else []
    app13 += [iim(style, by_block["bare iim"])] if "bare iim" in by_block else []
    remarks = [segment(0xFE, text.encode()) for _keyword, text in remarks_of(by_block)]
    segments = [*(segment(0xE1, each) for each in app1), *(segment(0xED, each) for each in app13), *remarks]
    return image[:20] + b"".join(segments) + image[20:]


def tiff(style, by_block):
    entries = []
    if "bare iim" in by_block:
        data = iim(style, by_block["bare iim"])
        data += bytes(-len(data) % 4)
        swapped = b"".join(data[at : at + 4][::-1] for at in range(0, len(data), 4))
        entries.append((0x83BB, style.iim_type, swapped if style.is_swapped and style.iim_type == 4 else data))
    if held := resources(style, by_block.get("iim"), by_block.get("resource xmp")):
        entries.append((0x8649, 7 if style.is_attribute else 1, held))
    if "xmp" in by_block:
        entries.append((0x02BC, 1, packet(style, by_block["xmp"])))
    root, inner = exif_entries(style, by_block.get("exif", {}))
    thumbnail = exif_entries(style, by_block.get("thumbnail", {}))[0]
    return tiff_stream(style, [*root, *entries], inner, thumbnail, picture=bytes(range(8)))


def png(style, by_block):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    def text(keyword, body, kind=style.text_kind):
        packed = zlib.compress(body)
        between = {b"tEXt": b"\0" + body, b"zTXt": b"\0\0" + packed, b"iTXt": b"\0\1\0\0\0" + packed}
        return chunk(kind, keyword + between[kind])

    def remark(keyword, words):
        if style.text_kind == b"iTXt" or not encodable(words, "latin-1"):
            return text(keyword.encode(), words.encode(), b"iTXt")
        return text(keyword.encode(), words.encode("latin-1"))

    def profile(name, data):
        digits = data.hex().encode()
        lines = b"\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
        return text(b"Raw profile type " + name, b"\n%s\n%8d\n%s\n" % (name, len(data), lines))

    first, second = (exif_stream(replace(style, is_big=False), each, by_block) for each in ("exif", "second exif"))
    packets = [packet(style, by_block[each]) if each in by_block else b"" for each in ("xmp", "second xmp")]
    held = resources(style, by_block.get("iim"), by_block.get("resource xmp"))
    chunks = [profile(b"exif", b"Exif\0\0" + first) if style.is_profile else chunk(b"eXIf", first)] if first else []
    chunks += [profile(b"APP1", b"Exif\0\0" + second)] if second else []
    if packets[0]:
        stored = zlib.compress(packets[0]) if style.is_profile else packets[0]
        chunks.append(chunk(b"iTXt", b"XML:com.adobe.xmp\0" + bytes([style.is_profile, 0, 0, 0]) + stored))
    chunks += [profile(b"xmp", packets[1])] if packets[1] else []
    chunks += [profile(b"8bim", (b"Photoshop 3.0\0" if style.is_attribute else b"") + held)] if held else []
    chunks += [profile(b"iptc", iim(style, by_block["bare iim"]))] if "bare iim" in by_block else []
    chunks += [remark(*each) for each in remarks_of(by_block)]
    image = drawn("PNG")
    return image[:33] + b"".join(chunks) + image[33:]


def webp(style, by_block):
    def chunk(kind, body):
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    small = replace(style, is_big=False)
    exifs = [style.lead + each for block in ("exif", "second exif") if (each := exif_stream(small, block, by_block))]
    packets = [packet(style, by_block[each]) for each in ("xmp", "second xmp") if each in by_block]
    flags = 8 * bool(exifs) + 4 * bool(packets)
    head = chunk(b"VP8X", bytes([flags, 0, 0, 0, 7, 0, 0, 7, 0, 0]))
    chunks = [*(chunk(b"EXIF", each) for each in exifs), *(chunk(b"XMP ", each) for each in packets)]
    body = b"WEBP" + head + drawn("WebP")[12:] + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


BUILDERS = {"JPEG": jpeg, "TIFF": tiff, "PNG": png, "WebP": webp}


# What is left


CODINGS = ("utf-8", "latin-1", "cp1252", "utf-16-le", "utf-16-be")


def traces(data, texts):
    """Those of the texts that stand somewhere in the file."""
    views = list(_views(data))
    return {text for text in texts if any(encoded(text, coding) in view for view in views for coding in CODINGS)}


def _views(data):
    """The octets as they stand, and as readers see them: inflated, from hexadecimal, with TIFF's words swapped."""
    yield data
    yield re.sub(rb"\xff\xe1..http://ns.adobe.com/xmp/extension/\0.{40}", b"", data, flags=re.DOTALL)
    if data[:4] == b"\x89PNG":
        yield from _texts_of_png(data)
    for start in range(4) if data[:2] in (b"II", b"MM") else ():
        count = (len(data) - start) // 4
        yield struct.pack(f"<{count}I", *struct.unpack_from(f">{count}I", data, start))


def _texts_of_png(data):
    at = 8
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        for start in (each.start() for each in re.finditer(b"\x78", body[:120])) if kind in (b"zTXt", b"iTXt") else ():
            body += _inflated(body[start:])
        yield body
        if found := re.search(rb"Raw profile type .*?\n\s*\d+\n([0-9a-f\n]*)", body, re.DOTALL):
            yield bytes.fromhex(found[1].decode())


def _inflated(data):
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""


# What is drawn


def old_text(script, field, middle="", number=0):
    """Marked at both ends, so that a piece of it is found too."""
    mark = f"{MARKS[script]}{number}{field[:2]}"
    return f"{mark} {middle} {mark}"


def marks(script, number):
    return {f"{MARKS[script]}{number}{field}" for field in ("ca", "cr")}


@dataclass(frozen=True)
class Case:
    data: bytes = field(repr=False)
    script: str
    states: dict
    """What each place holds: "old", or "other"."""
    style: Style
    edits: list
    policy: Policy

    @property
    def others(self):
        return {other_text(place) for place, state in self.states.items() if state == "other"}


def other_text(place):
    return f"Somebody's {place}!"


def texts_of(states, script, middle=""):
    return {place: other_text(place) if state == "other" else old_text(script, field_of(place), middle)
            for place, state in states.items()}  # fmt: skip


STYLES = st.builds(
    Style, order=st.sampled_from("<>"), is_big=st.booleans(), exif_coding=st.sampled_from(["utf-8", "cp1252"]),
    comment=st.sampled_from(["ASCII", "UNICODE", ""]),
    header=st.sampled_from([b"Photoshop 3.0\0", b"Adobe_Photoshop2.5:"]),
    has_digest=st.booleans(), is_attribute=st.booleans(),
    languages=st.sampled_from([("x-default",), ("x-default", "de"), ("en",), ("en", "x-default", "de")]),
    iim_type=st.sampled_from([1, 4, 7]), is_swapped=st.booleans(),
    text_kind=st.sampled_from([b"tEXt", b"zTXt", b"iTXt"]), is_profile=st.booleans(),
    lead=st.sampled_from([b"", b"Exif\0\0"]),
)  # fmt: skip
CODED = st.sampled_from([("utf-8", b"\x1b%G"), ("utf-8", b""), ("cp1252", b""), ("latin-1", b"\x1b.A")])
POLICIES = st.builds(Policy, write_blocks=st.sampled_from(["all", "present"]))


@st.composite
def cases(draw, kind):
    script = draw(st.sampled_from(list(MARKS)))
    states = {
        place: draw(st.sampled_from(["", "old"] if is_value(place) else ["", "old", "other"])) for place in PLACES[kind]
    }
    states = alike({place: state for place, state in states.items() if state})
    for key in ("caption", "credit"):
        if not any(state == "old" and is_read(place, key) for place, state in states.items()):
            states |= {place: "old" for place in SURE if field_of(place) == key}
    coding, declared = draw(CODED)
    style = replace(draw(STYLES), iim_coding=coding, declared=declared)
    middle = partial(st.text, ALPHABETS[script])
    edits = draw(st.lists(st.one_of(st.none(), st.just(""), middle(max_size=80)), min_size=1, max_size=3))
    data = built(kind, texts_of(states, script, draw(middle(max_size=30))), style)
    return Case(data, script, states, style, edits, draw(POLICIES))


def alike(states):
    """A property of the extension tells what the packet's does."""
    packets = {place: place.replace("extended", "xmp") for place in states if place.startswith("extended")}
    return {place: states.get(packets.get(place), state) for place, state in states.items()}


def is_read(place, field):
    """Artist is the credit only where another block says so."""
    return is_value(place) and field_of(place) == field and not place.endswith("Artist")


# The tests


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stale")


def saved(folder, data, values, policy=Policy()):  # noqa: B008
    """The file's octets after a save, and the photo as it is read then."""
    path = folder / "a.bin"
    path.write_bytes(data)
    photos.save_values(photos.read_photo(path, policy), values, policy)
    return path.read_bytes(), photos.read_photo(path, policy)


def edit(script, number, middle):
    """None removes the fields."""
    return {field: "" if middle is None else old_text(script, field, middle, number) for field in ("caption", "credit")}


EVERY = [(kind, place) for kind, places in PLACES.items() for place in places]
NEW = {"longer": "of some sixty more characters than the old one had in its own place"}


def single(kind, place, state):
    """A file with a text in the place, and with old values in XMP."""
    return built(kind, texts_of({**dict.fromkeys(SURE, "old"), place: state}, "ascii"), Style())


@pytest.mark.parametrize(("kind", "place"), EVERY)
def test_a_file_is_built_with_its_texts_in_it(kind, place):
    text = other_text(place)
    assert traces(built(kind, {place: text}, Style()), {text}) == {text}


@pytest.mark.parametrize("middle", [None, *NEW.values()], ids=["removed", *NEW])
@pytest.mark.parametrize(("kind", "place"), EVERY)
def test_the_old_text_goes_from_its_place(folder, kind, place, middle):
    held, _photo = saved(folder, single(kind, place, "old"), edit("ascii", 1, middle))
    assert traces(held, marks("ascii", 0)) == set()


@pytest.mark.parametrize("middle", [None, *NEW.values()], ids=["removed", *NEW])
@pytest.mark.parametrize(("kind", "place"), [(kind, place) for kind, place in EVERY if not is_value(place)])
def test_another_text_stays_in_its_place(folder, kind, place, middle):
    held, _photo = saved(folder, single(kind, place, "other"), edit("ascii", 1, middle))
    assert traces(held, {other_text(place)}) == {other_text(place)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", MARKS)
def test_a_value_of_the_same_length_leaves_nothing_of_the_old(folder, kind, script):
    data = built(kind, texts_of(dict.fromkeys(PLACES[kind], "old"), script), Style())
    held, photo = saved(folder, data, edit(script, 1, ""))
    assert (traces(held, marks(script, 0)), photo.values["caption"]) == (set(), old_text(script, "caption", "", 1))


CAPTION, CREDIT = old_text("ascii", "caption"), old_text("ascii", "credit")
LONG_CREDIT = old_text("ascii", "credit", "of an agency, and of some others")


def with_segments(*segments):
    data = drawn("JPEG")
    return data[:20] + b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in segments
    ) + data[20:]  # fmt: skip


def in_jpeg(*entries, packed=None):
    values = packet(Style(), {"dc:description": CAPTION, "photoshop:Credit": CREDIT}) if packed is None else packed
    exif = [(0xE1, b"Exif\0\0" + tiff_stream(Style(), entries))] if entries else []
    return with_segments(*exif, (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + values))


def iim_in_segments(*cuts):
    """One block of resources, cut there."""
    block = resources(Style(), {"2:120": CAPTION, "2:110": CREDIT}, None)
    ends = [*cuts, len(block)]
    return with_segments(
        *((0xED, b"Photoshop 3.0\0" + block[start:end]) for start, end in zip([0, *cuts], ends, strict=True))
    )


def with_another_directory(data):
    """As programs change a TIFF file: its directory, with a tag more, is written anew behind all."""
    (at,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, at)
    entries, data = data[at + 2 : at + 2 + 12 * count], data + bytes(len(data) % 2)
    more = struct.pack("<HHI4sI", 0xC6F8, 2, 4, b"abc\0", 0)
    return data[:4] + struct.pack("<I", len(data)) + data[8:] + struct.pack("<H", count + 1) + entries + more


def with_shared_value():
    """IFD0 and the thumbnail's directory point to one text."""
    data = bytearray(tiff_stream(Style(), [(0x010E, 2, CAPTION.encode())], (), [(0x010E, 2, CAPTION.encode())]))
    first, second = (each.start() for each in re.finditer(CAPTION.encode(), data))
    at = data.index(struct.pack("<I", first), 8)
    data[at : at + 4] = struct.pack("<I", second)
    data[first : first + len(CAPTION)] = bytes(len(CAPTION))
    return with_segments((0xE1, b"Exif\0\0" + bytes(data)))


def resource(number, data):
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2)


def with_two_iims(second):
    first = iim(Style(), {"2:120": CAPTION, "2:110": CREDIT})
    return with_segments((0xED, b"Photoshop 3.0\0" + resource(0x0404, first) + resource(0x0404, second)))


def with_comment(data, in_exif_ifd=True):
    """UserComment beside the caption of which it is a copy."""
    comment = (EXIF["UserComment"], 7, data)
    stream = tiff_stream(Style(), [] if in_exif_ifd else [comment], [comment] if in_exif_ifd else [])
    values = packet(Style(), {"dc:description": CAPTION})
    return with_segments((0xE1, b"Exif\0\0" + stream), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + values))


LINES = CAPTION.replace("  ", "\r\ntwo\r\n")
TWO_FIELDS = {"dc:description": CAPTION, "photoshop:Credit": CREDIT}
ODD = {
    "a tag twice": lambda: in_jpeg((0x010E, 2, CAPTION.encode() + b"\0"), (0x010E, 2, CAPTION.encode())),
    "padded with blanks": lambda: in_jpeg((0x010E, 2, CAPTION.encode() + b"    \0"),
                                          (0x013B, 2, CREDIT.encode() + b" \0\0")),
    "of other types": lambda: in_jpeg((0x010E, 1, CAPTION.encode()), (0x013B, 129, CREDIT.encode()),
                                      (0x9C9C, 7, CAPTION.encode("utf-16-le"))),
    "with line breaks of Windows": lambda: in_jpeg(
        (0x010E, 2, LINES.encode()), (0x9C9C, 1, LINES.encode("utf-16-le")),
        packed=packet(Style(), {"dc:description": LINES.replace("\r", ""), "photoshop:Credit": CREDIT})),
    "resources cut in two": lambda: iim_in_segments(60),
    "resources cut in three": lambda: iim_in_segments(45, 70),
    "IIM in two segments": lambda: with_segments((0xED, iim(Style(), {"2:120": CAPTION})),
                                                 (0xED, iim(Style(), {"2:110": CREDIT}))),
    "a dataset twice": lambda: with_segments((0xED, iim(Style(), {"2:120": CAPTION, "2:110": CREDIT})
                                              + struct.pack(">BBBH", 28, 2, 120, len(CAPTION)) + CAPTION.encode())),
    "a credit cut at its limit": lambda: with_segments(
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(Style(), {"photoshop:Credit": LONG_CREDIT})),
        (0xED, iim(Style(), {"2:110": LONG_CREDIT[:32]}))),
    "XMP in UTF-16": lambda: in_jpeg(packed=packet(Style(), TWO_FIELDS).decode().encode("utf-16-le")),
    "a value of two directories": with_shared_value,
    "two resources of IIM": lambda: with_two_iims(iim(Style(), {"2:120": CAPTION})),
    "a comment in the other byte order": lambda: with_comment(b"UNICODE\0" + CAPTION.encode("utf-16-be")),
    "a comment with a byte order mark": lambda: with_comment(b"UNICODE\0\xfe\xff" + CAPTION.encode("utf-16-be")),
    "a comment in JIS": lambda: with_comment(b"JIS\0\0\0\0\0" + CAPTION.encode("iso2022_jp")),
    "a comment in the wrong directory": lambda: with_comment(b"ASCII\0\0\0" + CAPTION.encode(), in_exif_ifd=False),
}  # fmt: skip


@pytest.mark.parametrize("middle", [None, *NEW.values()], ids=["removed", *NEW])
@pytest.mark.parametrize("odd", ODD)
def test_the_old_text_goes_from_odd_files(folder, odd, middle):
    data = ODD[odd]()
    assert traces(data, marks("ascii", 0)) != set()
    held, _photo = saved(folder, data, edit("ascii", 1, middle))
    assert traces(held, marks("ascii", 0)) == set()


def test_what_a_second_resource_of_iim_alone_holds_stays(folder):
    city = struct.pack(">BBBH", 28, 2, 90, 4) + b"Oslo"
    held, photo = saved(folder, with_two_iims(city), edit("ascii", 1, ""))
    assert (city in held, photo.values["city"]) == (True, "Oslo")


@pytest.mark.parametrize("middle", [None, *NEW.values()], ids=["removed", *NEW])
@pytest.mark.parametrize("before", ["", "A text that was there before us"])
def test_the_old_text_goes_from_a_tail_that_another_program_took_over(folder, before, middle):
    data = built("TIFF", {"exif ImageDescription": before} if before else {}, Style())
    ours, _photo = saved(folder, data, edit("ascii", 0, "of ours"))
    held, _photo = saved(folder, with_another_directory(ours), edit("ascii", 1, middle))
    assert traces(held, marks("ascii", 0)) == set()


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=50)
def test_no_former_text_is_left_by_any_number_of_edits(folder, kind, data):
    case = data.draw(cases(kind))
    held, gone = case.data, marks(case.script, 0)
    for number, middle in enumerate(case.edits, 1):
        values = edit(case.script, number, middle)
        held, photo = saved(folder, held, values, case.policy)
        assert traces(held, gone) == set()
        assert ({key: photo.values[key] for key in values}, photo.disagreements) == (values, frozenset())
        assert traces(held, case.others) == case.others
        gone |= marks(case.script, number)
