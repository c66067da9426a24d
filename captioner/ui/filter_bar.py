"""Which photos are shown: a kind, and a text to search for."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from captioner.core.filters import LABELS, Filter, Kind
from captioner.i18n import _
from captioner.ui import theme

_TYPING_MS = 120


class FilterBar(QWidget):
    changed = Signal(object)
    """The Filter."""
    left = Signal()
    """Return or Down: on to what was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.search = QComboBox(), _Search()
        for kind, label in LABELS.items():
            self.kind.addItem(_(label), kind)
        self.kind.setAccessibleName(_("Photos shown"))
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search in captions, credits, all fields and file names"))
        self.search.setToolTip(theme.plain(_("Every word has to be there; “credit:putin” looks in the credit alone.")))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(26 * theme.GRID)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addStretch()
        layout.addWidget(self.kind)
        layout.addWidget(self.search)
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._tell)
        self.kind.currentIndexChanged.connect(lambda _index: self._tell())
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.escaped.connect(self.clear)
        self.search.gone_on.connect(self._go_on)

    @property
    def filter(self) -> Filter:
        return Filter(Kind(self.kind.currentData()), self.search.text().strip())

    def show_kind(self, kind: Kind) -> None:
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def clear(self) -> None:
        self.search.clear()
        self.kind.setCurrentIndex(0)
        self._tell()

    def _tell(self) -> None:
        self._typing.stop()
        is_on = self.filter != Filter()
        for widget in (self.kind, self.search):
            widget.setProperty("on", is_on)
            widget.style().polish(widget)
        self.changed.emit(self.filter)

    def _go_on(self) -> None:
        self._tell()
        self.left.emit()


class _Search(QLineEdit):
    escaped = Signal()
    gone_on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.escaped.emit()
                self.gone_on.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down if not event.modifiers():
                self.gone_on.emit()
            case _:
                super().keyPressEvent(event)
