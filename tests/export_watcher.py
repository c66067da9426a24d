"""Another program that watches a folder, by inotify, and reads whatever appears there under a final name.

`python -m tests.export_watcher FOLDER KNOWN` says "ready", goes on until its input ends, and prints what it saw.
"""

import contextlib
import csv
import ctypes
import hashlib
import io
import json
import os
import select
import struct
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from captioner.core.policy import Policy
from captioner.storage.photos import read_values

_CREATE, _MOVED_TO, _CLOSE_WRITE = 0x100, 0x80, 0x8
_EVENT = struct.Struct("iIII")
_IDLE = 0.02
"""Seconds after which everything is looked at anew though nothing was told."""
Known = dict[str, list[list[str]]]
"""By name, hash and caption of each photo that may be there."""


@dataclass
class Seen:
    events: int = 0
    photos: int = 0
    manifests: int = 0
    failures: list[str] = field(default_factory=list)


class Watcher:
    def __init__(self, folder: Path, known: Known) -> None:
        self.known, self.seen = known, Seen()
        self._root = folder
        self._library = ctypes.CDLL(None, use_errno=True)
        self._handle = self._library.inotify_init()
        self._folders: dict[int, Path] = {}
        self._watch(folder)

    def run(self) -> Seen:
        """Until the input ends."""
        while True:
            ready, _writable, _failed = select.select([self._handle, sys.stdin], [], [], _IDLE)
            if self._handle in ready:
                self._read()
            elif ready:
                return self.seen
            else:
                self._look(self._root)

    def _watch(self, folder: Path) -> None:
        """Files that came before the watch are looked at as well."""
        number = self._library.inotify_add_watch(
            self._handle, os.fsencode(folder), _CREATE | _MOVED_TO | _CLOSE_WRITE)  # fmt: skip
        if number >= 0:
            self._folders[number] = folder
            self._look(folder, is_new=True)

    def _look(self, folder: Path, is_new: bool = False) -> None:
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            return
        for each in inside:
            if each.is_dir() and not is_new and not is_hidden(each):
                self._look(each)
            else:
                self._came(each)

    def _read(self) -> None:
        data = os.read(self._handle, 1 << 16)
        at = 0
        while at < len(data):
            number, _mask, _cookie, length = _EVENT.unpack_from(data, at)
            name = data[at + _EVENT.size : at + _EVENT.size + length].rstrip(b"\0")
            at += _EVENT.size + length
            self.seen.events += 1
            if number in self._folders and name:
                self._came(self._folders[number] / os.fsdecode(name))

    def _came(self, path: Path) -> None:
        if path.is_dir() and not is_hidden(path):
            self._watch(path)
        elif not is_hidden(path):
            with contextlib.suppress(OSError):  # it has gone
                self._read_file(path)

    def _read_file(self, path: Path) -> None:
        status, data = path.stat(), path.read_bytes()
        try:
            what = self._wrong(path, data)
        except (ValueError, KeyError) as error:
            what = f"it can't be read ({error!r})"
        if what and path.exists() and os.path.samestat(path.stat(), status):
            self.seen.failures.append(f"{path.relative_to(self._root)}: {what}")

    def _wrong(self, path: Path, data: bytes) -> str:
        if path.suffix == ".jpg":
            self.seen.photos += 1
            return self._wrong_photo(str(path.relative_to(self._root / "set")), path, data)
        self.seen.manifests += 1
        if path.suffix == ".zip":
            return self._wrong_archive(data)
        if path.suffix == ".json":
            return self._wrong_names(path.parent, named(data))
        return self._wrong_names(path.parent, {row["file"]: "" for row in csv.DictReader(io.StringIO(data.decode()))})

    def _wrong_photo(self, name: str, path: Path, data: bytes) -> str:
        for digest, caption in self.known.get(name, ()):
            if digest == _hash(data):
                with Image.open(io.BytesIO(data)) as image:
                    image.load()
                held = read_values(data, path, Policy()).text("caption")
                return "" if held == caption else f"it holds the caption {held!r}"
        return f"{len(data)} octets that are neither an old photo nor a new one"

    def _wrong_names(self, folder: Path, names: dict[str, str]) -> str:
        for name, digest in names.items():
            try:
                found = _hash((folder / name).read_bytes())
            except OSError:
                return f"it stands before {name}"
            if digest and found != digest:
                return f"it describes another {name}"
        return "" if names else "it names no file"

    def _wrong_archive(self, data: bytes) -> str:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name, digest in named(archive.read("manifest.json")).items():
                    held = _hash(archive.read(name))
                    if held != digest or held not in {each for each, _caption in self.known[name]}:
                        return f"{name} in it is another one"
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            return f"it is no whole archive ({error})"
        return ""


def is_hidden(path: Path) -> bool:
    return path.name.startswith(".")


def named(manifest: bytes) -> dict[str, str]:
    """Each file that it names, with its hash."""
    photos = json.loads(manifest)["photos"]
    return {each["file"]: each["sha256"] for photo in photos for each in photo.get("renditions", [photo])}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    watcher = Watcher(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_bytes()))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    json.dump(vars(watcher.run()), sys.stdout)


if __name__ == "__main__":
    main()
