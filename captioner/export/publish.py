"""A plan is built in a hidden folder, then moved in: the photos in their order, the manifest last."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.export import destination as place
from captioner.export import manifest, moves
from captioner.export.build import build, write
from captioner.export.plan import Plan, Refused
from captioner.export.receipt import Exported, Receipt, receipt_json
from captioner.export.staging import folder_for_files, staging, sweep
from captioner.i18n import _
from captioner.storage import files

__all__ = ["Cancelled", "Exported", "Receipt", "receipt_json", "run"]

Progress = Callable[[int, int], None]
"""Gets the photos that are done, and how many there are."""
Cancel = Callable[[], bool]
"""Asked before each photo."""
Built = tuple[tuple[Exported, ...], tuple[Refused, ...]]


class Cancelled(CaptionerError):
    """The person stopped it; nothing was published."""


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
    real = plan.destination.resolve()
    try:
        sweep(real)
        place.check(plan.destination, [photo.source for photo in plan.photos], plan.file_names)
        with staging(real) as staged:
            return _exported(plan, policy, staged, real, progress, cancelled)
    except OSError as error:
        raise place.failure(error, plan.destination) from error


def _exported(plan: Plan, policy: Policy, staged: Path, real: Path, progress: Progress, cancelled: Cancel) -> Receipt:
    place.check_space(staged, plan.destination, _space(plan))
    folder = folder_for_files(staged, real)
    photos, refused = _build(plan, policy, folder, progress, cancelled)
    if not photos:
        raise _nothing(plan, refused)
    write(folder / place.CAPTIONS, manifest.captions_csv(photos))
    write(staged / place.MANIFEST, manifest.manifest_json(plan, photos, refused, datetime.now(UTC)))
    files.sync_folder(folder)
    place.check_names(plan.destination, plan.file_names)
    _publish(staged, folder, real, [photo.file for photo in photos], plan)
    return Receipt(plan.destination, plan.manifest, photos, refused)


def _publish(staged: Path, folder: Path, real: Path, names: Sequence[str], plan: Plan) -> None:
    """A new folder appears as a whole; into one that is there, files go singly, since others may be watching it."""
    whole = [(folder, real)]
    singly = [(folder / name, real / name) for name in (*names, place.CAPTIONS)]
    last = (staged / place.MANIFEST, real / place.MANIFEST)
    try:
        moves.move_all([*(singly if real.exists() else whole), last])
    except FileExistsError as error:
        raise place.taken(plan.destination, Path(error.filename).name) from error
    files.sync_folder(real)
    files.sync_folder(real.parent)


def _build(plan: Plan, policy: Policy, folder: Path, progress: Progress, cancelled: Cancel) -> Built:
    built: list[Exported] = []
    refused = list(plan.refused)
    for done, photo in enumerate(plan.photos):
        progress(done, len(plan.photos))
        if cancelled():
            raise Cancelled(_("The export was cancelled; nothing was written."))
        try:
            built.append(build(photo, plan.recipe, policy, folder))
        except CaptionerError as error:
            refused.append((photo.source, error.sentence))
    progress(len(plan.photos), len(plan.photos))
    return tuple(built), tuple(refused)


def _space(plan: Plan) -> int:
    """Octets, roughly: a rendition takes about a third of an octet for each pixel."""
    if plan.recipe.long_edge:
        return len(plan.photos) * plan.recipe.long_edge**2 // 3
    return sum(_size(photo.source) for photo in plan.photos)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _nothing(plan: Plan, refused: Sequence[Refused]) -> CaptionerError:
    if not refused:
        return CaptionerError(_("There are no photos to export into {folder}; open some first.").format(
            folder=plan.destination), plan.destination)  # fmt: skip
    return CaptionerError(_("None of the photos could be exported, so {folder} was not touched: {first}").format(
        folder=plan.destination, first=refused[0][1]), plan.destination)  # fmt: skip
