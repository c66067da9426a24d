import csv
import hashlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exporting import CREDIT, HEADLINE
from PIL import Image

from captioner import __version__
from captioner.core.caption import Values
from captioner.export.exported import Exported, ExportedFile
from captioner.export.manifests import made
from captioner.export.receipt import Receipt
from captioner.storage.tables import read_table


def photo(number: int = 1, **values) -> Exported:
    return Exported(number, Path("/desk/a.jpg"), (ExportedFile(f"0{number}.jpg", "00", 1, 2, 3),), Values(values))


def written(kind: str, *photos: Exported, **about) -> bytes:
    return made(kind, Receipt(Path("/out"), None, photos, **about), Path("/out"))


def document(*photos: Exported, **about) -> dict:
    return json.loads(written("json", *photos, **about))


def rows(*photos: Exported) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written("csv", *photos).decode(), newline="")))


def test_the_manifest_lists_the_files_as_they_are(export, destination, story):
    receipt = export(recipe="cms")
    manifest = json.loads(receipt.manifest.read_bytes())
    assert {key: manifest[key] for key in ("version", "headline", "generator", "recipe", "refused")} == {
        "version": 1, "headline": HEADLINE, "generator": f"Captioner {__version__}", "recipe": "cms", "refused": [],
    }  # fmt: skip
    assert [each["sequence"] for each in manifest["photos"]] == [1, 2, 3, 4, 5, 6, 7]
    for each, original in zip(manifest["photos"], story, strict=True):
        data = (destination / each["file"]).read_bytes()
        assert (each["sha256"], each["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
        with Image.open(destination / each["file"]) as image:
            assert (each["width"], each["height"]) == image.size
        assert each["source"] == original.path.name
        assert each["fields"]["caption"] == original.values["caption"]


def test_the_time_has_its_zone():
    when = datetime(2023, 9, 13, 14, 5, tzinfo=UTC)
    assert datetime.fromisoformat(document(when=when)["exported"]) == when


def test_the_manifest_tells_no_folder_of_the_senders():
    refused = ((Path("/desk/b.jpg"), "b.jpg is damaged."),)
    assert b"/desk" not in written("json", photo(), refused=refused)
    assert document(refused=refused)["refused"] == [{"source": "b.jpg", "error": "b.jpg is damaged."}]


def test_a_repeatable_field_is_a_list_in_the_manifest():
    assert document(photo(creator=("Ann", "Bo")))["photos"][0]["fields"] == {"creator": ["Ann", "Bo"]}


@pytest.mark.parametrize("caption", [
    "=cmd()", "'=cmd()", "''-1", " @x", "a;=b", "one\n-two\n\n=three", "'tis",
    'say "so"; "=x"', "한, 글", "＝1", "x" * 5000,
])  # fmt: skip
@pytest.mark.parametrize("bom", [True, False])
def test_the_table_reads_back_to_the_same_values(tmp_path, caption, bom):
    held = Values({"headline": "@home", "caption": caption, "credit": "-AP", "keywords": ("=a", "-b", "c")})
    table = tmp_path / "captions.csv"
    table.write_bytes(
        written("csv", Exported(1, Path("a"), (ExportedFile("web/@x.jpg", "", 1, 1, 1),), held), csv_bom=bom)
    )
    assert Values(read_table(table)["@x.jpg"]) == held


@pytest.mark.parametrize("keywords", [
    ("a;b", "c"), ("&-&amp;-&",), ('"x"', '5" gun'), ("=a;-b", "'=c"), ('say "hi"; then',), ("a, b", "it's"), (";",),
])  # fmt: skip
def test_a_list_reads_back_to_the_same_texts(tmp_path, keywords):
    table = tmp_path / "captions.csv"
    table.write_bytes(written("csv", photo(keywords=keywords)))
    assert read_table(table)["01.jpg"]["keywords"] == keywords


def test_the_table_has_a_column_for_each_field_that_a_photo_holds():
    table = rows(photo(1, caption='Two\nlines, “quoted” "so"', credit=CREDIT), photo(2, creator=("Ann", "Bo")))
    assert table == [
        ["file", "headline", "caption", "credit", "creator"],
        ["01.jpg", "", 'Two\nlines, “quoted” "so"', CREDIT, ""],
        ["02.jpg", "", "", "", "Ann; Bo"],
    ]


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_formula_is_disarmed(text):
    assert rows(photo(caption=text))[1][2] == f"'{text}"


def test_a_formula_in_a_name_is_disarmed():
    assert rows(Exported(1, Path("a"), (ExportedFile("@x.jpg", "", 1, 1, 1),), Values()))[1][0] == "'@x.jpg"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "../../x", "عربي \u202e", "한", "😀", "x" * 5000])
def test_any_other_text_is_kept_as_it_is(text):
    assert rows(photo(caption=text))[1][2] == text
