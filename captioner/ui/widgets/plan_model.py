"""The files of an export as rows: in their order, and at the end the photos that are left out."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from captioner.export.plan import Plan, Planned, Refused
from captioner.ui import theme
from captioner.ui.widgets import export_words

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Row = Planned | Refused


class PlanModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos: Sequence[Planned] = ()
        self._refused: Sequence[Refused] = ()
        self._restricted: dict[Path, list[str]] = {}

    def show_plan(self, plan: Plan | None) -> None:
        """The same photos, in another folder or with their restrictions, stay where they are."""
        photos, refused = (plan.photos, plan.refused) if plan else ((), ())
        is_same = photos is self._photos and refused is self._refused
        if not is_same:
            self.beginResetModel()
        self._photos, self._refused, self._restricted = photos, refused, {}
        for path, sentence in plan.restricted if plan else ():
            self._restricted.setdefault(path, []).append(sentence)
        if not is_same:
            self.endResetModel()
        elif photos:
            self.dataChanged.emit(self.index(0), self.index(len(photos) - 1))

    def row(self, index: Index | int) -> Row | None:
        at = index if isinstance(index, int) else index.row()
        if not 0 <= at < self.rowCount():
            return None
        return self._photos[at] if at < len(self._photos) else self._refused[at - len(self._photos)]

    def path(self, index: Index | int) -> Path | None:
        row = self.row(index)
        return row.source if isinstance(row, Planned) else row[0] if row else None

    def restricted(self, photo: Planned) -> Sequence[str]:
        return self._restricted.get(photo.source, ())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._photos) + len(self._refused)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return export_words.files(row) if isinstance(row, Planned) else row[1]
            case Qt.ItemDataRole.ToolTipRole:
                return theme.plain("\n".join(self._told(row)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return export_words.spoken(row, self.restricted(row)) if isinstance(row, Planned) else row[1]
            case _:
                return row if role == ROW else None

    def _told(self, row: Row) -> Sequence[str]:
        if not isinstance(row, Planned):
            return (row[1],)
        return (*row.files, *export_words.against(row, self.restricted(row)))
