"""What a recipe takes out of a photo is nowhere in the file any more, and all else is as it was."""

import io
import random
import struct
import subprocess
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

import piexif
import pytest
from PIL import Image

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import photos
from captioner.storage.stripping import KEEP, REMOVABLE, carried, stripped
from tests import fidelity, fuzzing, pictures, seeds

PHOTO = Path("photo")
FORMATS = ("jpg", "png", "webp", "tif")
MOVED = {"gps": b"-33.8688 position", "serial_numbers": b"serial 4711", "maker_notes": b"only the maker knows",
         "thumbnail": b"small picture", "edit_history": b"cropped by Ann"}  # fmt: skip
"""What each removable thing says in the pictures that are drawn here, wherever it stands."""
KEPT = b"rights are reserved"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/", "exif": "http://ns.adobe.com/exif/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/", "drone": "http://www.dji.com/drone-dji/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/", "img": "http://ns.adobe.com/xap/1.0/g/img/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/", "tiff": "http://ns.adobe.com/tiff/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Container": "http://ns.google.com/photos/1.0/container/", "GCamera": "http://ns.google.com/photos/1.0/camera/",
}  # fmt: skip


def packet() -> bytes:
    said = {name: text.decode() for name, text in MOVED.items()}
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" {spaces} drone:GpsLongitude="{said["gps"]}" crs:Exposure="{said["edit_history"]}"
   tiff:Orientation="6" GCamera:MotionPhoto="1" aux:Lens="50 mm">
  <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{KEPT.decode()}</rdf:li></rdf:Alt></dc:rights>
  <Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Sydney</Iptc4xmpExt:City>
   <exif:GPSLatitude>{said["gps"]}</exif:GPSLatitude></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>
  <aux:SerialNumber>{said["serial_numbers"]}</aux:SerialNumber>
  <exif:MakerNote>{said["maker_notes"]}</exif:MakerNote>
  <xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource"><img:image>{said["thumbnail"]}</img:image></rdf:li>
  </rdf:Alt></xmp:Thumbnails>
  <photoshop:History>{said["edit_history"]}</photoshop:History>
  <xmpMM:History><rdf:Seq><rdf:li>{said["edit_history"]}</rdf:li></rdf:Seq></xmpMM:History>
  <plus:ImageSupplierName>Lensa</plus:ImageSupplierName>
 </rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def exif(make: bytes = b"Kestrel") -> bytes:
    small = io.BytesIO()
    Image.new("RGB", (16, 16)).save(small, "JPEG", comment=MOVED["thumbnail"])
    return piexif.dump({
        "0th": {271: make, 272: b"K-1", 274: 6, 0x000B: MOVED["edit_history"], 0xC62F: MOVED["serial_numbers"]},
        "Exif": {0x9003: b"2023:09:13 14:05:00", 0x927C: MOVED["maker_notes"] * 2, 0xA431: MOVED["serial_numbers"]},
        "GPS": {2: ((33, 1), (52, 1), (7, 1)), 18: MOVED["gps"]},
        "1st": {259: 6},
        "thumbnail": small.getvalue(),
    })  # fmt: skip


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(body)) + body


def resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2)


def _index(size: int) -> bytes:
    """Of two pictures (CIPA DC-007); how far the second one is counts from here."""
    entries = struct.pack(">HHIIHHIII", 0xB001, 4, 1, 2, 0xB002, 7, 32, 38, 0)
    pictures = struct.pack(">IIIHH", 0x20030000, size, 0, 0, 0) + struct.pack(">IIIHH", 0, size, size, 0, 0)
    return struct.pack(">H", 2) + entries + pictures


