"""Checks…: what each check looks for, and what a desk makes of it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core.checks import CHECKS
from captioner.core.checks.words import LOOKS_FOR, TITLES
from captioner.i18n import N_, _
from captioner.ui import theme

_CHOICES = {"": N_("As the check says"), "error": N_("Error"), "warning": N_("Warning"), "info": N_("Note"),
            "off": N_("Off")}  # fmt: skip
_Button = QDialogButtonBox.StandardButton


class ChecksDialog(QDialog):
    changed = Signal(object)
    """The weights, as Attention has them, at each choice."""

    def __init__(self, weights: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Checks"))
        self.choices = {check: _choice(check, weights.get(check, "")) for check in CHECKS}
        for box in self.choices.values():
            box.currentIndexChanged.connect(lambda _row: self.changed.emit(self.weights))
        self.buttons = QDialogButtonBox(_Button.RestoreDefaults | _Button.Close)
        for each in self.buttons.buttons():
            each.setAutoDefault(False)  # type: ignore[attr-defined]
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(_Button.RestoreDefaults).clicked.connect(self._restore)
        self._lay_out()

    def _lay_out(self) -> None:
        hint = QLabel(_("Errors and warnings count as problems; a note is told in the panel alone."))
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        page, grid = QWidget(), QGridLayout()
        page.setLayout(grid)
        grid.setContentsMargins(0, 0, theme.GRID, 0)
        grid.setHorizontalSpacing(3 * theme.GRID)
        grid.setVerticalSpacing(2 * theme.GRID)
        grid.setColumnStretch(0, 1)
        for row, (check, box) in enumerate(self.choices.items()):
            grid.addWidget(_words(check), row, 0)
            grid.addWidget(box, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setRowStretch(len(self.choices), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        layout.setSpacing(2 * theme.GRID)
        for each in (hint, scroll, self.buttons):
            layout.addWidget(each)
        self.resize(640, 560)

    @property
    def weights(self) -> dict[str, str]:
        """Of the checks that are not left to themselves."""
        chosen = {check: str(box.currentData()) for check, box in self.choices.items()}
        return {check: weight for check, weight in chosen.items() if weight}

    def _restore(self) -> None:
        for box in self.choices.values():
            box.setCurrentIndex(0)


def _choice(check: str, weight: str) -> QComboBox:
    box = QComboBox()
    for each, label in _CHOICES.items():
        box.addItem(_(label), each)
    box.setCurrentIndex(max(box.findData(weight), 0))
    box.setAccessibleName(_(TITLES[check]) if check in TITLES else check)
    box.setAccessibleDescription(_(LOOKS_FOR[check]) if check in LOOKS_FOR else "")
    return box


def _words(check: str) -> QWidget:
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GRID // 4)
    for text, look in ((TITLES.get(check, check), "title"), (LOOKS_FOR.get(check, ""), "quiet")):
        label = QLabel(_(text) if text else "")
        label.setObjectName(look)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(label)
    return words
