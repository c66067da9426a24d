"""The processes that many photos are read, judged and saved by: begun anew rather than forked off a window, whose
threads don't survive that."""

import contextlib
import os
import signal
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from threading import Thread
from typing import TYPE_CHECKING

from captioner import i18n

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

MANY = 200
"""Photos from which on they pay for their start."""
_MOST, _NICE = 4, 15
_LOADED = ["captioner.__main__", "captioner.storage.photos"]
"""What the server of processes has loaded, so that none of them does it again."""


def count() -> int:
    return min(os.cpu_count() or 1, _MOST)


def prepare() -> None:
    """Lets the server load, for which whoever begins a process waits."""
    with contextlib.suppress(OSError):
        if sys.platform == "linux":
            from multiprocessing import forkserver

            _context()
            forkserver.ensure_running()


def begun() -> Executor:
    """A thread in their place where the system has none to give."""
    with contextlib.suppress(OSError):
        return _begun()
    return ThreadPoolExecutor(1)


def _begun() -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children

    pool = ProcessPoolExecutor(count(), _context(), initializer=_begin, initargs=(i18n.language() or "en",))
    for _number in range(count()):
        pool.submit(int)  # begins a process
    for process in active_children():
        _be_nice(process.pid)
    return pool


def _context() -> "BaseContext":
    """Forked off a server that has no window and no threads, where the system's own libraries bear it."""
    import multiprocessing

    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
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
    """Whoever is killed tells nobody; its processes would wait for work for ever."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)
