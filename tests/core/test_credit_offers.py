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


def take(photos, paths, keys=credit_offers.KEYS):
    chains = {credit: parse(credit, AGENCIES) for credit in credit_offers.credits_of(photos, paths)}
    return credit_offers.take(photos, paths, keys, chains)


def restyle(photos, paths, style):
    credits = credit_offers.credits_of(photos, paths)
    by_credit = {credit: credit_offers.rewritten(credit, style, AGENCIES) for credit in credits}
    return credit_offers.restyle(photos, paths, by_credit), by_credit


def test_each_photo_gets_what_its_own_credit_gives_as_one_step(credited, do):
    do(take(credited, credited.order))
    held = [(credited[path].values["creator"], credited[path].values["source"]) for path in credited.order]
    assert held == [(("Ann Doe",), "AFP"), (("Mikhail Metzel",), "Sputnik"), ((), "AFP"), (("Ann",), "AP")]


def test_one_field_is_taken_without_the_other(credited, do):
    do(take(credited, [A], ["source"]))
    assert (credited[A].values["creator"], credited[A].values["source"]) == ((), "AFP")


def test_credits_are_written_in_a_style_as_one_step(credited, do):
    edit, by_credit = restyle(credited, credited.order, "ap")
    do(edit)
    assert credited[B].values["credit"] == "(Mikhail Metzel, Sputnik, Kremlin Pool Photo via AP)"
    assert by_credit["Stringer/AFP"].dropped == ("Stringer",)


def test_a_credit_that_the_style_cannot_hold_stays(photos):
    long = "A Photographer With a Very Long Name Indeed/Sputnik/AP"
    photos.apply(credit_offers.edits.set_field(photos, [A], "credit", long))
    edit, by_credit = restyle(photos, [A], "short")
    assert (bool(edit), by_credit[long].text) == (False, "")


@pytest.mark.parametrize("style", STYLES)
def test_no_credit_becomes_empty_in_any_style(credited, style):
    credited.apply(restyle(credited, credited.order, style)[0])
    assert all(each.values["credit"] for each in credited.photos)


def test_a_style_says_what_more_it_leaves_out_of_a_giver():
    assert credit_offers.rewritten("Courtesy of Jane Doe/AFP", "slash", AGENCIES) == credit_offers.Rewritten(
        "Jane Doe/AFP", ("Courtesy of",))  # fmt: skip
