"""export."""

import argparse
from typing import Any

from captioner import paths
from captioner.cli.console import Console
from captioner.core.photo_set import common_headline
from captioner.export import house_style, plan, publish, receipt, recipes
from captioner.i18n import _
from captioner.storage import opening


def export(arguments: argparse.Namespace, console: Console) -> None:
    recipe = recipes.load_recipe(arguments.recipe)
    opened = opening.opened(paths.drafts_file(), [arguments.folder])
    photos = console.read(opened.paths)
    readable = [photo.values for photo in photos if not photo.trouble]
    headline = opened.state.saved_headline or common_headline(readable)
    planned = plan.warned(plan.plan(photos, headline, recipe, arguments.destination))
    for _path, warning in planned.restricted:
        console.tell(warning)
    planned = house_style.styled(planned, console.settings.credit_style)
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
