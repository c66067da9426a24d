import pytest

from captioner import settings
from captioner.core.policy import Policy
from captioner.errors import UsageError
from captioner.settings import Settings


def test_without_a_file_the_defaults_count(tmp_path):
    assert settings.load(tmp_path / "none.toml") == Settings()


def test_a_file_changes_what_it_names(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('language = "id"\nexif_artist = "creator"\n')
    assert settings.load(file) == Settings(language="id", policy=Policy(exif_artist="creator"))


def test_a_table_says_how_severe_each_check_is(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('language = "id"\n[checks]\ngps = "off"\nplaceholder = "warning"\n')
    assert settings.load(file) == Settings(language="id", checks={"gps": "off", "placeholder": "warning"})


@pytest.mark.parametrize(("text", "told"), [
    ('[checks]\ngps = "loud"', "'loud'; it can be off, info, warning, error"),
    ("[checks]\ngps = 3", "3; it can be off"), ('[checks]\ncommas = "off"', "“commas”; there are"),
    ('checks = "off"', "is no table"), ("[checks]\ngps = []", "it can be off"),
    ("[[checks]]\ngps = 'off'", "is no table"),
])  # fmt: skip
def test_a_severity_that_there_is_not_is_told_with_those_there_are(tmp_path, text, told):
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"settings\.toml") as raised:
        settings.load(file)
    assert told in str(raised.value)


@pytest.mark.parametrize("text", ["x = 1", 'exif_artist = "me"', 'iim_charset = "klingon"', "language = 3", "= ="])
def test_what_is_wrong_is_named_with_its_file(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"settings\.toml"):
        settings.load(file)
