import pytest

from tests.core.checks.judged import found, photo, said

TO_REPLACE = [
    ("NAME TO COME crosses a bridge.", "NAME TO COME"), ("Name to come/AP", "Name to come"), ("TK", "TK"),
    ("The minister, TK, speaks on Monday.", "TK"), ("TKTK meets the press.", "TKTK"), ("XXX speaks in Oslo.", "XXX"),
    ("Minister xxx speaks.", "xxx"), ("Minister XXXX speaks.", "XXXX"), ("Lorem ipsum dolor", "Lorem ipsum"),
    ("Menteri [NAMA] berbicara.", "[NAMA]"), ("Nama menyusul, Jakarta.", "Nama menyusul"),
    ("Ministerin (Name folgt) spricht.", "Name folgt"), ("[NAME] speaks.", "[NAME]"), ("<name> speaks", "<name>"),
    ("Minister ??? speaks.", "???"), ("Légende à venir", "Légende à venir"),
    ("Le maire, nom à compléter,", "nom à compléter"),
    ("El alcalde, nombre por confirmar, habla.", "nombre por confirmar"), ("Имя уточняется, Москва", "Имя уточняется"),
    ("Підпис уточнюється", "Підпис уточнюється"), ("İsim gelecek, Ankara", "İsim gelecek"),
    ("Naam volgt", "Naam volgt"),
    ("Didascalia in arrivo", "Didascalia in arrivo"), ("氏名未定の男性", "氏名未定"), ("待补充", "待补充"),
    ("이름 추후", "이름 추후"), ("الاسم لاحقا", "الاسم لاحقا"), ("On XX/XX/2023 in Oslo", "XX/XX/2023"),
    ("(Credit too long, see caption)", "Credit too long, see caption"), ("Ann ____ sings", "____"),
    ("{caption}", "{caption}"),
    ("○○さんが歌う", "○○"),
]  # fmt: skip
MEANT = [
    "Siswa TK Pertiwi bermain di halaman sekolah yang baru.", "A Turkish Airlines plane, flight TK 1980, lands.",
    "The fans watch Super Bowl XXX on a screen.", "Die XXXI. Olympiade wird eröffnet.", "Tk is a place in Estonia.",
    "Pasien TBC berobat di puskesmas itu.", "What is her name? To come here was hard.", "What???", "Really?? she said.",
    "He came (name withheld) to the court.", "The song has no name.", "The team (in blue) wins.",
    "XX. Kongress in Jena",
    "Nama anak itu Budi.", "Ihr Name folgte ihr.", "Le nom du maire est connu.", "Su nombre es Ana.",
    "Его имя известно.", "Malcolm X speaks.", "XXL shirts for sale.", "The XX play in Oslo.", "The text of the treaty",
    "Shoppers queue outside TK Maxx.", "Die Techniker Krankenkasse (TK) zahlt.", "Los XXX Juegos de la Sierra",
    "[The president] was glad.", "Mark XXX of the plane", "Photo of the TKs-brand engine"[:12], "A 5k_run sign",
]  # fmt: skip


@pytest.mark.parametrize(("text", "part"), TO_REPLACE)
def test_what_waits_to_be_replaced_is_told(text, part):
    assert said("placeholder", text)[:1] == [part]


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_so_is_left_alone(text):
    assert said("placeholder", text) == []


@pytest.mark.parametrize("key", ["headline", "credit", "city", "alt_text", "instructions", "title"])
def test_every_text_is_looked_at_and_it_is_an_error(key):
    assert [str(each.severity) for each in found("placeholder", photo("a.jpg", **{key: "Name to come"}))] == ["error"]
