"""Frozen Settings ↔ a TOML file that a person may edit."""

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from captioner.core.policy import AS_WRITTEN, CHOICES, Policy
from captioner.errors import UsageError, reason
from captioner.i18n import _
from captioner.storage import files
from captioner.storage.file_bytes import Octets


@dataclass(frozen=True)
class Settings:
    language: str = ""
    """Of messages and the window; empty takes the desktop's."""
    appearance: str = "auto"
    """auto follows the desktop; light or dark."""
    code_delimiter: str = "="
    """What stands around a code that is to be replaced; one character."""
    checks: Mapping[str, str] = field(default_factory=dict[str, str])
    """How severe a check is, or that it is off, where that is not as it comes."""
    credit_style: str = AS_WRITTEN
    """Of the published credit: a house style's name, or as it is written."""
    policy: Policy = field(default_factory=Policy)
    """What is read and written where; its keys stand in the file beside the others."""


_CHOICES = {"appearance": ("auto", "light", "dark"), **CHOICES}
_POLICY = tuple(each.name for each in fields(Policy))
_TABLES = ("checks", "policy")
_KEYS = tuple(each.name for each in fields(Settings) if each.name not in _TABLES) + _POLICY


CHECKS_FILE = "checks.toml"
"""Beside the settings: what the Checks page keeps, which takes the place of their [checks]."""


def load(file: Path) -> Settings:
    """The file's settings, or the defaults where there is none; raises UsageError naming what is wrong in it."""
    held, kept = _table(file), file.with_name(CHECKS_FILE)
    checks = _severities(file, held.pop("checks", {}))
    known = {key: _checked(file, key, value) for key, value in held.items()}
    policy = Policy(**{key: value for key, value in known.items() if key in _POLICY})
    return Settings(**{key: value for key, value in known.items() if key not in _POLICY},
                    checks=_severities(kept, _table(kept)) if kept.exists() else checks, policy=policy)  # fmt: skip


def keep_checks(file: Path, checks: Mapping[str, str]) -> None:
    """Beside the settings, whose own text is a person's; raises CaptionerError, and what was there stays."""
    import tomli_w

    kept, data = file.with_name(CHECKS_FILE), Octets(tomli_w.dumps(dict(checks)).encode())
    kept.parent.mkdir(parents=True, exist_ok=True)
    (files.replace if kept.exists() else files.create)(kept, data)


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(_("The settings {path} can't be read ({reason}).").format(
            path=file, reason=reason(error)), file) from error  # fmt: skip
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_("The settings {path} are not valid TOML: {reason}.").format(
            path=file, reason=error), file) from error  # fmt: skip


def _severities(file: Path, table: object) -> dict[str, str]:
    if not isinstance(table, dict):
        raise UsageError(_("In the settings {path}, “checks” is no table; write [checks], and below it a check a line."
                           ).format(path=file), file)  # fmt: skip
    if not table:
        return {}
    # A window shows sooner without the checks and the credit styles, which few settings speak of.
    from captioner.core import checks as every_check

    severities = (every_check.OFF, *map(str, every_check.Severity))
    for check, severity in table.items():
        if check not in every_check.CHECKS:
            raise UsageError(_("The settings {path} name a check “{check}”; there are {checks}.").format(
                path=file, check=check, checks=", ".join(every_check.CHECKS)), file)  # fmt: skip
        if severity not in severities:
            raise UsageError(_("In the settings {path}, the check “{check}” can't be {severity}; it can be {choices}."
                               ).format(path=file, check=check, severity=repr(severity),
                                        choices=", ".join(severities)), file)  # fmt: skip
    return dict(table)


def _checked(file: Path, key: str, value: object) -> str:
    if key not in _KEYS:
        raise UsageError(_("The settings {path} have no “{key}”; there are {keys}.").format(
            path=file, key=key, keys=", ".join(sorted(_KEYS))), file)  # fmt: skip
    if not isinstance(value, str) or not _is_choice(key, value):
        choices = ", ".join(_choices(key)) or _("a name that Python knows")
        raise UsageError(_("In the settings {path}, “{key}” can't be {value}; it can be {choices}.").format(
            path=file, key=key, value=repr(value), choices=choices), file)  # fmt: skip
    return value


def _is_choice(key: str, value: str) -> bool:
    if key == "iim_charset":
        try:
            codecs.lookup(value)
        except LookupError:
            return False
    if key == "code_delimiter":
        return len(value) == 1 and not value.isalnum() and not value.isspace()
    return value in (_choices(key) or (value,))


def _choices(key: str) -> tuple[str, ...]:
    """Empty for what may be anything."""
    if key == "credit_style":
        from captioner.core.credit import STYLES

        return AS_WRITTEN, *STYLES
    return _CHOICES.get(key, ())
