"""Every field, in every format and script, as our reader, ExifTool, PHP and Pillow read it back.

A file holds all fields in one kind of text; ExifTool reads all files at once.
"""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from captioner.core import dates
from captioner.core.fields import FIELDS, Kind, parse_many
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import photos
from tests import pictures, readers

TAGS = {
    "headline": ("XMP-photoshop:Headline", "2#105", "IPTC:Headline"),
    "caption": ("XMP-dc:Description", "2#120", "IPTC:Caption-Abstract"),
    "credit": ("XMP-photoshop:Credit", "2#110", "IPTC:Credit"),
    "creator": ("XMP-dc:Creator", "2#080", "IPTC:By-line"),
    "source": ("XMP-photoshop:Source", "2#115", "IPTC:Source"),
    "date_created": ("XMP-photoshop:DateCreated", "2#055", "IPTC:DateCreated"),
    "sublocation": ("XMP-iptcCore:Location", "2#092", "IPTC:Sub-location"),
    "city": ("XMP-photoshop:City", "2#090", "IPTC:City"),
    "state": ("XMP-photoshop:State", "2#095", "IPTC:Province-State"),
    "country": ("XMP-photoshop:Country", "2#101", "IPTC:Country-PrimaryLocationName"),
    "country_code": ("XMP-iptcCore:CountryCode", "2#100", "IPTC:Country-PrimaryLocationCode"),
    "title": ("XMP-dc:Title", "2#005", "IPTC:ObjectName"),
    "keywords": ("XMP-dc:Subject", "2#025", "IPTC:Keywords"),
    "persons_shown": ("XMP-iptcExt:PersonInImage",),
    "event": ("XMP-iptcExt:Event",),
    "alt_text": ("XMP-iptcCore:AltTextAccessibility",),
    "extended_description": ("XMP-iptcCore:ExtDescrAccessibility",),
    "copyright": ("XMP-dc:Rights", "2#116", "IPTC:CopyrightNotice"),
    "usage_terms": ("XMP-xmpRights:UsageTerms",),
    "instructions": ("XMP-photoshop:Instructions", "2#040", "IPTC:SpecialInstructions"),
    "job_id": ("XMP-photoshop:TransmissionReference", "2#103", "IPTC:OriginalTransmissionReference"),
    "creator_job_title": ("XMP-photoshop:AuthorsPosition", "2#085", "IPTC:By-lineTitle"),
    "description_writer": ("XMP-photoshop:CaptionWriter", "2#122", "IPTC:Writer-Editor"),
    "digital_source_type": ("XMP-iptcExt:DigitalSourceType",),
    "data_mining": ("XMP-plus:DataMining",),
}
"""By field: its tag in ExifTool's XMP, in PHP's IIM and in ExifTool's IIM."""

TEXTS = {
    "ascii": "Ships & <quay> \"A\" 'B' ]]> 100%",
    "indonesian": "Kapal latih “Dewaruci” bersandar – Rabu (13/9/2023)…",
    "cyrillic": "Владимир Ёлкин, Київ, Ђорђе",
    "hangul": "김정은 국무위원장 한글",
    "arabic": "ميناء القاهرة، ١٣ سبتمبر\u200f؟",
    "emoji": "👩‍👩‍👧‍👦 🇮🇩 👍🏽 ⚓️",
    "over the limit": "",
    "over the limit, strict": "",
    "5,000 characters": "Длинная подпись… " * 294,
    "5,000 characters, strict": "Длинная подпись… " * 294,
    "line breaks": "first\nsecond\n\n\tfourth",
}


@dataclass(frozen=True)
class Date:
    value: str
    exiftool: str
    iim: tuple[str, str]
    exif: tuple[str, str, str]


