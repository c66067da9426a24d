import pytest

from tests.core.checks.judged import found, photo

CHAIN = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
TWO_WAYS = [  # the commoner, the other
    (CHAIN, "Mikhail Metzel, Sputnik, Kremlin Pool Photo via AP"),
    (CHAIN, CHAIN + " "),
    (CHAIN, " " + CHAIN),
    (CHAIN, "Mikhail Metzel / Sputnik / Kremlin Pool / AP"),
    (CHAIN, "(Mikhail Metzel, Sputnik, Kremlin Pool Photo via AP)"),
    (CHAIN, "MIKHAIL METZEL/Sputnik/Kremlin Pool/AP"),
    (CHAIN, "Metzel/Sputnik/Kremlin Pool/AP"),
    (CHAIN, "M. Metzel/Sputnik/Kremlin Pool/AP"),
    ("Ann Lee/AP", "AP Photo/Ann Lee"),
    ("Ann Lee/AP", "(AP Photo/Ann Lee)"),
    ("Ann Lee/AFP via Getty Images", "Ann Lee/AFP/Getty Images"),
    ("Ann Lee/Getty Images", "Photo by Ann Lee/Getty Images"),
    ("Ann Lee/Reuters", "REUTERS/Ann Lee"),
    ("AP", "AP Photo"),
    ("Jan Vogt/dpa", "Foto: Jan Vogt/dpa"),
    ("José Gil/EFE", "Jose Gil/EFE"),
    ("Jean-Luc Morel/AFP", "Jean Luc Morel/AFP"),
    ("Пётр Малов/ТАСС", "Петр Малов/ТАСС"),
]
TWO_CHAINS = [
    ("Ann Lee/AP", "Bo Lee/AP"), ("Ann Lee/AP", "Ann Lee/Reuters"), ("Ann Lee/AP", "AP"), ("Ann Lee/AP", "Ann Lim/AP"),
    (CHAIN, "Mikhail Metzel/AP"), (CHAIN, "Mikhail Metzel/Sputnik/AP"), ("AP", "AFP"),
    ("Jan Vogt/dpa", "Jan Voigt/dpa"),
    ("Ann Lee/AP", "Ann Lee, Bo Hall/AP"), ("Ann Lee/AFP", "Ann Lee/AFP via Getty Images"), ("연합뉴스", "뉴스1"),
    ("Пётр Малов/ТАСС", "Павел Малов/ТАСС"), ("Rina Sari/Antara", "Rini Sari/Antara"), ("A. Lee/AP", "B. Lee/AP"),
    ("Marta Gil/EFE", "Marta Gil/AP"), ("Ann Lee/AP", ""),
]  # fmt: skip


@pytest.mark.parametrize(("right", "other"), TWO_WAYS)
def test_the_rarer_way_is_told_and_mended_to_the_commoner_one(right, other):
    photos = [photo("a.jpg", credit=other), photo("b.jpg", credit=right), photo("c.jpg", credit=right)]
    assert [(each.path.name, each.fix) for each in found("credit-variant", *photos)] == [("a.jpg", right)]


@pytest.mark.parametrize(("one", "other"), TWO_CHAINS)
def test_two_chains_are_two(one, other):
    assert found("credit-variant", photo("a.jpg", credit=one), photo("b.jpg", credit=other)) == []


def test_of_as_many_the_first_in_the_set_counts():
    photos = [photo("a.jpg", credit="Ann Lee/AP"), photo("b.jpg", credit="AP Photo/Ann Lee")]
    assert [each.fix for each in found("credit-variant", *photos)] == ["Ann Lee/AP"]


def test_a_last_name_that_two_people_have_is_nobodys_short_form():
    photos = [photo(f"{credit}.jpg", credit=f"{credit}/AP") for credit in ("Ann Lee", "Bo Lee", "Lee")]
    assert found("credit-variant", *photos) == []
