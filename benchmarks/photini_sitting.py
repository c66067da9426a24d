"""One sitting at Photini's own window: a folder opened, one caption for all its photos, saved, as a person does it.

`STARTED=$(date +%s.%N) .venv-peers/bin/python benchmarks/photini_sitting.py FOLDER COUNT CAPTION`, on a display of its
own and with a HOME of its own, which benchmarks/opening.py sees to. The last line it prints is JSON, of seconds.
"""

import json
import os
import sys
import time
from collections.abc import Callable

from photini import editor
from PyQt6.QtCore import QEventLoop, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

STARTED = float(os.environ["STARTED"])
_SIZE = (1320, 820)


def main() -> int:
    """All is started by Photini; its event loop alone is run from here."""
    count, caption = int(sys.argv[2]), sys.argv[3]
    editor.execute = lambda app: _sit(app, count, caption)
    return editor.main(["photini", sys.argv[1]])


def _sit(app: QApplication, count: int, caption: str) -> int:
    window = next(each for each in app.topLevelWidgets() if isinstance(each, editor.MainWindow))
    window.resize(*_SIZE)
    window.activateWindow()
    found = {"read": _opened(app, count) - STARTED}
    found["select"] = _timed(app, app.image_list.select_all)
    found["write"] = _timed(app, lambda: _write(_box(window), caption))
    found["save"] = _timed(app, window.menuBar().save_action.trigger)
    if any(image.metadata.changed() for image in app.image_list.images):
        raise SystemExit("Photini did not save every caption")
    window.close()
    sys.stdout.write(f"\n{json.dumps(found)}\n")
    return 0


def _opened(app: QApplication, count: int) -> float:
    """The moment when the list had all photos, sorted, laid out and painted."""
    loop = QEventLoop()
    app.image_list.image_list_changed.connect(loop.quit)
    loop.exec()
    app.processEvents()
    places = {(image.x(), image.y()) for image in app.image_list.images if image.isVisible()}
    if len(places) != count:
        raise SystemExit(f"Photini laid out {len(places)} of {count} photos")
    return time.time()


def _timed(app: QApplication, act: Callable[[], object]) -> float:
    """With all that it brings about on screen."""
    before = time.time()
    act()
    app.processEvents()
    return time.time() - before


def _box(window: editor.MainWindow) -> QWidget:
    """Of the languages that Photini keeps a description in, the one that it shows."""
    form = window.tab_info["photini.descriptive"]["object"].widget()
    return form.widgets["description"].edit_stack.currentWidget()


def _write(box: QWidget, caption: str) -> None:
    """Typed key by key without a pause; Photini takes it over when the box is left."""
    box.setFocus()
    QTest.keyClicks(box, caption)
    QTest.keyClick(box, Qt.Key.Key_Tab)


if __name__ == "__main__":
    sys.exit(main())
