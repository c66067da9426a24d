"""Proof that new bytes hold what was asked for and that nothing else changed, before an old file is let go."""

from collections.abc import Callable, Mapping

from captioner.core.caption import Values
from captioner.core.fields import Value
from captioner.errors import CaptionerError
from captioner.i18n import N_, _
from captioner.storage import metadata
from captioner.storage.blocks import BlockDamaged, exif, iim, photoshop, xmp
from captioner.storage.formats import Blocks, jpeg
from captioner.storage.metadata import EXIF, Policy, Rewritten

_OURS = {jpeg.EXIF, jpeg.XMP, jpeg.EXTENDED, jpeg.RESOURCES, jpeg.MPF}


def check(
    old: bytes, old_head: bytes, new: bytes, changes: Mapping[str, Value], done: Rewritten, policy: Policy
) -> None:
    """Raises CaptionerError naming the first check that fails."""
    new_head = new[: len(new) - len(old) + len(old_head)]
    before, after = jpeg.blocks(old_head), jpeg.blocks(new_head)
    checks: tuple[tuple[str, Callable[[], bool]], ...] = (
        (
            N_("picture data"),
            lambda: memoryview(old)[len(old_head) - 2 :] == memoryview(new)[len(new_head) - 2 :],
        ),
        (N_("other segments"), lambda: _others(old_head) == _others(new_head)),
        (N_("written values"), lambda: _holds(after, done, policy)),
        (N_("other fields"), lambda: _keeps(before, after, changes, policy)),
        (N_("other EXIF tags"), lambda: _exif_others(before, done) == _exif_others(after, done)),
        (
            N_("other IPTC data"),
            lambda: _iim_others(before, done, policy) == _iim_others(after, done, policy),
        ),
        (
            N_("other image resources"),
            lambda: photoshop.others(before.resources) == photoshop.others(after.resources),
        ),
        (N_("other XMP properties"), lambda: _xmp_others(before, done) == _xmp_others(after, done)),
    )
    for name, holds in checks:
        if not holds():
            raise CaptionerError(_("The check of {what} failed, so the file was left as it was.").format(what=_(name)))


def _others(head: bytes) -> list[bytes]:
    return [piece.data for piece in jpeg.pieces(head) if piece.role not in _OURS]


def _holds(after: Blocks, done: Rewritten, policy: Policy) -> bool:
    """Each tag that the edit set, in each block, reads as it was set."""
    in_iim = iim.read(photoshop.find(after.resources, photoshop.IIM), policy.iim_charset)
    in_xmp = metadata.xmp_texts(after)
    in_exif = {} if done.exif_left else exif.read(after.exif, policy.iim_charset)
    wanted_exif = {} if done.exif_left else done.touched.exif
    return (
        all(in_iim.get(number, ()) == texts for number, texts in done.touched.iim.items())
        and all(in_xmp.get(each.name, ()) == each.texts for each in done.touched.xmp)
        and all(in_exif.get(name, "") == text for name, text in wanted_exif.items())
    )


def _keeps(before: Blocks, after: Blocks, changes: Mapping[str, Value], policy: Policy) -> bool:
    """Every field that was not changed reads as before in every block; Artist is both credit and creator."""
    shared = {"credit", "creator"} if {"credit", "creator"} & set(changes) else set[str]()
    old, new = metadata.read(before, policy).blocks, metadata.read(after, policy).blocks
    return all(
        _without(old.get(block, Values()), {*changes, *(shared if block == EXIF else ())})
        == _without(new.get(block, Values()), {*changes, *(shared if block == EXIF else ())})
        for block in (metadata.EXIF, metadata.IIM, metadata.XMP)
    )


def _without(values: Values, keys: set[str]) -> dict[str, Value]:
    return {key: values[key] for key in values if key not in keys}


def _exif_others(blocks: Blocks, done: Rewritten) -> object:
    try:
        return exif.others(blocks.exif, set(done.touched.exif))
    except BlockDamaged:
        return blocks.exif


def _iim_others(blocks: Blocks, done: Rewritten, policy: Policy) -> object:
    block = photoshop.find(blocks.resources, photoshop.IIM)
    texts = iim.others(block, set(done.touched.iim), policy.iim_charset)
    return [each for each in texts if each != ((0, 0), b"")]


def _xmp_others(blocks: Blocks, done: Rewritten) -> list[bytes]:
    names = {each.name for each in done.touched.xmp} | {"xmpNote:HasExtendedXMP"}
    return [xmp_part for block in _packets(blocks) for xmp_part in xmp.others(block, names)]


def _packets(blocks: Blocks) -> list[bytes | None]:
    """A further packet that can't be followed was not touched."""
    return [blocks.xmp, blocks.extended_xmp, *(packet for packet in blocks.more_xmp if metadata.readable(packet))]
