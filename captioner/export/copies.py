"""Captioned copies of single photos, for another program that takes them: no set, and nothing beside them."""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from captioner.core.photo import Photo
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.export import place
from captioner.export.build import build
from captioner.export.exported import Exported
from captioner.export.house_style import styled
from captioner.export.plan import Planned, plan, warned
from captioner.export.recipes import Recipe
from captioner.storage import batch

_RECIPE = Recipe("copies", names="{original}", manifests=())
_KEPT_S = 24 * 3600
"""A browser may read a file long after it was dropped."""
_THREADS = 2
Outcome = tuple[Planned, Exported | CaptionerError]


@dataclass(frozen=True)
class Copies:
    files: tuple[Path, ...]
    told: tuple[str, ...] = ()
    """Of each photo that is left out, and of each that may not go everywhere."""


def made(photos: Sequence[Photo], headline: str, policy: Policy, credit_style: str, home: Path) -> Copies:
    """In a new folder in `home`; those of yesterday go. Raises CaptionerError for trouble with the folder."""
    try:
        folder = _folder(home)
        planned = styled(warned(plan(photos, headline, _RECIPE, folder)), credit_style)
        outcomes = _outcomes(planned.photos, partial(build, recipe=_RECIPE, policy=policy, folder=folder))
    except OSError as error:
        raise place.failure(error, home) from error
    failed = [outcome.sentence for _photo, outcome in outcomes if isinstance(outcome, CaptionerError)]
    files = [folder / each.first.file for _photo, each in outcomes if not isinstance(each, CaptionerError)]
    return Copies(tuple(files), (*(why for _path, why in (*planned.refused, *planned.restricted)), *failed))


def _outcomes(photos: Sequence[Planned], work: Callable[[Planned], Exported]) -> list[Outcome]:
    left = iter(photos)
    return list(batch.work_off(work, lambda count, _wait: batch.next_of(left, count), len(photos), 1, threads=_THREADS))


def _folder(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    for old in home.iterdir():
        if time.time() - old.stat().st_mtime > _KEPT_S:
            shutil.rmtree(old, ignore_errors=True)
    return Path(mkdtemp(dir=home))
