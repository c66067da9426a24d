"""An edit is a value; undo and redo walk values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from captioner.core.fields import Value

Order = tuple[Path, ...]


Swaps = Mapping[Path, tuple[Value, Value]]
"""An old value of a photo, and the one that takes its place."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of some photos, in columns: an edit may be of ten thousand of them."""

    key: str
    paths: Order
    before: tuple[Value, ...]
    after: tuple[Value, ...]

    def inverted(self) -> "FieldChange":
        return FieldChange(self.key, self.paths, self.after, self.before)

    def rebased(self, swaps: Swaps) -> "FieldChange":
        if swaps.keys().isdisjoint(self.paths):
            return self
        return FieldChange(self.key, self.paths, self._swapped(self.before, swaps), self._swapped(self.after, swaps))

    def _swapped(self, column: tuple[Value, ...], swaps: Swaps) -> tuple[Value, ...]:
        pairs = ((value, swaps.get(path)) for path, value in zip(self.paths, column, strict=True))
        return tuple(swap[1] if swap and swap[0] == value else value for value, swap in pairs)


@dataclass(frozen=True, slots=True)
class OrderChange:
    before: Order
    after: Order

    def inverted(self) -> "OrderChange":
        return OrderChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class HeadlineChange:
    """The set's own headline."""

    before: str
    after: str

    def inverted(self) -> "HeadlineChange":
        return HeadlineChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class ConfirmChange:
    """The person chose the value that is shown: it is to be written to every block, though it is no other."""

    path: Path
    key: str
    before: bool
    after: bool

    def inverted(self) -> "ConfirmChange":
        return ConfirmChange(self.path, self.key, self.after, self.before)


Change = FieldChange | OrderChange | HeadlineChange | ConfirmChange


@dataclass(frozen=True)
class Edit:
    """One undo step. Edits in a row with the same `typing` token are one step, as typing is."""

    label: str
    changes: tuple[Change, ...] = ()
    typing: str = ""

    def __bool__(self) -> bool:
        return any(change.before != change.after for change in self.changes)

    @cached_property
    def paths(self) -> Mapping[Path, None]:
        """The photos whose values it changes, in order: a dict, which a set of ten thousand is made of quickly."""
        found = dict[Path, None]()
        for change in self.changes:
            if isinstance(change, FieldChange):
                found.update(dict.fromkeys(change.paths))
            elif isinstance(change, ConfirmChange):
                found[change.path] = None
        return found

    @property
    def keys(self) -> frozenset[str]:
        """The fields that it changes."""
        return frozenset({change.key for change in self.changes if isinstance(change, (FieldChange, ConfirmChange))})

    def inverted(self) -> "Edit":
        return Edit(self.label, tuple(change.inverted() for change in reversed(self.changes)))

    def rebased(self, key: str, swaps: Swaps) -> "Edit":
        """With the new value wherever a change of this field starts from, or arrives at, the old one."""
        changes = tuple(
            change.rebased(swaps) if isinstance(change, FieldChange) and change.key == key else change
            for change in self.changes
        )
        return Edit(self.label, changes, self.typing)

    def continued(self, later: "Edit") -> "Edit | None":
        """Both as one step, where the later one goes on typing in the same place."""
        if not self.typing or self.typing != later.typing or len(self.changes) != len(later.changes):
            return None
        pairs = tuple(zip(self.changes, later.changes, strict=True))
        joined = tuple(_joined(earlier, change) for earlier, change in pairs)
        kept = tuple(change for change in joined if change is not None)
        return Edit(self.label, kept, self.typing) if len(kept) == len(joined) else None


def _joined(earlier: Change, later: Change) -> Change | None:
    match earlier, later:
        case FieldChange(), FieldChange() if (earlier.key, earlier.paths) == (later.key, later.paths):
            return FieldChange(earlier.key, earlier.paths, earlier.before, later.after)
        case HeadlineChange(), HeadlineChange():
            return HeadlineChange(earlier.before, later.after)
        case _:
            return None


@dataclass
class History:
    done: list[Edit] = field(default_factory=list[Edit])
    undone: list[Edit] = field(default_factory=list[Edit])
    _sealed: bool = True

    def push(self, edit: Edit) -> None:
        joined = self.done[-1].continued(edit) if self.done and not self._sealed else None
        if joined is not None:
            self.done[-1:] = [joined] if joined else []  # typed and taken back is no step
        else:
            self.done.append(edit)
        self.undone.clear()
        self._sealed = False

    def rebase(self, key: str, swaps: Swaps) -> None:
        """Files hold other values now than those that edits started from: undo goes back to what they hold."""
        self.done = [edit.rebased(key, swaps) for edit in self.done]
        self.undone = [edit.rebased(key, swaps) for edit in self.undone]

    def seal(self) -> None:
        """What is typed from here on is a step of its own."""
        self._sealed = True

    def undo(self) -> Edit | None:
        """The edit that takes the last one back, or None."""
        self._sealed = True
        if not self.done:
            return None
        self.undone.append(self.done.pop())
        return self.undone[-1].inverted()

    def redo(self) -> Edit | None:
        self._sealed = True
        if not self.undone:
            return None
        self.done.append(self.undone.pop())
        return self.done[-1]
