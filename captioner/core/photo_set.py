"""The open set: the only place where a value or the order changes."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from operator import is_
from pathlib import Path
from typing import NamedTuple

from captioner.core.caption import EMPTY, Values
from captioner.core.fields import FIELDS, Value
from captioner.core.history import Edit, FieldChange, HeadlineChange, History, Order, OrderChange
from captioner.core.photo import Photo


@dataclass(frozen=True, slots=True)
class Changed:
    """What listeners are told: which photos look different, and whether the order or the headline does."""

    paths: frozenset[Path] = frozenset()
    order: bool = False
    headline: bool = False
    edit: Edit | None = None
    """The edit that did it; None when a file was read or saved."""
    keys: frozenset[str] = frozenset(FIELDS)
    """The fields that may be others now, so that nobody looks at the rest of ten thousand photos."""


class _Done(NamedTuple):
    """A change as it was done: to take it back is to put the very photos back, where nothing came between."""

    change: FieldChange
    before: list[Photo]
    after: list[Photo]

    def is_undone_by(self, change: FieldChange, now: Iterable[Photo]) -> bool:
        """The file may have been read between the edit and this: then the photos before are not what it was made of."""
        if change.key != self.change.key or change.paths is not self.change.paths:
            return False
        if change.after is not self.change.before or not all(map(is_, now, self.after)):
            return False
        return Values.column([photo.values for photo in self.before], change.key) == list(change.after)


COUNTED = ("caption", "credit", "alt_text")
Listener = Callable[[Changed], None]


class PhotoSet:
    """Lives on one thread; workers get frozen photos and return frozen photos."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        """Under which drafts and the order are kept: the folder, or the files that were opened."""
        self.headline = ""
        self.saved_headline = ""
        self.saved_order: Order = ()
        self.order: Order = ()
        self.history = History()
        self.filled = Counter[str]()
        """Of the fields COUNTED, in how many photos each holds something."""
        self._photos: dict[Path, Photo] = {}
        self._unsaved: set[Path] = set()
        self._done: list[_Done] = []
        """By the last edit; once it is undone, nothing of it is kept here."""
        self._listeners: list[Listener] = []

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, path: Path) -> Photo:
        return self._photos[path]

    def __contains__(self, path: object) -> bool:
        return path in self._photos

    def of(self, paths: Iterable[Path]) -> list[Photo]:
        """Those of these photos that the set holds; in one go, for they may be all of them."""
        return [photo for photo in map(self._photos.get, paths) if photo is not None]

    @property
    def photos(self) -> list[Photo]:
        """In the set's order."""
        return self.of(self.order)

    @property
    def in_any_order(self) -> list[Photo]:
        """All of them, a hundred times sooner."""
        return list(self._photos.values())

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def add(self, photos: Iterable[Photo]) -> None:
        """Puts photos at the end. Opening is no edit: undo starts after it."""
        fresh = {photo.path: photo for photo in photos if photo.path not in self._photos}
        for path, photo in fresh.items():
            if photo.values is photo.saved is EMPTY:
                self._photos[path] = photo  # not read yet, as ten thousand are at once
            else:
                self._put(photo)
        self.order += tuple(fresh)
        self.saved_order += tuple(fresh)
        self._tell(Changed(frozenset(fresh), order=True))

    def name_headline(self, headline: str) -> None:
        """The headline that the set was opened with."""
        self.headline = self.saved_headline = headline
        self._tell(Changed(headline=True))

    def update_read(self, photos: Iterable[Photo]) -> None:
        """Takes what was read from the files; edits made meanwhile stay on top."""
        fresh = [photo for photo in photos if photo.path in self._photos]
        read = {self._photos[photo.path].path for photo in fresh}
        self._rebase((photo, ()) for photo in fresh if self._photos[photo.path].is_read)
        for photo in fresh:
            self._put(self._photos[photo.path].reread(photo))
        self._tell(Changed(frozenset(read)))

    def mark_saved(self, *saved: tuple[Photo, Collection[str]]) -> None:
        """Photos as their files now hold them, each with the fields that were written."""
        self._rebase(saved)
        keys = set[str]()
        for photo, written in saved:
            before = self._photos[photo.path]
            self._put(before.saved_as(photo, written))
            keys |= _differing(before, self._photos[photo.path])
        paths = frozenset(self._photos[photo.path].path for photo, _written in saved)
        self._tell(Changed(paths, keys=frozenset(keys)))

    def _rebase(self, photos: Iterable[tuple[Photo, Collection[str]]]) -> None:
        """Photos as their files hold them now; what was written there is in the history already."""
        swaps: dict[str, dict[Path, tuple[Value, Value]]] = {}
        for photo, written in photos:
            before = self._photos[photo.path]
            for key, value in photo.saved.changed_from(before.saved).items():
                if key not in written:
                    swaps.setdefault(key, {})[before.path] = before.saved[key], value
        for key, each in swaps.items():
            self.history.rebase(key, each)

    def settle(self, path: Path, key: str) -> None:
        """The person knows what the file holds: what is shown here may be saved over it."""
        photo = self._photos[path]
        self._put(photo._replace(contested=photo.contested - {key}))
        self._tell(Changed(frozenset({path})))

    def mark_order_saved(self) -> None:
        self.saved_order, self.saved_headline = self.order, self.headline
        self._tell(Changed(order=True))

    @property
    def unsaved(self) -> list[Photo]:
        """In the set's order."""
        return [self._photos[path] for path in self.order if path in self._unsaved] if self._unsaved else []

    @property
    def unsaved_count(self) -> int:
        return len(self._unsaved)

    @property
    def is_unsaved(self) -> bool:
        return bool(self._unsaved) or self.headline != self.saved_headline or self.order != self.saved_order

    def apply(self, edit: Edit) -> None:
        """Does the edit and makes it an undo step; one that changes nothing is none."""
        if edit:
            self._check(edit)
            self._perform(edit)
            self.history.push(edit)
            self._tell(_what_changed(edit))

    def undo(self) -> Edit | None:
        return self._walk(self.history.undo())

    def redo(self) -> Edit | None:
        return self._walk(self.history.redo())

    def _walk(self, edit: Edit | None) -> Edit | None:
        if edit:
            self._perform(edit)
            self._tell(_what_changed(edit))
        return edit

    def _check(self, edit: Edit) -> None:
        """An edit that was made for other values than these is an error in the program."""
        for change in edit.changes:
            if isinstance(change, FieldChange):
                held = [photo.values for photo in self.of(change.paths)]
                assert Values.column(held, change.key) == list(change.before)
            elif isinstance(change, OrderChange):
                assert change.before == self.order
                assert set(change.after) == set(change.before)
            elif isinstance(change, HeadlineChange):
                assert change.before == self.headline
            else:
                assert (change.key in self._photos[change.path].confirmed) is change.before

    def _perform(self, edit: Edit) -> None:
        last, self._done = self._done, []
        for change in edit.changes:
            if isinstance(change, FieldChange):
                self._put_column(change, last)
            elif isinstance(change, OrderChange):
                self.order = _with_those_that_came_since(change.after, self.order)
            elif isinstance(change, HeadlineChange):
                self.headline = change.after
            else:
                self._put(self._photos[change.path].confirmed_as(change.key, change.after))

    def _put_column(self, change: FieldChange, last: Iterable[_Done]) -> None:
        """As `_put` does, of all at once."""
        key, paths = change.key, change.paths
        before = self.of(paths)
        if undone := next((each for each in last if each.is_undone_by(change, before)), None):
            after = undone.before
        else:
            after = [photo.edited(key, value) for photo, value in zip(before, change.after, strict=True)]
            self._done.append(_Done(change, before, after))
        self._photos.update(zip(paths, after, strict=True))
        if key in COUNTED:
            held = change.before if undone else Values.column([photo.values for photo in before], key)
            self.filled[key] += sum(map(bool, change.after)) - sum(map(bool, held))
        self._unsaved.difference_update(paths)
        self._unsaved.update([photo.path for photo in after if photo.is_unsaved])

    def _put(self, photo: Photo) -> None:
        """The only place where a photo is taken in; the counts follow, so that nothing has to walk the set."""
        path, now = photo.path, photo.values
        before = self._photos.get(path)
        self._photos[path] = photo
        for key in COUNTED:
            more = now.holds(key) - (before is not None and before.values.holds(key))
            if more:
                self.filled[key] += more
        if photo.is_unsaved != (before is not None and before.is_unsaved):
            (self._unsaved.add if photo.is_unsaved else self._unsaved.discard)(path)

    def _tell(self, changed: Changed) -> None:
        for listener in self._listeners:
            listener(changed)


def _with_those_that_came_since(order: Order, now: Order) -> Order:
    """Undo goes back to an order that knew fewer photos; those stay, at the end."""
    if len(order) == len(now):
        return order
    known = set(order)
    return (*order, *(path for path in now if path not in known))


def _what_changed(edit: Edit) -> Changed:
    kinds = set(map(type, edit.changes))
    return Changed(frozenset(edit.paths), OrderChange in kinds, HeadlineChange in kinds, edit, edit.keys)


def _differing(before: Photo, after: Photo) -> set[str]:
    """The fields whose value, or what there is to choose of it, is another one."""
    keys = set(after.values.changed_from(before.values))
    if before.choices or after.choices or before.contested or after.contested or before.confirmed:
        keys |= {*before.choices, *after.choices, *before.contested, *after.contested, *before.confirmed}
    return keys


def common_headline(values: Iterable[Values]) -> str:
    """The headline that all photos of a set share, which is then the set's."""
    headlines = {each.text("headline") for each in values}
    return headlines.pop() if len(headlines) == 1 else ""
