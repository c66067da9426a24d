"""What a person does with the pairs of a story: a row each, with its words, its keys and what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from captioner.core import pair_edits
from captioner.core.pairing import Pairing, Row
from captioner.i18n import N_, _
from captioner.ui import theme
from captioner.ui.widgets.pair_model import Column
from captioner.ui.widgets.pair_table import PairTable


@dataclass(frozen=True)
class Tool:
    key: str
    label: str
    shortcuts: tuple[str, ...]
    run: Callable[[PairTable], None]
    told: str
    fits: Callable[[PairTable, Row], bool]
    """Whether it can be done with the current row."""
    icon: str = ""
    where: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut
    """In the table and its boxes, in the table alone, or wherever the cursor stands."""


def _undo(table: PairTable) -> None:
    table.commit()
    table.pairs.undo()


def _redo(table: PairTable) -> None:
    table.commit()
    table.pairs.redo()


def _move(table: PairTable, by: int) -> None:
    """The table goes on showing the caption, at its photo now."""
    table.commit()
    pairing, at, row = table.pairs.pairing, table.row.at, table.currentIndex().row() + by
    if at is not None and 0 <= row < len(pairing.rows):
        beside = pairing.rows[row].path
        table.pairs.do(pair_edits.step(pairing, at, by))
        table.go_to(row if beside is None else table.pairs.pairing.row_with(beside))


def _split(table: PairTable) -> None:
    """At the cursor; where there is none, the caption is opened for one."""
    place = table.commit()
    if place < 0:
        table.edit_text("caption")
    else:
        table.do(lambda pairing, at: pair_edits.split(pairing, at, place))


def _join(table: PairTable) -> None:
    table.commit()
    at, other = table.row.at, None if table.row.at is None else pair_edits.following(table.pairs.pairing, table.row.at)
    table.do(pair_edits.join)
    if at is not None and other is not None and other < at:
        table.go_to_caption(at - 1)


def _leave_out(table: PairTable) -> None:
    """The caption, and back; of a row without one the photo."""
    row = table.row
    if row.at is None:
        _skip(table)
        return
    act = pair_edits.take_in if table.pairs.pairing.told[row.at].is_left_out else pair_edits.leave_out
    at = table.currentIndex().row()
    table.pairs.do(act(table.pairs.pairing, row.at))
    table.go_to(at)


def _skip(table: PairTable) -> None:
    table.commit()
    pairing, row, at = table.pairs.pairing, table.row, table.currentIndex().row()
    if row.path is not None:
        act: Callable[..., Pairing] = pair_edits.take_photo_in if row.path in pairing.skipped else pair_edits.skip
        table.pairs.do(act(pairing, row.path))
        table.go_to(at)


def _has_caption(_table: PairTable, row: Row) -> bool:
    return row.at is not None


def _has_photo(_table: PairTable, row: Row) -> bool:
    return row.path is not None


_TABLE, _ANYWHERE = Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WindowShortcut
TOOLS = (
    Tool("undo", N_("Undo"), ("Ctrl+Z",), _undo, N_("Take the last step back"),
         lambda table, _row: table.pairs.can_undo, "undo", _ANYWHERE),
    Tool("redo", N_("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), _redo, N_("Do the step again"),
         lambda table, _row: table.pairs.can_redo, "redo", _ANYWHERE),
    Tool("up", N_("Move up"), ("Alt+Up",), lambda table: _move(table, -1),
         N_("The caption changes places with the one above"), _has_caption),
    Tool("down", N_("Move down"), ("Alt+Down",), lambda table: _move(table, 1),
         N_("The caption changes places with the one below"), _has_caption),
    Tool("split", N_("Split"), ("Ctrl+Return", "Ctrl+Enter"), _split,
         N_("Two captions of one, at the cursor"), _has_caption),
    Tool("join", N_("Join"), ("Ctrl+J",), _join, N_("One caption of this one and the next"),
         lambda table, row: row.at is not None and pair_edits.following(table.pairs.pairing, row.at) is not None),
    Tool("leave_out", N_("Leave out"), ("Delete",), _leave_out,
         N_("The caption is for no photo; again, and it is back"), lambda _table, row: row != Row(), where=_TABLE),
    Tool("skip", N_("Leave the photo out"), ("Shift+Delete",), _skip,
         N_("The photo gets no caption, and those below move down; again, and it is back"), _has_photo, where=_TABLE),
    Tool("pick", N_("The other caption"), ("Space",), lambda table: table.pick(table.row.path),
         N_("The photo's own caption stays, or the story's takes its place"),
         lambda table, row: table.pairs.shows_held and row.path in table.pairs.pairing.met, where=_TABLE),
)  # fmt: skip
_SHOWN = ("undo", "redo", "up", "down", "split", "join", "leave_out", "skip")


class PairTools(QWidget):
    """The bar above the table, whose menu has the same."""

    def __init__(self, table: PairTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.actions_ = {tool.key: self._action(tool) for tool in TOOLS}
        self.dress()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        for key in _SHOWN:
            layout.addWidget(_button(self.actions_[key]))
        layout.addStretch()
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        table.selectionModel().currentChanged.connect(lambda *_indexes: self.refresh())
        table.pairs.changed.connect(self.refresh)
        table.installEventFilter(self)
        self.refresh()

    def _action(self, tool: Tool) -> QAction:
        action = QAction(_(tool.label), self)
        action.setShortcuts([QKeySequence(each) for each in tool.shortcuts])
        action.setShortcutContext(tool.where)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(theme.plain(f"{_(tool.told)} ({keys})"))
        action.triggered.connect(lambda _checked=False: tool.run(self.table))
        self.table.addAction(action)
        return action

    def dress(self) -> None:
        for tool in TOOLS:
            if tool.icon:
                self.actions_[tool.key].setIcon(theme.icon(tool.icon))

    def refresh(self) -> None:
        """What the current row allows; a caption that is left out can be taken in."""
        pairing, row = self.table.pairs.pairing, self.table.row
        for tool in TOOLS:
            self.actions_[tool.key].setEnabled(tool.fits(self.table, row))
        is_skipped = row.path in pairing.skipped
        is_out = is_skipped if row.at is None else pairing.told[row.at].is_left_out
        self.actions_["leave_out"].setText(_("Take back in") if is_out else _("Leave out"))
        self.actions_["skip"].setText(_("Take the photo back in") if is_skipped else _("Leave the photo out"))
        self.actions_["pick"].setVisible(not self.table.isColumnHidden(Column.HELD))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()
        return False


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName("tool")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    is_drawn = not action.icon().isNull()
    style = Qt.ToolButtonStyle.ToolButtonIconOnly if is_drawn else Qt.ToolButtonStyle.ToolButtonTextOnly
    button.setToolButtonStyle(style)
    return button
