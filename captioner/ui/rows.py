"""How a row of the sheet is drawn: number and badges, thumbnail, caption and credit."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from captioner.core.photo import Photo
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import THUMBNAIL, Pictures
from captioner.ui.qt_photo_set import QtPhotoSet
from captioner.ui.wrapped import draw_wrapped

HEIGHTS = (7 * theme.GRID, 12 * theme.GRID, 20 * theme.GRID)
"""Low, middle and high; a thumbnail is as high as its row allows."""
_BADGE = 2 * theme.GRID
_KEPT = 48
"""Small pictures that are kept: a row that scrolls in is drawn strip by strip."""
Index = QModelIndex | QPersistentModelIndex
# Looked up once: each look at one of Qt's flags makes a value anew.
_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
_LEADING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
_ELIDED = Qt.TextElideMode.ElideRight


class Rows(QStyledItemDelegate):
    def __init__(self, model: QtPhotoSet, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self.model, self.pictures, self.height = model, pictures, HEIGHTS[1]
        self.damaged: QRegion | None = None
        """What of the viewport is being painted."""
        self._small: dict[tuple[int, int, int], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40 * theme.GRID, self.height)

    def place(self, key: str, row: QRect, metrics: QFontMetrics, direction: Qt.LayoutDirection) -> QRect:
        """Where the caption or the credit stands in a row."""
        caption, credit = _lines(_columns(_area(row), direction)[2], metrics.lineSpacing())
        return caption if key == "caption" else credit

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QRect = option.rect
        if self.damaged and not self.damaged.intersects(row):
            return  # a view draws all rows between the first and the last that have to be
        photo = self.model.photo(index)
        is_selected = bool(option.state & _SELECTED)
        c = theme.colours()
        ink, quiet = QColor(c.text), QColor(c.text if is_selected else c.quiet)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(row, QColor(c.selection if is_selected else c.base))
        if is_selected:
            bar = QRect(row.left(), row.top(), theme.GRID // 2, row.height())
            painter.fillRect(QStyle.visualRect(option.direction, row, bar), QColor(c.accent))
        number, picture, text = _columns(_area(row), option.direction)
        painter.setPen(quiet)
        painter.drawText(number, _TOP, f"{self.model.position(photo.path) + 1:02}")
        self._paint_badges(painter, number.adjusted(0, option.fontMetrics.lineSpacing(), 0, 0), photo.path)
        self._paint_picture(painter, picture, photo.path)
        self._paint_text(painter, option, _lines(text, option.fontMetrics.lineSpacing()), photo, ink, quiet)
        painter.setPen(QColor(c.line))
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        if option.state & _FOCUSED:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_badges(self, painter: QPainter, area: QRect, path: Path) -> None:
        """Two beside each other, as many as there is room for; the tooltip tells them all."""
        for number, badge in enumerate(self.model.badges(path)):
            at = area.topLeft()
            at += type(at)(number % 2 * _BADGE, number // 2 * _BADGE)
            if at.y() + _BADGE <= area.bottom() + theme.GRID:
                colour = getattr(theme.colours(), badge.colour)
                theme.draw_icon(painter, QRect(at, QSize(_BADGE, _BADGE)).adjusted(1, 1, -1, -1), badge.icon, colour)

    def _paint_picture(self, painter: QPainter, area: QRect, path: Path) -> None:
        pixmap = self.pictures.get(path, THUMBNAIL)
        if pixmap is None or pixmap.isNull():
            painter.fillRect(area, QColor(theme.colours().surround if pixmap is None else theme.colours().notice))
            if pixmap is not None:
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, path.suffix[1:].upper())
            return
        ratio = painter.device().devicePixelRatioF()
        size = pixmap.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(area.topLeft(), size)
        target.moveCenter(area.center())
        painter.drawPixmap(target.topLeft(), self._scaled(pixmap, size * ratio, ratio))

    def _scaled(self, pixmap: QPixmap, size: QSize, ratio: float) -> QPixmap:
        key = pixmap.cacheKey(), size.width(), size.height()
        if key not in self._small:
            if len(self._small) >= _KEPT:
                self._small.clear()
            small = pixmap.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio,
                                  Qt.TransformationMode.SmoothTransformation)  # fmt: skip
            small.setDevicePixelRatio(ratio)
            self._small[key] = small
        return self._small[key]

    def _paint_text(
        self, painter: QPainter, option: QStyleOptionViewItem, places: tuple[QRect, QRect], photo: Photo, ink: QColor,
        quiet: QColor,
    ) -> None:  # fmt: skip
        (above, below), values = places, photo.values
        caption = values.text("caption").replace("\n", " ")
        painter.setPen(ink if caption else quiet)
        told = caption or photo.trouble or (_("No caption") if photo.is_read else _("Not read yet"))
        draw_wrapped(painter, above, option.font, told, max(above.height() // option.fontMetrics.lineSpacing(), 1))
        credit = values.text("credit")
        warn = not credit and photo.is_read
        painter.setPen(QColor(theme.colours().warning) if warn else quiet)
        told = credit or (f"⚠ {_('no credit')}" if warn else "")
        painter.drawText(below, _LEADING, option.fontMetrics.elidedText(told, _ELIDED, below.width()))


def _lines(text: QRect, line: int) -> tuple[QRect, QRect]:
    """The room of the caption and that of the credit."""
    above = QRect(text.left(), text.top(), text.width(), text.height() - line - theme.GRID // 2)
    return above, QRect(text.left(), text.bottom() - line, text.width(), line)


def _area(row: QRect) -> QRect:
    return row.adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)


def _columns(area: QRect, direction: Qt.LayoutDirection) -> tuple[QRect, QRect, QRect]:
    number = QRect(area.left(), area.top(), 4 * theme.GRID, area.height())
    width = min(area.height() * 7 // 5, area.width() // 3)
    picture = QRect(number.right() + theme.GRID, area.top(), width, area.height())
    left = picture.right() + theme.GRID + theme.GRID // 2
    text = QRect(left, area.top(), area.right() - left, area.height())
    return tuple(QStyle.visualRect(direction, area, each) for each in (number, picture, text))  # type: ignore[return-value]
