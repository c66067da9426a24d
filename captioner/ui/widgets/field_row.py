"""One field in the form: its label, its octets, its box, and what is wrong with what was typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from captioner.core import fields
from captioner.core.fields import Field, Kind, Value, shown
from captioner.core.modes import LABELS, Mode
from captioner.core.octets import cut, strict
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext
from captioner.storage.desk_data import load_agencies
from captioner.ui import theme
from captioner.ui.widgets.batch_menu import BatchMenu
from captioner.ui.widgets.boxes import LineBox, TextBox
from captioner.ui.widgets.choice_mark import ChoiceMark

_WRAPS_FROM = 128
_WRAPS = {"credit"}
"""A long chain is seen whole, and what is found in it underlined."""
_HINTS = {Kind.LIST: "; ", Kind.DATE: "2023-09-13T14:05:00+07:00"}


class FieldRow(QWidget):
    edited = Signal(str, object)
    """Key and value, at each keystroke that leaves a value the field can hold."""
    chosen = Signal(str, str)
    """Key and source: the value to take among those that the mark offers."""
    batched = Signal(str, object, object)
    """Key, value and mode: for every selected photo, as one step."""
    left = Signal()

    def __init__(self, field: Field, is_strict: bool = False, parent: QWidget | None = None) -> None:
        """`is_strict` says that IIM gets no more than its limit allows."""
        super().__init__(parent)
        self.field, self._is_strict = field, is_strict
        self._shown: tuple[Value, ...] = (field.empty,)
        self.box = _box(field)
        self.box.setAccessibleName(_(field.label))
        self.box.setObjectName(f"field-{field.key}")
        self.label, self.counter, self.trouble = QLabel(_(field.label)), QLabel(), QLabel()
        self.mark = ChoiceMark(_(field.label))
        self.mark.chosen.connect(lambda source: self.chosen.emit(field.key, source))
        self.batch = BatchMenu(_(field.label))
        self.batch.picked.connect(lambda value: self.batched.emit(field.key, value, Mode.REPLACE))
        self.batch.turned.connect(self._turn)
        self.label.setBuddy(self.box)
        self.counter.setObjectName("counter")
        self.trouble.setObjectName("trouble")
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.hide()
        self._lay_out()
        self.box.textEdited.connect(self._typed)
        self.box.left.connect(self._leave)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.label)
        top.addWidget(self.mark)
        top.addStretch()
        top.addWidget(self.counter)
        top.addWidget(self.batch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 4)
        layout.addLayout(top)
        layout.addWidget(self.box)
        layout.addWidget(self.trouble)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_values(self, values: tuple[Value, ...], is_many: bool = False) -> None:
        """The values of the selected photos; what is being typed is left alone while it means the same."""
        self._shown = values
        self.batch.show_values(values, is_many)
        is_mixed = len(values) > 1
        self.box.setPlaceholderText(self._hint())
        if self._is_pending:
            return
        value = self.field.empty if is_mixed else values[0] if values else self.field.empty
        if is_mixed or self._typed_value() != value:
            self.box.show_text("" if is_mixed else shown(value))
            self._complain("")
        if is_mixed or self.box.toolTip():
            self.box.setToolTip(theme.plain("\n".join(shown(each) or "–" for each in values[:12])) if is_mixed else "")
        self._count(value)

    def _hint(self) -> str:
        if self._is_pending:
            return _("{mode}: write it, then press Return or leave the field").format(mode=_(LABELS[self.batch.mode]))
        many = ngettext("Mixed: {count} value", "Mixed: {count} different values", len(self._shown))
        return many.format(count=len(self._shown)) if len(self._shown) > 1 else ""

    @property
    def _is_pending(self) -> bool:
        """What is typed waits until it is whole: it can't be put before a value at each keystroke."""
        return self.batch.mode is not Mode.REPLACE

    def _turn(self) -> None:
        """The box is for what comes, not for what is there."""
        if self._is_pending:
            self.box.show_text("")
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_values(self._shown, True)

    def settle(self) -> None:
        """Applies what waits; nothing that was typed is lost by going on."""
        value = self._typed_value()
        if self._is_pending and value:
            self.box.show_text("")
            self.batched.emit(self.field.key, value, self.batch.mode)

    def _typed_value(self) -> Value | None:
        try:
            return fields.parse(self.field.key, self.box.text())
        except CaptionerError:
            return None

    def _typed(self, text: str) -> None:
        try:
            value = fields.parse(self.field.key, text)
        except CaptionerError as error:
            hint = _HINTS.get(self.field.kind, "")
            self._complain(_("Not a date yet; write it as {example}.").format(example=hint)
                           if self.field.kind is Kind.DATE else str(error))  # fmt: skip
            return
        self._complain("")
        self._count(value)
        if not self._is_pending:
            self.edited.emit(self.field.key, value)

    @property
    def is_refused(self) -> bool:
        """Whether the box holds a text that the field can't take."""
        return bool(self.trouble.text())

    def refusal(self, name: str) -> str:
        told = _("{name}: {field} is not changed yet. {reason}")
        return told.format(name=name, field=_(self.field.label), reason=self.trouble.text())

    def _leave(self) -> None:
        """Spaces that the value doesn't hold go when the person does."""
        self.settle()
        if not self._is_pending and len(self._shown) == 1 and self._typed_value() == self._shown[0]:
            self.box.show_text(shown(self._shown[0]))
        self.left.emit()

    def _complain(self, message: str) -> None:
        self.trouble.setText(message)
        self.trouble.setVisible(bool(message))

    def _count(self, value: Value) -> None:
        """Octets matter to IIM alone; quiet until they pass its limit."""
        limit, used = self.field.octets, fields.octets(value)
        is_counted = bool(limit) and bool(used) and self.field.kind is not Kind.DATE
        self.counter.setText(f"{used} / {limit}" if is_counted else "")
        over = is_counted and used > limit
        if over or self.counter.property("over"):
            self.counter.setProperty("over", over)
            self.counter.setToolTip(theme.plain(self._told_of_limit(value)) if over else "")
            self.counter.style().polish(self.counter)

    def _told_of_limit(self, value: Value) -> str:
        told = (
            _("Octets, and what IPTC-IIM allows. XMP holds the whole value; IPTC-IIM gets: {cut}") if self._is_strict
            else _("Octets, and what IPTC-IIM allows. The whole value is written; readers that keep to the limit show: "
                   "{cut}")
        )  # fmt: skip
        fitting = strict(self.field, value, load_agencies()) if self._is_strict else _cut(value, self.field.octets)
        return told.format(cut=shown(fitting))


def _box(field: Field) -> TextBox | LineBox:
    """What may be long wraps."""
    if field.keeps_lines:
        return TextBox()
    wraps = field.octets >= _WRAPS_FROM or field.key in _WRAPS
    return TextBox(1, takes_breaks=False) if wraps else LineBox()


def _cut(value: Value, limit: int) -> Value:
    """What is left of it where a reader takes no more octets than that."""
    return cut(value, limit) if isinstance(value, str) else tuple(cut(text, limit) for text in value)
