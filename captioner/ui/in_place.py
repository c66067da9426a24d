"""Caption and credit edited where they stand in the sheet, with the fields and checks of the form."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from captioner.core import fields
from captioner.core.fields import FIELDS, Value, shown
from captioner.errors import CaptionerError
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.widgets.boxes import TextBox

KEYS = ("caption", "credit")


class InPlace(QObject):
    """One box over one field of one row; nothing while nothing is edited."""

    edited = Signal(object, str, object)
    """Path, key and value, as one types."""
    refused = Signal(str)
    opened = Signal(object)
    """The box, before a person types in it."""
    ended = Signal(int)
    """Left by a key: -1 and 1 go on to the field before and after, 0 stays."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.box: TextBox | None = None
        self.path, self.key = Path(), ""

    def open(self, path: Path, key: str, value: Value, place: QRect) -> None:
        self.close()
        self.path, self.key, self._before = path, key, value
        self.box = box = TextBox(1, takes_breaks=FIELDS[key].keeps_lines, grows=False)
        box.setParent(self._viewport)
        box.setObjectName("in-place")
        box.setAccessibleName(_("{field} of {name}").format(field=_(FIELDS[key].label), name=path.name))
        box.show_text(shown(value))
        box.textEdited.connect(self._typed)
        box.installEventFilter(self)
        self.opened.emit(box)
        self.put(place)
        box.show()
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        box.selectAll()

    def put(self, place: QRect) -> None:
        """A line is a little higher than its text, so that its frame doesn't cut it."""
        if self.box:
            room = place.adjusted(-theme.GRID, -theme.PADDING, theme.PADDING, theme.PADDING)
            self.box.setFixedHeight(max(room.height(), self.box.fontMetrics().lineSpacing() + 3 * theme.PADDING))
            self.box.setGeometry(QRect(room.topLeft(), room.size().expandedTo(self.box.minimumSize())))

    def show_value(self, value: Value) -> None:
        """What became of it elsewhere, by undo or in the form."""
        if self.box and _parsed(self.key, self.box.text()) != value:
            self.box.show_text(shown(value))
            self._complain("")

    def close(self) -> None:
        if box := self.box:
            self.box = None
            box.removeEventFilter(self)
            box.hide()
            box.deleteLater()

    @property
    def complaint(self) -> str:
        """Why what was typed is no value of the field, or ""."""
        return self.box.toolTip() if self.box else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.box:
            return False
        if event.type() == QEvent.Type.FocusOut and not self._is_in_popup():
            self._leave()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return False

    def _is_in_popup(self) -> bool:
        """A list of proposals, or a menu of the box, takes the focus for a while only."""
        from PySide6.QtWidgets import QApplication

        return QApplication.activePopupWidget() is not None

    def _pressed(self, event: QKeyEvent) -> bool:
        enters = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                if self.complaint or shown(self._before) != (self.box.text() if self.box else ""):
                    self.edited.emit(self.path, self.key, self._before)
                self._end(0)
            case Qt.Key.Key_Tab:
                self._end(1)
            case Qt.Key.Key_Backtab:
                self._end(-1)
            case key if key in enters and plain and not FIELDS[self.key].keeps_lines:
                self._end(0)
            case _:
                return False
        return True

    def _end(self, step: int) -> None:
        self._leave()
        self.ended.emit(step)

    def _leave(self) -> None:
        if self.complaint:
            self.refused.emit(self.complaint)
        self.close()

    def _typed(self, text: str) -> None:
        try:
            value = fields.parse(self.key, text)
        except CaptionerError as error:
            told = _("{name}: {field} is not changed yet. {reason}")
            self._complain(told.format(name=self.path.name, field=_(FIELDS[self.key].label), reason=error))
            return
        self._complain("")
        self.edited.emit(self.path, self.key, value)

    def _complain(self, told: str) -> None:
        if self.box:
            self.box.setToolTip(told)
            self.box.setProperty("refused", bool(told))
            self.box.style().polish(self.box)


def _parsed(key: str, text: str) -> Value | None:
    try:
        return fields.parse(key, text)
    except CaptionerError:
        return None
