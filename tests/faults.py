"""Kills at random moments of a save loop: a file is the old one or the new one, whole.

`python -m tests.faults --kills 200` spreads that many over the formats.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from captioner.storage import files, photos
from captioner.storage.metadata import Policy
from tests import seeds

KINDS = ("jpg", "png", "webp", "be.tif", "pages.tif", "gif")
"""A GIF stands for what is saved to a sidecar."""
_LOOP = """
import itertools, sys
from pathlib import Path
from captioner.storage import photos
from captioner.storage.metadata import Policy
from tests import seeds
path = Path(sys.argv[1])
print("ready", flush=True)
for text in itertools.cycle(("One", "Another, and a longer one")):
    photos.save_values(photos.read_photo(path, Policy()), seeds.values(text), Policy())
"""
TEXTS = ("One", "Another, and a longer one")


def killed(folder: Path, kind: str, times: int) -> Iterator[str]:
    """What is wrong after each kill, or ""."""
    photo = seeds.drawn(folder, kind)
    known: set[tuple[str, str]] = set()
    for text in (*TEXTS, *TEXTS):  # twice, so that each follows the other
        photos.save_values(photos.read_photo(photo, Policy()), seeds.values(text), Policy())
        known.add(_state(photo))
    for _time in range(times):
        with subprocess.Popen([sys.executable, "-c", _LOOP, str(photo)], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(random.uniform(0, 0.06))
            process.send_signal(signal.SIGKILL)
        strangers = [each.name for each in folder.iterdir() if each != photo and not each.name.startswith(files.PREFIX)
                     and each.suffix != ".xmp"]  # fmt: skip
        yield "" if _state(photo) in known and not strangers else f"{photo.name} is neither old nor new {strangers}"


def _state(photo: Path) -> tuple[str, str]:
    beside = photo.with_suffix(".xmp")
    return _hash(photo), _hash(beside) if beside.exists() else ""


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    options = parser.parse_args()
    failures: list[str] = []
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as name:
            failures += filter(None, killed(Path(name), kind, -(-options.kills // len(KINDS))))
    sys.stdout.write("\n".join([*failures, f"{options.kills} kills, {len(failures)} failures\n"]))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
