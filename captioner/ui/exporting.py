"""Exporting in the background: the set, what was interrupted, and what has changed since photos went out."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from captioner import paths
from captioner.core.policy import Policy
from captioner.i18n import _, ngettext
from captioner.ui.jobs import Job, Jobs
from captioner.ui.qt_photo_set import QtPhotoSet

if TYPE_CHECKING:
    from captioner.export.exported import Exported
    from captioner.export.plan import Plan
    from captioner.export.receipt import Receipt
    from captioner.export.unfinished import Unfinished

_OF_THE_PAGE = ("captioner.export.corrections", "captioner.export.receivers")
"""What the Export page needs, and most of what it would keep a person waiting for."""
Work = Callable[[Any, Job], "Receipt | str"]
"""Gives the receipt, or a sentence that tells what was done instead."""


class Exporting(QObject):
    told = Signal(str)
    asked = Signal(str, object)
    """Something to decide: the question, and the answers as pairs of a label and what it does."""
    exported = Signal(object)
    """The receipt."""

    def __init__(self, model: QtPhotoSet, jobs: Jobs, policy: Policy, parent: QObject) -> None:
        super().__init__(parent)
        self.model, self.jobs, self.policy = model, jobs, policy
        self.last: Receipt | None = None
        """The newest receipt of any of the photos."""

    def export(self, plan: "Plan") -> None:
        """The receipt, and each photo that was left out, come as messages."""

        def publish(planned: "Plan", job: Job) -> "Receipt":
            from captioner.export import publish as export

            return export.run(planned, self.policy, job.step, job.cancelled.is_set)

        self._run(publish, plan, len(plan.photos))

    def _run(self, work: Work, item: object, steps: int) -> None:
        self.jobs.run(
            work, [item], lane="export", label=_("Exporting"), steps=steps, can_stop=True,
            batch=lambda results: self._ended(results[0]),
            failed=lambda _item, error: self.told.emit(error.sentence),
        )  # fmt: skip

    def _ended(self, receipt: "Receipt | str") -> None:
        if isinstance(receipt, str):
            self.told.emit(receipt)
            return
        for sentence in (*(why for _path, why in receipt.refused), *receipt.notes):
            self.told.emit(sentence)
        self.exported.emit(receipt)
        self.recall()

    # What went out before

    def recall(self) -> None:
        """As the photos went out last, so that each can tell what has changed since."""
        photos = self.model.photos

        def work(order: Sequence[Path]) -> "tuple[Mapping[Path, Exported], Receipt | None]":
            from captioner.export import receipts

            for module in _OF_THE_PAGE:
                import_module(module)
            file = paths.exports_file()
            if not file.exists():
                return {}, None
            newest = receipts.exports(file, None, order, 1)
            return (receipts.last(file, order), newest[0]) if newest else ({}, None)

        self.jobs.run(
            work, [photos.order], lane="receipts",
            batch=lambda found: self._recalled(*found[0]) if photos is self.model.photos else None,
            failed=lambda _order, error: self.told.emit(error.sentence),
        )  # fmt: skip

    def _recalled(self, exported: "Mapping[Path, Exported]", last: "Receipt | None") -> None:
        from captioner.export.changes import changed

        self.last = last
        photos = self.model.photos
        self.model.changes = lambda photo: (
            changed(photo, photos.headline, exported[photo.path]) if photo.path in exported else ())  # fmt: skip
        self.model.touch(exported)

    # What was interrupted

    def look_for_unfinished(self) -> None:
        """Of former sessions; touches drives."""

        def work(_nothing: object) -> "Sequence[Unfinished]":
            from captioner.export import unfinished

            return unfinished.find() if paths.exports_folder().exists() else ()

        self.jobs.run(work, [None], lane="receipts", batch=lambda found: self._ask_about(found[0]))

    def _ask_about(self, found: "Sequence[Unfinished]") -> None:
        for each in found:
            told = ngettext("The export of {count} photo into {folder} was interrupted; {done} is there.",
                            "The export of {count} photos into {folder} was interrupted; {done} are there.",
                            each.photos)  # fmt: skip
            self.asked.emit(told.format(count=each.photos, folder=each.destination, done=each.published), [
                (_("Finish"), lambda each=each: self._run(self._finished, each, each.photos)),
                (_("Clean up"), lambda each=each: self._run(_cleaned_up, each, each.photos)),
            ])  # fmt: skip

    def _finished(self, left: "Unfinished", job: Job) -> "Receipt":
        from captioner.export import unfinished

        return unfinished.finish(left, self.policy, job.step, job.cancelled.is_set)


def _cleaned_up(left: "Unfinished", _job: Job) -> str:
    from captioner.export import unfinished

    unfinished.clean_up(left)
    return _("What was left of the export into {folder} is gone.").format(folder=left.destination)
