"""Plans and receipts as documents that other programs read."""

from collections.abc import Sequence
from datetime import datetime

from captioner.core.caption import Values
from captioner.core.checks import Finding
from captioner.core.fields import Value
from captioner.export.exported import Exported, ExportedFile
from captioner.export.plan import Plan, Refused
from captioner.export.receipt import Receipt


def plan_json(plan: Plan) -> dict[str, object]:
    """The shape of a receipt, without what only a written file has."""
    return {
        "destination": str(plan.destination),
        "manifest": str(plan.manifest or ""),
        "bytes": plan.size,
        "photos": [
            {"sequence": photo.sequence, "source": str(photo.source), "file": photo.file, **_files_json(photo.files),
             "bytes": photo.size, "fields": fields_json(photo.values), **_written_json(photo.written_credit),
             "missing": list(photo.missing), **_cut_json(plan.cut(photo)),
             "findings": [_finding_json(each) for each in photo.findings]}
            for photo in plan.photos
        ],
        "refused": [_refused_json(str(path), why) for path, why in plan.refused],
        "restricted": _restricted_json(plan.restricted),
        "notes": list(plan.notes),
    }  # fmt: skip


def receipt_json(receipt: Receipt) -> dict[str, object]:
    return {
        "destination": str(receipt.destination),
        "manifest": str(receipt.manifest or ""),
        "headline": receipt.headline,
        "recipe": receipt.recipe,
        "exported": at(receipt.when),
        "photos": [photo_json(photo, str(photo.source)) for photo in receipt.photos],
        "refused": [_refused_json(str(path), why) for path, why in receipt.refused],
        "restricted": _restricted_json(receipt.restricted),
        "override": receipt.override,
        "notes": list(receipt.notes),
    }


def photo_json(photo: Exported, source: str) -> dict[str, object]:
    """Its first file beside its values; where a recipe makes several, `renditions` names each of them."""
    return {
        "sequence": photo.sequence,
        "source": source,
        **_file_json(photo.first),
        "fields": fields_json(photo.values),
        **_written_json(photo.written_credit),
        **_renditions_json(photo.files),
    }


def _file_json(file: ExportedFile) -> dict[str, object]:
    return {"file": file.file, "sha256": file.sha256, "bytes": file.bytes, "width": file.width, "height": file.height}


def fields_json(values: Values) -> dict[str, str | list[str]]:
    return {key: value_json(value) for key, value in values.items()}


def value_json(value: Value) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def left_out_json(refused: Sequence[Refused]) -> list[dict[str, str]]:
    """For receivers, who get files' names and never their folders on the sender's disk."""
    return [_refused_json(path.name, sentence) for path, sentence in refused]


def at(moment: datetime) -> str:
    """With its zone, to the second."""
    return moment.astimezone().isoformat(timespec="seconds")


def _written_json(credit: str) -> dict[str, str]:
    """Beside the published fields, the credit as the original keeps it, where the two differ."""
    return {"credit_as_written": credit} if credit else {}


def _refused_json(source: str, sentence: str) -> dict[str, str]:
    return {"source": source, "error": sentence}


def _restricted_json(restricted: Sequence[Refused]) -> list[dict[str, str]]:
    return [{"source": str(path), "warning": sentence} for path, sentence in restricted]


def _files_json(files: Sequence[str]) -> dict[str, list[str]]:
    return {"files": list(files)} if len(files) > 1 else {}


def _cut_json(fields: Sequence[str]) -> dict[str, list[str]]:
    return {"cut": list(fields)} if fields else {}


def _finding_json(finding: Finding) -> dict[str, str]:
    return {"check": finding.check, "severity": str(finding.severity), "field": finding.field,
            "message": finding.message}  # fmt: skip


def _renditions_json(files: Sequence[ExportedFile]) -> dict[str, object]:
    return {"renditions": [_file_json(each) for each in files]} if len(files) > 1 else {}
