"""Where resources, catalogues, settings and drafts live."""

import os
from functools import cache
from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).parent


@cache
def _shipped(name: str) -> Path:
    """The wheel carries the folder inside the package; a checkout has it beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def resources() -> Path:
    return _shipped("resources")


def translations() -> Path:
    return _shipped("translations")


def settings_file() -> Path:
    return _home("CAPTIONER_CONFIG", "config") / "settings.toml"


def agencies_file() -> Path:
    """What the desk adds to the agencies that are shipped."""
    return settings_file().with_name("agencies.toml")


def glossary_file() -> Path:
    """Words and names that the desk spells so."""
    return settings_file().with_name("glossary.txt")


def recipes_folder() -> Path:
    """The desk's own ways to export."""
    return settings_file().with_name("recipes")


def data_folder() -> Path:
    """Drafts and saved orders."""
    return _home("CAPTIONER_DATA", "data")


def drafts_file() -> Path:
    return data_folder() / "drafts.sqlite"


def exports_file() -> Path:
    """What was sent where."""
    return data_folder() / "exports.sqlite"


def exports_folder() -> Path:
    """What is noted of an export until it is done."""
    return data_folder() / "exports"


def thumbnails_file() -> Path:
    """What can be made anew at any time; beside the drafts where somebody chose their place."""
    return _home("CAPTIONER_DATA", "cache") / "thumbnails.sqlite"


def _home(variable: str, kind: Literal["config", "data", "cache"]) -> Path:
    if named := os.environ.get(variable):
        return Path(named)
    import platformdirs  # a process that only reads photos begins sooner without

    of_kind = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "cache": platformdirs.user_cache_path,
    }
    return of_kind[kind]("captioner", False)
