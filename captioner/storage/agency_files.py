"""The desk's own agencies: a TOML file like the one that is shipped, which adds to it, overrides and takes away."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from captioner.core.agencies import KINDS, CreditWords, keys
from captioner.errors import UsageError, reason
from captioner.i18n import _

WORDS = frozenset(each.name for each in fields(CreditWords)) - {"lead", "by", "common"}
"""The lists of small words that a file may add to; the languages' file has the others."""


def read(file: Path) -> dict[str, dict[str, Any]]:
    """By kind, each name's aliases (or False, which takes the name away); raises UsageError naming what is wrong."""
    try:
        held = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(_("The agencies {path} can't be read ({reason}).").format(
            path=file, reason=reason(error)), file) from error  # fmt: skip
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_("The agencies {path} are not valid TOML: {reason}.").format(
            path=file, reason=error), file) from error  # fmt: skip
    for kind, table in held.items():
        _check_table(file, kind, table)
    return held


def names(own: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """The names that the desk speaks of itself."""
    return keys(name for kind in KINDS for name in own.get(kind, ()))


def _check_table(file: Path, kind: str, table: object) -> None:
    if kind not in (*KINDS, "words") or not isinstance(table, dict):
        raise UsageError(_("The agencies {path} have no table “{key}”; there are {keys}.").format(
            path=file, key=kind, keys=", ".join((*KINDS, "words"))), file)  # fmt: skip
    for name, value in table.items():
        is_known = kind != "words" or name in WORDS
        is_list = isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
        is_taken_away = value is False and kind != "words"
        if not is_known or not name.strip() or not (is_list or is_taken_away):
            told = _("In the agencies {path}, “{name}” of {kind} must be a list of texts such as {example}.")
            raise UsageError(told.format(path=file, name=name, kind=kind, example='["Name", "Other name"]'), file)
