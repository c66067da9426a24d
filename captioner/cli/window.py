"""The commands that ask for the window, and what they do where there is none."""

import argparse
import shutil

from captioner import paths
from captioner.cli.console import Console, OpenWindow
from captioner.errors import UsageError
from captioner.i18n import _


def open_(arguments: argparse.Namespace, _console: Console) -> OpenWindow:
    missing = next((path for path in arguments.paths if not path.exists()), None)
    if missing:
        raise UsageError(_("There is no file or folder {path}; check its name.").format(path=missing), missing)
    return OpenWindow(tuple(arguments.paths))


def demo(arguments: argparse.Namespace, _console: Console) -> OpenWindow:
    folder = arguments.folder or paths.data_folder() / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted((paths.resources() / "sample").iterdir()):
        if not (folder / source.name).exists():
            shutil.copyfile(source, folder / source.name)
    return OpenWindow((folder,), folder / "story.txt")
