"""What every test stands on: no screen, a home of its own, English messages."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"

import pytest
from hypothesis import settings

from captioner import i18n

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """Drafts, orders and settings of the test alone."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CAPTIONER_DATA", str(folder / "data"))
    monkeypatch.setenv("CAPTIONER_CONFIG", str(folder / "config"))
    i18n.use("en")
    return folder


def _shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    return path


@pytest.fixture
def corpus() -> Path:
    """Real pictures of many cameras and programs."""
    return _shared("corpus")


@pytest.fixture
def story_file() -> Path:
    """A real Indonesian story, doubled by scraping."""
    return _shared("story-id.txt")
