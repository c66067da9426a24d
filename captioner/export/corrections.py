"""What has changed since an export, planned to go out again: under its old numbers and names, in its old place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath

from captioner import paths
from captioner.core.moved import moved
from captioner.core.photo import Photo
from captioner.errors import CaptionerError
from captioner.export import place, receipts
from captioner.export.changes import changed, has_other_picture
from captioner.export.exported import Corrects, Exported
from captioner.export.plan import Plan, Planned, planned, suffixes, why_not
from captioner.export.receipt import Receipt
from captioner.export.recipes import REPLACE, Recipe
from captioner.i18n import _, ngettext
from captioner.storage.store import names


def earlier(destination: Path | None, photos: Sequence[Path]) -> Receipt:
    """What the receiver has of these photos; with no destination, where they went last. Raises CaptionerError."""
    file = paths.exports_file()
    latest = () if destination else receipts.exports(file, photos=photos, limit=1)
    asked = destination or next((each.base for each in latest), None)
    found = receipts.standing(file, asked, photos) if asked else None
    if found is None:
        where = destination or _("any folder")
        raise CaptionerError(
            _("No export of these photos into {folder} is on record, so there is nothing to correct; export the set."
              ).format(folder=where), destination)  # fmt: skip
    return found


def plan(photos: Sequence[Photo], headline: str, sent: Receipt, recipe: Recipe) -> Plan:
    """Just the photos that are not as they were `sent`; looks at files that were written since. No photos: no change.

    `headline` is the set's. What is new, gone or moved stays as it is there, and the plan's notes tell of it.
    """
    before = _before(photos, sent)
    came = sum(photo.path not in before and not why_not(photo, headline, recipe) for photo in photos)
    due = [photo for photo in photos if photo.path in before and _differs(photo, headline, before[photo.path])]
    reasons = [_why_not(photo, headline, recipe, before[photo.path]) for photo in due]
    taken = [photo for photo, why in zip(due, reasons, strict=True) if not why]
    corrects = _corrects(sent, tuple(replace(before[photo.path], source=photo.path) for photo in taken))
    place.check_place(corrects.destination, [photo.path for photo in photos])
    return Plan(
        headline, replace(recipe, existing=REPLACE), _destination(corrects),
        tuple(_planned(photo, headline, recipe, before[photo.path]) for photo in taken),
        tuple((photo.path, why) for photo, why in zip(due, reasons, strict=True) if why),
        set_name=sent.set_name, corrects=corrects, notes=_notes(photos, before, sent, came),
    )  # fmt: skip


def nothing(sent: Receipt) -> str:
    """The sentence for a plan without photos."""
    return _("Nothing has changed since these photos were exported into {folder}, so nothing was sent.").format(
        folder=sent.base)  # fmt: skip


def _before(photos: Sequence[Photo], sent: Receipt) -> dict[Path, Exported]:
    """By the path that it has now, each photo as it went out last."""
    called = names(each.source for each in sent.photos)
    known = {called[each.source]: each for each in sent.photos}
    return {path: known[name] for path, name in names(photo.path for photo in photos).items() if name in known}


def _differs(photo: Photo, headline: str, before: Exported) -> bool:
    """What can't be read may have changed."""
    is_known = photo.is_read and not photo.trouble
    return not is_known or bool(changed(photo, headline, before)) or has_other_picture(before)


def _why_not(photo: Photo, headline: str, recipe: Recipe, before: Exported) -> str:
    if told := why_not(photo, headline, recipe):
        return told
    if _kinds(photo, recipe) != [_kind(each.file) for each in before.files]:
        return _("{name} would not become the files that were exported of it, since the recipe or the photo makes "
                 "others now; export the whole set again.").format(name=photo.path.name)  # fmt: skip
    return ""


def _kinds(photo: Photo, recipe: Recipe) -> list[tuple[str, str]]:
    return [(each.folder, suffix) for each, suffix in zip(recipe.renditions, suffixes(photo, recipe), strict=True)]


def _kind(file: str) -> tuple[str, str]:
    return file.rpartition("/")[0], PurePosixPath(file).suffix


def _planned(photo: Photo, headline: str, recipe: Recipe, before: Exported) -> Planned:
    return planned(photo, headline, recipe, before.sequence, tuple(each.file for each in before.files))


def _corrects(sent: Receipt, photos: tuple[Exported, ...]) -> Corrects:
    manifest = sent.manifest.name if sent.manifest else ""
    first = sent.corrects.number + 1 if sent.corrects else 1
    every = (Corrects(sent.destination, sent.when, manifest, number, photos) for number in count(first))
    return next(each for each in every if not _is_taken(each))


def _is_taken(corrects: Corrects) -> bool:
    return bool(place.held(_destination(corrects), [corrects.file]))


def _destination(corrects: Corrects) -> Path:
    """An archive stays as it is, and its corrections become one of their own beside it."""
    whole = corrects.destination
    return whole.with_stem(f"{whole.stem}-correction-{corrects.number:02}") if place.is_archive(whole) else whole


def _notes(
    photos: Sequence[Photo], before: Mapping[Path, Exported], sent: Receipt, came: int
) -> tuple[str, ...]:  # fmt: skip
    """`came` is how many there are that could go out, and did not."""
    now = tuple(photo.path for photo in photos if photo.path in before)
    then = tuple(sorted(now, key=lambda path: before[path].sequence))
    gone, went = len(sent.photos) - len(now), len(moved(then, now))
    notes = (
        (came, ngettext("{count} photo was no part of the export and is not sent; export the whole set for it.",
                        "{count} photos were no part of the export and are not sent; export the whole set for them.",
                        came)),
        (gone, ngettext("{count} photo of the export is not in the set now, and stays where it was sent.",
                        "{count} photos of the export are not in the set now, and stay where they were sent.", gone)),
        (went, ngettext("{count} photo was moved in the order since the export, and keeps its old number.",
                        "{count} photos were moved in the order since the export, and keep their old numbers.", went)),
    )  # fmt: skip
    return tuple(told.format(count=number) for number, told in notes if number)
