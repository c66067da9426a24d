"""A plan is built in a hidden folder, then moved in: the photos in their order, the manifest last."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.export import manifests, place, receipts
from captioner.export.build import build
from captioner.export.exported import Exported
from captioner.export.plan import Plan, Planned, Refused, warned
from captioner.export.publishing import journal, leftovers, pages
from captioner.export.publishing.arranging import arranged, replaced_octets
from captioner.export.publishing.publication import note
from captioner.export.publishing.staging import folder_for_files, staging, sweep
from captioner.export.publishing.steps import move_in
from captioner.export.receipt import Receipt
from captioner.export.recipes import REPLACE, Recipe
from captioner.i18n import _
from captioner.storage import batch, files

Progress = Callable[[int, int], None]
"""Gets the photos that are done, and how many there are."""
Cancel = Callable[[], bool]
"""Asked before photos are begun."""
_AT_ONCE, _THREADS = 8, 4
_TOLD = 3
"""Sentences; a thousand would fill the screen."""
Built = tuple[tuple[Exported, ...], tuple[Refused, ...]]


class Cancelled(CaptionerError):
    """The person stopped it; nothing was published."""


class Restricted(CaptionerError):
    """Photos may not go out, and nobody gave a reason why they do."""


def run(
    plan: Plan,
    policy: Policy,
    progress: Progress = lambda _done, _of: None,
    cancelled: Cancel = lambda: False,
) -> Receipt:
    """Raises CaptionerError when nothing could be published; then the destination is as it was.

    A photo that can't be exported is refused, and the others go out under the names that the plan gave them.
    """
    if not plan.photos:
        raise _nothing(plan, plan.refused)
    plan = warned(plan)
    if plan.restricted and not plan.override.strip():
        raise _restricted(plan)
    real = plan.destination.resolve()
    try:
        place.check_place(plan.destination, [photo.source for photo in plan.photos])
        with pages.page(real) as page:
            return _exported(plan, policy, real, page, progress, cancelled)
    except OSError as error:
        raise place.failure(error, plan.destination) from error


def _exported(plan: Plan, policy: Policy, real: Path, page: BinaryIO, progress: Progress, cancelled: Cancel) -> Receipt:
    leftovers.make_way(page)
    sweep(real)
    _check_names(plan)
    entry = journal.entry(plan, real)
    journal.note(page, entry)
    with leftovers.noted_until_done(page, entry), staging(real, entry.staged) as staged:
        place.check_space(staged, plan.destination, _needed(plan, real))
        folder = folder_for_files(staged, real, [each.folder for each in plan.recipe.renditions])
        receipt = _receipt(plan, *_build(plan, policy, folder, progress, cancelled))
        for kind, name in plan.manifests:
            files.write_new(staged / name, manifests.made(kind, receipt, folder))
        publication = arranged(plan, receipt, folder, real)
        files.sync_folder(folder)
        _check_names(plan)
        note(publication, staged)
        move_in(publication, staged)
        receipt = receipts.recorded(receipt)
        pages.end(page)  # before the hidden folder goes, which alone tells that all is done
    return receipt


def _receipt(plan: Plan, photos: tuple[Exported, ...], refused: tuple[Refused, ...]) -> Receipt:
    if not photos:
        raise _nothing(plan, refused)
    return Receipt(
        plan.destination, plan.manifest, photos, refused, plan.headline, plan.recipe.name, datetime.now(UTC),
        csv_bom=plan.recipe.csv_bom, restricted=plan.restricted, override=plan.override, version=plan.version,
        set_name=plan.set_name, corrects=plan.corrects, notes=plan.notes, recipe_file=plan.recipe.file,
    )  # fmt: skip


def _check_names(plan: Plan) -> None:
    if plan.recipe.existing != REPLACE:
        place.check_names(plan.destination, plan.file_names)


def _needed(plan: Plan, real: Path) -> int:
    """Octets; on some drives a photo is there twice while it comes in, and an archive holds them all once more."""
    twice = plan.size if place.is_archive(real) else max(photo.size for photo in plan.photos)
    return plan.size + twice + replaced_octets(plan, real)


def _build(plan: Plan, policy: Policy, folder: Path, progress: Progress, cancelled: Cancel) -> Built:
    built: list[Exported] = []
    refused = list(plan.refused)
    progress(0, len(plan.photos))
    for done, (photo, outcome) in enumerate(_outcomes(plan, policy, folder, cancelled), start=1):
        progress(done, len(plan.photos))
        if isinstance(outcome, OSError):
            raise outcome
        if isinstance(outcome, CaptionerError):
            refused.append((photo.source, outcome.sentence))
        else:
            built.append(outcome)
    if len(built) + len(refused) < len(plan.photos) + len(plan.refused):
        raise Cancelled(_("The export was cancelled; nothing was written."))
    return tuple(built), tuple(refused)


def _outcomes(
    plan: Plan, policy: Policy, folder: Path, cancelled: Cancel
) -> Iterator[tuple[Planned, Exported | OSError | CaptionerError]]:
    """Side by side, but in the plan's order."""
    left = iter(plan.photos)

    def take(count: int, _wait: bool) -> list[Planned]:
        return [] if cancelled() else batch.next_of(left, count)

    work = partial(_built, recipe=plan.recipe, policy=policy, folder=folder)
    return batch.work_off(work, take, len(plan.photos), _AT_ONCE, threads=_THREADS)


def _built(photo: Planned, recipe: Recipe, policy: Policy, folder: Path) -> Exported | OSError:
    """Trouble with the folder is a value, and stops everything; a photo in trouble stops no other."""
    try:
        return build(photo, recipe, policy, folder)
    except OSError as error:
        return error


def _restricted(plan: Plan) -> CaptionerError:
    told = _("Nothing was exported, since not everything may go out: {sentences} Leave it out, or give a reason.")
    sentences = " ".join(dict.fromkeys(sentence for _path, sentence in plan.restricted[:_TOLD]))
    return Restricted(told.format(sentences=sentences), plan.destination)


def _nothing(plan: Plan, refused: Sequence[Refused]) -> CaptionerError:
    if not refused:
        return CaptionerError(_("There are no photos to export into {folder}; open some first.").format(
            folder=plan.destination), plan.destination)  # fmt: skip
    return CaptionerError(_("None of the photos could be exported, so {folder} was not touched: {first}").format(
        folder=plan.destination, first=refused[0][1]), plan.destination)  # fmt: skip
