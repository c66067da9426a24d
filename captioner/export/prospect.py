"""A plan for another folder than it was made for, and the room that there is: what a page asks as a person types."""

import shutil
from dataclasses import replace
from pathlib import Path

from captioner.export import place
from captioner.export.plan import Plan
from captioner.export.recipes import STOP, VERSION


def moved(plan: Plan, destination: Path) -> Plan | None:
    """None where it depends on what the folder holds; raises CaptionerError for one that can't be."""
    place.check_place(destination, [*(photo.source for photo in plan.photos), *(path for path, _why in plan.refused)])
    if plan.corrects:
        return None
    if plan.recipe.existing == VERSION and (plan.version > 1 or place.held(destination, plan.file_names)):
        return None
    if plan.recipe.existing == STOP:
        place.check_names(destination, plan.file_names)
    return replace(plan, destination=destination)


def free_space(plan: Plan) -> int:
    """Octets that are free where it goes, 0 where nothing tells; raises CaptionerError for too few."""
    try:
        there = next(folder for folder in (plan.destination, *plan.destination.parents) if folder.is_dir())
        free = shutil.disk_usage(there).free
    except (OSError, StopIteration):
        return 0
    place.check_space(there, plan.destination, plan.size)
    return free
