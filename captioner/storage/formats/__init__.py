"""Where the metadata blocks lie in a picture file; everything else is copied.

One module is one format (`Format`); `formats.detection` tells which one a file has. They know blocks as bytes, no tags.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol, TypeVar


class Source(Protocol):
    """Bytes by position: a whole file in memory, or one of which only what is asked for is read.

    A slice that reaches past the end is short, as with bytes.
    """

    def __len__(self) -> int: ...

    def __getitem__(self, span: slice, /) -> bytes: ...


class Span(Source, Protocol):
    """A stretch of a file that is not in memory, to be copied as it is."""

    def copy_to(self, handle: int) -> None:
        """Writes it to the end of another file, by its handle; raises OSError."""
        ...

    def let_go(self) -> None:
        """Closes the file that it is of."""
        ...


Part = bytes | memoryview | Span


class File(Source, Protocol):
    """A file's bytes; what was found out about them stays with them, so that asking twice costs once."""

    found: dict[Callable[..., Any], Any]

    def view(self, start: int, stop: int | None = None) -> Part:
        """A stretch, without copying it where that can be."""
        ...


class Octets:
    """A file's bytes in memory, or joined of parts without copying them."""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts
        self.found: dict[Callable[..., Any], Any] = {}
        self._size = sum(map(len, parts))
        self._head = parts[0] if parts and isinstance(parts[0], bytes) else b""

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, span: slice, /) -> bytes:
        start, stop = span.start or 0, span.stop
        if stop is not None and 0 <= start <= stop <= len(self._head):  # where metadata mostly is
            return self._head[start:stop]
        start, stop, _step = span.indices(self._size)
        return b"".join(self._views(start, stop))

    def __bytes__(self) -> bytes:
        return self[: self._size]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Octets | bytes) and len(self) == len(other) and bytes(self) == bytes(other)

    __hash__ = None  # type: ignore[assignment]

    def _views(self, start: int, stop: int) -> list[bytes | memoryview]:
        views: list[bytes | memoryview] = []
        at = 0
        for part in self.parts:
            if start < at + len(part) and at < stop:
                views.append(part[max(start - at, 0) : stop - at])
            at += len(part)
        return views

    def view(self, start: int, stop: int | None = None) -> Part:
        start, stop, _step = slice(start, stop).indices(self._size)
        at = 0
        for part in self.parts:
            if at <= start and stop <= at + len(part):
                is_all = stop - start == len(part)
                return (
                    part if is_all else (memoryview(part) if isinstance(part, bytes) else part)[start - at : stop - at]
                )
            at += len(part)
        return self[start:stop]


S = TypeVar("S")
T = TypeVar("T")


def remembered(find: Callable[[S], T]) -> Callable[[S], T]:
    """A function of a file whose answer is kept where the file can keep it."""

    @wraps(find)
    def asked(data: S) -> T:
        found = getattr(data, "found", None)
        if found is None:
            return find(data)
        if find not in found:
            found[find] = find(data)
        return found[find]

    return asked


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
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    """The format's own remarks by keyword: `Comment` of JPEG, the textual chunks of PNG. Only those that are there."""
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

    def is_whole(self, data: Source, /) -> bool:
        """Whether the picture has its end; a file that is still being copied has not."""
        ...

    def size(self, data: Source, /) -> tuple[int, int]:
        """Width and height in pixels as stored; (0, 0) when nothing says."""
        ...
