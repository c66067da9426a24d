"""The list of files that an export will write: of however many photos, those in sight alone are drawn."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from captioner.export.plan import Plan, Planned
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import THUMBNAIL, Pictures
from captioner.ui.widgets.plan_model import Index, PlanModel
from captioner.ui.widgets.plan_row import PlanRows


class PlanList(QListView):
    chosen = Signal(object)
    """The Planned photo that is looked at, or None."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.plan_model, self.pictures = PlanModel(self), pictures
        self.empty = ""
        """What is told where there are no files."""
        self.setObjectName("plan")
        self.setAccessibleName(_("Files that will be written"))
        self.setModel(self.plan_model)
        self.setItemDelegate(PlanRows(self.plan_model, pictures, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._wanting = QTimer(self, interval=0, singleShot=True)
        self._wanting.timeout.connect(self.want_visible)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._wanting.start())
        pictures.ready.connect(self._show_picture)
        self.selectionModel().currentChanged.connect(lambda *_indexes: self.chosen.emit(self.photo))

    @property
    def photo(self) -> Planned | None:
        row = self.plan_model.row(self.currentIndex())
        return row if isinstance(row, Planned) else None

    def show_plan(self, plan: Plan | None) -> None:
        """The photo that was looked at stays so where it is in the plan."""
        at = max(self.currentIndex().row(), 0)
        self.plan_model.show_plan(plan)
        if self.currentIndex().row() < 0 and (count := self.plan_model.rowCount()):
            self.setCurrentIndex(self.plan_model.index(min(at, count - 1)))
        self.viewport().update()
        self._wanting.start()

    def want_visible(self) -> None:
        """What is in sight first, then one screen further."""
        first = max(self.indexAt(self.viewport().rect().topLeft()).row(), 0)
        height = max(self.sizeHintForRow(0), 1)
        last = first + 2 * (self.viewport().height() // height + 1)
        wanted = [path for row in range(first, last) if (path := self.plan_model.path(row))]
        if any(self.pictures.get(path, THUMBNAIL) is None for path in wanted):
            self.pictures.want(THUMBNAIL, wanted)

    def _show_picture(self, _path: Path, edge: int) -> None:
        if edge == THUMBNAIL:
            self.viewport().update()

    def dataChanged(self, first: Index, last: Index, roles: object = ()) -> None:
        """Qt's own lays all rows out anew, though each is as high as before."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wanting.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.plan_model.rowCount() and self.empty:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.colours().quiet))
            room = self.viewport().rect().adjusted(4 * theme.GRID, 0, -4 * theme.GRID, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty)
            painter.end()
