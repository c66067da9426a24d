import pytest

from tests.core.checks.tables import found, marked, table

CASES = table("date_created")


@pytest.mark.parametrize(("caption", "created"), CASES["found"])
def test_a_date_that_is_not_that_of_the_file_is_found(caption, created):
    text, part, start, end = marked(caption)
    (finding,) = found("date-created", text, created)
    assert (finding.start, finding.end, finding.fix) == (start, end, None)
    assert part in finding.message


@pytest.mark.parametrize(("caption", "created"), CASES["clean"])
def test_a_date_that_agrees_or_is_of_something_else_is_left_alone(caption, created):
    assert found("date-created", caption, created) == []


def test_the_message_names_both_dates():
    (finding,) = found("date-created", "A bridge, Wednesday, Sept. 13, 2023.", "2023-09-20")
    assert "Sept. 13, 2023" in finding.message
    assert "2023-09-20" in finding.message


def test_a_known_zone_leaves_no_tolerance():
    assert found("date-created", "A bridge, Wednesday, Sept. 13, 2023.", "2023-09-14T10:00:00+07:00")
    assert not found("date-created", "A bridge, Wednesday, Sept. 13, 2023.", "2023-09-14T10:00:00")
