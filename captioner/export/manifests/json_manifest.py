"""`manifest.json`: what was exported, for programs; resources/schemas/manifest.schema.json describes it."""

from pathlib import Path

from captioner import __version__
from captioner.export.manifests.json_text import encoded
from captioner.export.receipt import Receipt, exported_at, photo_json

VERSION = 1


def made(receipt: Receipt, _folder: Path) -> bytes:
    """Files are named, never their folders: whoever receives the set has no business with the sender's disk."""
    document = {
        "version": VERSION,
        "headline": receipt.headline,
        "generator": f"Captioner {__version__}",
        "exported": exported_at(receipt),
        "recipe": receipt.recipe,
        "photos": [photo_json(photo, photo.source.name) for photo in receipt.photos],
        "refused": [{"source": path.name, "error": sentence} for path, sentence in receipt.refused],
    }
    return encoded(document)
