from types import SimpleNamespace

import pytest

from captioner.errors import CaptionerError
from captioner.storage import spelling

WORDS = {"presiden", "kemerahan", "undang", "president", "well", "known", "cafe\u0301"}


class Entry:
    def __init__(self, tag):
        self.tag, self.asked = tag, []
        if tag == "de_DE":
            raise EnchantError(tag)

    def check(self, word):
        self.asked.append(word)
        return word.lower() in WORDS

    def suggest(self, word):
        return [f"{word}!"]


class EnchantError(Exception):
    pass


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    """Dictionaries of a computer that has others than this one."""
    tags = ["en_AU", "en_GB", "en_US", "id_ID", "ru_RU", "de_DE", "de_AT"]
    errors = SimpleNamespace(Error=EnchantError)
    fake = SimpleNamespace(
        list_languages=lambda: tags, Dict=Entry, errors=errors, get_user_config_dir=lambda: "/home/desk/enchant"
    )
    monkeypatch.setattr(spelling, "_enchant", lambda: fake)
    for name in ("LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    spelling.dictionary.cache_clear()
    yield
    spelling.dictionary.cache_clear()


@pytest.mark.parametrize(
    ("language", "tag"),
    [("id", "id_ID"), ("en", "en_US"), ("en-GB", "en_GB"), ("en_AU", "en_AU"), ("en_ZA", "en_US"), ("de", "de_AT")],
)
def test_the_best_dictionary_that_works_is_taken(language, tag):
    assert spelling.dictionary(language).tag == tag


def test_the_desks_own_country_comes_first(monkeypatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert spelling.dictionary("en").tag == "en_GB"


@pytest.mark.parametrize("language", ["fr", "zh", "ko", "", "mul", "x"])
def test_a_language_without_dictionary_has_none(language):
    assert spelling.dictionary(language) is None


def test_without_its_library_there_is_no_dictionary(monkeypatch):
    monkeypatch.setattr(spelling, "_enchant", lambda: None)
    monkeypatch.setattr("sys.platform", "linux")
    assert spelling.dictionary("en") is None
    assert "apt install hunspell-en-us libenchant-2-2" in spelling.how_to_get("en")


@pytest.mark.parametrize(
    "word",
    ["presiden", "Presiden", "undang-undang", "kemerah-merahan", "president’s", "well‑known", "Путин", "", "x" * 5000,
     "김정은"],
)  # fmt: skip
def test_a_right_word_is_right_however_it_is_put_together(word):
    assert spelling.dictionary("id").check(word)


@pytest.mark.parametrize("word", ["presidne", "undang-undagn", "presidne’s"])
def test_a_slip_is_no_word(word):
    assert not spelling.dictionary("id").check(word)


def test_a_language_judges_its_own_script_alone():
    russian = spelling.dictionary("ru")
    assert (russian.check("Metzel"), russian.check("превет")) == (True, False)


def test_a_word_is_looked_up_once():
    dictionary = spelling.dictionary("id")
    for _time in range(3):
        dictionary.check("presiden")
    assert dictionary._entry.asked == ["presiden"]


def test_what_may_be_meant_is_suggested():
    assert spelling.dictionary("id").suggest("presidne") == ("presidne!",)
    assert spelling.dictionary("id").suggest("x" * 5000) == ()


@pytest.mark.parametrize(
    ("platform", "told"),
    [("linux", "sudo apt install hunspell-de-de"), ("darwin", "brew install enchant"), ("win32", "/home/desk/enchant")],
)
def test_a_missing_dictionary_is_told_with_how_to_get_it(monkeypatch, platform, told):
    monkeypatch.setattr("sys.platform", platform)
    sentence = spelling.how_to_get("de").replace("\\", "/")
    assert sentence.startswith("Spelling in German needs a dictionary")
    assert told in sentence


@pytest.mark.parametrize("language", ["ja", "zh", "", "mul"])
def test_nobody_is_told_to_get_what_there_is_not(language):
    assert spelling.how_to_get(language) == ""


def test_the_indonesian_dictionary_knows_what_is_said_twice(monkeypatch):
    monkeypatch.undo()
    spelling.dictionary.cache_clear()
    indonesian = spelling.dictionary("id")
    if not indonesian:
        pytest.skip("no Indonesian dictionary is installed")
    words = ["undang-undang", "kemerah-merahan", "berlari-lari", "perundang-undangan", "anak-anaknya"]
    assert [word for word in words if not indonesian.check(word)] == []
    assert "presiden" in indonesian.suggest("presidne")


@pytest.fixture
def glossary(tmp_path):
    return tmp_path / "desk" / "glossary.txt"


def test_a_glossary_keeps_a_word_or_name_a_line(glossary):
    spelling.add_to_glossary(glossary, "cawapres", "  Михаил   Метцель ", "cawapres", "")
    spelling.add_to_glossary(glossary, "김정은")
    assert glossary.read_text("utf-8") == "cawapres\nМихаил Метцель\n김정은\n"
    assert spelling.read_glossary(glossary) == ("cawapres", "Михаил Метцель", "김정은")


def test_a_word_can_be_removed_again(glossary):
    spelling.add_to_glossary(glossary, "one", "two")
    spelling.remove_from_glossary(glossary, "one", "three")
    assert spelling.read_glossary(glossary) == ("two",)


def test_what_another_desk_added_meanwhile_stays(glossary):
    spelling.add_to_glossary(glossary, "one")
    glossary.write_text("one\nother", "utf-8")
    spelling.add_to_glossary(glossary, "two")
    assert spelling.read_glossary(glossary) == ("one", "other", "two")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_glossary_may_come_from_another_program(glossary, encoding):
    glossary.parent.mkdir()
    glossary.write_bytes("Müller\r\nJosé Muñoz\r\n\r\nSão Paulo\r\n".encode(encoding))
    assert spelling.read_glossary(glossary) == ("Müller", "José Muñoz", "São Paulo")


def test_no_glossary_is_an_empty_one(glossary):
    spelling.remove_from_glossary(glossary, "word")
    assert (spelling.read_glossary(glossary), glossary.parent.exists()) == ((), False)


def test_a_glossary_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CaptionerError, match=r"glossary\.txt can't be"):
        spelling.add_to_glossary(tmp_path / "file" / "glossary.txt", "word")
