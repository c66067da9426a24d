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


def test_only_what_an_export_has_to_stop_for_is_a_problem():
    told = found(
        "restriction", photo("a.jpg", instructions="EMBARGOED TILL 18:00; DO NOT USE; NO SALES; EDITORIAL USE ONLY")
    )
    assert [str(each.severity) for each in told] == ["warning", "warning", "info", "info"]
