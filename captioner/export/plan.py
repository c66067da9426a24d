"""What an export would write: a value that a person can look at before anything happens."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from captioner.core.caption import EMPTY, Values
from captioner.core.checks import Finding, restriction
from captioner.core.fields import FIELDS, over_limit, refuse_control_characters
from captioner.core.photo import Photo, Stamp
from captioner.errors import CaptionerError
from captioner.export import manifests, place
from captioner.export.exported import Corrects, as_written
from captioner.export.naming.names import file_names, version_mark
from captioner.export.naming.pattern import Named
from captioner.export.recipes import ORIGINAL, REPLACE, VERSION, Recipe, Rendition
from captioner.i18n import _
from captioner.storage.desk_data import load_knowledge
from captioner.storage.photos import HOLDERS
from captioner.storage.sentences import no_room

Refused = tuple[Path, str]
"""A photo that is left out, and the sentence that says why."""

_WANTED = ("caption", "credit")
_DRAWN = {*HOLDERS, "GIF", "BMP", "AVIF", "HEIC"}
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
    stamp: Stamp | None = None
    """Of the original that was read."""

    @property
    def edited(self) -> Values:
        """As the person sees it, with the set's headline where it has none."""
        return as_written(self.values, self.written_credit)

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
    set_name: str = ""
    """Under which the journal keeps the set."""
    corrects: Corrects | None = None
    """The earlier export, where these are corrections of it."""
    notes: tuple[str, ...] = ()
    """Sentences that a person should know before."""

    @property
    def manifest(self) -> Path | None:
        """The file that programs read, the last to appear; without photos there is none."""
        named = dict(self.manifests)
        name = next((named[kind] for kind in manifests.READ if kind in named), None)
        return self.destination / name if name and self.photos else None

    @property
    def manifests(self) -> tuple[tuple[str, str], ...]:
        """Each kind with its file's name, in the order in which they appear; a receiver of none gets none."""
        if self.corrects:
            return (("correction", self.corrects.file),) if self.recipe.manifests else ()
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

    def cut(self, photo: Planned) -> tuple[str, ...]:
        """The fields that readers of IIM alone will see shortened."""
        return tuple(over_limit(photo.values)) if self.recipe.iim_lengths == "strict" else ()


def plan(
    photos: Sequence[Photo], headline: str, recipe: Recipe, destination: Path, set_name: str = ""
) -> Plan:  # fmt: skip
    """Numbers run through the photos that can be exported. Raises CaptionerError for a destination that can't be."""
    reasons = [why_not(photo, headline, recipe) for photo in photos]
    refused = tuple((photo.path, why) for photo, why in zip(photos, reasons, strict=True) if why)
    taken = [photo for photo, why in zip(photos, reasons, strict=True) if not why]
    place.check_place(destination, [photo.path for photo in photos])

    def numbered(version: int) -> Plan:
        where = place.versioned(destination, version)
        inside = 1 if place.is_archive(destination) else version  # all files of an archive are of the same version
        return Plan(headline, recipe, where, _planned(taken, headline, recipe, inside), refused, version=inside,
                    set_name=set_name)  # fmt: skip

    if recipe.existing == VERSION:
        return next(each for each in map(numbered, count(1)) if not place.held(each.destination, each.file_names))
    first = numbered(1)
    if recipe.existing != REPLACE:
        place.check_names(destination, first.file_names)
    return first


def _planned(photos: Sequence[Photo], headline: str, recipe: Recipe, version: int) -> tuple[Planned, ...]:
    named = [Named(photo.path.stem, photo.values, headline, suffixes(photo, recipe)) for photo in photos]
    every = file_names(recipe.names, named, recipe.longest_name, version)
    return tuple(
        planned(photo, headline, recipe, number, tuple(map(_placed, recipe.renditions, names)))
        for number, (photo, names) in enumerate(zip(photos, every, strict=True), start=1)
    )


def planned(photo: Photo, headline: str, recipe: Recipe, number: int, files: tuple[str, ...]) -> Planned:
    size = sum(_size(photo, each) for each in recipe.renditions)
    return Planned(number, photo.path, files, with_headline(photo.values, headline), photo.saved, size=size,
                   stamp=photo.stamp)  # fmt: skip


def suffixes(photo: Photo, recipe: Recipe) -> tuple[str, ...]:
    """Of its files, one for each rendition; an original stays what it is, whatever its name says."""
    original = HOLDERS.get(photo.format, ".jpg")
    return tuple(_SUFFIXES.get(each.format, original) for each in recipe.renditions)


def warned(plan: Plan) -> Plan:
    """With a warning of each photo that goes out though it is restricted; it takes a while for thousands."""
    return replace(plan, restricted=tuple(_restricted(plan)))


def with_findings(plan: Plan, findings: Mapping[Path, Sequence[Finding]]) -> Plan:
    """With what the checks report of each photo."""
    return replace(plan, photos=tuple(
        replace(photo, findings=tuple(findings.get(photo.source, ()))) for photo in plan.photos))  # fmt: skip


def _restricted(plan: Plan) -> Iterator[Refused]:
    for planned in plan.photos:
        photo = Photo(planned.source, values=planned.values)
        for each in _stopping(photo, plan.recipe.stops):
            yield photo.path, restriction.told(photo, each)


def _stopping(photo: Photo, kinds: Sequence[str]) -> Iterable[restriction.Restriction]:
    """A credit that is demanded stops only a photo that has none."""
    has_credit = bool(photo.values.text("credit").strip())
    return (each for each in restriction.restrictions(photo, load_knowledge())
            if each.kind in kinds and not (each.kind == "credit" and has_credit))  # fmt: skip


def _placed(rendition: Rendition, name: str) -> str:
    return f"{rendition.folder}/{name}" if rendition.folder else name


def _size(photo: Photo, rendition: Rendition) -> int:
    """A JPEG takes about a third of an octet for each pixel."""
    original = photo.stamp.size if photo.stamp else 0
    if rendition.format == ORIGINAL:
        return original
    limits = (rendition.max_kb * 1000, rendition.long_edge**2 // 3, original)
    return min((limit for limit in limits if limit), default=0)


def why_not(photo: Photo, headline: str, recipe: Recipe) -> str:
    """The sentence for a photo that can't be exported."""
    if photo.trouble:
        return CaptionerError(photo.trouble, photo.path).sentence
    if not photo.is_read:
        return _("{name} has not been read yet; export again when it has.").format(name=photo.path.name)
    if photo.format and photo.format not in (HOLDERS if recipe.has_originals else _DRAWN):
        return no_room(photo.path, photo.format)
    try:
        _check_texts(with_headline(photo.values, headline))
    except CaptionerError as error:
        return CaptionerError(str(error), photo.path).sentence
    return ""


def _check_texts(values: Values) -> None:
    """Files of other programs hold control characters that XMP can't; a delete is harmless, and it can."""
    for key in values:
        for text in values.texts(key):
            refuse_control_characters(FIELDS[key], text.replace("\x7f", ""))


def with_headline(values: Values, headline: str) -> Values:
    """A photo with no headline of its own goes out under the set's."""
    return values.updated({"headline": headline}) if headline and not values["headline"] else values
