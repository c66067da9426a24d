"""`contact-sheet.pdf`, as poppler reads and draws it."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pictures import draw
from PIL import Image, ImageStat

from captioner.core.caption import Values
from captioner.export.exported import Exported, ExportedFile
from captioner.export.manifests import fonts, made
from captioner.export.receipt import Receipt

WHEN = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def sheet(tmp_path):
    def lay(*captions: str, headline="Storm hits coast", **values) -> Path:
        files = [ExportedFile(draw(tmp_path / f"{number:02}_sea.jpg", number).name, "", 1, 96, 64)
                 for number in range(1, len(captions) + 1)]  # fmt: skip
        photos = tuple(Exported(number, Path("a"), (file,), Values({"caption": text, **values}))
                       for number, (file, text) in enumerate(zip(files, captions, strict=True), start=1))  # fmt: skip
        file = tmp_path / "contact-sheet.pdf"
        file.write_bytes(made("contact_sheet", Receipt(tmp_path, None, photos, headline=headline, when=WHEN), tmp_path))
        return file

    return lay


def read(file: Path) -> str:
    return _poppler("pdftotext", "-layout", str(file), "-").decode()


def drawn(file: Path) -> list[Image.Image]:
    _poppler("pdftoppm", "-r", "36", "-png", str(file), str(file.with_suffix("")))
    return [Image.open(page).convert("RGB") for page in sorted(file.parent.glob("contact-sheet-*.png"))]


def _poppler(*command: str) -> bytes:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not there")
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_it_tells_number_file_caption_and_credit_of_each(sheet):
    text = read(sheet("A boat.", "Another boat.", credit="Ann Lee/Reuters"))
    for told in ("Storm hits coast", "1/1", "01_sea.jpg", "A boat.", "02_sea.jpg", "Another boat.", "Ann Lee/Reuters"):
        assert told in text
    assert text.index("01_sea.jpg") < text.index("02_sea.jpg")


def test_a_long_name_keeps_its_beginning_and_its_kind(tmp_path):
    name = f"01_{'fajar-baru-di-teluk-' * 5}.jpg"
    draw(tmp_path / name)
    photo = Exported(1, Path("a"), (ExportedFile(name, "", 1, 96, 64),), Values())
    (tmp_path / "sheet.pdf").write_bytes(made("contact_sheet", Receipt(tmp_path, None, (photo,)), tmp_path))
    text = read(tmp_path / "sheet.pdf")
    assert "01_fajar-baru-di-" in text
    assert ".jpg" in text


def test_twelve_stand_on_a_page(sheet):
    text = read(sheet(*map(str, range(13))))
    assert [page.count("_sea.jpg") for page in text.split("\f")] == [12, 1, 0]
    assert "2/2" in text.split("\f")[1]


def test_the_thumbnails_are_seen(sheet):
    (page,) = drawn(sheet("A boat."))
    thumbnail = page.crop((17 + 20, 34 + 20, 17 + 60, 34 + 40))
    assert ImageStat.Stat(thumbnail).mean == pytest.approx([37, 91, 200], abs=12)


def test_it_is_written_in_any_script_that_the_computer_has_a_font_for(sheet):
    texts = ("Президент России", "Ελληνικά", "Đà Nẵng, Łódź", "김정은 위원장", "普京会见金正恩", "日本の首相")
    told = read(sheet(*texts))
    assert [text for text in texts if text not in told] == []


def test_arabic_is_joined_and_runs_from_the_right(sheet):
    assert "ينتظر" in read(sheet("صياد ينتظر في الميناء"))


def test_a_character_without_a_font_is_told_by_its_number(sheet):
    assert "[U+10FFFD]" in read(sheet("Lost \U0010fffd here"))


def test_without_any_font_latin_is_written_and_the_rest_told(sheet, tmp_path, monkeypatch):
    monkeypatch.setitem(fonts.FOLDERS, sys.platform, (str(tmp_path / "none"),))
    text = read(sheet("Café 한", "long " * 100))
    assert "Café [U+D55C]" in text
    assert "long..." in text


def test_a_long_caption_is_shortened_and_says_so(sheet):
    told = read(sheet("Boats wait in the harbour for the storm to pass. " * 100, "Next."))
    assert "…" in told
    assert told.count("harbour") < 6
    assert "Next." in told


def test_no_text_stops_it(sheet):
    texts = ("", "\u202eevil", "<script>", "👨‍👩‍👧", "x" * 5000, "\u0301" * 900, "one\n\ntwo\ttab")
    told = read(sheet(*texts, headline="\u202e" + "x" * 5000, credit="\u0301" * 900))
    assert told.count("_sea.jpg") == len(texts)


def test_a_picture_that_is_damaged_leaves_its_frame(sheet, tmp_path):
    file = sheet("A boat.")
    photo = Exported(1, Path("a"), (ExportedFile("broken.jpg", "", 1, 96, 64),), Values())
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    file.write_bytes(made("contact_sheet", Receipt(tmp_path, None, (photo,), when=WHEN), tmp_path))
    assert "broken.jpg" in read(file)


def test_the_same_export_makes_the_same_sheet(sheet):
    assert sheet("A boat.", "صياد").read_bytes() == sheet("A boat.", "صياد").read_bytes()
