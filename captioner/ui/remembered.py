"""What the window takes up again at the next start: its size and panes, the sheet, the form, the last set."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from captioner import paths

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


def state() -> QSettings:
    """Beside the settings, which are the person's to write; this is the window's."""
    return QSettings(str(paths.settings_file().with_name("window.ini")), QSettings.Format.IniFormat)


def restore_size(window: "MainWindow") -> None:
    window.resize(1320, 820)
    if geometry := window.state.value("geometry"):
        window.restoreGeometry(geometry)


def restore_sheet(window: "MainWindow") -> None:
    window.sheet.set_height(int(str(window.state.value("row_height", 1))))
    if panes := window.state.value("panes"):
        window.panes.restoreState(panes)


def restore(window: "MainWindow") -> None:
    held = window.state
    if middle := held.value("middle"):
        window.middle.restoreState(middle)
    window.panel.setVisible(str(held.value("findings_shown", False)).casefold() == "true")
    window.panel.group(str(held.value("findings_by_check", False)).casefold() == "true")
    for group, section in window.form.sections.items():
        is_open = str(held.value(f"section_{group.value}", section.heading.isChecked()))
        section.heading.setChecked(is_open.casefold() == "true")


def keep(window: "MainWindow") -> None:
    window.state.setValue("geometry", window.saveGeometry())
    window.state.setValue("panes", window.panes.saveState())
    window.state.setValue("middle", window.middle.saveState())
    window.state.setValue("findings_shown", window.panel.isVisibleTo(window))
    window.state.setValue("findings_by_check", window.panel.model.by_check)
    for group, section in window.form.sections.items():
        window.state.setValue(f"section_{group.value}", section.heading.isChecked())
    window.state.sync()


def keep_set(held: QSettings, named: Sequence[Path]) -> None:
    held.setValue("folder", str(named[0]))
    held.setValue("last_set", [str(path) for path in named])


def last_set(held: QSettings) -> list[Path]:
    named = held.value("last_set") or []
    return [Path(str(each)) for each in ([named] if isinstance(named, str) else named)]
