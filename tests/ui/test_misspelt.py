"""Spelling in the window, with the dictionaries that are installed."""

from threading import Event

import pytest

from captioner.core import edits
from captioner.storage import spelling
from captioner.ui.widgets.marks import Kind

TEXT = "Presiden Rusia bertemu dengan pemimpin Korea Utara di Vostochny pada hari Rabu, kata presidne."


@pytest.fixture
def marked(qtbot, window):
    """The words that are underlined in the caption."""
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[0]], "caption", TEXT))
    window.show_changed()
    (marks,) = (each for each in window.desk.spelling._marks if each.box is window.form.rows["caption"].box)

    def words():
        found = (marks.mark_at(place) for place in range(len(TEXT)))
        return {TEXT[mark.start : mark.end] for mark in found if mark and mark.kind is Kind.SPELLING}

    qtbot.waitUntil(lambda: "presidne" in words())
    return words


def test_a_slip_is_marked_in_the_captions_language(marked):
    assert not {"Presiden", "bertemu", "dengan", "pemimpin"} & marked()


def test_a_name_of_the_set_is_known(qtbot, window, marked):
    assert "Vostochny" in marked()
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[3]], "city", "Vostochny"))
    qtbot.waitUntil(lambda: "Vostochny" not in marked())


def test_a_word_of_the_glossary_is_known_from_then_on(qtbot, window, marked):
    window.desk.spelling._add("presidne")
    assert "presidne" not in marked()
    assert spelling.read_glossary(window.desk.spelling.glossary_file) == ("presidne",)


def test_a_dictionary_is_not_waited_for(qtbot, window, monkeypatch):
    let_go, loaded = Event(), []

    def slow(language):
        let_go.wait(5)
        loaded.append(language)

    monkeypatch.setattr(spelling, "dictionary", slow)
    window.desk.spelling.read(TEXT)
    assert not loaded
    let_go.set()
    qtbot.waitUntil(lambda: loaded == ["id"])


def test_a_language_without_a_dictionary_is_told_once(qtbot, window, monkeypatch):
    monkeypatch.setattr(spelling, "dictionary", lambda _language: None)
    told = []
    window.desk.spelling.told.connect(told.append)
    for _time in range(2):
        window.desk.spelling.read("Vladimir Putin met the leader of North Korea in Vladivostok, officials said.")
        window.desk.spelling.read(TEXT)
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert sum("Indonesian" in each for each in told) == 1
