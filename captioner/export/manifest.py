"""What was exported, for programs (`manifest.json`) and for people with a spreadsheet (`captions.csv`)."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime

from captioner import __version__
from captioner.core.fields import FIELDS, shown
from captioner.export.plan import Plan, Refused, fields_json, written_json
from captioner.export.receipt import Exported

VERSION = 1
_ALWAYS = ("headline", "caption", "credit")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def manifest_json(plan: Plan, photos: Sequence[Exported], refused: Sequence[Refused], when: datetime) -> bytes:
    """Files are named, never their folders: whoever receives the set has no business with the sender's disk."""
    document = {
        "version": VERSION,
        "headline": plan.headline,
        "generator": f"Captioner {__version__}",
        "exported": when.astimezone().isoformat(timespec="seconds"),
        "recipe": plan.recipe.name,
        "photos": [
            {"sequence": photo.sequence, "file": photo.file, "source": photo.source.name, "sha256": photo.sha256,
             "bytes": photo.bytes, "width": photo.width, "height": photo.height, "fields": fields_json(photo.values),
             **written_json(photo.written_credit)}
            for photo in photos
        ],
        "refused": [{"source": path.name, "error": sentence} for path, sentence in refused],
    }  # fmt: skip
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def captions_csv(photos: Sequence[Exported]) -> bytes:
    """A column for each field that any photo holds."""
    keys = [key for key in FIELDS if key in _ALWAYS or any(photo.values[key] for photo in photos)]
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(["file", *keys])
    for photo in photos:
        rows.writerow([_disarmed(photo.file), *(_disarmed(shown(photo.values[key])) for key in keys)])
    return table.getvalue().encode("utf-8", "backslashreplace")


def _disarmed(text: str) -> str:
    """A spreadsheet would run what starts like a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
