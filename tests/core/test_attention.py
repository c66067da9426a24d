from pathlib import Path

import pytest

from captioner.core.attention import Attention
from captioner.core.caption import Values
from captioner.core.checks import Finding, Severity
from captioner.core.photo import Photo

PATH = Path("a.jpg")
PHOTO = Photo(PATH, values=Values({"caption": "TK", "headline": "TK"}))


def finding(field="caption", severity=Severity.WARNING, start=0):
    return Finding(PATH, "placeholder", severity, field, "TK is a placeholder.", start, start + 2)


def test_findings_stand_as_the_form_is_read():
    found = Attention().of(PHOTO, [finding("credit"), finding(start=9), finding(start=3), finding("headline")])
    assert [(each.field, each.start) for each in found] == [
        ("headline", 0), ("caption", 3), ("caption", 9), ("credit", 0)]  # fmt: skip


def test_a_finding_of_the_photo_as_a_whole_comes_first_and_can_be_dismissed():
    whole = finding("")
    assert Attention().of(PHOTO, [finding(), whole]) == (whole, finding())
    assert Attention().without(whole, "").of(PHOTO, [whole]) == ()


def test_a_check_that_is_off_reports_nothing():
    assert Attention({"placeholder": "off"}).of(PHOTO, [finding()]) == ()
    assert Attention({"too-long": "off"}).of(PHOTO, [finding()]) == (finding(),)


@pytest.mark.parametrize("weight", ["info", "warning", "error"])
def test_a_check_weighs_what_the_desk_makes_of_it(weight):
    assert Attention({"placeholder": weight}).of(PHOTO, [finding()])[0].severity == weight


def test_a_dismissed_finding_is_back_when_the_value_is_another():
    attention = Attention().without(finding(), "TK")
    assert attention.of(PHOTO, [finding(), finding("headline")]) == (finding("headline"),)
    assert attention.of(PHOTO.edited("caption", "TK!"), [finding()]) == (finding(),)
    assert attention.again(finding(), "TK").of(PHOTO, [finding()]) == (finding(),)


def test_a_finding_stays_dismissed_when_its_check_weighs_otherwise():
    attention = Attention({"placeholder": "error"})
    shown = attention.of(PHOTO, [finding()])[0]
    assert attention.without(shown, "TK").weighing({}).of(PHOTO, [finding()]) == ()
