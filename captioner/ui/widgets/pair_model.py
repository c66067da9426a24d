"""The pairs of a story as a table, with the steps that led to them."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from captioner.core import fields, pair_edits
from captioner.core.pairing import Pairing, Row
from captioner.errors import CaptionerError
from captioner.i18n import N_, _
from captioner.ui import theme
from captioner.ui.widgets import pair_words

PAIR = "application/x-captioner-pair"
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    PHOTO = 0
    HELD = 1
    CAPTION = 2
    CREDIT = 3


KEYS = {Column.CAPTION: "caption", Column.CREDIT: "credit"}
_TITLES = {Column.PHOTO: N_("Photo"), Column.HELD: N_("In the photo now"), Column.CAPTION: N_("Caption"),
           Column.CREDIT: N_("Credit")}  # fmt: skip


class PairModel(QAbstractTableModel):
    changed = Signal()
    refused = Signal(str)
    """Why a text that was typed is not taken."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pairing = Pairing()
        self.shows_held = False
        """Whether photos show their own captions, to be picked."""
        self._done: list[Pairing] = []
        self._undone: list[Pairing] = []

    # Steps

    def start(self, pairing: Pairing) -> None:
        """Another story; what was made of the one before can be had back while there was something."""
        if self.can_undo:
            self.do(pairing)
        else:
            self._show(pairing)

    def do(self, pairing: Pairing) -> None:
        if pairing != self.pairing:
            self._done.append(self.pairing)
            self._undone.clear()
            self._show(pairing)

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def undo(self) -> None:
        if self._done:
            self._undone.append(self.pairing)
            self._show(self._done.pop())

    def redo(self) -> None:
        if self._undone:
            self._done.append(self.pairing)
            self._show(self._undone.pop())

    def _show(self, pairing: Pairing) -> None:
        """As many rows as before are only drawn anew, so that an open editor stays."""
        is_same = len(pairing.rows) == len(self.pairing.rows)
        if not is_same:
            self.beginResetModel()
        self.pairing = pairing
        if not is_same:
            self.endResetModel()
        elif pairing.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(pairing.rows) - 1, len(Column) - 1))
        self.changed.emit()

    # What Qt asks

    def row(self, index: Index) -> Row:
        return self.pairing.rows[index.row()] if index.isValid() else Row()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.pairing.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_TITLES[Column(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self.text(index)
            case Qt.ItemDataRole.ToolTipRole:
                return theme.plain(self.text(index) or pair_words.instead(self.pairing, self.row(index)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return pair_words.spoken(self.pairing, self.row(index))
            case _:
                return None

    def text(self, index: Index) -> str:
        row = self.row(index)
        match Column(index.column()):
            case Column.PHOTO:
                return row.path.name if row.path else ""
            case Column.HELD:
                held = self.pairing.held.get(row.path) if row.path else None
                return held.caption if held else ""
            case column:
                return str(getattr(self.pairing.told[row.at], KEYS[column])) if row.at is not None else ""

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A text that the field can't take is told of, and not taken."""
        row, key = self.row(index), KEYS.get(Column(index.column()))
        if role != Qt.ItemDataRole.EditRole or row.at is None or key is None:
            return False
        try:
            text = fields.shown(fields.parse(key, str(value)))
        except CaptionerError as error:
            self.refused.emit(error.sentence)
            return False
        self.do(pair_edits.write(self.pairing, row.at, key, text))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.row(index).at is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            if index.column() in KEYS:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def mimeTypes(self) -> list[str]:
        return [PAIR]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        at = next((self.row(index).at for index in indexes), None)
        data.setData(PAIR, f"{id(self)},{at}".encode())
        return data

    def dragged(self, data: QMimeData) -> int | None:
        """The caption, where it is one of this very table."""
        if not data.hasFormat(PAIR):
            return None
        model, at = bytes(data.data(PAIR).data()).decode().split(",")
        return int(at) if model == str(id(self)) and at.isdigit() else None
