"""Blocks → values: which block is believed, and where they disagree."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from captioner.core import creators, dates
from captioner.core.caption import Values
from captioner.core.double_encoding import repaired
from captioner.core.fields import FIELDS, SEPARATOR, Field, Kind, Value
from captioner.core.octets import cut, short_credit
from captioner.core.photo import REPAIRED, Choice, disagreeing
from captioner.core.policy import Policy
from captioner.storage.blocks import BlockDamaged, exif, iim, photoshop, xmp
from captioner.storage.desk_data import load_agencies
from captioner.storage.file_bytes import Source
from captioner.storage.formats import Blocks

EXIF, IIM, XMP, SIDECAR = "exif", "iim", "xmp", "sidecar"
Texts = Mapping[str, tuple[str, ...]]
_BOILERPLATE = re.compile(
    r"OLYMPUS DIGITAL CAMERA|SONY DSC|MINOLTA DIGITAL CAMERA|KONICA MINOLTA.*|SAMSUNG|DCIM\\.*|Exif_JPEG_\w+|default"
    r"|DIGITAL CAMERA|<?\s*KENOX.*|Digital StillCamera|Image title|User comments|hdr|dav|dnq|sdr_.*|cof|oznor\w*",
    re.IGNORECASE,
)
_BY_PROPERTY = {row.xmp[0]: row for row in FIELDS.values()}
_BY_DATASET = {row.iim[0]: row for row in FIELDS.values() if row.iim}
_DATE_TAGS = ("DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal")


@dataclass(frozen=True)
class Held:
    """The texts of each block by tag; of a tag that stands in several places, the one that readers take."""

    exif: Mapping[str, str] = field(default_factory=dict[str, str])
    iim: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    xmp: Texts = field(default_factory=dict[str, tuple[str, ...]])
    sidecar: Texts | None = None
    """None without a sidecar."""


@dataclass(frozen=True)
class Reading:
    values: Values
    blocks: Mapping[str, Values]
    """What each block holds, by block."""
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict[str, tuple[Choice, ...]])
    """For a field on which blocks disagree, or which is double-encoded: the values to choose from."""
    held: Held = field(default_factory=Held)

    @property
    def disagreements(self) -> frozenset[str]:
        return disagreeing(self.choices)


def read(blocks: Blocks, policy: Policy, sidecar: bytes | None = None, is_writable: bool = True) -> Reading:
    """Raises BlockDamaged for XMP or IIM that can't be followed; EXIF that can't counts as none.

    Where the photo itself is not written (`is_writable`), what its sidecar says stands above it and is no disagreement.
    """
    held = _held(blocks, policy, sidecar)
    in_iim, in_xmp = _from_iim(held.iim), _from_xmp(held.xmp)
    in_sidecar = _from_xmp(held.sidecar or {})
    in_exif = _from_exif(held.exif, in_sidecar.text("credit") or in_xmp.text("credit") or in_iim.text("credit"))
    found = {EXIF: in_exif, IIM: in_iim, XMP: in_xmp, SIDECAR: in_sidecar}
    is_later = _is_iim_later(blocks)
    told = {row.key for row in FIELDS.values() if held.sidecar and row.xmp[0] in held.sidecar}
    values = {
        key: in_sidecar[key]
        if key in told
        else _believed(FIELDS[key], in_xmp[key], in_iim[key], in_exif[key], is_later)
        for key in {*in_exif, *in_iim, *in_xmp, *told}
    }
    blocks_held = {name: each for name, each in found.items() if each}
    choices = dict(_choices(values, blocks_held if is_writable else {}))
    return Reading(Values(values), blocks_held, choices, held)


def _held(blocks: Blocks, policy: Policy, sidecar: bytes | None) -> Held:
    in_exif: dict[str, str] = {}
    for block in (*reversed(blocks.more_exif), blocks.exif):
        in_exif |= exif_texts(block, policy)
    in_iim: dict[int, tuple[str, ...]] = {}
    for block in (*reversed(photoshop.every(blocks.resources, photoshop.IIM)), blocks.iim):
        in_iim |= iim.read(block, policy.iim_charset)
    in_xmp: dict[str, tuple[str, ...]] = {}
    for packet in reversed(further_packets(blocks)):
        in_xmp |= readable(packet)
    for packet in (blocks.extended_xmp, blocks.xmp):
        in_xmp |= xmp.read(packet)
    return Held(in_exif, in_iim, in_xmp, None if sidecar is None else xmp.read(sidecar))


def exif_texts(block: Source | None, policy: Policy) -> dict[str, str]:
    try:
        return exif.read(block, policy.iim_charset)
    except BlockDamaged:
        return {}


def further_packets(blocks: Blocks) -> tuple[bytes, ...]:
    """Packets that a file shouldn't have; Photoshop may put one into its resources too."""
    return (*blocks.more_xmp, *photoshop.every(blocks.resources, photoshop.XMP))


def readable(packet: bytes | None) -> Mapping[str, tuple[str, ...]]:
    """A further packet that can't be followed is nobody's."""
    try:
        return xmp.read(packet)
    except BlockDamaged:
        return {}


def _is_iim_later(blocks: Blocks) -> bool:
    """A digest that is there and is that of no IIM tells that another program edited IIM last."""
    stored = photoshop.find(blocks.resources, photoshop.DIGEST)
    return stored is not None and not is_in_step(blocks)


