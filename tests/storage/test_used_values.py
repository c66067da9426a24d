from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.errors import CaptionerError
from captioner.storage import used_values
from captioner.storage.used_values import Entry, Used

CREDIT = "Mikhail Metzel/Sputnik"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "home" / "used.sqlite"


def texts(file, key="credit"):
    return [entry.text for entry in used_values.load(file, key).entries]


@pytest.mark.parametrize("typed", ["metz", "METZ", "mik met", "sput", "Metzel/Sp", "mikhail metzel/sputnik"])
def test_what_is_typed_finds_the_beginnings_of_words(file, typed):
    used_values.remember(file, {"credit": [CREDIT, "Ann Lee/AP"]})
    assert used_values.suggest(file, "credit", typed) == [CREDIT]


@pytest.mark.parametrize("typed", ["etzel", "metzels", "/", "😀"])
def test_the_middle_of_a_word_finds_nothing(file, typed):
    used_values.remember(file, {"credit": [CREDIT]})
    assert used_values.suggest(file, "credit", typed) == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [("José Muñoz/EFE", "munoz"), ("Jose Munoz", "muñoz"), ("Михаил Метцель", "мет"), ("김정은", "김정"),
     ("İstanbul", "istanbul"), ("Łódź", "lodz"), ("قصر الرئاسة", "الر"), ("O’Brien", "o'b")],
)  # fmt: skip
def test_accents_and_scripts_are_no_hindrance(file, text, typed):
    used_values.remember(file, {"city": [text]})
    assert used_values.suggest(file, "city", typed) == [text]


def test_the_latest_is_offered_first(file):
    for now, text in enumerate(["Ann/AP", "Ann/AFP", "Ann/AP"]):
        used_values.remember(file, {"credit": [text]}, now)
    assert used_values.suggest(file, "credit", "ann") == ["Ann/AP", "Ann/AFP"]
    assert used_values.load(file, "credit").entries == (Entry("Ann/AP", 2, 2), Entry("Ann/AFP", 1, 1))


def test_nothing_typed_offers_the_latest_up_to_the_limit(file):
    used_values.remember(file, {"keywords": ["a", "b", "c"]})
    assert used_values.suggest(file, "keywords", " ", 2) == ["a", "b"]


def test_fields_that_hold_texts_of_their_own_are_not_remembered(file):
    used_values.remember(file, {"caption": ["Once"], "headline": ["Once"]})
    assert not file.exists()


def test_a_removed_value_comes_back_only_by_hand(file):
    used_values.remember(file, {"credit": ["Ann/PA"]})
    used_values.forget(file, "credit", ["Ann/PA"])
    used_values.remember(file, {"credit": ["Ann/PA"]})
    assert texts(file) == []
    used_values.add(file, "credit", ["Ann/PA"])
    assert texts(file) == ["Ann/PA"]


def test_what_was_removed_by_mistake_is_as_it_was(file):
    used_values.remember(file, {"credit": ["Ann/AP"]}, 7)
    before = used_values.load(file, "credit")
    used_values.forget(file, "credit", ["Ann/AP"])
    used_values.restore(file, "credit", ["Ann/AP"])
    assert used_values.load(file, "credit") == before


def test_the_oldest_go_and_what_a_person_added_stays(file, monkeypatch):
    monkeypatch.setattr(used_values, "MOST", 3)
    used_values.add(file, "city", ["Jakarta"])
    for now in range(5):
        used_values.remember(file, {"city": [f"City {now}"]}, 1e10 + now)
    assert texts(file, "city") == ["City 4", "City 3", "Jakarta"]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 501, "\ud800", "\0"])
def test_what_nobody_wants_offered_is_not_remembered(file, text):
    used_values.remember(file, {"credit": [text]})
    assert texts(file) == []


@given(st.text(max_size=40))
def test_any_text_comes_back_with_its_blanks_made_one(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("used") / "used.sqlite"
    used_values.remember(file, {"credit": [text]})
    tidy = " ".join(text.replace("\0", " ").split())
    assert texts(file) == ([tidy] if tidy else [])


def test_a_loaded_list_follows_what_is_used_next(file):
    used_values.remember(file, {"credit": ["Ann/AP", "Bo/AFP"]}, 5)
    loaded = used_values.load(file, "credit").remembering(["Bo/AFP", "New/AP"])
    used_values.remember(file, {"credit": ["Bo/AFP", "New/AP"]})
    assert [(each.text, each.times) for each in loaded.entries] == [("Bo/AFP", 2), ("New/AP", 1), ("Ann/AP", 1)]
    assert sorted(texts(file)) == sorted(each.text for each in loaded.entries)


def test_a_keystroke_costs_little_with_a_full_list():
    used = Used(tuple(Entry(f"Фотограф Ünal {number}/Agency/Pool/AP", 0) for number in range(used_values.MOST)))
    used.suggest("")
    begun = perf_counter()
    for typed in ("z", "фот 4999", "фотограф un agency z"):
        used.suggest(typed)
    assert (perf_counter() - begun) / 3 < 0.02  # 5 ms on a quiet computer


def test_a_damaged_file_is_moved_aside_and_a_new_one_begun(file):
    file.parent.mkdir()
    file.write_bytes(b"this is no database, " * 100)
    used_values.remember(file, {"credit": ["Ann/AP"]})
    assert texts(file) == ["Ann/AP"]
    assert file.with_name("used.sqlite.damaged-1").read_bytes().startswith(b"this is no")


def test_reading_makes_no_file(file):
    assert (used_values.suggest(file, "credit", ""), file.exists()) == ([], False)


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CaptionerError, match="can't be used"):
        used_values.remember(tmp_path / "file" / "used.sqlite", {"credit": ["Ann/AP"]})
