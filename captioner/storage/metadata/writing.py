"""Changed values → blocks: what a change does to each of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import md5

from captioner.core import creators, dates
from captioner.core.fields import FIELDS, SEPARATOR, Field, Kind, Value, shown
from captioner.core.octets import strict
from captioner.core.policy import Policy
from captioner.storage.blocks import BlockDamaged, BlockFull, exif, iim, photoshop, xmp
from captioner.storage.blocks.exif import Copy
from captioner.storage.blocks.xmp import Property
from captioner.storage.file_bytes import Source
from captioner.storage.formats import Blocks, Format
from captioner.storage.metadata import reading
from captioner.storage.metadata.reading import Reading, parts

_DATE_TAGS = ("DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal")
_LANGUAGES = ("tiff:ImageDescription", "tiff:Copyright", "exif:UserComment")
"""Copies that are language alternatives."""
HAS_EXTENDED = "xmpNote:HasExtendedXMP"
_REMARK = "text:"


@dataclass(frozen=True)
class Touched:
    """What an edit wants each tag to hold in each block; an empty text removes it."""

    exif: Mapping[str, str] = field(default_factory=dict[str, str])
    iim: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    xmp: tuple[Property, ...] = ()
    sidecar: tuple[Property, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    """All of the format's, as they are to be."""
    copies: Mapping[Copy, str] = field(default_factory=dict[Copy, str])
    further_xmp: Mapping[bytes, tuple[Property, ...]] = field(default_factory=dict[bytes, tuple[Property, ...]])
    """By packet. One that a file shouldn't have gets nothing new, but keeps no old value either."""
    further_exif: Mapping[bytes, Mapping[str, str]] = field(default_factory=dict[bytes, Mapping[str, str]])


@dataclass(frozen=True)
class Rewritten:
    blocks: Blocks
    sidecar: bytes | None
    touched: Touched
    exif_left: str = ""
    """Why the EXIF block stays as it was ("full", "damaged"), or ""."""


def rewrite(
    blocks: Blocks, sidecar: bytes | None, before: Reading, changes: Mapping[str, Value], policy: Policy,
    target: Format | None, to_sidecar: bool = False,
) -> Rewritten:  # fmt: skip
    """The blocks with the changed fields in all of them; raises BlockDamaged, and nothing is written then.

    Without a `target` the photo is left alone, and the sidecar alone changes.
    """
    old = {key: _old_texts(before, key) for key in changes}
    in_sidecar = _sidecar_changes(blocks, before, changes, old, policy, target) if to_sidecar or sidecar else ()
    beside = xmp.edit(sidecar, list(in_sidecar)) if in_sidecar else sidecar
    if target is None:
        return Rewritten(blocks, beside, Touched(sidecar=in_sidecar))
    touched = replace(_touched(blocks, before, changes, old, policy), sidecar=in_sidecar)
    new = replace(_edited(blocks, before, touched, policy, target), remarks=touched.remarks)
    try:
        return Rewritten(replace(new, exif=_edited_exif(blocks, touched, target)), beside, touched)
    except BlockDamaged:
        return Rewritten(new, beside, touched, "damaged")
    except BlockFull:
        return Rewritten(new, beside, touched, "full")


# What is to change


def _touched(
    blocks: Blocks, before: Reading, changes: Mapping[str, Value], old: Mapping[str, set[str]], policy: Policy
) -> Touched:
    held = before.held
    everywhere = policy.write_blocks == "all"
    in_exif = _exif_changes(held.exif, before, changes, policy) if everywhere or blocks.exif else {}
    in_iim = _iim_changes(changes, policy) if everywhere or _iims(blocks) else {}
    remarks = ((keyword, _stale({_REMARK + keyword: text}, changes, old).get(_REMARK + keyword, text))
               for keyword, text in blocks.remarks)  # fmt: skip
    copied = {name: text.rstrip(" ") for name, text in _stale(held.exif, changes, old).items()}  # as readers do
    return Touched(
        copied | in_exif, in_iim, _xmp_changes(xmp.read(blocks.xmp), changes, old),
        remarks=tuple(remarks),
        copies=_copies(blocks, changes, old, policy),
        further_xmp={each: _further_xmp(each, changes, old)
                     for each in (*reading.further_packets(blocks), blocks.extended_xmp) if each},
        further_exif={each: _further_exif(each, changes, old, in_exif, policy) for each in blocks.more_exif},
    )  # fmt: skip


def _further_xmp(packet: bytes, changes: Mapping[str, Value], old: Mapping[str, set[str]]) -> tuple[Property, ...]:
    held = reading.readable(packet)
    return tuple(each for each in _xmp_changes(held, changes, old) if each.name in held)


def _further_exif(
    block: bytes, changes: Mapping[str, Value], old: Mapping[str, set[str]], in_exif: Mapping[str, str], policy: Policy
) -> dict[str, str]:
    held = reading.exif_texts(block, policy)
    wanted = _stale(held, changes, old) | dict(in_exif)
    return {name: text.rstrip(" ") if name not in in_exif else text for name, text in wanted.items() if name in held}


