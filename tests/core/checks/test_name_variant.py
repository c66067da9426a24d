import pytest

from captioner.core import checks
from captioner.storage.desk_data import load_knowledge
from tests.core.checks.judged import found, photo

TWO_WAYS = [  # the commoner writing in a sentence, and the other one
    ("Kim Jong Un tiba di stasiun.", "Pemimpin Korea Utara Kim Jong-un berjalan."),
    ("Kim Jong Un tiba di stasiun.", "Presiden Rusia dan Kim Jong-Un berjabat tangan."),
    ("President Volodymyr Zelenskyy speaks.", "Ukraine's Volodymyr Zelensky listens to a speech."),
    ("President Volodymyr Zelenskyy speaks.", "Volodymyr Zelenskiy listens to a speech."),
    ("Turkish President Recep Tayyip Erdoğan waves.", "The crowd greets Tayyip Erdogan in Ankara."),
    ("Jean-Luc Morel salue la foule.", "Des partisans de Jean Luc Morel à Lyon."),
    ("Charles de Valmont arrive à Paris.", "Le maire et Charles De Valmont à Paris."),
    ("Die Ministerin Änne Größer spricht.", "Die Ministerin Anne Größer kommt an."),
    ("El alcalde José Ibáñez saluda.", "La multitud y José Ibañez en la plaza."),
    ("Photographer Mikhail Metzel works.", "The pictures of Mikhail Mezel were shown."),
    ("Captain Robert Fitzgerald leads.", "The coach and Robert Fitzgarald."),
    ("Sean O'Connel scores.", "A goal of Sean O'Connell for the team."),
    ("Siti Nurhaliza bernyanyi.", "Penonton menyaksikan Siti Nurhalizza di panggung."),
    ("Министр Алёна Королёва выступает.", "На снимке Алена Королева и дети."),
    ("Premier Magdalena Andersson greets.", "A child hugs Magdalena Anderson in a park."),
    ("Thierry Lefèvre court.", "Le public applaudit Thierry Lefevre à Nice."),
    ("Bupati Andi Kurniawan meninjau pasar.", "Warga menyalami Andi Kurniawwan di pasar."),
]
NOT_TWO = [
    ("John Smith runs.", "Joan Smith runs too."),
    ("Volodymyr Petrenko speaks.", "Vladimir Petrenko listens."),
    ("Президент Владимир Петров прибыл.", "Встреча с Владимиром Петровым прошла."),
    ("Мэр Иван Королёв выступает.", "Речь Ивана Королёва слушают."),
    ("Міністр Олег Шевченко говорить.", "Виступ Олега Шевченка слухають."),
    ("Ayşe Yılmaz konuşuyor.", "Ayşe Yılmaz'ın konuşması dinleniyor."),
    ("Premier Jan Kowalski przemawia.", "Wystąpienie Jana Kowalskiego."),
    ("Angela Kremer spricht.", "Angela Kremers Rede wird gehört."),
    ("Ann Lee's car.", "Ann Lee drives."),
    ("Soldiers from South Korea march.", "South Korean soldiers march."),
    ("Anna Meier lacht.", "Anna Meyer lacht."),
    ("KUALA LUMPUR, Malaysia – Hujan turun.", "Warga Kuala Lumpur berteduh."),
    ("Die Mutter wartet.", "Die Mütter warten."),
    ("Sugianto menanam padi bersama Pak Sugianto.", "Pak Sugiarto menanam jagung."),
    ("Maria Petrova runs.", "Maria Petrov runs."),
    ("New York in the rain.", "New Yorkers in the rain."),
    ("Menteri Pertanian tiba.", "Menteri Pertahanan tiba."),
    ("Mohamed Salah scores.", "Mohamed Saleh keeps."),
    ("In the park Ann Lee sings.", "Kim Lee sings."),
    ("Juan Hernández canta.", "Juan Fernández canta."),
    ("Sean O’Neil runs.", "Sean O'Neil runs."),
    ("Jawa Timur dilanda hujan.", "Jawa Tengah dilanda hujan."),
]


@pytest.mark.parametrize(("right", "other"), TWO_WAYS)
def test_the_rarer_writing_is_told(right, other):
    photos = [photo("a.jpg", caption=other), photo("b.jpg", caption=right), photo("c.jpg", caption=right)]
    findings = found("name-variant", *photos)
    assert [each.path.name for each in findings] == ["a.jpg"]
    mended = photo("a.jpg", caption=findings[0].fix)
    assert found("name-variant", mended, *photos[1:]) == []


@pytest.mark.parametrize(("one", "other"), NOT_TWO)
def test_two_people_and_two_cases_are_left_alone(one, other):
    assert found("name-variant", photo("a.jpg", caption=one), photo("b.jpg", caption=other)) == []


def test_one_caption_may_hold_both_writings():
    [finding] = found("name-variant", photo("a.jpg", caption="Kim Jong Un and his aides. Kim Jong-un waves."))
    assert finding.message.endswith("“Jong-un” is spelled “Jong Un” elsewhere; spell it one way.")


def test_story_and_glossary_are_right_however_often_the_set_says_otherwise():
    photos = [photo(f"{number}.jpg", caption="Then Kim Jong-un waves.") for number in range(3)]
    assert len(found("name-variant", *photos, names=frozenset({"Kim Jong Un"}))) == 3
    assert found("name-variant", *photos, names=frozenset({"Kim Jong-un"})) == []


def test_of_two_writings_that_the_glossary_knows_both_are_right():
    photos = [photo("a.jpg", caption="Ann Müller sings."), photo("b.jpg", caption="Then Ann Muller sings.")]
    assert found("name-variant", *photos, names=frozenset({"Ann Müller", "Ann Muller"})) == []


def test_persons_and_creators_are_compared_too():
    photos = [photo("a.jpg", creator=("Mikhail Metzel",)), photo("b.jpg", persons_shown=("Bo Hall", "Mikhail Metzell"))]
    assert [each.field for each in found("name-variant", *photos)] == ["persons_shown"]


def test_a_story_that_spells_a_name_in_two_ways_decides_nothing():
    texts = ["Kim Jong Un meets Putin.", "Leader Kim Jong Un waves.", "Kim Jong-un boards his train."]
    photos = [photo(f"{number}.jpg", caption=text) for number, text in enumerate(texts)]
    knows = load_knowledge(told=frozenset(texts))
    assert [each.path.name for each in checks.find(photos, knows) if each.check == "name-variant"] == ["2.jpg"]
