"""How a file of the export is drawn: number, photo, name, caption and credit; what speaks against it at the end."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from captioner.export.plan import Planned, Refused
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import THUMBNAIL, Pictures
from captioner.ui.widgets import export_words
from captioner.ui.widgets.plan_model import PlanModel
from captioner.ui.wrapped import draw_wrapped

_LINES = 3
_MARK = 2 * theme.GRID
Index = QModelIndex | QPersistentModelIndex
_START = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
_END = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing


class PlanRows(QStyledItemDelegate):
    def __init__(self, model: PlanModel, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self.model, self.pictures = model, pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(30 * theme.GRID, _LINES * option.fontMetrics.lineSpacing() + 2 * theme.GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, path, c = self.model.row(index), self.model.path(index), theme.colours()
        if row is None or path is None:
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(option.rect, QColor(c.selection if is_selected else c.base))
        number, picture, text = _columns(option.rect, option.direction)
        quiet = QColor(c.text if is_selected else c.quiet)
        painter.setPen(quiet)
        told = f"{row.sequence:02}" if isinstance(row, Planned) else "–"
        painter.drawText(number, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter, told)
        self._paint_picture(painter, picture, path, isinstance(row, Planned))
        if isinstance(row, Planned):
            self._paint_file(painter, option, text, row, quiet)
        else:
            _paint_refused(painter, option, text, row)
        painter.setPen(QColor(c.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(c.accent))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, path: Path, goes_out: bool) -> None:
        pixmap = self.pictures.get(path, THUMBNAIL)
        painter.setOpacity(1 if goes_out else 0.4)
        if pixmap is None or pixmap.isNull():
            painter.fillRect(place, QColor(theme.colours().surround if pixmap is None else theme.colours().notice))
        else:
            target = QRect(place.topLeft(), pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio))
            target.moveCenter(place.center())
            painter.drawPixmap(target, pixmap)
        painter.setOpacity(1)

    def _paint_file(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, photo: Planned, quiet: QColor
    ) -> None:
        metrics, c = option.fontMetrics, theme.colours()
        first, second, third = (_line(area, number, metrics.lineSpacing()) for number in range(_LINES))
        self._paint_ended(painter, option, first, export_words.files(photo), export_words.size(photo.size), quiet)
        for key, line, none in (("caption", second, _("no caption")), ("credit", third, _("no credit"))):
            text = photo.values.text(key).replace("\n", " ")
            ink = c.warning if not text else c.text if key == "caption" else quiet
            painter.setPen(QColor(ink))
            room = _without(line, self._paint_marks(painter, option, line, photo) if key == "credit" else 0, option)
            painter.setPen(QColor(ink))
            draw_wrapped(painter, room, option.font, text or f"⚠ {none}", 1)

    def _paint_ended(
        self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, start: str, end: str, quiet: QColor
    ) -> None:
        metrics = option.fontMetrics
        painter.setPen(quiet)
        width = metrics.horizontalAdvance(end) + 1
        draw_wrapped(painter, _at_end(line, 0, width, option), option.font, end, 1)
        room = _without(line, width + 2 * theme.GRID, option)
        painter.setPen(QColor(theme.colours().text))
        painter.drawText(room, _START, metrics.elidedText(start, Qt.TextElideMode.ElideMiddle, room.width()))

    def _paint_marks(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, photo: Planned) -> int:
        """Icon and count at the end of the line; how much room they take."""
        marks = [("error", "error", len(self.model.restricted(photo))),
                 ("warning", "warning", export_words.problems(photo))]  # fmt: skip
        taken = 0
        for icon, colour, count in (mark for mark in marks if mark[2]):
            width = option.fontMetrics.horizontalAdvance(str(count)) + theme.GRID // 2
            painter.setPen(QColor(getattr(theme.colours(), colour)))
            painter.drawText(_at_end(line, taken, width, option), _END, str(count))
            place = _at_end(line, taken + width, _MARK, option)
            square = QRect(place.left(), place.center().y() - _MARK // 2 + 1, _MARK, _MARK).adjusted(1, 1, -1, -1)
            theme.draw_icon(painter, square, icon, getattr(theme.colours(), colour))
            taken += width + _MARK + theme.GRID
        return taken


def _paint_refused(painter: QPainter, option: QStyleOptionViewItem, area: QRect, refused: Refused) -> None:
    height = option.fontMetrics.lineSpacing()
    painter.setPen(QColor(theme.colours().quiet))
    draw_wrapped(painter, area, option.font, refused[0].name, 1)
    painter.setPen(QColor(theme.colours().error))
    draw_wrapped(painter, area.adjusted(0, height, 0, 0), option.font, refused[1], _LINES - 1)


def _columns(row: QRect, direction: Qt.LayoutDirection) -> tuple[QRect, QRect, QRect]:
    """Number, photo and text."""
    area = row.adjusted(0, theme.GRID, -theme.GRID, -theme.GRID)
    number = QRect(area.left(), area.top(), 6 * theme.GRID, area.height())
    picture = QRect(number.right() + 1, area.top(), area.height() * 3 // 2, area.height())
    left = picture.right() + theme.GRID + theme.GRID // 2
    text = QRect(left, area.top(), area.right() - left, area.height())
    mirrored = [QStyle.visualRect(direction, row, each) for each in (number, picture, text)]
    return mirrored[0], mirrored[1], mirrored[2]


def _line(area: QRect, number: int, height: int) -> QRect:
    return QRect(area.left(), area.top() + number * height, area.width(), height)


def _without(line: QRect, end: int, option: QStyleOptionViewItem) -> QRect:
    return QStyle.visualRect(option.direction, line, line.adjusted(0, 0, -end, 0))


def _at_end(line: QRect, taken: int, width: int, option: QStyleOptionViewItem) -> QRect:
    place = QRect(line.right() + 1 - taken - width, line.top(), width, line.height())
    return QStyle.visualRect(option.direction, line, place)
