"""Pictures for the screen: decoded by two niced threads, which work on what is wanted now.

A thumbnail comes from the cache, or first as the camera put it into EXIF and then as the photo is.
"""

import contextlib
import os
import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from captioner.storage.thumbnail_cache import ThumbnailCache

THUMBNAIL, PREVIEW, FULL = 256, 2000, 12000
_BUDGET = {THUMBNAIL: 6 << 20, PREVIEW: 48 << 20, FULL: 256 << 20}
"""Bytes of the pictures kept; what is in sight, or next to it, is kept however large it is."""
_THREADS, _NICE, _DRAIN_MS, _IDLE_S = 2, 10, 4, 1.0
_LEFT_S = 1
"""How long a picture is waited for when the window closes: its drive may not answer."""
_PUT_OFF_MS = 5_000
"""Where reading takes longer, as from a slow drive, the processor has little to do."""


@dataclass(frozen=True)
class Wanted:
    path: Path
    edge: int
    """Pixels of the longer side."""


class Pictures(QObject):
    ready = Signal(object, int)
    """Path and edge, when a picture is there or is known not to be one."""
    _wake = Signal()

    def __init__(self, parent: QObject | None = None, cache: ThumbnailCache | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._bytes = dict.fromkeys(_BUDGET, 0)
        self._first_look: set[Path] = set()
        """Thumbnails that are the camera's, until the real ones are made."""
        self._kept = {edge: OrderedDict[Path, QPixmap]() for edge in _BUDGET}
        self._queues = {edge: deque[Wanted]() for edge in _BUDGET}
        self._ahead = {edge: deque[Wanted]() for edge in _BUDGET}
        """What is not in sight yet: after all of that size that is."""
        self._in_sight = frozenset[Path]()
        """Whose thumbnails are."""
        self._wanted = dict.fromkeys(_BUDGET, frozenset[Path]())
        """In sight or next to it, and kept."""
        self._sizes: dict[Path, QSize] = {}
        self._is_urgent = self._is_put_off = False
        self._decoding: set[Wanted] = set()
        self._outdated: set[Wanted] = set()
        """Being decoded from a file that is another one by now."""
        self._decoded: deque[tuple[Wanted, QImage]] = deque()
        self._condition = threading.Condition()
        self._is_awake = self._is_closed = False
        self._resuming = QTimer(self, interval=_PUT_OFF_MS, singleShot=True)
        self._resuming.timeout.connect(self.resume)
        self._wake.connect(self._drain, Qt.ConnectionType.QueuedConnection)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(_THREADS)]
        for thread in self._threads:
            thread.start()

    def get(self, path: Path, edge: int) -> QPixmap | None:
        """None while it is not decoded; a null pixmap for a file that holds no picture we can show."""
        kept = self._kept[edge]
        if path in kept:
            kept.move_to_end(path)
        return kept.get(path)

    def size(self, path: Path) -> QSize:
        """Of the whole picture, upright; empty while it is not known."""
        return self._sizes.get(path, QSize())

    def want(self, edge: int, paths: Sequence[Path], ahead: Sequence[Path] = ()) -> None:
        """Replaces what was wanted of this size before: what has scrolled away is not decoded any more, and what is
        kept of it makes room first.

        The first preview goes before all thumbnails, further ones after them; `ahead` after all that is in sight.
        """
        for path in (*reversed(ahead), *reversed(paths)):
            self.get(path, edge)
        with self._condition:
            self._queues[edge], self._ahead[edge] = self._lacking(edge, paths), self._lacking(edge, ahead)
            self._in_sight = frozenset(paths) if edge == THUMBNAIL else self._in_sight
            self._wanted[edge] = frozenset((*paths, *ahead))
            first = next(iter(self._queues[edge]), None)
            self._is_urgent |= edge != THUMBNAIL and first is not None and first.path == paths[0]
            self._condition.notify_all()

    def put_off(self) -> None:
        """What is not in sight waits a while: the captions of a whole folder want the same processor."""
        with self._condition:
            self._is_put_off = True
        self._resuming.start()

    def resume(self) -> None:
        self._resuming.stop()
        with self._condition:
            self._is_put_off = False
            self._condition.notify_all()

    def _lacking(self, edge: int, paths: Iterable[Path]) -> deque[Wanted]:
        """What has a first look waits for those that have none."""
        every = (Wanted(path, edge) for path in paths if not self.is_made(path, edge))
        return deque(sorted((each for each in every if each not in self._decoding),
                            key=lambda each: each.path in self._first_look))  # fmt: skip

    def is_made(self, path: Path, edge: int) -> bool:
        """And not the camera's own, which is there until the real one is."""
        return path in self._kept[edge] and not (edge == THUMBNAIL and path in self._first_look)

    @property
    def is_busy(self) -> bool:
        """Whether anything is decoded, or waits for it."""
        return bool(self._decoding) or any((*self._queues.values(), *self._ahead.values()))

    def forget(self, path: Path) -> None:
        """The file is another one now."""
        self._sizes.pop(path, None)
        self._first_look.discard(path)
        for edge, kept in self._kept.items():
            self._bytes[edge] -= _bytes(kept.pop(path, None))
        with self._condition:
            self._outdated |= {each for each in self._decoding if each.path == path}

    def close(self) -> None:
        with self._condition:
            self._is_closed = True
            for queue in (*self._queues.values(), *self._ahead.values()):
                queue.clear()
            self._condition.notify_all()
        for thread in self._threads:
            thread.join(timeout=_LEFT_S)
        if self._cache:
            self._cache.close()

    def _work(self) -> None:
        """What decoding loads, it loads before it is nice: else the first picture waits for a second."""
        is_nice = False
        while wanted := self._next():
            self._pass_on(wanted, *self._picture(wanted))
            is_nice = is_nice or _be_nice()

    def _pass_on(self, wanted: Wanted, image: QImage, is_first_look: bool) -> None:
        """A thread that waits holds no picture: of the large ones each is twelve megabytes."""
        with self._condition:
            self._decoding.discard(wanted)
            if wanted in self._outdated:
                self._outdated.discard(wanted)
                self._queues[wanted.edge].append(wanted)
                return
            self._decoded.append((wanted, image))
            if is_first_look:
                self._first_look.add(wanted.path)
                (self._queues if wanted.path in self._in_sight else self._ahead)[THUMBNAIL].append(wanted)
            else:
                self._first_look.discard(wanted.path)
            wake, self._is_awake = not self._is_awake and not self._is_closed, True
        if wake:
            self._wake.emit()

    def _picture(self, wanted: Wanted) -> tuple[QImage, bool]:
        """And whether it is a first look only."""
        from captioner.ui import decoding

        if wanted.edge == THUMBNAIL:
            return self._thumbnail(wanted.path)
        image = decoding.decoded(wanted.path, wanted.edge)
        if wanted.path not in self._sizes:
            self._sizes[wanted.path] = decoding.natural_size(wanted.path, image)
        return image, False

    def _thumbnail(self, path: Path) -> tuple[QImage, bool]:
        """And whether it is the camera's own, to be looked at until there is a better one."""
        from captioner.ui import decoding

        if self._cache and (data := self._cache.get(path)):
            return decoding.from_jpeg(data), False
        if path not in self._first_look:
            small = decoding.camera_thumbnail(path)
            if not small.isNull():
                return small, True
        try:
            status = path.stat()
        except OSError:
            return QImage(), False
        image = decoding.decoded(path, THUMBNAIL)
        if self._cache and (made := decoding.to_jpeg(image)):
            self._cache.put(path, status, made)
        return image, False

    def _next(self) -> Wanted | None:
        """Waits until something is wanted; what is new for the cache is written meanwhile. None at the end."""
        while True:
            with self._condition:
                if self._is_closed:
                    return None
                every = (self._queues,) if self._is_put_off else (self._queues, self._ahead)
                waiting = (queues[edge] for edge in self._edges for queues in every)
                if queue := next(filter(None, waiting), None):
                    wanted = queue.popleft()
                    self._is_urgent &= wanted.edge == THUMBNAIL
                    self._decoding.add(wanted)
                    return wanted
                is_unwritten = self._cache is not None and self._cache.is_unwritten
                is_woken = self._condition.wait(_IDLE_S if is_unwritten else None)
            if not is_woken and self._cache:
                self._cache.flush()

    @property
    def _edges(self) -> tuple[int, ...]:
        """What a thread looks for, in this order. Large pictures that nobody looks at yet leave it one thread free."""
        if self._is_urgent:
            return PREVIEW, FULL, THUMBNAIL
        is_large_under_way = any(each.edge != THUMBNAIL for each in self._decoding)
        return (THUMBNAIL,) if is_large_under_way else (THUMBNAIL, PREVIEW, FULL)

    @Slot()
    def _drain(self) -> None:
        timer = QElapsedTimer()
        timer.start()
        while self._decoded and timer.elapsed() < _DRAIN_MS:
            wanted, image = self._decoded.popleft()
            self._keep(wanted, _pixmap(image, wanted.edge))
            self.ready.emit(wanted.path, wanted.edge)
        with self._condition:
            self._is_awake = bool(self._decoded)
        if self._is_awake:
            self._wake.emit()

    def _keep(self, wanted: Wanted, pixmap: QPixmap) -> None:
        kept, edge = self._kept[wanted.edge], wanted.edge
        self._bytes[edge] += _bytes(pixmap) - _bytes(kept.pop(wanted.path, None))
        kept[wanted.path] = pixmap
        spare = [path for path in kept if path not in self._wanted[edge]] if self._bytes[edge] > _BUDGET[edge] else []
        for path in spare:
            if self._bytes[edge] <= _BUDGET[edge]:
                break
            self._bytes[edge] -= _bytes(kept.pop(path))
            self._first_look.discard(path)


def _pixmap(image: QImage, edge: int) -> QPixmap:
    """Ready for the screen, but a thumbnail of the cache as it is: in three bytes a pixel more of them are kept."""
    is_small = edge == THUMBNAIL and image.format() == QImage.Format.Format_RGB888
    flag = Qt.ImageConversionFlag.NoFormatConversion if is_small else Qt.ImageConversionFlag.AutoColor
    return QPixmap.fromImage(image, flag)


def _bytes(pixmap: QPixmap | None) -> int:
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8 if pixmap else 0


def _be_nice() -> bool:
    """This thread, behind the one that a person waits for; where the system has it."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
    return True
