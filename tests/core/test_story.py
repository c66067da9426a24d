"""A story's text → headline, captions, credits; which caption belongs to which photo."""

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captioner.core.story import Story, StoryCaption, match, only_credit, split_story
from captioner.storage.desk_data import load_agencies, load_languages
from captioner.storage.story_files import read_story_text
from tests.pace import slowness

HERE = Path(__file__).parent
REAL = HERE.parents[1] / "../shared/data/story-id.txt"
STORIES: list[dict[str, Any]] = [
    story
    for file in sorted((HERE / "stories").glob("*.toml"))
    for story in tomllib.loads(file.read_text("utf-8"))["story"]
]
LINE_ENDS = ["\n", "\r\n", "\r", " \u00a0\n", "\u2028"]


def told(text: str) -> Story:
    return split_story(text, load_agencies(), load_languages())


def captions(*texts: str) -> Story:
    return Story(captions=tuple(StoryCaption(text) for text in texts))


def test_there_are_thirty_stories_in_eight_languages():
    assert len(STORIES) >= 30
    assert len({story["language"] for story in STORIES}) >= 8


@pytest.mark.parametrize("end", LINE_ENDS, ids=repr)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_a_story_is_split(story: dict[str, Any], end: str):
    expected = tuple(StoryCaption(*each) for each in story["captions"])
    found = told("\ufeff" + story["text"].replace("\n", end))
    assert found == Story(story["headline"], story["language"], expected, story.get("dropped_repeats", 0))


@pytest.mark.skipif(not REAL.exists(), reason="the real story isn't here")
def test_the_real_story_is_split():
    story = told(read_story_text(REAL))
    credit = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
    assert story.headline == "Potret Akrab Kim Jong Un dan Putin di Pusat Antariksa Rusia"
    assert (story.language, len(story.captions), story.dropped_repeats) == ("id", 7, 7)
    assert [each.credit for each in story.captions] == [credit, "", credit, "", "", "", ""]
    assert story.captions[0].text.endswith("Rabu (13/9/2023).")
    assert '"sangat senang"' in story.captions[2].text
    assert only_credit(story) == credit


PLACED = [
    ("(left) A man walks home.", "(right) A dog runs."), ("(kiri) Warga antre air.", "(kanan atas) Petugas berjaga."),
    ("(links) Ein Mann geht nach Hause.", "(Mitte) Ein Hund schläft.", "Der Hafen am Abend."),
    ("（左）子どもたちが遊ぶ。", "（右）犬が走る。"),
    ("[Left] A man walks home", "[Below]: A dog runs", "Boats leave."),
    ("(à gauche) Un homme marche.", "(en bas) Un chien dort."), ("(слева) Дети катаются.", "(справа) Лодки стоят."),
]  # fmt: skip
KEPT = [
    ("(left) A man walks home.", "A dog runs."), ("(l-r) Ann and Jane walk.", "(l-r) Jane and Ann sit."),
    ("(de gauche à droite) Anne et Jeanne.", "(de gauche à droite) Jeanne et Anne."), ("(L to R) Ann.", "(L to R) Jo."),
    ("(archive) A man walks home.", "(archive) A dog runs."), ("A man (left) walks.", "A dog (right) runs."),
]  # fmt: skip


@pytest.mark.parametrize("texts", PLACED)
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_where_two_photos_stand_is_no_part_of_their_captions(texts: tuple[str, ...], between: str):
    bare = [re.sub(r"^[(（\[].*?[)）\]]:? ?", "", text) for text in texts]
    assert [each.text for each in told(between.join(texts)).captions] == bare


@pytest.mark.parametrize("texts", KEPT)
def test_a_lone_place_and_an_order_of_people_stay(texts: tuple[str, ...]):
    assert [each.text for each in told("\n\n".join(texts)).captions] == list(texts)


FRONTS = [
    "Updated 10:30 GMT", "Last updated: Sept. 13, 2023, 10:30 a.m. EDT", "Published 13 September 2023",
    "Diperbarui: Rabu, 13 September 2023, 10.30 WIB", "Aktualisiert am 13.09.2023 um 10.30 Uhr", "Stand: 18 Uhr",
    "Mis à jour le 13 septembre 2023 à 10h30", "Actualizado a las 10:30 h", "Atualizado em 13/09/2023 10h30",
    "Aggiornato alle 10:30", "Bijgewerkt: 10.30 uur", "Güncelleme: 13 Eylül 2023 10:30", "Обновлено 13.09.2023, 10:30",
    "Оновлено о 10:30", "입력 2023.09.13 10:30", "更新：2023年9月13日 10:30", "آخر تحديث: 10:30", "Dikemas kini 10:30",
    "VALENCIA, Spain (AP) —", "VALENCIA, Spain (AP)", "Valencia, Spain (AP) —", "ST. PAUL, Minn. (AP) —",
    "By Jane Odell",
]  # fmt: skip


