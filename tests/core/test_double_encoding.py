import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core.double_encoding import repaired

MEANT = ["Joković", "Łódź", "“Владимир” 김정은", "© 2023 AP", "Évian", "naïve café"]


@pytest.mark.parametrize("text", MEANT)
@pytest.mark.parametrize("times", [1, 2])
def test_what_was_encoded_again_is_repaired(text, times):
    garbled = text
    for _time in range(times):
        octets = garbled.encode()
        garbled = "".join(bytes([each]).decode("cp1252", "ignore") or chr(each) for each in octets)
    assert repaired(garbled) == text


@pytest.mark.parametrize(
    "text", [*MEANT, "Café", "Citroën", "Straße", "50 °C", "AFP/Getty “x”", "plain", "", "Ã", "£5"]
)
def test_what_was_encoded_once_is_left_alone(text):
    assert repaired(text) == ""


def test_a_last_character_that_a_limit_cut_is_lost_and_no_other():
    assert repaired("Ã‰vian dÃ©jÃ") == "Évian déj"


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(text):
    repaired(text)
