import pytest

from captioner.core.photo import Photo
from tests.core.checks.judged import found, photo

NO_CREDIT = ["", " ", "\u00a0", "-", "–", "—", ".", "...", "/", "//", "?", "???", "()", "©", " / / ", "\u200b", "*"]
CREDITS = [
    "Ann Lee/AP", "AP", "AFP", "REUTERS/Ann Lee", "Foto: Ann Lee", "© Ann Lee", "Handout", "ANTARA FOTO/Rina Sari/foc.",
    "사진=연합뉴스", "Фото: Имя / ТАСС", "صورة: وكالة", "写真：共同", "dpa", "Dok. Humas", "privat",
    "Mikhail Metzel/Sputnik/AP",
    "X",
]  # fmt: skip


@pytest.mark.parametrize("credit", NO_CREDIT)
def test_what_names_nobody_is_no_credit(credit):
    assert len(found("credit-missing", photo("a.jpg", credit=credit))) == 1


@pytest.mark.parametrize("credit", CREDITS)
def test_what_names_somebody_is_one(credit):
    assert found("credit-missing", photo("a.jpg", credit=credit)) == []


def test_a_creator_is_no_credit_and_a_file_unread_has_none_to_miss():
    assert len(found("credit-missing", photo("a.jpg", creator=("Ann Lee",)))) == 1
    assert found("credit-missing", Photo(photo("a.jpg").path)) == []
