"""A recipe is a named way to export, in a TOML file that a desk can share."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from captioner import paths
from captioner.errors import UsageError, reason
from captioner.export import pattern
from captioner.i18n import N_, _

DEFAULT = "cms"


@dataclass(frozen=True)
class Recipe:
    name: str
    label: str = ""
    names: str = pattern.EXAMPLE
    """The pattern of file names; see `pattern`."""
    long_edge: int = 0
    """Pixels of a new JPEG's longer side; 0 takes the original's bytes."""
    quality: int = 85


_LABELS = (N_("Originals, numbered"), N_("Web pictures, 2,048 pixels"))
"""What the ready recipes call themselves, for the catalogues."""

_TYPES: dict[str, type] = {each.name: type(each.default) for each in fields(Recipe) if each.name != "name"}
_RANGES = {"long_edge": range(30_001), "quality": range(1, 101)}


def ready_recipes() -> tuple[Recipe, ...]:
    """The shipped ones, the default first."""
    files = sorted(_folder().glob("*.toml"), key=lambda file: (file.stem != DEFAULT, file.stem))
    return tuple(_load(file) for file in files)


def load_recipe(name_or_path: str) -> Recipe:
    """A ready one by its name, or a file; raises UsageError naming what is wrong."""
    if Path(name_or_path).suffix == ".toml":
        return _load(Path(name_or_path))
    for recipe in ready_recipes():
        if recipe.name == name_or_path:
            return recipe
    raise UsageError(_("There is no recipe “{name}”; take one of {names}, or a .toml file.").format(
        name=name_or_path, names=", ".join(recipe.name for recipe in ready_recipes())))  # fmt: skip


def _folder() -> Path:
    return paths.resources() / "recipes"


def _load(file: Path) -> Recipe:
    held = _read(file)
    for key, value in held.items():
        _check(file, key, value)
    recipe = Recipe(file.stem, **held)  # pyright: ignore[reportArgumentType]
    try:
        pattern.check(recipe.names)
    except UsageError as error:
        raise _wrong(file, str(error)) from error
    return recipe


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(_("There is no recipe {path}; check its name.").format(path=file), file) from error
    except OSError as error:
        raise _wrong(file, reason(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(file, _("it is not valid TOML: {reason}").format(reason=error)) from error


def _check(file: Path, key: str, value: object) -> None:
    if key not in _TYPES:
        raise _wrong(file, _("it has no setting “{key}”; there are {keys}").format(key=key, keys=", ".join(_TYPES)))
    # A bool is an int to isinstance, but no number of pixels.
    if type(value) is not _TYPES[key] or (key in _RANGES and value not in _RANGES[key]):
        raise _wrong(file, _("“{key}” can't be {value}").format(key=key, value=repr(value)))


def _wrong(file: Path, what: str) -> UsageError:
    return UsageError(_("The recipe {path} can't be used: {what}.").format(path=file, what=what.rstrip(".")), file)
