"""The desk's templates: one TOML file each, in a folder that a desk can share. A table is a field:

[credit]
value = "{creator}/AP"
mode = "fill"
on = true
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import tomli_w

from captioner.core.fields import FIELDS, field, refuse_control_characters
from captioner.core.modes import Mode
from captioner.core.templates import Row, Template
from captioner.errors import CaptionerError, UsageError, reason
from captioner.i18n import _
from captioner.storage import files
from captioner.storage.file_bytes import Octets

SUFFIX = ".toml"
_MOST_OCTETS = 1_000_000
_LONGEST_NAME = 200
"""Octets; file systems allow 255, and a file is written under a longer name first."""
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]')
_TAKEN_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_TYPES = {"value": str, "mode": str, "on": bool}


def list_templates(folder: Path) -> tuple[list[Template], list[CaptionerError]]:
    """By name, and what is wrong with the files that can't be used; a folder that isn't there has none."""
    found: list[Template] = []
    wrong: list[CaptionerError] = []
    try:
        every = sorted(_files(folder), key=lambda file: _same(file.stem))
    except OSError as error:
        return [], [_unreadable(folder, error)]
    for file in every:
        try:
            found.append(load(file))
        except CaptionerError as error:
            wrong.append(error)
    return found, wrong


def load(file: Path) -> Template:
    """Raises UsageError that names the file and what is wrong with it."""
    try:
        rows = tuple(_row(key, held) for key, held in _read(file).items())
    except CaptionerError as error:
        raise UsageError(_("The template {path} can't be used: {what}.").format(
            path=file, what=str(error).rstrip(".")), file) from error  # fmt: skip
    order = list(FIELDS)
    return Template(unicodedata.normalize("NFC", file.stem), tuple(sorted(rows, key=lambda row: order.index(row.key))))


def save(folder: Path, template: Template) -> None:
    """Writes, or writes over, the template of that name; raises CaptionerError."""
    file = _file(folder, template.name) or folder / f"{checked_name(template.name)}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unreadable(folder, error) from error
    export(template, file)


def export(template: Template, file: Path) -> None:
    """Writes the template anywhere; raises CaptionerError, and what was there is as it was."""
    data = Octets(_written(template))
    if file.exists():
        files.replace(file, data)
    else:
        files.create(file, data)


def delete(folder: Path, name: str) -> None:
    """What is gone already is no error."""
    if file := _file(folder, name):
        files.remove(file)


def rename(folder: Path, old: str, new: str) -> Template:
    """Raises CaptionerError for a name that another template has, or no file can have."""
    file, name = _file(folder, old), checked_name(new)
    if not file:
        raise UsageError(_("The template “{name}” is gone; make it again.").format(name=old), folder)
    if _same(old) != _same(name) and _file(folder, name):
        raise UsageError(_("There is a template “{name}” already; choose another name.").format(name=name))
    try:
        return load(file.rename(file.with_name(f"{name}{SUFFIX}")))
    except OSError as error:
        raise _unreadable(file, error) from error


def import_file(folder: Path, file: Path) -> Template:
    """Copies a template from elsewhere, under a name of its own; raises CaptionerError for what is none."""
    held = load(file)
    template = Template(free_name(folder, held.name), held.rows)
    save(folder, template)
    return template


def free_name(folder: Path, name: str) -> str:
    """The name, with a number where there is one of that name."""
    taken = {_same(file.stem) for file in _files(folder)}
    names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if _same(each) not in taken)


def checked_name(name: str) -> str:
    """The name without blanks around it; raises UsageError where no file can have it on every system."""
    name = unicodedata.normalize("NFC", name.strip())
    if not name:
        raise UsageError(_("A template needs a name; type one."))
    is_safe = not _UNSAFE.search(name) and not _TAKEN_BY_WINDOWS.fullmatch(name) and name[0] != "." and name[-1] != "."
    if not is_safe or len(name.encode()) > _LONGEST_NAME:
        raise UsageError(
            _("“{name}” can't be the name of a file; choose a shorter one, or one without / \\ : * ? \" < > |").format(
                name=name if len(name) < 40 else f"{name[:39]}…"))  # fmt: skip
    return name


def _files(folder: Path) -> Iterator[Path]:
    """Those that begin with a dot are the system's, or not written to their end."""
    every = folder.iterdir() if folder.is_dir() else ()
    return (file for file in every if file.suffix.lower() == SUFFIX and not file.name.startswith("."))


def _file(folder: Path, name: str) -> Path | None:
    try:
        return next((file for file in _files(folder) if _same(file.stem) == _same(name)), None)
    except OSError as error:
        raise _unreadable(folder, error) from error


def _same(name: str) -> str:
    """Names that some system takes for one file."""
    return unicodedata.normalize("NFC", name).casefold()


def _read(file: Path) -> dict[str, Any]:
    try:
        if not file.is_file():
            raise CaptionerError(_("it is no file"))
        if file.stat().st_size > _MOST_OCTETS:
            raise CaptionerError(_("it is too large for a template"))
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CaptionerError(reason(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CaptionerError(_("it is not valid TOML: {reason}").format(reason=error)) from error


def _row(key: str, held: object) -> Row:
    row = field(key)
    if not isinstance(held, dict):
        raise CaptionerError(_("“{key}” can't be {value}").format(key=key, value=repr(held)))
    settings = cast("dict[str, Any]", held)
    for name, value in settings.items():
        is_mode = name != "mode" or value in list(Mode)
        if name not in _TYPES or type(value) is not _TYPES[name] or not is_mode:
            raise CaptionerError(_("“{key}” can't be {value}").format(key=f"{key}.{name}", value=repr(value)))
    text = str(settings.get("value", "")).replace("\r\n", "\n").replace("\r", "\n")
    refuse_control_characters(row, text)
    return Row(key, text, Mode(settings.get("mode", Mode.REPLACE)), settings.get("on", True))


def _written(template: Template) -> bytes:
    for row in template.rows:
        refuse_control_characters(field(row.key), row.text)
    tables = {row.key: {"value": row.text, "mode": row.mode.value, "on": row.is_on} for row in template.rows}
    return tomli_w.dumps(tables, multiline_strings=True).encode()


def _unreadable(path: Path, error: OSError) -> CaptionerError:
    return CaptionerError(
        _("The templates in {path} can't be reached ({reason}); check the folder.").format(
            path=path, reason=reason(error)), path)  # fmt: skip
