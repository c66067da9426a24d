"""What an export would write: a value that a person can look at before anything happens."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from captioner.core.caption import EMPTY, Values
from captioner.core.checks import Finding, restriction
from captioner.core.fields import FIELDS, refuse_control_characters
from captioner.core.photo import Photo
from captioner.errors import CaptionerError
from captioner.export import destination as place
from captioner.export import manifests
from captioner.export.names import file_names, version_mark
from captioner.export.pattern import Named
from captioner.export.recipes import ORIGINAL, REPLACE, VERSION, Recipe, Rendition
from captioner.i18n import _
from captioner.storage.desk_data import load_knowledge
from captioner.storage.photos import HOLDERS
from captioner.storage.sentences import no_room

Refused = tuple[Path, str]
"""A photo that is left out, and the sentence that says why."""

_WANTED = ("caption", "credit")
_DRAWN = {*HOLDERS, "GIF", "BMP", "AVIF"}
"""The formats of which a rendition is the whole picture: of a raw file it would be its thumbnail."""
_SUFFIXES = {"jpeg": ".jpg", "webp": ".webp"}


@dataclass(frozen=True)
class Planned:
    """One photo as it will be: its number in the set, its files' names and everything that they will say."""

    sequence: int
    source: Path
    files: tuple[str, ...]
    """One for each rendition of the recipe, with its folder, from the destination on."""
    values: Values
    saved: Values = EMPTY
    """What the original held when it was read."""
    written_credit: str = ""
    """As it stands in the original, where the house style publishes it differently."""
    size: int = 0
    """Octets of all its files, about."""
    findings: tuple[Finding, ...] = ()
    """What speaks against it."""

    @property
    def file(self) -> str:
        """The first one."""
        return self.files[0]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(key for key in _WANTED if not self.values[key])


@dataclass(frozen=True)
class Plan:
    headline: str
    recipe: Recipe
    destination: Path
    photos: tuple[Planned, ...]
    refused: tuple[Refused, ...] = ()
    restricted: tuple[Refused, ...] = ()
    """Photos that go out with a reason alone, as they are under embargo, or not to be used, with the sentence that
    warns of it."""
    override: str = ""
    """The reason for which the restricted ones go out all the same."""
    version: int = 1
    """Above 1 it stands in the name of every file, beside those of earlier versions."""

    @property
    def manifest(self) -> Path | None:
        """The file that programs read, the last to appear."""
        name = dict(self.manifests).get("json") or dict(self.manifests).get("ninjs")
        return self.destination / name if name else None

    @property
    def manifests(self) -> tuple[tuple[str, str], ...]:
        """Each kind with its file's name, in the order in which they appear."""
        mark = version_mark(self.version)
        return tuple((kind, f"{Path(name).stem}{mark}{Path(name).suffix}")
                     for kind, name in manifests.FILES.items() if kind in self.recipe.manifests)  # fmt: skip

    @property
    def file_names(self) -> tuple[str, ...]:
        """In the order in which they appear in the destination."""
        return (*(file for photo in self.photos for file in photo.files), *(name for _kind, name in self.manifests))

    @property
    def size(self) -> int:
        """Octets of all photos, about."""
        return sum(photo.size for photo in self.photos)


def plan(photos: Sequence[Photo], headline: str, recipe: Recipe, destination: Path) -> Plan:
    """Numbers run through the photos that can be exported. Raises CaptionerError for a destination that can't be."""
    reasons = [_why_not(photo, headline, recipe) for photo in photos]
    refused = tuple((photo.path, why) for photo, why in zip(photos, reasons, strict=True) if why)
    taken = [photo for photo, why in zip(photos, reasons, strict=True) if not why]
    place.check_place(destination, [photo.path for photo in photos])
    inside = 1 if place.is_archive(destination) else None  # all files of an archive are of the same version
    every = (Plan(headline, recipe, place.versioned(destination, version),
                  _planned(taken, headline, recipe, inside or version), refused, version=inside or version)
             for version in count(1))  # fmt: skip
    if recipe.existing == VERSION:
        return next(each for each in every if not place.held(each.destination, each.file_names))
    planned = next(every)
    if recipe.existing != REPLACE:
        place.check_names(destination, planned.file_names)
    return planned


def _planned(photos: Sequence[Photo], headline: str, recipe: Recipe, version: int) -> tuple[Planned, ...]:
    named = [_named(photo, headline, recipe) for photo in photos]
    every = file_names(recipe.names, named, recipe.longest_name, version)
    return tuple(
        Planned(number, photo.path, tuple(map(_placed, recipe.renditions, names)), _values(photo, headline),
                photo.saved, size=sum(_size(photo, each) for each in recipe.renditions))
        for number, (photo, names) in enumerate(zip(photos, every, strict=True), start=1)
    )  # fmt: skip


