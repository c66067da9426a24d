"""Many photos read or saved: by a thread while they are few, by processes where they are many."""

import contextlib
import io
import logging
import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from captioner.core.fields import Value
from captioner.core.merge import OnConflict
from captioner.core.photo import Photo
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import processes
from captioner.storage.outcome import Saved, unexpected

if TYPE_CHECKING:
    from captioner.core.checks import Judged

Task = tuple[Photo, Mapping[str, Value]]
Outcome = Saved | CaptionerError
READ_AT_ONCE, JUDGE_AT_ONCE, SAVE_AT_ONCE = 256, 64, 8
"""Photos that a process is given together: few enough that what comes into sight need not wait long."""

_WHILE_THEY_START = 16
"""Photos, a screenful."""

Item = TypeVar("Item")
Out = TypeVar("Out")
Pool = TypeVar("Pool", bound=Executor)
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
    is_many = count >= processes.MANY
    if is_many and (first := take(_WHILE_THEY_START, True)):
        processes.prepare()
        for item in first:
            yield item, _done(work, item)
        with _let_go(processes.begun()) as pool:
            yield from _outcomes(pool, work, take, at_once, lost)
    with ThreadPoolExecutor(threads) as pool:
        for some in lost:  # their process was killed; a photo that was written already merges with itself
            yield from zip(some, pool.map(partial(_done, work), some), strict=True)
    with _let_go(ThreadPoolExecutor(threads)) as pool:
        yield from _outcomes(pool, work, take, at_once if is_many else 1, [])


@contextlib.contextmanager
def _let_go(pool: Pool) -> Generator[Pool]:
    """A drive that went to sleep holds up nobody else."""
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _outcomes(
    pool: Executor, work: Callable[[Item], Out], take: Take[Item], at_once: int, lost: list[list[Item]]
) -> Iterator[tuple[Item, Out | CaptionerError]]:
    is_far = not isinstance(pool, ThreadPoolExecutor)
    each_done = _each_packed if is_far else _each_done
    under_way = deque[tuple[list[Item], Future[Any]]]()
    try:
        while True:
            while len(under_way) < 2 * processes.count() and (some := take(at_once, not under_way)):
                under_way.append((some, pool.submit(each_done, work, some)))
            if not under_way:
                return
            some, done = under_way[0]
            outcomes = _unpacked(done.result(), some) if is_far else done.result()
            yield from zip(some, outcomes, strict=True)
            under_way.popleft()
    except BrokenExecutor:
        lost += [some for some, _outcomes in under_way]


def _each_done(work: Callable[[Item], Out], some: list[Item]) -> list[Out | CaptionerError]:
    return [_done(work, item) for item in some]


def _each_packed(work: Callable[[Item], Out], some: list[Item]) -> bytes:
    packed = io.BytesIO()
    with processes.AT_WORK:
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
