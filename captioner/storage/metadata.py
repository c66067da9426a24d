"""Values ↔ blocks, through FIELDS: which block is believed, and what a changed value changes in each.

The policy is docs/metadata.md's, after the MWG guidelines 2.0 and the IPTC standard's mapping.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import md5

from captioner.core import dates
from captioner.core.caption import Values
from captioner.core.fields import FIELDS, SEPARATOR, Field, Kind, Value, shown
from captioner.storage.blocks import BlockDamaged, BlockFull, exif, iim, photoshop, xmp
from captioner.storage.blocks.xmp import Property
from captioner.storage.formats import Blocks

EXIF, IIM, XMP = "exif", "iim", "xmp"
_BOILERPLATE = re.compile(
    r"OLYMPUS DIGITAL CAMERA|SONY DSC|MINOLTA DIGITAL CAMERA|KONICA MINOLTA.*|SAMSUNG|DCIM\\.*|Exif_JPEG_\w+|default"
    r"|DIGITAL CAMERA|<?\s*KENOX.*|Digital StillCamera|Image title|User comments|hdr|dav|dnq|sdr_.*|cof|oznor\w*",
    re.IGNORECASE,
)
_EXIF_DATE = ("DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal")
_EXTENDED = "xmpNote:HasExtendedXMP"


@dataclass(frozen=True)
class Policy:
    """The settings that decide what is read and written."""

    exif_artist: str = "auto"
    """Whom Artist names: auto (the creators, and the credit while there are none), creator, or credit."""
    iim_charset: str = "cp1252"
    """The code page of IIM and EXIF text that declares none and is no UTF-8."""


@dataclass(frozen=True)
class Reading:
    values: Values
    blocks: Mapping[str, Values]
    """What each block holds, by block."""
    disagreements: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rewritten:
    blocks: Blocks
    touched: "Touched"
    exif_left: str = ""
    """Why the EXIF block stays as it was ("full", "damaged"), or ""."""


@dataclass(frozen=True)
class Touched:
    """The tags that an edit may have changed in each block."""

    exif: Mapping[str, str] = field(default_factory=dict[str, str])
    iim: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    xmp: tuple[Property, ...] = ()


# Reading


def read(blocks: Blocks, policy: Policy) -> Reading:
    """Raises BlockDamaged for XMP or IIM that can't be followed; EXIF that can't counts as none."""
    in_iim = _from_iim(iim.read(_iim_of(blocks), policy.iim_charset))
    in_xmp = _from_xmp(xmp_texts(blocks))
    credit = in_xmp.text("credit") or in_iim.text("credit")
    in_exif = _from_exif(_exif_texts(blocks, policy), credit)
    held = {name: values for name, values in ((EXIF, in_exif), (IIM, in_iim), (XMP, in_xmp)) if values}
    iim_is_later = photoshop.digest_agrees(blocks.resources) is False
    believed = {
        key: _believed(row, in_xmp[key], in_iim[key], in_exif[key], iim_is_later) for key, row in FIELDS.items()
    }
    return Reading(Values(believed), held, frozenset(_disagreeing(believed, held)))


def _disagreeing(believed: Mapping[str, Value], held: Mapping[str, Values]) -> Iterator[str]:
    for key, row in FIELDS.items():
        if not all(_agree(row, believed[key], values[key]) for values in held.values()):
            yield key


def _believed(row: Field, in_xmp: Value, in_iim: Value, in_exif: Value, iim_is_later: bool) -> Value:
    """XMP, unless IIM was edited later; EXIF where neither has the field."""
    if row.kind is Kind.DATE:
        agreeing = [v for v in (in_xmp, in_iim, in_exif) if _agree(row, in_xmp or in_iim or in_exif, v)]
        return max(agreeing, key=len)
    if in_xmp and in_iim and iim_is_later and not _agree(row, in_xmp, in_iim):
        return in_iim
    return in_xmp or in_iim or in_exif


def _agree(row: Field, believed: Value, other: Value) -> bool:
    """Whether the other block says the same, perhaps cut at IIM's limit; one that says nothing agrees."""
    if not other or believed == other:
        return True
    if row.kind is Kind.DATE:
        return _same_moment(str(believed), str(other))
    mine, theirs = _parts(believed), _parts(other)
    return len(mine) == len(theirs) and all(
        _is_cut(row.octets, one, two) for one, two in zip(mine, theirs, strict=True))  # fmt: skip


