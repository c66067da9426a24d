"""What the tests of this room share."""

import os
from pathlib import Path

from captioner.core.photo import Photo
from captioner.core.policy import Policy
from captioner.storage.photos import read_photo

CREDIT = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
HEADLINE = "Kim Jong Un temui Putin"
POLICY = Policy()


def checkout() -> dict[str, str]:
    """The environment of a process that a test starts; it has the test's home."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def read(path: Path) -> Photo:
    return read_photo(path, POLICY)


def caption(number: int) -> str:
    return f"Presiden Rusia Vladimir Putin “{number}” – Rabu (13/9/2023)."


def held(folder: Path) -> list[str]:
    """Everything in a folder and below, hidden files too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
