"""Starts the window."""

import contextlib
import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Timer

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QLibraryInfo, QLocale, QThread, QTranslator
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from captioner import __version__, i18n, paths, settings
from captioner.storage import agency_files
from captioner.ui import remembered
from captioner.ui.colours import APPEARANCES
from captioner.ui.main_window import MainWindow

_M_MMAP_THRESHOLD, _MAPPED_FROM = -3, 1 << 17
_FRAME_MS = 200
"""So long a desktop may take to show a window, before the parts are loaded all the same."""
_SIGHT_MS = 1_000
"""And so long the photos."""
_LEAVE_S = 3
"""How long Python may wait for its threads and processes once the window is closed."""


def begun(appearance: str = "") -> QApplication:
    """The one QApplication, with no more than an empty frame needs; made at the first call."""
    made = QApplication.instance() or QApplication(["captioner"])
    assert isinstance(made, QApplication)
    made.setApplicationName("captioner")
    made.setApplicationDisplayName("Captioner")
    made.setApplicationVersion(__version__)
    made.setDesktopFileName("captioner")
    if chosen := APPEARANCES.get(appearance):
        made.setPalette(QPalette(QColor(chosen.window)))
    return made


def dress(made: QApplication, appearance: str = "") -> None:
    """Colours, icon and direction: Qt's flags and styles alone take longer to load than a frame to paint."""
    from PySide6.QtCore import Qt

    from captioner.ui import theme

    is_mirrored = i18n.right_to_left(i18n.language())
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight)
    made.setWindowIcon(QIcon(str(paths.resources() / "icons" / "captioner.svg")))
    theme.install(made, appearance)


def application(appearance: str = "") -> QApplication:
    """The one QApplication, dressed."""
    made = begun(appearance)
    dress(made, appearance)
    return made


def _translate_qt(made: QApplication) -> None:
    """Qt's own words, such as a file dialog's, where Qt has them."""
    translator = QTranslator(made)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(i18n.language() or "en"), "qtbase", "_", folder):
        made.installTranslator(translator)


def _keep_fluid() -> None:
    """A window with thousands of photos must not stop for Python's housekeeping."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(1_500, 400, 1_000)


def _keep_small() -> None:
    """glibc else keeps what the decoding of large pictures freed: a hundred megabytes."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_M_MMAP_THRESHOLD, _MAPPED_FROM)


def framed(held: settings.Settings) -> MainWindow:
    """The window as an empty frame, painted; nobody can touch it before it is furnished."""
    sys.setswitchinterval(0.001)  # nor may it wait long for Python's lock, once other threads work
    window = MainWindow(held)
    window.show()
    handle = window.windowHandle()
    _wait(handle.isExposed, _FRAME_MS)
    return window


def first_sight(window: MainWindow, named: Sequence[Path], again: bool = False) -> None:
    """The sheet with the photos in it, before all that stands beside it; where they don't come soon, without them."""
    window.lay_sheet()
    document, sheet = window.document, window.sheet
    document.hold(True)
    document.open(named, again)
    _wait(lambda: sheet.is_complete or not (document.is_reading or window.model.shown), _SIGHT_MS)
    document.hold(False)


def _wait(thing: Callable[[], bool], at_most_ms: int) -> None:
    """Paints and takes results meanwhile; what a person does comes later."""
    left, but_input = QDeadlineTimer(at_most_ms), QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    while not left.hasExpired() and not thing():
        QApplication.processEvents(but_input)
        QThread.msleep(1)
    QApplication.processEvents(but_input)


def run(named: Sequence[Path], story: Path | None = None) -> int:
    held = settings.load(paths.settings_file())
    agency_files.read(paths.agencies_file())  # told now, if it is broken
    i18n.use(held.language or None)
    made = begun(held.appearance)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _keep_small()
    window = framed(held)
    dress(made, held.appearance)
    _translate_qt(made)
    if wanted := list(named) or remembered.last_set(window.state):
        first_sight(window, wanted, again=not named)
    window.furnish().story_file = story
    window.document.exporting.look_for_unfinished()
    _keep_fluid()
    return _left(window, made.exec())


def _left(window: MainWindow, code: int) -> int:
    """The exit code; a thread or a process that waits for a vanished drive would keep the program for ever."""
    if window.jobs.running:
        os._exit(code)
    leaving = Timer(_LEAVE_S, os._exit, [code])
    leaving.daemon = True
    leaving.start()
    return code


if __name__ == "__main__":
    sys.exit(run([]))
