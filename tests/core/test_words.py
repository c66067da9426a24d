from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core.words import forms, known, misspelt, names, words


def found(text, delimiter="="):
    return [text[start:end] for start, end in words(text, delimiter)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t stop, it's Metzel's.", ["Don’t", "stop", "it's", "Metzel's"]),
        ("undang-undang dan kemerah-merahan", ["undang-undang", "dan", "kemerah-merahan"]),
        ("the players' ‘quoted’ words", ["the", "players", "quoted", "words"]),
        ("Президент Владимир Путин", ["Президент", "Владимир", "Путин"]),
        ("cafe\u0301 au lait", ["cafe\u0301", "au", "lait"]),
        ("قال الرئيس", ["قال", "الرئيس"]),
        ("Emoji 😀👩‍🚀 stay", ["Emoji", "stay"]),
        ("Mikhail Metzel/Sputnik", ["Mikhail", "Metzel", "Sputnik"]),
        ("The end.Next one", ["The", "end", "Next", "one"]),
    ],
)
def test_words_keep_what_belongs_to_them(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["https://example.com/a?b=c", "www.example.co.id", "ann.lee@example.com", "photo-1.jpg", "DSC_0001.JPG", "2023",
     "COVID-19", "ke-78", "AP AFP NATO's KPK-nya REUTERS", "=mm= =mm#2=", "{date:EEEE (d/M/yyyy)}", "@ann #pemilu",
     "U.S. a.m.", "J. K.", "金正恩会见普京 プーチン 김정은", "", "\x00 – …"],
)  # fmt: skip
def test_what_is_no_word_of_a_language_is_passed_over(text):
    assert found(text) == []


def test_codes_stand_between_the_delimiter_that_the_desk_uses():
    assert found("\\mm\\ a=b=", "\\") == []
    assert found("\\mm\\ and", "\\") == ["and"]


@given(st.text(max_size=200))
def test_words_lie_in_the_text_one_after_the_other(text):
    spans = words(text)
    assert all(start < end for start, end in spans)
    assert [place for span in spans for place in span] == sorted({place for span in spans for place in span})


@pytest.mark.parametrize("word", ["Metzel", "Metzel's", "Metzel’s", "Kim-Metzel", "Cawapres", "cawapres", "Putin-Kim"])
def test_names_are_known_with_their_endings(word):
    assert known(word, names(["Mikhail Metzel/Sputnik/Kremlin Pool", "Kim Jong Un", "Vladimir Putin", "cawapres"]))


@pytest.mark.parametrize("word", ["metzel", "Metzl", "Met"])
def test_a_slip_in_a_name_is_no_name(word):
    assert not known(word, names(["Mikhail Metzel"]))


@pytest.mark.parametrize(
    ("word", "right"),
    [("kemerah-merahan", "kemerahan"), ("berlari-lari", "berlari"), ("anak-anaknya", "anaknya"), ("d'accord", "accord"),
     ("Ankara'da", "Ankara"), ("president's", "president")],
)  # fmt: skip
def test_a_word_is_right_where_what_it_is_made_of_is(word, right):
    assert (right,) in forms(word)


@pytest.mark.parametrize("text", ["." * 5000, "-" * 5000, "a" * 5000, "{" * 5000, "=" * 5000, "a." * 2500, "'a" * 2500])
def test_no_text_takes_long(text):
    begun = perf_counter()
    words(text)
    assert perf_counter() - begun < 0.5


def test_what_is_misspelt_is_told_by_its_place():
    assert misspelt("😀 teh cat", {"cat"}.__contains__) == [(2, 5)]
