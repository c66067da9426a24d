"""Takes the pictures in docs/screenshots of the real window on the sample set: `make screenshots`."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from captioner import cli
from captioner.core import edits
from captioner.core.policy import Policy
from captioner.settings import Settings
from captioner.storage import photos as storage
from captioner.ui.app import application
from captioner.ui.commands import filing
from captioner.ui.dialogs.command_palette import CommandPalette
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
        sample = Path(folder) / "sample"
        cli.main(["demo", str(sample)])
        empty = MainWindow(Settings()).furnish()
        keep(empty, f"empty-{suffix}")
        empty.close()
        window = opened([sample])
        story = StoryDialog(window.photos, window.pictures, window.jobs, sample / "story.txt", window)
        keep(story, f"story-{suffix}")
        solve(story, sample, suffix)
        story.accept()
        keep(window, f"window-{suffix}")
        keep(filing.export_dialog(window), f"export-{suffix}")
        forbid(window)
        keep(filing.export_dialog(window), f"export-restricted-{suffix}")
        window.undo()
        mistake(window)
        keep(window, f"findings-{suffix}")
        window.undo()
        window.panel.hide()
        window.sheet.selectAll()
        keep(window, f"many-{suffix}")
        contest(window)
        keep(window, f"conflict-{suffix}")
        if scale == "1":
            for action in ("replace", "templates", "codes", "lists", "checks", "palette", "keyboard"):
                keep_dialog(window, action, f"{action}-{suffix}")
        window.close()
        keep(thousands(sample, Path(folder) / "thousands"), f"thousands-{suffix}")


def opened(named: Sequence[Path]) -> MainWindow:
    window = MainWindow(Settings()).furnish()
    window.resize(1320, 820)
    window.show()
    window.open_paths(named)
    wait(3000)
    return window


def solve(dialog: StoryDialog, sample: Path, suffix: str) -> None:
    """A story with a caption too few, and one with a caption too many; in the end as it was."""
    text = (sample / "story.txt").read_text(encoding="utf-8")
    told = text.split("\n\n")[:8]
    extra = "Nelayan memperbaiki jala di dermaga sebelum berangkat melaut."
    for name, paragraphs in (("fewer", told[:-1]), ("more", [*told, extra])):
        dialog.story.box.setPlainText("\n\n".join(paragraphs))
        wait(1200)
        dialog.table.go_to(len(dialog.pairing.rows) - 1)
        keep(dialog, f"story-{name}-{suffix}")
    dialog.story.box.setPlainText(text)
    wait(1200)


def forbid(window: MainWindow) -> None:
    """A photo that goes out with a reason alone."""
    first = window.photos.order[0]
    window.photos.apply(edits.set_field(window.photos, [first], "instructions", "NOT TO BE USED IN PRINT. NO ARCHIVE"))


def mistake(window: MainWindow) -> None:
    """Things that checks find, and the first of them gone to."""
    first, second, third = window.photos.order[:3]
    captions = [window.photos[path].values.text("caption") for path in (first, second)]
    window.photos.apply(edits.set_values(window.photos, {
        second: {"caption": f"{captions[1]} (Foto: {window.photos[second].values.text('credit') or 'Desk'})"},
        third: {"caption": captions[0], "headline": "TK"}}, ""))  # fmt: skip
    window.panel.show()
    window.sheet.go_to(1)
    window.actions_["next_problem"].trigger()


def contest(window: MainWindow) -> None:
    """Another program changed the caption that was edited here, too."""
    window.document.saving.save()
    wait(1500)
    first = window.photos.order[0]
    storage.save_values(storage.read_photo(first, Policy()), {"caption": "Presiden tiba di Selasih."}, Policy())
    window.sheet.go_to(0)
    window.photos.apply(edits.set_field(window.photos, [first], "caption", "Presiden tiba di pelabuhan Selasih."))
    window.document.saving.save()


def thousands(sample: Path, folder: Path) -> MainWindow:
    folder.mkdir()
    pictures = sorted(sample.glob("*.jpg"))
    for number in range(2000):
        shutil.copy(pictures[number % len(pictures)], folder / f"{number:04}.jpg")
    window = opened([folder])
    wait(8000)
    window.sheet.go_to(1234)
    return window


def keep_dialog(window: MainWindow, action: str, name: str) -> None:
    window.activateWindow()
    window.actions_[action].trigger()
    dialog = next(each for each in window.findChildren(QWidget) if each.isVisible() and is_dialog(each))
    if isinstance(dialog, QDialog):
        keep(dialog, name)
    else:
        keep(window, name)
    dialog.close()


def is_dialog(widget: QWidget) -> bool:
    return isinstance(widget, QDialog | CommandPalette)


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
