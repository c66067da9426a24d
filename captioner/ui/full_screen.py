"""One photo on the whole screen with its caption below, or several beside each other."""

from collections.abc import Callable, Sequence
from pathlib import Path
from unicodedata import bidirectional

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from captioner.core.photo import Photo
from captioner.i18n import _
from captioner.ui import theme
from captioner.ui.pictures import PREVIEW, Pictures
from captioner.ui.preview import Preview

Shown = tuple[Photo, int, int]
"""A photo, its number and how many there are."""
_MOST = 4
"""Photos beside each other."""


class Beside(QWidget):
    """A photo with its caption and credit below it."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview, self.caption, self.credit = Preview(pictures), QLabel(), QLabel()
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (self.caption, self.credit):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.caption.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self.caption.setFont(font)
        self.credit.setObjectName("quiet")
        texts = QWidget()
        column = QVBoxLayout(texts)
        column.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        column.addWidget(self.caption)
        column.addWidget(self.credit)
        column.addStretch()
        self.texts = QScrollArea()
        self.texts.setWidgetResizable(True)
        self.texts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.texts.setWidget(texts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.preview, 3)
        layout.addWidget(self.texts, 1)

    def show_photo(self, photo: Photo, number: str) -> None:
        caption = photo.values.text("caption")
        is_rtl = _is_right_to_left(caption)
        self.caption.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
        self.caption.setText(caption or _("No caption"))
        self.credit.setText(" · ".join(filter(None, [photo.values.text("credit"), photo.path.name, number])))
        self.preview.show_photo(photo.path)
        self.setAccessibleName(photo.path.name)
        self.setAccessibleDescription(caption)


def _is_right_to_left(text: str) -> bool:
    """By its first letter that has a direction."""
    kinds = (bidirectional(char) for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


class FullScreen(QWidget):
    stepped = Signal(int)
    """To the next photo (1) or back (-1): the sheet goes, and shows it here."""

    def __init__(self, pictures: Pictures, current: Callable[[], Shown | None], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.current = current
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Full screen"))
        self.view = Beside(pictures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.follow()

    def follow(self) -> None:
        """Another photo is the current one, or the same one is another by now."""
        if shown := self.current():
            photo, number, count = shown
            self.view.show_photo(photo, f"{number} / {count}")
            self.setAccessibleName(photo.path.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1,
                 Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1}  # fmt: skip
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_F11):
            self.close()
        elif event.key() == Qt.Key.Key_Z:
            self.view.preview.toggle_zoom()
        elif self.view.preview.zoom and event.key() in steps and event.modifiers():
            self.view.preview.keyPressEvent(event)
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class Compare(QWidget):
    """Up to four photos side by side, looked at in the same place."""

    def __init__(
        self,
        pictures: Pictures,
        photo_of: Callable[[Path], Photo],
        paths: Sequence[Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Compare"))
        self.views = [Beside(pictures) for _path in paths[:_MOST]]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GRID // 4)
        for at, (view, path) in enumerate(zip(self.views, paths, strict=False)):
            grid.addWidget(view, at // 2, at % 2)
            view.show_photo(photo_of(path), "")
            for other in self.views:
                if other is not view:
                    view.preview.looked.connect(other.preview.look)
        pictures.want(PREVIEW, paths[:_MOST])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_Z:
            self.views[0].preview.toggle_zoom()
        else:
            self.views[0].preview.keyPressEvent(event)
