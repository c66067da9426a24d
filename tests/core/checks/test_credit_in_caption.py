import pytest

from tests.core.checks.judged import found, photo

IS_IN = [  # caption, credit, the fix, or None where there is none
    ("A bridge in the rain. Ann Lee/AP", "Ann Lee/AP", "A bridge in the rain."),
    ("A bridge in the rain. (AP Photo/Ann Lee)", "Ann Lee/AP", "A bridge in the rain."),
    ("A bridge in the rain. (AP Photo/Ann Lee)", "AP Photo/Ann Lee", "A bridge in the rain."),
    ("A bridge in the rain. REUTERS/Ann Lee", "Ann Lee/Reuters", "A bridge in the rain."),
    ("A bridge in the rain. (Photo by Ann Lee/Getty Images)", "Ann Lee/Getty Images", "A bridge in the rain."),
    ("A bridge in the rain. (Photo by Ann Lee / AFP)", "Ann Lee/AFP via Getty Images", "A bridge in the rain."),
    ("Sebuah jembatan. (Foto: Rina Sari/detikcom)", "Rina Sari/detikcom", "Sebuah jembatan."),
    ("Sebuah jembatan di Bogor. ANTARA FOTO/Rina Sari/foc.", "", None),
    ("Eine Brücke im Regen. Foto: Jan Vogt/dpa", "Jan Vogt/dpa", "Eine Brücke im Regen."),
    ("Eine Brücke im Regen. Foto: Jan Vogt/dpa", "Uta Brandt/dpa", None),
    ("Eine Brücke im Regen. Foto: Jan Vogt/dpa", "", None),
    ("Un puente bajo la lluvia. EFE/ Marta Gil", "Marta Gil/EFE", "Un puente bajo la lluvia."),
    ("Un pont sous la pluie. Crédit photo : Luc Morel / AFP", "Luc Morel/AFP", "Un pont sous la pluie."),
    ("Мост под дождём. Фото: Пётр Малов / ТАСС", "Пётр Малов/ТАСС", "Мост под дождём."),
    ("A bridge in the rain. Ann Lee/Sputnik/Kremlin Pool/AP", "Bo Hall/Reuters", None),
    ("A bridge in the rain. © Ann Lee / Reuters", "Bo Hall/AP", None),
    ("비 오는 다리. 사진=연합뉴스", "연합뉴스", "비 오는 다리."),
]
IS_NOT = [
    ("A bridge in the rain.", "Ann Lee/AP"),
    ("The bridge was opened in 2019 (photo taken on Monday).", "Ann Lee/AP"),
    ("The bridge is 200 kilometres (125 mi) away.", "Ann Lee/AP"),
    ("Warga melintas di jembatan, Rabu (13/9/2023).", "Ann Lee/AP"),
    ("A reporter of AP waits for news.", "Ann Lee/AP"),
    ("He told the Associated Press that he would go.", "Ann Lee/AP"),
    ("See https://example.org/bridge/open", "Ann Lee/AP"),
    ("Eine Brücke im Regen, wie die dpa berichtet.", "Jan Vogt/dpa"),
    ("The armed forces of the Philippines (AFP) parade.", "Ann Lee/AFP"),
    ("Un puente y/o un túnel.", "Marta Gil/EFE"),
    ("Мост и/или тоннель.", "Пётр Малов/ТАСС"),
    ("The score was 3/7 after the break.", "Ann Lee/AP"),
    ("Kedua pemimpin berjabat tangan (kiri).", "Rina Sari/Antara"),
    ("Ann Lee holds her camera.", "Ann Lee/AP"),
    ("", "Ann Lee/AP"),
    ("Un pont, photo de famille.", "Luc Morel/AFP"),
]


@pytest.mark.parametrize(("caption", "credit", "fix"), IS_IN)
def test_a_credit_at_the_captions_end_is_told(caption, credit, fix):
    [finding] = found("credit-in-caption", photo("a.jpg", caption=caption, credit=credit))
    assert finding.fix == fix
    assert caption[finding.start : finding.end].strip() != ""


@pytest.mark.parametrize(("caption", "credit"), IS_NOT)
def test_what_merely_looks_like_one_is_left_alone(caption, credit):
    assert found("credit-in-caption", photo("a.jpg", caption=caption, credit=credit)) == []


def test_where_the_credit_is_empty_the_sentence_says_where_to_put_it():
    [finding] = found("credit-in-caption", photo("a.jpg", caption="A bridge. Ann Lee/AP"))
    assert "move it to the credit, which is empty" in finding.message
