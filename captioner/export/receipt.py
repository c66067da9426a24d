"""What an export wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from captioner.export.exported import Corrects, Exported, ExportedFile
from captioner.export.plan import Refused, fields_json, refused_json, restricted_json, written_json

NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Receipt:
    destination: Path
    manifest: Path | None
    photos: tuple[Exported, ...]
    refused: tuple[Refused, ...] = ()
    headline: str = ""
    recipe: str = ""
    when: datetime = NEVER
    csv_bom: bool = False
    restricted: tuple[Refused, ...] = ()
    override: str = ""
    """Why the restricted photos went out."""
    version: int = 1
    set_name: str = ""
    """Under which the journal keeps the set: its folder, or its files."""
    corrects: Corrects | None = None
    """The earlier export, where these are corrections."""
    notes: tuple[str, ...] = ()
    """Sentences that the person should know, though everything went out."""
    recipe_file: Path | None = None
    """Where the recipe was named by its file."""


def receipt_json(receipt: Receipt) -> dict[str, object]:
    return {
        "destination": str(receipt.destination),
        "manifest": str(receipt.manifest or ""),
        "headline": receipt.headline,
        "recipe": receipt.recipe,
        "exported": exported_at(receipt),
        "photos": [photo_json(photo, str(photo.source)) for photo in receipt.photos],
        "refused": refused_json(receipt.refused),
        "restricted": restricted_json(receipt.restricted),
        "override": receipt.override,
        "notes": list(receipt.notes),
    }


def exported_at(receipt: Receipt) -> str:
    return at(receipt.when)


def at(moment: datetime) -> str:
    """With its zone, to the second."""
    return moment.astimezone().isoformat(timespec="seconds")


def photo_json(photo: Exported, source: str) -> dict[str, object]:
    """Its first file beside its values; where a recipe makes several, `renditions` names each of them."""
    return {
        "sequence": photo.sequence,
        "source": source,
        **_file_json(photo.first),
        "fields": fields_json(photo.values),
        **written_json(photo.written_credit),
        **_renditions_json(photo.files),
    }


def _renditions_json(files: Sequence[ExportedFile]) -> dict[str, object]:
    return {"renditions": [_file_json(each) for each in files]} if len(files) > 1 else {}


def _file_json(file: ExportedFile) -> dict[str, object]:
    return {"file": file.file, "sha256": file.sha256, "bytes": file.bytes, "width": file.width, "height": file.height}
