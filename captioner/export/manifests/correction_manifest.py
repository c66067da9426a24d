"""`correction-01.json`: what was sent again, and what of it is another; `resources/schemas/` describes it."""

from pathlib import Path

from captioner import __version__
from captioner.export.changes import is_other_picture, published
from captioner.export.documents import at, fields_json, left_out_json, value_json
from captioner.export.exported import Corrects, Exported, ExportedFile
from captioner.export.manifests.json_text import encoded
from captioner.export.receipt import Receipt

VERSION = 1


def made(receipt: Receipt, _folder: Path) -> bytes:
    """Files are named, never their folders on the sender's disk."""
    corrects = receipt.corrects
    assert corrects is not None
    before = {photo.source: photo for photo in corrects.photos}
    return encoded({
        "version": VERSION,
        "correction": corrects.number,
        "corrects": _corrects_json(corrects),
        "headline": receipt.headline,
        "generator": f"Captioner {__version__}",
        "exported": at(receipt.when),
        "recipe": receipt.recipe,
        "photos": [_photo_json(before[photo.source], photo) for photo in receipt.photos],
        "refused": left_out_json(receipt.refused),
    })  # fmt: skip


def _corrects_json(corrects: Corrects) -> dict[str, str]:
    return {"exported": at(corrects.when), "manifest": corrects.manifest}


def _photo_json(before: Exported, after: Exported) -> dict[str, object]:
    return {
        "sequence": after.sequence,
        "source": after.source.name,
        "files": [_file_json(*each) for each in zip(before.files, after.files, strict=True)],
        "changes": [{"field": each.field, "before": value_json(each.before), "after": value_json(each.after)}
                    for each in published(before, after)],
        "picture_changed": is_other_picture(before, after),
        "fields": fields_json(after.values),
    }  # fmt: skip


def _file_json(before: ExportedFile, after: ExportedFile) -> dict[str, object]:
    return {"file": after.file, "sha256": after.sha256, "previous_sha256": before.sha256, "bytes": after.bytes,
            "width": after.width, "height": after.height}  # fmt: skip
