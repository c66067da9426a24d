from dataclasses import replace

import pytest
from exporting import held

from captioner.errors import CaptionerError
from captioner.export.prospect import free_space, moved


@pytest.mark.parametrize("existing", ["stop", "replace", "version"])
def test_a_plan_that_was_moved_is_the_one_made_for_that_folder(planned, tmp_path, existing):
    there = tmp_path / "elsewhere"
    assert moved(planned(existing=existing), there) == planned(into=there, existing=existing)


def test_a_plan_is_not_moved_to_where_its_files_would_be_another_version(planned, export, tmp_path):
    export(into=tmp_path / "held")
    assert moved(planned(existing="version"), tmp_path / "held") is None


@pytest.mark.parametrize("where", ["held", "story"])
def test_a_plan_is_not_moved_to_where_it_cannot_be(planned, export, tmp_path, where):
    export(into=tmp_path / "held")
    with pytest.raises(CaptionerError):
        moved(planned(), tmp_path / where)


def test_moving_a_plan_writes_nothing(planned, tmp_path):
    before = held(tmp_path)
    moved(planned(), tmp_path / "elsewhere")
    assert held(tmp_path) == before


def test_too_little_room_is_told_before_anything_is_written(planned):
    small = planned()
    assert free_space(small) > 0
    large = replace(small, photos=(replace(small.photos[0], size=1 << 60),))
    with pytest.raises(CaptionerError, match="not enough room"):
        free_space(large)
