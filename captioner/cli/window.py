"""The commands that ask for the window, and what they do where there is none."""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from captioner import paths
from captioner.cli.console import Console, OpenWindow
from captioner.errors import UsageError
from captioner.i18n import _

_ANSWER_S = 1.0
"""So long a drive may take to answer; later, the window tells of it."""


def open_(arguments: argparse.Namespace, _console: Console) -> OpenWindow:
    if missing := _missing(arguments.paths):
        raise UsageError(_("There is no file or folder {path}; check its name.").format(path=missing), missing)
    return OpenWindow(tuple(arguments.paths))


def _missing(named: Sequence[Path]) -> Path | None:
    found: list[Path | OSError] = []

    def ask() -> None:
        try:
            found.extend(path for path in named if not path.exists())
        except OSError as error:
            found.append(error)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_ANSWER_S)
    first = next(iter(found), None)
    if isinstance(first, OSError):
        raise first
    return first


def demo(arguments: argparse.Namespace, _console: Console) -> OpenWindow:
    folder = arguments.folder or paths.data_folder() / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted((paths.resources() / "sample").iterdir()):
        if not (folder / source.name).exists():
            shutil.copyfile(source, folder / source.name)
    return OpenWindow((folder,), folder / "story.txt")
