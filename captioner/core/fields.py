"""FIELDS: one row is one field, everywhere: its label, its limit and its tags in each block.

The rows follow the IPTC Photo Metadata Standard; octets are those of IIM 4.2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from captioner.core import dates
from captioner.errors import CaptionerError, UsageError
from captioner.i18n import N_, _

Value = str | tuple[str, ...]
"""A repeatable field holds a tuple of texts, every other field one text; empty is "no value"."""


class Kind(StrEnum):
    LINE = "line"
    TEXT = "text"
    LIST = "list"
    DATE = "date"


class Group(StrEnum):
    MAIN = "main"
    PLACE = "place"
    MORE = "more"


@dataclass(frozen=True)
class Field:
    key: str
    label: str
    kind: Kind
    group: Group
    xmp: tuple[str, str]
    """Property (`prefix:name`) and its form: text, alt, seq or bag."""
    iim: tuple[int, ...] = ()
    """Dataset numbers in record 2; the date has two."""
    octets: int = 0
    """What IIM allows for each value; 0 where IIM has no place for the field."""
    exif: str = ""
    stale: tuple[str, ...] = ()
    """Tags in which other programs keep a copy of this field, `text:` those of the format's own remarks; never left
    with an old value."""

    @property
    def empty(self) -> Value:
        return () if self.kind is Kind.LIST else ""

    @property
    def keeps_lines(self) -> bool:
        return self.kind is Kind.TEXT


_LINE, _TEXT, _LIST, _DATE = Kind.LINE, Kind.TEXT, Kind.LIST, Kind.DATE
_MAIN, _PLACE, _MORE = Group.MAIN, Group.PLACE, Group.MORE

_CAPTION_COPIES = (
    "XPTitle", "XPSubject", "XPComment", "UserComment", "tiff:ImageDescription", "exif:UserComment",
    "text:Comment", "text:Description", "text:Title",
)  # fmt: skip

_NAME_COPIES = ("XPAuthor", "tiff:Artist", "text:Author")

_ROWS = (
    Field("headline", N_("Headline"), _LINE, _MAIN, ("photoshop:Headline", "text"), (105,), 256),
    Field("caption", N_("Caption"), _TEXT, _MAIN, ("dc:description", "alt"), (120,), 2000,
          "ImageDescription", _CAPTION_COPIES),
    Field("credit", N_("Credit"), _LINE, _MAIN, ("photoshop:Credit", "text"), (110,), 32,
          "Artist", _NAME_COPIES),
    Field("creator", N_("Creator"), _LIST, _MAIN, ("dc:creator", "seq"), (80,), 32,
          "Artist", _NAME_COPIES),
    Field("source", N_("Source"), _LINE, _MAIN, ("photoshop:Source", "text"), (115,), 32),
    Field("date_created", N_("Date created"), _DATE, _PLACE, ("photoshop:DateCreated", "text"), (55, 60), 19,
          "DateTimeOriginal", ("exif:DateTimeOriginal",)),
    Field("sublocation", N_("Sublocation"), _LINE, _PLACE, ("Iptc4xmpCore:Location", "text"), (92,), 32),
    Field("city", N_("City"), _LINE, _PLACE, ("photoshop:City", "text"), (90,), 32),
    Field("state", N_("Province or state"), _LINE, _PLACE, ("photoshop:State", "text"), (95,), 32),
    Field("country", N_("Country"), _LINE, _PLACE, ("photoshop:Country", "text"), (101,), 64),
    Field("country_code", N_("Country code"), _LINE, _PLACE, ("Iptc4xmpCore:CountryCode", "text"), (100,), 3),
    Field("title", N_("Title"), _LINE, _MORE, ("dc:title", "alt"), (5,), 64, "", ("XPTitle", "text:Title")),
    Field("keywords", N_("Keywords"), _LIST, _MORE, ("dc:subject", "bag"), (25,), 64, "", ("XPKeywords",)),
    Field("persons_shown", N_("Persons shown"), _LIST, _MORE, ("Iptc4xmpExt:PersonInImage", "bag")),
    Field("event", N_("Event"), _LINE, _MORE, ("Iptc4xmpExt:Event", "alt")),
    Field("alt_text", N_("Alt text"), _TEXT, _MORE, ("Iptc4xmpCore:AltTextAccessibility", "alt")),
    Field("extended_description", N_("Extended description"), _TEXT, _MORE,
          ("Iptc4xmpCore:ExtDescrAccessibility", "alt")),
    Field("copyright", N_("Copyright notice"), _LINE, _MORE, ("dc:rights", "alt"), (116,), 128,
          "Copyright", ("tiff:Copyright", "text:Copyright")),
    Field("usage_terms", N_("Rights usage terms"), _TEXT, _MORE, ("xmpRights:UsageTerms", "alt")),
    Field("instructions", N_("Instructions"), _TEXT, _MORE, ("photoshop:Instructions", "text"), (40,), 256),
    Field("job_id", N_("Job ID"), _LINE, _MORE, ("photoshop:TransmissionReference", "text"), (103,), 32),
    Field("creator_job_title", N_("Creator's job title"), _LINE, _MORE,
          ("photoshop:AuthorsPosition", "text"), (85,), 32),
    Field("description_writer", N_("Description writer"), _LINE, _MORE,
          ("photoshop:CaptionWriter", "text"), (122,), 32),
    Field("digital_source_type", N_("Digital source type"), _LINE, _MORE,
          ("Iptc4xmpExt:DigitalSourceType", "text")),
    Field("data_mining", N_("Data mining"), _LINE, _MORE, ("plus:DataMining", "text")),
)  # fmt: skip

FIELDS = {field.key: field for field in _ROWS}

SEPARATOR = "; "
_REFUSED = {code: None for code in range(32) if chr(code) not in "\t\n"} | {
    0x7F: None,
    0xFFFE: None,
    0xFFFF: None,
}


def field(key: str) -> Field:
    """Raises UsageError with the keys there are."""
    if key not in FIELDS:
        raise UsageError(_("There is no field “{key}”; the fields are {keys}.").format(
            key=key, keys=", ".join(FIELDS)))  # fmt: skip
    return FIELDS[key]


def parse(key: str, text: str) -> Value:
    """What a person typed, or a table holds, as the field's value; raises CaptionerError where it can't be one."""
    row = field(key)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_control_characters(row, text)
    if row.kind is Kind.LIST:
        return tuple(part for part in (_one_line(part) for part in text.replace("\n", ";").split(";")) if part)
    if row.kind is Kind.DATE:
        return _date(row, text.strip())
    return (text if text.strip() else "") if row.keeps_lines else _one_line(text)


def parse_many(key: str, texts: list[str]) -> Value:
    """The value of a field that comes as a list, so that a text with a `;` in it stays one."""
    row = field(key)
    if row.kind is not Kind.LIST:
        return parse(key, SEPARATOR.join(texts))
    unix = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    for text in unix:
        refuse_control_characters(row, text)
    return tuple(one for one in map(_one_line, unix) if one)


def shown(value: Value) -> str:
    """A value as one text, as tables and the command line hold it."""
    return value if isinstance(value, str) else SEPARATOR.join(value)


def octets(value: Value) -> int:
    """UTF-8 octets of the longest of the texts: what IIM's limit counts."""
    texts = (value,) if isinstance(value, str) else value
    return max((len(text.encode()) for text in texts), default=0)


def over_limit(values: Mapping[str, Value]) -> Iterator[str]:
    """The fields whose value takes more octets than IIM allows; a date is written in its own way there."""
    for key in values:
        row = FIELDS[key]
        if row.octets and row.kind is not Kind.DATE and octets(values[key]) > row.octets:
            yield key


def refuse_control_characters(row: Field, text: str) -> None:
    """XML 1.0 (2.2) has no place for them, and neither has a caption."""
    for character in text:
        if ord(character) in _REFUSED or 0xD800 <= ord(character) <= 0xDFFF:
            raise CaptionerError(
                _("{field} holds the control character U+{code:04X}; remove it.").format(
                    field=_(row.label), code=ord(character)
                )
            )


def _one_line(text: str) -> str:
    return " ".join(text.replace("\t", " ").split("\n")).strip()


def _date(row: Field, text: str) -> str:
    if text and not dates.parse(text):
        raise CaptionerError(
            _("{field} is “{text}”, which is not a date such as 2023-09-13 or 2023-09-13T14:05:00+07:00.").format(
                field=_(row.label), text=text
            )
        )
    return str(dates.parse(text) or "")
