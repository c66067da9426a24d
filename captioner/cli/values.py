"""show, set and check."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from captioner.cli.console import WITH_FINDINGS, Console, photos_of, plain, read
from captioner.core import fields
from captioner.core.caption import Values
from captioner.core.fields import Value, shown
from captioner.core.photo import Photo
from captioner.errors import CaptionerError, UsageError
from captioner.i18n import _
from captioner.storage import photos as storage
from captioner.storage import tables


def show(arguments: argparse.Namespace, console: Console) -> None:
    documents: list[dict[str, object]] = []
    for path in photos_of(arguments.paths):
        blocks: Mapping[str, Values] = {}
        try:
            photo, reading = storage.read_blocks(path, console.settings.policy)
            blocks = reading.blocks if arguments.blocks else {}
        except CaptionerError as error:
            photo = storage.unreadable(path, error)
        _show_photo(photo, blocks, console)
        documents.append({
            "path": str(path), "fields": plain(photo.values),
            "blocks": {name: plain(values) for name, values in blocks.items()},
            "disagreements": sorted(photo.disagreements), "error": photo.trouble or None,
        })  # fmt: skip
    console.document(documents)


def _show_photo(photo: Photo, blocks: Mapping[str, Values], console: Console) -> None:
    console.say(str(photo.path))
    for key in photo.values:
        mark = _(" (the blocks disagree)") if key in photo.disagreements else ""
        console.say(f"  {key}: {shown(photo.values[key])}{mark}")
    for name, values in blocks.items():
        for key in values:
            console.say(f"  [{name}] {key}: {shown(values[key])}")
    if photo.trouble:
        console.trouble(photo.trouble)


def set_(arguments: argparse.Namespace, console: Console) -> None:
    named = photos_of(arguments.paths)
    everywhere = _assignments(arguments.field)
    table = tables.read_table(arguments.table) if arguments.table else {}
    if not everywhere and not table:
        raise UsageError(_("Say what to set: --field KEY=VALUE, or --from TABLE."))
    for name in sorted(table.keys() - {path.name for path in named}):
        console.trouble(_("{name} is in the table, but not among the photos; check its name.").format(name=name))
    wanted = {path: {**everywhere, **table.get(path.name, {})} for path in named}
    console.document(write({path: values for path, values in wanted.items() if values}, arguments.dry_run, console))


def _assignments(pairs: Sequence[str]) -> dict[str, Value]:
    held: dict[str, Value] = {}
    for each in pairs:
        key, equals, text = each.partition("=")
        if not equals:
            raise UsageError(_("“{pair}” is not KEY=VALUE.").format(pair=each))
        value, earlier = fields.parse(key.strip(), text), held.get(key.strip(), ())
        both = isinstance(value, tuple) and isinstance(earlier, tuple)
        held[key.strip()] = (*earlier, *value) if both else value
    return held


def write(wanted: Mapping[Path, Mapping[str, Value]], dry_run: bool, console: Console) -> list[dict[str, object]]:
    """Saves each photo, or says what it would save; names each that is refused and goes on."""
    return [{"path": str(path), "fields": plain(values), "error": _write_one(path, values, dry_run, console)}
            for path, values in wanted.items()]  # fmt: skip


def _write_one(path: Path, values: Mapping[str, Value], dry_run: bool, console: Console) -> str | None:
    try:
        photo = storage.read_photo(path, console.settings.policy)
        if photo.trouble:
            raise CaptionerError(photo.trouble, path)
        if not dry_run:
            for note in storage.save_values(photo, values, console.settings.policy).notes:
                console.trouble(note)
    except CaptionerError as error:
        console.trouble(error.sentence)
        return error.sentence
    told = _("{path}: would set {fields}") if dry_run else _("{path}: set {fields}")
    console.say(told.format(path=path, fields=", ".join(values)))
    return None


def check(arguments: argparse.Namespace, console: Console) -> None:
    from captioner.core import checks
    from captioner.storage.desk_data import load_agencies

    photos = [read(path, console) for path in photos_of(arguments.paths)]
    for photo in photos:
        if photo.trouble:
            console.trouble(photo.trouble)
    findings = checks.find([photo for photo in photos if not photo.trouble], load_agencies())
    for finding in findings:
        console.say(f"{finding.severity}: {finding.message} [{finding.check}]")
    if any(finding.is_problem for finding in findings):
        console.code = WITH_FINDINGS
    console.document([
        {"path": str(each.path), "check": each.check, "severity": str(each.severity), "field": each.field,
         "start": each.start, "end": each.end, "message": each.message, "fix": each.fix} for each in findings
    ])  # fmt: skip
