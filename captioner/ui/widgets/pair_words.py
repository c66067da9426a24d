"""What is said of a story beside its photos: how each pair came about, and what is left to be done."""

from captioner.core.matching import Means
from captioner.core.pairing import Pairing, Row
from captioner.i18n import N_, _, ngettext

MEANS = {
    Means.NAME: N_("by file name"), Means.NUMBER: N_("by its number"), Means.ALIKE: N_("by a caption that is alike"),
    Means.ORDER: N_("by order"), Means.HAND: N_("by hand"),
}  # fmt: skip


def means(pairing: Pairing, row: Row) -> str:
    """Quiet words of a pair; "" where there is none."""
    if row.at is None or row.path is None:
        return ""
    told = _(MEANS[pairing.told[row.at].means])
    return _("{means}: check it").format(means=told) if pairing.is_doubtful(row.at) else told


def instead(pairing: Pairing, row: Row) -> str:
    """What stands where there is no caption, or no photo."""
    if row.at is None:
        left_out = row.path in pairing.skipped
        return _("Left out: this photo gets no caption.") if left_out else _("The story has no caption for this photo.")
    pair = pairing.told[row.at]
    if row.path is not None:
        return ""
    if pair.is_left_out:
        return _("left out")
    return _("no photo") if pair.runs or pair.path else _("waits for a photo")


def spoken(pairing: Pairing, row: Row) -> str:
    """For whoever doesn't see the table."""
    photo = row.path.name if row.path else instead(pairing, row)
    if row.at is None:
        return f"{photo}, {instead(pairing, row)}"
    pair = pairing.told[row.at]
    parts = [photo, pair.caption, pair.credit or _("no credit"), means(pairing, row)]
    return ", ".join(part for part in parts if part)


def summary(pairing: Pairing) -> str:
    if not pairing.told:
        return ""
    count, repeats, without = len(pairing.pairs), pairing.dropped_repeats, len(pairing.without_credit)
    photos, left = len(pairing.photos), len(pairing.told) - len(pairing.pairs)
    told = [
        ngettext("{count} caption", "{count} captions", count).format(count=count),
        ngettext("{count} photo", "{count} photos", photos).format(count=photos),
        ngettext("{count} left out", "{count} left out", left).format(count=left) if left else "",
        ngettext("{count} repeat dropped", "{count} repeats dropped", repeats).format(count=repeats) if repeats else "",
        ngettext("{count} without credit", "{count} without credit", without).format(count=without) if without else "",
    ]
    return " · ".join(part for part in told if part)


def to_do(pairing: Pairing) -> str:
    """What keeps the story from being applied."""
    count = len(pairing.unmatched_captions)
    told = ngettext(
        "{count} caption has no photo: drag it onto one, join it with another, or leave it out.",
        "{count} captions have no photo: drag each onto one, join it with another, or leave it out.",
        count,
    )
    return told.format(count=count) if count else ""


def to_look_at(pairing: Pairing) -> str:
    """What may be meant so, or not."""
    count = len(pairing.open_photos) if pairing.told else 0
    told = ngettext(
        "{count} photo gets no caption: check that it is the right one, or leave another photo out.",
        "{count} photos get no caption: check that they are the right ones, or leave other photos out.",
        count,
    )
    return told.format(count=count) if count else ""
