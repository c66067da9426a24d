"""The tags of a picture as they stand in its blocks, for whoever reads them in another way than we do."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from captioner.errors import CaptionerError
from captioner.storage import sentences
from captioner.storage.blocks import BlockDamaged, exif, iim, photoshop
from captioner.storage.file_bytes import Octets, Source
from captioner.storage.formats.detection import kind_of

_UNSAID = "latin-1"
"""What programs take text for that declares nothing and is no UTF-8."""


@dataclass(frozen=True)
class Tags:
    format: str
    """JPEG, TIFF, PNG, WebP or another kind of picture."""
    exif: Mapping[str, str]
    iim: Mapping[int, tuple[bytes, ...]]
    """Octets by dataset of record 2, in whichever coding the file has them."""
    iim_texts: Mapping[int, tuple[str, ...]]
    """The same, decoded as dataset 1:90 says."""


def read_tags(data: bytes, path: Path) -> Tags:
    """Of the first block of each kind; raises CaptionerError, in which `path` is named."""
    with sentences.named(path):
        picture = Octets(data)
        kind = kind_of(picture, path.suffix.lower())
        if kind is None:
            raise CaptionerError(sentences.no_picture(path), path)
        blocks = kind.blocks(picture)
        block = photoshop.find(blocks.resources, photoshop.IIM) or blocks.iim
        return Tags(kind.name, _exif(blocks.exif), _octets(block), iim.read(block, _UNSAID))


def _exif(block: Source | None) -> Mapping[str, str]:
    try:
        return exif.read(block, _UNSAID)
    except BlockDamaged:
        return {}


def _octets(block: bytes | None) -> Mapping[int, tuple[bytes, ...]]:
    held: dict[int, tuple[bytes, ...]] = {}
    for each in iim.parse(block)[0]:
        if each.is_text:
            held[each.number] = (*held.get(each.number, ()), each.data)
    return held
