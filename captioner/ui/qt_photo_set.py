"""The open set as Qt's views see it: a list model of the photos that are shown, and the set's changes as one signal."""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from captioner.core import edits
from captioner.core.history import Edit
from captioner.core.photo import Photo
from captioner.core.photo_set import Changed, PhotoSet
from captioner.i18n import _
from captioner.ui import badges, theme
from captioner.ui.badges import Badge, State
from captioner.ui.dragging import ROWS, Dragged, HandOut

if TYPE_CHECKING:
    from captioner.core.checks import Finding

Index = QModelIndex | QPersistentModelIndex


class QtPhotoSet(QAbstractListModel):
    changed = Signal(object)
    """The core's Changed, after the views know."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_filtered = False
        self.findings: Callable[[Path], Sequence[Finding]] = lambda _path: ()
        """What the checks report of a photo; the window's to set."""
        self.changes: Callable[[Photo], Sequence[str]] = lambda _photo: ()
        """The fields that are others than when the photo was exported; the window's, too."""
        self.hand_out: HandOut = lambda paths: paths
        """What another program gets of the photos that are dragged to it; the window's, too."""
        self.show_set(PhotoSet())

    def show_set(self, photos: PhotoSet) -> None:
        self.beginResetModel()
        self.photos = photos
        self.states: dict[State, set[Path]] = {state: set() for state in State}
        self._stale: set[Path] = set()
        self.hidden: frozenset[Path] = frozenset()
        self._number()
        self.endResetModel()
        photos.subscribe(lambda changed: self._changed(photos, changed))
        self.changed.emit(Changed(order=True, headline=True))

    def _number(self) -> None:
        self._order = self.photos.order
        self.shown = tuple(path for path in self._order if path not in self.hidden) if self.hidden else self._order
        self._rows = {path: row for row, path in enumerate(self.shown)}
        self._positions = {path: at for at, path in enumerate(self._order)} if self.hidden else self._rows

    def _changed(self, photos: PhotoSet, changed: Changed) -> None:
        if photos is not self.photos:
            return
        if photos.order is not self._order:
            self._follow_order()
        if self.is_filtered:
            self._stale |= changed.paths
        self.touch(changed.paths)
        self.changed.emit(changed)

    def touch(self, paths: Collection[Path]) -> None:
        """What is shown of these photos is another thing now; where they are as many as are shown, of every row."""
        if len(paths) >= len(self.shown):
            rows = [0, len(self.shown) - 1] if self.shown else []
        else:
            rows = [row for row in map(self._rows.get, paths) if row is not None]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def _follow_order(self) -> None:
        """Photos added or moved; selections and the current photo go with them."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        paths = [self.shown[index.row()] for index in before]
        self._number()
        self.changePersistentIndexList(before, [self.index(self._rows.get(path, -1)) for path in paths])
        self.layoutChanged.emit()

    def mark(self, state: State, paths: Iterable[Path], is_so: bool = True) -> None:
        held, named = self.states[state], set(paths)
        self.states[state] = held | named if is_so else held - named
        self.touch(named)

    def see(self, paths: Iterable[Path]) -> None:
        """What was looked at is new no longer."""
        if self.states[State.NEW] and (news := self.states[State.NEW].intersection(paths)):
            self.mark(State.NEW, news, False)

    # Filter

    @property
    def is_stale(self) -> bool:
        """Whether a photo changed since, so that it may not belong to what is shown any more, or does now."""
        return bool(self._stale)

    def begin_filter(self, is_filtered: bool) -> set[Path]:
        """What changes from now on is stale again; returns what was."""
        self.is_filtered = is_filtered
        stale, self._stale = self._stale, set()
        return stale

    def hide(self, hidden: frozenset[Path]) -> bool:
        """Whether the rows are others than before. The order stays."""
        if hidden == self.hidden:
            return False
        self.beginResetModel()
        self.hidden = hidden
        self._number()
        self.endResetModel()
        return True

    def row(self, path: Path) -> int:
        return self._rows.get(path, -1)

    def position(self, path: Path) -> int:
        """In the set, whatever is shown of it."""
        return self._positions[path]

    def photo(self, index: Index) -> Photo:
        return self.photos[self.shown[index.row()]]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        photo = self.photo(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return photo.values["caption"] or photo.path.name
            case Qt.ItemDataRole.ToolTipRole:
                return theme.plain("\n".join([photo.path.name, *self._told_of(photo)]))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(photo)
            case _:
                return None

    def badges(self, path: Path) -> list[Badge]:
        photo = self.photos[path]
        return badges.of(photo, self.states_of(path), self.findings(path), self.changes(photo))

    def _told_of(self, photo: Photo) -> list[str]:
        return [badge.told for badge in self.badges(photo.path)]

    def states_of(self, path: Path) -> set[State]:
        return {state for state, paths in self.states.items() if path in paths}

    def _spoken(self, photo: Photo) -> str:
        number = str(self.position(photo.path) + 1)
        parts = [number, photo.values.text("caption") or _("no caption"), photo.values.text("credit") or _("no credit")]
        return ", ".join([*parts, *self._told_of(photo)])

    # Dragging

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        return base | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [ROWS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted(index.row() for index in indexes)
        numbers = ",".join(map(str, (id(self), *rows))).encode()
        return Dragged(numbers, [self.shown[row] for row in rows], self.hand_out)

    def owns(self, data: QMimeData) -> bool:
        """Whether these are rows of this very set."""
        return data.hasFormat(ROWS) and _numbers(data)[0] == id(self)

    def moved(self, data: QMimeData, row: int) -> Edit:
        """Rows of ours dropped in front of that row; the order is the set's to change."""
        _model, *rows = _numbers(data)
        return edits.move(self.photos, [self.shown[each] for each in rows], self._before(row))

    def stepped(self, paths: Sequence[Path], step: int) -> Edit:
        """Past the neighbour that is shown, up (-1) or down (+1); a run of photos moves as one and stops at the end."""
        rows = sorted(self._rows[path] for path in paths if path in self._rows)
        if not rows or not 0 <= (beside := rows[0] - 1 if step < 0 else rows[-1] + 1) < len(self.shown):
            return Edit("")
        before = self._before(beside) if step < 0 else self._positions[self.shown[beside]] + 1
        return edits.move(self.photos, paths, before)

    def _before(self, row: int) -> int:
        return self._positions[self.shown[row]] if row < len(self.shown) else len(self._order)


def _numbers(data: QMimeData) -> list[int]:
    return [int(each) for each in bytes(data.data(ROWS).data()).decode().split(",")]
