"""What a person is told, without being stopped: lines above the set that go when they are dismissed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from captioner.i18n import _, ngettext
from captioner.ui import theme

_SHOWN = 3
_LISTED = 30


Answer = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""


@dataclass(frozen=True)
class _Message:
    text: str
    answers: tuple[Answer, ...] = ()


class Notices(QWidget):
    """The newest three; the rest behind one line, so that a thousand bad files don't push the photos away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._messages: dict[str, _Message] = {}
        self._lines: list[_Notice] = []
        self._more = QLabel()
        self._more.setObjectName("quiet")
        self._more.setContentsMargins(2 * theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID // 2)
        self._layout.addWidget(self._more)
        self._arranging = QTimer(self, interval=0, singleShot=True)
        self._arranging.timeout.connect(self._arrange)
        self._arrange()

    @property
    def messages(self) -> list[str]:
        """The newest first."""
        return list(reversed(self._messages))

    def tell(self, message: str, answers: Sequence[Answer] = ()) -> None:
        """A message that is there already is not said twice."""
        self._messages.setdefault(message, _Message(message, tuple(answers)))
        self._arranging.start()

    def clear(self) -> None:
        self._messages.clear()
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """The desktop turned dark or light: icons are drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._lines:
            self._arranging.start()

    def _drop(self, message: str) -> None:
        self._messages.pop(message, None)
        self._arrange()

    def _arrange(self) -> None:
        """Widgets for the shown ones alone, however many there are."""
        for line in self._lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        newest = list(islice(reversed(self._messages.values()), _SHOWN + _LISTED))
        self._lines = [_Notice(each, self._drop) for each in newest[:_SHOWN]]
        for index, line in enumerate(self._lines):
            self._layout.insertWidget(index, line)
        hidden = len(self._messages) - len(self._lines)
        told = ngettext("{count} more message", "{count} more messages", hidden)
        self._more.setText(told.format(count=hidden))
        self._more.setToolTip(theme.plain("\n".join(each.text for each in newest[_SHOWN:])))
        self._more.setVisible(hidden > 0)


class _Notice(QFrame):
    def __init__(self, message: _Message, drop: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.text = QLabel(message.text)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID // 2)
        layout.addWidget(self.text, 1)
        for label, act in message.answers:
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, act=act: (drop(message.text), act()))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        close = QToolButton()
        close.setIcon(theme.icon("close"))
        close.setAutoRaise(True)
        close.setAccessibleName(_("Dismiss"))
        close.setToolTip(_("Dismiss"))
        close.clicked.connect(lambda: drop(message.text))
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
