"""The desk's own agencies, beside those that are shipped."""

from pathlib import Path

import pytest

from captioner import paths
from captioner.core import credit
from captioner.core.credit import Chain
from captioner.errors import UsageError
from captioner.storage import agency_files
from captioner.storage.desk_data import load_agencies, load_knowledge

LINE = "Warga menanam padi. Andi Sulaksono/Sawah Hijau/Kebun Bersama"


def write(text: str) -> Path:
    file = paths.agencies_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def chain(line: str) -> Chain:
    return credit.parse(line, load_agencies())


def test_an_agency_of_the_desk_is_known_at_once():
    assert load_agencies().find("Sawah Hijau") is None
    write('[distributor]\n"Sawah Hijau" = ["SH Foto", "سواه"]\n')
    assert load_agencies().kind("SH Foto") == "distributor"
    assert load_knowledge().agencies is load_agencies()


def test_the_desk_is_right_about_an_agency_that_is_shipped():
    write('[pool]\n"AFP" = []\n')
    assert load_agencies().kind("AFP") == "pool"
    assert load_agencies().kind("Agence France-Presse") == ""


def test_an_alias_moves_to_the_agency_that_the_desk_gives_it_to():
    write('[distributor]\n"Thomson Reuters" = []\n')
    found = load_agencies().find("Thomson Reuters")
    assert found
    assert (found.name, load_agencies().kind("Reuters")) == ("Thomson Reuters", "agency")


def test_a_name_can_be_taken_away():
    write('[agency]\n"Tempo" = false\n')
    assert load_agencies().find("Tempo") is None
    assert load_agencies().find("Reuters")


def test_small_words_are_added():
    write('[words]\nnothing = ["Titipan"]\n')
    assert load_agencies().kind("Titipan") == "nothing"
    assert load_agencies().kind("Stringer") == "nothing"


def test_a_change_of_the_file_is_noticed():
    write('[agency]\n"Sawah Hijau" = []\n')
    assert load_agencies().kind("Sawah Hijau") == "agency"
    write('[handout]\n"Sawah Hijau" = []\n')
    assert load_agencies().kind("Sawah Hijau") == "handout"
    paths.agencies_file().unlink()
    assert load_agencies().kind("Sawah Hijau") == ""


def test_without_a_file_there_is_one_value_for_all():
    assert load_agencies() is load_agencies()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[agency", "not valid TOML"),
        ('[paper]\n"A" = []', "“paper”"),
        ('agency = "AP"', "“agency”"),
        ('[agency]\n"A" = "B"', "“A” of agency"),
        ('[agency]\n"A" = [1]', "“A” of agency"),
        ('[agency]\n"A" = [" "]', "“A” of agency"),
        ('[words]\nverbs = ["A"]', "“verbs” of words"),
        ("[words]\nnothing = false", "“nothing” of words"),
    ],
)
def test_a_broken_file_is_told_in_a_sentence_and_the_shipped_ones_stay(text: str, told: str):
    file = write(text)
    with pytest.raises(UsageError, match=told) as error:
        agency_files.read(file)
    assert str(file) in error.value.sentence
    assert load_agencies().kind("AP") == "agency"


def test_a_file_that_is_no_text_is_told():
    file = write("")
    file.write_bytes(b"\xff\xfe\0")
    with pytest.raises(UsageError, match="not valid TOML"):
        agency_files.read(file)
