"""The findings panel: what the checks report, beside the photos; it goes there, fixes and dismisses."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core.checks import Finding
from captioner.core.photo_set import Changed
from captioner.i18n import _, ngettext
from captioner.ui import finding_rows, theme
from captioner.ui.finding_rows import FindingRows
from captioner.ui.findings_model import FindingsModel
from captioner.ui.judging import Judging
from captioner.ui.qt_photo_set import QtPhotoSet

_WORDS_MS = 60
_IN_MENU = ("fix", "fix_all", "dismiss", "turn_off", "checks")
_BUTTONS = 3
"""The first ones are buttons too."""


class FindingsPanel(QWidget):
    wanted = Signal(object)
    """The finding to go to: its photo, field and span."""
    looked = Signal(object)
    """The finding that is selected, or None."""
    closed = Signal()

    def __init__(self, judging: Judging, photos: QtPhotoSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos, self.judging, self.model = photos, judging, FindingsModel(judging, photos, self)
        self.table = _Table(self.model)
        self.title, self.count, self.grouping, self.close_ = QLabel(_("Findings")), QLabel(), QComboBox(), QToolButton()
        self.buttons, self.of_actions = QHBoxLayout(), dict[str, QToolButton]()
        self._actions: Mapping[str, QAction] = {}
        self.setAccessibleName(_("Findings"))
        self.is_reading: Callable[[], bool] = lambda: False
        self._selected: Path | None = None
        self._is_stale = True
        self._telling = QTimer(self, interval=_WORDS_MS, singleShot=True)
        self._telling.timeout.connect(self.tell)
        self._lay_out()
        self._connect(photos)

    def _lay_out(self) -> None:
        self.title.setObjectName("title")
        self.count.setObjectName("quiet")
        for label, by_check in ((_("By photo"), False), (_("By check"), True)):
            self.grouping.addItem(label, by_check)
        self.grouping.setAccessibleName(_("Findings grouped"))
        self.close_.setIcon(theme.icon("close"))
        self.close_.setAutoRaise(True)
        self.close_.setToolTip(_("Close"))
        self.close_.setAccessibleName(_("Close the findings"))
        self.close_.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        top = QHBoxLayout()
        top.setContentsMargins(2 * theme.GRID, 0, theme.GRID, 0)
        top.setSpacing(theme.GRID)
        for part in (self.title, self.count):
            top.addWidget(part)
        top.addStretch()
        for part in (self.grouping, self.close_):
            top.addWidget(part)
        self.buttons.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 0)
        self.buttons.setSpacing(theme.GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(self.buttons)

    def _connect(self, photos: QtPhotoSet) -> None:
        photos.changed.connect(self._follow_order)
        self.judging.begun.connect(self._build)
        self.judging.judged.connect(self._follow)
        self.judging.went_on.connect(self._telling.start)
        self.grouping.currentIndexChanged.connect(lambda _row: self.group(bool(self.grouping.currentData())))
        self.table.selectionModel().currentChanged.connect(lambda *_indexes: self._look())
        self.table.doubleClicked.connect(lambda _index: self._go())
        self.table.entered_.connect(self._go)
        self.close_.clicked.connect(self.closed)

    def show_actions(self, actions: Mapping[str, QAction]) -> None:
        """What the buttons and the menu do; shortcuts and words are those of the window."""
        self.table.actions_ = [actions[key] for key in _IN_MENU]
        self._actions = actions
        for key in _IN_MENU[:_BUTTONS]:
            button = self.of_actions[key] = QToolButton()
            button.setText(actions[key].text())
            actions[key].changed.connect(self._show_keys)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setObjectName("quiet")
            button.clicked.connect(lambda _checked, action=actions[key]: self._act(action))
            self.buttons.addWidget(button)
        self.buttons.addStretch()
        self._show_keys()
        self._look()

    def _show_keys(self) -> None:
        """A person may change them."""
        for key, button in self.of_actions.items():
            button.setToolTip(self._actions[key].toolTip())

    def changeEvent(self, event: QEvent) -> None:
        """The desktop turned dark or light: icons are drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.close_.setIcon(theme.icon("close"))

    # What is shown

    def group(self, by_check: bool) -> None:
        if by_check != self.model.by_check:
            self.model.by_check = by_check
            self.grouping.setCurrentIndex(self.grouping.findData(by_check))
            self._build()

    def show_photo(self, path: Path | None) -> None:
        self._selected = path
        if self.isVisible() and path != self.model.selected:
            current, above = self.current, self.model.selected_count
            self.model.show_photo(path)
            self._keep_place(current, self.model.selected_count - above)

    def _keep_place(self, current: Finding | None, grown: int) -> None:
        """What a person looks at in the set stays where it is, however much is above it now."""
        scroll = self.table.verticalScrollBar()
        at = scroll.value() + grown * self.table.row_height if scroll.value() else 0
        if self.current != current:
            self.table.setCurrentIndex(self.model.index(self.model.find(current) if current else -1, 0))
        scroll.setValue(at)

    def show_finding(self, finding: Finding) -> None:
        """Where a person came to it by another way."""
        row = self.model.find(finding) if self.isVisible() else -1
        if row >= 0:
            if row < self.model.selected_count:
                self.table.scrollToTop()
            self.table.setCurrentIndex(self.model.index(row, 0))

    @property
    def current(self) -> Finding | None:
        row = self.model.row(self.table.currentIndex())
        return row if isinstance(row, Finding) else None

    @property
    def current_check(self) -> str:
        """Of the finding, or of the heading of a check."""
        row = self.model.row(self.table.currentIndex())
        return row.check if row else ""

    def focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(min(1, self.model.rowCount() - 1), 0))

    def _build(self) -> None:
        """Once it is in sight; what nobody sees is not kept up to date."""
        self._is_stale = not self.isVisible()
        if self.isVisible():
            current = self.current
            self.model.selected = self._selected
            self.model.build()
            if current:
                self.show_finding(current)
        self._telling.start()

    def _follow(self, paths: Collection[Path]) -> None:
        if self.isVisible() and not self._is_stale:
            self.model.follow(paths)
        else:
            self._is_stale = True
        self._telling.start()

    def _follow_order(self, changed: Changed) -> None:
        if changed.order:
            self._build()

    def tell(self) -> None:
        """How many, or why there are none."""
        waiting, found = self.judging.waiting_count, self.judging.count
        checking = ngettext("Checking {count} more photo…", "Checking {count} more photos…", waiting) if waiting \
            else _("Checking…") if self.is_reading() else ""  # fmt: skip
        checking = checking.format(count=waiting)
        self.count.setText("  ·  ".join(filter(None, [str(found) if found else "", checking if found else ""])))
        self.table.message = "" if found else checking or self._nothing()
        self.table.viewport().update()

    def _nothing(self) -> str:
        return _("No check reports a problem.") if len(self.photos.photos) else _("No photos are open.")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale or self.model.selected != self._selected:
            self._build()

    # What a person does

    def _look(self) -> None:
        current = self.current
        self.of_actions["fix"].setEnabled(bool(current and current.fix is not None))
        self.of_actions["fix_all"].setEnabled(bool(self.current_check))
        self.of_actions["dismiss"].setEnabled(current is not None)
        self.looked.emit(current)

    def _act(self, action: QAction) -> None:
        """Of what is selected here, wherever the cursor is."""
        self.table.setFocus()
        action.trigger()

    def _go(self) -> None:
        if finding := self.current:
            self.wanted.emit(finding)


class _Table(QTableView):
    """One column of rows as high as each other: a table that knows where each is, however many there are."""

    entered_ = Signal()

    def __init__(self, model: FindingsModel) -> None:
        super().__init__()
        self.message, self.actions_ = "", list[QAction]()
        self.setModel(model)
        self.setItemDelegate(FindingRows(model))
        self.setAccessibleName(_("Findings"))
        self.setObjectName("findings")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self.row_height = finding_rows.height(self.fontMetrics().lineSpacing())
        rows.setDefaultSectionSize(self.row_height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are no search in the list, and Return is for the panel alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_.emit()
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addActions(self.actions_)
        menu.aboutToHide.connect(menu.deleteLater)
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        below = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft() + QPoint(theme.GRID, 0))
        menu.popup(event.globalPos() if by_mouse else below)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.message and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme.colours().quiet)
            room = self.viewport().rect().adjusted(2 * theme.GRID, 0, -2 * theme.GRID, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.message)
            painter.end()
