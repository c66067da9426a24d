"""A story's file → its text, whatever its encoding."""

import contextlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from captioner.errors import CaptionerError
from captioner.storage.desk_data import load_agencies, load_languages
from captioner.storage.story_files import read_story_text

STORIES = [
    story
    for file in sorted(Path(__file__).parents[1].glob("core/stories/*.toml"))
    for story in tomllib.loads(file.read_text("utf-8"))["story"]
]
RUSSIAN = "Рабочие чистят снег на главной площади города. Дети катаются с горки в парке, а взрослые смотрят на них."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_form(tmp_path: Path, encoding: str):
    file = tmp_path / "story.txt"
    file.write_bytes(RUSSIAN.encode(encoding))
    assert read_story_text(file) == RUSSIAN


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", RUSSIAN),
        (
            "cp1252",
            "Les habitants allument des bougies. « Nous attendions ce moment », dit une élève à l’école, très émue.",
        ),
        ("cp949", "시민들이 우산을 쓰고 첫눈을 맞으며 걷고 있다. 아이들이 눈사람을 만들고 있다."),
        ("shift_jis", "満開の桜の下を歩く人々。東京で十五日、平年より早い開花となった。屋台に並ぶ家族連れ。"),
    ],
)
def test_an_old_encoding_is_guessed(tmp_path: Path, encoding: str, text: str):
    file = tmp_path / "story.txt"
    file.write_bytes(text.encode(encoding))
    assert read_story_text(file) == text


ENCODINGS = {
    "de": ["cp1252", "iso8859-15", "mac_roman", "cp850"], "fr": ["cp1252", "latin-1"], "es": ["cp1252", "mac_roman"],
    "pt": ["cp1252"], "it": ["cp1252"], "tr": ["cp1254", "iso8859-9"], "ru": ["cp1251", "koi8-r", "iso8859-5", "cp866"],
    "uk": ["cp1251", "koi8-u"], "ko": ["cp949"], "ja": ["cp932", "euc-jp", "iso2022_jp"], "zh": ["gb18030", "big5"],
    "ar": ["cp1256", "iso8859-6"], "en": ["cp1252"], "id": ["cp1252"],
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_a_story_is_read_in_the_encodings_of_its_language(tmp_path: Path, story: dict[str, Any]):
    file = tmp_path / "story.txt"
    for encoding in ENCODINGS.get(story["language"], []):
        with contextlib.suppress(UnicodeEncodeError):
            file.write_bytes(story["text"].encode(encoding))
            assert read_story_text(file) == story["text"], encoding


def test_an_empty_file_is_an_empty_text(tmp_path: Path):
    file = tmp_path / "story.txt"
    file.touch()
    assert read_story_text(file) == ""


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(CaptionerError, match=r"gone\.txt") as told:
        read_story_text(tmp_path / "gone.txt")
    assert told.value.path == tmp_path / "gone.txt"


def test_a_folder_is_told(tmp_path: Path):
    with pytest.raises(CaptionerError, match="can't be read"):
        read_story_text(tmp_path)


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 9, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"]
)
def test_a_picture_is_no_story(tmp_path: Path, data: bytes):
    file = tmp_path / "photo.jpg"
    file.write_bytes(data)
    with pytest.raises(CaptionerError, match="holds no text"):
        read_story_text(file)


def test_the_desk_knows_a_hundred_agencies_and_sixteen_languages():
    assert len(load_agencies().known) >= 100
    assert {"en", "id", "ms", "de", "fr", "es", "pt", "it", "nl", "tr", "ru", "uk", "ko", "ja", "zh", "ar"} <= {
        each.code for each in load_languages().spoken
    }
