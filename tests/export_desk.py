"""What is exported to be killed, in which ways, and what has to be found afterwards."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image

from captioner.core.policy import Policy
from captioner.export import publish, unfinished
from captioner.export.plan import Plan, plan
from captioner.export.publishing import staging
from captioner.export.recipes import Rendition, load_recipe
from captioner.storage.photos import read_photo
from tests.export_watcher import named

PHOTOS = 8
OLD, NEW = "Old caption", "New caption"
Contents = dict[str, str]
"""By name, the hash of each file in a folder and below."""


@dataclass(frozen=True)
class Way:
    """In which photos come into a destination."""

    name: str
    is_there: bool = True
    has_older: bool = False
    is_mounted: bool = False
    renditions: tuple[Rendition, ...] = (Rendition(),)
    destination: str = "set"


_TWO = (Rendition(), Rendition("web", "jpeg", 160))
WAYS = (
    Way("a new folder", is_there=False),
    Way("a folder that is there"),
    Way("over an older set", has_older=True),
    Way("renditions in folders of a new one", is_there=False, renditions=_TWO),
    Way("renditions in folders of one that is there", renditions=_TWO),
    Way("a mounted folder", is_mounted=True, renditions=_TWO),
    Way("over an older set in a mounted folder", has_older=True, is_mounted=True),
    Way("an archive", is_there=False, destination="set.zip"),
)


def drawn(folder: Path) -> Path:
    folder.mkdir()
    for number in range(PHOTOS):
        Image.effect_noise((320, 240), 20 + number).convert("RGB").save(folder / f"photo-{number}.jpg")
    return folder


def planned(source: Path, destination: Path, caption: str, way: Way) -> Plan:
    """Every other photo stays what it was in an older set, to the byte."""
    photos = [read_photo(path, Policy()).edited("caption", NEW if number % 2 else caption)
              for number, path in enumerate(sorted(source.iterdir()))]  # fmt: skip
    recipe = replace(load_recipe("cms"), renditions=way.renditions, existing="replace" if way.has_older else "stop")
    return plan(photos, "Headline", recipe, destination)


def in_a_process(work: Callable[[], object]) -> int:
    """Of its own, which has no threads and leaves none; returns the number of the process."""
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def ended(number: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def contents(folder: Path) -> Contents:
    return {str(path.relative_to(folder)): _hash(path) if path.is_file() else "" for path in sorted(folder.rglob("*"))}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Desk:
    """Where one way is tried: sources, an older set, and the folder that is watched."""

    def __init__(self, home: Path, way: Way) -> None:
        self.way, self.home = way, home
        self.out = home / "out"
        self.destination = self.out / way.destination
        self.source = drawn(home / "source")
        self.out.mkdir()
        self.new, self.older = self._trial(NEW), self._trial(OLD)
        self.photos = {name: digest for name, digest in contents(self.new).items() if name.endswith(".jpg")}
        known = {name: [[digest, NEW], [_hash(self.older / name), OLD]] for name, digest in self.photos.items()}
        (home / "known").write_text(json.dumps(known))
        if way.is_mounted:
            (home / "behind").mkdir()
            self.destination.mkdir()
            subprocess.run(["mount", "--bind", str(home / "behind"), str(self.destination)], check=True)

    def close(self) -> None:
        if self.way.is_mounted:
            subprocess.run(["umount", str(self.destination)], check=True)

    def _trial(self, caption: str) -> Path:
        """What an export gives that nobody disturbs."""
        folder = self.home / caption
        assert ended(in_a_process(lambda: publish.run(planned(self.source, folder, caption, self.way), Policy()))) == 0
        return folder

    def reset(self) -> Contents:
        """A manifest goes before its photos, and comes after them."""
        for path in sorted(self.out.rglob("*"), key=lambda path: (path.suffix not in (".json", ".csv"), path.is_dir())):
            if path.is_file():
                path.unlink()
        if not self.way.is_mounted:
            shutil.rmtree(self.destination, ignore_errors=True)
        for folder in (each for each in self.destination.glob("*") if self.way.is_mounted):
            folder.rmdir()
        if self.way.is_there:
            self.destination.mkdir(exist_ok=True)
        if self.way.has_older:
            for name in sorted(contents(self.older), key=lambda name: (not name.endswith(".jpg"), name)):
                halfway = self.destination / f".{name}.part"
                shutil.copyfile(self.older / name, halfway)
                halfway.rename(self.destination / name)
        return contents(self.out)

    def killed(self, phase: int, wait: float) -> bool:
        """Whether it was, so many seconds after the phase began: photos are built, all is noted, or moved in."""
        number, phases = self._started()
        for _phase in range(phase + 1):
            os.read(phases, 1)
        time.sleep(wait)
        os.kill(number, signal.SIGKILL)
        os.close(phases)
        return ended(number) == -signal.SIGKILL

    def durations(self) -> list[float]:
        """Seconds of each phase."""
        self.reset()
        number, phases = self._started()
        times: list[float] = []
        while os.read(phases, 1):
            times.append(time.monotonic())
        os.close(phases)
        assert (ended(number), len(times)) == (0, 3)
        return [end - begin for begin, end in pairwise([*times, time.monotonic()])]

    def _started(self) -> tuple[int, int]:
        """An export in a process of its own, and where it tells that a phase begins."""
        reading, writing = os.pipe()
        prepared, note = planned(self.source, self.destination, NEW, self.way), publish.note

        def tell(done: int, of: int) -> None:
            if done in (0, of):
                os.write(writing, b".")

        def noted(*arguments: Any) -> None:
            note(*arguments)
            os.write(writing, b".")

        def export() -> None:
            publish.note = noted
            publish.run(prepared, Policy(), tell)

        number = in_a_process(export)
        os.close(writing)
        return number, reading

    def wrong(self, before: Contents, does_finish: bool, seconds: float) -> tuple[str, str]:
        """What was done with what the kill left, every other time after a second kill, and what is wrong then."""
        found = unfinished.find()
        deed = partial(unfinished.finish, policy=Policy()) if does_finish else unfinished.clean_up
        for each in found if random.random() < 0.5 else ():
            number = in_a_process(partial(deed, each))
            time.sleep(random.uniform(0, seconds))
            os.kill(number, signal.SIGKILL)
            ended(number)
        left = unfinished.find()
        if any(ended(in_a_process(partial(deed, each))) for each in left):
            return "", f"finishing or cleaning up failed, {left}"
        staging.sweep(self.destination)
        after = contents(self.out)
        is_new = self._is_new()
        done = "finished" if does_finish else "cleaned up"
        was = f"{done} with {found[0].published} in" if found else ("all in" if is_new else "nothing begun")
        as_it_should = is_new if left and does_finish else after == before or (is_new and (does_finish or not found))
        if unfinished.find() or list((self.home / "data" / "exports").iterdir()):
            return was, f"{was}: something is still noted"
        return was, "" if as_it_should else f"{was}: {sorted(set(after.items()) ^ set(before.items()))}"

    def _is_new(self) -> bool:
        if self.way.destination.endswith(".zip"):
            return [each.name for each in self.out.iterdir()] == [self.way.destination]
        inside = contents(self.destination)
        manifest = self.destination / "manifest.json"
        return (
            inside.keys() == contents(self.new).keys()
            and self.photos.items() <= inside.items()
            and named(manifest.read_bytes()) == self.photos
            and [each.name for each in self.out.iterdir()] == ["set"]
        )
