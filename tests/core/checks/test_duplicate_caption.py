import os
import subprocess
import sys

import pytest

from tests.core.checks.judged import found, photo

MARKET = "A vendor arranges cabbages at the morning market in Bogor, West Java, on Wednesday, Sept. 13, 2023."
PASAR = "Seorang pedagang menata sayuran di pasar pagi di Bogor, Jawa Barat, Rabu (13/9/2023), menjelang hari raya."
MARKT = "Eine Händlerin ordnet am frühen Morgen Kohlköpfe auf dem Markt in Bogor, während es seit Stunden regnet."
RYNOK = "Продавщица раскладывает овощи на утреннем рынке в городе, где уже третий день идёт сильный дождь."
SAME = [
    (MARKET, MARKET), (MARKET, MARKET.upper()), (MARKET, MARKET + " "), (MARKET, MARKET.rstrip(".")),
    (MARKET, MARKET.replace(", on", " on")), (PASAR, PASAR.replace("pedagang", "pedagag")),
    (PASAR, PASAR.replace(" di pasar", " pasar")), (PASAR, PASAR.replace("sayuran", "sayur-sayuran")),
    (MARKT, MARKT.replace("frühen", "fruehen")), (MARKT, MARKT.replace("ordnet am", "ordnet am am")),
    (MARKET, MARKET.replace("at the", "at")), (RYNOK, RYNOK.replace("овощи", "овощ")), (RYNOK, f"«{RYNOK}»"),
    (RYNOK, RYNOK.replace("ё", "е")), ("Same.", "same"), ("写真の説明です。", "写真の説明です"),
    (PASAR, PASAR.replace(" menjelang", "\nmenjelang")),
]  # fmt: skip
SERIES = [
    (MARKET, MARKET.replace("Bogor", "Depok")), (MARKET, MARKET.replace("13", "14")),
    (MARKET, MARKET.replace("A vendor", "Ann Lee")), (MARKET, MARKET.replace("Wednesday", "Thursday")),
    (PASAR, PASAR.replace("(13/9/2023)", "(14/9/2023)")), (PASAR, PASAR.replace("Bogor", "Bandung")),
    ("Ann Lee, left, shakes hands with Bo Hall after the signing of the treaty in the old town hall.",
     "Ann Lee, right, shakes hands with Bo Hall after the signing of the treaty in the old town hall."),
    ("Presiden (kiri) berjabat tangan dengan tamunya usai penandatanganan perjanjian di balai kota lama itu.",
     "Presiden (kanan) berjabat tangan dengan tamunya usai penandatanganan perjanjian di balai kota lama itu."),
    (MARKT, MARKT.replace("Händlerin", "Bäuerin")), (MARKT, MARKT.replace("Bogor", "Jena")),
    ("A man walks home.", "A man walks out."), ("Foto 1", "Foto 2"), ("", ""), (" ", " "),
    (MARKET, "A vendor sells cabbages, and a boy carries them home through the rain in Bogor."),
    (RYNOK, "Покупатели ждут под навесом, пока в городе третий день идёт сильный дождь."),
    ("Joe Hale (1) runs, with all of the others far behind him in the heat of the day.",
     "Joe Hale (2) runs, with all of the others far behind him in the heat of the day."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_second_of_two_same_captions_is_named(one, other):
    photos = [photo("a.jpg", caption=one), photo("z.jpg", caption="Else."), photo("b.jpg", caption=other)]
    assert [(each.path.name, str(each.severity)) for each in found("duplicate-caption", *photos)] == [
        ("b.jpg", "warning")]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SERIES)
def test_what_a_series_tells_apart_is_no_repetition(one, other):
    assert found("duplicate-caption", photo("a.jpg", caption=one), photo("b.jpg", caption=other)) == []


def test_a_word_that_means_something_else_is_told_quietly():
    other = MARKET.replace("arranges", "washes")
    [finding] = found("duplicate-caption", photo("a.jpg", caption=MARKET), photo("b.jpg", caption=other))
    assert (finding.severity, finding.path.name) == ("info", "b.jpg")


def test_the_same_caption_is_told_before_one_that_is_nearly_so():
    photos = [photo(f"{number}.jpg", caption=each) for number, each in enumerate([MARKET, MARKET[:-6], MARKET])]
    assert [each.message for each in found("duplicate-caption", *photos[::2])] == [
        "2.jpg has the same caption as 0.jpg; write one of them anew."]  # fmt: skip


def test_processes_that_judge_say_the_same_of_a_caption():
    code = ("from captioner.core.checks.duplicate_caption import ACROSS; from tests.core.checks.judged import photo;"
            f"print(sorted(ACROSS.tokens(photo('a.jpg', caption={MARKET!r}), None)))")  # fmt: skip
    said = {subprocess.check_output([sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed})
            for seed in ("1", "2")}  # fmt: skip
    assert len(said) == 1