def _jpeg(image: Image.Image) -> bytes:
    """With blocks that stand a second time, a second picture, and what only its maker can read."""
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif(), xmp=packet(), comment=KEPT)
    plain = out.getvalue()
    resources = resource(1036, MOVED["thumbnail"]) + resource(0x0424, packet()) + resource(1058, exif()[6:])
    more = [
        segment(0xE0, b"JFXX\0\x10" + MOVED["thumbnail"]),
        segment(0xE1, b"Exif\0\0" + exif()[6:]),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet()),
        segment(0xE2, b"MPF\0MM\0*\0\0\0\x08" + _index(len(plain))),
        segment(0xE9, b"Kestrel" + MOVED["gps"] + MOVED["serial_numbers"] + MOVED["maker_notes"]),
        segment(0xEB, b"JPc2pa" + b"".join(MOVED.values())),
        segment(0xED, b"Photoshop 3.0\0" + resources + resource(0x0404, b"\x1c\2\x74\0\x13" + KEPT)),
    ]
    return plain[:20] + b"".join(more) + plain[20:] + plain


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", exif=exif(), dpi=(300, 300))
    texts = {b"exif:GPSLatitude": "gps", b"exif:BodySerialNumber": "serial_numbers", b"exif:MakerNote": "maker_notes",
             b"Thumb::URI": "thumbnail"}  # fmt: skip
    chunks = [(b"tEXt", keyword + b"\0" + MOVED[name]) for keyword, name in texts.items()]
    chunks += [(b"tEXt", b"Copyright\0" + KEPT), (b"tEXt", b"XML:com.adobe.xmp\0" + packet()),
               (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet()), (b"caBX", b"".join(MOVED.values())),
               (b"keST", MOVED["gps"] + MOVED["serial_numbers"] + MOVED["maker_notes"])]  # fmt: skip
    packed = (struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
              for kind, body in chunks)  # fmt: skip
    plain = out.getvalue()
    return plain[:33] + b"".join(packed) + plain[33:] + b"".join(MOVED.values())


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", exif=exif(), xmp=packet(), lossless=True)
    body = MOVED["gps"] + MOVED["serial_numbers"] + MOVED["maker_notes"]
    data = out.getvalue() + b"keST" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:] + b"".join(MOVED.values())


def _tiff(image: Image.Image) -> bytes:
    held = Image.Exif()
    held.load(exif())
    held[700], held[0x935C], held[0x8298] = packet(), MOVED["gps"] + MOVED["serial_numbers"], KEPT.decode()
    held[0x8649] = resource(1036, MOVED["thumbnail"])
    out = io.BytesIO()
    image.save(out, "TIFF", exif=held)
    return out.getvalue()


@cache
def rich(kind: str) -> bytes:
    """A picture that says everything in every place."""
    image = Image.linear_gradient("L").convert("RGB").resize((48, 40))
    return {"jpg": _jpeg, "png": _png, "webp": _webp, "tif": _tiff}[kind](image)


def without(kind: str, *names: str) -> bytes:
    return stripped(rich(kind), "all", names, PHOTO)


def shown(data: bytes) -> tuple[object, ...]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size, image.mode, image.info.get("icc_profile"), image.tobytes()


def as_read(data: bytes, folder: Path) -> dict[str, list[object]]:
    path = folder / "read"
    path.write_bytes(data)
    return fidelity.tags([path])[0]


every_format = pytest.mark.parametrize("kind", FORMATS)
every_thing = pytest.mark.parametrize("name", REMOVABLE)


# What is removed


@every_format
@every_thing
def test_what_is_removed_is_nowhere_in_the_octets(kind, name):
    assert MOVED[name] in rich(kind)
    assert MOVED[name] not in without(kind, name)


@every_format
@every_thing
def test_what_is_not_removed_stays(kind, name):
    takes = {name, *({"maker_notes"} if name == "serial_numbers" else ())}
    said = {each: text for each, text in MOVED.items() if each not in takes and text in rich(kind)}
    assert [each for each, text in said.items() if text not in without(kind, name)] == []
    assert KEPT in without(kind, name)


@every_format
@pytest.mark.parametrize("keep", KEEP)
def test_the_picture_decodes_as_before(kind, keep):
    assert shown(stripped(rich(kind), keep, REMOVABLE, PHOTO)) == shown(rich(kind))


@every_format
@pytest.mark.parametrize("keep", KEEP)
def test_a_second_time_changes_nothing(kind, keep):
    once = stripped(rich(kind), keep, REMOVABLE, PHOTO)
    assert stripped(once, keep, REMOVABLE, PHOTO) == once


@every_format
@pytest.mark.parametrize("keep", KEEP)
def test_captions_can_be_written_afterwards_and_bring_nothing_back(kind, keep):
    values = seeds.values("New “Владимир” 김")
    data = photos.captioned(stripped(rich(kind), keep, REMOVABLE, PHOTO), values, PHOTO, Policy())
    assert [text for text in MOVED.values() if text in data] == []
    assert "Владимир".encode() in data


@every_format
def test_what_our_own_edits_left_room_for_goes_too(kind, tmp_path):
    photo = tmp_path / f"photo.{kind}"
    photo.write_bytes(rich(kind))
    fidelity.save(photo, seeds.values("Old"))
    data = stripped(photo.read_bytes(), "all", REMOVABLE, photo)
    emptied = photos.captioned(data, {}, photo, Policy())
    assert [text for text in MOVED.values() if text in data + emptied] == []


def test_nothing_to_remove_changes_no_octet():
    assert stripped(rich("jpg"), "all", (), PHOTO) == rich("jpg")