DATES = {
    "ascii": Date("2024", "2024", ("20240000", ""), ("2024:  :     :  :  ", "", "")),
    "indonesian": Date("2024-05", "2024:05", ("20240500", ""), ("2024:05:     :  :  ", "", "")),
    "cyrillic": Date("2024-05-06", "2024:05:06", ("20240506", ""), ("2024:05:06   :  :  ", "", "")),
    "hangul": Date("2024-05-06T07:08", "2024:05:06 07:08", ("20240506", "070800"), ("2024:05:06 07:08:00", "", "")),
    "arabic": Date("2024-05-06T07:08:09", "2024:05:06 07:08:09", ("20240506", "070809"),
                   ("2024:05:06 07:08:09", "", "")),
    "emoji": Date("2024-05-06T07:08:09+07:00", "2024:05:06 07:08:09+07:00", ("20240506", "070809+0700"),
                  ("2024:05:06 07:08:09", "+07:00", "")),
    "over the limit": Date("2024-02-29T23:59:59.250-03:30", "2024:02:29 23:59:59.250-03:30",
                           ("20240229", "235959-0330"), ("2024:02:29 23:59:59", "-03:30", "250")),
    "over the limit, strict": Date("2024-05-06T07:08:09.5", "2024:05:06 07:08:09.5", ("20240506", "070809"),
                                   ("2024:05:06 07:08:09", "", "5")),
    "5,000 characters": Date("2024-05-06T07:08:09Z", "2024:05:06 07:08:09Z", ("20240506", "070809+0000"),
                             ("2024:05:06 07:08:09", "+00:00", "")),
    "5,000 characters, strict": Date("1936-01-01", "1936:01:01", ("19360101", ""), ("1936:01:01   :  :  ", "", "")),
    "line breaks": Date("2024-05-06T07:08+07:00", "2024:05:06 07:08+07:00", ("20240506", "070800+0700"),
                        ("2024:05:06 07:08:00", "+07:00", "")),
}  # fmt: skip
EXIF_DATES = ("DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal")

IIM_PLACES = ["JPEG", "TIFF", "big-endian TIFF"]
EXIF_PLACES = [*IIM_PLACES, "PNG", "WebP"]
PLACES = [*EXIF_PLACES, "sidecar of a JPEG", "sidecar of a GIF"]
KINDS = list(TEXTS)
SPREAD_IIM = {("JPEG", "5,000 characters")}
SPREAD_XMP = {("JPEG", "5,000 characters"), ("JPEG", "5,000 characters, strict")}
"""Blocks over several segments, of which PHP and Pillow read the first alone."""


def rows(places, without=()):
    return pytest.mark.parametrize(("place", "kind"), [pair for pair in product(places, KINDS) if pair not in without])


def values(kind):
    return {key: value(key, kind) for key in FIELDS}


def value(key, kind):
    row = FIELDS[key]
    if row.kind is Kind.DATE:
        return DATES[kind].value
    name = "provider" if key == "credit" else key  # "credit" itself is left out of the short form
    beginnings = (f"{name} 1 ", f"{name} 2 ") if row.kind is Kind.LIST else (f"{name} ",)
    text = parse_many(key, [beginning + TEXTS[kind] for beginning in beginnings])
    if not kind.startswith("over the limit") or not row.octets:
        return text
    over = tuple(one_octet_over(beginning, row.octets) for beginning in beginnings)
    return over if row.kind is Kind.LIST else over[0]


def one_octet_over(beginning, octets):
    """The limit falls before the last octet of the last character."""
    return (beginning + "x" * octets)[: octets - 2] + "김"


def in_iim(kind):
    """The datasets as a reader finds them."""
    held = {TAGS[key][1]: [shortened(text, FIELDS[key].octets, kind) for text in texts(value)]
            for key, value in values(kind).items() if FIELDS[key].iim}  # fmt: skip
    date, time = DATES[kind].iim
    return held | {"2#055": [date]} | ({"2#060": [time]} if time else {})


def shortened(text, octets, kind):
    return text.encode()[:octets].decode(errors="ignore").rstrip() if kind.endswith("strict") else text


def in_exif(kind):
    held = values(kind)
    named = {"ImageDescription": held["caption"], "Artist": "; ".join(held["creator"]), "Copyright": held["copyright"]}
    return named | {name: text for name, text in zip(EXIF_DATES, DATES[kind].exif, strict=True) if text}


def texts(value):
    return [value] if isinstance(value, str) else list(value)


def policy(place, kind):
    return Policy(
        iim_lengths="strict" if kind.endswith("strict") else "full",
        save_to="sidecar" if place == "sidecar of a JPEG" else "photo",
    )


def picture(place, folder):
    folder.mkdir(parents=True, exist_ok=True)
    match place:
        case "JPEG" | "sidecar of a JPEG":
            return pictures.camera(folder / "a.jpg")
        case "big-endian TIFF":
            path = folder / "a.tif"
            Image.new("I;16B", (96, 64)).save(path)
            return path
        case "sidecar of a GIF":
            return pictures.draw(folder / "a.gif")
        case _:
            return pictures.draw(folder / f"a.{place.lower()}")


