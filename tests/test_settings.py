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


@pytest.mark.parametrize("text", ["x = 1", 'exif_artist = "me"', 'iim_charset = "klingon"', "language = 3", "= ="])
def test_what_is_wrong_is_named_with_its_file(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"settings\.toml"):
        settings.load(file)
