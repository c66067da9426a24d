"""The command line as a script calls it."""

import json

import pytest

from captioner import cli
from tests import pictures


@pytest.fixture
def folder(tmp_path):
    pictures.seven(tmp_path / "set")
    return tmp_path / "set"


@pytest.fixture
def run(capsys):
    """The exit code, the document or the text, and what was said on stderr."""

    def call(*words):
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as exit_:
            code = exit_.code
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in words and out else out, err

    return call