def save(path, changes, policy):
    return photos.save_values(photos.read_photo(path, policy), changes, policy)


@dataclass(frozen=True)
class Row:
    saved: photos.Saved
    path: Path
    """Where the values are: the photo, or its sidecar."""


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    folder = tmp_path_factory.mktemp("table")
    held = {}
    for number, (place, kind) in enumerate(product(PLACES, KINDS)):
        photo = picture(place, folder / str(number))
        saved = save(photo, values(kind), policy(place, kind))
        held[place, kind] = Row(saved, saved.sidecar or photo)
    return held


@pytest.fixture(scope="module")
def exiftool(table):
    held = readers.exiftool_many(row.path for row in table.values())
    return {pair: held[row.path] for pair, row in table.items()}


def test_every_field_is_in_the_table_with_each_of_its_blocks():
    assert {key: len(tags) > 1 for key, tags in TAGS.items()} == {key: bool(row.iim) for key, row in FIELDS.items()}


@rows(PLACES)
def test_our_reader_returns_what_was_written(table, place, kind):
    photo = photos.read_photo(table[place, kind].saved.photo.path, policy(place, kind))
    keys = FIELDS.keys() - {"date_created"}
    assert {key: photo.values[key] for key in keys} == {key: values(kind)[key] for key in keys}


@rows(PLACES)
def test_our_reader_returns_a_date_that_says_no_less(table, place, kind):
    photo = photos.read_photo(table[place, kind].saved.photo.path, policy(place, kind))
    assert dates.parse(photo.values["date_created"]).covers(dates.parse(DATES[kind].value))


@rows(PLACES)
def test_our_reader_finds_the_blocks_in_agreement(table, place, kind):
    photo = photos.read_photo(table[place, kind].saved.photo.path, policy(place, kind))
    assert photo.choices == {}


@rows(PLACES)
def test_no_block_was_left_out_of_the_save(table, place, kind):
    assert table[place, kind].saved.notes == ()


@rows(["sidecar of a JPEG", "sidecar of a GIF"])
def test_values_for_a_sidecar_go_there(table, place, kind):
    row = table[place, kind]
    assert row.saved.sidecar == row.saved.photo.path.with_suffix(".xmp")


@rows(PLACES)
def test_exiftool_warns_of_nothing(exiftool, place, kind):
    assert [name for name in exiftool[place, kind] if name in {"ExifTool:Warning", "ExifTool:Error"}] == []


@rows(PLACES)
def test_exiftool_reads_the_xmp(exiftool, place, kind):
    held = {name: texts(text if isinstance(text, list) else str(text)) for name, text in exiftool[place, kind].items()
            if name.startswith("XMP-") and not name.startswith(("XMP-x:", "XMP-xmpNote:"))}  # fmt: skip
    wanted = {TAGS[key][0]: texts(value) for key, value in values(kind).items()}
    assert held == wanted | {"XMP-photoshop:DateCreated": [DATES[kind].exiftool]}


@rows(IIM_PLACES)
def test_exiftool_reads_the_iim(exiftool, place, kind):
    names = {tags[1]: tags[2] for tags in TAGS.values() if len(tags) > 1} | {"2#060": "IPTC:TimeCreated"}
    wanted = {names[number]: held for number, held in in_iim(kind).items()}
    wanted |= {name: [coloned(text) for text in wanted[name]]
               for name in ("IPTC:DateCreated", "IPTC:TimeCreated") if name in wanted}  # fmt: skip
    held = {name: texts(text) for name, text in exiftool[place, kind].items()
            if name.startswith("IPTC:") and name != "IPTC:ApplicationRecordVersion"}  # fmt: skip
    assert held == wanted | {"IPTC:CodedCharacterSet": ["\x1b%G"]}


def coloned(text):
    """A date or a time of IIM as ExifTool shows it."""
    if len(text) == 8:
        return f"{text[:4]}:{text[4:6]}:{text[6:]}"
    return f"{text[:2]}:{text[2:4]}:{text[4:9]}{':' if text[9:] else ''}{text[9:]}"


@rows(EXIF_PLACES)
def test_exiftool_reads_the_exif(exiftool, place, kind):
    held = {name.split(":")[1]: str(text) for name, text in exiftool[place, kind].items()
            if name.startswith(("IFD0:", "ExifIFD:"))}  # fmt: skip
    assert {name: held[name] for name in in_exif(kind)} == in_exif(kind)


