"""`captions.csv`: a row for each photo, for people with a spreadsheet."""

import codecs
import csv
import io
from pathlib import Path

from captioner.core.fields import FIELDS
from captioner.export.receipt import Receipt
from captioner.storage.tables import cell

_ALWAYS = ("headline", "caption", "credit")


def made(receipt: Receipt, _folder: Path) -> bytes:
    """A column for each field that any photo holds."""
    keys = [key for key in FIELDS if key in _ALWAYS or any(photo.values[key] for photo in receipt.photos)]
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(["file", *keys])
    for photo in receipt.photos:
        rows.writerow([cell(photo.first.file), *(cell(photo.values[key]) for key in keys)])
    mark = codecs.BOM_UTF8 if receipt.csv_bom else b""
    return mark + table.getvalue().encode("utf-8", "backslashreplace")
