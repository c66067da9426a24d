"""Where F8 stops: at each problem of a photo, at what another program changed too, and at a file that has trouble."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from captioner.core.checks import Finding
from captioner.core.fields import FIELDS
from captioner.core.photo import Photo
from captioner.i18n import _

_RANK = {key: row for row, key in enumerate(FIELDS)}


@dataclass(frozen=True)
class Stop:
    path: Path
    field: str = ""
    start: int = 0
    told: str = ""
    finding: Finding | None = None

    @staticmethod
    def at(finding: Finding) -> "Stop":
        return Stop(finding.path, finding.field, finding.start, finding.message, finding)

    @property
    def place(self) -> tuple[int, int]:
        """As the form is read; what concerns the whole photo comes first."""
        return _RANK.get(self.field, -1), self.start


def of(photo: Photo, findings: Sequence[Finding]) -> list[Stop]:
    """Of one photo, in the order in which the form is read."""
    if not (findings or photo.contested or photo.trouble):
        return []
    told = _("{name}: another program changed {field} too; choose in the form.")
    changed = [Stop(photo.path, key, 0, told.format(name=photo.path.name, field=_(FIELDS[key].label)))
               for key in FIELDS if key in photo.conflicts] if photo.contested else []  # fmt: skip
    trouble = [Stop(photo.path, told=photo.trouble)] if photo.trouble else []
    found = [Stop.at(each) for each in findings if each.is_problem]
    return sorted([*trouble, *changed, *found], key=lambda stop: stop.place)


def beyond(stops: Sequence[Stop], here: Stop | None, step: int) -> Sequence[Stop]:
    """Those that come after a place (1), or before it (-1), the nearest first; after no place they all do."""
    if here is None:
        return stops if step > 0 else ()
    if here in stops:
        at = stops.index(here)
        return stops[at + 1 :] if step > 0 else stops[:at][::-1]
    if step > 0:
        return [stop for stop in stops if stop.place >= here.place]
    return [stop for stop in reversed(stops) if stop.place < here.place]
