import pytest

from tests.core.checks.judged import found, photo

LONG = [
    ("headline", "x" * 257), ("caption", "x" * 2001), ("caption", "é" * 1001), ("credit", "x" * 33),
    ("credit", "я" * 17),
    ("creator", ("x" * 33,)), ("creator", ("Ann", "한" * 11)), ("source", "x" * 33), ("city", "x" * 33),
    ("state", "x" * 33),
    ("country", "x" * 65), ("country_code", "INDO"), ("title", "x" * 65), ("keywords", ("a", "x" * 65)),
    ("copyright", "x" * 129), ("instructions", "x" * 257), ("job_id", "x" * 33),
]  # fmt: skip
FITS = [
    ("headline", "x" * 256), ("caption", "x" * 2000), ("caption", "é" * 1000), ("credit", "x" * 32),
    ("credit", "я" * 16),
    ("creator", ("x" * 32, "x" * 32)), ("source", "x" * 32), ("city", "x" * 32), ("alt_text", "x" * 9000),
    ("extended_description", "x" * 9000), ("usage_terms", "x" * 9000), ("persons_shown", ("x" * 90,)),
    ("title", "x" * 64),
    ("keywords", ("x" * 64,) * 99), ("copyright", "x" * 128), ("date_created", "2023-09-13T14:05:00.123456+07:00"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), LONG)
def test_what_iim_cuts_is_told_quietly(key, value):
    assert [(each.field, each.severity) for each in found("too-long", photo("a.jpg", **{key: value}))] == [
        (key, "info")
    ]


@pytest.mark.parametrize(("key", "value"), FITS)
def test_what_fits_or_is_no_iim_field_is_not(key, value):
    assert found("too-long", photo("a.jpg", **{key: value})) == []
