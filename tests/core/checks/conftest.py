from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from captioner.core.checks import Knowledge
from captioner.storage.desk_data import load_knowledge


@pytest.fixture
def knows_with() -> Callable[[Mapping[str, str]], Knowledge]:
    return lambda severities: replace(load_knowledge(), severities=severities)
