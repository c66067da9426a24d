"""What a person is told, without being stopped: lines above the set that go when they are dismissed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from captioner.i18n import _, ngettext
from captioner.ui import theme

_SHOWN = 3


class Notices(QWidget):
    """The newest three; the rest behind one line, so that a thousand bad files don't push the photos away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._lines: list[_Notice] = []
        self._more = QLabel()
        self._more.setObjectName("quiet")
        self._more.setContentsMargins(2 * theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID // 2)
        self._layout.addWidget(self._more)
        self._arrange()

    @property
    def messages(self) -> list[str]:
        return [line.text.text() for line in self._lines]

    def tell(self, message: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """A message that is there already is not said twice."""
        if message in self.messages:
            return
        notice = _Notice(message, action, act, self._drop)
        self._lines.insert(0, notice)
        self._layout.insertWidget(0, notice)
        self._arrange()

    def clear(self) -> None:
        for notice in list(self._lines):
            self._drop(notice)

    def _drop(self, notice: "_Notice") -> None:
        if notice in self._lines:
            self._lines.remove(notice)
            self._layout.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
            self._arrange()

    def _arrange(self) -> None:
        for index, line in enumerate(self._lines):
            line.setVisible(index < _SHOWN)
        hidden = len(self._lines) - _SHOWN
        told = ngettext("{count} more message", "{count} more messages", max(hidden, 0))
        self._more.setText(told.format(count=hidden))
        self._more.setToolTip("\n".join(self.messages[_SHOWN : _SHOWN + 30]))
        self._more.setVisible(hidden > 0)


class _Notice(QFrame):
    def __init__(
        self, message: str, action: str, act: Callable[[], object] | None, drop: Callable[["_Notice"], None]
    ) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.text = QLabel(message)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID // 2)
        layout.addWidget(self.text, 1)
        if act:
            button = QPushButton(action)
            button.clicked.connect(lambda: (drop(self), act()))
            layout.addWidget(button)
        close = QToolButton()
        close.setIcon(theme.icon("close"))
        close.setAutoRaise(True)
        close.setAccessibleName(_("Dismiss"))
        close.setToolTip(_("Dismiss"))
        close.clicked.connect(lambda: drop(self))
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
