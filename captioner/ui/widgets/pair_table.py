"""The table of pairs: captions dragged to other photos, split, joined and left out, by mouse or keyboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from captioner.core import pair_edits
from captioner.core.pairing import Pairing, Row
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import THUMBNAIL, Pictures
from captioner.ui.widgets.boxes import TextBox
from captioner.ui.widgets.pair_model import KEYS, Column, PairModel
from captioner.ui.widgets.pair_row import HEIGHT, PairRows

_FLAG = QItemSelectionModel.SelectionFlag
_HINT = QAbstractItemDelegate.EndEditHint
_EDGE = 4
"""The upper and lower quarter of a row mean the place before and after it."""


class PairTable(QTableView):
    wants_split = Signal()

    def __init__(self, model: PairModel, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs, self.pictures = model, pictures
        self.empty = ""
        """What is told where there are no pairs."""
        self.setModel(model)
        self.rows = PairRows(model, pictures, self)
        self.setItemDelegate(self.rows)
        self.setAccessibleName(_("Pairs"))
        self.setObjectName("pairs")
        self._drop: tuple[int, bool] | None = None
        self._wanting = QTimer(self, interval=0, singleShot=True)
        self._behave()
        self._dress()
        self._wanting.timeout.connect(self.want_visible)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._wanting.start())
        model.changed.connect(self._wanting.start)
        pictures.ready.connect(self._show_picture)

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)  # drawn here: over the whole row, or between two
        self.setDragDropOverwriteMode(False)

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(HEIGHT)
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        columns.setMinimumSectionSize(12 * theme.GRID)
        for column, width in ((Column.PHOTO, 32), (Column.CREDIT, 24)):
            columns.resizeSection(column, width * theme.GRID)
        for column in (Column.HELD, Column.CAPTION):
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setColumnHidden(Column.HELD, True)

    # The current pair

    @property
    def row(self) -> Row:
        return self.pairs.row(self.currentIndex())

    def do(self, act: Callable[[Pairing, int], Pairing], at: int | None = None) -> None:
        """With the current caption, or another one; the table goes on showing it."""
        at = self.row.at if at is None else at
        if at is not None:
            self.pairs.do(act(self.pairs.pairing, at))
            self.go_to_caption(at)

    def go_to_caption(self, at: int) -> None:
        if at < len(self.pairs.pairing.told):
            self.go_to(pair_edits.row_of(self.pairs.pairing, at))

    def go_to(self, row: int, column: int = -1) -> None:
        column = column if column >= 0 else max(self.currentIndex().column(), 0) or Column.CAPTION
        index = self.pairs.index(min(row, self.pairs.rowCount() - 1), column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect | _FLAG.Rows)
            self.scrollTo(index)

    def commit(self) -> int:
        """Takes what is being typed, and tells where in the caption the cursor stands; -1 where it doesn't."""
        box = self.focusWidget() if self.state() is QAbstractItemView.State.EditingState else None
        is_caption = self.currentIndex().column() == Column.CAPTION
        place = box.cursor_at() if isinstance(box, TextBox) and is_caption else -1
        if box is not None:
            self.commitData(box)
            self.closeEditor(box, _HINT.NoHint)
            self.setFocus()
        return place

    def edit_text(self, key: str) -> None:
        column = next(column for column, each in KEYS.items() if each == key)
        index = self.pairs.index(max(self.currentIndex().row(), 0), column)
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.go_to(index.row(), column)
            self.edit(index)

    def closeEditor(self, editor: QWidget, hint: _HINT) -> None:
        """Tab goes from the caption to the credit, and on to the next caption."""
        step = {_HINT.EditNextItem: 1, _HINT.EditPreviousItem: -1}.get(hint, 0)
        super().closeEditor(editor, _HINT.NoHint if step else hint)
        if step and (index := self._next_text(step)):
            self.go_to(index.row(), index.column())
            self.edit(index)

    def _next_text(self, step: int) -> QModelIndex | None:
        current, columns = self.currentIndex(), tuple(KEYS)
        if current.column() not in columns:
            return None
        at = current.row() * len(columns) + columns.index(Column(current.column())) + step
        while 0 <= at < self.pairs.rowCount() * len(columns):
            index = self.pairs.index(at // len(columns), columns[at % len(columns)])
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                return index
            at += step
        return None

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are no search: they would be taken for typing."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.edit_text("credit" if self.currentIndex().column() == Column.CREDIT else "caption")
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on one of two captions picks it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.pairs.row(index)
        if event.button() == Qt.MouseButton.LeftButton and self._can_pick(row.path):
            if index.column() == Column.HELD:
                self.pick(row.path, is_kept=True)
            elif index.column() == Column.CAPTION:
                self.pick(row.path, is_kept=False)

    def _can_pick(self, path: Path | None) -> bool:
        return self.pairs.shows_held and path in self.pairs.pairing.met

    def pick(self, path: Path | None, is_kept: bool | None = None) -> None:
        """The photo's own caption or the story's; else the other one of the two."""
        pairing = self.pairs.pairing
        if path and self._can_pick(path):
            is_kept = path not in pairing.kept if is_kept is None else is_kept
            self.pairs.do((pair_edits.keep if is_kept else pair_edits.take_story)(pairing, [path]))

    # Pictures

    def want_visible(self) -> None:
        """What is in sight first, then one screen further."""
        first = max(self.rowAt(0), 0)
        count = 2 * (self.viewport().height() // HEIGHT + 1)
        wanted = [row.path for row in self.pairs.pairing.rows[first : first + count] if row.path]
        if any(self.pictures.get(path, THUMBNAIL) is None for path in wanted):
            self.pictures.want(THUMBNAIL, wanted)

    def _show_picture(self, path: Path, edge: int) -> None:
        if edge == THUMBNAIL and path in self.pairs.pairing.photos:
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wanting.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    # Dragged and dropped

    def startDrag(self, actions: Qt.DropAction) -> None:
        """A few words of the caption go with the pointer: the photos stay, and are to be seen."""
        if self.row.at is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.pairs.mimeData([self.currentIndex()]))
        drag.setPixmap(self._carried(self.pairs.pairing.told[self.row.at].caption))
        drag.setHotSpot(QPoint(-theme.GRID, -theme.GRID))
        drag.exec(Qt.DropAction.MoveAction)
        self._show_drop(None)

    def _carried(self, caption: str) -> QPixmap:
        c, ratio = theme.colours(), self.devicePixelRatioF()
        place = QRect(0, 0, 30 * theme.GRID, self.fontMetrics().lineSpacing() + 2 * theme.PADDING)
        pixmap = QPixmap(place.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(c.selection))
        painter = QPainter(pixmap)
        painter.setPen(QColor(c.accent))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(c.text))
        inside = place.adjusted(theme.GRID, 0, -theme.GRID, 0)
        told = self.fontMetrics().elidedText(" ".join(caption.split()), Qt.TextElideMode.ElideRight, inside.width())
        painter.setFont(self.font())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, told)
        painter.end()
        return pixmap

    def target(self, at: QPoint) -> tuple[int, bool]:
        """A row, and whether the caption goes onto it rather than in front of it."""
        row = self.rowAt(at.y())
        if row < 0:
            return self.pairs.rowCount(), False
        above = at.y() - self.rowViewportPosition(row)
        if above < HEIGHT // _EDGE:
            return row, False
        return (row + 1, False) if above >= HEIGHT - HEIGHT // _EDGE else (row, True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are the dialog's."""
        if self.pairs.dragged(event.mimeData()) is None:
            event.ignore()
        else:
            super().dragEnterEvent(event)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        self._show_drop(self.target(event.position().toPoint()))
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Onto a row the two captions change places; between two, those behind it move down."""
        at = self.pairs.dragged(event.mimeData())
        row, is_onto = self.target(event.position().toPoint())
        self._show_drop(None)
        self.setState(QAbstractItemView.State.NoState)
        if at is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # nothing is left to be removed where it came from
        event.accept()
        self.drop(at, row, is_onto)

    def drop(self, at: int, row: int, is_onto: bool) -> None:
        pairing = self.pairs.pairing
        if not is_onto:
            self.pairs.do(pair_edits.insert(pairing, at, row))
            self.go_to(max(row - (row > pair_edits.row_of(pairing, at)), 0))
            return
        if (path := pairing.rows[row].path) is not None:
            self.pairs.do(pair_edits.put(pairing, at, path))
        elif (other := pairing.rows[row].at) not in (None, at):
            self.pairs.do(pair_edits.swap(pairing, at, other))
        self.go_to(row if path is None else self.pairs.pairing.row_with(path))

    def _show_drop(self, drop: tuple[int, bool] | None) -> None:
        self._drop = drop
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, c, width = QPainter(self.viewport()), theme.colours(), self.viewport().width()
        if not self.pairs.rowCount() or not self.pairs.pairing.told:
            painter.fillRect(self.viewport().rect(), QColor(c.base))
            painter.setPen(QColor(c.quiet))
            room = self.viewport().rect().adjusted(4 * theme.GRID, 0, -4 * theme.GRID, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty)
        if self._drop:
            row, is_onto = self._drop
            end = self.rowViewportPosition(self.pairs.rowCount() - 1) + HEIGHT
            top = self.rowViewportPosition(row) if row < self.pairs.rowCount() else end
            painter.setPen(QColor(c.accent))
            for inset in (0, 1) if is_onto else ():
                painter.drawRect(QRect(inset, top + inset, width - 1 - 2 * inset, HEIGHT - 1 - 2 * inset))
            if not is_onto:
                painter.fillRect(QRect(0, max(top - 2, 0), width, 3), QColor(c.accent))
        painter.end()
