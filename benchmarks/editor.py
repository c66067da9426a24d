"""Measures the window with ten thousand photos, and its peers, into docs/benchmarks.md.

`.venv/bin/python benchmarks/editor.py` takes what is installed and installs nothing. `--quick` only shows that all of
it runs: few photos, one round, and neither document nor baseline is touched. What is slower than the stored baseline
by more than its noise is named, and the exit code is 1; `--keep` makes this run the baseline.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

import material
import opening
import PIL
import PySide6
import starting
from metadata import filesystem, store
from PySide6.QtCore import QSize
from PySide6.QtGui import QImageReader

from captioner.core.policy import Policy
from captioner.storage import batch

HERE = Path(__file__).resolve().parent
BASELINE = HERE / "editor-baseline.json"
Rounds = dict[str, list[float]]
"""By measure, a figure for each round: seconds, or MB of memory."""

GOALS = {
    "paint": ("First paint of the window, from process start", 0.3),
    "furnished": ("The sheet, form and preview in it", None),
    "thumbnails, cold": ("First screenful of thumbnails, cold cache", 1.0),
    "thumbnails, warm": ("First screenful of thumbnails, warm cache", 0.35),
    "read": ("All captions and credits read", 2.5),
    "read stall": ("Worst stall of the event loop while reading", None),
    "scroll p99, cold": ("Turn of the event loop while scrolling at 3,000 px/s, p99, cold", 0.016),
    "scroll p99, warm": ("The same, warm", 0.008),
    "scroll worst, cold": ("The same, worst, cold", None),
    "settled, cold": ("A screenful of thumbnails once scrolling stops, cold", None),
    "settled, warm": ("The same, warm", None),
    "key p99": ("Keystroke in the caption to paint, p99", 0.016),
    "key median": ("The same, median", None),
    "arrow median": ("Arrow key to sharp preview, median", 0.016),
    "select all": ("Select all", None),
    "credit all": ("One credit for all, on screen", None),
    "undo all": ("Undo of that credit", 0.150),
    "memory": ("Resident memory after scrolling through all", 250),
    "save ×": ("Saving credits, verified, × a plain copy with fsync", 1.6),
    "save stall": ("Worst stall of the event loop while saving", None),
}  # fmt: skip
"""What it is, and what is to be reached; seconds but for memory (MB) and what has a ×."""
NOISE = 1.15
"""What is slower than the slowest round of the baseline by this factor is a regression."""


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=options.folder) as name:
        folder = Path(name).resolve()
        (folder / "masters").mkdir()
        masters = material.make(folder / "masters", options.quick)
        mixed = material.mixed(masters, folder / "mixed")
        material.linked(mixed, options.photos, folder / "photos")
        to_open = 0 if opening.absent() else opening.that_fit(mixed, options.opened, folder)
        opened: opening.Opened = {}
        found: Rounds = {}
        peers: dict[str, Rounds] = {}
        for number in range(options.rounds):
            sys.stderr.write(f"Round {number + 1} of {options.rounds}\n")
            for key, value in _round(folder, mixed, options).items():
                found.setdefault(key, []).append(value)
            for name, steps in (opening.measured(mixed, to_open, folder) if to_open else {}).items():
                opened.setdefault(name, []).append(steps)
            for title, every in _peers(folder, mixed, options).items():
                for peer, value in every.items():
                    peers.setdefault(title, {}).setdefault(peer, []).append(value)
        worse = [] if options.quick else _regressions(found, _baseline())
        text = "\n".join((*_facts(options, masters), *_table(found), *_peer_tables(peers),
                          *opening.table(opened, to_open, options.opened), *_told(worse), ""))  # fmt: skip
    sys.stdout.write(text)
    if not options.quick:
        store(text, "The window, with ten thousand photos")
        if options.keep or not BASELINE.exists():
            BASELINE.write_text(json.dumps(_ratios(found), indent=1) + "\n", encoding="utf-8")
    return 1 if worse else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=0, help="how many photos to look at (10,000)")
    parser.add_argument("--saved", type=int, default=0, help="how many of them to save (600)")
    parser.add_argument("--rounds", type=int, default=0, help="how many rounds (3)")
    parser.add_argument("--opened", type=int, default=0, help="how many of their own to open and caption (1,000)")
    parser.add_argument("--folder", type=Path, default=Path(), help="where the files are made (here)")
    parser.add_argument("--keep", action="store_true", help="make this run the baseline")
    parser.add_argument("--quick", action="store_true", help="one round with few photos, printed alone")
    asked = parser.parse_args()
    asked.photos = asked.photos or (60 if asked.quick else 10_000)
    asked.saved = asked.saved or (12 if asked.quick else 600)
    asked.opened = asked.opened or (12 if asked.quick else 1_000)
    asked.rounds = asked.rounds or (1 if asked.quick else 3)
    return asked


# A round


def _round(folder: Path, mixed: Sequence[Path], options: argparse.Namespace) -> dict[str, float]:
    shutil.rmtree(folder / "home", ignore_errors=True)
    long = _sitting(folder, folder / "photos", "long")
    short = _sitting(folder, folder / "photos", "short")
    saving = {} if options.photos < options.saved else _saving(folder, mixed, options.saved)
    twice = {f"{key}, {state}": sitting[key] for key in ("thumbnails", "scroll p99", "scroll worst", "settled")
             for state, sitting in (("cold", long), ("warm", short))}  # fmt: skip
    return {"pace": _pace(mixed), **{key: long[key] for key in long if f"{key}, cold" not in twice}, **twice, **saving}


def _sitting(folder: Path, photos: Path, kind: str) -> dict[str, float]:
    return starting.offscreen(starting.captioner(photos, kind), folder / "home")


def _saving(folder: Path, mixed: Sequence[Path], count: int) -> dict[str, float]:
    """Beside a plain copy, synced as a save is, of the same files."""
    shutil.rmtree(folder / "copies", ignore_errors=True)
    paths = material.copies(mixed, count, folder / "copies")
    os.sync()
    copied = _timed(lambda: [_copy(path, folder / "copy") for path in paths])
    os.sync()
    found = _sitting(folder, folder / "copies", "save")
    return {"save": found["save"], "save ×": found["save"] / copied, "save stall": found["save stall"]}


def _copy(source: Path, place: Path) -> None:
    with place.open("wb") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _pace(mixed: Sequence[Path]) -> float:
    """How fast this machine is just now: pictures decoded and some Python, which ratios are made with."""

    def work() -> None:
        for path in mixed:
            reader = QImageReader(str(path))
            reader.setScaledSize(QSize(256, 171))
            reader.read()
        sum(hash(str(number)) for number in range(300_000))

    return _timed(work)


# The peers


def _peers(folder: Path, mixed: Sequence[Path], options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Per second, warm: thumbnails of 256 pixels by two workers, and captions read."""
    some, out = (list(mixed) * 3)[: 12 if options.quick else 108], folder / "thumbnails"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    calls: dict[str, tuple[str, ...]] = {
        "gdk-pixbuf-thumbnailer": ("-s", "256", "{in}", "{out}"),
        "convert": ("{in}", "-define", "jpeg:size=512x512", "-auto-orient", "-thumbnail", "256x256", "{out}"),
        "vipsthumbnail": ("{in}", "--size", "256", "-o", "{out}"),
    }
    drawn = {"Captioner": len(some) / _sitting_of_thumbnails(folder, some)}
    for name, shape in calls.items():
        if shutil.which(name) and _by_two(name, shape, some[:1], out):
            drawn[_versioned(name)] = len(some) / _timed(lambda name=name, shape=shape: _by_two(name, shape, some, out))
    every = sorted((folder / "photos").iterdir())
    read = {"Captioner, 2 processes": len(every) / _timed(lambda: _read(every))}
    if shutil.which("exiftool"):
        asked = ["exiftool", "-fast2", "-q", "-j", "-IPTC:Caption-Abstract", "-IPTC:Credit", "-XMP:Description",
                 "-XMP:Credit", "-EXIF:ImageDescription", str(folder / "photos")]  # fmt: skip
        read[_versioned("exiftool")] = len(every) / _timed(lambda: _heard(asked))
    return {"Thumbnails per second": drawn, "Captions and credits read per second": read}


