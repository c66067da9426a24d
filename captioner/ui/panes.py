"""Where the parts of the window stand: the sheet below the headline, preview over findings, the form."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from captioner.i18n import _
from captioner.ui import theme

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


_SHARES = ((3, 400), (4, 520), (3, 400))
"""Of sheet, middle and form: the share of further room, and the size to begin with."""


def lay_out(window: "MainWindow") -> QSplitter:
    """The sheet in its place, and room for what stands beside it."""
    every = _split(Qt.Orientation.Horizontal, [_left(window), QWidget(), QWidget()], _SHARES)
    page = QWidget()
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    rows.addWidget(window.notices)
    rows.addWidget(every, 1)
    window.setCentralWidget(page)
    return every


def complete(window: "MainWindow") -> QSplitter:
    """Puts the rest beside the sheet, which stays where it is; what divides the middle pane."""
    middle = _split(Qt.Orientation.Vertical, [window.preview, window.panel], ((3, 520), (2, 240)))
    window.panel.hide()
    for at, pane in enumerate((middle, window.form), start=1):
        room = window.panes.replaceWidget(at, pane)
        assert room
        room.deleteLater()
        window.panes.setStretchFactor(at, _SHARES[at][0])
        pane.show()
    window.setStatusBar(window.status)
    return middle


def _split(orientation: Qt.Orientation, panes: Iterable[QWidget], shares: Sequence[tuple[int, int]]) -> QSplitter:
    made = QSplitter(orientation)
    for at, (pane, (stretch, _size)) in enumerate(zip(panes, shares, strict=True)):
        made.addWidget(pane)
        made.setStretchFactor(at, stretch)
    made.setChildrenCollapsible(False)
    made.setSizes([size for _stretch, size in shares])
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
