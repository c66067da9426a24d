"""A short form of `make fuzz`; the same files each time."""

import pytest

from tests import seeds
from tests.fuzzing import failures


@pytest.mark.parametrize("kind", [*seeds.WRITABLE, *seeds.READ_ONLY])
def test_damaged_files_are_refused_or_written_and_never_lose_their_picture(kind):
    assert [(each.what, each.seed) for each in failures(kind, 60, 1)] == []
