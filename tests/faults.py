"""Kills at random moments of a save loop: a file is the old one or the new one, whole.

`python -m tests.faults --kills 200` spreads that many over the formats, and fills small disks where it may mount them.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.storage import files, photos
from tests import seeds

KINDS = ("jpg", "png", "webp", "be.tif", "pages.tif", "gif")
"""A GIF stands for what is saved to a sidecar."""
TEXTS = ("One", "Another, and a longer one")
_LOOP = """
import itertools, sys
from pathlib import Path
from captioner.storage import photos
from captioner.core.policy import Policy
from tests import faults, seeds
path = Path(sys.argv[1])
print("ready", flush=True)
for text in itertools.cycle(faults.TEXTS):
    photos.save_values(photos.read_photo(path, Policy()), seeds.values(text), Policy())
"""


def killed(folder: Path, kind: str, times: int) -> Iterator[str]:
    """What is wrong after each kill, or ""."""
    photo = seeds.drawn(folder, kind)
    known: set[tuple[str, str]] = set()
    for text in (*TEXTS, *TEXTS):  # twice, so that each follows the other
        save(photo, text)
        known.add(_state(photo))
    ours = {photo.name, photo.with_suffix(".xmp").name}
    for _time in range(times):
        with subprocess.Popen([sys.executable, "-c", _LOOP, str(photo)], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(random.uniform(0, 0.06))
            process.send_signal(signal.SIGKILL)
        strangers = {each.name for each in folder.iterdir() if not each.name.startswith(files.PREFIX)} - ours
        if process.returncode != -signal.SIGKILL:
            yield f"{photo.name}: the loop ended by itself with {process.returncode}"
        else:
            yield "" if _state(photo) in known and not strangers else f"{photo.name} is neither old nor new {strangers}"


def save(photo: Path, text: str) -> photos.Saved:
    return photos.save_values(photos.read_photo(photo, Policy()), seeds.values(text), Policy())


def _state(photo: Path) -> tuple[str, str]:
    beside = photo.with_suffix(".xmp")
    return _hash(photo), _hash(beside) if beside.exists() else ""


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


# A disk that is full indeed


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A megabyte in memory; None where nobody may mount it."""
    with tempfile.TemporaryDirectory() as name:
        mounted = shutil.which("mount") and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", name], capture_output=True).returncode  # fmt: skip
        try:
            yield Path(name) if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", name], check=True)


def starved(disk: Path, kind: str, left: int) -> str:
    """What is wrong after a save with this many octets left, or ""."""
    for each in disk.iterdir():
        each.unlink()
    photo = seeds.drawn(disk, kind)
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - left))
    before = _state(photo)
    try:
        save(photo, "New")
    except CaptionerError as error:
        told = photo.stem in error.sentence and "No space left" in error.sentence
        as_it_was = _state(photo) == before and {each.name for each in disk.iterdir()} == {photo.name, "filler"}
        return "" if told and as_it_was else f"{photo.name} with {left} left: {error.sentence}"
    is_written = photos.read_photo(photo, Policy()).saved["caption"] == "New"
    return "" if left and is_written else f"{photo.name} was saved with {left} left"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    options = parser.parse_args()
    failures: list[str] = []
    kills = 0
    for number, kind in enumerate(KINDS):
        times = len(range(number, options.kills, len(KINDS)))
        with tempfile.TemporaryDirectory() as name:
            for what in killed(Path(name), kind, times):
                failures += [what] if what else []
                kills += 1
    with small_disk() as disk:
        sizes = (0, 1 << 12, 2 << 12, 3 << 12, 8 << 12) if disk else ()
        failures += [what for kind in KINDS for left in sizes if disk and (what := starved(disk, kind, left))]
    full = f"{len(KINDS) * len(sizes)} full disks" if sizes else "no disk could be mounted"
    sys.stdout.write("\n".join([*failures, f"{kills} kills, {full}, {len(failures)} failures\n"]))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
