"""The guide tells the keys that the program has."""

from pathlib import Path

import pytest

from captioner.ui.actions import ACTIONS, FIXED

GUIDE = (Path(__file__).parents[2] / "docs" / "guide.md").read_text()


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.key)
def test_every_action_is_in_the_guide_with_its_shortcuts(action):
    assert f"| {', '.join(action.shortcuts)} | {action.label.rstrip('…')} |" in GUIDE


def test_the_guide_tells_the_fixed_keys_and_none_that_is_gone():
    rows = [line for line in GUIDE.splitlines() if line.startswith("| ") and line != "| | |"]
    assert len(rows) == len(ACTIONS) + len(FIXED)
    assert all(f"| {', '.join(keys)} | {told} |" in rows for keys, told in FIXED)
