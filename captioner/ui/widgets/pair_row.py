"""How a pair of the story is drawn and edited: the photo, beside it the caption and the credit that it gets."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from captioner.core.pairing import Row
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import THUMBNAIL, Pictures
from captioner.ui.widgets import pair_words
from captioner.ui.widgets.boxes import LineBox, TextBox
from captioner.ui.widgets.pair_model import Column, PairModel
from captioner.ui.wrapped import draw_wrapped

HEIGHT = 13 * theme.GRID
_PICTURE = QSize(14 * theme.GRID, 10 * theme.GRID)
Index = QModelIndex | QPersistentModelIndex
_ALIGN = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading


class PairRows(QStyledItemDelegate):
    opened = Signal(object, str)
    """A box to write in, and its field."""

    def __init__(self, model: PairModel, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self.model, self.pictures = model, pictures

    # Drawn

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, c = self.model.row(index), theme.colours()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(option.rect, QColor(c.selection if is_selected else c.base))
        painter.setPen(QColor(c.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        area = option.rect.adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)
        painter.setPen(QColor(c.text if is_selected else c.quiet))
        if index.column() == Column.PHOTO:
            self._paint_photo(painter, option, area, row)
        else:
            self._paint_text(painter, option, area, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_photo(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: Row) -> None:
        beside = QRect(area.left() + _PICTURE.width() + theme.GRID, area.top(),
                       area.width() - _PICTURE.width() - theme.GRID, area.height())  # fmt: skip
        place, beside = (QStyle.visualRect(option.direction, area, each)
                         for each in (QRect(area.topLeft(), _PICTURE), beside))  # fmt: skip
        self._paint_picture(painter, place, row)
        metrics, ink = option.fontMetrics, painter.pen().color()
        lines = [(ink, f"{self.model.pairing.number(row.path):02}"), (ink, row.path.name)] if row.path else []
        how = pair_words.means(self.model.pairing, row) if row.path else pair_words.instead(self.model.pairing, row)
        lines.append((QColor(theme.colours().warning) if self._is_to_check(row) else ink, how))
        for number, (colour, told) in enumerate(lines):
            painter.setPen(colour)
            line = beside.adjusted(0, number * metrics.lineSpacing(), 0, 0)
            if number == len(lines) - 1:
                draw_wrapped(painter, line, option.font, told, 2)
                continue
            line.setHeight(metrics.lineSpacing())
            painter.drawText(line, _ALIGN, metrics.elidedText(told, Qt.TextElideMode.ElideMiddle, line.width()))

    def _is_to_check(self, row: Row) -> bool:
        if row.at is None:
            return False
        return self.model.pairing.is_doubtful(row.at) or not (row.path or self.model.pairing.told[row.at].is_left_out)

    def _paint_picture(self, painter: QPainter, place: QRect, row: Row) -> None:
        """A dashed frame where there is no photo."""
        pixmap = self.pictures.get(row.path, THUMBNAIL) if row.path else None
        if row.path is None:
            painter.setPen(QPen(QColor(theme.colours().quiet), 1, Qt.PenStyle.DashLine))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        elif pixmap is None or pixmap.isNull():
            painter.fillRect(place, QColor(theme.colours().surround if pixmap is None else theme.colours().notice))
        else:
            target = QRect(place.topLeft(), pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio))
            target.moveCenter(place.center())
            painter.setOpacity(0.4 if row.path in self.model.pairing.skipped else 1)
            painter.drawPixmap(target, pixmap)
            painter.setOpacity(1)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index) -> None:
        text, colour = self._look(index)
        font = QFont(option.font)
        font.setStrikeOut(self._is_out(self.model.row(index)) and index.column() != Column.HELD)
        painter.setFont(font)
        if colour:
            painter.setPen(QColor(getattr(theme.colours(), colour)))
        lines = max(area.height() // option.fontMetrics.lineSpacing(), 1)
        draw_wrapped(painter, area, font, text.replace("\n", " "), lines)

    def _look(self, index: Index) -> tuple[str, str]:
        """What a cell says, and in which of the theme's colours; "" for the quiet one."""
        row, column, text = self.model.row(index), Column(index.column()), self.model.text(index)
        if column is Column.HELD:
            return self._of_two(row, column, text)
        if row.at is None:
            is_open = row.path not in self.model.pairing.skipped
            told = pair_words.instead(self.model.pairing, row) if column is Column.CAPTION else ""
            return told, "warning" if is_open else ""
        if self._is_out(row):
            return text, ""
        if column is Column.CREDIT:
            return (text, "text") if text else (f"⚠ {_('no credit')}", "warning")
        return self._of_two(row, column, text)

    def _of_two(self, row: Row, column: Column, text: str) -> tuple[str, str]:
        """The photo's own caption or the story's: one of them stays."""
        if row.path not in self.model.pairing.met or not self.model.shows_held:
            return text, "text" if column is Column.CAPTION else ""
        is_picked = column is (Column.HELD if row.path in self.model.pairing.kept else Column.CAPTION)
        return (f"✓ {text}", "text") if is_picked else (text, "")

    def _is_out(self, row: Row) -> bool:
        return row.at is not None and self.model.pairing.told[row.at].is_left_out

    # Edited

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = TextBox(1, grows=False) if index.column() == Column.CAPTION else LineBox()
        box.setParent(parent)
        name, key = self.model.text(self.model.index(index.row(), Column.PHOTO)), Column(index.column())
        title = str(self.model.headerData(index.column(), Qt.Orientation.Horizontal))
        box.setAccessibleName(_("{field} of {name}").format(field=title, name=name or _("no photo")))
        self.opened.emit(box, "caption" if key is Column.CAPTION else "credit")
        return box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt leaves Tab to a box of several lines."""
        if isinstance(watched, TextBox) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {
                Qt.Key.Key_Tab: self.EndEditHint.EditNextItem,
                Qt.Key.Key_Backtab: self.EndEditHint.EditPreviousItem,
            }
            if hint := steps.get(Qt.Key(event.key())):
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, hint)
                return True
        return super().eventFilter(watched, event)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is being typed stays while the table around it is drawn anew."""
        if isinstance(editor, TextBox | LineBox) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.show_text(self.model.text(index))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, TextBox | LineBox):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        inset = theme.GRID // 2
        room = option.rect.adjusted(inset // 2, inset, -inset // 2, -inset)
        if index.column() == Column.CREDIT:
            room.setHeight(editor.sizeHint().height())
        editor.setGeometry(room)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(20 * theme.GRID, HEIGHT)
