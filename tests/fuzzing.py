"""Damaged files, by the thousand: none crashes, hangs, swells or loses its picture.

`python -m tests.fuzzing --files 20000` takes that many of each format; what fails is kept, with how to repeat it.
"""

import argparse
import itertools
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from captioner.errors import CaptionerError
from captioner.storage import files, photos
from captioner.storage.file_bytes import Octets
from captioner.storage.formats.detection import kind_of
from captioner.storage.metadata import Policy
from tests import seeds

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "corpus"
NEW = seeds.values("New “Владимир” 김")
SECONDS, MEGABYTES = 1.0, 200
_LARGEST_SEED = 150_000
_EXTREMES = [number.to_bytes(size, order) for size in (2, 4, 8) for order in ("big", "little")
             for number in (0, 1, 2, 0x7F, (1 << 8 * size) - 1, (1 << 8 * size - 1) - 1)]  # fmt: skip


@dataclass(frozen=True)
class Failure:
    what: str
    kind: str
    seed: int
    data: bytes


def material(folder: Path, kind: str) -> list[bytes]:
    """Seeds of one format: drawn, captioned, and small real files where they are there."""
    captioned = [seeds.captioned(folder, kind).read_bytes()] if kind in seeds.WRITABLE else []
    own = [seeds.drawn(folder, kind).read_bytes(), *captioned]
    real = SHARED.rglob(f"*.{kind.rpartition('.')[2]}*") if SHARED.exists() else []
    return own + [path.read_bytes() for path in sorted(real) if path.stat().st_size < _LARGEST_SEED]


def mutated(chance: random.Random, every: list[bytes]) -> bytes:
    """One to eight kinds of damage, mostly near the start, where structure is."""
    data = bytearray(chance.choice(every))
    for _number in range(chance.choice((1, 1, 2, 4, 8))):
        if len(data) < 16:
            break
        at = chance.randrange(min(len(data), chance.choice((64, 600, 4000, len(data)))))
        match chance.randrange(8):
            case 0:
                data[at] = chance.randrange(256)
            case 1 | 2:
                extreme = chance.choice(_EXTREMES)
                data[at : at + len(extreme)] = extreme
            case 3:
                del data[at : at + chance.choice((1, 4, 12, 100, 1000))]
            case 4:
                data[at:at] = data[at : at + chance.choice((4, 12, 100))]
            case 5:
                del data[chance.randrange(len(data)) :]
            case 6:
                start, size = chance.randrange(len(data)), chance.choice((4, 12, 64))
                data[start : start + size] = data[at : at + size]
            case _:
                other = chance.choice(every)
                start = chance.randrange(len(other))
                data[at:at] = other[start : start + 200]
    return bytes(data)


def trouble(path: Path, data: bytes) -> str:
    """What is wrong with how the file is handled, or ""."""
    path.write_bytes(data)
    before = _pixels(path)
    start = time.process_time()
    try:
        saved = photos.save_values(photos.read_photo(path, Policy()), NEW, Policy())
    except CaptionerError as error:
        changed = path.read_bytes() != data
        return "a refused file changed" if changed else "" if path.name in error.sentence else "a refusal names no file"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if time.process_time() - start > SECONDS:
        return f"took {time.process_time() - start:.1f} s"
    return _wrong_after(path, data, before, saved)


def _wrong_after(path: Path, data: bytes, before: object, saved: photos.Saved) -> str:
    if saved.sidecar:
        return "" if path.read_bytes() == data else "a photo with a sidecar changed"
    lost = [key for key, value in NEW.items() if photos.read_photo(path, Policy()).saved[key] != value]
    if lost:
        return f"not written: {lost}"
    if before is not None and _pixels(path) != before:
        return "the picture changed"
    target = (kind_of(data, path.suffix) or kind_of(b"\xff\xd8\xff", "")).writer
    if b"".join(map(bytes, target.picture(Octets(data)))) not in _joined(target, path):
        return "picture data changed"
    return "left a temporary file" if any(each.name.startswith(files.PREFIX) for each in path.parent.iterdir()) else ""


def _joined(target, path: Path) -> bytes:
    return b"".join(map(bytes, target.picture(Octets(path.read_bytes()))))


def _pixels(path: Path) -> object:
    """As Pillow decodes them, another program than ours; None where it can't."""
    try:
        with Image.open(path) as image:
            return image.size, image.tobytes()
    except Exception:  # of damaged files Pillow raises everything
        return None


def failures(kind: str, count: int, seed: int) -> Iterator[Failure]:
    """Each number of a seed is one file, so that it can be made again."""
    Image.MAX_IMAGE_PIXELS = 4_000_000
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        every = material(Path(name), kind)
        path = Path(name) / f"f.{kind}"
        for number in range(seed, seed + count):
            for beside in Path(name).glob("*.xmp"):
                beside.unlink()
            data = mutated(random.Random(number), every)
            what = trouble(path, data)
            if what.startswith("took"):
                what = trouble(path, data)  # a loaded machine is nobody's fault
            if what:
                yield Failure(what, kind, number, data)


def _bound() -> None:
    """A process that may not grow much."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limit = used + (MEGABYTES << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _counted(job: tuple[str, int, int]) -> tuple[list[Failure], int]:
    """With the megabytes that the process came to."""
    found = list(failures(*job))
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    options = _options()
    kinds = options.format or [*seeds.WRITABLE, *seeds.READ_ONLY]
    size = min(500, options.files)
    jobs = [(kind, size, options.seed + at) for kind in kinds for at in range(0, options.files, size)]
    found: list[Failure] = []
    start, largest = time.monotonic(), 0
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), _bound) as pool:
        for done, (each, megabytes) in enumerate(pool.imap_unordered(_counted, jobs), start=1):
            found += each
            largest = max(largest, megabytes)
            sys.stderr.write(f"\r{done * size} of {len(jobs) * size}, {len(found)} failures ")
    for each in itertools.islice(found, 40):
        kept = Path(tempfile.gettempdir()) / f"fuzz-{each.seed}.{each.kind}"
        kept.write_bytes(each.data)
        sys.stdout.write(f"{each.what}: {kept}; --format {each.kind} --seed {each.seed} --files 1\n")
    sys.stdout.write(f"{len(jobs) * size} files of {len(kinds)} formats, {len(found)} failures, "
                     f"{time.monotonic() - start:.0f} s, at most {largest} MB\n")  # fmt: skip
    return bool(found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000, help="of each format")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--format", action="append", help="only this one; may be given several times")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
