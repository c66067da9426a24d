"""The bar of the window: what is done most, all else in one menu, and the filter."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton

from captioner.i18n import _
from captioner.ui import theme

if TYPE_CHECKING:
    from captioner.ui.filter_bar import FilterBar


def begun() -> QToolBar:
    """As high as it will be, so that nothing below it moves."""
    bar = QToolBar(_("Actions"))
    bar.setObjectName("bar")
    bar.setMovable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    bar.addAction(theme.icon("open"), _("Open…")).setEnabled(False)
    return bar


def fill(bar: QToolBar, every: Mapping[str, QAction], filter_bar: "FilterBar") -> None:
    from captioner.ui import actions

    bar.clear()
    for key in actions.IN_BAR:
        bar.addAction(every[key])
    bar.addWidget(_more(actions.grouped(every), bar))
    bar.addWidget(filter_bar)


def _more(groups: Iterable[tuple[str, list[QAction]]], bar: QToolBar) -> QToolButton:
    more, menu = QToolButton(), QMenu(bar)
    for group, held in groups:
        menu.addMenu(group).addActions(held)
    more.setText(_("More"))
    more.setMenu(menu)
    more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return more
