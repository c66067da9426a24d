from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import checks
from captioner.core.checks import CHECKS, Severity
from captioner.core.photo import CROPPED, GPS, MIRRORED, Photo
from captioner.storage.desk_data import load_knowledge
from tests.core.checks.judged import found, photo

CLEAN = {"caption": "Warga menyeberangi jembatan di Jakarta, Rabu (13/9/2023).", "credit": "Ann Lee/AP",
         "alt_text": "Puluhan orang di atas jembatan baja."}  # fmt: skip
NAMES = [
    "weekday-date",
    "date-created",
    "unit-conversion",
    "credit-missing",
    "credit-in-caption",
    "credit-variant",
    "name-variant",
    "duplicate-caption",
    "placeholder",
    "relative-time",
    "left-right",
    "unbalanced-quotes",
    "doubled-word",
    "mojibake",
    "too-long",
    "alt-text",
    "restriction",
    "gps",
]
PIECES = st.sampled_from([
    "“", "”", "„", "«", "»", "\"", "(", ")", "[", "]", "：）", "the ", "The the ", "Kim Jong Un ", "Kim Jong-un ",
    "TK", "XXX",
    "???", "Ã©", "â€œ", "\ufffd", "Рџ", "РСЃС‚", "TURKEY OUT", "EMBARGO ", "18:00", "\n", "\n\n", "  ", ", left,",
    " (kiri)",
    "Ann Lee/AP", "(AP Photo/Ann Lee)", "d'", "-", ".", " ", "İ", "ı", "ß", "\u0301", "한", "写真", "يسار",
    "\U0001f600",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))
KEYS = ("headline", "caption", "credit", "alt_text", "instructions", "usage_terms", "title")


def told(*values: dict) -> list[tuple[str, str]]:
    photos = [photo(f"{number}.jpg", **each) for number, each in enumerate(values)]
    return [(each.path.name, each.check) for each in checks.find(photos, load_knowledge())]


def test_a_clean_photo_has_no_findings():
    assert told(CLEAN) == []


@pytest.mark.parametrize(("change", "check"), [
    ({"credit": ""}, "credit-missing"),
    ({"caption": "A bridge. Ann Lee/Sputnik/Kremlin Pool/AP"}, "credit-in-caption"),
    ({"caption": "NAME TO COME crosses a bridge."}, "placeholder"),
    ({"credit": "Mikhail Metzel/Sputnik/Kremlin Pool/AP"}, "too-long"),
    ({"alt_text": ""}, "alt-text"),
])  # fmt: skip
def test_each_check_finds_its_case_and_nothing_else(change, check):
    assert told(CLEAN | change) == [("0.jpg", check)]


def test_a_file_that_was_not_read_yet_is_not_judged():
    assert checks.find([Photo(photo("a.jpg").path)], load_knowledge()) == []


def test_every_check_has_the_name_that_the_command_line_prints():
    assert set(CHECKS) <= set(NAMES)


def test_a_desk_turns_checks_off_and_grades_them_its_own_way():
    missing = photo("a.jpg", caption="TK is here.")
    wanted = {"placeholder": "off", "credit-missing": "error", "alt-text": "warning"}
    told = checks.find([missing], replace(load_knowledge(), severities=wanted))
    assert {(each.check, each.severity) for each in told} == {
        ("credit-missing", Severity.ERROR), ("alt-text", Severity.WARNING)}  # fmt: skip


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, TEXTS)), max_size=4),
       st.sets(st.sampled_from([GPS, MIRRORED, CROPPED])))  # fmt: skip
def test_no_text_makes_a_check_raise_or_point_outside_of_it(values, facts):
    photos = [photo(f"{number}.jpg", frozenset(facts), **each) for number, each in enumerate(values)]
    texts = {each.path: each.values for each in photos}
    for finding in checks.find(photos, load_knowledge()):
        size = len(texts[finding.path].text(finding.field)) if finding.field else 0
        assert 0 <= finding.start <= finding.end <= size
        assert finding.fix is None or finding.fix != texts[finding.path].text(finding.field)


@given(TEXTS)
def test_what_a_fix_leaves_is_not_found_again_for_ever(text):
    """Each fix makes less to be found, so that one key, pressed often enough, comes to an end."""
    for _time in range(60):
        fixes = [each.fix for each in checks.find([photo("a.jpg", caption=text)], load_knowledge()) if each.fix]
        if not fixes:
            return
        text = fixes[0]
    raise AssertionError(text)


def test_a_finding_of_a_list_points_into_the_list_as_the_form_shows_it():
    [finding] = found("placeholder", photo("a.jpg", persons_shown=("Ann Lee", "Name to come")))
    assert (finding.field, finding.start, finding.end) == ("persons_shown", 9, 21)