def _rows(changes: Mapping[str, Value]) -> list[tuple[Field, Value]]:
    return [(FIELDS[key], value) for key, value in changes.items()]


def _xmp_changes(
    texts: reading.Texts, changes: Mapping[str, Value], old: Mapping[str, set[str]]
) -> tuple[Property, ...]:
    """The properties, and the copies that other programs read."""
    wanted = {row.xmp[0]: Property(*row.xmp, parts(value) if value else ()) for row, value in _rows(changes)}
    copies = _stale({name: SEPARATOR.join(held) for name, held in texts.items()}, changes, old)
    for name, text in copies.items():
        wanted[name] = Property(name, "alt" if name in _LANGUAGES else "text", (text,) if text else ())
    return tuple(wanted.values())


def _sidecar_changes(
    blocks: Blocks, before: Reading, changes: Mapping[str, Value], old: Mapping[str, set[str]], policy: Policy,
    target: Format | None,
) -> tuple[Property, ...]:  # fmt: skip
    """A field that the photo holds, and that is to be empty, is told to be."""
    wanted = _xmp_changes(before.held.sidecar or {}, changes, old)
    if target is not None:
        return wanted
    inside = reading.read(blocks, policy).values
    blank = {row.xmp[0] for row, value in _rows(changes) if not value and inside[row.key]}
    return tuple(replace(each, texts=("",)) if each.name in blank else each for each in wanted)


def _iim_changes(changes: Mapping[str, Value], policy: Policy) -> dict[int, tuple[str, ...]]:
    def fitting(row: Field, value: Value) -> Value:
        if policy.iim_lengths != "strict":
            return value
        from captioner.storage.desk_data import load_agencies  # a process begins sooner without

        return strict(row, value, load_agencies())

    wanted = {row.iim[0]: parts(fitting(row, value)) if value else () for row, value in _rows(changes)
              if len(row.iim) == 1}  # fmt: skip
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
    present = dates.from_exif(*(texts.get(name, "") for name in _DATE_TAGS))
    wanted = dates.parse(value)
    if present and wanted and wanted.day and present.covers(wanted):
        return {}
    return dict(zip(_DATE_TAGS, wanted.exif if wanted else ("", "", ""), strict=True))


def _artist(present: str, before: Reading, changes: Mapping[str, Value], policy: Policy) -> dict[str, str]:
    """Artist follows the creators, and the credit while there are none; one that nobody changed stays."""
    after = before.values.updated(changes)
    choices = {
        "creator": creators.joined(after.texts("creator")),
        "credit": after.text("credit"),
        "auto": creators.joined(after.texts("creator")) or after.text("credit"),
    }
    held_credit = present.strip() in _old_texts(before, "credit")
    concerns = "creator" in changes or ("credit" in changes and (not after["creator"] or held_credit))
    forced = policy.exif_artist != "auto" and policy.exif_artist in changes
    return {"Artist": choices[policy.exif_artist]} if concerns or forced else {}


# Copies of old values


def _old_texts(before: Reading, key: str) -> set[str]:
    """What any of the blocks held, as one text."""
    every = [*before.blocks.values(), before.values]
    return {shown(values[key]).strip() for values in every} - {""}


def _stale(
    texts: Mapping[str, str], changes: Mapping[str, Value], old: Mapping[str, set[str]],
    names: Callable[[Field], Iterable[str]] = lambda row: row.stale,
) -> dict[str, str]:  # fmt: skip
    """The copies in other programs' tags that hold an old value, with the new one."""
    return {
        name: shown(value)
        for row, value in _rows(changes)
        for name in names(row)
        if name in texts and _same_text(texts[name], old[row.key])
    }


def _same_text(text: str, old: set[str]) -> bool:
    """Windows writes lists with a bare `;`."""
    spaced = SEPARATOR.join(part.strip() for part in text.split(";"))
    return bool({text.replace("\r\n", "\n").replace("\r", "\n").strip(), spaced} & old)


def _copies(
    blocks: Blocks, changes: Mapping[str, Value], old: Mapping[str, set[str]], policy: Policy
) -> dict[Copy, str]:
    """Tags in directories where they don't belong, such as the thumbnail's, that hold an old value."""

    def names(row: Field) -> list[str]:
        return [] if row.kind is Kind.DATE else [row.exif, *row.stale]

    try:
        held = exif.copies(blocks.exif, policy.iim_charset)
    except BlockDamaged:
        return {}
    found: dict[Copy, str] = {}
    for copy, text in held.items():
        if new := _stale({copy.name: text}, changes, old, names):
            found[copy] = new[copy.name]
    return found


# The blocks


def _iims(blocks: Blocks) -> list[bytes]:
    """IIM where a file holds it: by itself, and among the resources."""
    return [each for each in (blocks.iim, photoshop.find(blocks.resources, photoshop.IIM)) if each is not None]


