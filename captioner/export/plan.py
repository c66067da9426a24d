"""What an export would write: a value that a person can look at before anything happens."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from captioner.core.caption import EMPTY, Values
from captioner.core.checks import restriction
from captioner.core.fields import FIELDS, refuse_control_characters
from captioner.core.photo import Photo
from captioner.errors import CaptionerError
from captioner.export import destination as place
from captioner.export.names import file_names
from captioner.export.pattern import Named
from captioner.export.recipes import Recipe
from captioner.i18n import _
from captioner.storage.desk_data import load_knowledge
from captioner.storage.photos import HOLDERS
from captioner.storage.sentences import no_room

Refused = tuple[Path, str]
"""A photo that is left out, and the sentence that says why."""

_WANTED = ("caption", "credit")
_DRAWN = {*HOLDERS, "GIF", "BMP", "AVIF"}
"""The formats of which a rendition is the whole picture: of a raw file it would be its thumbnail."""


@dataclass(frozen=True)
class Planned:
    """One photo as it will be: its number in the set, its file's name and everything that the file will say."""

    sequence: int
    source: Path
    file: str
    values: Values
    saved: Values = EMPTY
    """What the original held when it was read."""
    written_credit: str = ""
    """As it stands in the original, where the house style publishes it differently."""

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
    """Photos that go out though they are under embargo, or not to be used, each with the sentence that warns of it."""

    @property
    def manifest(self) -> Path:
        return self.destination / place.MANIFEST

    @property
    def file_names(self) -> tuple[str, ...]:
        """In the order in which they appear in the destination."""
        return (*(photo.file for photo in self.photos), place.CAPTIONS, place.MANIFEST)


def plan(photos: Sequence[Photo], headline: str, recipe: Recipe, destination: Path) -> Plan:
    """Numbers run through the photos that can be exported. Raises CaptionerError for a destination that can't be."""
    reasons = [_why_not(photo, headline, recipe) for photo in photos]
    refused = tuple((photo.path, why) for photo, why in zip(photos, reasons, strict=True) if why)
    taken = [photo for photo, why in zip(photos, reasons, strict=True) if not why]
    files = file_names(recipe.names, [_named(photo, headline, recipe) for photo in taken])
    planned = Plan(headline, recipe, destination, tuple(
        Planned(number, photo.path, file, _values(photo, headline), photo.saved)
        for number, (photo, file) in enumerate(zip(taken, files, strict=True), start=1)
    ), refused)  # fmt: skip
    place.check(destination, [photo.path for photo in photos], planned.file_names)
    return planned


def warned(planned: Plan, photos: Sequence[Photo]) -> Plan:
    """With a warning of each photo that goes out though it is restricted; it takes a while for thousands."""
    going = {each.source for each in planned.photos}
    return replace(planned, restricted=tuple(_restricted(photo for photo in photos if photo.path in going)))


def plan_json(plan: Plan) -> dict[str, object]:
    """The shape of a receipt, without what only a written file has."""
    return {
        "destination": str(plan.destination),
        "manifest": str(plan.manifest),
        "photos": [
            {"sequence": photo.sequence, "source": str(photo.source), "file": photo.file,
             "fields": fields_json(photo.values), **written_json(photo.written_credit),
             "missing": list(photo.missing)} for photo in plan.photos
        ],
        "refused": refused_json(plan.refused),
        "restricted": [{"source": str(path), "warning": sentence} for path, sentence in plan.restricted],
    }  # fmt: skip


def fields_json(values: Values) -> dict[str, str | list[str]]:
    return {key: value if isinstance(value, str) else list(value) for key, value in values.items()}


def written_json(credit: str) -> dict[str, str]:
    """Beside the published fields, the credit as the original keeps it, where the two differ."""
    return {"credit_as_written": credit} if credit else {}


def refused_json(refused: Sequence[Refused]) -> list[dict[str, str]]:
    return [{"source": str(path), "error": sentence} for path, sentence in refused]


def _restricted(photos: Iterable[Photo]) -> Iterator[Refused]:
    for photo in photos:
        for each in restriction.restrictions(photo, load_knowledge()):
            if each.kind in restriction.BLOCKING:
                yield photo.path, restriction.told(photo, each)


def _named(photo: Photo, headline: str, recipe: Recipe) -> Named:
    """A rendition is a JPEG; an original stays what it is, whatever its name says."""
    suffix = ".jpg" if recipe.long_edge else HOLDERS.get(photo.format, ".jpg")
    return Named(photo.path.stem, photo.values, headline, suffix)


def _why_not(photo: Photo, headline: str, recipe: Recipe) -> str:
    if photo.trouble:
        return CaptionerError(photo.trouble, photo.path).sentence
    if not photo.is_read:
        return _("{name} has not been read yet; export again when it has.").format(name=photo.path.name)
    if photo.format and photo.format not in (_DRAWN if recipe.long_edge else HOLDERS):
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
