"""What an export wrote."""

from dataclasses import dataclass
from pathlib import Path

from captioner.core.caption import Values
from captioner.export.plan import Refused, fields_json, refused_json, written_json


@dataclass(frozen=True)
class Exported:
    sequence: int
    source: Path
    file: str
    sha256: str
    bytes: int
    width: int
    height: int
    values: Values
    written_credit: str = ""


@dataclass(frozen=True)
class Receipt:
    destination: Path
    manifest: Path
    photos: tuple[Exported, ...]
    refused: tuple[Refused, ...] = ()


def receipt_json(receipt: Receipt) -> dict[str, object]:
    return {
        "destination": str(receipt.destination),
        "manifest": str(receipt.manifest),
        "photos": [
            {"sequence": photo.sequence, "source": str(photo.source), "file": photo.file, "sha256": photo.sha256,
             "bytes": photo.bytes, "width": photo.width, "height": photo.height, "fields": fields_json(photo.values),
             **written_json(photo.written_credit)}
            for photo in receipt.photos
        ],
        "refused": refused_json(receipt.refused),
    }  # fmt: skip