def _edited(blocks: Blocks, before: Reading, touched: Touched, policy: Policy, target: Format) -> Blocks:
    """All but EXIF and the remarks."""
    packet, extended = _edited_xmp(blocks, touched, target.XMP_LIMIT)
    new = replace(blocks, xmp=packet, extended_xmp=extended,
                  more_xmp=tuple(_edited_further(each, touched) for each in blocks.more_xmp),
                  more_exif=tuple(_edited_further_exif(each, touched, target) for each in blocks.more_exif),
                  )  # fmt: skip
    inside = photoshop.find(blocks.resources, photoshop.IIM)
    place = "" if _iims(blocks) else target.IIM_PLACE
    if blocks.iim is not None or place == "iim":
        new = replace(new, iim=iim.edit(blocks.iim, touched.iim, policy.iim_charset))
    resources = blocks.resources
    if inside is not None:
        resources = photoshop.edited(resources, photoshop.IIM, lambda data, is_first: _edited_iim(
            data, is_first, touched.iim, policy))  # fmt: skip
    elif place == "resources":
        resources = photoshop.with_data(resources, {photoshop.IIM: iim.edit(None, touched.iim, policy.iim_charset)})
    resources = photoshop.edited(resources, photoshop.XMP, lambda data, _first: _edited_further(data, touched))
    new = replace(new, resources=resources)
    return new if new == blocks else _with_digest(blocks, new, before, touched)


def _edited_iim(data: bytes, is_first: bool, wanted: Mapping[int, tuple[str, ...]], policy: Policy) -> bytes | None:
    """A second one, which a file shouldn't have, gets nothing new, but keeps no old value either."""
    held = iim.read(data, policy.iim_charset)
    return iim.edit(data, wanted if is_first else {n: texts for n, texts in wanted.items() if n in held},
                    policy.iim_charset)  # fmt: skip


def _with_digest(blocks: Blocks, new: Blocks, before: Reading, touched: Touched) -> Blocks:
    """In step, unless it tells of fields that another program edited and that nobody has looked at here."""
    if photoshop.find(blocks.resources, photoshop.DIGEST) is None:
        return new
    settled = {_FIELDS_OF[each.name].key for each in touched.xmp if each.name in _FIELDS_OF}
    if not reading.is_in_step(blocks) and before.disagreements - settled:
        return new
    left = next(iter(_iims(new)), None)
    data = None if left is None else photoshop.digest(left)
    return replace(new, resources=photoshop.with_data(new.resources, {photoshop.DIGEST: data}))


def _edited_exif(blocks: Blocks, touched: Touched, target: Format) -> Source | None:
    block = blocks.exif
    if block is not None and touched.copies:
        block = exif.with_copies(block, touched.copies)
    return exif.edit(block, touched.exif, target.EXIF_LIMIT)


def _edited_xmp(blocks: Blocks, touched: Touched, limit: int) -> tuple[bytes | None, bytes | None]:
    """What stands in the extension moves to the packet once it changes, and out of it again where it doesn't fit.

    Copies are changed where they are.
    """
    beyond = xmp.read(blocks.extended_xmp)
    same = {each.name for each in touched.xmp if beyond.get(each.name) == each.texts}
    inside = [each for each in touched.xmp if each.name not in same]
    outside = touched.further_xmp.get(blocks.extended_xmp or b"", ())
    moved = [replace(each, texts=()) if each.name in _FIELDS_OF else each for each in outside if each.name not in same]
    extended, packet = xmp.edit(blocks.extended_xmp, moved), xmp.edit(blocks.xmp, inside)
    if packet is not None and len(packet) > limit:
        packet, extended = xmp.split(packet, extended, limit - _GUID_ROOM)
    return _named(packet, extended, blocks), extended


_FIELDS_OF = {row.xmp[0]: row for row in FIELDS.values()}
_GUID_ROOM = 256
"""Octets that the name of the extension may take in the packet."""


def _named(packet: bytes | None, extended: bytes | None, blocks: Blocks) -> bytes | None:
    """The packet names the extension by its MD5 (XMP part 3, 1.1.3.1)."""
    if extended == blocks.extended_xmp:
        return packet
    guid = md5(extended, usedforsecurity=False).hexdigest().upper() if extended else ""
    return xmp.edit(packet, [Property(HAS_EXTENDED, "text", (guid,) if guid else ())])


def _edited_further(packet: bytes, touched: Touched) -> bytes:
    return xmp.edit(packet, list(touched.further_xmp.get(packet, ()))) or packet


def _edited_further_exif(block: bytes, touched: Touched, target: Format) -> bytes:
    try:
        edited = exif.edit(block, touched.further_exif[block], target.EXIF_LIMIT)
    except (BlockDamaged, BlockFull):
        return block
    return edited[: len(edited)] if edited else b""
