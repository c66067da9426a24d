import pytest

from captioner.core.photo import Photo
from tests.core.checks.judged import found, photo

CAPTION = "Warga menyeberangi jembatan gantung di Bogor, Jawa Barat, Rabu (13/9/2023)."
COPIES = [
    (CAPTION, CAPTION), (CAPTION, CAPTION.upper()), (CAPTION, CAPTION.rstrip(".")), (CAPTION, f" {CAPTION}\n"),
    (CAPTION, f"“{CAPTION}”"), (CAPTION, CAPTION.replace(",", "")), (CAPTION, CAPTION[:60]),
    (CAPTION, CAPTION[:55] + "…"),
    ("Мост.", "мост"), ("Eine Brücke.", "Eine Brucke"), ("橋を渡る人。", "橋を渡る人"), ("جسر", "جسر."),
    ("A bridge", "A  bridge"),
    ("L’été", "L'été"), ("다리를 건넌다.", "다리를 건넌다"),
]  # fmt: skip
OWN = [
    (CAPTION, "Belasan orang berjalan di atas jembatan."), (CAPTION, "Jembatan"),
    (CAPTION, "Warga menyeberangi jembatan"),
    ("", "A bridge."), ("A bridge.", "A bridge, seen from below."), ("Мост.", "Люди на мосту."),
    ("橋。", "橋を渡る人。"),
    (CAPTION, "Warga di jembatan gantung, Bogor"), ("A bridge", "A boat"), ("Ann Lee", "A woman on a bridge"),
    ("جسر", "رجل على جسر"), ("Un pont.", "Un homme sur un pont."), ("Eine Brücke.", "Ein Boot."), ("a", "b"),
    ("1", "2"),
]  # fmt: skip


@pytest.mark.parametrize(("caption", "alt"), COPIES)
def test_the_caption_said_twice_is_told(caption, alt):
    [finding] = found("alt-text", photo("a.jpg", caption=caption, alt_text=alt))
    assert finding.severity == "warning"


@pytest.mark.parametrize(("caption", "alt"), OWN)
def test_a_text_of_its_own_is_left_alone(caption, alt):
    assert found("alt-text", photo("a.jpg", caption=caption, alt_text=alt)) == []


@pytest.mark.parametrize("alt", ["", " ", "\n"])
def test_where_there_is_none_it_is_told_quietly(alt):
    assert [each.severity for each in found("alt-text", photo("a.jpg", caption=CAPTION, alt_text=alt))] == ["info"]
    assert found("alt-text", Photo(photo("a.jpg").path)) == []
