"""Where the metadata blocks lie in a picture file; everything else is copied.

One module is one format (`Format`); `formats.detection` tells which one a file has. They know blocks as bytes, no tags.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from captioner.storage.file_bytes import File, Octets, Part, Source


@dataclass(frozen=True)
class Blocks:
    """The bytes of each block without the format's wrapping; None where the file has no such block."""

    exif: Source | None = None
    """A TIFF stream, from its byte order mark on. In a TIFF file, which is one, the file."""
    resources: bytes | None = None
    """Photoshop image resources; IIM is one of them."""
    xmp: bytes | None = None
    """The packet with its processing instructions."""
    extended_xmp: bytes | None = None
    """What did not fit the packet (XMP part 3, 1.1.3.1), joined."""
    iim: bytes | None = None
    """IIM that stands by itself, without resources around it."""
    more_exif: tuple[bytes, ...] = ()
    """Further blocks, which a file shouldn't have, but which some readers take."""
    more_xmp: tuple[bytes, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    """The format's own texts by keyword: comments of JPEG, textual chunks of PNG. An emptied one goes."""
    is_signed: bool = False
    """Whether the file carries a C2PA manifest, which any change of the file breaks."""


class Format(Protocol):
    """What a module of this folder offers."""

    @property
    def NAME(self) -> str: ...

    @property
    def EXIF_LIMIT(self) -> int:
        """Octets that the format's EXIF block may have."""
        ...

    @property
    def XMP_LIMIT(self) -> int:
        """Octets that the packet may have."""
        ...

    @property
    def IIM_PLACE(self) -> str:
        """Which of the Blocks a new IIM goes to: "iim", "resources", or "" where the format has no place for it."""
        ...

    def blocks(self, data: Source, /) -> Blocks:
        """Reads no more than it needs; raises BlockDamaged where the structure can't be followed."""
        ...

    def spliced(self, data: File, /, old: Blocks, new: Blocks) -> Octets:
        """The file with the new blocks in place of those of its own that differ; raises BlockFull, BlockDamaged."""
        ...

    def picture(self, data: File, /) -> Sequence[Part]:
        """The compressed picture data, as it has to come out of every change."""
        ...

    def others(self, data: File, /) -> Sequence[Part]:
        """What is neither picture data nor a block: profiles, thumbnails, unknown segments, trailers, in order."""
        ...

    def bare(self, data: File, /) -> Octets:
        """The picture and what it takes to show it right, without any block; raises BlockDamaged."""
        ...

    def cleared(self, data: File, is_hidden: bool, is_thumbnail: bool, /) -> Octets:
        """Without what no block tells of: a signature, further pictures, what stands behind the picture.

        With `is_hidden` without what no standard describes either, with `is_thumbnail` without the format's own
        thumbnails; raises BlockDamaged.
        """
        ...

    def is_whole(self, data: Source, /) -> bool:
        """Whether the picture has its end; a file that is still being copied has not."""
        ...

    def size(self, data: Source, /) -> tuple[int, int]:
        """Width and height in pixels as stored; (0, 0) when nothing says."""
        ...
