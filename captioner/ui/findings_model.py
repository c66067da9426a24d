"""The findings of the selected photo, then those of the set, as rows: only what changed is put in its place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QElapsedTimer, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from captioner.core.checks import Finding
from captioner.core.checks.words import TITLES
from captioner.core.fields import FIELDS, shown
from captioner.core.fixes import shortened
from captioner.core.fixes import shown as shown_fix
from captioner.i18n import N_, _
from captioner.ui import theme
from captioner.ui.judging import Judging
from captioner.ui.qt_photo_set import QtPhotoSet

ROW = Qt.ItemDataRole.UserRole
SEVERITIES = {"info": N_("Note"), "warning": N_("Warning"), "error": N_("Error")}
_AT_ONCE, _SLICE_MS = 4, 4
_SELECTED, _SET = 0, 1
_CHECKS = tuple(TITLES)
_RANK = {check: row for row, check in enumerate(_CHECKS)}
Index = QModelIndex | QPersistentModelIndex
Key = tuple[int, int, int]
"""Section, group and photo: what the rows are sorted by; those with the same key are a run. A heading has no photo."""


class Heading(NamedTuple):
    """Of a group: of a photo (`path`) or of a check."""

    path: Path | None
    check: str
    findings: int
    is_selected: bool = False
    """Whether it stands above the findings of the selected photo."""


Row = Finding | Heading


class FindingsModel(QAbstractTableModel):
    def __init__(self, judging: Judging, photos: QtPhotoSet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.judging, self.photos = judging, photos
        self.by_check = False
        self.selected: Path | None = None
        self._rows: list[Row] = []
        self._keys: list[Key] = []
        """As many as rows, and sorted."""
        self._held: dict[Path, tuple[Finding, ...]] = {}
        """What the rows show of each photo of the set."""
        self._waiting: dict[Path, None] = {}
        self._going_on = QTimer(self, interval=0, singleShot=True)
        self._going_on.timeout.connect(self._go_on)

    # What is shown

    def build(self) -> None:
        """All anew: another set, order or way of grouping."""
        self.beginResetModel()
        self._waiting, self._keys, self._rows = {}, [], []
        self._held = {path: found for path, found in self.judging.found.items() if path in self.photos.photos}
        for key, rows in self._of_selected().items():
            self._append(key, rows)
        (self._append_by_check if self.by_check else self._append_by_photo)()
        self.endResetModel()

    def _append(self, key: Key, rows: Sequence[Row]) -> None:
        self._rows += rows
        self._keys += [key] * len(rows)

    def _append_by_photo(self) -> None:
        for at, path in enumerate(self.photos.photos.order):
            if found := self._held.get(path):
                self._append((_SET, at, -1), [Heading(path, "", len(found))])
                self._append((_SET, at, at), found)

    def _append_by_check(self) -> None:
        groups: dict[str, list[tuple[int, Finding]]] = {check: [] for check in _RANK}
        for at, path in enumerate(self.photos.photos.order):
            for finding in self._held.get(path, ()):
                groups[finding.check].append((at, finding))
        for check, group in groups.items():
            if group:
                self._append((_SET, _RANK[check], -1), [Heading(None, check, len(group))])
                self._rows += [finding for _at, finding in group]
                self._keys += [(_SET, _RANK[check], at) for at, _finding in group]

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

    def _of_selected(self) -> dict[Key, Sequence[Row]]:
        is_there = self.selected in self.photos.photos
        found = tuple(self.judging.of(self.selected)) if self.selected and is_there else ()
        headings = [Heading(self.selected, "", len(found), True)] if found else []
        return {(_SELECTED, 0, -1): headings, (_SELECTED, 0, 0): found}

    def _update(self, path: Path) -> None:
        now = tuple(self.judging.of(path)) if path in self.photos.photos else ()
        before = self._held.pop(path, ())
        if now:
            self._held[path] = now
        at = self.photos.position(path) if before or now else 0
        fresh = self._runs(now, at)
        for key in self._runs(before, at).keys() | fresh.keys():
            self._put(key, fresh.get(key, ()))
            self._put_heading(key)

    def _runs(self, found: Iterable[Finding], at: int) -> dict[Key, list[Finding]]:
        """The findings of a photo by the run that they stand in."""
        runs: dict[Key, list[Finding]] = {}
        for each in found:
            runs.setdefault((_SET, _RANK[each.check] if self.by_check else at, at), []).append(each)
        return runs

    def _put_heading(self, key: Key) -> None:
        section, group, at = key
        count = bisect_left(self._keys, (section, group + 1, -1)) - bisect_left(self._keys, (section, group, 0))
        path, check = (None, _CHECKS[group]) if self.by_check else (self.photos.photos.order[at], "")
        self._put((section, group, -1), [Heading(path, check, count)] if count else [])

    def _put(self, key: Key, rows: Sequence[Row]) -> None:
        """These rows for those that the run has; what stays is left where it is."""
        start, end = bisect_left(self._keys, key), bisect_right(self._keys, key)
        before, grown = self._rows[start:end], len(rows) - (end - start)
        same = _alike(before, rows)
        after = _alike(before[same:][::-1], rows[same:][::-1])
        start, end, rows = start + same, end - after, rows[same : len(rows) - after]
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

    # Rows

    @property
    def waiting_count(self) -> int:
        """How many photos are still to be put in their place."""
        return len(self._waiting)

    @property
    def selected_count(self) -> int:
        """Rows of the section of the selected photo."""
        return bisect_left(self._keys, (_SET, 0, -1))

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def find(self, finding: Finding) -> int:
        """The row of a finding, that of the selected photo's first; -1 where there is none."""
        if finding.path not in self.photos.photos:
            return -1
        keys = [(_SELECTED, 0, 0), *self._runs([finding], self.photos.position(finding.path))]
        spans = ((bisect_left(self._keys, key), bisect_right(self._keys, key)) for key in keys)
        return next((at for start, end in spans for at in range(start, end) if self._rows[at] == finding), -1)

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
                return self.heading(row) if isinstance(row, Heading) else self._sentence(row, index.row())
            case Qt.ItemDataRole.ToolTipRole:
                told = "" if isinstance(row, Heading) else "\n".join(filter(None, [row.message, self.fix(row)]))
                return theme.plain(told)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row)
            case _:
                return row if role == ROW else None

    def heading(self, row: Heading) -> str:
        if not row.path:
            return _(TITLES[row.check]) if row.check in TITLES else row.check
        name = self.name(row.path)
        return _("This photo: {photo}").format(photo=name) if row.is_selected else name

    def _sentence(self, finding: Finding, row: int) -> str:
        """Which photo it is of is said once: by the heading of the photo, or by the row below that of a check."""
        message, told = finding.message, _without_name(finding.message, finding.path.name)
        if not self.by_check or row < self.selected_count:
            return told
        name = self.name(finding.path)
        return f"{name}: {message}" if told == message else f"{name}{message.removeprefix(finding.path.name)}"

    def name(self, path: Path) -> str:
        return f"{self.photos.position(path) + 1:02}  {path.name}" if path in self.photos.photos else path.name

    def fix(self, finding: Finding, most: int = 10_000) -> str:
        """What goes and what comes, neither of them longer than that; "" where there is no fix."""
        if finding.fix is None or finding.path not in self.photos.photos:
            return ""
        goes, comes = shown_fix(shown(self.photos.photos[finding.path].values[finding.field]), finding.fix)
        return f"{shortened(goes, most) or '–'} → {shortened(comes, most) or '–'}"

    def spoken(self, row: Row) -> str:
        if isinstance(row, Heading):
            return f"{self.heading(row)}, {row.findings}"
        parts = [_(SEVERITIES[row.severity]), self.name(row.path), field_name(row), row.message]
        fix = self.fix(row)
        return ", ".join(filter(None, [*parts, _("Fix: {fix}").format(fix=fix) if fix else ""]))


def _alike(before: Sequence[Row], rows: Sequence[Row]) -> int:
    """How many of the first ones are the same."""
    pairs = enumerate(zip(before, rows, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(before), len(rows)))


def _without_name(message: str, name: str) -> str:
    """`1.jpg: the caption …` → `The caption …`."""
    led = next((each for each in (f"{name}: ", f"{name} ") if message.startswith(each)), "")
    rest = message.removeprefix(led)
    return rest[:1].upper() + rest[1:] if led else message


def field_name(finding: Finding) -> str:
    return _(FIELDS[finding.field].label) if finding.field in FIELDS else finding.field
