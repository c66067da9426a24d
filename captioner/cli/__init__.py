"""The same functions without a window; the only module that prints."""

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from captioner import __version__, errors, i18n, paths, settings
from captioner.core import fields
from captioner.core.caption import Values
from captioner.core.fields import FIELDS, Value, shown
from captioner.core.pairing import Pairing, pair
from captioner.core.photo import Photo
from captioner.errors import CaptionerError, UsageError
from captioner.i18n import N_, _, ngettext
from captioner.settings import Settings
from captioner.storage import drafts, opening, tables
from captioner.storage import photos as storage
from captioner.storage.drafts import SetState

DONE, WITH_FINDINGS, WRONG_USAGE = 0, 1, 2


@dataclass
class Console:
    """One document to stdout, messages to stderr; remembers whether anybody had to be told something."""

    settings: Settings = field(default_factory=Settings)
    as_json: bool = False
    code: int = DONE

    def say(self, text: str) -> None:
        """A line of the answer, for people."""
        if not self.as_json:
            print(text)

    def document(self, value: object) -> None:
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False, indent=2))

    def tell(self, message: str) -> None:
        print(f"captioner: {message}", file=sys.stderr)

    def trouble(self, message: str) -> None:
        self.tell(message)
        self.code = WITH_FINDINGS


@dataclass(frozen=True)
class OpenWindow:
    """What the front door is asked to show."""

    paths: tuple[Path, ...] = ()
    story: Path | None = None


def main(argv: Sequence[str]) -> int | OpenWindow:
    """The exit code, or the window that was asked for instead."""
    console = Console()
    try:
        console.settings = settings.load(paths.settings_file())
        i18n.use(console.settings.language or None)
        arguments = _parser().parse_args(_with_command(argv))
        console.as_json = getattr(arguments, "json", False)
        return arguments.run(arguments, console) or console.code
    except CaptionerError as error:
        console.tell(error.sentence)
        return WRONG_USAGE if isinstance(error, UsageError) else WITH_FINDINGS
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        told = _("{name}: {reason}; nothing more was done.")
        console.tell(told.format(name=error.filename or _("The disk"), reason=errors.reason(error)))
        return WITH_FINDINGS


def _with_command(argv: Sequence[str]) -> list[str]:
    """`captioner FOLDER` is `captioner open FOLDER`."""
    first = next((word for word in argv if not word.startswith("-")), None)
    asks = {"-h", "--help", "--version"} & set(argv)
    return list(argv) if first in _COMMANDS or (first is None and asks) else ["open", *argv]


# The window


def _open(arguments: argparse.Namespace, _console: Console) -> OpenWindow:
    missing = next((path for path in arguments.paths if not path.exists()), None)
    if missing:
        raise UsageError(_("There is no file or folder {path}; check its name.").format(path=missing), missing)
    return OpenWindow(tuple(arguments.paths))


def _demo(arguments: argparse.Namespace, _console: Console) -> OpenWindow:
    folder = arguments.folder or paths.data_folder() / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted((paths.resources() / "sample").iterdir()):
        if not (folder / source.name).exists():
            shutil.copyfile(source, folder / source.name)
    return OpenWindow((folder,), folder / "story.txt")


def without_window(window: OpenWindow) -> int:
    """The sample set's whole job on a machine with no display; any other set asks for the commands."""
    if not window.story:
        Console().tell(_("There is no display for the window; use a command such as “captioner show FOLDER”."))
        return WITH_FINDINGS
    folder, story = str(window.paths[0]), str(window.story)
    export = next(path for n in range(1, 10_000) if not (path := window.paths[0] / f"export-{n}").exists())
    print(_("There is no display, so the sample set is captioned and exported without the window."))
    codes = [main(["story", story, folder, "--apply", "--credit-all"]), main(["export", folder, str(export)])]
    return max(code for code in codes if isinstance(code, int))


# Values


