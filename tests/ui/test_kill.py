"""The program is killed at any moment, for real: all but the last half second is back."""

import os
import random
import signal
import subprocess
import sys
import time

from captioner import paths
from captioner.storage import drafts

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