def _parts(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _is_cut(octets: int, whole: str, other: str) -> bool:
    """Equal but for blanks at the end and kinds of line break, or cut at the last character that fits."""
    whole, other = _plain(whole), _plain(other)
    cut = whole.encode()[:octets].decode(errors="ignore").rstrip()
    return whole == other or (bool(octets) and len(whole.encode()) > octets and other == cut)


def _plain(text: str) -> str:
    return _unix(text).rstrip()


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _same_moment(believed: str, other: str) -> bool:
    mine, theirs = dates.parse(believed), dates.parse(other)
    return bool(mine and theirs and (mine.covers(theirs) or theirs.covers(mine)))


def _iim_of(blocks: Blocks) -> bytes | None:
    return photoshop.find(blocks.resources, photoshop.IIM)


def xmp_texts(blocks: Blocks) -> dict[str, tuple[str, ...]]:
    held: dict[str, tuple[str, ...]] = {}
    for packet in (*reversed(blocks.more_xmp), blocks.extended_xmp, blocks.xmp):
        held |= readable(packet) if packet in blocks.more_xmp else xmp.read(packet)
    return held


def readable(packet: bytes | None) -> dict[str, tuple[str, ...]]:
    """A further packet that can't be followed is nobody's."""
    try:
        return xmp.read(packet)
    except BlockDamaged:
        return {}


def _exif_texts(blocks: Blocks, policy: Policy) -> dict[str, str]:
    try:
        return exif.read(blocks.exif, policy.iim_charset)
    except BlockDamaged:
        return {}


def _from_iim(texts: Mapping[int, tuple[str, ...]]) -> Values:
    held = {key: _value(row, texts.get(row.iim[0], ())) for key, row in FIELDS.items() if row.iim}
    date, time = ("".join(texts.get(number, ())[:1]) for number in FIELDS["date_created"].iim)
    return Values(held | {"date_created": str(dates.from_iim(date, time) or "")})


def _from_xmp(texts: Mapping[str, tuple[str, ...]]) -> Values:
    held = {key: _value(row, texts.get(row.xmp[0], ())) for key, row in FIELDS.items()}
    date = str(held["date_created"])
    return Values(held | {"date_created": str(dates.parse(date) or date)})


def _value(row: Field, texts: tuple[str, ...]) -> Value:
    plain = tuple(_unix(text) for text in texts if text.strip())
    return plain if row.kind is Kind.LIST else SEPARATOR.join(plain)


def _from_exif(texts: Mapping[str, str], credit: str) -> Values:
    """Artist that equals the credit line is the credit's copy, never a creator."""
    artist = _plain(texts.get("Artist", ""))
    whom: dict[str, Value] = (
        {"credit": credit} if credit and _is_cut(0, credit, artist)
        else {"creator": tuple(part for part in map(str.strip, artist.split(";")) if part)}
    )  # fmt: skip
    date = dates.from_exif(*(texts.get(name, "") for name in _EXIF_DATE))
    rest = {"caption": _not_boilerplate(texts.get("ImageDescription", "")), "date_created": str(date or ""),
            "copyright": " ".join(texts.get("Copyright", "").split("\0")).strip()}  # fmt: skip
    return Values(whom | rest)


def _not_boilerplate(text: str) -> str:
    text = _plain(text)
    return "" if not text.strip() or _BOILERPLATE.fullmatch(text.strip()) else text


# Writing


def rewrite(blocks: Blocks, changes: Mapping[str, Value], policy: Policy, exif_limit: int) -> Rewritten:
    """The blocks with the changed fields in all of them; raises BlockDamaged, and nothing is written then."""
    before = read(blocks, policy)
    touched = _touched(blocks, before, changes, policy)
    packet, extended = _edited_xmp(blocks, touched.xmp)
    edited_iim = iim.edit(_iim_of(blocks), touched.iim, policy.iim_charset)
    new = replace(blocks, xmp=packet, extended_xmp=extended, more_xmp=_edited_further(blocks, touched.xmp),
                  resources=photoshop.with_iim(blocks.resources, edited_iim))  # fmt: skip
    try:
        return Rewritten(replace(new, exif=exif.edit(blocks.exif, touched.exif, exif_limit)), touched)
    except BlockDamaged:
        return Rewritten(new, touched, "damaged")
    except BlockFull:
        return Rewritten(new, touched, "full")


def _touched(blocks: Blocks, before: Reading, changes: Mapping[str, Value], policy: Policy) -> Touched:
    old = {key: _old_texts(before, key) for key in changes}
    in_exif = _exif_changes(_exif_texts(blocks, policy), before, changes, policy)
    copies = _stale(_exif_texts(blocks, policy), changes, old)
    in_xmp = {row.xmp[0]: Property(*row.xmp, _parts(value) if value else ())
              for row, value in _rows(changes)}  # fmt: skip
    xmp_copies = _stale({key: SEPARATOR.join(texts) for key, texts in xmp_texts(blocks).items()}, changes, old)
    for name, text in xmp_copies.items():
        form = "alt" if name in ("tiff:ImageDescription", "tiff:Copyright", "exif:UserComment") else "text"
        in_xmp[name] = Property(name, form, (text,) if text else ())
    return Touched(copies | in_exif, _iim_changes(changes), tuple(in_xmp.values()))


def _rows(changes: Mapping[str, Value]) -> list[tuple[Field, Value]]:
    return [(FIELDS[key], value) for key, value in changes.items()]


def _iim_changes(changes: Mapping[str, Value]) -> dict[int, tuple[str, ...]]:
    wanted = {row.iim[0]: _parts(value) if value else () for row, value in _rows(changes) if len(row.iim) == 1}
    if "date_created" in changes:
        moment = dates.parse(str(changes["date_created"]))
        texts = moment.iim if moment else ("", "")
        wanted |= {n: (text,) if text else () for n, text in zip(FIELDS["date_created"].iim, texts, strict=True)}
    return wanted


def _exif_changes(
    texts: Mapping[str, str], before: Reading, changes: Mapping[str, Value], policy: Policy
) -> dict[str, str]:
    wanted = {FIELDS[key].exif: shown(changes[key]) for key in ("caption", "copyright") if key in changes}
    if "date_created" in changes:
        wanted |= _exif_date(str(changes["date_created"]), texts)
    return wanted | _artist(texts.get("Artist", ""), before, changes, policy)


def _exif_date(value: str, texts: Mapping[str, str]) -> dict[str, str]:
    """What EXIF knows more exactly than the new date, a time of day, is kept."""
    present = dates.from_exif(*(texts.get(name, "") for name in _EXIF_DATE))
    wanted = dates.parse(value)
    if present and wanted and present.covers(wanted):
        return {}
    return dict(zip(_EXIF_DATE, wanted.exif if wanted else ("", "", ""), strict=True))


def _artist(present: str, before: Reading, changes: Mapping[str, Value], policy: Policy) -> dict[str, str]:
    """Artist follows the creators, and the credit while there are none; one that nobody changed stays."""
    after = before.values.updated(changes)
    choices = {
        "creator": after["creator"],
        "credit": after["credit"],
        "auto": after["creator"] or after["credit"],
    }
    held_credit = present.strip() in _old_texts(before, "credit")
    concerns = "creator" in changes or ("credit" in changes and (not after["creator"] or held_credit))
    forced = policy.exif_artist != "auto" and policy.exif_artist in changes
    return {"Artist": shown(choices[policy.exif_artist])} if concerns or forced else {}


def _old_texts(before: Reading, key: str) -> set[str]:
    """What any of the blocks held, as one text."""
    every = [*before.blocks.values(), before.values]
    return {shown(values[key]).strip() for values in every} - {""}


def _stale(texts: Mapping[str, str], changes: Mapping[str, Value], old: Mapping[str, set[str]]) -> dict[str, str]:
    """The copies in other programs' tags that hold an old value, with the new one."""
    return {
        name: shown(value)
        for row, value in _rows(changes)
        for name in row.stale
        if name in texts and _same_text(texts[name], old[row.key])
    }


def _same_text(text: str, old: set[str]) -> bool:
    """Windows writes lists with a bare `;`."""
    spaced = SEPARATOR.join(part.strip() for part in text.split(";"))
    return bool({_plain(text).strip(), spaced} & old)


def _edited_xmp(blocks: Blocks, properties: tuple[Property, ...]) -> tuple[bytes | None, bytes | None]:
    """What stands in the extension moves to the packet once it changes; the packet names the extension by its MD5."""
    beyond = set(xmp.read(blocks.extended_xmp))
    moved = [replace(each, texts=()) for each in properties
             if each.name in beyond and xmp.read(blocks.extended_xmp)[each.name] != each.texts]  # fmt: skip
    inside = [each for each in properties if each.name not in beyond or each.name in {m.name for m in moved}]
    extended = xmp.edit(blocks.extended_xmp, moved)
    if extended != blocks.extended_xmp:
        guid = md5(extended or b"", usedforsecurity=False).hexdigest().upper()
        inside.append(Property(_EXTENDED, "text", (guid,)))
    return xmp.edit(blocks.xmp, inside), extended


def _edited_further(blocks: Blocks, properties: tuple[Property, ...]) -> tuple[bytes, ...]:
    """A further packet is not given anything new, but keeps no old value either."""
    return tuple(
        xmp.edit(packet, [each for each in properties if each.name in readable(packet)]) or packet
        for packet in blocks.more_xmp
    )
