import pytest

from captioner.core import dates


def test_iim_takes_date_and_time_apart():
    assert dates.parse("2023-09-13T10:20:30+07:00").iim == ("20230913", "102030+0700")


def test_an_unknown_zone_is_not_invented():
    assert dates.parse("2023-09-13T10:20:30").iim == ("20230913", "102030")
    assert dates.parse("2023-09-13T10:20:30").exif[1] == ""


def test_exif_leaves_blanks_for_what_is_unknown():
    assert dates.parse("2023-09").exif[0] == "2023:09:     :  :  "


@pytest.mark.parametrize("text", ["2023", "2023-09", "2023-09-13", "2023-09-13T10:20:30+07:00", "2023-09-13T10:20:30"])
def test_iim_reads_back_what_it_wrote(text):
    assert str(dates.from_iim(*dates.parse(text).iim)) == text


@pytest.mark.parametrize("text", ["2023-09-13", "2023-09-13T10:20:30.25+07:00"])
def test_exif_reads_back_what_it_wrote(text):
    assert str(dates.from_exif(*dates.parse(text).exif)) == text


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "    :  :     :  :  ", ""])
def test_a_camera_without_a_clock_has_no_date(text):
    assert dates.from_exif(text, "", "") is None


def test_a_longer_date_covers_a_shorter_one():
    long, short = dates.parse("2023-09-13T10:20:30+07:00"), dates.parse("2023-09-13")
    assert long.covers(short)
    assert not short.covers(long)
