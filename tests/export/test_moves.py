import os

import pytest
from exporting import held

from captioner.export import moves


@pytest.fixture
def staged(tmp_path):
    """Three files that are to be moved, and where to."""
    (tmp_path / "from").mkdir()
    (tmp_path / "to").mkdir()
    pairs = [(tmp_path / "from" / name, tmp_path / "to" / name) for name in "abc"]
    for source, _ in pairs:
        source.write_text("ours")
    return pairs


def without_the_systems_call(monkeypatch):
    monkeypatch.setattr(moves, "_rename_refusing", lambda source, target: False)


@pytest.fixture(params=["the system's rename", "look, then rename"])
def either_way(request, monkeypatch):
    if request.param == "look, then rename":
        without_the_systems_call(monkeypatch)


def test_files_are_moved_in_their_order(staged, either_way, tmp_path, monkeypatch):
    order = []
    move = moves.move
    monkeypatch.setattr(moves, "move", lambda source, target: (order.append(target.name), move(source, target)))
    moves.move_all(staged)
    assert order == ["a", "b", "c"]
    assert (held(tmp_path / "from"), held(tmp_path / "to")) == ([], ["a", "b", "c"])


def test_a_file_that_is_there_is_not_overwritten_and_the_others_are_taken_back(staged, either_way, tmp_path):
    staged[2][1].write_text("theirs")
    with pytest.raises(FileExistsError):
        moves.move_all(staged)
    assert staged[2][1].read_text() == "theirs"
    assert (held(tmp_path / "from"), held(tmp_path / "to")) == (["a", "b", "c"], ["c"])


def test_a_dangling_link_is_not_overwritten_either(staged, either_way):
    staged[0][1].symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        moves.move(*staged[0])


def test_what_another_program_put_in_the_place_of_ours_stays(staged, tmp_path, monkeypatch):
    staged[2][1].write_text("theirs")

    def moved_and_replaced(source, target):
        if target.exists():
            raise FileExistsError
        source.rename(target)
        if target.name == "a":
            target.rename(tmp_path / "ingested")
            target.write_text("theirs")

    monkeypatch.setattr(moves, "move", moved_and_replaced)
    with pytest.raises(FileExistsError):
        moves.move_all(staged)
    assert staged[0][1].read_text() == "theirs"
    assert held(tmp_path / "to") == ["a", "c"]


def test_a_folder_that_is_there_is_not_replaced(tmp_path, either_way):
    for name in ("from", "to"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    with pytest.raises(OSError, match=r"exists|not empty"):
        moves.move(tmp_path / "from", tmp_path / "to")
    assert held(tmp_path / "to") == ["to"]


def test_a_missing_file_is_an_error_of_the_systems(tmp_path):
    with pytest.raises(FileNotFoundError):
        moves.move(tmp_path / "gone", tmp_path / "to")


@pytest.mark.skipif(os.name == "nt", reason="the calls are those of POSIX systems")
def test_a_drive_without_the_call_is_moved_to_all_the_same(staged, monkeypatch):
    monkeypatch.setattr(moves, "_called", lambda source, target: -1)
    monkeypatch.setattr(moves.ctypes, "get_errno", lambda: 22)
    moves.move(*staged[0])
    assert staged[0][1].read_text() == "ours"
