"""A recipe is a named way to export, in a TOML file that a desk can share."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from captioner import paths
from captioner.core.checks import restriction
from captioner.errors import UsageError, reason
from captioner.export import manifests
from captioner.export.naming import pattern
from captioner.export.naming.names import LONGEST, SHORTEST
from captioner.export.naming.slugs import START, is_reserved, safe
from captioner.i18n import N_, _
from captioner.storage.stripping import KEEP, REMOVABLE

DEFAULT = "cms"
ORIGINAL = "original"
_LONGEST_FOLDER = 60
STOP, REPLACE, VERSION = "stop", "replace", "version"


@dataclass(frozen=True)
class Rendition:
    """One picture that a recipe wants of each photo."""

    folder: str = ""
    """In the destination; empty for the destination itself."""
    format: str = ORIGINAL
    """original takes the file's own bytes; jpeg and webp are made anew."""
    long_edge: int = 0
    """Pixels of the longer side; 0 leaves the size as it is."""
    quality: int = 85
    max_kb: int = 0
    """The file has at most so many thousand octets; 0 knows no limit."""
    progressive: bool = True
    sharpen: bool = False
    """For its size, after it was made smaller."""


@dataclass(frozen=True)
class Recipe:
    name: str
    label: str = ""
    names: str = pattern.EXAMPLE
    """The pattern of file names; see `pattern`."""
    longest_name: int = LONGEST
    """Characters of a file's name."""
    renditions: tuple[Rendition, ...] = (Rendition(),)
    keep: str = KEEP[0]
    """The original's metadata: all; captions, so the fields alone; or none."""
    remove: tuple[str, ...] = ()
    iim_lengths: str = ""
    """full or strict; empty as the settings say."""
    manifests: tuple[str, ...] = ("csv", "json")
    csv_bom: bool = False
    """Whether the table begins with a byte order mark, by which Excel knows UTF-8."""
    existing: str = STOP
    """What becomes of files of the same names: stop, replace, or version, which numbers the new ones."""
    destination: str = ""
    """The folder, or the .zip, that is offered, or taken where none is named; `~` is the person's home."""
    stops: tuple[str, ...] = (restriction.EMBARGO, restriction.NO_USE, "territory", "archive")
    """The kinds of restriction that go out only with a reason."""
    file: Path | None = field(default=None, compare=False)
    """For one that was named by its file: another may have its name."""

    @property
    def has_originals(self) -> bool:
        return any(each.format == ORIGINAL for each in self.renditions)

    @property
    def folder(self) -> Path | None:
        """Its destination, where it names one that can be."""
        try:
            return Path(self.destination).expanduser() if self.destination else None
        except RuntimeError:  # the home of nobody known here
            return None


_LABELS = (
    N_("Originals, numbered"), N_("Web pictures, 2,048 pixels"), N_("Originals for a wire, by their own names"),
    N_("Pictures for WordPress"), N_("ninjs, with three sizes"),
)  # fmt: skip
"""What the ready recipes call themselves, for the catalogues."""

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "format": (ORIGINAL, "jpeg", "webp"),
    "keep": KEEP,
    "remove": REMOVABLE,
    "iim_lengths": ("", "full", "strict"),
    "manifests": tuple(manifests.FILES),
    "existing": (STOP, REPLACE, VERSION),
    "stops": restriction.KINDS,
}
_RANGES = {"long_edge": range(30_001), "quality": range(1, 101), "max_kb": range(1_000_001),
           "longest_name": range(SHORTEST, LONGEST + 1)}  # fmt: skip


def _defaults(held: type, *without: str) -> dict[str, Any]:
    every: tuple[Field[Any], ...] = fields(held)
    return {each.name: each.default for each in every if each.name not in without and each.default is not MISSING}


_OF_RENDITION = _defaults(Rendition)
_OF_RECIPE = _defaults(Recipe, "renditions", "file")
_ONE_RENDITION = {key: value for key, value in _OF_RENDITION.items() if key != "folder"}


def ready_recipes() -> tuple[Recipe, ...]:
    """The default first; the desk's own take the place of shipped ones of the same name. One that is broken is left
    out, and `broken_recipes` names it."""
    return tuple(each for each in _every() if isinstance(each, Recipe))


def broken_recipes() -> tuple[str, ...]:
    """A sentence for each."""
    return tuple(each.sentence for each in _every() if isinstance(each, UsageError))


