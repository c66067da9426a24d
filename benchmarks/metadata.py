"""Measures writing and reading of caption, credit and creator beside the peers, into docs/benchmarks.md.

`.venv/bin/python benchmarks/metadata.py` takes what is installed and installs nothing. `--quick` only shows that all
of it runs: few tiny files, and the document is left alone.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import contenders
import material
import PIL
from contenders import EXIFTOOL, EXIV2_INSIDE, FLOOR, OURS, Contender

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_HEAD = 1 << 18
"""Octets in which the blocks of these files lie."""

_PROCESSES = f"{OURS}, 2 processes, as from 200 photos on"
Times = dict[str, list[float]]
"""Seconds per 1,000 files, by contender and round."""


@dataclass(frozen=True)
class Material:
    masters: Sequence[Path]
    folder: Path
    count: int

    def fresh(self) -> list[Path]:
        """New copies, which the disk has: nobody's fsync pays for them."""
        folder = self.folder / "fresh"
        shutil.rmtree(folder, ignore_errors=True)
        paths = material.copies(self.masters, self.count, folder)
        if hasattr(os, "sync"):
            os.sync()
        return paths


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=options.folder) as name, ExitStack() as stack:
        folder = Path(name).resolve()
        masters = folder / "masters"
        masters.mkdir()
        made = Material(material.make(masters, options.quick), folder, options.files or (12 if options.quick else 120))
        field = contenders.field(stack)
        rounds = 1 if options.quick else options.rounds
        writing = _measured(field.writers, rounds, made.fresh, _check_written)
        paths = made.fresh()
        reading = _measured(field.readers, rounds, lambda: paths, _check_read, least=0.5)
        text = "\n".join((*_facts(field, made, rounds, options), *_tables(field, writing, reading)))
    sys.stdout.write(text)
    if not options.quick:
        store(text, options.title)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=0, help="how many files (120)")
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds (5)")
    parser.add_argument("--folder", type=Path, default=Path(), help="where the files are made (here)")
    parser.add_argument("--title", default="Metadata, on a disk", help="of the section in the document")
    parser.add_argument("--quick", action="store_true", help="one round with few tiny files, printed alone")
    return parser.parse_args()


# Measuring


def _measured(
    every: Sequence[Contender], rounds: int, fresh: Callable[[], list[Path]],
    check: Callable[[Contender, Sequence[Path], object], None], least: float = 0,
) -> Times:  # fmt: skip
    """Each round begins with another contender; what each did is checked behind the clock's back."""
    for each in every:
        each.run(each.prepare(fresh()[:3]))
    times: Times = {each.name: [] for each in every}
    for number in range(rounds):
        first = number * len(every) // rounds
        for each in (*every[first:], *every[:first]):
            paths = fresh()
            _warm(paths)
            result, taken = _timed(each, paths, least)
            check(each, paths, result)
            times[each.name].append(taken * 1000 / len(paths))
            sys.stderr.write(f"{number + 1}/{rounds} {each.name}: {times[each.name][-1]:.2f}\n")
    return times


def _timed(contender: Contender, paths: Sequence[Path], least: float) -> tuple[object, float]:
    """Over and over until `least` seconds are gone, where once would be too short to tell."""
    prepared, times = contender.prepare(paths), 0
    start = perf_counter()
    while True:
        result = contender.run(prepared)
        times += 1
        if (taken := perf_counter() - start) >= least:
            return result, taken / times


def _warm(paths: Sequence[Path]) -> None:
    """A cold cache would measure the disk alone."""
    for path in paths:
        path.read_bytes()


def _check_written(contender: Contender, paths: Sequence[Path], _result: object) -> None:
    """The new caption stands in each block as UTF-8, whichever program reads it."""
    caption = contenders.CAPTION.encode()
    for path in paths if contender.places else ():
        with path.open("rb") as file:
            found = file.read(_HEAD).count(caption)
        if found < contender.places:
            raise SystemExit(f"{contender.name} wrote the caption to {found} of {contender.places} places: {path.name}")


def _check_read(contender: Contender, paths: Sequence[Path], result: object) -> None:
    if contender.places and result != [material.CAPTION] * len(paths):
        raise SystemExit(f"{contender.name} read other captions than the files hold")


# The report


def _facts(field: contenders.Field, made: Material, rounds: int, options: argparse.Namespace) -> list[str]:
    sizes = sorted({path.stat().st_size for path in made.masters})
    whole = sum(made.masters[index % len(made.masters)].stat().st_size for index in range(made.count))
    versions = ", ".join(f"{name} {version}" for name, version in field.versions.items())
    command = " ".join(("python benchmarks/metadata.py", *sys.argv[1:]))
    absent = [f"- Left out, as not installed: {', '.join(field.absent)}."] if field.absent else []
    return [
        f"`{command}` gives this.", "",
        f"- {os.cpu_count()} cores ({platform.machine()}), {platform.system()}, {filesystem(options.folder)}; "
        f"Python {platform.python_version()}, Pillow {PIL.__version__}.",
        f"- {versions}.", *absent,
        f"- {made.count} JPEG files of {sizes[0] / 1e6:.1f} to {sizes[-1] / 1e6:.1f} MB, "
        f"{whole / made.count / 1e6:.1f} MB on average: of six, three with 3 megapixels, two with 8, one with 24. All "
        "with EXIF, an opaque maker note, a thumbnail and a colour profile; half of them with XMP and IPTC.",
        f"- Warm cache; {rounds} rounds, each contender with fresh copies in each and another one first; the median "
        "counts. Packages are imported, pools and `-stay_open` started before; a command's own start counts.",
        "- Captioner checks what it wrote and syncs file and folder before a save is over; the peers do neither, and "
        "are timed as they are. It has the photos open when it saves, as in the editor, unless the row says otherwise.",
        "- Captions are looked for in every file after each round: a contender that wrote or read something else "
        "would have ended the run.", "",
    ]  # fmt: skip


