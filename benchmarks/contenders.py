"""Everyone who writes or reads the same tags: Captioner, a plain copy, and the peers that are installed."""

import csv
import importlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from captioner.core.photo import Photo
from captioner.core.policy import Policy
from captioner.storage import batch, photos

CAPTION = (
    "Zürich’s Ada Example, left, and Mia Sample – both of the home side – celebrate the opening goal of the friendly "
    "against the visitors from Genève, in the 31st minute, Zürich, 12 March 2024."
)
CREDIT = "Sample Pictures via Example"
CREATOR = "Renée Sample"
VALUES = {"caption": CAPTION, "credit": CREDIT, "creator": (CREATOR,)}

CAPTION_TAGS = ("XMP-dc:Description", "IPTC:Caption-Abstract", "IFD0:ImageDescription")
_EXIFTOOL = {
    **dict.fromkeys(CAPTION_TAGS, CAPTION),
    "XMP-photoshop:Credit": CREDIT, "IPTC:Credit": CREDIT,
    "XMP-dc:Creator": CREATOR, "IPTC:By-line": CREATOR, "IFD0:Artist": CREATOR,
}  # fmt: skip
_EXIV2_CAPTION = ("Xmp.dc.description", "Iptc.Application2.Caption", "Exif.Image.ImageDescription")
_EXIV2_EXIF = {"Exif.Image.ImageDescription": CAPTION, "Exif.Image.Artist": CREATOR}
_EXIV2_IPTC = {
    "Iptc.Envelope.CharacterSet": "\x1b%G", "Iptc.Application2.Caption": CAPTION, "Iptc.Application2.Credit": CREDIT,
    "Iptc.Application2.Byline": CREATOR,
}  # fmt: skip
_EXIV2_KEYS = (*_EXIV2_EXIF, *(key for key in _EXIV2_IPTC if "Envelope" not in key),
               "Xmp.dc.description", "Xmp.photoshop.Credit", "Xmp.dc.creator")  # fmt: skip
_DEFAULT = 'lang="x-default" '
_UNSAFE = "it neither checks nor syncs what it wrote"
_INSIDE = "its work is done in C++"
_UNMERGED = f"{_INSIDE}, and it neither weighs the blocks against each other nor looks for the picture's end"


def _itself(paths: Sequence[Path]) -> Any:
    return paths


@dataclass(frozen=True)
class Contender:
    """`run` is what is timed; it gets what `prepare` made of the paths, which is not."""

    name: str
    run: Callable[[Any], Any]
    prepare: Callable[[Sequence[Path]], Any] = _itself
    places: int = 3
    """Blocks that hold the new caption afterwards; a reader that tells captions has 1, and 0 tells none."""
    is_synced: bool = False
    why: str = _UNSAFE
    """What explains it where it is ahead of Captioner."""


@dataclass(frozen=True)
class Field:
    """Those who take part."""

    writers: list[Contender]
    readers: list[Contender]
    versions: dict[str, str]
    absent: list[str]


def field(stack: ExitStack) -> Field:
    """What runs on while measuring ends with the stack."""
    found = Field([*_our_writers(stack), *_copies(stack)], [*_our_readers(stack), _WHOLE], {}, [])
    for name, add in (("ExifTool", _exiftool), ("exiv2 (command)", _exiv2_command), ("pyexiv2", _pyexiv2),
                      ("exiv2 (Python package)", _python_exiv2), ("piexif", _piexif)):  # fmt: skip
        try:
            found.versions[name] = add(found, stack)
        except (ImportError, FileNotFoundError):
            found.absent.append(name)
    return found


# Captioner

OURS = "Captioner"
_POLICY = Policy()


def _opened(paths: Sequence[Path]) -> list[Photo]:
    return [photos.read_photo(path, _POLICY) for path in paths]


def _save(photo: Photo) -> None:
    photos.save_values(photo, VALUES, _POLICY)


def _open_and_save(path: Path) -> None:
    _save(photos.read_photo(path, _POLICY))


def _read(path: Path) -> Photo:
    return photos.read_photo(path, _POLICY)


