"""How a sitting is started: in a process and with a home of its own, offscreen or on an X display of its own."""

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import PIPE, run

HERE = Path(__file__).resolve().parent
_XVFB = ("xvfb-run", "--auto-servernum", "--server-args", "-screen 0 1920x1200x24")
_AT_MOST_S = "3600"
_AS_THE_FRONT_DOOR = "import gc; gc.disable(); import captioner.ui"
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that isn't there: nothing is fetched."""


def captioner(photos: Path, kind: str, *more: str) -> list[str]:
    # Not as a script: the processes that read would load it again, and Qt with it.
    return [sys.executable, "-c", f"{_AS_THE_FRONT_DOOR}; import sitting; sitting.main()", str(photos), kind, *more]


def offscreen(command: Sequence[str], home: Path) -> dict[str, float]:
    return _found(command, {**_held(home), "QT_QPA_PLATFORM": "offscreen", "STARTED": str(time.time())})


def on_display(command: Sequence[str], home: Path) -> dict[str, float]:
    """Counted from the start of the command: the display is there before."""
    home.mkdir(parents=True)
    counted = ("timeout", _AT_MOST_S, "sh", "-c", 'STARTED=$(date +%s.%N) exec "$@"', "sh", *command)
    held = {name: value for name, value in _held(home).items() if not name.startswith("XDG_")}
    shown = {"QT_QPA_PLATFORM": "xcb", "HOME": str(home), "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    return _found([*_XVFB, *counted], {**held, **shown})


def _held(home: Path) -> dict[str, str]:
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), _NOWHERE)
    return {**os.environ, **proxies, "CAPTIONER_DATA": str(home / "data"), "CAPTIONER_CONFIG": str(home / "config"),
            "PYTHONPATH": str(HERE), "QT_LOGGING_RULES": "*.warning=false"}  # fmt: skip


def _found(command: Sequence[str], held: Mapping[str, str]) -> dict[str, float]:
    """The last line alone: others say more than they are asked."""
    said = run(command, env=held, check=True, stdout=PIPE).stdout
    return json.loads(said.splitlines()[-1])
