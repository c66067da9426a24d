"""Typing for thousands of photos at once: the edit is made when the fingers rest, so that no key waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

MANY = 100
_REST_MS = 150


class Typing(QObject):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edit: Callable[[], object] | None = None
        self._timer = QTimer(self, interval=_REST_MS, singleShot=True)
        self._timer.timeout.connect(self.finish)

    def do(self, edit: Callable[[], object], count: int) -> None:
        """The edit as typed so far takes the place of the one before; that of few photos is made at once."""
        self._edit = edit
        if count < MANY:
            self.finish()
        else:
            self._timer.start()

    def finish(self) -> None:
        """Before anything else is done: what is typed counts."""
        self._timer.stop()
        edit, self._edit = self._edit, None
        if edit:
            edit()
