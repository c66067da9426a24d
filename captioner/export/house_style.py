"""The credit as the desk publishes it; the originals keep it as it was written."""

from dataclasses import replace

from captioner.core.credit import in_style
from captioner.export.plan import Plan, Planned
from captioner.storage.desk_data import load_agencies


def styled(plan: Plan, style: str) -> Plan:
    """Every credit in the style; one that it can't hold stays as written."""
    return replace(plan, photos=tuple(_styled(photo, style) for photo in plan.photos))


def _styled(photo: Planned, style: str) -> Planned:
    written = photo.values.text("credit")
    published = in_style(written, style, load_agencies())
    if published == written:
        return photo
    return replace(photo, values=photo.values.updated({"credit": published}), written_credit=written)
