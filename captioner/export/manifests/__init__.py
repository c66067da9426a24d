"""What goes out beside the photos: for programs, for spreadsheets, for readers; a small module each."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from captioner.export.receipt import Receipt

FILES: Mapping[str, str] = {
    "text": "story.txt",
    "html": "story.html",
    "contact_sheet": "contact-sheet.pdf",
    "csv": "captions.csv",
    "ninjs": "ninjs.json",
    "json": "manifest.json",
}
"""By kind, in the order in which they appear: what programs wait for comes last."""
READ = ("correction", "json", "ninjs")
"""The kinds that programs read; a receipt names the first of them that there is."""


def made(kind: str, receipt: "Receipt", folder: Path) -> bytes:
    """`folder` holds the exported files under the names that the receipt gives them."""
    module = import_module(f"captioner.export.manifests.{kind}_manifest")
    return module.made(receipt, folder)
