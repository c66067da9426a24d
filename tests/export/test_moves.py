import errno
import os

import pytest
from exporting import held

from captioner.export.publishing import moves


@pytest.fixture
def staged(tmp_path):
    """A file that is to be moved, and where to."""
    (tmp_path / "from").mkdir()
    (tmp_path / "to").mkdir()
    (tmp_path / "from" / "a").write_text("ours")
    return tmp_path / "from" / "a", tmp_path / "to" / "a"


def without_the_systems_call(monkeypatch):
    monkeypatch.setattr(moves, "_rename_refusing", lambda source, target: False)


def in_one_folder_alone(monkeypatch, number=errno.EXDEV):
    """As on a drive that can't rename from one folder to another."""
    rename, replace = moves._rename, os.replace

    def only_here(do):
        def checked(source, target):
            if source.parent != target.parent:
                raise OSError(number, os.strerror(number), str(target))
            do(source, target)

        return checked

    monkeypatch.setattr(moves, "_rename", only_here(rename))
    monkeypatch.setattr(os, "replace", only_here(replace))


@pytest.fixture(params=["the system's rename", "look, then rename", "copy, then rename"])
def any_way(request, monkeypatch):
    if request.param == "look, then rename":
        without_the_systems_call(monkeypatch)
    if request.param == "copy, then rename":
        in_one_folder_alone(monkeypatch)


def test_a_file_is_moved(staged, any_way, tmp_path):
    moves.move(*staged)
    assert staged[1].read_text() == "ours"
    assert (held(tmp_path), moves.is_moved(*staged)) == (["from", "to", "to/a"], True)


def test_a_file_that_is_there_is_not_overwritten(staged, any_way):
    staged[1].write_text("theirs")
    with pytest.raises(FileExistsError):
        moves.move(*staged)
    assert (staged[1].read_text(), moves.is_moved(*staged)) == ("theirs", False)


def test_a_dangling_link_is_not_overwritten_either(staged, any_way):
    staged[1].symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        moves.move(*staged)


def test_a_file_that_is_to_be_replaced_is(staged, any_way, tmp_path):
    staged[1].write_text("old")
    moves.replace(*staged)
    assert (staged[1].read_text(), held(tmp_path)) == ("ours", ["from", "to", "to/a"])


def test_a_folder_that_is_there_is_not_replaced(tmp_path, any_way):
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
    moves.move(*staged)
    assert staged[1].read_text() == "ours"


# Drives that rename in one folder alone


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EPERM, errno.EACCES, errno.ENOTSUP])
def test_a_copy_comes_in_under_a_name_that_others_skip(staged, monkeypatch, number):
    in_one_folder_alone(monkeypatch, number)
    names, copied = [], moves.shutil.copyfile
    monkeypatch.setattr(moves.shutil, "copyfile", lambda *both, **how: (names.append(both[1].name), copied(*both)))
    moves.move(*staged)
    assert [(name[0], name[-5:]) for name in names] == [(".", ".part")]


def test_a_copy_that_reads_back_differently_gets_no_name(staged, monkeypatch):
    in_one_folder_alone(monkeypatch)
    monkeypatch.setattr(moves.shutil, "copyfile", lambda source, target, **how: target.write_text("our"))
    with pytest.raises(OSError, match="reads back differently"):
        moves.move(*staged)
    assert not staged[1].exists()


def test_a_copy_that_was_cut_short_is_made_anew(staged, monkeypatch):
    in_one_folder_alone(monkeypatch)
    moves.near(*staged).write_text("o")
    moves.move(*staged)
    assert staged[1].read_text() == "ours"


def test_a_copy_that_only_wants_its_name_gets_it(staged, tmp_path):
    staged[0].rename(moves.near(*staged))
    assert not moves.is_moved(*staged)
    moves.move(*staged)
    assert held(tmp_path) == ["from", "to", "to/a"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_copy_keeps_its_mode(staged, monkeypatch):
    in_one_folder_alone(monkeypatch)
    staged[0].chmod(0o640)
    moves.move(*staged)
    assert staged[1].stat().st_mode & 0o777 == 0o640


def test_the_longest_name_has_room_for_a_copy(tmp_path):
    assert len(moves.near(tmp_path / "x", tmp_path / ("ü" * 120)).name) < 40
