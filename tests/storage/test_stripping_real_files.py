"""What a recipe takes out of real files is all that ExifTool misses afterwards."""

import subprocess
from pathlib import Path

import pytest

from captioner.storage.stripping import REMOVABLE, stripped
from tests import fidelity

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