def _show(arguments: argparse.Namespace, console: Console) -> None:
    documents: list[dict[str, object]] = []
    for path in _photos_of(arguments.paths):
        blocks: Mapping[str, Values] = {}
        try:
            photo, reading = storage.read_blocks(path, console.settings.policy)
            blocks = reading.blocks if arguments.blocks else {}
        except CaptionerError as error:
            photo = storage.unreadable(path, error)
        _show_photo(photo, blocks, console)
        documents.append({
            "path": str(path), "fields": _plain(photo.values),
            "blocks": {name: _plain(values) for name, values in blocks.items()},
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


def _set(arguments: argparse.Namespace, console: Console) -> None:
    named = _photos_of(arguments.paths)
    everywhere = _assignments(arguments.field)
    table = tables.read_table(arguments.table) if arguments.table else {}
    if not everywhere and not table:
        raise UsageError(_("Say what to set: --field KEY=VALUE, or --from TABLE."))
    for name in sorted(table.keys() - {path.name for path in named}):
        console.trouble(_("{name} is in the table, but not among the photos; check its name.").format(name=name))
    wanted = {path: {**everywhere, **table.get(path.name, {})} for path in named}
    console.document(_write({path: values for path, values in wanted.items() if values}, arguments.dry_run, console))


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


def _write(wanted: Mapping[Path, Mapping[str, Value]], dry_run: bool, console: Console) -> list[dict[str, object]]:
    """Saves each photo, or says what it would save; names each that is refused and goes on."""
    return [{"path": str(path), "fields": _plain(values), "error": _write_one(path, values, dry_run, console)}
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


# Story and credit


def _story(arguments: argparse.Namespace, console: Console) -> None:
    from captioner.core.story import split_story
    from captioner.storage.desk_data import load_agencies, load_languages
    from captioner.storage.story_files import read_story_text

    opened = opening.opened(paths.drafts_file(), [arguments.folder])
    story = split_story(read_story_text(arguments.story), load_agencies(), load_languages())
    if not story.captions:
        told = _("{name} holds no captions; choose the text that came with the photos.")
        raise CaptionerError(told.format(name=arguments.story.name), arguments.story)
    pairing = pair(story, opened.paths, _captions(opened.paths, console), arguments.credit_all)
    document = {
        "headline": pairing.headline, "language": pairing.language,
        "captions": [{"caption": each.caption, "credit": each.credit, "photo": str(each.path) if each.path else None}
                     for each in pairing.pairs],
        "dropped_repeats": pairing.dropped_repeats,
        "unmatched_photos": [str(path) for path in pairing.unmatched_photos],
        "unmatched_captions": list(pairing.unmatched_captions),
    }  # fmt: skip
    _say_story(pairing, console)
    _say_gaps(pairing.without_credit, pairing.only_credit, console)
    if pairing.unmatched_captions:
        told = ngettext("{name} has {count} caption more than {folder} has photos; nothing was written. Remove it "
                        "from the text, or add its photo.",
                        "{name} has {count} captions more than {folder} has photos; nothing was written. Remove them "
                        "from the text, or add their photos.", len(pairing.unmatched_captions))  # fmt: skip
        console.trouble(told.format(name=arguments.story.name, count=len(pairing.unmatched_captions),
                                    folder=arguments.folder))  # fmt: skip
    elif arguments.apply:
        _apply_story(opened, pairing.headline, pairing.values, console)
    for path in pairing.unmatched_photos:
        console.trouble(_("{name} gets no caption from the story; write one.").format(name=path.name))
    console.document(document)


def _captions(photos: Sequence[Path], console: Console) -> dict[Path, str]:
    """Those that the photos hold; a photo that can't be read is refused when it is written."""
    held: dict[Path, str] = {}
    for path in photos:
        try:
            held[path] = storage.read_photo(path, console.settings.policy).values.text("caption")
        except CaptionerError:
            continue
    return held


def _say_story(pairing: Pairing, console: Console) -> None:
    console.say(pairing.headline)
    for each in pairing.pairs:
        name = each.path.name if each.path else "–"
        console.say(f"{name}: {each.caption} [{each.credit}]")


def _say_gaps(without: Sequence[object], only_credit: str, console: Console) -> None:
    if without:
        told = ngettext("{count} caption has no credit.", "{count} captions have no credit.", len(without))
        console.tell(told.format(count=len(without)))
    if without and only_credit:
        console.tell(_("--credit-all gives them the story's only one, {credit}.").format(credit=only_credit))


def _apply_story(
    opened: opening.Opened, headline: str, values: Mapping[Path, Mapping[str, Value]], console: Console
) -> None:
    everywhere: dict[str, Value] = {"headline": headline} if headline else {}
    _write({path: {**everywhere, **values.get(path, {})} for path in opened.paths}, False, console)
    if headline:
        absolute = tuple(path.absolute() for path in opened.paths)
        drafts.record_set(paths.drafts_file(), opened.name, SetState(absolute, headline))


def _credit(arguments: argparse.Namespace, console: Console) -> None:
    from captioner.core.credit import STYLES, parse, render, split
    from captioner.storage.desk_data import load_agencies

    caption, credit = split(arguments.text, load_agencies())
    chain = parse(credit, load_agencies())
    styles = {style: render(chain, style) for style in STYLES}
    roles = {"photographers": list(chain.photographers), "agency": chain.agency, "pool": chain.pool,
             "distributor": chain.distributor}  # fmt: skip
    for name, text in {"caption": caption, "credit": credit, **roles, **styles}.items():
        console.say(f"{name}: {text if isinstance(text, str) else fields.SEPARATOR.join(text)}")
    console.document({"caption": caption, "credit": credit, "chain": roles, "styles": styles})


def _check(arguments: argparse.Namespace, console: Console) -> None:
    from captioner.core import checks
    from captioner.storage.desk_data import load_agencies

    photos = [_read(path, console) for path in _photos_of(arguments.paths)]
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


# Export


def _export(arguments: argparse.Namespace, console: Console) -> None:
    from captioner.core.photo_set import common_headline
    from captioner.export import plan, publish, receipt, recipes

    recipe = recipes.load_recipe(arguments.recipe)
    opened = opening.opened(paths.drafts_file(), [arguments.folder])
    photos = [_read(path, console) for path in opened.paths]
    readable = [photo.values for photo in photos if not photo.trouble]
    headline = opened.state.saved_headline or common_headline(readable)
    planned = plan.plan(photos, headline, recipe, arguments.destination)
    document: dict[str, Any] = (
        plan.plan_json(planned) if arguments.dry_run
        else receipt.receipt_json(publish.run(planned, console.settings.policy))
    )  # fmt: skip
    for each in document["photos"]:
        console.say(f"{each['file']} ← {each['source']}")
    if not arguments.dry_run:
        console.say(_("Exported to {folder}; its manifest is {manifest}.").format(
            folder=document["destination"], manifest=document["manifest"]))  # fmt: skip
    for each in document["refused"]:
        console.trouble(each["error"])
    console.document(document)


# Common to several commands


def _photos_of(named: Sequence[Path]) -> list[Path]:
    """Files as they are named, though they may be missing; folders in their saved order."""
    journal = paths.drafts_file()
    return [path for each in named for path in (opening.opened(journal, [each]).paths if each.is_dir() else [each])]


def _read(path: Path, console: Console) -> Photo:
    try:
        return storage.read_photo(path, console.settings.policy)
    except CaptionerError as error:
        return storage.unreadable(path, error)


def _plain(values: Mapping[str, Value]) -> dict[str, str | list[str]]:
    return {key: value if isinstance(value, str) else list(value) for key, value in values.items()}


# The grammar

Command = Callable[[argparse.Namespace, Console], OpenWindow | None]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("captioner", description=_("Captions and credits for wire photos."))
    parser.add_argument("--version", action="version", version=f"Captioner {__version__}")
    commands = parser.add_subparsers(required=True, metavar=_("COMMAND"))
    for name, (run, described, arguments) in _COMMANDS.items():
        command = commands.add_parser(name, help=_(described), description=_(described))
        command.set_defaults(run=run)
        for flags, options in arguments:
            command.add_argument(*flags, **options)
    return parser


def _argument(*flags: str, **options: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return flags, options


_PATHS = _argument("paths", nargs="+", type=Path, metavar="PATH")
_FOLDER = _argument("folder", type=Path, metavar="FOLDER")
_JSON = _argument("--json", action="store_true")
_DRY_RUN = _argument("--dry-run", action="store_true")

_COMMANDS: dict[str, tuple[Command, str, tuple[tuple[tuple[str, ...], dict[str, Any]], ...]]] = {
    "open": (_open, N_("open the window on a folder or files"),
             (_argument("paths", nargs="*", type=Path, metavar="PATH"),)),
    "show": (_show, N_("show the values of each photo"), (_PATHS, _JSON, _argument("--blocks", action="store_true"))),
    "set": (_set, N_("write fields into photos"), (
        _PATHS, _argument("--field", action="append", default=[], metavar="KEY=VALUE", help=", ".join(FIELDS)),
        _argument("--from", dest="table", type=Path, metavar="TABLE"), _DRY_RUN, _JSON)),
    "story": (_story, N_("split a story and match it to the photos in their order"), (
        _argument("story", type=Path, metavar="STORY"), _FOLDER, _argument("--apply", action="store_true"), _JSON,
        _argument("--credit-all", action="store_true"))),
    "credit": (_credit, N_("take the credit off a caption's end, and write it in every house style"),
               (_argument("text", metavar="TEXT"), _JSON)),
    "check": (_check, N_("report what is wrong in the captions and credits"), (_PATHS, _JSON)),
    "export": (_export, N_("write the ordered set for a CMS"), (
        _FOLDER, _argument("destination", type=Path, metavar="DEST"), _argument("--recipe", default="cms"),
        _DRY_RUN, _JSON)),
    "demo": (_demo, N_("lay out the sample set and open it"),
             (_argument("folder", nargs="?", type=Path, metavar="DIR"),)),
}  # fmt: skip
