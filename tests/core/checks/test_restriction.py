import time

import pytest

from captioner.core.checks.restriction import restrictions
from captioner.storage.desk_data import load_knowledge
from tests.core.checks.judged import found, photo

SAID = [  # the text, the kinds in their order
    ("TURKEY OUT", ["territory"]), ("A bridge. TURKEY OUT, NO ARCHIVE", ["territory", "archive"]),
    ("GERMANY, AUSTRIA AND SWITZERLAND OUT; MANDATORY CREDIT", ["territory", "credit"]),
    ("NEW YORK OUT -", ["territory"]),
    ("EDITORIAL USE ONLY", ["editorial"]), ("For editorial use only. No sales.", ["editorial", "sales"]),
    ("EMBARGOED UNTIL 18:00 GMT SEPT 13", ["embargo"]), ("Strictly embargoed until Monday, 00.01", ["embargo"]),
    ("Mandatory credit: Ann Lee", ["credit"]), ("DO NOT USE", ["no-use"]),
    ("NO ARCHIVES. NO RESALE.", ["archive", "sales"]),
    ("Sperrfrist: 13. September, 18:00 Uhr", ["embargo"]), ("Nur zur redaktionellen Verwendung", ["editorial"]),
    ("Crédit obligatoire", ["credit"]), ("Interdit de publication avant 18h", ["embargo"]), ("No ventas", ["sales"]),
    ("SOLO USO EDITORIAL", ["editorial"]), ("Wajib mencantumkan kredit", ["credit"]),
    ("Embargo hingga pukul 18.00", ["embargo"]),
    ("Не публиковать до 18:00", ["embargo"]), ("Обязательная ссылка на источник", ["credit"]),
    ("Не для продажи", ["sales"]),
    ("Arşivlenemez", []), ("arşivlenemez", ["archive"]), ("掲載禁止です", ["no-use"]), ("재판매 금지", ["sales"]),
    ("仅供编辑使用", ["editorial"]), ("ممنوع النشر", ["no-use"]), ("Geen archief", ["archive"]), ("Uso editoriale", []),
    ("Solo per uso editoriale", ["editorial"]), ("Crédito obrigatório", ["credit"]),
    ("Лише для редакційного використання", ["editorial"]),
]  # fmt: skip
UNSAID = [
    "The boxer was knocked OUT IN the ring.", "He walks out.", "The embargo on oil was lifted.", "The sales are over.",
    "She archives her papers.", "The UN lifted an arms embargo in 2012.", "A credit union in Oslo.",
    "An editorial in the paper.",
    "Das Embargo wurde aufgehoben.", "L'embargo est levé.", "Pameran arsip dibuka.", "Он не был там.", "A no-fly zone",
    "Turkey is out of the cup.", "The use of force", "PACQUIAO KNOCKED OUT.", "Out of Africa", "TIME OUT OF MIND",
    "THE FAVOURITE LOSES. PACQUIAO KNOCKED OUT.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), SAID)
@pytest.mark.parametrize("key", ["instructions", "usage_terms"])
def test_what_is_forbidden_or_demanded_is_told_by_kind(text, kinds, key):
    assert [each.kind for each in restrictions(photo("a.jpg", **{key: text}), load_knowledge())] == kinds
    assert len(found("restriction", photo("a.jpg", **{key: text}))) == len(kinds)


@pytest.mark.parametrize("text", UNSAID)
def test_a_sentence_that_holds_the_words_forbids_nothing(text):
    assert found("restriction", photo("a.jpg", caption=text)) == []


def test_an_embargo_goes_on_to_its_date_and_ends_with_its_sentence():
    text = "A bridge. EMBARGOED UNTIL 18:00 GMT SEPT 13. No archive."
    assert [each.text for each in restrictions(photo("a.jpg", caption=text), load_knowledge())] == [
        "EMBARGOED UNTIL 18:00 GMT SEPT 13", "No archive"]  # fmt: skip


APART = [
    ("NO ARCHIVE. TURKEY OUT", ["NO ARCHIVE", "TURKEY OUT"]),
    ("MANDATORY CREDIT. GERMANY OUT", ["MANDATORY CREDIT", "GERMANY OUT"]),
    ("NO RESALES. NO ARCHIVES. FRANCE OUT.", ["NO RESALES", "NO ARCHIVES", "FRANCE OUT"]),
    ("EDITORIAL USE ONLY, CHINA OUT", ["EDITORIAL USE ONLY", "CHINA OUT"]),
    ("TURKEY OUT. GREECE OUT, NO SALES", ["TURKEY OUT", "GREECE OUT", "NO SALES"]),
    ("GERMANY OUT AND FRANCE OUT", ["GERMANY OUT", "FRANCE OUT"]), ("ARCHIVES OUT", ["ARCHIVES OUT"]),
    ("NO SALES AND U.S., ST. LUCIA AND N. KOREA OUT", ["NO SALES", "U.S., ST. LUCIA AND N. KOREA OUT"]),
    ("KEIN VERKAUF. ÖSTERREICH OUT", ["KEIN VERKAUF", "ÖSTERREICH OUT"]),
    ("PAS D'ARCHIVES, CÔTE D'IVOIRE OUT", ["PAS D'ARCHIVES", "CÔTE D'IVOIRE OUT"]),
    ("EMBARGOED UNTIL 18:00, TURKEY OUT", ["EMBARGOED UNTIL 18:00", "TURKEY OUT"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), APART)
@pytest.mark.parametrize(
    ("key", "before"),
    [("instructions", ""), ("caption", "KIM MEETS PUTIN. NO TV. "), ("caption", "A bridge at dawn. ")],
)
def test_each_restriction_is_told_by_itself(text, told, key, before):
    held = before + text
    found = [each for each in restrictions(photo("a.jpg", **{key: held}), load_knowledge()) if each.text != "NO TV"]
    assert [each.text for each in found] == told
    assert [held[each.start : each.end] for each in found] == told


WHOLE = [
    "Embargo bis 17. September 2023, 18 Uhr", "EMBARGOED UNTIL SEPT. 17, 2023 AT 18:00",
    "Embargo: 00.01 Uhr, Mo., 18. Sept. 2023", "NOT FOR PUBLICATION BEFORE 6 P.M. EDT",
    "Embargoed until 6 p.m. on Sept. 17", "EMBARGOED UNTIL 6 P.M. SUNDAY, SEPT. 17",
    "Sperrfrist: 17.09.2023, 18.00 Uhr",
    "Embargo sampai Minggu, 17 Sept. 2023 pukul 18.00 WIB", "Sous embargo jusqu'au 17 sept. 2023 à 18h00",
    "Не публиковать до 17 сент. 2023 г. в 18:00", "엠바고: 2023. 9. 17. 오후 6시", "解禁日時：2023年9月17日午後6時",
    "Embargo tot zo. 17 sept. 2023, 18.00 uur", "EMBARGO: NOT FOR RELEASE BEFORE 10 A.M. GMT ON 17.9.2023",
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
@pytest.mark.parametrize(
    "after", ["", ".", ". The bridge is new.", "; no sales", "\nThe bridge is new.", ". NO ARCHIVE"]
)
def test_a_stop_within_a_date_or_a_time_ends_no_embargo(text, after):
    found = restrictions(photo("a.jpg", instructions=text + after), load_knowledge())
    assert [each.text for each in found if each.kind == "embargo"] == [text]


def test_an_embargo_without_an_end_stops_between_words():
    found = restrictions(photo("a.jpg", instructions="EMBARGOED UNTIL " + "noon " * 99), load_knowledge())
    assert found[0].text.endswith(" noon")


def test_only_what_an_export_has_to_stop_for_is_a_problem():
    told = found(
        "restriction", photo("a.jpg", instructions="EMBARGOED TILL 18:00; DO NOT USE; NO SALES; EDITORIAL USE ONLY")
    )
    assert [str(each.severity) for each in told] == ["warning", "warning", "info", "info"]


@pytest.mark.parametrize("unit", ["AND ", "AB ", "AB, ", "A.B. ", "AB OUT AND ", "EMBARGO 1. ", "TURKEY OUT. NO TV, "])
def test_a_hundred_kilobytes_of_capitals_take_no_time(unit):
    held = photo("a.jpg", caption=unit * (100_000 // len(unit)))
    restrictions(photo("a.jpg", caption="EMBARGO 1. May"), load_knowledge())
    started = time.process_time()
    restrictions(held, load_knowledge())
    assert time.process_time() - started < 0.25
