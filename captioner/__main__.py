"""The front door: arguments → cli, otherwise the window."""

import gc
import os
import sys

from captioner import cli

_UNSEEN = ("offscreen", "minimal", "vnc")


def main() -> int:
    asked = cli.main(sys.argv[1:])
    if isinstance(asked, int):
        return asked
    if not _has_display() and (asked.story or not os.environ.get("QT_QPA_PLATFORM")):
        return cli.without_window(asked)
    gc.disable()  # what loading makes stays; a window shows a tenth faster, and `run` puts it on again
    from captioner.ui.app import run

    return run(asked.paths, asked.story)


def _has_display() -> bool:
    """Whether a person could see a window."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _UNSEEN:
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
