"""Opening a folder of photos and one caption on all of them, saved: Captioner and Photini, each at its own window.

Photini comes from the package index into `.venv-peers` (`make peers`), and is left out where it isn't.
"""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from statistics import median
from subprocess import CalledProcessError, run

import material
import starting

STEPS = {"read": "Opened, from process start", "select": "All selected", "write": "One caption typed for all",
         "save": "All saved"}  # fmt: skip
CAPTION = "The home side celebrates its opening goal during the friendly on Tuesday."
Steps = dict[str, float]
Opened = dict[str, list[Steps]]
"""By contender, what each step took in each round: seconds."""

_PHOTINI = starting.HERE.parent / ".venv-peers" / "bin" / "python"
_VERSIONS = ("import PyQt6.QtWebEngineWidgets; from importlib.metadata import version\n"
             "print(f\"Photini {version('Photini')}, PyQt6 {version('PyQt6')}\")")  # fmt: skip
_MOST_OF_DISK = 0.4


def absent() -> str:
    """Why nothing is measured here, or ""."""
    missing = [name for name in ("xvfb-run", "exiftool") if not shutil.which(name)]
    return f"{' and '.join(missing)} can't be found" if missing else ""


@cache
def _photini() -> str:
    """Its version and its Qt's, or "" where it can't be started."""
    if not _PHOTINI.exists():
        return ""
    return run([_PHOTINI, "-c", _VERSIONS], capture_output=True, text=True).stdout.strip()


def that_fit(mixed: Sequence[Path], count: int, folder: Path) -> int:
    """Copies of their own need room on the disk: as many as are asked for, or fewer."""
    each = sum(path.stat().st_size for path in mixed) / len(mixed)
    return min(count, int(_MOST_OF_DISK * shutil.disk_usage(folder).free / each))


def measured(mixed: Sequence[Path], count: int, folder: Path) -> dict[str, Steps]:
    """One round, by contender; a peer that doesn't get through is left out, and says why itself."""
    place, script = folder / "opened", starting.HERE / "photini_sitting.py"

    def sat(command: Sequence[str]) -> Steps:
        return _sat(command, material.copies(mixed, count, _cleared(place)), folder)

    found = {"Captioner": sat(starting.captioner(place, "caption", CAPTION))}
    if told := _photini():
        with suppress(CalledProcessError):
            found[told] = sat([str(_PHOTINI), str(script), str(place), str(count), CAPTION])
    _cleared(place)
    return found


def _cleared(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _sat(command: Sequence[str], paths: Sequence[Path], folder: Path) -> Steps:
    os.sync()
    found = starting.on_display(command, _cleared(folder / "home"))
    _prove(paths)
    return {step: found[step] for step in STEPS}


def _prove(paths: Sequence[Path]) -> None:
    """Every file holds the caption, and holds no other."""
    tags = ("-XMP:Description", "-IPTC:Caption-Abstract", "-EXIF:ImageDescription")
    said = run(["exiftool", "-q", "-j", *tags, str(paths[0].parent)], capture_output=True, check=True).stdout
    held = [{value for tag, value in each.items() if tag != "SourceFile"} for each in json.loads(said)]
    if held != [{CAPTION}] * len(paths):
        raise SystemExit("Not every file holds the new caption, and no other")


# The report


def table(opened: Opened, count: int, asked: int) -> list[str]:
    if not opened:
        return [f"Opening photos beside Photini is left out: {absent() or 'the disk has no room'}.", ""]
    lines = [f"### Opening {count:,} photos and one caption on all", "", *_facts(opened, count, asked), "",
             "| What | Contender | Median, s | Min–max | × Captioner |", "|---|---|--:|--:|--:|"]  # fmt: skip
    for told, each in _by_step(opened).items():
        ours = median(each["Captioner"])
        lines += [f"| {told} | {name} | {median(taken):.2f} | {min(taken):.2f}–{max(taken):.2f} | "
                  f"{median(taken) / ours:.1f} |" for name, taken in each.items()]  # fmt: skip
    return [*lines, ""]


def _by_step(opened: Opened) -> Mapping[str, Mapping[str, list[float]]]:
    steps = {told: {name: [each[step] for each in rounds] for name, rounds in opened.items()}
             for step, told in STEPS.items()}  # fmt: skip
    return {**steps, "All of it": {name: [sum(each.values()) for each in rounds] for name, rounds in opened.items()}}


def _facts(opened: Opened, count: int, asked: int) -> list[str]:
    return [
        f"- {count:,} copies of the files above, not links, new for each contender and round. Windows "
        "of 1,320 × 820 under Xvfb; files lie in the system's cache, the programs' own caches are empty.",
        "- Captioner has opened when all captions are read and the first screenful of thumbnails is there. Photini "
        "has when its list holds all photos, laid out and painted; it shows the thumbnails that EXIF brings, and none "
        "for the other photos.",
        "- The caption is typed key by key, without a pause; it counts when all photos hold it and the window is "
        "painted. Captioner checks and syncs every file that it saves; Photini reads its tags again and syncs none.",
        "- Afterwards ExifTool finds the caption in every file, in each block that holds one.",
        *([] if count == asked else [f"- The disk has no room for {asked:,}."]),
        *([] if len(opened) > 1 else ["- Photini is left out: `make peers` didn't get it, or it didn't get through."]),
    ]  # fmt: skip
