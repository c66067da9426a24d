"""The desk's code files: read in order, the later one wins; written beside the settings."""

from collections.abc import Sequence
from pathlib import Path

from captioner.core import codes
from captioner.core.codes import Parsed, Table
from captioner.errors import reason
from captioner.i18n import _


def load(files: Sequence[Path]) -> Parsed:
    """All of them as one table; what is wrong in a file, or with it, as a sentence that names it."""
    tables: list[Table] = []
    troubles: list[str] = []
    for file in files:
        try:
            held = codes.parse(_text(file.read_bytes()))
        except OSError as error:
            told = _("The codes of {name} can't be read ({reason}); the other files are used.")
            troubles.append(told.format(name=file.name, reason=reason(error)))
            continue
        tables.append(held.table)
        troubles += [f"{file.name}: {trouble}" for trouble in held.troubles]
    return Parsed(codes.merged(tables), tuple(troubles))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # a window shows faster without

        best = from_bytes(data).best()
        return str(best) if best else data.decode("cp1252", "replace")


def write(file: Path, table: Table) -> None:
    """In place of what is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(codes.as_text(table), encoding="utf-8")
    fresh.replace(file)
