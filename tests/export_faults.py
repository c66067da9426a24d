"""Kills at random moments of an export while another process watches its folder, and disks that run full.

`python -m tests.export_faults --kills 200` spreads that many over the ways in which photos come in. After each kill the
export is finished, or taken back, by another process. As root, folders are mounted and small disks filled, too.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.export import place, publish
from tests.export_desk import NEW, OLD, WAYS, Desk, Way, contents, drawn, planned
from tests.export_watcher import is_hidden

_SIZES = (0, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 19, 1 << 20)
"""Octets that a disk still has."""


@contextlib.contextmanager
def watched(desk: Desk) -> Iterator[dict[str, object]]:
    """The dictionary is filled at the end."""
    seen: dict[str, object] = {}
    command = [sys.executable, "-m", "tests.export_watcher", str(desk.out), str(desk.home / "known")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        try:
            yield seen
        finally:
            time.sleep(0.1)
            seen |= json.loads(process.communicate()[0])


def kills(home: Path, way: Way, times: int) -> tuple[Counter[str], dict[str, object], list[str]]:
    os.environ["CAPTIONER_DATA"] = str(home / "data")
    desk = Desk(home, way)
    tally: Counter[str] = Counter()
    failures: list[str] = []
    try:
        with watched(desk) as seen:
            durations = [min(each) for each in zip(*(desk.durations() for _time in range(3)), strict=True)]
            while tally["kills"] < times:
                before = desk.reset()
                phase = random.choice((0, 1, 2, 2))  # most of it happens in the last, which is short
                is_killed = desk.killed(phase, random.uniform(0, durations[phase]))
                was, what = desk.wrong(before, tally["kills"] % 2 == 0, durations[2])
                tally["kills"] += is_killed
                tally[was] += is_killed
                failures += [f"{way.name}, {what}"] if what else []
    finally:
        desk.close()
    return tally, seen, failures + [f"{way.name}, seen: {each}" for each in seen["failures"]]


# Disks that run full


def starved(home: Path, disk: Path, way: Way, left: int) -> str:
    """What is wrong after an export onto a disk with so many octets left, or ""."""
    os.environ["CAPTIONER_DATA"] = str(home / "data")
    place.check_space = lambda *_: None  # it is to find out while it writes
    destination = disk / way.destination
    source = home / "source"
    if way.is_there or way.has_older:
        destination.mkdir()
    if way.is_mounted:
        (disk / "behind").mkdir()
        subprocess.run(["mount", "--bind", str(disk / "behind"), str(destination)], check=True)
    try:
        if way.has_older:
            publish.run(planned(source, destination, OLD, replace(way, has_older=False)), Policy())
        (disk / "filler").write_bytes(bytes(max(shutil.disk_usage(disk).free - left, 0)))
        before = contents(disk)
        try:
            publish.run(planned(source, destination, NEW, way), Policy())
        except CaptionerError as error:
            is_told = "no room left" in error.sentence
            return "" if is_told and contents(disk) == before else f"{way.name} with {left} left: {error.sentence}"
        strange = [path for path in disk.rglob("*") if is_hidden(path)]
        return f"{way.name} with {left} left: {strange}" if strange else ""
    finally:
        if way.is_mounted:
            subprocess.run(["umount", str(destination)], check=True)


@contextlib.contextmanager
def small_disk() -> Iterator[Path | None]:
    """Two megabytes in memory; None where nobody may mount it."""
    with tempfile.TemporaryDirectory() as name:
        command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", name]
        mounted = shutil.which("mount") and not subprocess.run(command, capture_output=True, check=False).returncode
        try:
            yield Path(name) if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", name], check=True)


def full(way: Way, left: int) -> str:
    with tempfile.TemporaryDirectory() as name, small_disk() as disk:
        drawn(Path(name) / "source")
        return starved(Path(name), disk, way, left) if disk else "no disk"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--disks", type=int, default=len(_SIZES), help="for each way")
    parser.add_argument("--ways", type=int, default=len(WAYS), help="taken by chance")
    options = parser.parse_args()
    with small_disk() as disk:
        possible = [way for way in WAYS if disk or not way.is_mounted]
        ways = random.sample(possible, min(options.ways, len(possible)))
        sizes = random.sample(_SIZES, options.disks) if disk else []
    failures: list[str] = []
    for number, way in enumerate(ways):
        with tempfile.TemporaryDirectory() as name:
            tally, seen, wrong = kills(Path(name), way, len(range(number, options.kills, len(ways))))
        failures += wrong
        sys.stdout.write(f"{way.name}: {dict(tally)}; the watcher read {seen['photos']} photos and "
                         f"{seen['manifests']} manifests after {seen['events']} events\n")  # fmt: skip
        sys.stdout.flush()
    failures += [what for way in ways for left in sizes if (what := full(way, left))]
    disks = f"{len(ways) * len(sizes)} full disks" if sizes else "no disk could be mounted"
    sys.stdout.write("\n".join([*failures, f"{options.kills} kills, {disks}, {len(failures)} failures\n"]))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
