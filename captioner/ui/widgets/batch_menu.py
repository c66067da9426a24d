"""Beside a field of many photos: how a text meets what each holds, and the values that they hold."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from captioner.core.fields import Value, shown
from captioner.core.modes import LABELS, Mode
from captioner.i18n import _
from captioner.ui import theme

_MOST, _LONGEST = 12, 60


class BatchMenu(QToolButton):
    picked = Signal(object)
    """One of the values, for all of the photos."""
    turned = Signal()
    """Another mode."""

    def __init__(self, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = Mode.REPLACE
        self._field = field
        self.setObjectName("batch")
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self._fill)
        self._values: Sequence[Value] = ()
        self._tell()
        self.hide()

    def show_values(self, values: Sequence[Value], is_many: bool) -> None:
        self._values = values
        if not is_many and self.mode is not Mode.REPLACE:
            self.mode = Mode.REPLACE
            self._tell()
        self.setVisible(is_many)

    def _tell(self) -> None:
        told = _(LABELS[self.mode])
        self.setText("▾" if self.mode is Mode.REPLACE else f"{told} ▾")
        self.setToolTip(theme.plain(_("How the text meets what each photo holds, and the values that they hold")))
        self.setAccessibleName(_("{field}: {mode}").format(field=self._field, mode=told))

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        group = QActionGroup(menu)
        for mode, label in LABELS.items():
            action = QAction(_(label), group, checkable=True, checked=mode is self.mode)
            action.triggered.connect(lambda _checked=False, mode=mode: self._turn(mode))
            menu.addAction(action)
        if len(self._values) > 1:
            menu.addSection(_("Set for all"))
        for value in self._values[:_MOST] if len(self._values) > 1 else ():
            action = menu.addAction(_entry(value))
            action.triggered.connect(lambda _checked=False, value=value: self.picked.emit(value))

    def _turn(self, mode: Mode) -> None:
        self.mode = mode
        self._tell()
        self.turned.emit()


def _entry(value: Value) -> str:
    """An ampersand in a value is no shortcut."""
    text = " ".join(shown(value).split()) or _("(empty)")
    return (text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…").replace("&", "&&")
