"""What each receiver will read of a file, and the fields that are written into it, as rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from captioner.core.caption import Values
from captioner.core.fields import FIELDS, shown
from captioner.export.receivers import NOTES, Match, Reading
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.widgets import export_words

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """A heading has no text but a note."""

    label: str
    text: str = ""
    note: str = ""
    remark: str = ""
    """How it differs from what the desk wrote."""
    colour: str = "text"
    """The name of one of the theme's, for the text."""
    wrote: str = ""

    @property
    def is_heading(self) -> bool:
        return not self.text


class ReadingsModel(QAbstractListModel):
    rows: Sequence[Row] = ()

    def show_readings(self, readings: Sequence[Reading], written: Values) -> None:
        self.beginResetModel()
        self.rows = (*(row for each in readings for row in _of_reading(each)), *_of_fields(written))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over."""
        is_heading = index.isValid() and self.rows[index.row()].is_heading
        return Qt.ItemFlag.ItemIsEnabled if is_heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text or row.label
            case Qt.ItemDataRole.ToolTipRole:
                return theme.plain(_told(row))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(
                    filter(None, (self._heading(index.row()), row.label, row.text or row.note, row.remark))
                )
            case _:
                return row if role == ROW else None

    def _heading(self, at: int) -> str:
        return next((row.label for row in reversed(self.rows[:at]) if row.is_heading), "")


def _told(row: Row) -> str:
    wrote = _("Written: {text}").format(text=row.wrote) if row.wrote else ""
    return "\n\n".join(filter(None, (row.text or row.note, row.remark, wrote)))


def _of_reading(reading: Reading) -> Iterator[Row]:
    yield Row(_(reading.receiver), note=_(NOTES[reading.receiver]))
    for part, label in export_words.PARTS.items():
        match, text = reading.match(part), getattr(reading.shown, part)
        colour = {Match.EMPTY: "warning"}.get(match, "text" if text else "quiet")
        wrote = getattr(reading.wrote, part) if match not in (Match.SAME, Match.NO_PLACE) else ""
        told = text or export_words.nothing(reading, part)
        yield Row(_(label), told, "", export_words.difference(reading, part), colour, wrote)


def _of_fields(written: Values) -> Iterator[Row]:
    fields = [Row(_(row.label), shown(written[key])) for key, row in FIELDS.items() if written[key]]
    if fields:
        yield Row(_("Fields that are written"))
        yield from fields
