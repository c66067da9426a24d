"""One sitting at the window with a folder of photos: what a person waits for, as one JSON document of seconds.

`STARTED=$(date +%s.%N) python benchmarks/sitting.py FOLDER short|long|save`, which benchmarks/editor.py does, or
`caption TEXT`, which benchmarks/opening.py does beside another program.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from captioner import cli, paths, settings
from captioner.core import edits
from captioner.ui import app

STARTED = float(os.environ["STARTED"])
SPEED, SCROLLED_S = 3_000, 8
"""Pixels a second, and for how long."""
KEYS, ARROWS, PACE_S = 300, 40, 0.35
"""Keystrokes; photos gone to with the arrow key, and how long a person looks at one."""
Found = dict[str, float | list[float]]


class _Painted(QObject):
    """When a widget was painted last."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.time()
        return False


class Sitting:
    def __init__(self, folder: Path) -> None:
        cli.main([str(folder)])  # as the front door does, and with no more loaded than it has
        held = settings.load(paths.settings_file())
        self.app = app.begun(held.appearance)
        app._keep_small()
        self.window = app.framed(held)
        self.framed = time.time()
        app.dress(self.app, held.appearance)
        app.first_sight(self.window, [folder])
        self.sighted = time.time() if self.window.sheet.is_complete else 0
        self.is_read = False
        self.window.document.opened.connect(lambda: setattr(self, "is_read", True))
        self.window.furnish()
        app._keep_fluid()
        self.painted = _Painted(self.window.form.rows["caption"].box.viewport())
        self.window.activateWindow()

    def until(self, thing: Callable[[], object], seconds: float = 120) -> float:
        """Goes on with all that the window does; the moment when the thing held."""
        end, loop, look = time.time() + seconds, QEventLoop(), QTimer(interval=1)
        look.timeout.connect(lambda: loop.quit() if thing() or time.time() > end else None)
        look.start()
        if not thing():
            loop.exec()
        look.stop()
        if not thing():
            raise SystemExit("What was waited for didn't come")
        return time.time()

    def gaps(self, seconds: float, act: Callable[[float], None] = lambda _passed: None) -> list[float]:
        """How long each turn of the event loop took while a heart beat each millisecond; `act` each frame."""
        beats: list[float] = []
        heart, frame, start = QTimer(interval=1), QTimer(interval=16), time.time()
        heart.timeout.connect(lambda: beats.append(time.time()))
        frame.timeout.connect(lambda: act(time.time() - start))
        heart.start()
        frame.start()
        QTimer.singleShot(int(seconds * 1000), lambda: self.app.exit())  # quit would close the window
        self.app.exec()
        heart.stop()
        frame.stop()
        return sorted(after - before for before, after in pairwise(beats))

    # What is measured

    def start(self) -> Found:
        found: Found = {"paint": self.framed - STARTED, "furnished": self.until(lambda: self.painted.at) - STARTED}
        found["thumbnails"] = (self.sighted or self.until(lambda: self.window.sheet.is_complete)) - STARTED
        beats: list[float] = []
        heart = QTimer(interval=1)
        heart.timeout.connect(lambda: beats.append(time.time()))
        heart.start()
        found["read"] = self.until(lambda: self.is_read) - STARTED
        heart.stop()
        found["read stall"] = max((after - before for before, after in pairwise(beats)), default=0.0)
        return found

    def rest(self) -> Found:
        """What goes on after reading, such as checks, is not what is measured next."""
        self.until(lambda: not self.window.findings._waiting and not self.window.jobs.running)
        self.gaps(0.5)
        return {}

    def scroll(self) -> Found:
        bar = self.window.sheet.verticalScrollBar()
        gaps = self.gaps(SCROLLED_S, lambda passed: bar.setValue(int(passed * SPEED)))
        stopped = time.time()
        settled = self.until(lambda: self.window.sheet.is_complete) - stopped
        bar.setValue(0)
        self.gaps(0.3)
        return {"scroll p99": gaps[int(0.99 * len(gaps))], "scroll worst": gaps[-1], "settled": settled}

    def type(self) -> Found:
        window = self.window
        window.actions_["go_to_caption"].trigger()
        box, taken = window.form.rows["caption"].box, []
        painted = _Painted(box.viewport())
        for number in range(KEYS):
            letter = "a photo on a desk "[number % 18]
            before = time.time()
            code = Qt.Key.Key_Space if letter == " " else Qt.Key(ord(letter.upper()))
            QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, letter))
            self.until(lambda before=before: painted.at > before, 5)
            QApplication.processEvents()
            taken.append(time.time() - before)
            self.gaps(0.03)
        taken.sort()
        return {"key p99": taken[int(0.99 * len(taken))], "key median": taken[len(taken) // 2]}

    def go(self) -> Found:
        from captioner.ui.pictures import PREVIEW

        window, taken = self.window, []
        window.actions_["go_to_sheet"].trigger()
        window.sheet.go_to(0)
        self.gaps(1)
        painted = _Painted(window.preview)
        for _number in range(ARROWS):
            before = time.time()
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(window.sheet, key)
            path = window.sheet.current
            sharp = self.until(lambda path=path: path and window.pictures.get(path, PREVIEW) is not None)
            self.until(lambda before=before, sharp=sharp: painted.at >= min(sharp, before), 5)
            QApplication.processEvents()
            taken.append(time.time() - before)
            self.gaps(PACE_S)
        taken.sort()
        return {"arrow median": taken[len(taken) // 2], "arrow worst": taken[-1]}

    def credit_all(self) -> Found:
        from captioner.ui.commands import editing

        window = self.window
        before = time.time()
        window.sheet.selectAll()
        QApplication.processEvents()
        selected = time.time()
        editing.set_field(window, "credit", "Example Photographer/Wire")
        window.typing.finish()
        QApplication.processEvents()
        set_ = time.time()
        window.undo()
        QApplication.processEvents()
        undone = time.time()
        if any(photo.values["credit"] == "Example Photographer/Wire" for photo in window.photos.photos):
            raise SystemExit("The credit was not undone")
        return {"select all": selected - before, "credit all": set_ - selected, "undo all": undone - set_}

    def memory(self) -> Found:
        bar = self.window.sheet.verticalScrollBar()
        for value in range(0, bar.maximum(), max(bar.pageStep(), 1)):
            bar.setValue(value)
            self.gaps(0.008)
        self.until(lambda: self.window.sheet.is_complete and not self.window.pictures.is_busy)
        self.gaps(1)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return {"memory": pages * os.sysconf("SC_PAGE_SIZE") / 1e6}

    def caption_all(self) -> Found:
        """By a person who doesn't rest: typed into the form, which is left then, and saved."""
        from PySide6.QtTest import QTest

        window, caption, before = self.window, sys.argv[3], time.time()
        window.sheet.selectAll()
        QApplication.processEvents()
        selected = time.time()
        window.actions_["go_to_caption"].trigger()
        box = window.form.rows["caption"].box
        QTest.keyClicks(box, caption)
        QTest.keyClick(box, Qt.Key.Key_Tab)
        QApplication.processEvents()
        written = time.time()
        if any(photo.values["caption"] != caption for photo in window.photos.photos):
            raise SystemExit("The caption is not that of all photos")
        return {"select": selected - before, "write": written - selected, **self.save()}

    def credit_and_save(self) -> Found:
        window = self.window
        window.photos.apply(edits.set_field(window.photos, window.photos.order, "credit", "Example Photographer/Wire"))
        self.gaps(1)
        return self.save()

    def save(self) -> Found:
        window, before = self.window, time.time()
        window.actions_["save"].trigger()
        beats: list[float] = []
        heart = QTimer(interval=1)
        heart.timeout.connect(lambda: beats.append(time.time()))
        heart.start()
        after = self.until(lambda: not any(job.lane == "save" for job in window.jobs.running), 1_800)
        if window.photos.unsaved_count:
            raise SystemExit("Not every photo was saved")
        return {"save": after - before, "save stall": max(b - a for a, b in pairwise(beats))}


PARTS = {
    "short": (Sitting.rest, Sitting.scroll),
    "long": (Sitting.rest, Sitting.scroll, Sitting.type, Sitting.go, Sitting.credit_all, Sitting.memory),
    "save": (Sitting.rest, Sitting.credit_and_save),
    "caption": (Sitting.caption_all,),
}  # fmt: skip
"""What is done after the start, by kind of sitting."""


def main() -> None:
    sitting = Sitting(Path(sys.argv[1]))
    found = sitting.start()
    for part in PARTS[sys.argv[2]]:
        found |= part(sitting)
    sitting.window.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
