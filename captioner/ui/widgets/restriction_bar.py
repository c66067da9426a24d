"""What may not go out, or not yet, and the reason for which it goes out all the same."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit

from captioner.i18n import _
from captioner.ui import theme


class RestrictionBar(QFrame):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("restriction")
        self.sentences, self.box = QLabel(), QLineEdit()
        self.sentences.setObjectName("trouble")
        self.sentences.setWordWrap(True)
        self.sentences.setTextFormat(Qt.TextFormat.PlainText)
        self.box.setAccessibleName(_("Reason"))
        self.box.setPlaceholderText(_("Why it goes out all the same; the receipt keeps it"))
        self.box.textChanged.connect(lambda _text: self.changed.emit())
        label = QLabel(_("&Reason"))
        label.setBuddy(self.box)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        grid.setHorizontalSpacing(theme.GRID)
        grid.addWidget(self.sentences, 0, 0, 1, 2)
        grid.addWidget(label, 1, 0)
        grid.addWidget(self.box, 1, 1)
        grid.setColumnStretch(1, 1)
        self.show_sentences("")

    @property
    def reason(self) -> str:
        return self.box.text().strip()

    @property
    def is_open(self) -> bool:
        """Whether a reason is needed that nobody gave yet."""
        return bool(self.sentences.text()) and not self.reason

    def show_sentences(self, told: str) -> None:
        self.sentences.setText(told)
        self.setVisible(bool(told))
