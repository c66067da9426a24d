import subprocess
import sys

import pytest

from captioner.core.checks.calendar_names import names
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.weekday_date import find
from captioner.storage.desk_data import load_knowledge, load_languages
from tests.core.checks.tables import found, marked, table
from tests.core.conftest import photo

CASES = table("weekday_date")


@pytest.mark.parametrize(("caption", "created", "right"), CASES["found"])
def test_a_weekday_that_does_not_fit_its_date_is_found(caption, created, right):
    text, part, start, end = marked(caption)
    (finding,) = found("weekday-date", text, created)
    assert (finding.start, finding.end) == (start, end)
    assert finding.fix == (text[:start] + right + text[end:] if right else None)
    assert part in finding.message


@pytest.mark.parametrize(("caption", "created"), CASES["clean"])
def test_what_fits_or_belongs_to_no_date_is_left_alone(caption, created):
    assert found("weekday-date", caption, created) == []


def test_the_message_says_the_weekday_that_the_date_is():
    (finding,) = found("weekday-date", "A bridge, Thursday, Sept. 13, 2023.")
    assert "Wednesday" in finding.message


def test_no_fix_is_offered_where_the_date_may_be_what_is_wrong():
    (finding,) = found("weekday-date", "A bridge, Tuesday, Sept. 13, 2023.", "2023-09-12")
    assert finding.fix is None


def test_no_fix_is_offered_where_the_zone_may_explain_the_weekday():
    (finding,) = found("weekday-date", "A bridge, Tuesday, Sept. 13, 2023.", "2023-09-12T23:30:00Z")
    assert finding.fix is None


def test_a_date_without_a_year_says_nothing_while_no_year_is_known():
    assert found("weekday-date", "A bridge, Thursday, Sept. 13.") == []


def test_twenty_languages_beside_those_of_the_program_have_their_names():
    further = {name.language for same in names(load_knowledge(), False).weekdays.values() for name in same}
    assert len(further - {each.code for each in load_languages().spoken}) >= 20


def test_a_check_that_knows_no_words_finds_nothing():
    assert list(find([photo("a.jpg", caption="Kamis (13/9/2023)")], Knowledge())) == []


def test_no_calendar_is_loaded_before_a_caption_needs_it():
    program = "import sys, captioner.core.checks; print([name for name in sys.modules if name.startswith('babel')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
