"""The cases of the checks that look at one photo alone, and what a check reports of one."""

import tomllib
from pathlib import Path
from typing import Any

from captioner.core import checks
from captioner.core.checks import Finding
from captioner.storage.desk_data import load_knowledge
from tests.core.conftest import photo

_HERE = Path(__file__).parent


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text("utf-8"))


def found(check: str, caption: str, created: str = "") -> list[Finding]:
    return list(checks.CHECKS[check]([photo("a.jpg", caption=caption, date_created=created)], load_knowledge()))


def marked(caption: str) -> tuple[str, str, int, int]:
    """A caption whose part in question stands between two `|`: without them, that part, and where it is."""
    before, part, after = caption.split("|")
    return before + part + after, part, len(before), len(before) + len(part)