def recipe_files() -> dict[str, Path]:
    """By name, in the order in which they are offered."""
    files = {file.stem: file for folder in (_folder(), paths.recipes_folder()) for file in folder.glob("*.toml")}
    return {name: files[name] for name in sorted(files, key=lambda name: (name != DEFAULT, name))}


def load_recipe(name_or_path: str) -> Recipe:
    """A ready one by its name, or a file; raises UsageError naming what is wrong."""
    if Path(name_or_path).suffix == ".toml":
        return replace(_load(Path(name_or_path)), file=Path(name_or_path).absolute())
    ready = recipe_files()
    if name_or_path in ready:
        return _load(ready[name_or_path])
    raise UsageError(_("There is no recipe “{name}”; take one of {names}, or a .toml file.").format(
        name=name_or_path, names=", ".join(ready)))  # fmt: skip


def _every() -> Iterator[Recipe | UsageError]:
    for file in recipe_files().values():
        try:
            yield _load(file)
        except UsageError as error:
            yield error


def _folder() -> Path:
    return paths.resources() / "recipes"


def _load(file: Path) -> Recipe:
    """What stands above the first [[renditions]] about pictures holds for each of them."""
    held = _read(file)
    tables = held.pop("renditions", [{}])
    _check_all(file, held, _OF_RECIPE | _ONE_RENDITION)
    common = {key: held.pop(key) for key in _ONE_RENDITION if key in held}
    renditions = tuple(_rendition(file, common, table) for table in _tables(file, tables))
    recipe = Recipe(file.stem, renditions=renditions, **{key: _frozen(value) for key, value in held.items()})
    _check_names(file, recipe)
    return recipe


def _rendition(file: Path, common: Mapping[str, Any], table: Mapping[str, Any]) -> Rendition:
    """Whoever names a size wants a new picture."""
    _check_all(file, table, _OF_RENDITION)
    held: dict[str, Any] = {**common, **table}
    folder = held.get("folder", "")
    if not _is_folder(folder):
        raise _wrong(file, _("“{key}” can't be {value}").format(key="folder", value=repr(folder)))
    if held.get("long_edge") or held.get("max_kb"):
        held.setdefault("format", "jpeg")
    return Rendition(**held)


def _is_folder(name: str) -> bool:
    """On every system, beside the manifests."""
    is_taken = is_reserved(name) or name.casefold() in manifests.FILES.values()
    return name == safe(name).lstrip(START).rstrip(" .") and len(name) <= _LONGEST_FOLDER and not is_taken


def _tables(file: Path, tables: object) -> list[Mapping[str, Any]]:
    if isinstance(tables, list) and tables and all(isinstance(each, dict) for each in tables):
        return tables
    raise _wrong(file, _("“{key}” can't be {value}").format(key="renditions", value=repr(tables)))


def _check_names(file: Path, recipe: Recipe) -> None:
    folders = [each.folder.casefold() for each in recipe.renditions]
    if len(set(folders)) < len(folders):
        raise _wrong(file, _("each of its renditions needs a folder of its own"))
    try:
        pattern.check(recipe.names, recipe.longest_name)
    except UsageError as error:
        raise _wrong(file, str(error)) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))  # some editors put a mark first
    except FileNotFoundError as error:
        raise UsageError(_("There is no recipe {path}; check its name.").format(path=file), file) from error
    except OSError as error:
        raise _wrong(file, reason(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(file, _("it is not valid TOML: {reason}").format(reason=error)) from error


def _check_all(file: Path, held: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    for key, value in held.items():
        if key not in known:
            raise _wrong(file, _("it has no setting “{key}”; there are {keys}").format(key=key, keys=", ".join(known)))
        if not _fits(key, value, known[key]):
            raise _wrong(file, _("“{key}” can't be {value}").format(key=key, value=repr(value)) + _choices(key))


def _fits(key: str, value: object, like: object) -> bool:
    """A bool is an int to isinstance, but no number of pixels."""
    if isinstance(like, tuple):
        return isinstance(value, list) and all(each in _CHOICES[key] for each in value)
    return type(value) is type(like) and value in _RANGES.get(key, _CHOICES.get(key, (value,)))


def _choices(key: str) -> str:
    if key not in _CHOICES:
        return ""
    return _("; it can be {choices}").format(choices=", ".join(each or '""' for each in _CHOICES[key]))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _wrong(file: Path, what: str) -> UsageError:
    return UsageError(_("The recipe {path} can't be used: {what}.").format(path=file, what=what.rstrip(".")), file)
