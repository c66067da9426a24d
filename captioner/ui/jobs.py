"""The one way off the GUI thread. Workers get frozen values and return values; results arrive here in batches."""

import logging
from collections import deque
from collections.abc import Callable, Collection, Container, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QElapsedTimer, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from captioner.errors import CaptionerError
from captioner.storage.outcome import unexpected

_DRAIN_MS = 4
_LOOK_MS, _STALLED_S = 1_000, 10
_LEFT_S, _GONE_S = 3, 60
"""How long what was cancelled holds up its lane, and what was not the program's end, with nothing to show."""
_PATIENCE_MS, _TURN_MS = 2_000, 20
"""How long a person who leaves waits for what was cancelled, and how long between two looks."""
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Job:
    """Work on items, one after the other; it can be paused and cancelled between two."""

    lane: str
    label: str
    outcomes: "Callable[[Job], Generator[tuple[Any, Any]]]"
    """Takes the items, and gives each with its result or a CaptionerError."""
    items: Sequence[Any]
    batch: Callable[[list[Any]], None]
    failed: Callable[[Any, CaptionerError], None]
    done: Callable[[], None]
    steps: int
    """How much there is to show progress of: the items, or what the work counts with `step`."""
    step: Callable[[int, int], None] = lambda _done, _all: None
    """For work that counts inside of an item; any thread may call it."""
    can_pause: bool = False
    can_stop: bool = False
    """Whether a person may stop it; then what was begun is finished and told."""
    finished: int = 0
    cancelled: Event = field(default_factory=Event)
    moved: float = field(default_factory=monotonic)
    """When something last came of it."""
    is_stalled: bool = False
    is_left: bool = False
    """Whether its lane goes on without it: it was cancelled and hangs."""

    def __post_init__(self) -> None:
        self._left, self._lock, self._going = deque(self.items), Lock(), Event()
        self._going.set()

    def cancel(self) -> None:
        self.cancelled.set()
        self._going.set()

    @property
    def is_paused(self) -> bool:
        return not self._going.is_set()

    def pause(self, is_paused: bool) -> None:
        """What was taken already is finished."""
        (self._going.clear if is_paused else self._going.set)()

    def prefer(self, items: Container[Any]) -> None:
        """These go before all others that are left."""
        with self._lock:
            self._left = deque(sorted(self._left, key=lambda item: item not in items))

    def take(self, count: int, may_wait: bool = True) -> list[Any]:
        """From the worker: the next items; none when there are no more, or none for now and it may not wait."""
        while may_wait and self.is_paused:
            self._going.wait()
        with self._lock:
            count = 0 if self.cancelled.is_set() or self.is_paused else min(count, len(self._left))
            return [self._left.popleft() for _number in range(count)]


