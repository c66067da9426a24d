"""One pair of the story: the photo beside the caption and credit that it will get."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from captioner.i18n import _
from captioner.ui import theme

_PICTURE = QSize(14 * theme.GRID, 10 * theme.GRID)


class PairRow(QFrame):
    def __init__(self, number: str, caption: str, credit: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QLabel()
        self.picture.setFixedSize(_PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption, self.credit, file = QLabel(caption), QLabel(credit or f"⚠ {_('no credit')}"), QLabel(name)
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.credit.setTextFormat(Qt.TextFormat.PlainText)
        self.credit.setObjectName("quiet" if credit else "warning")
        file.setObjectName("quiet")
        file.setTextFormat(Qt.TextFormat.PlainText)
        texts = QVBoxLayout()
        texts.setSpacing(theme.GRID // 2)
        top = QHBoxLayout()
        top.addWidget(self.credit, 1)
        top.addWidget(file)
        texts.addWidget(self.caption, 1)
        texts.addLayout(top)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, theme.GRID)
        layout.setSpacing(2 * theme.GRID)
        count = QLabel(number)
        count.setObjectName("quiet")
        layout.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)

    def show_picture(self, pixmap: QPixmap | None) -> None:
        if pixmap is not None and not pixmap.isNull():
            ratio = self.devicePixelRatioF()
            scaled = pixmap.scaled(_PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio,
                                   Qt.TransformationMode.SmoothTransformation)  # fmt: skip
            scaled.setDevicePixelRatio(ratio)
            self.picture.setPixmap(scaled)
