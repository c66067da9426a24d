"""Which format a file has: its first bytes tell, whatever its name says."""

from collections.abc import Callable
from dataclasses import dataclass

from captioner.storage.blocks import BlockDamaged
from captioner.storage.file_bytes import Source
from captioner.storage.formats import Blocks, Format, gif, isobmff, jpeg, png, tiff, webp
from captioner.storage.formats.suffixes import RAW_SUFFIXES


@dataclass(frozen=True)
class Kind:
    """A file's format; one with no `writer` keeps its values in a sidecar."""

    name: str
    blocks: Callable[[Source], Blocks]
    size: Callable[[Source], tuple[int, int]]
    writer: Format | None = None


def _writable(module: Format) -> Kind:
    return Kind(module.NAME, module.blocks, module.size, module)


def _no_blocks(_data: Source) -> Blocks:
    return Blocks()


def _no_size(_data: Source) -> tuple[int, int]:
    return 0, 0


_JPEG, _PNG, _WEBP, _TIFF = _writable(jpeg), _writable(png), _writable(webp), _writable(tiff)
_SIGNATURES = (
    (0, b"\xff\xd8\xff", _JPEG),
    (0, b"\x89PNG\r\n\x1a\n", _PNG),
    (8, b"WEBP", _WEBP),
    (0, b"II*\0", _TIFF),
    (0, b"MM\0*", _TIFF),
    (0, b"II+\0", _TIFF),
    (0, b"MM\0+", _TIFF),
    (0, b"GIF8", Kind("GIF", gif.blocks, gif.size)),
    (0, b"BM", Kind("BMP", _no_blocks, _no_size)),
    (0, b"\0\0\0\x0cJXL ", Kind("JPEG XL", isobmff.blocks, isobmff.size)),
    (0, b"\xff\x0a", Kind("JPEG XL", _no_blocks, _no_size)),
    (4, b"ftypavif", Kind("AVIF", isobmff.blocks, isobmff.size)),
    (4, b"ftypcrx ", Kind("CR3", isobmff.blocks, isobmff.size)),
    (4, b"ftyphei", Kind("HEIC", isobmff.blocks, isobmff.size)),
    (4, b"ftyp", Kind("HEIF", isobmff.blocks, isobmff.size)),
)


def kind_of(data: Source, suffix: str) -> Kind | None:
    """None for what is no picture that anybody here knows; raises BlockDamaged for a TIFF that can't be followed."""
    start = bytes(data[:32])
    found = next((kind for at, signature, kind in _SIGNATURES if start.startswith(signature, at)), None)
    if suffix in RAW_SUFFIXES and (found is None or found is _TIFF):
        return Kind(suffix[1:].upper(), _tiff_blocks, _no_size)
    if found is _TIFF and tiff.is_raw(data):
        return Kind("DNG" if suffix in (".tif", ".tiff") else suffix[1:].upper(), _tiff_blocks, _no_size)
    return found


def _tiff_blocks(data: Source) -> Blocks:
    """Raw files that are no TIFF tell nothing."""
    try:
        return tiff.blocks(data)
    except BlockDamaged:
        return Blocks()
