"""Takes the pictures in docs/screenshots of the real window on the sample set: `make screenshots`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication, QWidget

from captioner import cli
from captioner.settings import Settings
from captioner.ui.app import application
from captioner.ui.dialogs.export_dialog import ExportDialog
from captioner.ui.dialogs.story_dialog import StoryDialog
from captioner.ui.main_window import MainWindow

TARGET = Path(__file__).parent.parent / "docs" / "screenshots"
SHOTS = (("light", "1"), ("dark", "1"), ("light", "2"), ("dark", "2"))


def main() -> None:
    """One process for each look: a scale can't be changed while Qt runs."""
    for appearance, scale in SHOTS:
        with tempfile.TemporaryDirectory() as home:
            places = {"CAPTIONER_DATA": home, "CAPTIONER_CONFIG": home, "QT_SCALE_FACTOR": scale, "LANGUAGE": "en"}
            command = [sys.executable, __file__, appearance, scale]
            subprocess.run(command, env={**os.environ, **places}, check=True)


def shoot(appearance: str, scale: str) -> None:
    application(appearance)
    suffix = appearance if scale == "1" else f"{appearance}-{scale}00"
    with tempfile.TemporaryDirectory() as folder:
        cli.main(["demo", str(Path(folder) / "sample")])
        empty = MainWindow(Settings())
        keep(empty, f"empty-{suffix}")
        empty.close()
        window = MainWindow(Settings())
        window.resize(1320, 820)
        window.show()
        window.open_paths([Path(folder) / "sample"])
        wait(3000)
        story = StoryDialog(window.photos, window.pictures, Path(folder) / "sample" / "story.txt", window)
        keep(story, f"story-{suffix}")
        story.accept()
        keep(window, f"window-{suffix}")
        keep(ExportDialog(window.photos, window.state, window), f"export-{suffix}")
        window.sheet.selectAll()
        keep(window, f"many-{suffix}")
        window.close()


def keep(widget: QWidget, name: str) -> None:
    widget.show()
    wait(1200)
    widget.grab().save(str(TARGET / f"{name}.webp"), "WEBP", 90)
    if not isinstance(widget, MainWindow):
        widget.hide()


def wait(milliseconds: int) -> None:
    deadline = QDeadlineTimer(milliseconds)
    while not deadline.hasExpired():
        QApplication.processEvents()


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    shoot(*sys.argv[1:]) if sys.argv[1:] else main()
