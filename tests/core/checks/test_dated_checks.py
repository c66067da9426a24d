"""What holds for the checks of dates and measures together."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import checks
from captioner.storage.desk_data import load_knowledge
from tests.core.checks.tables import found, table
from tests.core.conftest import photo
from tests.pace import slowness

CHECKS = ("weekday-date", "date-created", "relative-time", "unit-conversion")
CLEAN = [(language, *row) for language, rows in table("dated").items() for row in rows]
CREATED = ["", "2023", "2023-09", "2023-09-13", "2023-09-13T10:00:00Z", "2023-09-13T10:00:00+14:00", "0001-01-01",
           "9999-12-31", "2024-02-29"]  # fmt: skip
PIECES, UGLY = table("pieces")["pieces"], table("pieces")["ugly"]
CAPTION = (
    "Presiden dan para menteri memeriksa landasan peluncuran roket selama pertemuan mereka di pusat antariksa di luar "
    "kota, sekitar 200 kilometer (125 mil) dari ibu kota di wilayah timur, Rabu (13/9/2023). Foto {}."
)


def all_found(caption: str, created: str = "") -> list:
    return [finding for check in CHECKS for finding in found(check, caption, created)]


@pytest.mark.parametrize(("language", "caption", "created"), CLEAN)
def test_a_clean_caption_is_left_alone(language, caption, created):
    assert all_found(caption, created) == []


def test_there_are_sixty_clean_captions_in_six_languages():
    assert len(CLEAN) >= 60
    assert len({language for language, *_row in CLEAN}) == 6


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)), st.sampled_from(CREATED))
def test_whatever_the_caption_a_finding_lies_in_it_and_its_fix_changes_only_that(caption, created):
    for finding in all_found(caption, created):
        assert 0 <= finding.start < finding.end <= len(caption)
        if finding.fix is not None:
            assert finding.fix.startswith(caption[: finding.start])
            assert finding.fix.endswith(caption[finding.end :])


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from(CREATED))
def test_a_fixed_weekday_is_not_found_again(caption, created):
    for finding in found("weekday-date", caption, created):
        again = [each.start for each in found("weekday-date", finding.fix or "", created)]
        assert finding.start not in again


@pytest.mark.parametrize("piece", UGLY)
@pytest.mark.parametrize("check", CHECKS)
def test_a_hundred_kilobytes_take_less_than_a_tenth_of_a_second(check, piece):
    found(check, "A warm start, Thursday (13/9/2023), 200 km (152 mi).", "2023-09-14")
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    assert min(timed(found, check, text + "." * count, "2023-09-14") for count in range(3)) < 0.1


def test_one_photo_takes_less_than_two_milliseconds():
    judged(photos(1, "warm"))
    assert min(timed(judged, photos(1, f"one {count}")) for count in range(20)) < 0.002 * slowness()


def test_a_thousand_photos_take_less_than_four_tenths_of_a_second():
    judged(photos(1, "warm"))
    assert min(timed(judged, photos(1000, f"many {count}")) for count in range(4)) < 0.4 * slowness()


def photos(count: int, what: str) -> list:
    return [photo(f"{number}.jpg", caption=CAPTION.format(f"{what} {number}"), date_created="2023-09-13")
            for number in range(count)]  # fmt: skip


def judged(some: list) -> list:
    return [finding for check in CHECKS for finding in checks.CHECKS[check](some, load_knowledge())]


def timed(run, *given) -> float:
    """Of the processor, for the machine may be busy with something else."""
    start = time.process_time()
    run(*given)
    return time.process_time() - start
