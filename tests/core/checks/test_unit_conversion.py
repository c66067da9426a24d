import pytest

from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.unit_conversion import find
from captioner.core.checks.written_numbers import readings
from tests.core.checks.tables import found, marked, table
from tests.core.conftest import photo

CASES = table("unit_conversion")


@pytest.mark.parametrize(("caption", "right", "is_sure"), CASES["found"])
def test_a_conversion_that_is_wrong_is_found(caption, right, is_sure):
    text, _part, start, end = marked(caption)
    (finding,) = found("unit-conversion", text)
    assert (finding.start, finding.end) == (start, end - 1)
    assert right in finding.message
    assert (finding.fix is not None) is is_sure
    assert right in (finding.fix or right)


@pytest.mark.parametrize("caption", CASES["clean"])
def test_a_conversion_rounded_as_writers_do_is_left_alone(caption):
    assert found("unit-conversion", caption) == []


@pytest.mark.parametrize(("caption", "right", "is_sure"), CASES["found"])
def test_a_fix_leaves_nothing_to_find(caption, right, is_sure):
    for finding in found("unit-conversion", marked(caption)[0]):
        assert finding.fix is None or found("unit-conversion", finding.fix) == []


@pytest.mark.parametrize(("text", "values"), [
    ("1.234", {1234, 1.234}), ("1,5", {1.5}), ("1.234,5", {1234.5}), ("1,234.5", {1234.5}), ("1 234,5", {1234.5}),
    ("1.234.567", {1234567}), ("١٢٥", {125}), ("١٢٫٥", {12.5}), ("2½", {2.5}), ("1'234", {1234}), ("0.125", {0.125}),
])  # fmt: skip
def test_a_number_is_read_as_every_language_writes_it(text, values):
    assert {number.value for number in readings(text)} == values


def test_a_check_that_knows_no_words_finds_nothing():
    assert list(find([photo("a.jpg", caption="200 km (152 mi)")], Knowledge())) == []