def _captions(found: Sequence[Photo]) -> list[str]:
    return [photo.values.text("caption") for photo in found]


def _save_apart(photo: Photo) -> batch.Outcome:
    return batch.save((photo, VALUES), batch.Choices(_POLICY))


def _our_writers(stack: ExitStack) -> list[Contender]:
    pool = stack.enter_context(ThreadPoolExecutor(2))
    # Forking would hand the threads' locks to the processes.
    processes: Executor = stack.enter_context(ProcessPoolExecutor(2, get_context("spawn")))
    return [
        Contender(OURS, lambda opened: [_save(photo) for photo in opened], _opened, is_synced=True),
        Contender(f"{OURS}, opening each file first", lambda paths: [_open_and_save(path) for path in paths],
                  is_synced=True),
        Contender(f"{OURS}, 2 threads", lambda opened: list(pool.map(_save, opened)), _opened, is_synced=True,
                  why="a second thread"),
        Contender(f"{OURS}, 2 processes, as from 200 photos on",
                  lambda opened: list(processes.map(_save_apart, opened, chunksize=8)), _opened, is_synced=True,
                  why="a second process"),
    ]  # fmt: skip


def _our_readers(stack: ExitStack) -> list[Contender]:
    threads: Executor = stack.enter_context(ThreadPoolExecutor(2))
    processes: Executor = stack.enter_context(ProcessPoolExecutor(2, get_context("spawn")))
    return [
        Contender(OURS, lambda paths: _captions([_read(path) for path in paths]), places=1),
        Contender(f"{OURS}, 2 threads", lambda paths: _captions(list(threads.map(_read, paths))), places=1,
                  why="a second thread"),
        Contender(f"{OURS}, 2 processes",
                  lambda paths: _captions(list(processes.map(_read, paths, chunksize=len(paths) // 8 + 1))), places=1,
                  why="a second process"),
    ]  # fmt: skip


# The floors

FLOOR = "plain copy with fsync"


def _copy(path: Path) -> None:
    _copied(path, is_synced=True)


def _copied(path: Path, is_synced: bool) -> None:
    """The least that a safe write does: a file beside, on the disk, in the old one's place."""
    data = path.read_bytes()
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        if is_synced:
            file.flush()
            os.fsync(handle)
    Path(name).replace(path)
    if is_synced:
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _copies(stack: ExitStack) -> list[Contender]:
    pool = stack.enter_context(ThreadPoolExecutor(2))
    return [
        Contender(FLOOR, lambda paths: [_copy(path) for path in paths], places=0, is_synced=True,
                  why="it changes and checks nothing"),
        Contender(f"{FLOOR}, 2 threads", lambda paths: list(pool.map(_copy, paths)), places=0, is_synced=True,
                  why="it changes and checks nothing, and has a second thread"),
        Contender("plain copy without fsync", lambda paths: [_copied(path, is_synced=False) for path in paths],
                  places=0, why="it changes, checks and syncs nothing"),
    ]  # fmt: skip


_WHOLE = Contender(
    "reading the whole file", lambda paths: [len(path.read_bytes()) for path in paths], places=0,
    why="it takes the octets and looks for nothing in them",
)  # fmt: skip


# ExifTool

EXIFTOOL = "ExifTool"


class _StayOpen:
    """One process that takes a file's arguments after the other's."""

    def __init__(self, stack: ExitStack) -> None:
        # Its warnings tell of the made-up maker note; what it wrote is looked at anyway.
        self._process = stack.enter_context(subprocess.Popen(
            ["exiftool", "-stay_open", "True", "-@", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        ))  # fmt: skip
        stack.callback(self._tell, "-stay_open", "False")
        self.ask("-ver")

    def ask(self, *arguments: str) -> str:
        self._tell(*arguments, "-execute")
        assert self._process.stdout
        lines: list[str] = []
        while not (line := self._process.stdout.readline()).startswith("{ready"):
            if not line:
                raise RuntimeError("ExifTool ended")
            lines.append(line)
        return "".join(lines)

    def _tell(self, *arguments: str) -> None:
        assert self._process.stdin
        self._process.stdin.write("\n".join((*arguments, "")))
        self._process.stdin.flush()


def _exiftool(found: Field, stack: ExitStack) -> str:
    tool = _StayOpen(stack)
    sets = [f"-{tag}={value}" for tag, value in _EXIFTOOL.items()]
    options = ("-overwrite_original", "-IPTC:CodedCharacterSet=UTF8", *sets)
    found.writers.extend((
        Contender(f"{EXIFTOOL}, -stay_open", lambda paths: [tool.ask(*options, str(path)) for path in paths]),
        Contender(f"{EXIFTOOL}, -csv=", _call, csv_command),
    ))  # fmt: skip
    found.readers.extend((
        Contender(f"{EXIFTOOL}, -j", lambda paths: _exiftool_captions(paths), places=1),
        Contender(f"{EXIFTOOL}, -j -fast2", lambda paths: _exiftool_captions(paths, "-fast2"), places=1),
    ))  # fmt: skip
    return tool.ask("-ver").strip()


def _call(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def csv_command(paths: Sequence[Path]) -> list[str]:
    table = paths[0].with_name("values.csv")
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["SourceFile", "IPTC:CodedCharacterSet", *_EXIFTOOL])
        rows.writerows([str(path), "UTF8", *_EXIFTOOL.values()] for path in paths)
    return ["exiftool", "-overwrite_original", "-sep", ";", f"-csv={table}", *(str(path) for path in paths)]


def _exiftool_captions(paths: Sequence[Path], *options: str) -> list[str]:
    tags = [f"-{tag}" for tag in _EXIFTOOL]
    told = json.loads(_call(["exiftool", "-j", "-G1", *options, *tags, *(str(path) for path in paths)]))
    return [next((each[tag] for tag in CAPTION_TAGS if tag in each), "") for each in told]


# exiv2

EXIV2_COMMAND = "exiv2 command"
EXIV2_INSIDE = ("pyexiv2", "python-exiv2")


def _exiv2_command(found: Field, _stack: ExitStack) -> str:
    if not shutil.which("exiv2"):
        raise FileNotFoundError
    sets = [f"-Mset {key} {value}" for key, value in (_EXIV2_EXIF | _EXIV2_IPTC).items()]
    sets += [f"-Mset Xmp.dc.description {_DEFAULT}{CAPTION}", f"-Mset Xmp.photoshop.Credit {CREDIT}",
             "-Mdel Xmp.dc.creator", f"-Mset Xmp.dc.creator XmpSeq {CREATOR}"]  # fmt: skip
    found.writers.extend((
        Contender(f"{EXIV2_COMMAND}, one call per file",
                  lambda paths: [_call(["exiv2", *sets, str(path)]) for path in paths],
                  why=f"{_INSIDE}, and {_UNSAFE}"),
        Contender(f"{EXIV2_COMMAND}, one call", lambda paths: _call(["exiv2", *sets, *map(str, paths)]),
                  why=f"{_INSIDE}, and {_UNSAFE}"),
    ))  # fmt: skip
    found.readers.append(Contender(f"{EXIV2_COMMAND}, one call", _exiv2_captions, places=1, why=_UNMERGED))
    return _call(["exiv2", "--version"]).split()[1]


def _exiv2_captions(paths: Sequence[Path]) -> list[str]:
    """It ends with an error where one file lacks a tag, and starts each line with the path."""
    keys = [part for key in _EXIV2_KEYS for part in ("-K", key)]
    command = ["exiv2", "-q", "-PEIXkt", *keys, *(str(path) for path in paths)]
    told = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8").stdout
    held: dict[str, dict[str, str]] = {}
    for line in told.splitlines():
        path, key, *text = line.split(None, 2)
        held.setdefault(path, {})[key] = "".join(text).removeprefix(_DEFAULT)
    return [next((texts[key] for key in _EXIV2_CAPTION if key in texts), "")
            for texts in (held.get(str(path), {}) for path in paths)]  # fmt: skip


def _pyexiv2(found: Field, _stack: ExitStack) -> str:
    package: Any = importlib.import_module("pyexiv2")
    package.set_log_level(4)

    def write(path: Path) -> None:
        with package.Image(str(path)) as image:
            image.modify_exif(_EXIV2_EXIF)
            image.modify_iptc({**_EXIV2_IPTC, "Iptc.Application2.Byline": [CREATOR]})
            image.modify_xmp({"Xmp.dc.description": {'lang="x-default"': CAPTION}, "Xmp.dc.creator": [CREATOR],
                              "Xmp.photoshop.Credit": CREDIT})  # fmt: skip

    def caption(path: Path) -> str:
        with package.Image(str(path)) as image:
            held = image.read_exif() | image.read_iptc() | image.read_xmp()
        text = next((held[key] for key in _EXIV2_CAPTION if key in held), "")
        return text if isinstance(text, str) else next(iter(text.values()))

    why = f"{_INSIDE}, and {_UNSAFE}"
    found.writers.append(Contender("pyexiv2", lambda paths: [write(path) for path in paths], why=why))
    found.readers.append(Contender("pyexiv2", lambda paths: [caption(path) for path in paths], places=1,
                                   why=_UNMERGED))  # fmt: skip
    return f"{package.__version__} with exiv2 {package.__exiv2_version__}"


def _python_exiv2(found: Field, _stack: ExitStack) -> str:
    package: Any = importlib.import_module("exiv2")
    package.LogMsg.setLevel(package.LogMsg.Level.mute)

    def write(path: Path) -> None:
        image = package.ImageFactory.open(str(path))
        image.readMetadata()
        exif, iptc, xmp = image.exifData(), image.iptcData(), image.xmpData()
        for data, values in ((exif, _EXIV2_EXIF), (iptc, _EXIV2_IPTC)):
            for key, value in values.items():
                data[key] = value
        xmp["Xmp.dc.description"] = package.LangAltValue({"x-default": CAPTION})
        xmp["Xmp.dc.creator"] = package.XmpArrayValue([CREATOR], package.TypeId.xmpSeq)
        xmp["Xmp.photoshop.Credit"] = CREDIT
        image.writeMetadata()

    def caption(path: Path) -> str:
        image = package.ImageFactory.open(str(path))
        image.readMetadata()
        blocks = {"Xmp": image.xmpData(), "Iptc": image.iptcData(), "Exif": image.exifData()}
        texts = {key: block[key].toString() for key in _EXIV2_KEYS if key in (block := blocks[key.split(".")[0]])}
        return next((texts[key] for key in _EXIV2_CAPTION if key in texts), "").removeprefix(_DEFAULT)

    why = f"{_INSIDE}, and {_UNSAFE}"
    found.writers.append(Contender("python-exiv2", lambda paths: [write(path) for path in paths], why=why))
    found.readers.append(Contender("python-exiv2", lambda paths: [caption(path) for path in paths], places=1,
                                   why=_UNMERGED))  # fmt: skip
    return f"{package.__version__} with exiv2 {package.version()}"


# piexif


def _piexif(found: Field, _stack: ExitStack) -> str:
    package: Any = importlib.import_module("piexif")
    caption, artist = package.ImageIFD.ImageDescription, package.ImageIFD.Artist

    def write(path: Path) -> None:
        held = package.load(str(path))
        held["0th"] |= {caption: CAPTION.encode(), artist: CREATOR.encode()}
        package.insert(package.dump(held), str(path))

    def read(path: Path) -> str:
        return package.load(str(path))["0th"].get(caption, b"").decode()

    why = "it knows EXIF alone, no XMP and no IPTC"
    found.writers.append(Contender("piexif (EXIF alone)", lambda paths: [write(path) for path in paths], places=1,
                                   why=f"{why}; {_UNSAFE}"))  # fmt: skip
    found.readers.append(Contender("piexif (EXIF alone)", lambda paths: [read(path) for path in paths], places=1,
                                   why=why))  # fmt: skip
    return package.VERSION
