import pytest

from captioner.core.photo import CROPPED, GPS, MIRRORED
from tests.core.checks.judged import found, photo, said

SIDES = [
    ("Ann Lee, left, meets Bo Hall.", 1), ("Ann Lee (left) meets Bo Hall (right).", 2),
    ("Bo Hall, second from left, sings.", 1),
    ("From left: Ann Lee and Bo Hall.", 1), ("Ann Lee, at right, waves.", 1),
    ("The man on the left waves to the crowd.", 1),
    ("Presiden (kiri) berjabat tangan dengan tamunya (kanan).", 2),
    ("Dari kiri: Rina dan Budi di atas panggung itu.", 1),
    ("Die Ministerin (links) und der Kanzler (rechts) sprechen.", 2), ("Von links: Jan Vogt und Uta Brandt.", 1),
    ("Le maire, à gauche, et le ministre, à droite, se saluent.", 2), ("De gauche à droite : Luc et Ana.", 1),
    ("El alcalde, a la izquierda, saluda a la gente.", 1), ("O prefeito, à esquerda, fala com o povo.", 1),
    ("Il sindaco, a sinistra, parla con la gente della città.", 1),
    ("De burgemeester (links) spreekt met de minister.", 1),
    ("Başkan (solda) ve bakan (sağda) bir arada.", 2), ("Президент (слева) и министр (справа) на встрече.", 2),
    ("Президент (ліворуч) і міністр під час зустрічі.", 1), ("대통령(왼쪽)이 악수하고 있다.", 1),
    ("握手する首相（左）と大統領（右）。", 2), ("总统（左）与总理握手。", 1), ("الرئيس (يسار) يصافح الوزير", 1),
]  # fmt: skip
NO_SIDES = [
    "She left the house.", "The army has left for the front.", "They have the right to vote.", "Right now it rains.",
    "A far-right party wins.", "All right, she said.", "The leftovers are eaten.", "Human rights are a topic.",
    "Ann Lee wins the right to stay.", "Er ist ein Rechtsanwalt in der Stadt.", "Le droit de vote est un droit.",
    "La mano derecha del presidente habla"[:2] + " gente habla con el alcalde.", "Sie hat recht.",
    "Kirim surat itu ke rumah.",
    "Она права.", "The copyright is hers.", "Nothing is left.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "count"), SIDES)
@pytest.mark.parametrize("fact", [MIRRORED, CROPPED])
def test_sides_are_told_of_a_picture_that_was_mirrored_or_cropped(text, count, fact):
    assert len(found("left-right", photo("a.jpg", frozenset({fact}), caption=text))) == count


@pytest.mark.parametrize(("text", "_count"), SIDES)
def test_of_any_other_picture_they_are_not(text, _count):
    assert found("left-right", photo("a.jpg", frozenset({GPS}), caption=text)) == []


@pytest.mark.parametrize("text", NO_SIDES)
def test_words_that_only_look_like_sides_are_none(text):
    assert said("left-right", text, facts=frozenset({MIRRORED})) == []
