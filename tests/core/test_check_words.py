from captioner.core.checks import CHECKS
from captioner.core.checks.words import LOOKS_FOR, TITLES


def test_every_check_has_a_title_and_says_what_it_looks_for():
    assert not CHECKS.keys() - TITLES.keys()
    assert TITLES.keys() == LOOKS_FOR.keys()
    assert all(text.endswith(".") for text in LOOKS_FOR.values())