@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize("above", ["", "By Jane Odell\n\n", "OSTLEY (AP)\n\n"])
def test_what_tells_when_where_and_by_whom_is_no_caption(front: str, above: str):
    sentences = ["A man walks home along the canal on Sunday.", "A woman sells fish on the quay."]
    found = told("\n\n".join(["Fire on the quay", above + front, *sentences]))
    assert (found.headline, [each.text for each in found.captions]) == ("Fire on the quay", sentences)


@pytest.mark.parametrize("text", ["Published in May, the book lies there.", "Updated maps lie on a table at 10:30.",
                                  "Posted at the gate, soldiers wait for the guests on Sept. 13."])  # fmt: skip
def test_a_caption_that_begins_like_a_time_of_publication_stays(text: str):
    assert told(f"Fire on the quay\n\n{text}\n\nA man walks home.").captions[0].text == text


def test_a_copyright_mark_is_no_place():
    found = told("A man walks home.\n(c) Jane Odell/AP\n\nA dog runs.\n(c) Jane Odell/AP").captions
    assert [(each.text, each.credit) for each in found] == [
        ("A man walks home.", "Jane Odell/AP"), ("A dog runs.", "Jane Odell/AP")]  # fmt: skip


def test_a_story_with_two_credits_has_no_only_one():
    assert only_credit(Story(captions=(StoryCaption("a", "AP"), StoryCaption("b", "AFP")))) == ""
    assert only_credit(captions("a", "b")) == ""


def test_captions_go_to_the_photos_they_name():
    story = Story(captions=(StoryCaption("a", file_name="two.JPG"), StoryCaption("b", file_name="one")))
    found = match(story, ["one.jpg", "two.jpg", "three.jpg"])
    assert (found.pairs, found.unmatched_photos, found.unmatched_captions) == (((0, 1), (1, 0)), (2,), ())


def test_a_caption_for_a_photo_that_is_not_there_goes_to_no_other():
    story = Story(captions=(StoryCaption("a", file_name="gone.jpg"), StoryCaption("b")))
    found = match(story, ["one.jpg", "two.jpg"])
    assert (found.pairs, found.unmatched_photos, found.unmatched_captions) == (((1, 0),), (1,), (0,))


def test_captions_go_to_the_photos_whose_own_are_alike():
    story = captions("Two boats leave the harbor at dawn.", "A woman sells fish on the quay.")
    held = ["A woman sells fish on the quay", "Two boats leave the old harbor at dawn."]
    assert match(story, ["a.jpg", "b.jpg"], held).pairs == ((0, 1), (1, 0))


def test_a_caption_that_a_photo_holds_word_for_word_goes_to_it_however_alike_the_others_are():
    texts = [f"Runner number {number} crosses the finish line of the city marathon on Sunday." for number in range(9)]
    held = [text.upper() for text in reversed(texts)]
    assert match(captions(*texts), ["IMG_0001.JPG"] * 9, held).pairs == tuple(
        (number, 8 - number) for number in range(9)
    )


def test_captions_alike_to_several_photos_go_by_order():
    held = ["A boat at dawn.", "A boat at dawn."]
    assert match(captions("A boat at dawn.", "Nothing like it."), ["a.jpg", "b.jpg"], held).pairs == ((0, 0), (1, 1))


def test_captions_go_by_order_and_what_is_left_is_told():
    found = match(captions("a", "b", "c"), ["one.jpg", "two.jpg"])
    assert (found.pairs, found.unmatched_photos, found.unmatched_captions) == (((0, 0), (1, 1)), (), (2,))


def test_a_missing_number_leaves_its_photo_out():
    story = Story(captions=(StoryCaption("a", number=1), StoryCaption("c", number=3)))
    assert match(story, ["one.jpg", "two.jpg", "three.jpg"]).pairs == ((0, 0), (1, 2))


