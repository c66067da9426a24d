"""Measures an export beside the programs that a script would use, into docs/benchmarks.md.

`.venv/bin/python benchmarks/export.py` takes what is installed. `--quick` only shows that all of it runs: few tiny
files, and the document is left alone.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter

import material
import PIL
from contenders import CAPTION, CREATOR, CREDIT, OURS, csv_command
from metadata import filesystem, store
from PIL import Image

from captioner.core.photo import Photo
from captioner.core.policy import Policy
from captioner.export.plan import plan
from captioner.export.publish import run
from captioner.export.recipes import Recipe, load_recipe
from captioner.storage.photos import read_photo

TITLE = "Export"
EDGE, QUALITY = 2048, 85
_MIDDLING = 2_000_000
"""Octets above which a master has 8 megapixels or more."""
_CORES = os.cpu_count() or 1
_VIPS, _MAGICK, _EXIFTOOL = "vipsthumbnail", "mogrify", "exiftool"
_BY_ALL = f"{_CORES} processes"
_WITHIN = 1.3
_POLICY = Policy()


@dataclass(frozen=True)
class Contender:
    name: str
    run: Callable[[Sequence[Path], Path], object]
    """Gets the photos, and the folder to export into, which is there but for Captioner."""
    edge: int = 0
    """Of the pictures it makes; 0 for those that stay as they are."""
    is_captioned: bool = False


Times = dict[str, list[float]]
"""Seconds for all photos, by contender and round."""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=options.folder) as name:
        folder = Path(name).resolve()
        masters = _masters(folder, options.quick)
        photos = material.linked(masters, options.photos or (6 if options.quick else 500), folder / "photos")
        rounds = 1 if options.quick else options.rounds
        originals = _measured(_of_originals(photos), photos, rounds, folder)
        renditions = _measured(_of_renditions(photos), photos, rounds, folder)
        text = "\n".join([*_facts(options, photos, rounds), *_tables(originals, renditions)])
    sys.stdout.write(text)
    if not options.quick:
        store(text, TITLE)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=0, help="how many photos (500)")
    parser.add_argument("--rounds", type=int, default=3, help="how many rounds (3)")
    parser.add_argument("--folder", type=Path, default=Path(), help="where the files are made (here)")
    parser.add_argument("--quick", action="store_true", help="one round with few tiny files, printed alone")
    return parser.parse_args()


def _masters(folder: Path, is_tiny: bool) -> list[Path]:
    made = folder / "masters"
    made.mkdir()
    return [path for path in material.make(made, is_tiny) if is_tiny or path.stat().st_size > _MIDDLING]


# The contenders


def _of_originals(photos: Sequence[Path]) -> list[Contender]:
    peer = Contender("cp, then ExifTool, -csv=", _copied_and_written, is_captioned=True)
    return [_ours(photos, "cms"), *_installed(_EXIFTOOL, peer)]


def _of_renditions(photos: Sequence[Path]) -> list[Contender]:
    size, form = f"{EDGE}x{EDGE}>", f"[Q={QUALITY},interlace,optimize_coding]"

    def vips(some: Sequence[Path], out: Path) -> list[str]:
        return [_VIPS, "--size", size, "-o", f"{out}/%s.jpg{form}", *map(str, some)]

    def magick(some: Sequence[Path], out: Path) -> list[str]:
        # With the hint, its decoder makes JPEGs smaller as it reads them.
        return [_MAGICK, "-define", f"jpeg:size={EDGE}x{EDGE}", "-path", str(out), "-auto-orient", "-resize", size,
                "-quality", str(QUALITY), "-interlace", "JPEG", *map(str, some)]  # fmt: skip

    return [
        _ours(photos, "web", EDGE),
        *_installed(_VIPS, _by_all("vipsthumbnail", vips)),
        *_installed(_MAGICK, _by_all("ImageMagick", magick)),
    ]


def _ours(photos: Sequence[Path], recipe: str, edge: int = 0) -> Contender:
    """The photos are open, as in the editor, and none of their captions is in its file yet."""
    opened = [_captioned(read_photo(path, _POLICY)) for path in photos]

    def export(_photos: Sequence[Path], out: Path) -> None:
        run(plan(opened, "", _plain(load_recipe(recipe)), out / "set"), _POLICY)

    return Contender(OURS, export, edge, is_captioned=True)


def _plain(recipe: Recipe) -> Recipe:
    """Without what no peer makes: sharpened pictures, and a page beside them."""
    renditions = tuple(replace(each, sharpen=False) for each in recipe.renditions)
    return replace(recipe, renditions=renditions, manifests=("csv", "json"))


def _captioned(photo: Photo) -> Photo:
    return photo.edited("caption", CAPTION).edited("credit", CREDIT).edited("creator", (CREATOR,))


def _installed(program: str, *those: Contender) -> Sequence[Contender]:
    return those if shutil.which(program) else ()


def _copied_and_written(photos: Sequence[Path], out: Path) -> None:
    _call(["cp", "--", *map(str, photos), str(out)])
    _call(csv_command([out / path.name for path in photos]))


def _by_all(name: str, command: Callable[[Sequence[Path], Path], list[str]]) -> Contender:
    """In a command for each core, the photos dealt out: as fast as it gets."""

    def by_all(photos: Sequence[Path], out: Path) -> None:
        calls = [command(photos[core::_CORES], out) for core in range(min(_CORES, len(photos)))]
        running = [subprocess.Popen(each, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for each in calls]
        if max(each.wait() for each in running):
            raise SystemExit(f"{name} failed")

    return Contender(f"{name}, {_BY_ALL}", by_all, EDGE)


def _call(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


# Measuring


def _measured(every: Sequence[Contender], photos: Sequence[Path], rounds: int, folder: Path) -> Times:
    """Each round begins with another contender; what each did is checked behind the clock's back."""
    times: Times = {each.name: [] for each in every}
    for number in range(rounds):
        first = number * len(every) // rounds
        for each in (*every[first:], *every[:first]):
            times[each.name].append(_timed(each, photos, folder / "out"))
            sys.stderr.write(f"{number + 1}/{rounds} {each.name}: {times[each.name][-1]:.1f}\n")
    return times


