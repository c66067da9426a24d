import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core.creators import joined, split


@pytest.mark.parametrize(("artist", "creators"), [
    ("Ann Lee; Bob Ray", ("Ann Lee", "Bob Ray")), ("Ann Lee;Bob Ray", ("Ann Lee", "Bob Ray")), ("", ()), (" ; ", ()),
    ('"Doe; Jane"; Ann', ("Doe; Jane", "Ann")), ('"Say ""hi"""; Ann', ('Say "hi"', "Ann")), ('"odd', ('"odd',)),
])  # fmt: skip
def test_artist_is_split_as_the_mwg_has_it(artist, creators):
    assert split(artist) == creators


def test_a_creator_with_a_semicolon_is_quoted():
    assert joined(("Doe; Jane", "Ann")) == '"Doe; Jane"; Ann'


@given(st.lists(st.text(max_size=12).map(str.strip).filter(bool), max_size=4).map(tuple))
def test_what_was_joined_is_split_again(creators):
    assert split(joined(creators)) == creators
