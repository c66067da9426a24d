"""Pictures for the screen: decoded by two niced threads, which work on what is wanted now."""

import contextlib
import os
import threading
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColorSpace, QImage, QImageIOHandler, QImageReader, QPixmap

THUMBNAIL, PREVIEW, FULL = 256, 2000, 12000
_BUDGET = {THUMBNAIL: 64 << 20, PREVIEW: 160 << 20, FULL: 256 << 20}
_THREADS, _NICE, _DRAIN_MS = 2, 10, 4


_SIGNATURES = (
    (0, b"\xff\xd8", b"jpeg"), (0, b"\x89PNG", b"png"), (8, b"WEBP", b"webp"), (0, b"GIF8", b"gif"),
    (0, b"II*\0", b"tiff"), (0, b"MM\0*", b"tiff"), (0, b"II+\0", b"tiff"), (0, b"MM\0+", b"tiff"), (0, b"BM", b"bmp"),
)  # fmt: skip


_KNOWN_BY_SIGNATURE = {b"jpg", b"jpeg", b"png", b"webp", b"gif", b"tif", b"tiff", b"bmp", b"svg", b"svgz"}


@dataclass(frozen=True)
class Wanted:
    path: Path
    edge: int
    """Pixels of the longer side."""


class Pictures(QObject):
    ready = Signal(object, int)
    """Path and edge, when a picture is there or is known not to be one."""
    _wake = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = {edge: OrderedDict[Path, QPixmap]() for edge in _BUDGET}
        self._queues = {edge: deque[Wanted]() for edge in _BUDGET}
        self._sizes: dict[Path, QSize] = {}
        self._is_urgent = False
        self._decoding: set[Wanted] = set()
        self._outdated: set[Wanted] = set()
        """Being decoded from a file that is another one by now."""
        self._decoded: deque[tuple[Wanted, QImage]] = deque()
        self._condition = threading.Condition()
        self._is_awake = self._is_closed = False
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

    def want(self, edge: int, paths: Iterable[Path]) -> None:
        """Replaces what was wanted of this size before: what has scrolled away is not decoded any more.

        The first preview goes before all thumbnails, further ones after them.
        """
        with self._condition:
            wanted = (Wanted(path, edge) for path in paths if path not in self._kept[edge])
            self._queues[edge] = deque(each for each in wanted if each not in self._decoding)
            self._is_urgent |= edge != THUMBNAIL
            self._condition.notify_all()

    def forget(self, path: Path) -> None:
        """The file is another one now."""
        self._sizes.pop(path, None)
        for kept in self._kept.values():
            kept.pop(path, None)
        with self._condition:
            self._outdated |= {each for each in self._decoding if each.path == path}

    def close(self) -> None:
        with self._condition:
            self._is_closed = True
            for queue in self._queues.values():
                queue.clear()
            self._condition.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)

    def _work(self) -> None:
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        while wanted := self._next():
            image = decoded(wanted.path, wanted.edge)
            if wanted.path not in self._sizes:
                self._sizes[wanted.path] = natural_size(wanted.path)
            with self._condition:
                self._decoding.discard(wanted)
                if wanted in self._outdated:
                    self._outdated.discard(wanted)
                    self._queues[wanted.edge].append(wanted)
                    continue
                self._decoded.append((wanted, image))
                wake, self._is_awake = not self._is_awake and not self._is_closed, True
            if wake:
                self._wake.emit()

    def _next(self) -> Wanted | None:
        with self._condition:
            while not any(self._queues.values()) and not self._is_closed:
                self._condition.wait()
            if self._is_closed:
                return None
            edges = (PREVIEW, FULL, THUMBNAIL) if self._is_urgent else (THUMBNAIL, PREVIEW, FULL)
            wanted = next(self._queues[edge] for edge in edges if self._queues[edge]).popleft()
            self._is_urgent &= wanted.edge == THUMBNAIL
            self._decoding.add(wanted)
            return wanted

    @Slot()
    def _drain(self) -> None:
        timer = QElapsedTimer()
        timer.start()
        while self._decoded and timer.elapsed() < _DRAIN_MS:
            wanted, image = self._decoded.popleft()
            self._keep(wanted, QPixmap.fromImage(image))
            self.ready.emit(wanted.path, wanted.edge)
        with self._condition:
            self._is_awake = bool(self._decoded)
        if self._is_awake:
            self._wake.emit()

    def _keep(self, wanted: Wanted, pixmap: QPixmap) -> None:
        kept = self._kept[wanted.edge]
        kept[wanted.path] = pixmap
        while len(kept) > 1 and sum(_bytes(each) for each in kept.values()) > _BUDGET[wanted.edge]:
            kept.popitem(last=False)


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def _format(path: Path) -> bytes:
    """What its first bytes tell, else its suffix; "" for no picture.

    Qt's own look asks the SVG reader, which connects signals: a thread that holds Python's lock meanwhile can wait for
    ever for the GUI thread, which waits for that lock.
    """
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return b""
    named = path.suffix[1:].lower().encode("ascii", "ignore")
    found = next((kind for at, signature, kind in _SIGNATURES if start.startswith(signature, at)), b"")
    return found or (b"" if named in _KNOWN_BY_SIGNATURE else named)


def natural_size(path: Path) -> QSize:
    """Upright; empty for what is no picture. Any thread may call it."""
    kind = _format(path)
    reader = QImageReader(str(path), kind)
    reader.setAutoDetectImageFormat(False)
    size = reader.size() if kind else QSize()
    is_turned = bool(reader.transformation().value & QImageIOHandler.Transformation.TransformationRotate90.value)
    return size.transposed() if is_turned and size.isValid() else size


def decoded(path: Path, edge: int) -> QImage:
    """Upright, in sRGB, and no larger than asked; a null image for what Qt can't read. Any thread may call it."""
    kind = _format(path)
    if not kind:
        return QImage()
    reader = QImageReader(str(path), kind)
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if not image.isNull() and image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return image
