import pytest

from captioner.core import checks
from captioner.settings import Settings
from captioner.ui.main_window import MainWindow
from tests import pictures


@pytest.fixture
def folder(tmp_path):
    pictures.seven(tmp_path / "set")
    return tmp_path / "set"


@pytest.fixture
def show(qtbot):
    """Opens a window on some paths and waits until all is read and checked; every window is closed in the end."""
    windows = []

    def shown(*paths, settings=None):
        window = MainWindow(settings or Settings()).furnish()
        windows.append(window)
        window.show()
        qtbot.waitUntil(window.isVisible)
        if paths:
            with qtbot.waitSignal(window.document.opened, timeout=10_000):
                window.open_paths(list(paths))
            qtbot.waitUntil(lambda: window.findings.is_at_rest or not any(p.is_read for p in window.photos.photos))
        return window

    yield shown
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def few_checks():
    """What the window does with findings is no matter of how many checks there are."""
    tables = (checks.CHECKS, checks.ACROSS)
    held = [dict(table) for table in tables]
    for table in tables:
        for name in table.keys() - {"credit-missing", "credit-in-caption", "placeholder", "too-long"}:
            del table[name]
    yield
    for table, whole in zip(tables, held, strict=True):
        table.clear()
        table.update(whole)


@pytest.fixture
def window(show, folder):
    return show(folder)


@pytest.fixture
def saved(qtbot):
    """Does something that saves, and waits until it is in the files."""

    def wait(window, act):
        act()
        qtbot.waitUntil(lambda: not window.jobs.running, timeout=10_000)

    return wait


def _state(photos):
    return photos.order, photos.headline, {photo.path: photo.values for photo in photos.photos}


@pytest.fixture
def one_step():
    """Does something in a window that is one undo step, and undoes and redoes it on the way."""

    def do(window, act):
        before = _state(window.photos)
        act()
        window.photos.history.seal()
        after = _state(window.photos)
        assert after != before
        window.actions_["undo"].trigger()
        assert _state(window.photos) == before
        window.actions_["redo"].trigger()
        assert _state(window.photos) == after

    return do
