"""The shortcuts that a person changed, kept beside the window's size."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QSettings

from captioner.ui import actions


def changed(held: QSettings) -> dict[str, list[str]]:
    """By action."""
    return json.loads(str(held.value("shortcuts", "{}")))


def keep(held: QSettings, key: str, chosen: Sequence[str]) -> None:
    kept = {**changed(held), key: list(chosen)}
    if kept[key] == actions.defaults()[key]:
        del kept[key]
    held.setValue("shortcuts", json.dumps(kept))
