"""The credit as the desk publishes it; the originals keep it as it was written."""

from collections.abc import Mapping
from dataclasses import replace

from captioner.core.credit import in_style
from captioner.export.plan import Plan, Planned
from captioner.storage.desk_data import load_agencies


def styled(plan: Plan, style: str) -> Plan:
    """Every credit in the style; one that it can't hold stays as written."""
    credits = {photo.values.text("credit") for photo in plan.photos}
    published = {credit: in_style(credit, style, load_agencies()) for credit in credits}
    return replace(plan, photos=tuple(_styled(photo, published) for photo in plan.photos))


def _styled(photo: Planned, published: Mapping[str, str]) -> Planned:
    written = photo.values.text("credit")
    if published[written] == written:
        return photo
    return replace(photo, values=photo.values.updated({"credit": published[written]}), written_credit=written)
