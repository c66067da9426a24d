"""Many saves: by threads while they are few, by processes where they are many, since each computes for itself."""

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial

from captioner import i18n
from captioner.core.fields import Value
from captioner.core.merge import OnConflict
from captioner.core.photo import Photo
from captioner.errors import CaptionerError
from captioner.storage import photos
from captioner.storage.metadata import Policy
from captioner.storage.photos import Saved

Task = tuple[Photo, Mapping[str, Value]]
Outcome = Saved | CaptionerError
MANY = 200
"""From here on processes pay for their start."""
_MOST_WRITERS, _AT_ONCE = 4, 8


@dataclass(frozen=True)
class Choices:
    """What is decided beforehand."""

    policy: Policy
    on_conflict: OnConflict = OnConflict.MERGE
    break_signature: bool = False


def save_all(tasks: Sequence[Task], choices: Choices) -> Iterator[Outcome]:
    """In the order of the tasks, each as soon as it is done; a photo that is refused stops no other."""
    done = 0
    if len(tasks) >= MANY:
        try:
            for outcome in _outcomes(_processes(), tasks, choices):
                yield outcome
                done += 1
        except (BrokenProcessPool, OSError):
            pass  # what is left is done here; a photo that was written already merges with itself
    yield from _outcomes(ThreadPoolExecutor(2), tasks[done:], choices)


def _outcomes(pool: Executor, tasks: Sequence[Task], choices: Choices) -> Iterator[Outcome]:
    with pool:
        yield from pool.map(partial(save, choices=choices), tasks, chunksize=_AT_ONCE)


def _processes() -> Executor:
    """Begun anew rather than forked: threads, and a window's, don't survive that."""
    writers = min(os.cpu_count() or 1, _MOST_WRITERS)
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(writers, context, initializer=i18n.use, initargs=(i18n.language() or "en",))


def save(task: Task, choices: Choices) -> Outcome:
    photo, values = task
    try:
        if photo.trouble:
            raise CaptionerError(photo.trouble, photo.path)
        return photos.save_values(photo, values, choices.policy, choices.on_conflict, choices.break_signature)
    except CaptionerError as error:
        return error
