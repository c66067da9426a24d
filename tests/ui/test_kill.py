"""The program is killed at any moment, for real: all but the last half second is back."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from captioner import paths
from captioner.storage import drafts
from tests import pictures

TYPIST = """
import sys, time
from pathlib import Path
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from captioner.core import edits
from captioner.settings import Settings
from captioner.ui.app import application
from captioner.ui.main_window import MainWindow
application()
window = MainWindow(Settings()).furnish()
window.show()
ready = []
window.document.opened.connect(lambda: ready.append(True))
window.open_paths([Path(sys.argv[1])])
while not ready:
    QApplication.processEvents()
window.photos.apply(edits.move(window.photos, [window.photos.order[-1]], 0))
window.sheet.go_to(0)
box = window.form.rows["caption"].box
for number in range(10_000):
    event = QInputMethodEvent()
    event.setCommitString(f"{number} ")
    QApplication.sendEvent(box, event)
    print(time.monotonic(), number, flush=True)
    until = time.monotonic() + 0.02
    while time.monotonic() < until:
        QApplication.processEvents()
"""


def test_typing_and_the_order_survive_a_kill(folder):
    process = subprocess.Popen([sys.executable, "-c", TYPIST, str(folder)], stdout=subprocess.PIPE, text=True)
    typed = [process.stdout.readline().split()]
    until = time.monotonic() + 0.8 + random.random()
    while time.monotonic() < until:
        typed.append(process.stdout.readline().split())
    os.kill(process.pid, signal.SIGKILL)
    killed = time.monotonic()
    process.wait()
    process.stdout.close()
    order = tuple(sorted(folder.iterdir()))
    state = drafts.read_set(paths.drafts_file(), str(folder))
    assert state.draft_order[0] == order[-1]
    caption = drafts.recover(paths.drafts_file(), order)[order[-1]]["caption"]
    promised = max(int(number) for moment, number in typed if float(moment) < killed - 0.5)
    assert int(caption.split()[-1]) >= promised


LEFT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from captioner.core import edits
from captioner.ui import app
from captioner.ui.main_window import MainWindow

def edit_and_close(window):
    first = window.photos.order[0]
    window.photos.apply(edits.set_field(window.photos, [first], "caption", "Meanwhile"))
    window.close()

furnish = MainWindow.furnish

def furnished(window):
    QTimer.singleShot(500, lambda: edit_and_close(window))
    return furnish(window)

MainWindow.furnish = furnished
sys.exit(app.run([Path(name) for name in sys.argv[1:]]))
"""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_the_program_ends_though_a_drive_does_not_answer_and_keeps_the_last_edit(tmp_path):
    photo = pictures.draw(tmp_path / "a.jpg")
    os.mkfifo(tmp_path / "b.jpg")  # whoever opens it waits
    left = [sys.executable, "-c", LEFT, str(photo), str(tmp_path / "b.jpg")]
    done = subprocess.run(left, check=False, timeout=40)
    assert done.returncode == 0
    assert drafts.recover(paths.drafts_file(), [photo])[photo]["caption"] == "Meanwhile"
    assert "geometry" in paths.settings_file().with_name("window.ini").read_text()
