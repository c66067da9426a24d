import pytest

from tests.core.checks.judged import found, photo

DOUBLED = [  # the text, and how it is mended
    ("Ann Lee walks to the the bridge in the rain.", "Ann Lee walks to the bridge in the rain."),
    ("The the bridge was opened on Monday.", "The bridge was opened on Monday."),
    ("Ann Lee and and Bo Hall were at the gate.", "Ann Lee and Bo Hall were at the gate."),
    ("A man with a a hat is in the park.", "A man with a hat is in the park."),
    ("The bridge bridge was opened on Monday.", "The bridge was opened on Monday."),
    ("Warga yang yang menunggu di halte itu.", "Warga yang menunggu di halte itu."),
    ("Petani di di sawah pada musim hujan.", "Petani di sawah pada musim hujan."),
    ("Die Ministerin und und der Kanzler in Jena.", "Die Ministerin und der Kanzler in Jena."),
    ("Der Kanzler ist ist in der Stadt.", "Der Kanzler ist in der Stadt."),
    ("Le maire de de la ville est dans la rue.", "Le maire de la ville est dans la rue."),
    ("El alcalde de de la ciudad está en la plaza.", "El alcalde de la ciudad está en la plaza."),
    ("O prefeito da da cidade está na praça.", "O prefeito da cidade está na praça."),
    ("Il sindaco della della città è in piazza.", "Il sindaco della città è in piazza."),
    ("De burgemeester van van de stad is in het park.", "De burgemeester van de stad is in het park."),
    ("Başkan ve ve bakan bugün bir arada.", "Başkan ve bakan bugün bir arada."),
    ("Президент и и министр на встрече в городе.", "Президент и министр на встрече в городе."),
    ("Президент на на зустрічі у місті.", "Президент на зустрічі у місті."),
    ("Ann Lee  walks home.", "Ann Lee walks home."), ("Ann   Lee walks.  Home.", "Ann Lee walks. Home."),
    ("The the\u00a0end is near.", "The\u00a0end is near."),
]  # fmt: skip
MEANT = [
    "He had had a long day when he was at the gate.", "She said that that was the end of it.", "Very very big, it was.",
    "Kupu kupu hinggap di bunga itu.", "Anak anak bermain di halaman sekolah.", "Kanak kanak bermain di padang.",
    "Nous nous sommes levés dans la nuit.", "Vous vous êtes levés dans la nuit.", "Die die Stadt verlassen, sind müde.",
    "Sie sie gesehen hat, ist nicht bekannt.", "Pago Pago in the rain.", "Walla Walla is a town in the west.",
    "Duran Duran play in the park.", "Yavaş yavaş yürüyen bir kedi.", "Tek tek sayılan oylar bugün.",
    "Она очень очень устала после работы.", "Todo iba muy muy despacio en la plaza.", "Piano piano si va in città.",
    "Hij zei dat dat het beste is voor de stad.", "Le Le the panda eats.", "Boutros Boutros-Ghali speaks.",
    "One, two, two, three", "No no, she said to him.", "쿵 쿵 소리가 났다.", "جدا جدا", "A - A", "the\nthe", "the, the",
    "Hear, hear! Hear hear!", "The score: 2 2", "Lang Lang plays the piano.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "fix"), DOUBLED)
def test_what_was_typed_twice_is_told_and_mended(text, fix):
    assert [each.fix for each in found("doubled-word", photo("a.jpg", caption=text))] == [fix]


@pytest.mark.parametrize("text", MEANT)
def test_what_a_language_doubles_is_left_alone(text):
    assert found("doubled-word", photo("a.jpg", caption=text)) == []
