"""PySide6 reads the source of every module that is imported after it, looking for its own name: for `__feature__`,
which nobody here uses. That is a tenth of a window's start, and eight megabytes of lines that are kept."""

import sys
from importlib import import_module

import_module("PySide6.QtCore")  # so that there is what would read
if _support := sys.modules.get("shibokensupport.feature"):
    vars(_support)["_mod_uses_pyside"] = lambda _module: False  # pyright: ignore[reportUnknownLambdaType]
