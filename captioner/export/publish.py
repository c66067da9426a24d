"""A plan is built in a hidden folder, then moved in: the photos in their order, the manifest last."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.export import destination as place
from captioner.export import manifests, moves, receipts
from captioner.export.build import build, write
from captioner.export.plan import Plan, Planned, Refused, warned
from captioner.export.receipt import Exported, Receipt, receipt_json
from captioner.export.recipes import Recipe
from captioner.export.staging import folder_for_files, staging, sweep
from captioner.i18n import _
from captioner.storage import batch, files

__all__ = ["Cancelled", "Exported", "Receipt", "Restricted", "receipt_json", "run"]

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
        sweep(real)
        place.check_place(plan.destination, [photo.source for photo in plan.photos])
        place.check_names(plan.destination, plan.file_names)
        with staging(real) as staged:
            receipt = _exported(plan, policy, staged, real, progress, cancelled)
    except OSError as error:
        raise place.failure(error, plan.destination) from error
    return receipts.recorded(receipt)


def _exported(plan: Plan, policy: Policy, staged: Path, real: Path, progress: Progress, cancelled: Cancel) -> Receipt:
    place.check_space(staged, plan.destination, plan.size)
    folder = folder_for_files(staged, real)
    photos, refused = _build(plan, policy, folder, progress, cancelled)
    if not photos:
        raise _nothing(plan, refused)
    receipt = Receipt(plan.destination, plan.manifest, photos, refused, plan.headline, plan.recipe.name,
                      datetime.now(UTC), plan.recipe.csv_bom, plan.restricted, plan.override, plan.version,
                      plan.set_name, plan.corrects, plan.notes)  # fmt: skip
    for kind, name in plan.manifests:
        write(staged / name, manifests.made(kind, receipt, folder))
    files.sync_folder(folder)
    place.check_names(plan.destination, plan.file_names)
    _publish(staged, folder, real, receipt, plan)
    return receipt


def _publish(staged: Path, folder: Path, real: Path, receipt: Receipt, plan: Plan) -> None:
    """A new folder appears as a whole; into one that is there, files go singly, since others may be watching it."""
    whole = [(folder, real)]
    names = [file.file for photo in receipt.photos for file in photo.files]
    singly = [(folder / name, real / name) for name in names]
    last = [(staged / name, real / name) for _kind, name in plan.manifests]
    try:
        if real.exists():
            for name in names:
                (real / name).parent.mkdir(exist_ok=True)
        moves.move_all([*(singly if real.exists() else whole), *last])
    except FileExistsError as error:
        raise place.taken(plan.destination, Path(error.filename).name) from error
    files.sync_folder(real)
    files.sync_folder(real.parent)


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
        return [] if cancelled() else list(islice(left, count))

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
