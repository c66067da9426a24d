import sqlite3
import threading

import pytest

from captioner.storage.thumbnail_cache import ThumbnailCache


@pytest.fixture
def photo(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"photo")
    return tmp_path / "a.jpg"


@pytest.fixture
def made(tmp_path):
    every = []

    def make(**more):
        every.append(ThumbnailCache(tmp_path / "cache" / "thumbnails.sqlite", **more))
        return every[-1]

    yield make
    for cache in every:
        cache.close()


def test_a_thumbnail_is_there_the_next_time(made, photo):
    first = made()
    first.put(photo, photo.stat(), b"small")
    first.close()
    assert made().get(photo) == b"small"


def test_a_thumbnail_is_there_before_it_is_written(made, photo):
    cache = made()
    cache.put(photo, photo.stat(), b"small")
    assert (cache.get(photo), cache.is_unwritten) == (b"small", True)


def test_a_file_that_changed_since_has_none(made, photo):
    cache = made()
    cache.put(photo, photo.stat(), b"small")
    photo.write_bytes(b"another photo")
    assert cache.get(photo) is None


def test_a_file_that_changed_while_it_was_decoded_has_none(made, photo):
    cache, before = made(), photo.stat()
    photo.write_bytes(b"another photo")
    cache.put(photo, before, b"small")
    assert cache.get(photo) is None


def test_a_name_that_is_no_utf_8_is_one_too(made, photo):
    odd = photo.rename(photo.with_name("\udcff.jpg"))
    cache = made()
    cache.put(odd, odd.stat(), b"small")
    cache.flush()
    assert cache.get(odd) == b"small"


def test_what_was_not_looked_at_for_longest_goes_first(made, photo, monkeypatch):
    paths = [photo.with_name(f"{number}.jpg") for number in range(40)]
    now = [1000]
    monkeypatch.setattr("captioner.storage.thumbnail_cache.time.time", lambda: now[0])
    cache = made(limit=300_000)
    for path in paths:
        path.write_bytes(b"photo")
        now[0] += 1
        cache.put(path, path.stat(), b"x" * 10_000)
        cache.get(paths[0])
        cache.flush()
    kept = [path for path in paths if cache.get(path)]
    assert paths[0] in kept
    assert paths[-1] in kept
    assert paths[1] not in kept
    assert cache.file.stat().st_size < 600_000


def test_a_damaged_file_is_begun_anew(made, photo, tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "thumbnails.sqlite").write_bytes(b"This is no database. " * 1000)
    cache = made()
    cache.put(photo, photo.stat(), b"small")
    cache.flush()
    assert cache.get(photo) == b"small"


def test_damage_that_shows_only_later_stops_nobody(made, photo):
    cache = made()
    cache.put(photo, photo.stat(), b"x" * 50_000)
    cache.close()
    data = bytearray(cache.file.read_bytes())
    data[4096:12288] = b"\xff" * 8192
    cache.file.write_bytes(data)
    after = made()
    assert after.get(photo) in (None, b"x" * 50_000)
    after.put(photo, photo.stat(), b"small")
    after.flush()
    assert after.get(photo) in (None, b"small")
    again = made()
    again.put(photo, photo.stat(), b"new")
    again.flush()
    assert again.get(photo) == b"new"


def test_a_folder_that_is_closed_to_us_means_no_cache(photo, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = ThumbnailCache(tmp_path / "cache" / "thumbnails.sqlite")
    cache.put(photo, photo.stat(), b"small")
    cache.close()
    assert cache.get(photo) in (None, b"small")


def test_two_windows_share_it(made, tmp_path):
    caches = [made(), made()]
    paths = [tmp_path / f"{number}.jpg" for number in range(200)]
    for path in paths:
        path.write_bytes(b"photo")

    def fill(cache, some):
        for path in some:
            cache.put(path, path.stat(), str(path).encode())
            cache.get(paths[0])
        cache.flush()

    threads = [threading.Thread(target=fill, args=(cache, paths[at::2])) for at, cache in enumerate(caches)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(cache.get(path) == str(path).encode() for cache in caches for path in paths)
    with sqlite3.connect(caches[0].file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