def _sitting_of_thumbnails(folder: Path, some: Sequence[Path]) -> float:
    """In a process of its own, its start included, as with the peers; nothing comes from EXIF or a cache."""
    script = ("import sys\nfrom concurrent.futures import ThreadPoolExecutor\nfrom pathlib import Path\n"
              "from captioner.ui.decoding import decoded, to_jpeg\n"
              "with ThreadPoolExecutor(2) as pool:\n"
              "    made = pool.map(lambda path: to_jpeg(decoded(Path(path), 256)), sys.argv[2:])\n"
              "    for number, data in enumerate(made):\n"
              "        Path(sys.argv[1], f'{number}.jpg').write_bytes(data)\n")  # fmt: skip
    command = [sys.executable, "-c", script, str(folder / "thumbnails"), *map(str, some)]
    return _timed(lambda: _heard(command))


def _by_two(name: str, shape: Sequence[str], some: Sequence[Path], out: Path) -> bool:
    """Whether it made them all; what only bears the name of a program doesn't."""
    made = [out / f"{name}-{number}.jpg" for number in range(len(some))]
    waiting = [[name, *(each.replace("{in}", str(path)).replace("{out}", str(to)) for each in shape)]
               for path, to in zip(some, made, strict=True)]  # fmt: skip
    running: list[subprocess.Popen[bytes]] = []
    while waiting or running:
        while waiting and len(running) < 2:
            running.append(subprocess.Popen(waiting.pop(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        running.pop(0).wait()
    return all(path.exists() for path in made)


def _read(paths: Sequence[Path]) -> None:
    left = list(reversed(paths))
    take = lambda count, _wait: [left.pop() for _number in range(min(count, len(left)))]  # noqa: E731
    done = sum(1 for _item, _photo in batch.work_off(_read_one, take, len(paths), batch.READ_AT_ONCE))
    if done != len(paths):
        raise SystemExit("Not all photos were read")


def _read_one(path: Path) -> object:
    return batch.read(path, Policy())


def _heard(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _versioned(name: str) -> str:
    asked = {"exiftool": ["-ver"], "gdk-pixbuf-thumbnailer": []}.get(name, ["--version"])
    first = _heard([name, *asked]).strip().splitlines()[:1] if asked else []
    return {"exiftool": "ExifTool, one call, -fast2", "convert": "ImageMagick"}.get(name, name) + (
        f" ({first[0].removeprefix('Version: ')[:40].strip()})" if first else "")  # fmt: skip


# The report


def _facts(options: argparse.Namespace, masters: Sequence[Path]) -> list[str]:
    whole = sum(path.stat().st_size for path in masters) / len(masters) / 1e6
    return [
        f"`{' '.join(('python benchmarks/editor.py', *sys.argv[1:]))}` gives this.", "",
        f"- {os.cpu_count()} cores ({platform.machine()}), {platform.system()}, {filesystem(options.folder)}; Python "
        f"{platform.python_version()}, PySide6 {PySide6.__version__}, Pillow {PIL.__version__}; offscreen, "
        "1,320 × 820.",
        f"- {options.photos} JPEG files, links to {3 * len(masters)} of {whole:.1f} MB on average: 3, 8 and 24 "
        "megapixels, a third with EXIF and its thumbnail, a third without EXIF, a third progressive. They lie in the "
        "system's cache; *cold* and *warm* speak of Captioner's own cache of thumbnails.",
        f"- Saved are {options.saved} copies of their own; the plain copy syncs each file, one after the other.",
        f"- {options.rounds} rounds, each with processes of its own; medians. Seconds count from the start of the "
        "process.", "",
    ]  # fmt: skip


def _table(found: Rounds) -> list[str]:
    lines = ["| What | Median | Min–max | Reach | |", "|---|--:|--:|--:|---|"]
    for key, (told, goal) in GOALS.items():
        if values := found.get(key):
            is_reached = "" if goal is None else "reached" if median(values) <= goal else "**not reached**"
            spread = f"{_shown(key, min(values))}–{_shown(key, max(values))}"
            lines.append(f"| {told} | {_shown(key, median(values))} | {spread} | "
                         f"{'' if goal is None else _shown(key, goal)} | {is_reached} |")  # fmt: skip
    return [*lines, ""]


def _shown(key: str, value: float) -> str:
    if key == "memory":
        return f"{value:.0f} MB"
    if key.endswith("×"):
        return f"{value:.2f} ×"
    return f"{value:.2f} s" if value >= 0.2 else f"{1000 * value:.0f} ms"


def _peer_tables(peers: Mapping[str, Rounds]) -> list[str]:
    lines: list[str] = []
    for title, every in peers.items():
        ours = median(next(iter(every.values())))
        lines += [f"### {title}", "", "| Contender | Median | Min–max | × Captioner |", "|---|--:|--:|--:|"]
        lines += [f"| {name} | {median(found):.0f} | {min(found):.0f}–{max(found):.0f} | {median(found) / ours:.2f} |"
                  for name, found in every.items()]  # fmt: skip
        lines.append("")
    return lines


# The baseline


def _ratios(found: Rounds) -> Rounds:
    """Each round's figures in the machine's pace just then, so that a slow hour is no regression."""
    plain = ("memory", "save ×")
    return {key: [round(value if key in plain else value / pace, 4)
                  for value, pace in zip(found[key], found["pace"], strict=True)]
            for key in GOALS if key in found}  # fmt: skip


def _baseline() -> Rounds:
    return json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}


def _regressions(found: Rounds, before: Rounds) -> list[str]:
    now = _ratios(found)
    return [f"{GOALS[key][0]}: {median(now[key]) / median(before[key]):.2f} × the baseline"
            for key in now if key in before and median(now[key]) > NOISE * max(before[key])]  # fmt: skip


def _told(worse: Sequence[str]) -> list[str]:
    return ["### Slower than the baseline, beyond its noise", "", *([f"- {each}" for each in worse] or ["- Nothing."])]


if __name__ == "__main__":
    sys.exit(main())
