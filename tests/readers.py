"""What other programs read from a file: the programs that a receiver uses, not our own reader."""

import json
import subprocess
from pathlib import Path
from typing import Any

from PIL import Image, IptcImagePlugin

_IPTCPARSE = """
getimagesize($argv[1], $info);
$held = iptcparse($info["APP13"] ?? "");
echo json_encode($held ?: new stdClass, JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR);
"""


def exiftool(path: Path) -> dict[str, Any]:
    """Every tag by group and name, such as `IPTC:Credit` or `XMP-photoshop:Credit`."""
    asked = ["exiftool", "-j", "-G1", "-a", "-s", "-charset", "iptc=utf8", "-charset", "filename=utf8", str(path)]
    return json.loads(_output(asked))[0]


def php_iptc(path: Path) -> dict[str, list[str]]:
    """PHP's iptcparse, by `2#120`."""
    return json.loads(_output(["php", "-d", "memory_limit=1G", "-r", _IPTCPARSE, "--", str(path)]))


def pillow_iptc(path: Path) -> dict[str, list[str]]:
    """Pillow's IptcImagePlugin, with PHP's keys."""
    with Image.open(path) as image:
        held = IptcImagePlugin.getiptcinfo(image) or {}
    return {f"{record}#{number:03}": _texts(value) for (record, number), value in held.items()}


def _texts(value: bytes | list[bytes]) -> list[str]:
    return [each.decode("utf-8", "replace") for each in (value if isinstance(value, list) else [value])]


def _output(command: list[str]) -> bytes:
    return subprocess.run(command, capture_output=True, check=True).stdout
