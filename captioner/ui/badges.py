"""The quiet marks of a row: what is to be said of a photo beside its caption and credit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from captioner.core.fields import FIELDS
from captioner.core.photo import Photo
from captioner.i18n import _

if TYPE_CHECKING:
    from captioner.core.checks import Finding

SEEN_ANYWAY = {"credit-missing"}
"""The row itself says so."""


class State(StrEnum):
    """What a photo is in beside its values."""

    NEW = "new"
    MISSING = "missing"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class Badge:
    icon: str
    colour: str
    """The name of one of the theme's."""
    told: str


def of(
    photo: Photo, states: Collection[State], findings: "Sequence[Finding]", changes: Sequence[str] = ()
) -> list[Badge]:  # fmt: skip
    """What blocks comes first. `changes` are the fields that are others than when it was exported."""
    found: list[Badge] = []
    if State.MISSING in states:
        told = _("The file is not there any more; your edits are kept as drafts.")
        found.append(Badge("missing", "error", told))
    elif photo.trouble:
        found.append(Badge("warning", "error", photo.trouble))
    if photo.conflicts:
        told = _("Another program changed it too: {fields}. Choose in the form.")
        found.append(Badge("conflict", "error", told.format(fields=_names(photo.conflicts))))
    if problems := [each.message for each in findings if each.is_problem and each.check not in SEEN_ANYWAY]:
        found.append(Badge("warning", "warning", "\n".join(problems)))
    if photo.disagreements - photo.unsaved.keys():
        told = _("The blocks of the file disagree: {fields}. Choose in the form.")
        found.append(Badge("conflict", "warning", told.format(fields=_names(photo.disagreements))))
    if State.SAVING in states:
        found.append(Badge("saving", "quiet", _("Being saved")))
    elif photo.unsaved:
        found.append(Badge("unsaved", "accent", _("Unsaved: {fields}").format(fields=_names(photo.unsaved))))
    if changes:
        found.append(Badge("export", "warning", _("Changed since export: {fields}").format(fields=_names(changes))))
    if State.NEW in states:
        found.append(Badge("new", "accent", _("New in the folder")))
    return found


def _names(keys: Collection[str]) -> str:
    return ", ".join(_(FIELDS[key].label) for key in FIELDS if key in keys)
