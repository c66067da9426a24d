import pytest

from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.relative_time import find
from tests.core.checks.tables import found, marked, table
from tests.core.conftest import photo

CASES = table("relative_time")


@pytest.mark.parametrize("caption", CASES["found"])
def test_a_word_that_tells_no_day_is_found(caption):
    text, part, start, end = marked(caption)
    (finding,) = found("relative-time", text)
    assert (finding.start, finding.end, finding.fix) == (start, end, None)
    assert part in finding.message


@pytest.mark.parametrize("caption", CASES["clean"])
def test_names_quotes_and_other_meanings_are_left_alone(caption):
    assert found("relative-time", caption) == []


def test_a_check_that_knows_no_words_finds_nothing():
    assert list(find([photo("a.jpg", caption="Police clash today.")], Knowledge())) == []
