from pathlib import Path

import pytest

from captioner.core import credit_offers
from captioner.core.credit import STYLES, parse
from captioner.storage.desk_data import load_agencies
from tests.core.conftest import photo

A, B, C, D = (Path(f"{name}.jpg") for name in "abcd")
POOL = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
AGENCIES = load_agencies()


@pytest.mark.parametrize(("credit", "creator", "source"), [
    (POOL, ("Mikhail Metzel",), "Sputnik"),
    ("(AP Photo/Ann Doe)", ("Ann Doe",), "AP"),
    ("Ann Doe/Kremlin Pool/AP", ("Ann Doe",), "Kremlin Pool"),
    ("Ann Doe via Reuters", ("Ann Doe",), "Reuters"),
    ("Ann Doe and Bob Roe/AFP via Getty Images", ("Ann Doe", "Bob Roe"), "AFP"),
    ("Stringer/AFP", None, "AFP"),
    ("Ann Doe", ("Ann Doe",), None),
    ("", None, None),
])  # fmt: skip
def test_the_photographer_is_the_creator_and_the_origin_is_the_source(credit, creator, source):
    given = credit_offers.given(parse(credit, AGENCIES))
    assert (given.get("creator"), given.get("source")) == (creator, source)


def test_what_a_photo_has_already_is_not_offered():
    chain = parse("Ann Doe/AFP", AGENCIES)
    assert credit_offers.offers(chain, photo("a.jpg", creator=("ANN  DOE",), source="AFP").values) == {}
    assert credit_offers.offers(chain, photo("a.jpg", creator=("Bob",)).values) == {
        "creator": ("Ann Doe",), "source": "AFP"}  # fmt: skip


@pytest.fixture
def credited(photos):
    for path, credit in ((A, "Ann Doe/AFP"), (B, POOL), (C, "Stringer/AFP")):
        photos.apply(credit_offers.edits.set_field(photos, [path], "credit", credit))
    return photos


def test_each_photo_gets_what_its_own_credit_gives_as_one_step(credited, do):
    do(credit_offers.take(credited, credited.order, credit_offers.KEYS, AGENCIES))
    held = [(credited[path].values["creator"], credited[path].values["source"]) for path in credited.order]
    assert held == [(("Ann Doe",), "AFP"), (("Mikhail Metzel",), "Sputnik"), ((), "AFP"), (("Ann",), "AP")]


def test_one_field_is_taken_without_the_other(credited, do):
    do(credit_offers.take(credited, [A], ["source"], AGENCIES))
    assert (credited[A].values["creator"], credited[A].values["source"]) == ((), "AFP")


def test_credits_are_written_in_a_style_as_one_step(credited, do):
    made = credit_offers.restyled(credited, credited.order, "ap", AGENCIES)
    do(made.edit)
    assert credited[B].values["credit"] == "(Mikhail Metzel, Sputnik, Kremlin Pool Photo via AP)"
    assert (made.stay, made.dropped) == (0, ("Stringer",))


def test_a_credit_that_the_style_cannot_hold_stays(photos):
    long = "A Photographer With a Very Long Name Indeed/Sputnik/AP"
    photos.apply(credit_offers.edits.set_field(photos, [A], "credit", long))
    made = credit_offers.restyled(photos, [A], "short", AGENCIES)
    assert (bool(made.edit), made.stay, made.dropped) == (False, 1, ())


@pytest.mark.parametrize("style", STYLES)
def test_no_credit_becomes_empty_in_any_style(credited, style):
    credited.apply(credit_offers.restyled(credited, credited.order, style, AGENCIES).edit)
    assert all(each.values["credit"] for each in credited.photos)
