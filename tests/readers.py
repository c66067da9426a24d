"""What other programs read from a file: the programs that a receiver uses, not our own reader."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image, IptcImagePlugin

_IPTCPARSE = """
getimagesize($argv[1], $info);
$held = iptcparse($info["APP13"] ?? "");
echo json_encode($held ?: new stdClass, JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR);
"""

_EXIF_READ_DATA = """
$held = exif_read_data($argv[1], null, true);
$held = ($held["IFD0"] ?? []) + ($held["EXIF"] ?? []);
$asked = ["ImageDescription", "Artist", "Copyright", "DateTimeOriginal"];
$held = array_intersect_key($held, array_flip($asked));
echo json_encode($held ?: new stdClass, JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR);
"""
_EXIF_NAMES = {0x010E: "ImageDescription", 0x013B: "Artist", 0x8298: "Copyright"}
_EXIF_DATES = {0x9003: "DateTimeOriginal", 0x9011: "OffsetTimeOriginal", 0x9291: "SubSecTimeOriginal"}
_EXIF_IFD = 0x8769


def exiftool(path: Path) -> dict[str, Any]:
    """Every tag by group and name, such as `IPTC:Credit` or `XMP-photoshop:Credit`."""
    asked = ["exiftool", "-j", "-G1", "-a", "-s", "-charset", "iptc=utf8", "-charset", "filename=utf8", str(path)]
    return json.loads(_output(asked))[0]


def exiftool_many(paths: Iterable[Path], *options: str) -> dict[Path, dict[str, Any]]:
    """The same for many files, as the file holds the values (`-n`), in one process."""
    asked = ["exiftool", "-j", "-G1", "-a", "-s", "-n", *options, "-charset", "iptc=utf8", "-charset", "filename=utf8"]
    return {Path(held["SourceFile"]): held for held in json.loads(_output([*asked, *map(str, paths)]))}


def php_iptc(path: Path) -> dict[str, list[str]]:
    """PHP's iptcparse, by `2#120`."""
    return json.loads(_output(["php", "-d", "memory_limit=1G", "-r", _IPTCPARSE, "--", str(path)]))


def php_exif(path: Path) -> dict[str, str]:
    """PHP's exif_read_data: the tags that WordPress takes."""
    return json.loads(_output(["php", "-d", "display_errors=stderr", "-r", _EXIF_READ_DATA, "--", str(path)]))


def pillow_exif(path: Path) -> dict[str, str]:
    """Pillow's getexif, with ExifTool's names; it takes EXIF's octets for Latin-1."""
    with Image.open(path) as image:
        held = image.getexif()
        named = {_EXIF_NAMES[number]: held[number] for number in _EXIF_NAMES.keys() & held.keys()}
        dates = held.get_ifd(_EXIF_IFD)
    named |= {_EXIF_DATES[number]: dates[number] for number in _EXIF_DATES.keys() & dates.keys()}
    return {name: text.encode("latin-1").decode("utf-8", "replace") for name, text in named.items()}


def pillow_iptc(path: Path) -> dict[str, list[str]]:
    """Pillow's IptcImagePlugin, with PHP's keys."""
    with Image.open(path) as image:
        held = IptcImagePlugin.getiptcinfo(image) or {}
    return {f"{record}#{number:03}": _texts(value) for (record, number), value in held.items()}


def _texts(value: bytes | list[bytes]) -> list[str]:
    return [each.decode("utf-8", "replace") for each in (value if isinstance(value, list) else [value])]


def _output(command: list[str]) -> bytes:
    return subprocess.run(command, capture_output=True, check=True).stdout
