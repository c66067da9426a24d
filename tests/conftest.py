"""What every test stands on: no screen, a home of its own, English messages."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"

import pytest
from hypothesis import settings

from captioner import i18n, paths

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
def ninjs_schema() -> Path:
    """IPTC's schema of ninjs 3.1."""
    return _shared("ninjs/ninjs-schema_3.1.json")


@pytest.fixture
def story_file() -> Path:
    """A real Indonesian story, doubled by scraping."""
    return _shared("story-id.txt")


@pytest.fixture(params=["sample", "real"])
def any_story(request) -> tuple[Path, str]:
    """A story of seven captions with its only credit: our own, and the real one where it is there."""
    if request.param == "sample":
        return paths.resources() / "sample" / "story.txt", "Ranggi Tamawira/Lensa Nusa/Selasih Harbor Pool/AP"
    return _shared("story-id.txt"), "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
