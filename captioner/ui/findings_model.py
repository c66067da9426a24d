"""The findings of the selected photo, then those of the set, as rows: only what changed is put in its place."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QElapsedTimer, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from captioner.core.checks import CHECKS, Finding
from captioner.core.checks.words import TITLES
from captioner.core.fields import FIELDS, shown
from captioner.core.fixes import shown as shown_fix
from captioner.i18n import N_, _
from captioner.ui import theme
from captioner.ui.judging import Judging
from captioner.ui.qt_photo_set import QtPhotoSet

ROW = Qt.ItemDataRole.UserRole
SEVERITIES = {"info": N_("Note"), "warning": N_("Warning"), "error": N_("Error")}
_AT_ONCE, _SLICE_MS = 4, 4
_SELECTED, _SET = 0, 1
_RANK = {check: row for row, check in enumerate(CHECKS)}
Index = QModelIndex | QPersistentModelIndex
Key = tuple[int, int, int]
"""Section, group and photo: what the rows are sorted by; those with the same key are a run. A heading has no photo."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding, or the heading of a group: of a photo (`path`) or of a check."""

    finding: Finding | None = None
    path: Path | None = None
    check: str = ""
    count: int = 0
    is_selected: bool = False
    """Whether it stands in the section of the selected photo."""


