import contextlib
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from exporting import CREDIT, HEADLINE, POLICY, caption, read
from pictures import camera, seven

from captioner.core.photo import Photo
from captioner.export.plan import Plan, plan
from captioner.export.publish import run
from captioner.export.recipes import load_recipe


@pytest.fixture
def story(tmp_path) -> list[Photo]:
    """Seven photos with captions in the window that no file holds yet; the last has no credit."""
    paths = seven(tmp_path / "story")
    camera(paths[1], 2)
    photos = [read(path).edited("caption", caption(number)) for number, path in enumerate(paths, start=1)]
    return [photo.edited("credit", CREDIT) for photo in photos[:-1]] + photos[-1:]


@pytest.fixture
def destination(tmp_path) -> Path:
    return tmp_path / "out" / "set"


@pytest.fixture
def planned(story, destination):
    def make(photos=None, recipe="cms", into=None, **changes) -> Plan:
        chosen = replace(load_recipe(recipe), **changes)
        return plan(story if photos is None else photos, HEADLINE, chosen, into or destination)

    return make


@pytest.fixture
def export(planned):
    def do(photos=None, recipe="cms", into=None, **changes):
        return run(planned(photos, recipe, into, **changes), POLICY)

    return do


@pytest.fixture
def mounted(tmp_path):
    """A disk of its own; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if os.name != "posix" or os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here")
        return folder

    yield mount
    with contextlib.suppress(OSError):
        subprocess.run(["umount", str(folder)], capture_output=True, check=False)


@pytest.fixture
def bound(tmp_path):
    """A folder of the same disk that nothing can be renamed into from beside it."""
    folder, behind = tmp_path / "bound", tmp_path / "behind"
    folder.mkdir()
    behind.mkdir()
    command = ["mount", "--bind", str(behind), str(folder)]
    if os.name != "posix" or os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no folder can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], capture_output=True, check=True)
