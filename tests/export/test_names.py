import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some
from natsort import natsorted, ns

from captioner.core.caption import Values
from captioner.errors import UsageError
from captioner.export.naming import names, pattern
from captioner.export.naming.pattern import Named

HOSTILE = (
    "../../x", "..\\..\\x", "CON", "nul.txt", "COM1", "😀", "\u202egpj.exe", "a\0b", "x" * 5000, "한" * 5000, ".", "",
    " . ", "a/b:c*d?e", "tail. ", "-rf", "~", "\n", "Straße", "STRASSE", "İ", "\ud800", "e\u0301", "é",
)  # fmt: skip
PATTERNS = ("{seq:02}_{headline:slug}", "{headline}", "{creator}_{headline:slug}", "{original}", "{credit} {seq}",
            "{headline:slug}-{seq:03}", "{date:yyyyMMdd}_{original}")  # fmt: skip
RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)", re.IGNORECASE)


def photo(headline: str = "", stem: str = "DSC_1", **values) -> Named:
    return Named(stem, Values(values), headline)


def file_names(form: str, photos: list[Named]) -> tuple[str, ...]:
    return tuple(name for (name,) in names.file_names(form, photos))


def one(form: str, **about) -> str:
    return file_names(form, [photo(**about)])[0]


def test_a_name_has_its_number_and_the_headlines_slug():
    assert one("{seq:02}_{headline:slug}", headline="Presiden Rusia: “Ya!”") == "01_presiden-rusia-ya.jpg"


@pytest.mark.parametrize(("headline", "slug"), [
    ("Владимир Путин", "vladimir-putin"), ("김정은", "gimjeongeun"), ("Ærøskøbing", "aeroskobing"),
    ("Putin’s visit", "putins-visit"), ("Đà Nẵng", "da-nang"),
])  # fmt: skip
def test_a_slug_is_transliterated(headline, slug):
    assert one("{headline:slug}", headline=headline) == f"{slug}.jpg"


def test_an_arabic_headline_gets_a_slug():
    assert re.fullmatch(r"[a-z0-9-]+\.jpg", one("{headline:slug}", headline="الرئيس الروسي"))


@pytest.mark.parametrize(("form", "name"), [
    ("{creator}", "Ann; Bo.jpg"), ("{credit}", "Ann-AP.jpg"), ("{credit:slug}", "ann-ap.jpg"),
    ("{city}", "Vostochny.jpg"),
    ("{date:yyyyMMdd}", "20230913.jpg"), ("{date}", "2023-09-13.jpg"), ("{date:HHmm}", "1405.jpg"),
    ("{original}", "_DSC 1.jpg"), ("{original:slug}", "dsc-1.jpg"), ("{seq}", "01.jpg"), ("{seq:04}", "0001.jpg"),
])  # fmt: skip
def test_a_part_shows_its_value(form, name):
    about = {"creator": ("Ann", "Bo"), "credit": "Ann/AP", "city": "Vostochny", "date_created": "2023-09-13T14:05:00"}
    assert one(form, stem="_DSC 1", **about) == name


@pytest.mark.parametrize("form", ["{headline:slug}", "{date:yyyyMMdd}", "{credit}", "{headline:slug}{city}"])
def test_the_originals_stem_stands_in_for_what_is_empty(form):
    assert one(f"{{seq:02}}_{form}", stem="Фото 1") == "01_Foto-1.jpg"


def test_a_date_of_which_too_little_is_known_counts_as_empty():
    assert one("{date:yyyyMMdd}", date_created="2023-09") == "DSC_1.jpg"
    assert one("{date:yyyyMM}", date_created="2023-09") == "202309.jpg"


@pytest.mark.parametrize("count", [1, 9, 99, 100, 1001])
def test_any_sorting_keeps_the_order(count):
    found = file_names("{seq:02}_{headline:slug}", [photo(headline=str(n % 7)) for n in range(count)])
    assert list(found) == sorted(found) == sorted(found, key=str.casefold) == natsorted(found, alg=ns.PATH)


def test_names_that_differ_in_case_alone_are_told_apart():
    found = file_names("{original}", [photo(stem="A"), photo(stem="a"), photo(stem="a-2"), photo(stem="a")])
    assert found == ("A.jpg", "a-2.jpg", "a-2-2.jpg", "a-3.jpg")


def test_a_thousand_equal_names_are_told_apart():
    assert len(set(file_names("{headline:slug}", [photo("x" * 500)] * 1000))) == 1000


@pytest.mark.parametrize("form", PATTERNS)
def test_hostile_texts_make_names_that_every_system_takes(form, tmp_path):
    found = file_names(form, [photo(text, text, creator=(text,), credit=text) for text in HOSTILE])
    check(found)
    for name in found:
        (tmp_path / name).touch(exist_ok=False)


@given(some.lists(some.text(max_size=300), min_size=1, max_size=12), some.sampled_from(PATTERNS))
def test_any_texts_make_names_that_every_system_takes(texts, form):
    check(file_names(form, [photo(text, text, creator=(text,), credit=text) for text in texts]))


def check(found):
    assert len({names.key(name) for name in found}) == len(found)
    for name in found:
        assert name.endswith(".jpg")
        assert 4 < len(name) <= 120
        assert len(name.encode()) <= 255
        assert not set(name) & set('<>:"/\\|?*')
        assert not [c for c in name if unicodedata.category(c) in ("Cc", "Cf", "Cs")]
        assert not RESERVED.match(name)
        assert name[0] not in " .-"
        assert name[:-4][-1] not in " ."


@pytest.mark.parametrize("form", ["{headline}_{seq}", "{seq}_{headline}", "{seq}_{headline}_{credit}_{caption}"])
def test_long_texts_never_cost_the_number(form):
    found = file_names(form, [photo("X" * 5000, credit="한" * 5000, caption="y" * 200)] * 99)
    assert [int(re.search(r"\d+", name)[0]) for name in found] == list(range(1, 100))


def test_each_of_two_long_texts_keeps_a_part():
    assert re.fullmatch("x{30,}_y{30,}.jpg", one("{headline}_{credit}", headline="x" * 200, credit="y" * 200))


def test_a_long_headline_is_cut_after_a_word():
    name = one("{seq:02}_{headline:slug}", headline="Presiden Rusia Vladimir Putin " * 9)
    assert 100 < len(name) <= 120
    assert name.removesuffix(".jpg").rpartition("-")[2] in ("presiden", "rusia", "vladimir", "putin")


@pytest.mark.parametrize("form", ["", "  ", "{", "{seq", "{nothing}", "{seq:x}", "{seq:00}", "{headline:upper}",
                                  "{date:%%}", "{date:QQQQQQQQ}", "x" * 200, "{seq:02}{"])  # fmt: skip
def test_a_pattern_that_makes_no_name_is_refused(form):
    with pytest.raises(UsageError, match="names"):
        pattern.check(form, names.LONGEST)


@pytest.mark.parametrize("form", PATTERNS)
def test_a_pattern_that_makes_names_is_taken(form):
    pattern.check(form, names.LONGEST)
