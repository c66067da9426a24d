"""What of a photo's metadata leaves with an exported file."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from hashlib import md5
from pathlib import Path

from captioner.errors import CaptionerError
from captioner.storage import proof, sentences
from captioner.storage.blocks import BlockDamaged, exif, iim, photoshop, pruning, xmp
from captioner.storage.blocks.pruning import Cut
from captioner.storage.blocks.tiff import Entry, Stream
from captioner.storage.blocks.xmp import Property
from captioner.storage.file_bytes import Octets, Source
from captioner.storage.formats import Blocks, Format, tiff
from captioner.storage.metadata import removable
from captioner.storage.metadata.reading import is_in_step
from captioner.storage.metadata.removable import OF_THE_PICTURE, Removable
from captioner.storage.metadata.writing import HAS_EXTENDED
from captioner.storage.photos import known_kind
from captioner.storage.sentences import named

KEEP = ("all", "captions", "none")
REMOVABLE = tuple(removable.REMOVABLE)

_SHOWN = {"captions": (exif.ORIENTATION, 0x011A, 0x011B, 0x0128), "none": (exif.ORIENTATION,)}
"""Of IFD0: the resolution is nothing that a screen needs."""
_GPS_DOP = (0x000B, 5)
"""Number and type of a tag of the GPS directory, whose number is ProcessingSoftware's in IFD0."""


def stripped(data: bytes, keep: str, remove: Collection[str], path: Path) -> bytes:
    """The file's bytes without what is to go; `path` is what errors name.

    With `keep` "captions" or "none" nothing is left but the picture and what it takes to show it right (`captioned`
    writes the captions again). With "all" exactly what is in `remove` goes, but for these:

    - Whatever is removed: all that stands behind the picture (further pictures, gain maps, trailers), with what tells
      of it; a C2PA manifest, whose signature no longer holds and which repeats places, thumbnails and history; EXIF
      that Photoshop keeps a second time.
    - "gps", "serial_numbers" and "maker_notes" take with them segments and chunks that no standard describes, and
      Photoshop's layers.
    - "serial_numbers" takes the maker note, as nearly every one holds some; "gps" that of drones and action cameras.
    - "edit_history" leaves what names a program (Software, xmp:CreatorTool) and the identifiers of the document;
      "thumbnail" leaves previews inside maker notes, and the pages of a TIFF file.

    Raises CaptionerError where something is to go and may be in what can't be followed.
    """
    if keep == "all" and not remove:
        return data
    with named(path):
        old = Octets(data)
        target = _target(path, old)
        wanted = removable.removable(remove)
        new = _without(target, old, wanted) if keep == "all" else _bare(target, old, _SHOWN[keep])
        held = target.blocks(new)
        left = _pruned(target, held, wanted) if keep == "all" else Blocks(exif=held.exif)
        proof.check_stripped(target, (old, new), (held, left))
        proof.check_kind(_target(path, new) is target)
        return bytes(new)


def _target(path: Path, data: Octets) -> Format:
    """Raises CaptionerError for what holds no captions itself, and for a picture without its end."""
    kind = known_kind(path, data)
    if kind.writer is None:
        raise CaptionerError(sentences.no_room(path, kind.name), path)
    if not kind.writer.is_whole(data):
        raise sentences.cut_short(path)
    return kind.writer


def _bare(target: Format, old: Octets, shown: Collection[int]) -> Octets:
    new = target.bare(old)
    block = None if target is tiff else exif.shown(target.blocks(old).exif, shown)
    return target.spliced(new, Blocks(), Blocks(exif=block)) if block else new


def _without(target: Format, old: Octets, wanted: Removable) -> Octets:
    new = target.cleared(old, wanted.is_hidden, wanted.is_thumbnail)
    held = target.blocks(new)
    return target.spliced(new, held, _pruned(target, held, wanted))


def _pruned(target: Format, held: Blocks, wanted: Removable) -> Blocks:
    extended = _xmp(held.extended_xmp, wanted)
    return replace(
        held,
        exif=_exif(held.exif, wanted, target is not tiff),
        more_exif=tuple(_exif(each, wanted) or b"" for each in held.more_exif),
        xmp=_renamed(_xmp(held.xmp, wanted), held.extended_xmp, extended),
        extended_xmp=extended,
        more_xmp=tuple(_xmp(each, wanted) or b"" for each in held.more_xmp),
        iim=_iim(held.iim, wanted),
        resources=_resources(held, wanted),
        remarks=tuple((keyword, "" if _is_lost(keyword, text, wanted) else text) for keyword, text in held.remarks),
    )  # fmt: skip


