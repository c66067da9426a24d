"""Proof that new bytes hold what was asked for and that nothing else changed, before an old file is let go."""

from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

from captioner.core.caption import EMPTY, Values
from captioner.core.fields import Value
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.i18n import N_, _
from captioner.storage.blocks import BlockDamaged, exif, iim, photoshop, xmp
from captioner.storage.blocks.exif import TAGS
from captioner.storage.blocks.xmp import Property
from captioner.storage.file_bytes import File, Part
from captioner.storage.formats import Blocks, Format, tiff
from captioner.storage.metadata import EXIF, IIM, XMP, Held, Reading, Rewritten
from captioner.storage.metadata.reading import further_packets, readable
from captioner.storage.metadata.writing import HAS_EXTENDED

_PIECE = 1 << 16
Checks = Iterable[tuple[str, Callable[[], bool]]]


def check(
    target: Format, old: tuple[File, Blocks, Reading], new: tuple[File, Blocks, Reading],
    changes: Mapping[str, Value], done: Rewritten, policy: Policy,
) -> None:  # fmt: skip
    """A file's bytes, their blocks and what these say, before and after; raises CaptionerError naming what failed."""
    (old_data, before, old_reading), (new_data, after, new_reading) = old, new
    further = (name for each in done.touched.further_exif.values() for name in each)
    tags = {*done.touched.exif, *(copy.name for copy in done.touched.copies), *further}
    numbers = {*tiff.TAGS, *(TAGS[name].number for name in tags)}
    packets = (done.touched.xmp, *done.touched.further_xmp.values())
    names = {HAS_EXTENDED, *(each.name for packet in packets for each in packet)}
    _run((
        (N_("picture data"), lambda: _same(target.picture(old_data), target.picture(new_data))),
        (N_("other segments"), lambda: _same(target.others(old_data), target.others(new_data))),
        (N_("written values"), lambda: _holds(before, after, new_reading.held, done)),
        (N_("other fields"), lambda: _keeps(old_reading, new_reading, changes)),
        (N_("other EXIF tags"), lambda: _exif_others(before, numbers) == _exif_others(after, numbers)),
        (N_("other IPTC data"), lambda: _iim_others(before, done, policy) == _iim_others(after, done, policy)),
        (N_("other image resources"), lambda: photoshop.others(before.resources) == photoshop.others(after.resources)),
        (N_("other XMP properties"), lambda: _xmp_others(before, names) == _xmp_others(after, names)),
        (N_("remarks"), lambda: _left(done.touched.remarks) == _left(after.remarks)),
    ))  # fmt: skip


def check_sidecar(old: bytes | None, new: bytes, wanted: tuple[Property, ...]) -> None:
    """Raises CaptionerError naming the first check that fails."""
    names = {each.name for each in wanted}
    held = xmp.read(new)
    _run((
        (N_("written values"), lambda: all(held.get(each.name, ()) == each.texts for each in wanted)),
        (N_("other XMP properties"), lambda: xmp.others(old, names) == xmp.others(new, names)),
    ))  # fmt: skip


def check_stripped(target: Format, files: tuple[File, File], held: tuple[Blocks, Blocks]) -> None:
    """The old file and the new one, whose picture may be followed by less; what the new one holds, and may hold."""
    (old, new), (found, wanted) = files, held
    parts = zip_longest(target.picture(old), target.picture(new), fillvalue=b"")
    _run((
        (N_("picture data"), lambda: all(_equal(one[: len(other)], other) for one, other in parts)),
        (N_("removed metadata"), lambda: found == wanted),
    ))  # fmt: skip


def check_kind(holds: bool) -> None:
    """Octets that broken programs left between segments may come to stand where a format has its signature."""
    _run([(N_("the format"), lambda: holds)])


def _run(checks: Checks) -> None:
    for name, holds in checks:
        if not holds():
            raise CaptionerError(_("The check of {what} failed, so the file was left as it was.").format(what=_(name)))


def _same(old: Iterable[Part], new: Iterable[Part]) -> bool:
    return all(_equal(one, other) for one, other in zip_longest(old, new, fillvalue=b""))


def _equal(one: Part, other: Part) -> bool:
    """A piece at a time: memory views compare slowly themselves. What is copied as it stands is read back later."""
    if one is other:
        return True
    pieces = range(0, len(one), _PIECE)
    return len(one) == len(other) and all(
        bytes(one[at : at + _PIECE]) == bytes(other[at : at + _PIECE]) for at in pieces
    )


def _holds(before: Blocks, after: Blocks, held: Held, done: Rewritten) -> bool:
    """Each tag that the edit set, in each block that there is, reads as it was set.

    What a further block says is not looked at: where the first one goes, it is seen.
    """
    touched, has_one = done.touched, not before.more_exif
    packet, beyond = xmp.read(after.xmp), xmp.read(after.extended_xmp)
    has_iim = after.iim is not None or photoshop.find(after.resources, photoshop.IIM) is not None
    return (
        all(held.iim.get(number, ()) == texts for number, texts in touched.iim.items() if has_iim)
        and all(each.texts in (packet.get(each.name, ()), beyond.get(each.name) or None) for each in touched.xmp)
        and (
            bool(done.exif_left)
            or all(held.exif.get(name, "") == text for name, text in touched.exif.items() if text or has_one)
        )
    )


def _keeps(before: Reading, after: Reading, changes: Mapping[str, Value]) -> bool:
    """Every field that was not changed reads as before in every block; Artist is both credit and creator."""
    shared = {"credit", "creator"} if {"credit", "creator"} & set(changes) else set[str]()
    return all(
        _without(before.blocks.get(block, EMPTY), {*changes, *(shared if block == EXIF else ())})
        == _without(after.blocks.get(block, EMPTY), {*changes, *(shared if block == EXIF else ())})
        for block in (EXIF, IIM, XMP)
    )


def _without(values: Values, keys: set[str]) -> dict[str, Value]:
    return {key: values[key] for key in values if key not in keys}


def _exif_others(blocks: Blocks, numbers: set[int]) -> object:
    """Of all EXIF blocks together: where the first one goes, the second takes its place."""
    found: list[tuple[int, int, int, bool, bytes]] = []
    for block in (blocks.exif, *blocks.more_exif):
        try:
            found += exif.others(block, numbers)
        except BlockDamaged:
            found.append((-1, 0, 0, False, block[: len(block)] if block else b""))
    return sorted(found)


def _iim_others(blocks: Blocks, done: Rewritten, policy: Policy) -> object:
    """Zeros behind the datasets, and behind what else stands there, are padding."""
    every = (*photoshop.every(blocks.resources, photoshop.IIM), blocks.iim)
    others = [iim.others(block, set(done.touched.iim), policy.iim_charset) for block in every]
    kept = [[*held[:-1], *filter(None, [held[-1][1].rstrip(b"\0")])] for held in others]
    return [each for each in kept if each]


def _xmp_others(blocks: Blocks, names: set[str]) -> list[bytes]:
    """What moved between packet and extension is the same; a further packet that can't be followed was not touched."""
    packets = [blocks.xmp, blocks.extended_xmp, *(each for each in further_packets(blocks) if readable(each))]
    return sorted(part for packet in packets for part in xmp.others(packet, names))


def _left(remarks: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [each for each in remarks if each[1]]
