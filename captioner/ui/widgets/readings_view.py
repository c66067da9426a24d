"""The rows of what receivers read: label and text, and below it, in amber, how that differs from what was written."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.widgets import export_words
from captioner.ui.widgets.readings_model import ReadingsModel, Row
from captioner.ui.wrapped import draw_wrapped

_MOST = 2
"""Lines of a text; its tooltip has all."""
Index = QModelIndex | QPersistentModelIndex


class ReadingsView(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.readings = ReadingsModel(self)
        self.setObjectName("plan")
        self.setAccessibleName(_("What the receiver will read"))
        self.setModel(self.readings)
        self.setItemDelegate(_Rows(self.readings, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower text takes more lines."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Rows(QStyledItemDelegate):
    def __init__(self, model: ReadingsModel, parent: QListView) -> None:
        super().__init__(parent)
        self.model, self.view = model, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, metrics = self.model.rows[index.row()], option.fontMetrics
        if row.is_heading:
            return QSize(1, metrics.lineSpacing() + 2 * theme.GRID)
        width = self.view.viewport().width() - 2 * theme.GRID - self._label_width(metrics)
        lines = _lines(row, metrics, width) + bool(row.remark)
        return QSize(1, lines * metrics.lineSpacing() + theme.GRID // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, c = self.model.rows[index.row()], theme.colours()
        painter.save()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(c.selection if is_selected else c.base))
        area = option.rect.adjusted(theme.GRID, 0, -theme.GRID, 0)
        if row.is_heading:
            self._paint_heading(painter, option, area, row, index.row() > 0)
        else:
            self._paint_text(painter, option, area, row, QColor(c.text if is_selected else c.quiet))
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: Row, is_further: bool
    ) -> None:
        if is_further:
            painter.setPen(QColor(theme.colours().line))
            painter.drawLine(area.topLeft(), area.topRight())
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.colours().text))
        room = area.adjusted(0, theme.GRID, 0, 0)
        draw_wrapped(painter, room, font, row.label, 1)
        beside = room.adjusted(QFontMetrics(font).horizontalAdvance(row.label) + theme.GRID, 0, 0, 0)
        painter.setFont(option.font)
        painter.setPen(QColor(theme.colours().quiet))
        draw_wrapped(painter, QStyle.visualRect(option.direction, room, beside), option.font, row.note, 1)

    def _paint_text(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: Row, quiet: QColor
    ) -> None:
        metrics, width = option.fontMetrics, self._label_width(option.fontMetrics)
        label, text = QRect(area), area.adjusted(width, 0, 0, 0)
        label.setWidth(width - theme.GRID)
        label, text = (QStyle.visualRect(option.direction, area, each) for each in (label, text))
        painter.setPen(quiet)
        draw_wrapped(painter, label, option.font, row.label, 1)
        painter.setPen(QColor(getattr(theme.colours(), row.colour)))
        lines = _lines(row, metrics, text.width())
        draw_wrapped(painter, text, option.font, row.text.replace("\n", " "), lines)
        if row.remark:
            painter.setPen(QColor(theme.colours().warning))
            below = text.adjusted(0, lines * metrics.lineSpacing(), 0, 0)
            draw_wrapped(painter, below, option.font, row.remark, 1)

    def _label_width(self, metrics: QFontMetrics) -> int:
        """As wide as the three that stand in every group; longer names of fields are elided."""
        widest = max(metrics.horizontalAdvance(_(label)) for label in export_words.PARTS.values())
        return max(widest, 10 * theme.GRID) + 2 * theme.GRID


def _lines(row: Row, metrics: QFontMetrics, width: int) -> int:
    return 1 if metrics.horizontalAdvance(row.text[:200]) <= width else _MOST
