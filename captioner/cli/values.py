"""show, set and check."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from captioner import paths
from captioner.cli.console import WITH_FINDINGS, Console, photos_of, plain
from captioner.core import fields
from captioner.core.caption import Values
from captioner.core.checks import Finding
from captioner.core.fields import Value, shown
from captioner.core.merge import OnConflict
from captioner.core.photo import REPAIRED, Photo
from captioner.errors import CaptionerError, UsageError
from captioner.i18n import _
from captioner.storage import photos as storage
from captioner.storage import tables
from captioner.storage.batch import Choices, Outcome, Task, save_all
from captioner.storage.outcome import Saved, unreadable


def show(arguments: argparse.Namespace, console: Console) -> None:
    documents: list[dict[str, object]] = []
    for path in photos_of(arguments.paths):
        blocks: Mapping[str, Values] = {}
        try:
            photo, reading = storage.read_blocks(path, console.settings.policy)
            blocks = reading.blocks if arguments.blocks else {}
        except CaptionerError as error:
            photo = unreadable(path, error)
        photo = console.with_drafts([photo])[0]
        _show_photo(photo, blocks, console)
        documents.append({
            "path": str(path), "fields": plain(photo.values),
            "blocks": {name: plain(values) for name, values in blocks.items()},
            "disagreements": sorted(photo.disagreements), "error": photo.trouble or None,
        })  # fmt: skip
    console.document(documents)


def _show_photo(photo: Photo, blocks: Mapping[str, Values], console: Console) -> None:
    console.say(str(photo.path))
    for key in fields.FIELDS:
        if photo.values[key] or key in photo.disagreements:
            mark = _(" (the blocks disagree)") if key in photo.disagreements else ""
            console.say(f"  {key}: {shown(photo.values[key])}{mark}")
            _show_blocks(photo, key, blocks, console)
    if photo.is_signed:
        console.say("  " + _("It carries Content Credentials (C2PA), whose signature any change breaks."))
    if photo.trouble:
        console.trouble(photo.trouble)


def _show_blocks(photo: Photo, key: str, blocks: Mapping[str, Values], console: Console) -> None:
    """With a mark at each block that says something else; a value that was shortened to fit its block does not."""
    differs = {each.source for each in photo.choices.get(key, ()) if each.value != photo.values[key]}
    for name, values in blocks.items():
        if values[key]:
            mark = "≠" if key in photo.disagreements and name in differs else "="
            console.say(f"    {mark} {name}: {shown(values[key])}")
    for each in photo.choices.get(key, ()) if blocks else ():
        if each.source == REPAIRED:
            console.say(
                "    " + _("It looks double-encoded; repaired it reads: {value}").format(value=shown(each.value))
            )


def set_(arguments: argparse.Namespace, console: Console) -> None:
    how, named = writing(arguments), photos_of(arguments.paths)
    everywhere = _assignments(arguments.field)
    table = tables.read_table(arguments.table) if arguments.table else {}
    if not everywhere and not table:
        raise UsageError(_("Say what to set: --field KEY=VALUE, or --from TABLE."))
    for name in sorted(table.keys() - {path.name for path in named}):
        console.trouble(_("{name} is in the table, but not among the photos; check its name.").format(name=name))
    wanted = {path: {**everywhere, **table.get(path.name, {})} for path in named}
    photos = console.read([path for path, values in wanted.items() if values])
    console.document(write(photos, wanted, how, console))


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


@dataclass(frozen=True)
class Writing:
    """How a command writes: what its options say of conflicts and signatures."""

    dry_run: bool = False
    on_conflict: OnConflict = OnConflict.MERGE
    break_signature: bool = False


def writing(arguments: argparse.Namespace) -> Writing:
    on_conflict = OnConflict(arguments.on_conflict)
    return Writing(getattr(arguments, "dry_run", False), on_conflict, arguments.break_signature)


def write(
    photos: Sequence[Photo], wanted: Mapping[Path, Mapping[str, Value]], how: Writing, console: Console
) -> list[dict[str, object]]:
    """Saves what is wanted of each photo, as it was read; names each that is refused and goes on."""
    due = [(photo, wanted[photo.path]) for photo in photos if wanted.get(photo.path)]
    if console.settings.policy.save_to == "export" and not how.dry_run:
        console.keep_drafts({photo.path: values for photo, values in due if not photo.trouble})
    choices = Choices(console.settings.policy, how.on_conflict, how.break_signature)
    is_dry = how.dry_run or console.settings.policy.save_to == "export"
    outcomes = map(_dry, due) if is_dry else save_all(due, choices)
    return [{"path": str(photo.path), "fields": plain(values), "error": _told(photo, values, outcome, how, console)}
            for (photo, values), outcome in zip(due, outcomes, strict=True)]  # fmt: skip


def _dry(task: Task) -> Outcome:
    """As if it were written."""
    photo, values = task
    return CaptionerError(photo.trouble, photo.path) if photo.trouble else Saved(photo, written=frozenset(values))


def _told(photo: Photo, values: Mapping[str, Value], outcome: Outcome, how: Writing, console: Console) -> str | None:
    """The sentence of an error."""
    if isinstance(outcome, CaptionerError):
        console.trouble(outcome.sentence)
        return outcome.sentence
    for note in (*outcome.notes, *_contested(outcome.photo)):
        console.trouble(note)
    told = (
        _("{path}: would set {fields}") if how.dry_run
        else _("{path}: drafted {fields}") if console.settings.policy.save_to == "export"
        else _("{path}: set {fields}")
    )  # fmt: skip
    if outcome.written:
        written = ", ".join(key for key in values if key in outcome.written)
        console.say(told.format(path=outcome.sidecar or photo.path, fields=written))
    return None


def _contested(photo: Photo) -> list[str]:
    told = _("{name}: {field} was changed to “{theirs}” by another program meanwhile, and was left so; to replace it, "
             "run the command again.")  # fmt: skip
    return [told.format(name=photo.path.name, field=_(fields.FIELDS[key].label), theirs=shown(photo.saved[key]))
            for key in fields.FIELDS if key in photo.contested]  # fmt: skip


def check(arguments: argparse.Namespace, console: Console) -> None:
    photos = console.read(photos_of(arguments.paths))
    for photo in photos:
        if photo.trouble:
            console.trouble(photo.trouble)
    findings = found(photos, console)
    tell(findings, console)
    console.document([
        {"path": str(each.path), "check": each.check, "severity": str(each.severity), "field": each.field,
         "start": each.start, "end": each.end, "message": each.message, "fix": each.fix} for each in findings
    ])  # fmt: skip


def found(photos: Sequence[Photo], console: Console) -> Sequence[Finding]:
    """What the checks report, as the desk weighs them."""
    from captioner.core import checks
    from captioner.storage.desk_data import load_knowledge
    from captioner.storage.spelling import read_glossary

    glossary = frozenset(read_glossary(paths.glossary_file()))
    knows = load_knowledge(console.settings.checks, glossary)
    return checks.find([photo for photo in photos if not photo.trouble], knows)


def tell(findings: Sequence[Finding], console: Console) -> None:
    for finding in findings:
        console.say(f"{finding.severity}: {finding.message} [{finding.check}]")
    if any(finding.is_problem for finding in findings):
        console.code = WITH_FINDINGS
