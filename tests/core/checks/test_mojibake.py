import pytest

from tests.core.checks.judged import found, photo

TEXTS = [
    "São Paulo", "Ann said “no” to us.", "The dogs’ home", "Größe", "Joković", "l’été à Nîmes", "niño", "Łódź",
    "Erdoğan",
    "Привет всем", "мир и труд", "Ukraine – a war", "25 €", "서울에서", "東京で", "北京的天气", "الرئيس", "Ångström",
    "Ž…",
]  # fmt: skip
RIGHT = [
    "São Paulo", "“Ann said no”", "Größe und Straße", "Voilà\u00a0»", "« Il est désolé… »", "MAÇÃ", "Âge", "Ål",
    "Émile Zola",
    "СССР»", "Рівне", "РСФСР", "25 €", "naïve café", "Ñandú", "5 º", "¿Qué?", "Â", "Øresund", "à la carte",
    "Ã©"[0] + "gua",
    "«РС» – «РСО»", "Рєпін", "été–automne", "½ £ ©", "한글 “인용”", "TÜV»",
]  # fmt: skip


def garbled(text: str, encoding: str) -> str:
    def character(octet: int) -> str:
        try:
            return bytes([octet]).decode(encoding)
        except UnicodeDecodeError:
            return chr(octet)

    return "".join(map(character, text.encode()))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("around", ["{}", "日本 {} – Ł", "Clean text, {} and more."])
def test_a_garbled_text_is_told_with_what_it_was(text, around):
    wrong = around.format(garbled(text, "cp1252"))
    assert [each.fix for each in found("mojibake", photo("a.jpg", caption=wrong))] == [around.format(text)]


@pytest.mark.parametrize("text", ["Привет", "Мир и труд в Москве", "Президент России", "Київ у вогні"])
def test_cyrillic_that_was_read_as_windows_1251_is_told_too(text):
    assert [each.fix for each in found("mojibake", photo("a.jpg", caption=garbled(text, "cp1251")))] == [text]


@pytest.mark.parametrize("text", RIGHT)
def test_letters_that_merely_look_so_are_left_alone(text):
    assert found("mojibake", photo("a.jpg", caption=text)) == []


def test_a_text_that_was_garbled_twice_is_mended_in_one():
    twice = garbled(garbled("São", "cp1252"), "cp1252")
    assert [each.fix for each in found("mojibake", photo("a.jpg", caption=twice))] == ["São"]


def test_what_is_lost_is_told_and_can_not_be_mended():
    assert [(each.start, each.fix) for each in found("mojibake", photo("a.jpg", caption="S\ufffdo Paulo"))] == [
        (1, None)
    ]
