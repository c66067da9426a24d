"""Real files of every camera maker: what is asked for is written, and nothing else changes."""

import json
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from PIL import Image

from captioner.core import fields
from captioner.core.fields import FIELDS
from captioner.errors import CaptionerError
from captioner.storage import photos
from captioner.storage.metadata import Policy

WRITTEN = {
    "caption": "Presiden Rusia Vladimir Putin “Владимир” 김정은", "headline": "Potret Akrab",
    "credit": "Mikhail Metzel/Sputnik/Kremlin Pool/AP", "creator": "Mikhail Metzel; Ann Lee", "source": "Sputnik",
    "copyright": "© 2023 AP", "city": "Tsiolkovsky", "country": "Rusia", "date_created": "2023-09-13T10:20:30+09:00",
    "keywords": "Putin; Kim Jong Un", "alt_text": "Two men walk", "event": "Summit", "country_code": "RUS",
    "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    "data_mining": "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
}  # fmt: skip
WRITTEN = {key: WRITTEN.get(key, f"Nilai {key}") for key in FIELDS}
WRITABLE = (".jpg", ".jpeg", ".tif", ".tiff", ".png", ".webp")

OURS = {
    "IFD0": {"ImageDescription", "Artist", "Copyright", "ExifOffset", "XPTitle", "XPComment", "XPSubject", "XPAuthor",
             "XPKeywords"},
    "ExifIFD": {"DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal", "UserComment"},
    "IPTC": {"CodedCharacterSet", "ApplicationRecordVersion", "Caption-Abstract", "By-line", "Headline", "Credit",
             "Source", "CopyrightNotice", "City", "Country-PrimaryLocationName", "DateCreated", "TimeCreated",
             "Keywords", "ObjectName", "By-lineTitle", "Writer-Editor", "SpecialInstructions", "Sub-location",
             "Province-State", "Country-PrimaryLocationCode", "OriginalTransmissionReference"},
    "Photoshop": {"IPTCDigest"},
    "XMP-dc": {"Description", "Creator", "Rights", "Subject", "Title"},
    "XMP-photoshop": {"Credit", "Headline", "Source", "City", "Country", "DateCreated", "State", "Instructions",
                      "TransmissionReference", "AuthorsPosition", "CaptionWriter"},
    "XMP-tiff": {"ImageDescription", "Artist", "Copyright"},
    "XMP-exif": {"UserComment", "DateTimeOriginal"},
    "XMP-iptcCore": {"AltTextAccessibility", "ExtDescrAccessibility", "Location", "CountryCode"},
    "XMP-iptcExt": {"Event", "PersonInImage", "DigitalSourceType"},
    "XMP-xmpRights": {"UsageTerms"},
    "XMP-plus": {"DataMining"},
    "XMP-x": {"XMPToolkit"},
    "File": {"CurrentIPTCDigest", "ExifByteOrder"},
}  # fmt: skip

EXPLAINED = {
    ("30-type_error.jpg", "ExifIFD"): "its pointer to the Exif IFD had a wrong type and is mended by the new one",
    ("30-type_error.jpg", "ExifTool"): "the warning about that pointer is gone",
    ("AFCP.jpg", "ExifTool"): "its trailer counts from the start of the file; readers find it all the same",
    ("ExifTool.jpg", "MPImage2"): "the offset to the second picture moves with what stands before it",
    ("ExifTool.jpg", "ExifTool"): "the warning that its digest is not current is gone: it is current now",
    ("IPTC.jpg", "ExifTool"): "the same",
}
REFUSED: set[str] = set()
"""Real files that are not written, each with its reason in a comment."""


def tags(paths: list[Path]) -> list[dict[str, object]]:
    command = ["exiftool", "-j", "-G1", "-a", "-s", "-ee", "-u", "-sep", "|", "-charset", "iptc=utf8", *map(str, paths)]
    return json.loads(subprocess.run(command, capture_output=True, check=False).stdout)