@given(st.text(max_size=300))
def test_any_text_is_a_story(text: str):
    story = told(text)
    match(story, ["one.jpg"], [text])
    assert story.dropped_repeats >= 0
    assert all(each.text.strip() for each in story.captions)


WORDS = st.lists(
    st.sampled_from(["warga", "Rusia,", "(125 mil)", "dan/atau", '"baik"', "kota"]), min_size=3, max_size=12
)


@given(
    st.lists(
        WORDS.map(lambda words: "Pada hari itu " + " ".join(words) + " selesai."), min_size=1, max_size=6, unique=True
    )
)
def test_no_character_of_a_caption_is_lost(sentences: list[str]):
    found = told("\n\n".join(sentences))
    kept = {"".join(filter(str.isalnum, text)) for text in sentences}
    assert [each.text for each in found.captions] == [
        text for text in sentences if text in {each.text for each in found.captions}
    ]
    assert len(found.captions) == len(kept)


AROUND = [
    "From: Jane Odell\nSubject: captions", "Hi all,", "Best regards,\nJane", "WORLD", "EUROPE | NORTH",
    "Aus dem Kreis Celle", "Feuer im alten Speicher am Hafen", "OSTLEY, Kan. (AP)", "LISBOA, 15 ago 2022 (Lusa)",
    "Van onze verslaggever", "By Jane Odell", "Foto: Polizei Celle", "Photos: Jane Odell", "Photo: Jane Odell/AP",
    "**1.**", "### 2", "- (left)", "3/7", "DSC_0031.JPG", "Editor: Jane Odell", "Baca juga: Banjir di kota",
]  # fmt: skip
SENTENCES = [
    "Warga antre air bersih di posko.", "Bombeiros combatem as chamas na segunda-feira, 15 de agosto de 2022.",
    "« Tout s'est bien passé. »", "A man walks home, left.", "Дети катаются с горки.", "子どもたちが遊ぶ。",
    "By the river, Jane Odell sleeps.", "Thanks to the rain, the fields are green.", "Hello is all he says, laughing.",
]  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(AROUND), max_size=4),
    st.permutations(SENTENCES),
    st.lists(st.sampled_from(AROUND), max_size=3),
)
def test_whatever_stands_around_captions_none_is_lost(above: list[str], sentences: list[str], below: list[str]):
    kept = [each.text for each in told("\n\n".join([*above, *sentences, *below])).captions]
    assert [text for text in kept if text in sentences] == sentences


@settings(deadline=None, max_examples=30)
@given(st.text(st.characters(exclude_characters="\r\n\v\f\x85\u2028\u2029"), min_size=1, max_size=8))
def test_a_hundred_kilobytes_of_anything_take_no_time(unit: str):
    assert seconds(unit * (100_000 // len(unit))) < 0.25 * slowness()


def seconds(text: str) -> float:
    """Of this process alone, and the best of three: the tests run beside each other."""

    def once() -> float:
        started = time.process_time()
        told(text)
        return time.process_time() - started

    return min(once() for _try in range(3))


HARD = [
    "/", "(", ")", "A", "1", "1\n", ". ", "Foto: ", "foto ", " via ", "©", "A B/AP\n", "(Foto: A/AP) ", "A. Bo/AFP ",
    "3/7 a\n", "DSC_0031.JPG – a\n", "a.jpg", "\u00a0", "…", "Photo by ", "한글 기자 ", "日本。", "By A\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", HARD)
def test_a_hundred_kilobytes_that_look_like_credits_take_no_time(unit: str):
    assert seconds(unit * (100_000 // len(unit))) < 0.25 * slowness()


def test_what_is_over_of_many_short_lines_is_kept():
    text = "\n".join(f"Orang {number}" for number in range(5000))
    assert "".join(each.text for each in told(text).captions).count("Orang") == 5000


def test_a_story_of_a_thousand_captions_is_split_to_its_end():
    text = "\n\n".join(f"Warga nomor {n} menanam padi di sawah yang luas pada hari itu. A. Bo{'abc'[n % 3]}/AFP"
                       for n in range(1200))  # fmt: skip
    found = told(text).captions
    assert (len(found), {each.credit for each in found}) == (1200, {"A. Boa/AFP", "A. Bob/AFP", "A. Boc/AFP"})


def test_control_characters_of_a_scraped_text_are_no_part_of_a_caption():
    assert told("Headline\n\nA man \x01walks\x00 home.\n\nAnother \x1bstays.").captions[0].text == "A man walks home."
