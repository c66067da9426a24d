"""Blocks → values: which block is believed, and where they disagree."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from captioner.core import creators, dates
from captioner.core.caption import Values
from captioner.core.double_encoding import repaired
from captioner.core.fields import FIELDS, SEPARATOR, Field, Kind, Value
from captioner.core.octets import cut, short_credit
from captioner.core.photo import REPAIRED, Choice, disagreeing
from captioner.core.policy import Policy
from captioner.storage.blocks import BlockDamaged, exif, iim, photoshop, xmp
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
    in_iim, in_xmp, in_sidecar = _from_iim(held.iim), _from_xmp(held.xmp), _from_xmp(held.sidecar or {})
    in_exif = _from_exif(held.exif, str(in_sidecar.get("credit") or in_xmp.get("credit") or in_iim.get("credit", "")))
    every = {EXIF: in_exif, IIM: in_iim, XMP: in_xmp, SIDECAR: in_sidecar}
    told = {row.key: in_sidecar.get(row.key, row.empty) for name, row in _BY_PROPERTY.items() if name in held.sidecar} \
        if held.sidecar else {}  # fmt: skip
    values = in_exif | in_iim | in_xmp | told
    disputed = {key for each in every.values() for key, value in each.items() if values[key] != value}
    for key in disputed - told.keys():
        row = FIELDS[key]
        xmp_says, iim_says, exif_says = (each.get(key, row.empty) for each in (in_xmp, in_iim, in_exif))
        values[key] = _believed(row, xmp_says, iim_says, exif_says, lambda: _is_iim_later(blocks))
    choices = dict(_choices(values, every, disputed if is_writable else set()))
    return Reading(Values(values), {name: Values(each) for name, each in every.items() if each}, choices, held)


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


def _choices(
    values: Mapping[str, Value], found: Mapping[str, Mapping[str, Value]], disputed: set[str]
) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    mended = {key: each for key, value in values.items() if (each := _repaired(value))}
    for key in (key for key in FIELDS if key in disputed or key in mended) if disputed or mended else ():
        said = {name: each[key] for name, each in found.items() if key in each} if key in disputed else {}
        differing = not all(_agree(FIELDS[key], values[key], each) for each in said.values())
        texts = [Choice(name, each) for name, each in said.items()] if differing else []
        if key in mended:
            texts.append(Choice(REPAIRED, mended[key]))
        if texts:
            yield key, tuple(texts)


def _repaired(value: Value) -> Value:
    """The value as it was meant, where some of it is double-encoded; else empty."""
    if isinstance(value, str):
        return repaired(value)
    mended = tuple([repaired(text) or text for text in value])
    return mended if mended != value else ()


def _believed(row: Field, in_xmp: Value, in_iim: Value, in_exif: Value, is_iim_later: Callable[[], bool]) -> Value:
    """XMP, unless IIM was edited later; EXIF where neither has the field."""
    if row.kind is Kind.DATE:
        believed = str(in_xmp or in_iim or in_exif)
        others = {str(each) for each in (in_iim, in_exif) if each and each != believed and _agree(row, believed, each)}
        return max([believed, *(others - _renderings(believed))], key=len) if others else believed
    if in_xmp and in_iim and not _agree(row, in_xmp, in_iim) and is_iim_later():
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
    if row.key != "credit":
        return False
    from captioner.storage.desk_data import load_agencies  # a process reads sooner without

    return other == short_credit(whole, row.octets, load_agencies())


def _plain(text: str) -> str:
    return _unix(text).rstrip()


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _renderings(date: str) -> set[str]:
    """How the other blocks write the same: EXIF has to name seconds and IIM has no Z."""
    moment = dates.parse(date)
    return {str(dates.from_exif(*moment.exif)), str(dates.from_iim(*moment.iim))} if moment else set()


def _same_moment(believed: str, other: str) -> bool:
    mine, theirs = dates.parse(believed), dates.parse(other)
    return bool(mine and theirs and (mine.covers(theirs) or theirs.covers(mine)))


def _from_iim(texts: Mapping[int, tuple[str, ...]]) -> dict[str, Value]:
    held = _filled((row.key, _value(row, each)) for number, each in texts.items() if (row := _BY_DATASET.get(number)))
    if held.pop("date_created", ""):
        date, time = ("".join(texts.get(number, ())[:1]) for number in FIELDS["date_created"].iim)
        held |= _filled([("date_created", str(dates.from_iim(date, time) or ""))])
    return held


def _from_xmp(texts: Texts) -> dict[str, Value]:
    held = _filled((row.key, _value(row, each)) for name, each in texts.items() if (row := _BY_PROPERTY.get(name)))
    if date := str(held.get("date_created", "")):
        held["date_created"] = str(dates.parse(date) or date)
    return held


def _filled(values: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    return {key: value for key, value in values if value}


def _value(row: Field, texts: tuple[str, ...]) -> Value:
    plain = [_unix(text) for text in texts if text and not text.isspace()]
    if row.kind is Kind.LIST:
        return tuple(plain)
    return plain[0] if len(plain) == 1 else SEPARATOR.join(plain)


def _from_exif(texts: Mapping[str, str], credit: str) -> dict[str, Value]:
    """Artist that equals the credit line is the credit's copy, never a creator."""
    if not texts:
        return {}
    artist = _plain(texts.get("Artist", ""))
    is_credit = credit and _plain(credit) == artist
    date = dates.from_exif(*(texts.get(name, "") for name in _DATE_TAGS))
    return _filled((
        ("credit", credit) if is_credit else ("creator", creators.split(artist)),
        ("caption", _not_boilerplate(texts.get("ImageDescription", ""))),
        ("date_created", str(date or "")),
        ("copyright", " ".join(texts.get("Copyright", "").split("\0")).strip()),
    ))  # fmt: skip


def _not_boilerplate(text: str) -> str:
    text = _plain(text)
    return "" if not text.strip() or _BOILERPLATE.fullmatch(text.strip()) else text
