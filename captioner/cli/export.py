"""export and recipes."""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from captioner import paths
from captioner.cli.console import WITH_FINDINGS, Console
from captioner.cli.values import found, tell
from captioner.core.checks import Finding
from captioner.core.photo import Photo
from captioner.core.photo_set import common_headline
from captioner.errors import CaptionerError, UsageError
from captioner.export import corrections, house_style, publish, recipes, unfinished
from captioner.export.documents import plan_json, receipt_json
from captioner.export.plan import Plan, plan, warned, with_findings
from captioner.export.receipt import Receipt
from captioner.i18n import _, ngettext
from captioner.storage import opening
from captioner.storage.opening import Opened


def export(arguments: argparse.Namespace, console: Console) -> None:
    if arguments.finish or arguments.clean_up:
        _end(arguments, console)
        return
    opened = _opened(arguments)
    photos = console.read(opened.paths)
    planned = house_style.styled(_planned(arguments, opened, photos, console), console.settings.credit_style)
    for note in planned.notes:
        console.trouble(note)
    if arguments.dry_run:
        _show(planned, photos, console)
    elif planned.corrects and not planned.photos:
        _say_files(plan_json(planned), console)
    else:
        _publish(planned, console)


def list_recipes(_arguments: argparse.Namespace, console: Console) -> None:
    documents: list[dict[str, str | None]] = []
    for name, file in recipes.recipe_files().items():
        label, trouble = _label(name)
        if trouble:
            console.trouble(trouble)
        else:
            console.say(f"{name}: {label} ({file})")
        documents.append({"name": name, "label": label, "file": str(file), "error": trouble or None})
    console.document(documents)


def _label(name: str) -> tuple[str, str]:
    """And what is wrong with it."""
    try:
        label = recipes.load_recipe(name).label
    except UsageError as error:
        return "", error.sentence
    return _(label) if label else "", ""


# What is to go out


def _opened(arguments: argparse.Namespace) -> Opened:
    """Without the photos that are to be left out."""
    if not arguments.folder:
        raise UsageError(_("Name the folder of the photos: captioner export FOLDER DEST."))
    if arguments.override is not None and not arguments.override.strip():
        raise UsageError(_("--override needs the reason for which the photos go out; it stays on record."))
    opened = opening.opened(paths.drafts_file(), [arguments.folder])
    for name in sorted({*arguments.exclude} - {path.name for path in opened.paths}):
        raise UsageError(_("--exclude names {name}, which is not among the photos; check its name.").format(name=name))
    return replace(opened, paths=tuple(path for path in opened.paths if path.name not in arguments.exclude))


def _planned(arguments: argparse.Namespace, opened: Opened, photos: Sequence[Photo], console: Console) -> Plan:
    headline = opened.state.saved_headline or common_headline(each.values for each in photos if not each.trouble)
    planned = _corrected(arguments, photos, headline, console) if arguments.corrections else _whole(
        arguments, opened, photos, headline)  # fmt: skip
    return warned(replace(planned, override=arguments.override or ""))


def _whole(arguments: argparse.Namespace, opened: Opened, photos: Sequence[Photo], headline: str) -> Plan:
    recipe = recipes.load_recipe(recipes.DEFAULT if arguments.recipe is None else arguments.recipe)
    destination = arguments.destination or recipe.folder
    if not destination:
        raise UsageError(_("Name the folder to export into, for the recipe “{name}” has no destination that can be."
                           ).format(name=recipe.name))  # fmt: skip
    return plan(photos, headline, recipe, destination, opened.name)


def _corrected(arguments: argparse.Namespace, photos: Sequence[Photo], headline: str, console: Console) -> Plan:
    """By the recipe of the export, unless another is named, and into its destination."""
    sent = corrections.earlier(arguments.destination, [photo.path for photo in photos])
    recipe = recipes.load_recipe(str(sent.recipe_file or sent.recipe) if arguments.recipe is None else arguments.recipe)
    planned = corrections.plan(photos, headline, sent, recipe)
    if not planned.photos and not planned.refused:
        console.tell(corrections.nothing(sent))
    return planned


# What becomes of it


def _show(planned: Plan, photos: Sequence[Photo], console: Console) -> None:
    going = {photo.source for photo in planned.photos}
    findings = found([photo for photo in photos if photo.path in going], console)
    by_photo = defaultdict[Path, list[Finding]](list)
    for each in findings:
        by_photo[each.path].append(each)
    _tell_restricted(planned, console)
    if planned.restricted and not planned.override:
        console.code = WITH_FINDINGS
    _say_files(plan_json(with_findings(planned, by_photo)), console)
    tell(findings, console)


def _publish(planned: Plan, console: Console) -> None:
    _tell_restricted(planned, console)
    if planned.restricted and not planned.override:
        count = len({path for path, _sentence in planned.restricted})
        told = ngettext("Nothing was exported, since {count} photo may not go out; leave it out with --exclude NAME, "
                        "or give the reason why it goes out with --override REASON.",
                        "Nothing was exported, since {count} photos may not go out; leave them out with --exclude "
                        "NAME, or give the reason why they go out with --override REASON.", count)  # fmt: skip
        raise CaptionerError(told.format(count=count))
    _say_receipt(publish.run(planned, console.settings.policy), console, len(planned.notes))


def _say_receipt(receipt: Receipt, console: Console, known: int = 0) -> None:
    """Without the notes that were told before."""
    for note in receipt.notes[known:]:
        console.trouble(note)
    _say_files(receipt_json(receipt), console)
    told = (
        _("Exported to {folder}; its manifest is {manifest}.") if receipt.manifest else _("Exported to {folder}.")
    )  # fmt: skip
    console.say(told.format(folder=receipt.destination, manifest=receipt.manifest))


def _say_files(document: dict[str, Any], console: Console) -> None:
    for each in document["photos"]:
        console.say(f"{each['file']} ← {each['source']}")
    for each in document["refused"]:
        console.trouble(each["error"])
    console.document(document)


def _tell_restricted(planned: Plan, console: Console) -> None:
    for _path, warning in planned.restricted:
        console.tell(warning)


# What was interrupted


def _end(arguments: argparse.Namespace, console: Console) -> None:
    asked: Path = arguments.finish or arguments.clean_up
    left = unfinished.into(asked)
    if arguments.finish:
        _say_receipt(unfinished.finish(left, console.settings.policy), console)
    else:
        unfinished.clean_up(left)
        console.say(_("What was left of the export into {folder} is gone.").format(folder=asked))
        console.document({"destination": str(asked), "manifest": "", "photos": [], "refused": []})
