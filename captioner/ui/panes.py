"""Where the parts of the window stand: the sheet below the headline, preview over findings, the form."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from captioner.i18n import _
from captioner.ui import theme

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


def lay_out(window: "MainWindow") -> tuple[QSplitter, QSplitter]:
    """The panes, and what divides the middle one."""
    middle = _split(Qt.Orientation.Vertical, [(window.preview, 3, 520), (window.panel, 2, 240)])
    window.panel.hide()
    every = _split(Qt.Orientation.Horizontal, [(_left(window), 3, 400), (middle, 4, 520), (window.form, 3, 400)])
    page = QWidget()
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    rows.addWidget(window.notices)
    rows.addWidget(every, 1)
    window.setCentralWidget(page)
    window.setStatusBar(window.status)
    return every, middle


def _split(orientation: Qt.Orientation, panes: Iterable[tuple[QWidget, int, int]]) -> QSplitter:
    """Each pane with its share of further room, and its size to begin with."""
    made, held = QSplitter(orientation), list(panes)
    for at, (pane, stretch, _size) in enumerate(held):
        made.addWidget(pane)
        made.setStretchFactor(at, stretch)
    made.setChildrenCollapsible(False)
    made.setSizes([size for _pane, _stretch, size in held])
    return made


def _left(window: "MainWindow") -> QWidget:
    window.headline.setPlaceholderText(_("Headline of the set"))
    window.headline.setAccessibleName(_("Headline of the set"))
    left = QWidget()
    left.setMinimumWidth(40 * theme.GRID)
    column = QVBoxLayout(left)
    column.setContentsMargins(0, theme.GRID, 0, 0)
    column.setSpacing(theme.GRID)
    framed = QVBoxLayout()
    framed.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
    framed.addWidget(window.headline)
    column.addLayout(framed)
    column.addWidget(window.sheet)
    return left
