"""Tables of values by file name, as `captioner set --from` takes them: CSV, or JSON as `show` and exports write it."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from captioner.core.fields import FIELDS, SEPARATOR, Kind, Value, parse, parse_many
from captioner.core.formulas import armed, disarmed
from captioner.errors import CaptionerError, UsageError, reason
from captioner.i18n import _

_NAMES = ("file", "path")


def read_table(file: Path) -> dict[str, dict[str, Value]]:
    """Values by file name. An empty cell of a CSV leaves a field as it is; JSON clears it with "" or null."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(_("There is no table {path}; check its name.").format(path=file), file) from error
    except UnicodeDecodeError as error:
        raise CaptionerError(
            _("The table {path} is not UTF-8 text; save it as UTF-8.").format(path=file), file
        ) from error
    except OSError as error:
        raise CaptionerError(_("The table {path} can't be read ({reason}).").format(
            path=file, reason=reason(error)), file) from error  # fmt: skip
    rows = _from_json(file, text) if file.suffix.lower() == ".json" else _from_csv(file, text)
    return {name: _values(file, name, row) for name, row in rows}


def cell(value: Value) -> str:
    """A value as a CSV table holds it; a text with a `;` of its own stands in quotes within its list."""
    texts = (value,) if isinstance(value, str) else map(_quoted, value)
    return disarmed(SEPARATOR.join(texts))


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if ";" in text or text.startswith('"') else text


def _values(file: Path, name: str, row: Mapping[str, object]) -> dict[str, Value]:
    try:
        return {key: _value(key, value) for key, value in row.items() if key in FIELDS}
    except CaptionerError as error:
        raise CaptionerError(_("In the table {path}, {name}: {reason}").format(
            path=file, name=name, reason=error), file) from error  # fmt: skip


def _value(key: str, value: object) -> Value:
    texts: list[object] = list(cast("list[object]", value)) if isinstance(value, list) else [value or ""]
    if not all(isinstance(text, str) for text in texts):
        raise CaptionerError(_("{field} is no text.").format(field=_(FIELDS[key].label)))
    return parse_many(key, [str(text) for text in texts]) if isinstance(value, list) else parse(key, str(texts[0]))


def _told(key: str, text: str) -> object:
    is_quoted = FIELDS[key].kind is Kind.LIST and '"' in text
    return next(csv.reader([text.replace("\n", ";")], delimiter=";", skipinitialspace=True)) if is_quoted else text


def _from_csv(file: Path, text: str) -> Iterator[tuple[str, dict[str, object]]]:
    text = text.partition("\n")[2] if text.startswith("sep=") else text  # a spreadsheet's own line
    head, _line, body = text.partition("\n")
    delimiter = max(",;\t", key=head.count)
    columns = [each.strip().casefold() for each in next(csv.reader([head.rstrip("\r")], delimiter=delimiter), [])]
    name = next((each for each in _NAMES if each in columns), None)
    if not name or not set(columns) & set(FIELDS):
        raise CaptionerError(
            _("The table {path} needs a column “file” and one for a field such as “caption”.").format(path=file), file
        )
    try:
        for row in csv.DictReader(io.StringIO(body, newline=""), columns, delimiter=delimiter):
            cells = {key: _told(key, armed(text)) for key, text in row.items() if key in FIELDS and text}
            if row[name]:
                yield Path(armed(row[name])).name, cells
    except csv.Error as error:
        raise CaptionerError(_("The table {path} is no valid CSV: {reason}.").format(
            path=file, reason=error), file) from error  # fmt: skip


def _from_json(file: Path, text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """A list of objects with a file key, an export's manifest, or an object of objects by file name."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CaptionerError(_("The table {path} is not valid JSON: {reason}.").format(
            path=file, reason=error), file) from error  # fmt: skip
    for row in _rows(held):
        name = next((row[key] for key in _NAMES if key in row), None) if isinstance(row, dict) else None
        if not isinstance(name, str):
            raise CaptionerError(_("In the table {path} a row has no “file”.").format(path=file), file)
        yield Path(name).name, row["fields"] if isinstance(row.get("fields"), dict) else row


def _rows(held: Any) -> list[Any]:
    if isinstance(held, dict) and isinstance(held.get("photos"), list):
        return held["photos"]
    if isinstance(held, dict):
        return [{"file": name, **row} if isinstance(row, dict) else row for name, row in held.items()]
    return held if isinstance(held, list) else [held]
