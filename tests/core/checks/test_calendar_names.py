from datetime import datetime, timedelta

import pytest

from captioner import i18n
from captioner.core.checks.calendar_names import names
from captioner.storage.desk_data import load_knowledge
from tests.core.checks.tables import found

LANGUAGES = sorted(names(load_knowledge(), True).orders) + sorted(names(load_knowledge(), False).orders)
UNREAD = {"eu", "kk", "lv", "ga"}
"""Their whole dates have a form of their own that is not read; `ga` has months of two words."""
DAYS = [datetime(2016, 2, 29) + timedelta(days=97 * step) for step in range(12)]


def written(language: str, moment: datetime) -> tuple[str, str]:
    """The date as CLDR writes it, and again with the weekday of two days later."""
    pattern = i18n.calendar(language).full.replace("G", "").replace("cccc", "EEEE")
    right, wrong = (i18n.in_language(language, moment + timedelta(days=days), "EEEE") for days in (0, 2))
    text = i18n.in_language(language, moment, pattern)
    return text, text.replace(right, wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_date_of_cldr_fits_its_weekday(language):
    for moment in DAYS:
        right, _wrong = written(language, moment)
        assert found("weekday-date", f"– {right}.", moment.date().isoformat()) == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language not in UNREAD])
def test_a_whole_date_of_cldr_with_another_weekday_is_found(language):
    for moment in DAYS:
        right, wrong = written(language, moment)
        assert right != wrong
        assert len(found("weekday-date", f"– {wrong}.", moment.date().isoformat())) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_the_names_leaves_the_numbers_of_a_language_readable(language):
    i18n.calendar(language)
    assert "5" in i18n.number(1234.5, 1, language)


def test_a_name_in_small_letters_is_none_where_its_language_writes_it_with_a_capital():
    known = names(load_knowledge(), True)
    assert {name.language for name in known.month("march")} == set()
    assert "en" in {name.language for name in known.month("March")}
    assert "fr" in {name.language for name in known.weekday("Mercredi")}