def changed_groups(before: dict[str, object], after: dict[str, object]) -> set[str]:
    def is_ours(name: str) -> bool:
        group, _, tag = name.partition(":")
        plain = tag.partition("-")[0] if group.startswith("XMP") else tag  # Description-en repeats the default
        return group in ("System", "Composite", "SourceFile") or plain in OURS.get(group, ())

    return {name.partition(":")[0] for name in before.keys() | after.keys()
            if not is_ours(name) and before.get(name) != after.get(name)}  # fmt: skip


def pixels(path: Path) -> object:
    """As Pillow decodes them; None for what it can't open."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path) as image:
            return image.mode, image.tobytes()
    except Exception:  # of broken files Pillow raises everything
        return None


@pytest.fixture
def copies(corpus, tmp_path) -> dict[Path, Path]:
    originals = sorted(path for path in corpus.rglob("*") if path.suffix.lower() in WRITABLE)
    made = {path: tmp_path / f"{number:03}-{path.name}" for number, path in enumerate(originals)}
    for original, copy in made.items():
        shutil.copyfile(original, copy)
    return made


def test_every_real_file_takes_all_fields_and_loses_nothing(copies):
    wanted = {key: fields.parse(key, text) for key, text in WRITTEN.items()}
    refused, written = set(), {}
    for original, copy in copies.items():
        try:
            saved = photos.save_values(photos.read_photo(copy, Policy()), wanted, Policy()).photo
        except CaptionerError:
            refused.add(original.name)
            continue
        assert {key: saved.saved[key] for key in wanted} == wanted, original.name
        assert not saved.disagreements & wanted.keys(), original.name
        assert pixels(copy) == pixels(original), original.name
        written[original] = copy
    assert refused == REFUSED
    before, after = tags(list(written)), tags(list(written.values()))
    found = {(original.name, group) for original, old, new in zip(written, before, after, strict=True)
             for group in changed_groups(old, new)}  # fmt: skip
    assert found == set(EXPLAINED)


def test_saving_the_same_values_again_changes_no_byte(copies):
    wanted = {key: fields.parse(key, text) for key, text in WRITTEN.items()}
    for copy in list(copies.values())[::8]:
        saved = photos.save_values(photos.read_photo(copy, Policy()), wanted, Policy()).photo
        once = copy.read_bytes()
        photos.save_values(saved, wanted, Policy())
        assert copy.read_bytes() == once


def test_what_is_never_written_gets_a_sidecar_and_stays(corpus, tmp_path):
    wanted = {key: fields.parse(key, text) for key, text in WRITTEN.items()}
    kinds = (".heic", ".heif", ".cr2", ".cr3", ".nef", ".dng")
    originals = sorted(path for path in corpus.rglob("*") if path.suffix.lower() in kinds)
    assert originals
    for number, original in enumerate(originals):
        copy = tmp_path / f"{number:02}{original.suffix}"
        shutil.copyfile(original, copy)
        saved = photos.save_values(photos.read_photo(copy, Policy()), wanted, Policy())
        assert copy.read_bytes() == original.read_bytes(), original.name
        assert dict(photos.read_photo(copy, Policy()).values) == wanted, original.name
        assert saved.sidecar == copy.with_suffix(".xmp")


def test_real_sidecars_keep_what_others_wrote(corpus, tmp_path):
    """Every property but ours, as ExifTool reads them."""
    wanted = {key: fields.parse(key, text) for key, text in WRITTEN.items()}
    before, after = [], []
    for number, original in enumerate(sorted(corpus.rglob("*.xmp"))):
        photo = tmp_path / f"{number:02}.gif"
        Image.new("L", (4, 4)).save(photo)
        beside = photo.with_suffix(".xmp")
        shutil.copyfile(original, beside)
        photos.save_values(photos.read_photo(photo, Policy()), wanted, Policy())
        before, after = [*before, original], [*after, beside]
    found = {(path.name, group) for path, old, new in zip(before, tags(before), tags(after), strict=True)
             for group in changed_groups(old, new)}  # fmt: skip
    assert found == set()
