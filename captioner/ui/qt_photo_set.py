"""The open set as Qt's views see it: a list model, and the set's changes as one signal."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QUrl, Signal

from captioner.core import edits
from captioner.core.photo import Photo
from captioner.core.photo_set import Changed, PhotoSet
from captioner.i18n import _
from captioner.ui import theme

ROWS = "application/x-captioner-rows"
PHOTO = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class QtPhotoSet(QAbstractListModel):
    changed = Signal(object)
    """The core's Changed, after the views know."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Path, int] = {}
        self.show_set(PhotoSet())

    def show_set(self, photos: PhotoSet) -> None:
        self.beginResetModel()
        self.photos = photos
        self._number()
        self.endResetModel()
        photos.subscribe(lambda changed: self._changed(photos, changed))
        self.changed.emit(Changed(order=True, headline=True))

    def _number(self) -> None:
        self._shown = self.photos.order
        self._rows = {path: row for row, path in enumerate(self._shown)}

    def _changed(self, photos: PhotoSet, changed: Changed) -> None:
        if photos is not self.photos:
            return
        if photos.order != self._shown:
            self._follow_order()
        if rows := [self._rows[path] for path in changed.paths]:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))
        self.changed.emit(changed)

    def _follow_order(self) -> None:
        """Photos added or moved; selections and the current photo go with them."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        paths = [self._shown[index.row()] for index in before]
        self._number()
        self.changePersistentIndexList(before, [self.index(self._rows[path]) for path in paths])
        self.layoutChanged.emit()

    def row(self, path: Path) -> int:
        return self._rows.get(path, -1)

    def photo(self, index: Index) -> Photo:
        return self.photos[self._shown[index.row()]]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        photo = self.photo(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return photo.values["caption"] or photo.path.name
            case Qt.ItemDataRole.ToolTipRole:
                return theme.plain(f"{photo.path.name}\n{photo.trouble}".strip())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index.row(), photo)
            case _:
                return photo if role == PHOTO else None

    def _spoken(self, row: int, photo: Photo) -> str:
        parts = [str(row + 1), photo.values.text("caption") or _("no caption"), photo.values.text("credit") or
                 _("no credit"), _("unsaved") if photo.unsaved else ""]  # fmt: skip
        return ", ".join(part for part in parts if part)

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
        """For another program: the files."""
        data = QMimeData()
        rows = sorted(index.row() for index in indexes)
        data.setData(ROWS, ",".join(map(str, rows)).encode())
        data.setUrls([QUrl.fromLocalFile(str(self._shown[row])) for row in rows])
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """The order is the set's to change; the view is told not to remove rows itself."""
        if not data.hasFormat(ROWS):
            return False
        rows = [int(each) for each in bytes(data.data(ROWS).data()).decode().split(",")]
        before = row if row >= 0 else parent.row() if parent.isValid() else len(self._shown)
        self.photos.apply(edits.move(self.photos, [self._shown[each] for each in rows], before))
        return False
