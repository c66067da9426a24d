"""Many photos read or saved: by a thread while they are few, by processes where they are many."""

import contextlib
import io
import logging
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from captioner import i18n
from captioner.core.fields import Value
from captioner.core.merge import OnConflict
from captioner.core.photo import Photo
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage.outcome import Saved, unexpected

if TYPE_CHECKING:
    from captioner.core.checks import Judged

Task = tuple[Photo, Mapping[str, Value]]
Outcome = Saved | CaptionerError
MANY = 200
"""From here on processes pay for their start."""
_MOST_PROCESSES, _NICE = 4, 15
READ_AT_ONCE, JUDGE_AT_ONCE, SAVE_AT_ONCE = 256, 64, 8
"""Photos that a process is given together: few enough that what comes into sight need not wait long."""

_WHILE_THEY_START = 16
"""Photos, a screenful."""

Item = TypeVar("Item")
Out = TypeVar("Out")
_log = logging.getLogger(__name__)


Take = Callable[[int, bool], list[Item]]
"""The next items, as many as asked; none when there are no more, or none for now and the caller may not wait."""


@dataclass(frozen=True)
class Choices:
    """What is decided beforehand."""

    policy: Policy
    on_conflict: OnConflict = OnConflict.MERGE
    break_signature: bool = False


def save_all(tasks: Sequence[Task], choices: Choices) -> Iterator[Outcome]:
    """In the order of the tasks, each as soon as it is done; a photo that is refused stops no other."""
    left = iter(tasks)
    saved = work_off(
        partial(save, choices=choices), lambda count, _wait: next_of(left, count), len(tasks), SAVE_AT_ONCE, threads=2
    )
    return (outcome for _task, outcome in saved)


def next_of(left: Iterator[Item], count: int) -> list[Item]:
    """What `work_off` takes, where nobody changes the order or stops."""
    return [item for _number, item in zip(range(count), left, strict=False)]


def work_off(
    work: Callable[[Item], Out], take: Take[Item], count: int, at_once: int, threads: int = 1
) -> Iterator[tuple[Item, Out | CaptionerError]]:
    """What is taken, piece by piece, each item with its outcome; `work` and items have to be picklable.

    Only a few pieces are under way at a time, so that whoever takes may decide late what comes next, or to stop.
    """
    lost: list[list[Item]] = []
    if count >= MANY and (first := take(_WHILE_THEY_START, True)):
        pool = _processes()
        for item in first:  # some time goes by until they begin
            yield item, _done(work, item)
        if pool:
            yield from _outcomes(pool, work, take, at_once, lost)
    with ThreadPoolExecutor(threads) as pool:
        for some in lost:  # their process was killed; a photo that was written already merges with itself
            yield from zip(some, pool.map(partial(_done, work), some), strict=True)
    yield from _outcomes(ThreadPoolExecutor(threads), work, take, 1 if count < MANY else at_once, [])


def _outcomes(
    pool: Executor, work: Callable[[Item], Out], take: Take[Item], at_once: int, lost: list[list[Item]]
) -> Iterator[tuple[Item, Out | CaptionerError]]:
    is_far = not isinstance(pool, ThreadPoolExecutor)
    each_done = _each_packed if is_far else _each_done
    under_way = deque[tuple[list[Item], Future[Any]]]()
    try:
        while True:
            while len(under_way) < 2 * _workers() and (some := take(at_once, not under_way)):
                under_way.append((some, pool.submit(each_done, work, some)))
            if not under_way:
                return
            some, done = under_way[0]
            outcomes = _unpacked(done.result(), some) if is_far else done.result()
            yield from zip(some, outcomes, strict=True)
            under_way.popleft()
    except BrokenExecutor:
        lost += [some for some, _outcomes in under_way]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # a drive that went to sleep holds up nobody else


def _each_done(work: Callable[[Item], Out], some: list[Item]) -> list[Out | CaptionerError]:
    return [_done(work, item) for item in some]


def _each_packed(work: Callable[[Item], Out], some: list[Item]) -> bytes:
    packed = io.BytesIO()
    _Packer(packed, some).dump(_each_done(work, some))
    return packed.getvalue()


def _unpacked(packed: bytes, some: list[Item]) -> "list[Any]":
    return _Unpacker(io.BytesIO(packed), some).load()


class _Packer(pickle.Pickler):
    """Items stay where they came from: an outcome that has one in it, as a photo its path, gets that very one back.

    The window's process spends half of the time that it would with outcomes of their own.
    """

    def __init__(self, file: io.BytesIO, some: Sequence[object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._number_of = {id(item): number for number, item in enumerate(some)}.get

    def persistent_id(self, obj: object) -> int | None:
        return self._number_of(id(obj))


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, some: Sequence[object]) -> None:
        super().__init__(file)
        self._some = some

    def persistent_load(self, pid: int) -> object:
        return self._some[pid]


def _done(work: Callable[[Item], Out], item: Item) -> Out | CaptionerError:
    """What nobody foresaw is told of its photo, too, and stops no other; its trace goes to the log."""
    try:
        return work(item)
    except CaptionerError as error:
        return error
    except Exception as error:
        _log.exception("A photo failed")
        return unexpected(error)


def _workers() -> int:
    return min(os.cpu_count() or 1, _MOST_PROCESSES)


def _processes() -> Executor | None:
    """None where the system has none to give."""
    with contextlib.suppress(OSError):
        return _begun()
    return None


def _begun() -> Executor:
    """Anew rather than forked: threads, and a window's, don't survive that."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(_workers(), context, initializer=_begin, initargs=(i18n.language() or "en",))
    for _number in range(_workers()):
        pool.submit(int)  # begins a process
    for process in multiprocessing.active_children():
        _be_nice(process.pid)
    return pool


def _be_nice(process: int | None) -> None:
    """From its first moment on: what a person looks at goes before what a process does for later."""
    if process and hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process, _NICE)


def _begin(language: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever began this
    i18n.use(language)


def read(path: Path, policy: Policy) -> Photo:
    from captioner.storage import photos

    return photos.read_photo(path, policy)


def judge(photo: Photo) -> "Judged":
    """What the checks report of the photo alone, whatever a desk makes of it."""
    from captioner.core import checks
    from captioner.storage.desk_data import load_knowledge

    return checks.judge(photo, load_knowledge())


def save(task: Task, choices: Choices) -> Saved:
    photo, values = task
    from captioner.storage import photos

    if photo.trouble:
        raise CaptionerError(photo.trouble, photo.path)
    return photos.save_values(photo, values, choices.policy, choices.on_conflict, choices.break_signature)
