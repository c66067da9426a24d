"""A file's bytes, by position: in memory, joined of parts, or left on the disk."""

from collections.abc import Callable
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
