"""A whole story in a real window on a real X server: nothing but keys go in, nothing but files come out."""

import json
import os
import subprocess
import sys
import time

import pytest

from captioner import paths
from captioner.storage import drafts
from tests import pictures, readers

INDONESIAN = "Presiden Rusia Vladimir Putin menyambut Kim Jong Un di Vostochny, Rabu (13/9/2023)."
CYRILLIC = "Президент России Владимир Путин и лидер КНДР Ким Чен Ын, космодром «Восточный»"
HANGUL = "김정은 북한 국무위원장이 13일 러시아 보스토치니 우주기지에서 악수하고 있다."
IN_PLACE = "Putin & Kim: ditulis di lembar."
CREDIT = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"


@pytest.fixture(scope="module")
def display():
    read, write = os.pipe()
    size = ("-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset", "-displayfd", str(write))
    server = subprocess.Popen(["Xvfb", *size], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


class Desk:
    """A person at the keyboard of the running program."""

    def __init__(self, display, folder, home):
        self.folder, self.order = folder, tuple(sorted(folder.iterdir()))
        compose = home / "compose"
        compose.parent.mkdir(parents=True, exist_ok=True)
        compose.write_text(f'<F12> <c> : "{CYRILLIC}"\n<F12> <h> : "{HANGUL}"\n')
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "compose",
                            "XCOMPOSEFILE": str(compose), "LC_ALL": "C.UTF-8"}  # fmt: skip
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.program = subprocess.Popen([sys.executable, "-m", "captioner", str(folder)], env=self.environment)
        self.focus(f"^{folder.name} – Captioner$")

    def _x(self, *asked):
        return subprocess.run(["xdotool", *asked], env=self.environment, capture_output=True, text=True)

    def focus(self, title):
        """No window manager is there to give a window the keys."""
        window = wait_for(lambda: self._x("search", "--onlyvisible", "--name", title).stdout.split())[-1]
        wait_for(lambda: self._x("windowfocus", "--sync", window).returncode == 0)

    def press(self, *keys):
        self._x("key", "--delay", "60", *keys)

    def write(self, text):
        self._x("type", "--delay", "25", text)

    def drafted(self, number, key):
        return drafts.recover(paths.drafts_file(), self.order).get(self.order[number], {}).get(key)

    def begin(self, text):
        """The form takes no keys before its photo is read, which nothing outside of the window tells."""
        for seconds in (8, 8, 20):
            self.press("ctrl+2")
            self.write(text)
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                if self.drafted(0, "caption") == text:
                    return
                time.sleep(0.05)
        raise AssertionError(self.drafted(0, "caption"))

    def caption(self, number, act, text):
        """Until what was typed is kept, for typing on a slow machine isn't done when the keys are sent."""
        act(text)
        wait_for(lambda: self.drafted(number, "caption") == text, lambda: self.drafted(number, "caption"))


def wait_for(thing, told=lambda: None, seconds=20):
    until = time.monotonic() + seconds
    while not (found := thing()):
        assert time.monotonic() < until, told()
        time.sleep(0.05)
    return found


@pytest.fixture
def desk(display, tmp_path, home):
    pictures.seven(tmp_path / "kremlin")
    desk = Desk(display, tmp_path / "kremlin", home)
    yield desk
    desk.program.kill()
    desk.program.wait()


def saved(path):
    return (readers.php_iptc(path) or {}).get("2#120")


def test_a_story_is_captioned_ordered_saved_and_exported_by_keys_alone(desk, tmp_path):
    desk.begin(INDONESIAN)
    desk.press("ctrl+Down")
    desk.caption(1, lambda _text: desk.press("F12", "c"), CYRILLIC)
    desk.press("ctrl+Down")
    desk.caption(2, lambda _text: desk.press("F12", "h"), HANGUL)
    desk.press("ctrl+1", "Down", "F2")
    desk.caption(3, desk.write, IN_PLACE)
    desk.press("Tab")
    desk.write(CREDIT)
    desk.press("Return")
    wait_for(lambda: desk.drafted(3, "credit") == CREDIT)
    desk.press("ctrl+Down", "ctrl+d")
    wait_for(lambda: desk.drafted(4, "credit") == CREDIT)
    desk.press("alt+Home", "ctrl+z", "ctrl+shift+z")
    desk.press("ctrl+s")
    wait_for(lambda: saved(desk.order[3]) == [IN_PLACE] and saved(desk.order[0]) == [INDONESIAN])
    desk.press("ctrl+e")
    desk.focus("^Export")
    desk.press("ctrl+a")
    desk.write(str(tmp_path / "upload"))
    desk.press("Return")
    manifest = tmp_path / "upload" / "manifest.json"
    wait_for(manifest.exists)
    desk.focus("Captioner$")
    desk.press("ctrl+q")
    assert desk.program.wait(timeout=20) == 0
    files = [tmp_path / "upload" / each["file"] for each in json.loads(manifest.read_text())["photos"]]
    wrote = [None, [INDONESIAN], [CYRILLIC], [HANGUL], [IN_PLACE], None, None]
    for read in (readers.php_iptc, readers.pillow_iptc):
        assert [read(file).get("2#120") for file in files] == wrote
        assert [read(file).get("2#110") for file in files] == [[CREDIT], None, None, None, [CREDIT], None, None]
    for place, text in enumerate(wrote):
        assert readers.exiftool(files[place]).get("XMP-dc:Description") == (text[0] if text else None)
    assert [saved(path) for path in desk.order] == [[INDONESIAN], [CYRILLIC], [HANGUL], [IN_PLACE], None, None, None]
