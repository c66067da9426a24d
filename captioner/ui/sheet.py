"""The sheet: the ordered set as rows, to be selected, moved and edited where they stand."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from captioner.core.history import Edit
from captioner.i18n import _
from captioner.ui import dragging, theme
from captioner.ui.in_place import KEYS, InPlace
from captioner.ui.pictures import THUMBNAIL, Pictures
from captioner.ui.qt_photo_set import Index, QtPhotoSet
from captioner.ui.rows import HEIGHTS, Rows

_FLAG = QItemSelectionModel.SelectionFlag


class Sheet(QListView):
    selected = Signal()
    """The selection or the current photo is another one."""
    edited = Signal(object, str, object)
    """Path, key and value, typed in the row."""
    refused = Signal(str)
    moved = Signal(object)
    """The edit that a drop makes."""
    dropped = Signal(object, int)
    """Paths from outside, and the row that they were dropped in front of."""
    wants_full_screen = Signal()
    sighted = Signal(object)
    """The photos in sight, and a screen of those that follow."""

    def __init__(self, model: QtPhotoSet, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos, self.pictures = model, pictures
        self.setModel(model)
        self.rows = Rows(model, pictures, self)
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(False)  # drawn here: Qt's stands in the middle of a row as well
        self.setAccessibleName(_("Sheet"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else each pixel scrolled paints all rows
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.in_place = InPlace(self.viewport())
        self.empty = ""
        """What is told where no photo is shown."""
        self._selection: list[Path] | None = None
        self._is_choosing = self._has_chosen = False
        self._drop_row = -1
        self._wanting = QTimer(self, interval=0, singleShot=True)
        self._connect()

    def _connect(self) -> None:
        model, scroll = self.photos, self.verticalScrollBar()
        self._wanting.timeout.connect(self.want_visible)
        scroll.valueChanged.connect(lambda _value: self._wanting.start())  # not so many milliseconds later
        scroll.valueChanged.connect(lambda _value: self._put_box())
        for signal in (model.modelReset, model.layoutChanged):
            signal.connect(self._forget_selection)
            signal.connect(self._wanting.start)
            signal.connect(self.in_place.close)
        chosen = self.selectionModel()
        for signal in (chosen.selectionChanged, chosen.currentChanged, chosen.modelChanged):
            signal.connect(self._forget_selection)
        model.modelReset.connect(self._tell_selected)
        model.dataChanged.connect(lambda *_indexes: self._follow_value())
        self.pictures.ready.connect(self._show_picture)
        chosen.selectionChanged.connect(self._tell_selected)
        chosen.currentChanged.connect(self._tell_selected)
        self.in_place.edited.connect(self.edited)
        self.in_place.refused.connect(self.refused)
        self.in_place.ended.connect(self._go_on)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Qt's own lays all rows out anew, though each is as high as before; here those in sight are drawn."""
        start, end = self._in_sight()
        for row in range(max(first.row(), start), min(last.row(), end) + 1):
            self.update(self.photos.index(row))

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Of the rows in sight: Qt's own asks for all ten thousand of them."""
        region, (start, end) = QRegion(), self._in_sight()
        for run in selection.toList():
            for row in range(max(run.top(), start), min(run.bottom(), end) + 1):
                region += self.visualRect(self.photos.index(row))
        return region

    # Selection

    @property
    def selection(self) -> list[Path]:
        """In the set's order; the current photo alone where nothing is selected. Known until it is another one."""
        if self._selection is None:
            self._selection = self._selected()
        return self._selection

    def _selected(self) -> list[Path]:
        runs = [(each.top(), each.bottom()) for each in self.selectionModel().selection().toList()]
        chosen = [path for top, bottom in sorted(runs) for path in self.photos.shown[top : bottom + 1]]
        return chosen or ([self.current] if self.current else [])

    def _tell_selected(self, *_told: object) -> None:
        if self._is_choosing:
            self._has_chosen = True
        else:
            self.selected.emit()

    @contextmanager
    def _choosing(self) -> Generator[None]:
        """Selection and current photo change one after the other; it is told once, at the end."""
        if self._is_choosing:
            yield
            return
        self._is_choosing, self._has_chosen = True, False
        try:
            yield
        finally:
            self._is_choosing = False
        if self._has_chosen:
            self.selected.emit()

    def _forget_selection(self, *_told: object) -> None:
        self._selection = None

    @property
    def current(self) -> Path | None:
        row = self.currentIndex().row()
        return self.photos.shown[row] if 0 <= row < len(self.photos.shown) else None

    def go_to(self, row: int) -> None:
        index = self.photos.index(row)
        if index.isValid():
            with self._choosing():
                self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)
            self.scrollTo(index)

    def select(self, paths: Iterable[Path], current: Path | None = None) -> None:
        """Those of the photos that are shown; runs of rows at once, so that ten thousand take no time."""
        rows = sorted(row for path in paths if (row := self.photos.row(path)) >= 0)
        if not rows:
            return
        starts = [rows[0], *(after for before, after in pairwise(rows) if after != before + 1)]
        ends = [*(before for before, after in pairwise(rows) if after != before + 1), rows[-1]]
        chosen = QItemSelection()
        for start, end in zip(starts, ends, strict=True):
            chosen.select(self.photos.index(start), self.photos.index(end))
        row = self.photos.row(current) if current else -1
        with self._choosing():
            self.selectionModel().select(chosen, _FLAG.ClearAndSelect)
            self.selectionModel().setCurrentIndex(self.photos.index(row if row >= 0 else rows[0]), _FLAG.Select)
        self.scrollTo(self.currentIndex())

    def hide_photos(self, hidden: frozenset[Path]) -> None:
        """Another filter, or the same one anew; what was selected stays so while it is shown."""
        selection, current = self.selection, self.current
        if self.photos.hide(hidden):
            self.select(selection, current)
            if self.current is None:
                self.go_to(0)

    def set_height(self, number: int) -> None:
        self.rows.height = HEIGHTS[number % len(HEIGHTS)]
        self.in_place.close()
        self.scheduleDelayedItemsLayout()
        self._wanting.start()

    # Edited in place

    def edit_in_place(self, key: str) -> None:
        """The current photo's caption or credit."""
        path = self.current
        if path and self.photos.photos[path].is_read and not self.photos.photos[path].trouble:
            self.scrollTo(self.currentIndex())
            self.in_place.open(path, key, self.photos.photos[path].values[key], self._place(key))

    def _place(self, key: str) -> QRect:
        return self.rows.place(key, self.visualRect(self.currentIndex()), self.fontMetrics(), self.layoutDirection())

    def _put_box(self) -> None:
        if self.in_place.box:
            self.in_place.put(self._place(self.in_place.key))

    def _follow_value(self) -> None:
        if self.in_place.box and self.in_place.path in self.photos.photos:
            self.in_place.show_value(self.photos.photos[self.in_place.path].values[self.in_place.key])

    def _go_on(self, step: int) -> None:
        """Tab goes from the caption to the credit, and on to the next photo."""
        self.setFocus()
        at = KEYS.index(self.in_place.key) + step
        row = self.currentIndex().row() + at // len(KEYS)
        if step and 0 <= row < len(self.photos.shown):
            self.go_to(row)
            self.edit_in_place(KEYS[at % len(KEYS)])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            at, row = event.position().toPoint(), self.visualRect(index)
            credit = self.rows.place("credit", row, self.fontMetrics(), self.layoutDirection())
            self.edit_in_place("credit" if at.y() >= credit.top() else "caption")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are no search in the list: the search box finds more."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.edit_in_place("caption")
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.wants_full_screen.emit()
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
        else:
            with self._choosing():
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        with self._choosing():
            super().mousePressEvent(event)

    # Pictures

    def want_visible(self) -> None:
        """What is in sight first, then one screen further."""
        first, last = self._in_sight()
        in_sight, ahead = self.photos.shown[first:last], self.photos.shown[last : 2 * last - first + 2]
        if in_sight:
            self.pictures.want(THUMBNAIL, in_sight, ahead)
            self.sighted.emit(in_sight + ahead)

    @property
    def is_complete(self) -> bool:
        """Whether every photo in sight has its picture."""
        first, last = self._in_sight()
        shown = self.photos.shown[first:last]
        return bool(shown) and all(self.pictures.is_made(path, THUMBNAIL) for path in shown)

    def _in_sight(self) -> tuple[int, int]:
        """The first row, and one that is below the viewport's last."""
        first = max(self.indexAt(self.viewport().rect().topLeft()).row(), 0)
        return first, first + self.viewport().height() // self.rows.height + 2

    def _show_picture(self, path: Path, edge: int) -> None:
        if edge == THUMBNAIL and (row := self.photos.row(path)) >= 0:
            self.update(self.photos.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wanting.start()
        self._put_box()

    # Dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        self._show_drop(self._row_at(event))
        event.accept()

    def dragLeaveEvent(self, event: object) -> None:
        super().dragLeaveEvent(event)  # type: ignore[arg-type]
        self._show_drop(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's list would move rows of the model itself; here the order is the set's to change."""
        row, data = self._row_at(event), event.mimeData()
        self._show_drop(-1)
        if self.photos.owns(data):
            edit: Edit = self.photos.moved(data, row)
            event.setDropAction(Qt.DropAction.CopyAction)  # nothing is left to be removed where it came from
            event.accept()
            self.moved.emit(edit)
        elif paths := dragging.originals(data):
            event.acceptProposedAction()
            self.dropped.emit(paths, row)
        else:
            event.ignore()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def _row_at(self, event: QDropEvent) -> int:
        at = event.position().toPoint()
        index: QModelIndex = self.indexAt(at)
        below = index.isValid() and at.y() > self.visualRect(index).center().y()
        return index.row() + below if index.isValid() else self.photos.rowCount()

    def _show_drop(self, row: int) -> None:
        self._drop_row = row
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), self.palette().base())
        ground.end()
        self.rows.damaged = event.region()
        super().paintEvent(event)
        self.rows.damaged = None
        painter = QPainter(self.viewport())
        if not self.photos.shown and self.empty:
            painter.setPen(QColor(theme.colours().quiet))
            room = self.viewport().rect().adjusted(2 * theme.GRID, 0, -2 * theme.GRID, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty)
        if self._drop_row >= 0:
            rows = len(self.photos.shown)
            last = self.visualRect(self.photos.index(max(min(self._drop_row, rows) - 1, 0)))
            y = last.top() if self._drop_row == 0 else last.bottom()
            painter.fillRect(QRect(0, y - 1, self.viewport().width(), 3), QColor(theme.colours().accent))
        painter.end()
