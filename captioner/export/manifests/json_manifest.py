"""`manifest.json`: what was exported, for programs; resources/schemas/manifest.schema.json describes it."""

from pathlib import Path

from captioner import __version__
from captioner.export.documents import at, left_out_json, photo_json
from captioner.export.manifests.json_text import encoded
from captioner.export.receipt import Receipt

VERSION = 1


def made(receipt: Receipt, _folder: Path) -> bytes:
    """Files are named, never their folders: whoever receives the set has no business with the sender's disk."""
    document = {
        "version": VERSION,
        "headline": receipt.headline,
        "generator": f"Captioner {__version__}",
        "exported": at(receipt.when),
        "recipe": receipt.recipe,
        "photos": [photo_json(photo, photo.source.name) for photo in receipt.photos],
        "refused": left_out_json(receipt.refused),
    }
    return encoded(document)
