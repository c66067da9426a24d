"""What a filter hides, found in slices, so that a search among thousands holds no key up."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from captioner.core.filters import Filter, Kind
from captioner.core.moved import moved
from captioner.ui.judging import Judging
from captioner.ui.qt_photo_set import QtPhotoSet

_SLICE_MS, _AT_ONCE = 6, 32


class Sifting(QObject):
    sifted = Signal(object)
    """The paths to hide; of few photos already when `sift` returns."""

    def __init__(self, model: QtPhotoSet, findings: Judging, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._findings = model, findings
        self._left: list[Path] = []
        self._hidden = set[Path]()
        self._always: frozenset[Path] = frozenset()
        self._is_shown: Callable[[Path], bool] = lambda _path: True
        self._going_on = QTimer(self, interval=0, singleShot=True)
        self._going_on.timeout.connect(self._sift)

    def sift(self, wanted: Filter) -> None:
        """All photos, for another filter; takes the place of what is under way."""
        is_on = wanted != Filter()
        self._model.begin_filter(is_on)
        self._start(wanted, self._model.photos.order if is_on else (), frozenset(), frozenset())

    def sift_anew(self, wanted: Filter, always: Collection[Path]) -> None:
        """Those that changed, for the same filter; what is being worked on (`always`) stays shown."""
        if self._model.is_stale and not self._going_on.isActive():
            self._start(wanted, self._model.begin_filter(True), self._model.hidden, frozenset(always))

    def _start(
        self, wanted: Filter, paths: Iterable[Path], hidden: frozenset[Path], always: frozenset[Path]
    ) -> None:  # fmt: skip
        photos, problems = self._model.photos, self._findings.problems
        gone = moved(photos.saved_order, photos.order) if wanted.kind is Kind.MOVED else frozenset[Path]()
        self._is_shown = lambda path: wanted.matches(photos[path], path in problems, path in gone)
        self._left, self._always = [path for path in paths if path in photos], always
        self._hidden = set(hidden).difference(self._left)
        self._left.reverse()
        self._sift()

    def finish(self) -> None:
        """Before a person goes on to what is found."""
        if self._going_on.isActive():
            self._sift(to_the_end=True)

    def _sift(self, to_the_end: bool = False) -> None:
        self._going_on.stop()
        timer = QElapsedTimer()
        timer.start()
        while self._left and (to_the_end or timer.elapsed() < _SLICE_MS):
            some = [self._left.pop() for _number in range(min(_AT_ONCE, len(self._left)))]
            self._hidden.update(path for path in some if not self._is_shown(path))
        if self._left:
            self._going_on.start()
        else:
            self.sifted.emit(frozenset(self._hidden - self._always))
