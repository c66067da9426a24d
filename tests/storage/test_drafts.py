import subprocess
import sys
from pathlib import Path

import pytest

from captioner.errors import CaptionerError
from captioner.storage import drafts
from captioner.storage.drafts import SetState

A, B = Path("/set/a.jpg"), Path("/set/b.jpg")


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "home" / "drafts.sqlite"


def test_what_was_recorded_is_recovered(journal):
    held = {A: {"caption": "Draft 김", "keywords": ("a", "b")}, B: {"credit": ""}}
    drafts.record(journal, held)
    assert drafts.recover(journal, [A, B]) == held


def test_only_the_asked_photos_are_recovered(journal):
    drafts.record(journal, {A: {"caption": "a"}, B: {"caption": "b"}})
    assert drafts.recover(journal, [B]) == {B: {"caption": "b"}}


def test_a_saved_photo_has_no_drafts_left(journal):
    drafts.record(journal, {A: {"caption": "a"}, B: {"caption": "b"}})
    drafts.record(journal, {A: {}})
    assert drafts.recover(journal, [A, B]) == {B: {"caption": "b"}}


def test_a_set_keeps_order_and_headline(journal):
    state = SetState((B, A), "Headline", (A, B), "Draft")
    drafts.record_set(journal, "/set", state)
    assert drafts.read_set(journal, "/set") == state


def test_a_set_that_nobody_knows_has_no_order(journal):
    assert drafts.read_set(journal, "/elsewhere") == SetState()


def test_new_photos_follow_the_saved_order(journal):
    new = Path("/set/0.jpg")
    assert drafts.in_saved_order([new, A, B], (B, A)) == [B, A, new]


def test_a_damaged_journal_is_moved_aside_and_a_new_one_begun(journal):
    journal.parent.mkdir()
    journal.write_bytes(b"this is no database, " * 100)
    drafts.record(journal, {A: {"caption": "a"}})
    assert drafts.recover(journal, [A]) == {A: {"caption": "a"}}
    assert journal.with_name("drafts.sqlite.damaged-1").read_bytes().startswith(b"this is no")


def test_reading_makes_no_journal(journal):
    assert (drafts.read_set(journal, "/set"), drafts.recover(journal, [A])) == (SetState(), {})
    assert not journal.parent.exists()


def test_a_journal_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CaptionerError, match="journal of drafts"):
        drafts.record(tmp_path / "file" / "drafts.sqlite", {A: {"caption": "a"}})


def test_two_windows_write_at_once_and_lose_nothing(journal):
    script = (
        "import sys\nfrom pathlib import Path\nfrom captioner.storage import drafts\n"
        "for n in range(40): drafts.record(Path(sys.argv[1]), {Path(sys.argv[2]) / str(n): {'caption': 'x'}})\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", script, str(journal), name]) for name in ("/one", "/two")]
    assert [process.wait() for process in both] == [0, 0]
    wanted = [Path(name) / str(number) for name in ("/one", "/two") for number in range(40)]
    assert len(drafts.recover(journal, wanted)) == 80


def test_damage_within_the_journal_is_no_end_either(journal):
    drafts.record(journal, {Path(f"/set/{number}.jpg"): {"caption": "x" * 500} for number in range(100)})
    size = journal.stat().st_size
    with journal.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    drafts.record(journal, {A: {"caption": "a"}})
    assert drafts.recover(journal, [A]) == {A: {"caption": "a"}}
    assert journal.with_name("drafts.sqlite.damaged-1").stat().st_size == size