def is_in_step(blocks: Blocks) -> bool:
    """Whether the digest is that of the IIM; in a TIFF file it may count the padding, or not."""
    stored = photoshop.find(blocks.resources, photoshop.DIGEST)
    inside = photoshop.find(blocks.resources, photoshop.IIM)
    every = [each for each in (blocks.iim, inside) if each is not None] or [b""]
    forms = (form for each in every for form in (each, each.rstrip(b"\0"), each + bytes(-len(each) % 4)))
    return stored is not None and stored in map(photoshop.digest, forms)


def _choices(values: Mapping[str, Value], found: Mapping[str, Values]) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    for key in (key for key in FIELDS if key in values):
        differing = not all(_agree(FIELDS[key], values[key], each[key]) for each in found.values())
        texts = [Choice(name, each[key]) for name, each in found.items() if each[key]] if differing else []
        if mended := _repaired(values[key]):
            texts.append(Choice(REPAIRED, mended))
        if texts:
            yield key, tuple(texts)


def _repaired(value: Value) -> Value:
    """The value as it was meant, where some of it is double-encoded; else empty."""
    if isinstance(value, str):
        return "" if value.isascii() else repaired(value)
    mended = tuple(repaired(text) or text for text in value)
    return mended if mended != value else ()


def _believed(row: Field, in_xmp: Value, in_iim: Value, in_exif: Value, iim_is_later: bool) -> Value:
    """XMP, unless IIM was edited later; EXIF where neither has the field."""
    if row.kind is Kind.DATE:
        believed = str(in_xmp or in_iim or in_exif)
        others = {str(each) for each in (in_iim, in_exif) if each and each != believed and _agree(row, believed, each)}
        return max([believed, *(others - _renderings(believed))], key=len) if others else believed
    if in_xmp and in_iim and iim_is_later and not _agree(row, in_xmp, in_iim):
        return in_iim
    return in_xmp or in_iim or in_exif


def _agree(row: Field, believed: Value, other: Value) -> bool:
    """Whether the other block says the same, perhaps cut at IIM's limit; one that says nothing agrees."""
    if not other or believed == other:
        return True
    if row.kind is Kind.DATE:
        return _same_moment(str(believed), str(other))
    mine, theirs = parts(believed), parts(other)
    return len(mine) == len(theirs) and all(is_form_of(row, *pair) for pair in zip(mine, theirs, strict=True))


def parts(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def is_form_of(row: Field, whole: str, other: str) -> bool:
    """Equal but for blanks at the end and kinds of line break, or shortened to fit the limit."""
    whole, other = _plain(whole), _plain(other)
    if whole == other:
        return True
    if not row.octets or len(whole.encode()) <= row.octets:
        return False
    if other in (cut(whole, row.octets), whole.encode()[: row.octets].decode(errors="ignore").rstrip()):
        return True
    return row.key == "credit" and other == short_credit(whole, row.octets, load_agencies())


def _plain(text: str) -> str:
    return _unix(text).rstrip()


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _renderings(date: str) -> set[str]:
    """How the other blocks write the same: EXIF has to name seconds and IIM has no Z."""
    moment = dates.parse(date)
    return {str(dates.from_exif(*moment.exif)), str(dates.from_iim(*moment.iim))} if moment else set()


def _same_moment(believed: str, other: str) -> bool:
    mine, theirs = dates.parse(believed), dates.parse(other)
    return bool(mine and theirs and (mine.covers(theirs) or theirs.covers(mine)))


def _from_iim(texts: Mapping[int, tuple[str, ...]]) -> Values:
    held = {row.key: _value(row, texts[number]) for number, row in _BY_DATASET.items() if number in texts}
    date, time = ("".join(texts.get(number, ())[:1]) for number in FIELDS["date_created"].iim)
    return Values(held | {"date_created": str(dates.from_iim(date, time) or "")})


def _from_xmp(texts: Texts) -> Values:
    held = {row.key: _value(row, texts[name]) for name, row in _BY_PROPERTY.items() if name in texts}
    date = str(held.get("date_created", ""))
    return Values(held | {"date_created": str(dates.parse(date) or date)})


def _value(row: Field, texts: tuple[str, ...]) -> Value:
    plain = tuple(_unix(text) for text in texts if text.strip())
    return plain if row.kind is Kind.LIST else SEPARATOR.join(plain)


def _from_exif(texts: Mapping[str, str], credit: str) -> Values:
    """Artist that equals the credit line is the credit's copy, never a creator."""
    artist = _plain(texts.get("Artist", ""))
    whom: dict[str, Value] = (
        {"credit": credit} if credit and _plain(credit) == artist
        else {"creator": creators.split(artist)}
    )  # fmt: skip
    date = dates.from_exif(*(texts.get(name, "") for name in _DATE_TAGS))
    rest = {"caption": _not_boilerplate(texts.get("ImageDescription", "")), "date_created": str(date or ""),
            "copyright": " ".join(texts.get("Copyright", "").split("\0")).strip()}  # fmt: skip
    return Values(whom | rest)


def _not_boilerplate(text: str) -> str:
    text = _plain(text)
    return "" if not text.strip() or _BOILERPLATE.fullmatch(text.strip()) else text