@pytest.mark.parametrize("make", [b"DJI", b"GoPro"])
def test_a_position_takes_the_maker_note_of_cameras_that_write_it_there(make, tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg", exif=exif(make))
    assert MOVED["maker_notes"] not in stripped(photo.read_bytes(), "all", ["gps"], photo)


def test_a_position_in_extended_xmp_goes_and_the_rest_is_found(tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg")
    fidelity.save(photo, {"extended_description": "x" * 70_000, "headline": "Here"})
    guid, body = b"0" * 32, packet()
    lead = b"http://ns.adobe.com/xmp/extension/\0"
    plain = photo.read_bytes()
    other = segment(0xE1, lead + guid + struct.pack(">II", len(body), 0) + body)
    at = plain.rindex(lead) - 4
    end = at + 2 + int.from_bytes(plain[at + 2 : at + 4], "big")
    data = stripped(plain[:end] + other + plain[end:], "all", ["gps"], photo)
    assert MOVED["gps"] not in data
    assert as_read(data, tmp_path)["XMP-iptcCore:ExtDescrAccessibility"] == ["x" * 70_000]


# What is kept


@every_format
def test_captions_and_none_keep_nothing_of_what_was_said(kind):
    for keep in ("captions", "none"):
        data = stripped(rich(kind), keep, (), PHOTO)
        assert [text for text in (*MOVED.values(), KEPT, b"Kestrel", b"50 mm") if text in data] == []


@every_format
def test_a_bare_picture_is_shown_upright(kind, tmp_path):
    assert as_read(stripped(rich(kind), "none", (), PHOTO), tmp_path)["IFD0:Orientation"] == ["Rotate 90 CW"]


def test_an_upright_picture_is_left_with_no_block_at_all(tmp_path):
    photo = pictures.camera(tmp_path / "a.jpg")
    assert b"Exif" not in stripped(photo.read_bytes(), "none", (), photo)


def test_the_resolution_stays_with_the_captions(tmp_path):
    held = piexif.dump({"0th": {282: (300, 1), 283: (300, 1), 296: 2, 271: b"Kestrel"}})
    photo = pictures.draw(tmp_path / "a.webp", exif=held)
    found = as_read(stripped(photo.read_bytes(), "captions", (), photo), tmp_path)
    assert {name: found[name] for name in found if name.startswith("IFD0:")} == {
        "IFD0:XResolution": [300], "IFD0:YResolution": [300], "IFD0:ResolutionUnit": ["inches"]}  # fmt: skip


@pytest.mark.parametrize("kind", ["frames.png", "frames.webp", "pages.tif", "tiles.tif", "big.tif", "be.tif"])
def test_animations_pages_and_tiles_are_whole(kind, tmp_path):
    photo = seeds.captioned(tmp_path, kind)
    before = fidelity.frames(photo)
    photo.write_bytes(stripped(photo.read_bytes(), "none", (), photo))
    assert fidelity.frames(photo) == before
    assert "Владимир".encode() not in photo.read_bytes()


def test_a_profile_stays(tmp_path):
    profile = fuzzing.ImageCms.ImageCmsProfile(fuzzing.ImageCms.createProfile("sRGB")).tobytes()
    for kind in FORMATS:
        photo = pictures.draw(tmp_path / f"a.{kind}", icc_profile=profile)
        assert shown(stripped(photo.read_bytes(), "none", (), photo))[2] == profile


# What is refused


def refusal(data: bytes, *names: str, name: str = "photo.jpg") -> str:
    with pytest.raises(CaptionerError) as error:
        stripped(data, "all", names, Path(name))
    assert name in error.value.sentence
    return error.value.sentence


def test_a_position_that_can_not_be_followed_refuses_the_photo(tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg", exif=exif())
    data = photo.read_bytes()
    start = data.index(b"Exif\0\0") + 6
    at = data.index(b"\x88\x25\0\4", start)
    damaged = data[: at + 8] + struct.pack(">I", data.index(MOVED["gps"]) - start) + data[at + 12 :]
    assert "EXIF" in refusal(damaged, "gps")


def test_xmp_that_is_not_well_formed_refuses_the_photo():
    assert "XMP" in refusal(rich("jpg").replace(b"</rdf:RDF>", b"</rdf:RDX>"), "gps")


def test_a_picture_without_its_end_is_refused(tmp_path):
    data = pictures.draw(tmp_path / "a.jpg").read_bytes()
    assert "cut short" in refusal(data[:-40], "gps")


@pytest.mark.parametrize("kind", ["heic", "dng"])
def test_formats_that_hold_no_captions_are_refused(kind, tmp_path):
    photo = seeds.drawn(tmp_path, kind)
    assert "JPEG" in refusal(photo.read_bytes(), "gps", name=photo.name)


@pytest.mark.parametrize("kind", seeds.WRITABLE)
def test_damaged_files_end_in_a_sentence_or_lose_what_they_should(kind, tmp_path):
    every = [*fuzzing.material(tmp_path, kind), *([rich(kind)] if kind in FORMATS else [])]
    photo = tmp_path / f"f.{kind}"
    for number in range(60):
        data = fuzzing.mutated(random.Random(number), every)
        keep = KEEP[number % 3]
        with suppress(CaptionerError):
            new = stripped(data, keep, REMOVABLE, photo)
            assert stripped(new, keep, REMOVABLE, photo) == new, number


# What a rendition takes over


def rendition(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    held = piexif.dump({"0th": {274: 1, 271: b"Kestrel"}})
    Image.linear_gradient("L").convert("RGB").resize((20, 24)).save(out, kind, exif=held)
    return out.getvalue()


@every_format
@pytest.mark.parametrize("kind_of_new", ["JPEG", "WEBP"])
def test_a_rendition_takes_over_rights_and_what_other_programs_said(kind, kind_of_new, tmp_path):
    found = as_read(carried(rendition(kind_of_new), rich(kind), PHOTO), tmp_path)
    assert found["XMP-dc:Rights"] == [KEPT.decode()]
    assert found["XMP-plus:ImageSupplierName"] == ["Lensa"]
    assert found["XMP-aux:Lens"] == ["50 mm"]
    assert found["IFD0:Orientation"] == ["Horizontal (normal)"]


@every_format
def test_a_rendition_takes_over_nothing_that_is_true_of_the_original_alone(kind, tmp_path):
    data = carried(rendition(), rich(kind), PHOTO)
    assert [name for name in ("maker_notes", "thumbnail", "edit_history") if MOVED[name] in data] == []
    found = as_read(data, tmp_path)
    assert not {"XMP-tiff:Orientation", "XMP-GCamera:MotionPhoto"} & set(found)
    assert "ExifTool:Warning" not in found


@every_format
def test_a_rendition_can_be_stripped_and_captioned(kind):
    values = seeds.values("New “Владимир” 김")
    data = photos.captioned(carried(rendition(), rich(kind), PHOTO), values, PHOTO, Policy())
    assert MOVED["gps"] in data
    assert MOVED["gps"] not in stripped(data, "all", ["gps"], PHOTO)


def test_a_rendition_has_the_original_iim_without_what_describes_its_pixels(tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg")
    iim = b"\x1c\2\x74\0\x13" + KEPT + b"\x1c\2\xca\0\4prev" + b"\x1c\3\x14\0\2\0\x30"
    data = photo.read_bytes()
    data = data[:20] + segment(0xED, b"Photoshop 3.0\0" + resource(0x0404, iim)) + data[20:]
    found = as_read(carried(rendition(), data, PHOTO), tmp_path)
    assert [name for name in found if name.startswith("IPTC:")] == ["IPTC:CopyrightNotice"]


def test_what_finds_no_room_in_a_rendition_is_left_out(tmp_path):
    photo = pictures.draw(tmp_path / "a.png")
    fidelity.save(photo, {"extended_description": "x" * 70_000, "headline": "Here"})
    found = as_read(carried(rendition(), photo.read_bytes(), PHOTO), tmp_path)
    assert found["XMP-photoshop:Headline"] == ["Here"]
    assert "XMP-iptcCore:ExtDescrAccessibility" not in found


@pytest.mark.parametrize("original", [b"", b"no picture", rich("jpg").replace(b"</rdf:RDF>", b"</rdf:RDX>")])
def test_blocks_that_can_not_be_followed_are_left_out_of_a_rendition(original):
    assert shown(carried(rendition(), original, PHOTO)) == shown(rendition())


# Real files

_TRAILERS = (
    "AFCP", "CanonVRD", "FotoStation", "PhotoMechanic", "Samsung", "IPTC2", "MPF0", "MPImage", "JUMBF", "XMP-Container",
    "XMP-hdrgm", "ExifTool:Warning", "File:TrailerSignature", "File:PreviewImage", "Olympus:PreviewImage", "Trailer",
)  # fmt: skip
"""Behind the picture, what tells of it, and what ExifTool finds there."""
_MAKERS_SEGMENTS = (
    "AVI1", "CIFF", "Casio:", "FLIR", "FlashPix", "GoPro", "GraphConv", "InfiRay", "JPEG-HDR", "JSON", "MediaJukebox",
    "MetaIFD", "NITF", "PictureInfo", "Qualcomm", "RMETA", "Kodak", "File:Comment", "PrintIM",
)  # fmt: skip
EXPECTED = {
    "gps": ("GPS:", "GeoTiff", "IFD0:ModelTransform", "XMP-exif:GPS", "XMP-iptcExt:LocationCreatedGPS",
            "XMP-iptcExt:LocationShownGPS", *_MAKERS_SEGMENTS),
    "thumbnail": ("IFD1:", "JFXX:", "FlashPix", "Photoshop:PhotoshopThumbnail", "XMP-xmp:Thumbnails"),
    "edit_history": ("XMP-crs", "XMP-xmpMM:History", "XMP-xmpMM:DerivedFrom", "XMP-photoshop:History",
                     "XMP-photoshop:DocumentAncestors", "IFD0:ProcessingSoftware"),
}  # fmt: skip
"""Beginnings of the tags that may differ. Of the other two every maker's group may."""
STANDARD = ("IFD0:", "IFD1:", "ExifIFD:", "GPS:", "InteropIFD:", "IPTC:", "Photoshop:", "XMP-", "JFIF:", "ICC")
_CAMERA = ("XMP-exif:MakerNote", "XMP-GCamera:HdrPlusMakernote", "XMP-xmpNote:HasExtendedXMP", "IFD0:PrintIM")
_SERIALS = ("ExifIFD:SerialNumber", "ExifIFD:OwnerName", "ExifIFD:LensSerialNumber", "XMP-aux:SerialNumber",
            "XMP-exifEX:SerialNumber")  # fmt: skip


def is_expected(name: str, tag: str) -> bool:
    if name in EXPECTED:
        return tag.startswith((*_TRAILERS, *EXPECTED[name]))
    standard = (*_CAMERA, *(_SERIALS if name == "serial_numbers" else ()), *_TRAILERS)
    return not tag.startswith(STANDARD) or tag.startswith(standard)


@pytest.fixture
def originals(corpus) -> list[Path]:
    return sorted(path for path in corpus.rglob("*") if path.suffix.lower() in fidelity.WRITABLE)


def test_exiftool_reads_all_of_real_files_but_what_was_asked_for(originals, tmp_path):
    """Each file without one thing, in turn."""
    chosen = originals[::3]
    names = [REMOVABLE[number % len(REMOVABLE)] for number, _path in enumerate(chosen)]
    copies = [tmp_path / f"{number}{path.suffix}" for number, path in enumerate(chosen)]
    for path, name, copy in zip(chosen, names, copies, strict=True):
        copy.write_bytes(stripped(path.read_bytes(), "all", [name], path))
    every = fidelity.tags([*chosen, *copies])
    before, after = every[: len(chosen)], every[len(chosen) :]
    found = {(path.name, name, tag) for path, name, old, new in zip(chosen, names, before, after, strict=True)
             for tag in fidelity.changed_tags(old, new) if not is_expected(name, tag)}  # fmt: skip
    assert found == set()


def test_no_octet_of_a_real_position_or_maker_note_is_left(originals):
    """But where a value is too plain to be told from others."""
    for path in (each for each in originals if each.suffix.lower() in (".jpg", ".jpeg")):
        data = path.read_bytes()
        new = stripped(data, "all", ["gps", "maker_notes", "thumbnail"], path)
        for value in fidelity.exif_values(data):
            assert len(set(value)) < 6 or value not in new, path.name


def test_real_pictures_are_shown_as_before_with_nothing_but_themselves(originals, tmp_path):
    for number, path in enumerate(originals[::4]):
        copy = tmp_path / f"{number}{path.suffix}"
        copy.write_bytes(stripped(path.read_bytes(), "none", (), path))
        before, after = fidelity.frames(path), fidelity.frames(copy)
        assert after, path.name
        assert before[: len(after)] == after, path.name  # further pictures of one file are gone


def test_exiftool_reads_nothing_of_real_files_that_are_to_say_nothing(originals, tmp_path):
    for number, path in enumerate(originals[::6]):
        copy = tmp_path / f"{number}{path.suffix}"
        copy.write_bytes(stripped(path.read_bytes(), "none", (), path))
    groups = ("XMP", "IPTC", "Photoshop", "GPS", "MakerNotes", "ExifIFD", "IFD1", "MPF")
    command = ["exiftool", "-a", "-s", "-ee", "-q", "-Comment", *(f"-{group}:all" for group in groups), str(tmp_path)]
    assert subprocess.run(command, capture_output=True).stdout == b""