class FindingsModel(QAbstractTableModel):
    def __init__(self, judging: Judging, photos: QtPhotoSet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.judging, self.photos = judging, photos
        self.by_check = False
        self.selected: Path | None = None
        self._rows: list[Row] = []
        self._keys: list[Key] = []
        self._counts = Counter[Key]()
        self._runs: dict[Path, set[Key]] = {}
        """The runs of each photo in the section of the set."""
        self._waiting: dict[Path, None] = {}
        self._going_on = QTimer(self, interval=0, singleShot=True)
        self._going_on.timeout.connect(self._go_on)

    # What is shown

    def build(self) -> None:
        """All anew: another set, order or way of grouping."""
        self.beginResetModel()
        self._waiting, self._runs, self._counts = {}, {}, Counter()
        runs = [(key, row) for path in self.judging.found for key, rows in self._of_set(path).items() for row in rows]
        for key, row in runs:
            self._runs.setdefault(row.finding.path, set()).add(key)  # type: ignore[union-attr]
            self._counts[_heading(key)] += 1
        runs += [(key, self._headed(key)) for key in self._counts]
        runs += [(key, row) for key, rows in self._of_selected().items() for row in rows]
        runs.sort(key=itemgetter(0))
        self._keys, self._rows = [key for key, _row in runs], [row for _key, row in runs]
        self.endResetModel()

    def show_photo(self, path: Path | None) -> None:
        self.selected = path
        for key, rows in self._of_selected().items():
            self._put(key, rows)

    def follow(self, paths: Iterable[Path]) -> None:
        """These have other findings: few at once, many when there is time."""
        fresh = dict.fromkeys(paths)
        if self.selected in fresh:
            self.show_photo(self.selected)
        if len(fresh) <= _AT_ONCE and not self._waiting:
            for path in fresh:
                self._update(path)
        else:
            self._waiting.update(fresh)
            self._going_on.start()

    def _go_on(self) -> None:
        timer = QElapsedTimer()
        timer.start()
        while self._waiting and timer.elapsed() < _SLICE_MS:
            path = next(iter(self._waiting))
            del self._waiting[path]
            self._update(path)
        if self._waiting:
            self._going_on.start()

    def _of_selected(self) -> dict[Key, list[Row]]:
        found = self.judging.of(self.selected) if self.selected else ()
        rows = [Row(each, each.path, each.check, is_selected=True) for each in found]
        heading = Row(None, self.selected, count=len(rows), is_selected=True)
        return {(_SELECTED, 0, -1): [heading] if rows else [], (_SELECTED, 0, 0): rows}

    def _of_set(self, path: Path) -> dict[Key, list[Row]]:
        runs: dict[Key, list[Row]] = {}
        found = self.judging.of(path) if path in self.photos.photos else ()
        at = self.photos.position(path) if found else 0
        for each in found:
            key = (_SET, _RANK[each.check], at) if self.by_check else (_SET, at, at)
            runs.setdefault(key, []).append(Row(each, path, each.check))
        return runs

    def _update(self, path: Path) -> None:
        now = self._of_set(path)
        for key in self._runs.get(path, set[Key]()) | now.keys():
            self._counts[_heading(key)] += self._put(key, now.get(key, []))
            self._put(_heading(key), [self._headed(key)] if self._counts[_heading(key)] else [])
        self._runs[path] = set(now)

    def _headed(self, key: Key) -> Row:
        count = self._counts[_heading(key)]
        if self.by_check:
            return Row(check=list(_RANK)[key[1]], count=count)
        return Row(path=self.photos.photos.order[key[1]], count=count)

    def _put(self, key: Key, rows: Sequence[Row]) -> int:
        """These rows for those that the run has; by how many it grew. What stays is left where it is."""
        start, end = bisect_left(self._keys, key), bisect_right(self._keys, key)
        before, grown = self._rows[start:end], len(rows) - (end - start)
        same = next((at for at, pair in enumerate(zip(before, rows, strict=False)) if pair[0] != pair[1]),
                    min(len(before), len(rows)))  # fmt: skip
        start, rows = start + same, rows[same:]
        if kept := min(end - start, len(rows)):
            self._rows[start : start + kept] = rows[:kept]
            self.dataChanged.emit(self.index(start, 0), self.index(start + kept - 1, 0))
        if grown > 0:
            self.beginInsertRows(QModelIndex(), start + kept, start + len(rows) - 1)
            self._rows[start + kept : start + kept] = rows[kept:]
            self._keys[start + kept : start + kept] = [key] * grown
            self.endInsertRows()
        elif grown < 0:
            self.beginRemoveRows(QModelIndex(), start + kept, end - 1)
            del self._rows[start + kept : end], self._keys[start + kept : end]
            self.endRemoveRows()
        return grown

    # Rows

    @property
    def selected_count(self) -> int:
        """Rows of the section of the selected photo."""
        return bisect_left(self._keys, (_SET, 0, -1))

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def find(self, finding: Finding) -> int:
        """The row of a finding, that of the selected photo's first; -1 where there is none."""
        keys = [(_SELECTED, 0, 0), *sorted(self._runs.get(finding.path, ()))]
        spans = ((bisect_left(self._keys, key), bisect_right(self._keys, key)) for key in keys)
        return next((at for start, end in spans for at in range(start, end) if self._rows[at].finding == finding), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.finding.message if row.finding else self.heading(row)
            case Qt.ItemDataRole.ToolTipRole:
                return theme.plain("\n".join(filter(None, [row.finding.message, self.fix(row.finding)]))) \
                    if row.finding else None  # fmt: skip
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row)
            case _:
                return row if role == ROW else None

    def heading(self, row: Row) -> str:
        if not row.path:
            return _(TITLES[row.check]) if row.check in TITLES else row.check
        name = self.name(row.path)
        return _("This photo: {photo}").format(photo=name) if row.is_selected else name

    def name(self, path: Path) -> str:
        return f"{self.photos.position(path) + 1:02}  {path.name}" if path in self.photos.photos else path.name

    def fix(self, finding: Finding) -> str:
        """What goes and what comes, "" where there is no fix."""
        if finding.fix is None or finding.path not in self.photos.photos:
            return ""
        goes, comes = shown_fix(shown(self.photos.photos[finding.path].values[finding.field]), finding.fix)
        return f"{goes or '–'} → {comes or '–'}"

    def spoken(self, row: Row) -> str:
        if not row.finding:
            return f"{self.heading(row)}, {row.count}"
        finding = row.finding
        parts = [_(SEVERITIES[finding.severity]), self.name(finding.path), field_name(finding), finding.message]
        fix = self.fix(finding)
        return ", ".join([*parts, *([_("Fix: {fix}").format(fix=fix)] if fix else [])])


def field_name(finding: Finding) -> str:
    return _(FIELDS[finding.field].label) if finding.field in FIELDS else finding.field


def _heading(key: Key) -> Key:
    return key[0], key[1], -1