class Jobs(QObject):
    """One lane is one thread: jobs in it follow each other, lanes run side by side."""

    progressed = Signal(object)
    ended = Signal(object)
    stalled = Signal(object)
    """Nothing came of a job for a while: its files are on a drive that is slow, or gone."""
    _wake = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, QThreadPool] = {}
        self._results: deque[tuple[Job, str, Any]] = deque()
        self._lock = Lock()
        self._is_awake = False
        self.running: list[Job] = []
        self._wake.connect(self._drain, Qt.ConnectionType.QueuedConnection)
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)

    def run(
        self,
        work: Callable[..., Any],
        items: Iterable[Any],
        *,
        lane: str,
        label: str = "",
        steps: int | None = None,
        is_many: bool = False,
        can_stop: bool = False,
        is_paused: bool = False,
        before: int = 0,
        after: int = 0,
        batch: Callable[[list[Any]], None] = lambda _results: None,
        failed: Callable[[Any, CaptionerError], None] = lambda _item, _error: None,
        done: Callable[[], None] = lambda: None,
    ) -> Job:
        """`batch` gets results in the items' order; `failed` an item and its sentence; `done` comes last, always.

        A job without a label shows no progress; `before` and `after` count the items of the same work that other jobs
        do. Work that counts its own `steps` also gets the job. Work on `is_many`
        gets what to take items with, and how many there are, and gives each with its outcome, as batch.work_off does.
        """
        every = tuple(items)

        def outcomes(job: Job) -> Generator[tuple[Any, Any]]:
            if is_many:
                return work(job.take, len(every))
            return _one_by_one(job, work if steps is None else lambda item: work(item, job))

        count = before + len(every) + after if steps is None else steps
        job = Job(lane, label, outcomes, every, batch, failed, done, count, can_pause=is_many, can_stop=can_stop)
        job.step = lambda count, _all: self._post(job, "step", count)
        job.finished = before
        job.pause(is_paused)
        self.running.append(job)
        pool = self._lanes.get(lane) or self._new_lane(lane)
        pool.start(_Runnable(job, self._post))
        self._looking.start()
        return job

    @property
    def _at_work(self) -> Collection[Job]:
        """In each lane the first that it does not go on without."""
        return {job.lane: job for job in reversed(self.running) if not job.is_left}.values()

    def _look(self) -> None:
        for job in self._at_work:
            if job.is_paused:
                job.moved = monotonic()
            elif job.cancelled.is_set() and monotonic() - job.moved > _LEFT_S:
                job.is_left = True
                self._widen(job.lane, 1)
            elif not job.is_stalled and monotonic() - job.moved > _STALLED_S:
                job.is_stalled = True
                self.stalled.emit(job)
        if not self.running:
            self._looking.stop()

    def _widen(self, lane: str, by: int) -> None:
        """By a thread for what waits behind one that hangs."""
        pool = self._lanes[lane]
        pool.setMaxThreadCount(pool.maxThreadCount() + by)

    def _new_lane(self, lane: str) -> QThreadPool:
        pool = self._lanes[lane] = QThreadPool(self)
        pool.setMaxThreadCount(1)
        return pool

    def cancel(self, lane: str) -> None:
        """What waits in the lane is not begun, and what runs stops after the item that it is at."""
        for job in self.running:
            if job.lane == lane:
                job.cancel()

    def wait(self) -> None:
        """Blocks until all work has ended and its results are in; for the way out. What is paused is over.

        What hangs on a drive that doesn't answer is left behind, and is running still: soon where it was cancelled,
        after a minute without anything to show where not.
        """
        for job in self.running:
            if job.is_paused:
                job.cancel()
        patience = QDeadlineTimer(_PATIENCE_MS)
        while self.running:
            for pool in self._lanes.values():
                pool.waitForDone(_TURN_MS)
            self._drain()
            if patience.hasExpired() and all(job.cancelled.is_set() or _is_gone(job) for job in self._at_work):
                return

    def _post(self, job: Job, kind: str, value: Any) -> None:
        """From the worker: one wake-up for however many results."""
        with self._lock:
            self._results.append((job, kind, value))
            wake, self._is_awake = not self._is_awake, True
        if wake:
            self._wake.emit()

    @Slot()
    def _drain(self) -> None:
        """Takes what is there, a few milliseconds at a time, so that the window goes on."""
        timer = QElapsedTimer()
        timer.start()
        with self._lock:
            self._is_awake = False
        while self._results and timer.elapsed() < _DRAIN_MS:
            self._deliver(*self._taken())
        with self._lock:
            again, self._is_awake = bool(self._results) and not self._is_awake, bool(self._results) or self._is_awake
        if again:
            self._wake.emit()

    def _taken(self) -> tuple[Job, str, list[Any]]:
        """The next results of one kind and job."""
        job, kind, value = self._results.popleft()
        values = [value]
        while kind == "result" and len(values) < 64 and self._results and self._results[0][:2] == (job, kind):
            values.append(self._results.popleft()[2])
        return job, kind, values

    def _deliver(self, job: Job, kind: str, values: list[Any]) -> None:
        job.moved, job.is_stalled = monotonic(), False
        match kind:
            case "result":
                job.finished += len(values)
                job.batch(values)
            case "step":
                job.finished = values[0]
            case "failed":
                job.finished += 1
                job.failed(*values[0])
            case _:
                self.running.remove(job)
                self._widen(job.lane, -job.is_left)
                for waiting in self.running:
                    waiting.moved = monotonic()
                job.done()
                self.ended.emit(job)
                return
        if job.label:
            self.progressed.emit(job)


def _is_gone(job: Job) -> bool:
    return monotonic() - job.moved > _GONE_S


class _Runnable(QRunnable):
    def __init__(self, job: Job, post: Callable[[Job, str, Any], None]) -> None:
        super().__init__()
        self.job, self.post = job, post

    def run(self) -> None:
        if self.job.cancelled.is_set():  # many would start their processes first
            self.post(self.job, "done", None)
            return
        outcomes = self.job.outcomes(self.job)
        try:
            for item, outcome in outcomes:
                failed = isinstance(outcome, CaptionerError)
                self.post(self.job, "failed" if failed else "result", (item, outcome) if failed else outcome)
                if self.job.cancelled.is_set() and not self.job.can_stop:
                    break  # nobody waits for what was begun
        except Exception as error:
            _log.exception("A job failed")
            self.post(self.job, "failed", (None, unexpected(error)))
        finally:
            outcomes.close()
            self.post(self.job, "done", None)


def _one_by_one(job: Job, work: Callable[[Any], Any]) -> Generator[tuple[Any, Any]]:
    while taken := job.take(1):
        for item in taken:
            yield item, _outcome(work, item)


def _outcome(work: Callable[[Any], Any], item: Any) -> Any:
    try:
        return work(item)
    except CaptionerError as error:
        return error
    except Exception as error:
        _log.exception("A job failed")
        return unexpected(error)
