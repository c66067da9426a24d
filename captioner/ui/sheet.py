"""The sheet: the ordered set as rows of number, thumbnail, caption and credit."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QDropEvent, QFont, QFontMetrics, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from captioner.core.photo import Photo
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import THUMBNAIL, Pictures
from captioner.ui.qt_photo_set import PHOTO, ROWS, QtPhotoSet

_ROW_HEIGHT, _THUMBNAIL_WIDTH = 12 * theme.GRID, 14 * theme.GRID
Index = QModelIndex | QPersistentModelIndex


class Sheet(QListView):
    selected = Signal()
    """The selection or the current photo is another one."""

    def __init__(self, model: QtPhotoSet, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos, self.pictures = model, pictures
        self.setModel(model)
        self.setItemDelegate(_Rows(model, pictures, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.setAccessibleName(_("Sheet"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wanting = QTimer(self, interval=0, singleShot=True)
        self._wanting.timeout.connect(self.want_visible)
        self.verticalScrollBar().valueChanged.connect(self._wanting.start)
        model.modelReset.connect(self._wanting.start)
        model.layoutChanged.connect(self._wanting.start)
        model.modelReset.connect(self.selected)
        pictures.ready.connect(self._show_picture)
        self.selectionModel().selectionChanged.connect(self.selected)
        self.selectionModel().currentChanged.connect(self.selected)

    @property
    def selection(self) -> list[Path]:
        """In the set's order; the current photo alone where nothing is selected."""
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        rows = sorted(index.row() for index in indexes if index.isValid())
        return [self.photos.photos.order[row] for row in rows]

    def go_to(self, row: int) -> None:
        index = self.photos.index(row)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def select(self, paths: list[Path]) -> None:
        rows = [row for path in paths if (row := self.photos.row(path)) >= 0]
        for position, row in enumerate(rows):
            flag = QItemSelectionModel.SelectionFlag
            index = self.photos.index(row)
            self.selectionModel().select(index, flag.Select if position else flag.ClearAndSelect)
        if rows:
            self.selectionModel().setCurrentIndex(self.photos.index(rows[0]), QItemSelectionModel.SelectionFlag.Select)
            self.scrollTo(self.photos.index(rows[0]))

    def want_visible(self) -> None:
        """What is in sight first, then one screen further."""
        first = self.indexAt(self.viewport().rect().topLeft()).row()
        count = self.viewport().height() // _ROW_HEIGHT + 2
        order = self.photos.photos.order
        if order:
            first = max(first, 0)
            self.pictures.want(THUMBNAIL, order[first : first + 2 * count])

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's list would move rows of the model itself; here the order is the set's to change."""
        if not event.mimeData().hasFormat(ROWS):
            event.ignore()
            return
        at = event.position().toPoint()
        index = self.indexAt(at)
        below = index.isValid() and at.y() > self.visualRect(index).center().y()
        row = index.row() + below if index.isValid() else self.photos.rowCount()
        self.photos.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, row, 0, QModelIndex())
        event.setDropAction(Qt.DropAction.CopyAction)  # nothing is left to be removed where it came from
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wanting.start()

    def _show_picture(self, path: Path, edge: int) -> None:
        if edge == THUMBNAIL and (row := self.photos.row(path)) >= 0:
            self.update(self.photos.index(row))


class _Rows(QStyledItemDelegate):
    def __init__(self, model: QtPhotoSet, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self.model, self.pictures = model, pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40 * theme.GRID, _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        photo: Photo = index.data(PHOTO)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        c = theme.colours()
        ink, quiet = QColor(c.text), QColor(c.text if is_selected else c.quiet)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(option.rect, QColor(c.selection if is_selected else c.base))
        if is_selected:
            bar = QRect(option.rect.left(), option.rect.top(), theme.GRID // 2, option.rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, option.rect, bar), QColor(c.accent))
        area = option.rect.adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)
        number, picture, text = _columns(area, option.direction)
        painter.setPen(quiet)
        painter.drawText(number, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter, f"{index.row() + 1:02}")
        if photo.unsaved:
            _dot(painter, number, QColor(c.accent))
        self._paint_picture(painter, picture, photo.path)
        self._paint_text(painter, text, option.font, photo, ink, quiet)
        painter.setPen(QColor(c.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_picture(self, painter: QPainter, area: QRect, path: Path) -> None:
        pixmap = self.pictures.get(path, THUMBNAIL)
        if pixmap is None or pixmap.isNull():
            painter.fillRect(area, QColor(theme.colours().surround if pixmap is None else theme.colours().notice))
            if pixmap is not None:
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, path.suffix[1:].upper())
            return
        size = pixmap.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(area.topLeft(), size)
        target.moveCenter(area.center())
        painter.drawPixmap(target, pixmap)

    def _paint_text(
        self, painter: QPainter, area: QRect, font: QFont, photo: Photo, ink: QColor, quiet: QColor
    ) -> None:
        metrics = QFontMetrics(font)
        line = metrics.lineSpacing()
        lines = max((area.height() - line - theme.GRID // 2) // line, 1)
        caption = photo.values.text("caption").replace("\n", " ")
        painter.setPen(ink if caption else quiet)
        told = caption or photo.trouble or (_("No caption") if photo.is_read else _("Not read yet"))
        _draw_wrapped(painter, QRect(area.left(), area.top(), area.width(), lines * line), font, told, lines)
        credit = photo.values.text("credit")
        below = QRect(area.left(), area.bottom() - line, area.width(), line)
        warn = not credit and photo.is_read
        painter.setPen(QColor(theme.colours().warning) if warn else quiet)
        told = credit or (f"⚠ {_('no credit')}" if warn else "")
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, metrics.elidedText(
            told, Qt.TextElideMode.ElideRight, area.width()))  # fmt: skip


def _columns(area: QRect, direction: Qt.LayoutDirection) -> tuple[QRect, QRect, QRect]:
    number = QRect(area.left(), area.top(), 4 * theme.GRID, area.height())
    picture = QRect(number.right() + theme.GRID, area.top(), _THUMBNAIL_WIDTH, area.height())
    left = picture.right() + theme.GRID + theme.GRID // 2
    text = QRect(left, area.top(), area.right() - left, area.height())
    return tuple(QStyle.visualRect(direction, area, each) for each in (number, picture, text))  # type: ignore[return-value]


def _dot(painter: QPainter, area: QRect, colour: QColor) -> None:
    """Unsaved."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QRect(area.center().x() - 3, area.top() + 3 * theme.GRID, 7, 7))


def _draw_wrapped(painter: QPainter, area: QRect, font: QFont, text: str, lines: int) -> None:
    """As many lines as there is room for, the last one elided."""
    layout = QTextLayout(text[:1000], font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    metrics = QFontMetrics(font)
    layout.beginLayout()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        rest = text[line.textStart() :]
        shown = rest[: line.textLength()]
        if number == lines - 1:
            shown = metrics.elidedText(rest[:400], Qt.TextElideMode.ElideRight, area.width())
        top = area.top() + number * metrics.lineSpacing()
        painter.drawText(QRect(area.left(), top, area.width(), metrics.lineSpacing()),
                         Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)  # fmt: skip
    layout.endLayout()