def _exif(block: Source | None, wanted: Removable, is_block: bool = True) -> bytes | None:
    if not block:
        return None
    tags = wanted.tags | removable.note_tags(wanted, exif.read_make(block))

    def goes(stream: Stream, each: Entry) -> bool:
        is_named = each.tag in tags and (each.tag, each.type) != _GPS_DOP
        return is_named or (each.tag in tiff.TAGS and _holds(stream, each, wanted))

    return pruning.pruned(block, Cut(goes, wanted.is_thumbnail and is_block, is_block))


def _holds(stream: Stream, each: Entry, wanted: Removable) -> bool:
    data = stream.value(each) or b""
    edits = {"xmp": lambda: _xmp(data, wanted), "iim": lambda: _iim(data, wanted),
             "resources": lambda: _resources(Blocks(resources=data), wanted)}  # fmt: skip
    return _differs(data, edits[tiff.TAGS[each.tag]])


def _xmp(packet: bytes | None, wanted: Removable) -> bytes | None:
    return xmp.without(packet, wanted.names_property)


def _is_lost(keyword: str, text: str, wanted: Removable) -> bool:
    """Some programs write each tag as a text of PNG, or a packet."""
    packet = text.encode()
    return wanted.names_text(keyword) or (b":RDF" in packet and _differs(packet, lambda: _xmp(packet, wanted)))


def _differs(data: bytes, edit: Callable[[], bytes | None]) -> bool:
    """Whether a block that stands where it doesn't belong holds what is to go, or can't be followed."""
    try:
        return (edit() or b"") != data
    except BlockDamaged:
        return True


def _iim(block: bytes | None, wanted: Removable) -> bytes | None:
    return iim.without(block, lambda record, number: (record, number) in wanted.datasets)


def _resources(held: Blocks, wanted: Removable) -> bytes | None:
    """With the digest in step with the IIM, where it was before."""
    block = photoshop.edited(held.resources, photoshop.IIM, lambda data, _is_first: _iim(data, wanted))
    block = photoshop.edited(block, photoshop.XMP, lambda data, _is_first: _xmp(data, wanted))
    block = photoshop.with_data(block, dict.fromkeys(wanted.resources))
    before, after = (photoshop.find(each, photoshop.IIM) for each in (held.resources, block))
    if before == after or not is_in_step(held):
        return block
    return photoshop.with_data(block, {photoshop.DIGEST: photoshop.digest(after) if after else None})


def _renamed(packet: bytes | None, before: bytes | None, after: bytes | None) -> bytes | None:
    """The packet names its extension by MD5 (XMP part 3, 1.1.3.1)."""
    if packet is None or before == after:
        return packet
    guid = md5(after, usedforsecurity=False).hexdigest().upper() if after else ""
    return xmp.edit(packet, [Property(HAS_EXTENDED, "text", (guid,) if guid else ())])


# What a new picture takes over


def carried(picture: bytes, original: bytes, path: Path) -> bytes:
    """A picture made from an original, with the original's XMP and IIM; what can't be followed is left out.

    So is what speaks of the original's own octets and pixels (regions too, as the new picture may have been turned), of
    its history and of further pictures, extended XMP, and properties that find no room. `path` is what errors name.
    """
    with named(path):
        new = Octets(picture)
        target = _target(path, new)
        held, before = _held(path, original), target.blocks(new)
        packet = _fitting(_packet(held), target.XMP_LIMIT)
        resources = _carried_iim(held) if target.IIM_PLACE == "resources" else None
        return bytes(target.spliced(new, before, replace(before, xmp=packet, resources=resources)))


def _held(path: Path, original: bytes) -> Blocks:
    with suppress(BlockDamaged, CaptionerError):
        data = Octets(original)
        return known_kind(path, data).blocks(data)
    return Blocks()


def _packet(held: Blocks) -> bytes | None:
    with suppress(BlockDamaged):
        return xmp.without(held.xmp, OF_THE_PICTURE.names_property)
    return None


def _fitting(packet: bytes | None, limit: int) -> bytes | None:
    """The longest properties go first."""
    return xmp.split(packet, None, limit)[0] if packet and len(packet) > limit else packet


def _carried_iim(held: Blocks) -> bytes | None:
    """Records 1 and 2, without previews: the others tell of the picture's pixels (IIM 4.2, chapters 7 to 9)."""
    with suppress(BlockDamaged):
        block = held.iim if held.iim is not None else photoshop.find(held.resources, photoshop.IIM)
        whole = iim.whole(block, lambda record, number: record in (1, 2) and number < 200)
        return photoshop.with_data(None, {photoshop.IIM: whole})
    return None
