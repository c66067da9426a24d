"""The processes that many photos are read, judged and saved by: begun anew rather than forked off a window, whose
threads don't survive that."""

import contextlib
import logging
import os
import signal
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from threading import Lock, Thread
from typing import TYPE_CHECKING

from captioner import i18n

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

MANY = 200
"""Photos from which on they pay for their start."""
_MOST, _NICE = 4, 15
_METHODS = ("forkserver", "spawn") if sys.platform == "linux" else ("spawn",)
"""Forked off a server that has no window and no threads, where the system's own libraries bear that; else anew."""
_LOADED = ["captioner.__main__", "captioner.storage.photos"]
"""What the server of processes has loaded, so that none of them does it again."""

AT_WORK = Lock()
"""Held in a process while it works on a piece."""
_log = logging.getLogger(__name__)


def count() -> int:
    return min(os.cpu_count() or 1, _MOST)


def prepare() -> None:
    """Lets the server load, for which whoever begins a process waits."""
    with contextlib.suppress(OSError):
        if "forkserver" in _METHODS:
            from multiprocessing import forkserver

            _context("forkserver")
            forkserver.ensure_running()


def begun() -> Executor:
    """A thread in their place where the system has none to give."""
    for method in _METHODS:
        try:
            return _begun(method)
        except (OSError, EOFError):
            _log.warning("No process can be begun by %s", method, exc_info=True)
    return ThreadPoolExecutor(1)


def _begun(method: str) -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children

    pool = ProcessPoolExecutor(count(), _context(method), initializer=_begin, initargs=(i18n.language() or "en",))
    for _number in range(count()):
        pool.submit(int)  # begins a process
    for process in active_children():
        _be_nice(process.pid)
    return pool


def _context(method: str) -> "BaseContext":
    import multiprocessing

    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(_LOADED)
    return context


def _be_nice(process: int | None) -> None:
    """From its first moment on: what a person looks at goes before what a process does for later."""
    if process and hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process, _NICE)


def _begin(language: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever began this
    Thread(target=_end_with_parent, daemon=True).start()
    i18n.use(language)


def _end_with_parent() -> None:
    """Whoever is killed tells nobody, and its processes would wait for ever; what they are at is finished."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        with AT_WORK:
            os._exit(1)
