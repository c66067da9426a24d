"""The XMP file beside a photo: `NAME.xmp` or `NAME.EXT.xmp` (ISO 16684-1; Adobe and darktable name them so)."""

import os
from pathlib import Path

from captioner.storage.blocks import BlockDamaged, xmp
from captioner.storage.formats.suffixes import SUFFIXES, WRITABLE_SUFFIXES

_FOR = "photoshop:SidecarForExtension"
_LARGEST = 64 << 20


def find(photo: Path) -> Path | None:
    """The sidecar that is there; of two, the one that names the photo in full."""
    full, short = os.fspath(photo), os.path.splitext(photo)[0]  # noqa: PTH122 - paths are slow where there are thousands
    for name in (full + ".xmp", full + ".XMP"):
        if _is_file(name):
            return Path(name)
    for name in (short + ".xmp", short + ".XMP"):
        if _is_file(name) and _is_for(photo, Path(name)):
            return Path(name)
    return None


def _is_file(name: str) -> bool:
    """Mostly there is nothing, which is known sooner without what an exception takes."""
    return os.access(name, os.F_OK) and os.path.isfile(name)  # noqa: PTH113


def new(photo: Path, naming: str) -> Path:
    """What a new sidecar is to be called; a short name that would serve two photos is taken by neither."""
    is_short = naming == "NAME.xmp" and not _siblings(photo)
    name = photo.with_name(f"{photo.stem}.xmp")
    return name if is_short and not name.exists() else photo.with_name(f"{photo.name}.xmp")


def read(sidecar: Path) -> bytes:
    """Raises BlockDamaged for one that is too large to be true."""
    if sidecar.stat().st_size > _LARGEST:
        raise BlockDamaged
    return sidecar.read_bytes()


def _is_for(photo: Path, sidecar: Path) -> bool:
    """Of a raw file and the JPEG that came with it, the short name is the raw file's, unless the sidecar says whose."""
    siblings = _siblings(photo)
    if not siblings:
        return True
    try:
        named = "".join(xmp.read(read(sidecar)).get(_FOR, ()))
    except BlockDamaged:
        named = ""
    if named:
        return named.casefold() == photo.suffix[1:].casefold()
    return photo.suffix.lower() not in WRITABLE_SUFFIXES and siblings <= WRITABLE_SUFFIXES


def _siblings(photo: Path) -> set[str]:
    """The suffixes of other photos of that name; looked for one by one, since folders are large."""
    mine = photo.suffix.lower()
    return {suffix for suffix in SUFFIXES - {mine}
            if any(photo.with_suffix(each).exists() for each in (suffix, suffix.upper()))}  # fmt: skip