def warned(plan: Plan) -> Plan:
    """With a warning of each photo that goes out though it is restricted; it takes a while for thousands."""
    return replace(plan, restricted=tuple(_restricted(plan)))


def with_findings(plan: Plan, findings: Mapping[Path, Sequence[Finding]]) -> Plan:
    """With what the checks report of each photo."""
    return replace(plan, photos=tuple(
        replace(photo, findings=tuple(findings.get(photo.source, ()))) for photo in plan.photos))  # fmt: skip


def plan_json(plan: Plan) -> dict[str, object]:
    """The shape of a receipt, without what only a written file has."""
    return {
        "destination": str(plan.destination),
        "manifest": str(plan.manifest or ""),
        "bytes": plan.size,
        "photos": [
            {"sequence": photo.sequence, "source": str(photo.source), "file": photo.file, **_files_json(photo.files),
             "bytes": photo.size, "fields": fields_json(photo.values), **written_json(photo.written_credit),
             "missing": list(photo.missing), "findings": [_finding_json(each) for each in photo.findings]}
            for photo in plan.photos
        ],
        "refused": refused_json(plan.refused),
        "restricted": restricted_json(plan.restricted),
    }  # fmt: skip


def fields_json(values: Values) -> dict[str, str | list[str]]:
    return {key: value if isinstance(value, str) else list(value) for key, value in values.items()}


def written_json(credit: str) -> dict[str, str]:
    """Beside the published fields, the credit as the original keeps it, where the two differ."""
    return {"credit_as_written": credit} if credit else {}


def refused_json(refused: Sequence[Refused]) -> list[dict[str, str]]:
    return [{"source": str(path), "error": sentence} for path, sentence in refused]


def restricted_json(restricted: Sequence[Refused]) -> list[dict[str, str]]:
    return [{"source": str(path), "warning": sentence} for path, sentence in restricted]


def _files_json(files: Sequence[str]) -> dict[str, list[str]]:
    return {"files": list(files)} if len(files) > 1 else {}


def _finding_json(finding: Finding) -> dict[str, str]:
    return {"check": finding.check, "severity": str(finding.severity), "field": finding.field,
            "message": finding.message}  # fmt: skip


def _restricted(plan: Plan) -> Iterator[Refused]:
    for planned in plan.photos:
        photo = Photo(planned.source, values=planned.values)
        for each in _stopping(photo, plan.recipe.stops):
            yield photo.path, restriction.told(photo, each)


def _stopping(photo: Photo, kinds: Sequence[str]) -> Iterable[restriction.Restriction]:
    return (each for each in restriction.restrictions(photo, load_knowledge()) if each.kind in kinds)


def _named(photo: Photo, headline: str, recipe: Recipe) -> Named:
    """An original stays what it is, whatever its name says."""
    original = HOLDERS.get(photo.format, ".jpg")
    suffixes = tuple(_SUFFIXES.get(each.format, original) for each in recipe.renditions)
    return Named(photo.path.stem, photo.values, headline, suffixes)


def _placed(rendition: Rendition, name: str) -> str:
    return f"{rendition.folder}/{name}" if rendition.folder else name


def _size(photo: Photo, rendition: Rendition) -> int:
    """A JPEG takes about a third of an octet for each pixel."""
    original = photo.stamp.size if photo.stamp else 0
    if rendition.format == ORIGINAL:
        return original
    limits = (rendition.max_kb * 1000, rendition.long_edge**2 // 3, original)
    return min((limit for limit in limits if limit), default=0)


def _why_not(photo: Photo, headline: str, recipe: Recipe) -> str:
    if photo.trouble:
        return CaptionerError(photo.trouble, photo.path).sentence
    if not photo.is_read:
        return _("{name} has not been read yet; export again when it has.").format(name=photo.path.name)
    if photo.format and photo.format not in (HOLDERS if recipe.has_originals else _DRAWN):
        return no_room(photo.path, photo.format)
    try:
        _check_texts(_values(photo, headline))
    except CaptionerError as error:
        return CaptionerError(str(error), photo.path).sentence
    return ""


def _check_texts(values: Values) -> None:
    """Files of other programs hold control characters that XMP can't; a delete is harmless, and it can."""
    for key in values:
        for text in values.texts(key):
            refuse_control_characters(FIELDS[key], text.replace("\x7f", ""))


def _values(photo: Photo, headline: str) -> Values:
    """A photo with no headline of its own goes out under the set's."""
    if headline and not photo.values["headline"]:
        return photo.values.updated({"headline": headline})
    return photo.values
