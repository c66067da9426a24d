"""Fields to choose from: a tick, a value and a mode each."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from captioner.core.fields import FIELDS, Kind, Value, shown
from captioner.core.modes import LABELS, Mode
from captioner.core.templates import Row
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.widgets.boxes import LineBox, TextBox

_LONGEST = 200
_ALIGNMENT = Qt.AlignmentFlag.AlignTop


class FieldPicker(QScrollArea):
    changed = Signal()
    """A person did; not the program."""

    def __init__(self, values: Mapping[str, Value] | None = None, parent: QWidget | None = None) -> None:
        """With values to show these, with none to type texts for every field."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.all = QCheckBox(_("All fields"))
        self.all.clicked.connect(self._tick_all)
        self.all.setVisible(values is not None)  # a template that ticks every field clears most of them
        keys = FIELDS if values is None else [key for key in FIELDS if key in values]
        self.lines = {key: _Line(key, None if values is None else values[key]) for key in keys}
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnMinimumWidth(3, 2 * theme.GRID)  # keeps off the scroll bar, on either side
        self._grid.setHorizontalSpacing(2 * theme.GRID)
        self._grid.setVerticalSpacing(theme.GRID)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.all, 0, 0, 1, 3)
        for at, line in enumerate(self.lines.values(), 1):
            self._grid.addWidget(line.tick, at, 0, _ALIGNMENT)
            self._grid.addWidget(line.value, at, 1, _ALIGNMENT)
            self._grid.addWidget(line.mode, at, 2, _ALIGNMENT)
            line.changed.connect(self._tell)
        self._grid.setRowStretch(len(self.lines) + 1, 1)
        self.setWidget(content)
        self._show_all()

    @property
    def picked(self) -> dict[str, Mode]:
        """The ticked fields with their modes."""
        return {key: line.chosen for key, line in self.lines.items() if line.tick.isChecked()}

    @property
    def rows(self) -> tuple[Row, ...]:
        """Those that say something."""
        every = (Row(key, line.text, line.chosen, line.tick.isChecked()) for key, line in self.lines.items())
        return tuple(row for row in every if row.is_on or row.text or row.mode is not Mode.REPLACE)

    def show_rows(self, rows: Iterable[Row]) -> None:
        held = {row.key: row for row in rows}
        for key, line in self.lines.items():
            line.show_row(held.get(key, Row(key, is_on=False)))
        self._show_all()

    def pick(self, keys: Iterable[str]) -> None:
        wanted = frozenset(keys)
        for key, line in self.lines.items():
            with QSignalBlocker(line.tick):
                line.tick.setChecked(key in wanted)
            line.mode.setEnabled(key in wanted)
        self._show_all()

    def _tick_all(self) -> None:
        self.pick(self.lines if self.all.checkState() != Qt.CheckState.Unchecked else ())
        self.changed.emit()

    def _tell(self) -> None:
        self._show_all()
        self.changed.emit()

    def _show_all(self) -> None:
        """Partly is what the ticks make it, never what a click does."""
        count, state = len(self.picked), Qt.CheckState
        is_all = count == len(self.lines) and count > 0
        self.all.setTristate(not is_all and count > 0)
        self.all.setCheckState(state.Checked if is_all else state.PartiallyChecked if count else state.Unchecked)


class _Line(QWidget):
    """Only its three widgets are shown, each in its column."""

    changed = Signal()

    def __init__(self, key: str, value: Value | None) -> None:
        super().__init__()
        field = FIELDS[key]
        self.tick, self.mode = QCheckBox(_(field.label)), _ModeBox()
        self.box = None if value is not None else _box(key)
        self.value: QWidget = self.box or _label(value or "")
        self.value.setAccessibleName(_(field.label))
        self.mode.setAccessibleName(_("Mode of {field}").format(field=_(field.label)))
        for mode in Mode:
            if field.kind is not Kind.DATE or mode in (Mode.REPLACE, Mode.FILL):
                self.mode.addItem(_(LABELS[mode]), mode)
        self.mode.setEnabled(False)
        height = max(self.mode.sizeHint().height(), LineBox().sizeHint().height() if self.box else 0)
        for each in (self.tick, self.mode, *([] if self.box else [self.value])):
            each.setMinimumHeight(height)
        self.tick.toggled.connect(self.mode.setEnabled)
        self.tick.toggled.connect(self.changed)
        self.mode.activated.connect(self.changed)
        if self.box:
            self.box.textEdited.connect(self._typed)

    @property
    def chosen(self) -> Mode:
        """Qt gives back a mere text."""
        return Mode(self.mode.currentData())

    @property
    def text(self) -> str:
        return self.box.text() if self.box else ""

    def show_row(self, row: Row) -> None:
        with QSignalBlocker(self.tick):
            self.tick.setChecked(row.is_on)
        self.mode.setEnabled(row.is_on)
        self.mode.setCurrentIndex(max(self.mode.findData(row.mode), 0))
        if self.box:
            self.box.show_text(row.text)

    def _typed(self) -> None:
        """Who types a value means it."""
        with QSignalBlocker(self.tick):
            self.tick.setChecked(True)
        self.mode.setEnabled(True)
        self.changed.emit()


class _ModeBox(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Who scrolls the fields doesn't mean to change a mode."""
        event.ignore()


def _box(key: str) -> TextBox | LineBox:
    if not FIELDS[key].keeps_lines:
        return LineBox()
    box = TextBox(2 if key == "caption" else 1)
    box.setUndoRedoEnabled(True)  # there is no window's history here
    return box


def _label(value: Value) -> QLabel:
    text = " ".join(shown(value).split())
    label = QLabel(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
    label.setToolTip(theme.plain(shown(value)))
    return label