def filesystem(folder: Path) -> str:
    """Of the mount that the folder lies in."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "filesystem unknown"
    rows = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    inside = [(row[1], row[2]) for row in rows if folder.resolve().is_relative_to(row[1])]
    return max(inside, key=lambda row: len(row[0]), default=("", "filesystem unknown"))[1]


def _tables(field: contenders.Field, writing: Times, reading: Times) -> list[str]:
    written = {name: median(each) for name, each in writing.items()}
    read = {name: median(each) for name, each in reading.items()}
    synced = {each.name: "yes" if each.is_synced else "no" for each in field.writers}
    head = "| Contender | Seconds per 1,000 files | Min–max |"
    lines = ["### Writing", "", f"{head} × plain copy with fsync | × {OURS} | fsync |", "|---|--:|--:|--:|--:|---|"]
    lines += [f"{_row(name, writing[name])} {each / written[FLOOR]:.2f} | {each / written[OURS]:.2f} | {synced[name]} |"
              for name, each in written.items()]  # fmt: skip
    lines += ["", "### Reading", "", f"{head} × {OURS} |", "|---|--:|--:|--:|"]
    lines += [f"{_row(name, reading[name])} {each / read[OURS]:.2f} |" for name, each in read.items()]
    lines += ["", "### Goals", "", *_goals(written, read), ""]
    ahead = [*_ahead("Writing", field.writers, written), *_ahead("Reading", field.readers, read)]
    return [*lines, "### Where others are ahead", "", *(ahead or ["- Nowhere."]), ""]


def _row(name: str, times: Sequence[float]) -> str:
    return f"| {name} | {median(times):.2f} | {min(times):.2f}–{max(times):.2f} |"


def _goals(writing: Mapping[str, float], reading: Mapping[str, float]) -> list[str]:
    """What the command line does with many photos is held to each; what a single thread does is told beside it."""
    one, best = (writing[name] / writing[FLOOR] for name in (OURS, _PROCESSES))
    text = "Writing takes at most 1.5 × a plain copy with fsync"
    batch = [(seconds, name) for name, seconds in writing.items() if name.startswith(EXIFTOOL)]
    # Nothing that writes a file anew and syncs it can be faster than this.
    most = [f"- For comparison: the plain copy with fsync itself is {seconds / writing[FLOOR]:.2f} × as fast as {name}."
            for seconds, name in sorted(batch)[:1]]  # fmt: skip
    return [
        _goal(f"{text}: {best:.2f} × with two processes, {one:.2f} × with one thread", best <= 1.5),
        _lead("Writing is at least 4 × as fast as ExifTool's batch", 4, writing, _PROCESSES, (EXIFTOOL,)),
        *most,
        _lead("Reading is at least 3 × as fast as exiv2 in process", 3, reading, f"{OURS}, 2 processes", EXIV2_INSIDE),
    ]


def _lead(text: str, factor: float, times: Mapping[str, float], helped: str, peers: tuple[str, ...]) -> str:
    """The fastest of the peers decides."""
    theirs = sorted((seconds, name) for name, seconds in times.items() if name.startswith(peers))
    if not theirs:
        return f"- {text}: not measured, as none is installed."
    ours, both = times[OURS], times[helped]
    told = [f"{seconds / both:.2f} × {name} ({seconds / ours:.2f} × with one thread)" for seconds, name in theirs]
    return _goal(f"{text}, with two processes: {', '.join(told)}", theirs[0][0] >= factor * both)


def _goal(text: str, is_reached: bool) -> str:
    return f"- {'Reached' if is_reached else '**Not reached**'}. {text}."


def _ahead(what: str, every: Sequence[Contender], times: Mapping[str, float]) -> list[str]:
    """Captioner's own further rows are no peers."""
    return [
        f"- {what}: {each.name} is {times[OURS] / times[each.name]:.2f} × as fast; {each.why}."
        for each in every
        if not each.name.startswith(OURS) and times[each.name] < times[OURS]
    ]


def store(text: str, title: str) -> None:
    """Between the section's markers; the rest of the document is others'."""
    begin, end = (f"<!-- {title}: {mark} -->" for mark in ("begin", "end"))
    whole = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else "# Benchmarks\n"
    if begin not in whole:
        whole = f"{whole.rstrip()}\n\n{begin}\n{end}\n"
    before, rest = whole.split(begin, 1)
    after = rest.split(end, 1)[1]
    DOCUMENT.write_text(f"{before}{begin}\n## {title}\n\n{text.rstrip()}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
