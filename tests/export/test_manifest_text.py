"""`story.txt`: what it says is what `captioner story` reads from it."""

from pathlib import Path

import pytest

from captioner.core.caption import Values
from captioner.export.exported import Exported, ExportedFile
from captioner.export.manifests import made
from captioner.export.receipt import Receipt
from captioner.storage.story_files import read_story

STORIES = {
    "Kim Jong Un temui Putin": [
        ("Presiden Rusia Vladimir Putin berjabat tangan, Rabu (13/9/2023).", "Mikhail Metzel/Sputnik/Kremlin Pool/AP"),
        ("Sebelum berdialog, keduanya meninjau kosmodrom.", ""), ('Putin mengaku "sangat senang".', "Antara"),
    ],
    "Storm hits coast": [
        ("A fisherman waits in the harbour, Sept. 13, 2023.", "Ann Lee/Reuters"),
        ("3 boats sank. The crew was saved.", "Ann Lee/Reuters"), ("=cmd() <script>alert(1)</script>", "Bo Li"),
    ],
    "Встреча в космопорту": [("Президент на космодроме, 13 сентября 2023 года.", "ТАСС"), ("Ракета.", "РИА Новости")],
    "김정은, 푸틴 만나": [("김정은 위원장이 13일 악수하고 있다.", "연합뉴스"), ("회담장 전경.", "AP 연합뉴스")],
    "普京会见金正恩": [("俄罗斯总统普京13日会见朝鲜领导人金正恩。", "新华社"), ("两人参观发射场。", "新华社/李明")],
    "لقاء في الميناء": [("صياد ينتظر في الميناء يوم الأربعاء.", "رويترز"), ("السفن عند الفجر.", "أحمد علي/رويترز")],
    "พบกันที่ท่าเรือ": [("ชาวประมงรออยู่ที่ท่าเรือในวันพุธ", "AFP"), ("เรือยามเช้า", "AP")],
    "": [("A boat waits in the harbour.", "AP"), ("Another boat.", "someone nobody knows")],
    "Just one": [("A boat waits in the harbour.", "AP")],
}  # fmt: skip


def written(folder: Path, headline: str, captions: list[tuple[str, str]]) -> Path:
    photos = tuple(Exported(number, Path("a"), (ExportedFile("a.jpg", "", 1, 1, 1),),
                            Values({"caption": caption, "credit": credit}))
                   for number, (caption, credit) in enumerate(captions, start=1))  # fmt: skip
    file = folder / "story.txt"
    file.write_bytes(made("text", Receipt(folder, None, photos, headline=headline), folder))
    return file


@pytest.mark.parametrize("headline", STORIES)
def test_it_reads_back_to_the_same_captions_and_credits(tmp_path, headline):
    story = read_story(written(tmp_path, headline, STORIES[headline]))
    assert story.headline == headline
    assert [(each.text, each.credit) for each in story.captions] == STORIES[headline]


def test_the_captions_are_numbered_in_the_order_of_the_set(tmp_path):
    file = written(tmp_path, "Head", [("One\nand\n\nmore.", "AP"), ("", ""), ("Three.", "")])
    assert file.read_text("utf-8") == "Head\n\n1. One and more.\nCredit: AP\n\n2.\n\n3. Three.\n"


def test_a_long_set_keeps_its_numbers(tmp_path):
    captions = [(f"Boat {number} waits in the harbour at dawn.", "AP") for number in range(1, 101)]
    story = read_story(written(tmp_path, "Boats", captions))
    assert [each.number for each in story.captions] == list(range(1, 101))
