"""What a person can do to a set: each function returns an Edit and touches nothing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from pathlib import Path

from captioner.core import dates
from captioner.core.caption import Values
from captioner.core.fields import FIELDS, Value
from captioner.core.history import Change, ConfirmChange, Edit, FieldChange, HeadlineChange, Order, OrderChange
from captioner.core.natural_order import by_name
from captioner.core.photo_set import PhotoSet
from captioner.i18n import _, ngettext


def set_field(photos: PhotoSet, paths: Sequence[Path], key: str, value: Value, typing: bool = False) -> Edit:
    """One value for all of the photos. While a person types, edits in the same place are one step."""
    label = ngettext("{field} of {count} photo", "{field} of {count} photos", len(paths))
    changes = _column(photos, key, dict.fromkeys(paths, value), keep_same=typing)
    return Edit(label.format(field=_(FIELDS[key].label), count=len(paths)), changes, key if typing else "")


def set_values(photos: PhotoSet, table: Mapping[Path, Mapping[str, Value]], label: str) -> Edit:
    return Edit(label, tuple(_changes(photos, table.items())))


def set_headline(photos: PhotoSet, headline: str, typing: bool = False) -> Edit:
    """The set's headline, and the Headline of each photo that has the set's or none."""
    followers = [photo.path for photo in photos.photos
                 if photo.values.text("headline") in ("", photos.headline)]  # fmt: skip
    changes = _column(photos, "headline", dict.fromkeys(followers, headline), keep_same=typing)
    token = "headline of the set" if typing else ""
    return Edit(_("Headline of the set"), (HeadlineChange(photos.headline, headline), *changes), token)


def choose(photos: PhotoSet, paths: Sequence[Path], key: str, source: str) -> Edit:
    """Of each photo the value that one of its blocks holds, to be written to all of them."""
    label = ngettext("{field} of {count} photo", "{field} of {count} photos", len(paths))
    held: dict[Path, Value] = {}
    for photo in photos.of(paths):
        value = next((each.value for each in photo.choices.get(key, ()) if each.source == source), None)
        if value is not None:
            held[photo.path] = value
    changes: list[Change] = [*_column(photos, key, held)]
    changes += [ConfirmChange(path, key, key in photos[path].confirmed, True) for path in held]
    return Edit(label.format(field=_(FIELDS[key].label), count=len(paths)), tuple(changes))


def apply_story(photos: PhotoSet, headline: str, values: Mapping[Path, Mapping[str, Value]]) -> Edit:
    """Captions and credits for the photos they belong to; the story's headline goes to the set and every photo."""
    table = {path: dict(values.get(path, {})) for path in photos.order}
    if headline:
        table = {path: {**each, "headline": headline} for path, each in table.items()}
    changes = _changes(photos, table.items())
    title = HeadlineChange(photos.headline, headline or photos.headline)
    return Edit(_("Story"), (title, *changes))


def move(photos: PhotoSet, paths: Iterable[Path], before: int) -> Edit:
    """The photos, in the order they have, in front of the one that is now at index `before`."""
    chosen = set(paths)
    moved = [path for path in photos.order if path in chosen]
    rest = [path for path in photos.order if path not in chosen]
    at = sum(path not in chosen for path in photos.order[:before])
    return _reorder(photos, (*rest[:at], *moved, *rest[at:]))


def move_by(photos: PhotoSet, paths: Iterable[Path], step: int) -> Edit:
    """Up (-1) or down (+1); a run of photos moves as one and stops at the end."""
    chosen = sorted(photos.order.index(path) for path in paths)
    if not chosen or chosen[0] + step < 0 or chosen[-1] + step >= len(photos):
        return Edit("")
    before = chosen[0] - 1 if step < 0 else chosen[-1] + 2
    return move(photos, [photos.order[index] for index in chosen], before)


def reorder(photos: PhotoSet, order: Order) -> Edit:
    """The given order; photos that it doesn't name follow in the order they have."""
    named = dict.fromkeys(photos[path].path for path in order if path in photos)
    return _reorder(photos, (*named, *(path for path in photos.order if path not in named)))


def sort_by_name(photos: PhotoSet) -> Edit:
    return reorder(photos, by_name(photos.order))


def sort_by_date(photos: PhotoSet) -> Edit:
    """By the date created, to the fraction of a second; photos without one stay behind the others, as they are."""
    moments = {path: _moment(photos[path].values.text("date_created")) for path in photos.order}
    return reorder(photos, tuple(sorted(photos.order, key=moments.__getitem__)))


def _moment(date: str) -> tuple[bool, str]:
    """As UTC, where the zone is known, so that pictures of two desks fall into line."""
    moment = dates.parse(date)
    return (not moment, moment.sortable if moment else "")


def sort_by_captions(photos: PhotoSet, captions: Sequence[str]) -> Edit:
    """As a story has them; photos with a caption of its own stay behind the others, as they are."""
    rank = {" ".join(text.split()): at for at, text in reversed(list(enumerate(captions)))}
    return reorder(photos, tuple(sorted(photos.order, key=lambda path: rank.get(
        " ".join(photos[path].values.text("caption").split()), len(captions)))))  # fmt: skip


def recover(photos: PhotoSet, table: Mapping[Path, Mapping[str, Value]], order: Order, headline: str | None) -> Edit:
    """Drafts that a former session left, as one step."""
    changes: list[Change] = [*_changes(photos, table.items())]
    changes += [ConfirmChange(path, key, False, True) for path, values in table.items()
                for key, value in values.items() if path in photos and photos[path].values[key] == value]  # fmt: skip
    if order:
        changes += reorder(photos, order).changes
    if headline is not None:
        changes.append(HeadlineChange(photos.headline, headline))
    return Edit(_("Recovered drafts"), tuple(changes))


def _reorder(photos: PhotoSet, order: Order) -> Edit:
    return Edit(_("Order"), (OrderChange(photos.order, order),))


def _changes(photos: PhotoSet, table: Iterable[tuple[Path, Mapping[str, Value]]]) -> list[FieldChange]:
    columns: dict[str, dict[Path, Value]] = {}
    for path, values in table:
        for key, value in values.items():
            columns.setdefault(key, {})[path] = value
    return [change for key, column in columns.items() for change in _column(photos, key, column)]


def _column(
    photos: PhotoSet, key: str, wanted: Mapping[Path, Value], keep_same: bool = False
) -> tuple[FieldChange, ...]:  # fmt: skip
    """Of the photos that the set holds; none where nothing is another then."""
    held = photos.of(wanted)
    paths = [photo.path for photo in held]
    before, after = Values.column([photo.values for photo in held], key), list(map(wanted.__getitem__, paths))
    kept = [keep_same or old != new for old, new in zip(before, after, strict=True)]
    change = FieldChange(key, tuple(compress(paths, kept)), tuple(compress(before, kept)), tuple(compress(after, kept)))
    return (change,) if change.paths else ()
