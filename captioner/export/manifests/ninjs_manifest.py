"""`ninjs.json`: IPTC ninjs 3.1, a composite item whose associations are the pictures in their order."""

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from uuid import NAMESPACE_OID, uuid5

from captioner.core.caption import Values
from captioner.export.documents import at
from captioner.export.exported import Exported, ExportedFile
from captioner.export.manifests.json_text import encoded
from captioner.export.manifests.language import language_of, language_of_set
from captioner.export.manifests.pictures import media_type, upright_size, url
from captioner.export.receipt import Receipt
from captioner.storage.photos import stored_picture

_STANDARD = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"}
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""RFC 3339, as ninjs wants it; what is known less exactly has no place there."""
_URI = re.compile(r"https?://[A-Za-z0-9._~:/?@!$&'()*+,;=-]+(#[A-Za-z0-9._~-]*)?")
_TEXTS = {"title": "title", "city": "located", "copyright": "copyrightNotice", "usage_terms": "usageTerms",
          "instructions": "edNote"}  # fmt: skip
_DESCRIPTIONS = {"caption": "caption", "credit": "creditline", "alt_text": "altText",
                 "extended_description": "extendedDescription"}  # fmt: skip
_PARTIES = {"creator": "creator", "credit": "credit", "source": "source", "description_writer": "descriptionWriter"}
_PLACES = {"sublocation": "sublocation", "city": "city", "state": "state", "country": "country",
           "country_code": "countryCode"}  # fmt: skip

Item = dict[str, object]


def made(receipt: Receipt, folder: Path) -> bytes:
    """A picture keeps its uri when its caption is corrected, and a set when it is put in another order."""
    language, when = language_of_set(receipt), at(receipt.when)
    pictures = [_picture(photo, folder, language, when) for photo in receipt.photos]
    return encoded(_filled({
        "uri": _uri("\n".join(sorted(str(picture["uri"]) for picture in pictures))),
        "type": "composite",
        "profile": "photo-set",
        "representationType": "full",
        "versionCreated": when,
        "language": language,
        "headlines": [{"value": receipt.headline}] if receipt.headline else [],
        "standard": _STANDARD,
        "associations": pictures,
    }))  # fmt: skip


def _picture(photo: Exported, folder: Path, language: str, when: str) -> Item:
    date = photo.values.text("date_created")
    return _filled({
        "name": f"picture-{photo.sequence:03}",
        "uri": _uri(stored_picture(folder / photo.first.file)),
        "type": "picture",
        "versionCreated": when,
        "contentCreated": date if _DATE_TIME.fullmatch(date) else "",
        "language": language_of(photo, language),
        "altIds": [{"role": "originalFile", "value": photo.source.name}, *_listed(photo.values, {"job_id": "jobId"})],
        **_about(photo.values),
        "renditions": [_rendition(file, folder) for file in photo.files],
    })  # fmt: skip


def _about(values: Values) -> Item:
    return {
        **{name: values[key] for key, name in _TEXTS.items()},
        "by": ", ".join(values.texts("creator")),
        "headlines": [{"value": text} for text in values.texts("headline")],
        "descriptions": _listed(values, _DESCRIPTIONS),
        "infoSources": _listed(values, _PARTIES, "name"),
        "places": _listed(values, _PLACES, "name", "rel"),
        "subjects": _listed(values, {"keywords": "keyword"}, "name", "rel"),
        "people": _listed(values, {"persons_shown": "shown"}, "name", "rel"),
        "events": [{"name": text} for text in values.texts("event")],
        "digitalSourceType": _term(values.text("digital_source_type"), "uri", "literal"),
        "rightsInfo": _term(values.text("data_mining"), "linkedRights", "encodedRights"),
    }


def _listed(values: Values, roles: Mapping[str, str], holds: str = "value", told_by: str = "role") -> list[Item]:
    return [{told_by: role, holds: text} for key, role in roles.items() for text in values.texts(key)]


def _term(text: str, as_uri: str, as_text: str) -> Item:
    """Of a vocabulary, by its URI."""
    return {as_uri if _URI.fullmatch(text) else as_text: text} if text else {}


def _rendition(file: ExportedFile, folder: Path) -> Item:
    """ninjs wants a URI, which a relative reference alone is not; with its scheme it resolves beside this file."""
    width, height = upright_size(file, folder)
    return {
        "name": str(PurePosixPath(file.file).parent) if "/" in file.file else "main",
        "href": f"file:{url(file.file)}",
        "contentType": media_type(file.file),
        "title": file.file,
        "width": width,
        "height": height,
        "sizeInBytes": file.bytes,
    }


def _uri(identity: str) -> str:
    return uuid5(NAMESPACE_OID, identity).urn


def _filled(item: Item) -> Item:
    return {name: value for name, value in item.items() if value}