def _timed(contender: Contender, photos: Sequence[Path], out: Path) -> float:
    """The disk has what others wrote: nobody's fsync pays for them."""
    out.mkdir()
    for path in {path.stat().st_ino: path for path in photos}.values():
        path.read_bytes()
    if hasattr(os, "sync"):
        os.sync()
    start = perf_counter()
    contender.run(photos, out)
    taken = perf_counter() - start
    _check(contender, photos, out)
    shutil.rmtree(out)
    return taken


def _check(contender: Contender, photos: Sequence[Path], out: Path) -> None:
    made = list(out.rglob("*.jpg"))
    if len(made) != len(photos):
        raise SystemExit(f"{contender.name} made {len(made)} of {len(photos)} files")
    for path in made:
        with Image.open(path) as image:
            is_done = not contender.edge or max(image.size) <= contender.edge
        if not is_done or (contender.is_captioned and CAPTION.encode() not in path.read_bytes()):
            raise SystemExit(f"{contender.name} left {path.name} as it was")


# The report


def _facts(options: argparse.Namespace, photos: Sequence[Path], rounds: int) -> list[str]:
    whole = sum(path.stat().st_size for path in photos) / len(photos) / 1e6
    return [
        f"`{' '.join(('python benchmarks/export.py', *sys.argv[1:]))}` gives this.", "",
        f"- {_CORES} cores ({platform.machine()}), {platform.system()}, {filesystem(options.folder)}; Python "
        f"{platform.python_version()}, Pillow {PIL.__version__}; {'; '.join(_versions()) or 'no peers'}.",
        f"- {len(photos)} JPEG files of {whole:.1f} MB on average: of three, two with 8 megapixels, one with 24. All "
        "with EXIF, an opaque maker note, a thumbnail and a colour profile; half of them with XMP and IPTC.",
        f"- Warm cache; {rounds} rounds, each begun by another contender; the median counts. A command's own start "
        "counts.",
        "- Captioner writes caption, credit and creator into every file, reads each back, syncs it, and publishes the "
        "set with its manifest; it has the photos open, as in the editor. ExifTool writes the same values into copies; "
        f"vipsthumbnail and ImageMagick make JPEGs of quality {QUALITY} and write no captions. No peer syncs or "
        "checks anything.", "",
    ]  # fmt: skip


def _versions() -> list[str]:
    asked = {_VIPS: "--vips-version", _MAGICK: "--version", _EXIFTOOL: "-ver"}
    named = {_VIPS: "", _MAGICK: "", _EXIFTOOL: "ExifTool "}
    told = {name: _call([name, option]).splitlines()[0] for name, option in asked.items() if shutil.which(name)}
    return [named[name] + " ".join(line.removeprefix("Version: ").split()[:2]) for name, line in told.items()]


def _tables(originals: Times, renditions: Times) -> list[str]:
    return [
        "### Originals, captioned", "", *_table(originals),
        f"### JPEGs of {EDGE:,} pixels", "", *_table(renditions),
        "### Goals", "",
        *_goals("Originals are exported ahead of", originals, ("cp",), 1),
        *_goals("Renditions are made ahead of", renditions, ("ImageMagick",), 1),
        *_goals(f"Renditions take at most {_WITHIN} × as long as", renditions, ("vipsthumbnail",), _WITHIN), "",
    ]  # fmt: skip


def _table(times: Times) -> list[str]:
    ours = median(times[OURS])
    rows = [f"| {name} | {median(each):.1f} | {min(each):.1f}–{max(each):.1f} | {median(each) / ours:.2f} | "
            f"{'yes' if name == OURS else 'no'} |" for name, each in times.items()]  # fmt: skip
    return ["| Contender | Seconds | Min–max | × Captioner | fsync |", "|---|--:|--:|--:|---|", *rows, ""]


def _goals(text: str, times: Mapping[str, Sequence[float]], peers: tuple[str, ...], most: float) -> list[str]:
    """The fastest of a peer's rows decides."""
    theirs = sorted((median(each), name) for name, each in times.items() if name.startswith(peers))
    if not theirs:
        return [f"- {text} {peers[0]}: not measured, as it is not installed."]
    ratio = median(times[OURS]) / theirs[0][0]
    return [f"- {'Reached' if ratio <= most else '**Not reached**'}. {text} {theirs[0][1]}: {ratio:.2f} × its time."]


if __name__ == "__main__":
    main()
