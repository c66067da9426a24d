"""`story.html`: a page of the gallery for any browser: photos in their order, with captions and credits."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path

from captioner import paths
from captioner.export.exported import Exported, ExportedFile
from captioner.export.manifests.language import language_of, language_of_set
from captioner.export.manifests.pictures import media_type, upright_size, url
from captioner.export.receipt import Receipt
from captioner.i18n import right_to_left

_LARGE_ENOUGH = 1000
"""Pixels, of a photo's long edge."""
_SHOWN = ("image/jpeg", "image/png", "image/webp")
_SIZES = "(max-width: 48rem) calc(100vw - 2rem), 46rem"
_PARAGRAPHS = re.compile(r"\n(?:[^\S\n]*\n)+")


def made(receipt: Receipt, folder: Path) -> bytes:
    """It loads nothing but the exported photos, and runs nothing, whatever the captions say."""
    language = language_of_set(receipt)
    style = (paths.resources() / "pages" / "story.css").read_text("utf-8")
    lines = [
        "<!DOCTYPE html>",
        f"<html{_spoken(language)}>",
        "<head>",
        '<meta charset="utf-8">',
        f"<meta{_attributes({'http-equiv': 'Content-Security-Policy', 'content': _policy(style)})}>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(receipt.headline or receipt.destination.name)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
        *([f"<h1>{escape(receipt.headline)}</h1>"] if receipt.headline else []),
        *(line for photo in receipt.photos for line in _figure(photo, folder, language)),
        "</main>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _policy(style: str) -> str:
    """A page that is opened from a disk has no origin of its own that `'self'` could mean."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; img-src 'self' file:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _figure(photo: Exported, folder: Path, page_language: str) -> Iterator[str]:
    language = language_of(photo, page_language)
    yield f"<figure{_spoken(language) if language != page_language else ''}>"
    yield f"<img{_attributes(_image(photo, folder))}>"
    caption, credit = photo.values.text("caption").strip(), photo.values.text("credit")
    if caption or credit:
        yield "<figcaption>"
        yield from (f"<p>{_lines(text)}</p>" for text in _PARAGRAPHS.split(caption) if text)
        yield from ([f'<p class="credit"><bdi>{escape(credit)}</bdi></p>'] if credit else [])
        yield "</figcaption>"
    yield "</figure>"


def _image(photo: Exported, folder: Path) -> Mapping[str, str]:
    """What the photo shows is told by its alt text alone: the caption says something else, and stands below."""
    shown = [file for file in photo.files if media_type(file.file) in _SHOWN] or list(photo.files)
    sizes = {file: upright_size(file, folder) for file in shown}
    by_size = sorted(shown, key=lambda file: (max(sizes[file]), file.bytes))
    chosen = next((file for file in by_size if max(sizes[file]) >= _LARGE_ENOUGH), by_size[-1])
    width, height = sizes[chosen]
    return {
        "src": url(chosen.file),
        **(_choice({file: sizes[file][0] for file in reversed(by_size)}) if len(shown) > 1 else {}),
        **({"width": str(width), "height": str(height)} if width and height else {}),
        "alt": photo.values.text("alt_text"),
        "loading": "lazy",
    }


def _choice(widths: Mapping[ExportedFile, int]) -> Mapping[str, str]:
    """Of each width its lightest file, which comes last."""
    distinct = {width: file for file, width in widths.items() if width}
    return {"srcset": ", ".join(f"{url(file.file)} {width}w" for width, file in distinct.items()), "sizes": _SIZES}


def _spoken(language: str) -> str:
    """A language that is not known may still be written from right to left."""
    if not language:
        return ' dir="auto"'
    return _attributes({"lang": language, "dir": "rtl" if right_to_left(language) else "ltr"})


def _attributes(named: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in named.items())


def _lines(text: str) -> str:
    return "<br>\n".join(escape(line) for line in text.split("\n"))
