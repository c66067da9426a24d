"""What is said of an export: what a recipe makes, what speaks against a file, and how much it is in all."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import QLocale

from captioner.core.fields import FIELDS
from captioner.export.manifests import FILES
from captioner.export.plan import Plan, Planned
from captioner.export.receivers import Match, Reading
from captioner.export.recipes import ORIGINAL, REPLACE, VERSION, Recipe, Rendition
from captioner.i18n import N_, _, ngettext
from captioner.ui.badges import SEEN_ANYWAY

_KEPT = {"all": N_("all metadata"), "captions": N_("the fields alone"), "none": N_("no metadata")}
_REMOVED = {"gps": N_("position"), "serial_numbers": N_("serial numbers"), "maker_notes": N_("maker notes"),
            "thumbnail": N_("thumbnail"), "edit_history": N_("edit history")}  # fmt: skip
_EXISTING = {REPLACE: N_("Files of the same names are replaced."),
             VERSION: N_("Beside files of the same names, new versions are written.")}  # fmt: skip
_TOLD = 3
"""Sentences; a thousand would fill the screen."""


def label(recipe: Recipe) -> str:
    return _(recipe.label) if recipe.label else recipe.name


def described(recipe: Recipe) -> str:
    """Pictures, metadata and manifests in a line."""
    pictures = ", ".join(map(_picture, recipe.renditions))
    manifests = ", ".join(FILES[kind] for kind in FILES if kind in recipe.manifests) or _("no manifest")
    return " · ".join((pictures, _metadata(recipe), manifests))


def existing(recipe: Recipe) -> str:
    """What becomes of files of the same names, where that isn't that nothing is written."""
    return _(_EXISTING[recipe.existing]) if recipe.existing in _EXISTING else ""


def files(photo: Planned) -> str:
    """The first by its name, the others by their number."""
    more = len(photo.files) - 1
    told = ngettext("{name} and {count} more", "{name} and {count} more", more)
    return told.format(name=photo.file, count=more) if more else photo.file


def problems(photo: Planned) -> int:
    """How many the checks report, but those that the row itself shows."""
    return sum(each.is_problem and each.check not in SEEN_ANYWAY for each in photo.findings)


def against(photo: Planned, restricted: Sequence[str]) -> list[str]:
    """Sentences: what it may not be used for, what is missing, what the checks report."""
    missing = ", ".join(_(FIELDS[key].label) for key in photo.missing)
    told = [_("Missing: {fields}").format(fields=missing)] if missing else []
    return list(dict.fromkeys((*restricted, *told, *(each.message for each in photo.findings))))


def spoken(photo: Planned, restricted: Sequence[str]) -> str:
    """For whoever doesn't see the list."""
    values = (photo.values.text(key) for key in ("caption", "credit"))
    return ", ".join(filter(None, (str(photo.sequence), files(photo), *values, *against(photo, restricted))))


def restrictions(plan: Plan) -> str:
    """The first sentences; each photo tells its own."""
    sentences = list(dict.fromkeys(sentence for _path, sentence in plan.restricted))
    more = len(sentences) - _TOLD
    told = " ".join(sentences[:_TOLD])
    if more > 0:
        told += " " + ngettext("And {count} more.", "And {count} more.", more).format(count=more)
    return told


def totals(plan: Plan, free: int) -> str:
    photos, count = len(plan.photos), len(plan.file_names)
    parts = [ngettext("{count} photo", "{count} photos", photos).format(count=photos),
             ngettext("{count} file", "{count} files", count).format(count=count),
             _("about {size}").format(size=size(plan.size))]  # fmt: skip
    return " · ".join([*parts, _("{size} free").format(size=size(free))] if free else parts)


def left_out(plan: Plan) -> str:
    """Those stand at the end, where nobody looks who has thousands."""
    count = len(plan.refused)
    told = ngettext("{count} photo is left out; it stands at the end of the list.",
                    "{count} photos are left out; they stand at the end of the list.", count)  # fmt: skip
    return told.format(count=count) if count else ""


def size(octets: int) -> str:
    return QLocale().formattedDataSize(octets, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def action(count: int) -> str:
    """What the button does."""
    return ngettext("&Export {count} photo", "&Export {count} photos", count).format(count=count)


def difference(reading: Reading, part: str) -> str:
    """How what is read differs from what the desk wrote; "" where it doesn't."""
    match reading.match(part):
        case Match.CUT:
            lost = reading.lost(part)
            told = ngettext("{count} character is cut off", "{count} characters are cut off", lost)
            return told.format(count=lost)
        case Match.CREATOR:
            return _("The creator, in place of the credit")
        case Match.OTHER:
            is_written = getattr(reading.wrote, part)
            return _("Not what was written") if is_written else _("Nothing is written; the receiver takes this instead")
        case _:
            return ""


def nothing(reading: Reading, part: str) -> str:
    """What stands where nothing is read."""
    return {Match.NO_PLACE: _("has no place for it"), Match.EMPTY: _("nothing is read")}.get(reading.match(part), "–")


def _picture(rendition: Rendition) -> str:
    return f"{rendition.folder}: {_made(rendition)}" if rendition.folder else _made(rendition)


def _made(rendition: Rendition) -> str:
    if rendition.format == ORIGINAL:
        return _("Originals")
    return " ".join(_parts(rendition))


def _parts(rendition: Rendition) -> Iterator[str]:
    yield {"jpeg": "JPEG", "webp": "WebP"}[rendition.format]
    if rendition.long_edge:
        yield _("{count} pixels").format(count=QLocale().toString(rendition.long_edge))
    if rendition.max_kb:
        yield _("up to {size}").format(size=size(rendition.max_kb * 1000))


def _metadata(recipe: Recipe) -> str:
    kept, removed = _(_KEPT[recipe.keep]), ", ".join(_(_REMOVED[each]) for each in recipe.remove)
    without = _("{kept} without {removed}").format(kept=kept, removed=removed) if removed else kept
    return f"{without}, {_('cut to the lengths of IPTC-IIM')}" if recipe.iim_lengths == "strict" else without


PARTS: Mapping[str, str] = {"title": N_("Title"), "caption": N_("Caption"), "credit": N_("Credit")}


def file_name(photo: Planned) -> str:
    return PurePosixPath(photo.file).name
