"""What Pillow says to stderr of damaged tags helps nobody."""

import warnings
from contextlib import AbstractContextManager, ExitStack
from threading import Lock


class _Quiet(AbstractContextManager[None]):
    """Python keeps its filters for all threads together: the first to come in sets them, the last one out resets."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._filters = ExitStack()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._filters.enter_context(warnings.catch_warnings(action="ignore"))
            self._inside += 1

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._filters.close()


quiet = _Quiet()