@rows(["JPEG"], without=SPREAD_IIM)
def test_php_reads_the_iim(table, place, kind):
    held = readers.php_iptc(table[place, kind].path)
    assert held == in_iim(kind) | {"1#090": ["\x1b%G"], "2#000": ["\0\4"]}


@rows(IIM_PLACES, without=SPREAD_IIM)
def test_pillow_reads_the_iim(table, place, kind):
    held = readers.pillow_iptc(table[place, kind].path)
    assert held == in_iim(kind) | {"1#090": ["\x1b%G"], "2#000": ["\0\4"]}


@pytest.mark.parametrize("read", [readers.php_iptc, readers.pillow_iptc])
@pytest.mark.parametrize("key", [key for key, row in FIELDS.items() if row.iim and row.kind is not Kind.DATE])
def test_receivers_read_a_field_of_5000_characters(tmp_path, read, key):
    path = picture("JPEG", tmp_path)
    save(path, {key: value(key, "5,000 characters")}, Policy())
    assert read(path)[TAGS[key][1]] == texts(value(key, "5,000 characters"))


@rows(IIM_PLACES)
def test_php_reads_the_exif(table, place, kind):
    asked = ("ImageDescription", "Artist", "Copyright", "DateTimeOriginal")
    assert readers.php_exif(table[place, kind].path) == {name: in_exif(kind)[name] for name in asked}


@rows(EXIF_PLACES)
def test_pillow_reads_the_exif(table, place, kind):
    assert readers.pillow_exif(table[place, kind].path) == in_exif(kind)


@rows(EXIF_PLACES, without=SPREAD_XMP)
def test_pillow_hands_out_the_whole_xmp(table, place, kind):
    with Image.open(table[place, kind].path) as image:
        held = {text for text in ElementTree.fromstring(image.info["xmp"]).itertext() if text.strip()}
    assert held == {text for value in values(kind).values() for text in texts(value)}


CREDITS = {
    "Mikhail Metzel/Sputnik/Kremlin Pool/AP": "Mikhail Metzel/AP",
    "Mikhail Metzel, Kremlin Pool Photo via AP": "Mikhail Metzel/AP",
}


@pytest.mark.parametrize("place", IIM_PLACES)
@pytest.mark.parametrize("credit", CREDITS)
def test_a_strict_credit_takes_the_short_form_in_iim_alone(tmp_path, place, credit):
    path = picture(place, tmp_path)
    save(path, {"credit": credit}, Policy(iim_lengths="strict"))
    held = readers.exiftool(path)
    assert (held["IPTC:Credit"], held["XMP-photoshop:Credit"], held["IFD0:Artist"]) == (
        CREDITS[credit], credit, credit)  # fmt: skip


@pytest.mark.parametrize("credit", CREDITS)
def test_a_credit_in_its_short_form_is_no_disagreement(tmp_path, credit):
    path = picture("JPEG", tmp_path)
    save(path, {"credit": credit}, Policy(iim_lengths="strict"))
    photo = photos.read_photo(path, Policy())
    assert (photo.values["credit"], photo.choices) == (credit, {})


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("key", FIELDS)
def test_a_control_character_is_refused_by_photo_and_field(tmp_path, place, key):
    path = picture(place, tmp_path)
    with pytest.raises(CaptionerError, match=f"^{path.name}: {FIELDS[key].label} holds the control character"):
        save(path, {key: controlled(key, "\x0b")}, policy(place, ""))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("key", FIELDS)
def test_a_refused_value_leaves_the_folder_as_it_was(tmp_path, place, key):
    path = picture(place, tmp_path)
    before = path.read_bytes()
    with pytest.raises(CaptionerError):
        save(path, values("ascii") | {key: controlled(key, "\x0b")}, policy(place, ""))
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {path.name: before}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "character",
    [chr(code) for code in (*range(9), *range(0x0B, 0x20), 0x7F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF)],
    ids=ascii,
)
def test_every_character_that_xml_has_no_place_for_is_refused(tmp_path, place, character):
    path = picture(place, tmp_path)
    with pytest.raises(CaptionerError, match=f"U\\+{ord(character):04X}"):
        save(path, {"caption": controlled("caption", character)}, policy(place, ""))


def controlled(key, character):
    text = f"one{character}two"
    return ("first", text) if FIELDS[key].kind is Kind.LIST else text
