"""The credit as the desk publishes it; the originals keep it as it was written."""

import csv
import json

import pytest
from exporting import CREDIT, POLICY, read

from captioner.core.credit import AS_WRITTEN, STYLES, in_style
from captioner.export.documents import plan_json, receipt_json
from captioner.export.house_style import styled
from captioner.export.publish import run
from captioner.settings import Settings
from captioner.storage.desk_data import load_agencies

AP = "(Mikhail Metzel, Sputnik, Kremlin Pool Photo via AP)"


def test_a_credit_goes_out_in_the_house_style_and_the_original_keeps_its_own(planned, destination, story):
    before = [photo.path.read_bytes() for photo in story]
    receipt = run(styled(planned(), "ap"), POLICY)
    assert read(destination / receipt.photos[0].first.file).values["credit"] == AP
    assert [photo.path.read_bytes() for photo in story] == before


def test_the_manifest_holds_both(planned, destination):
    receipt = run(styled(planned(), "ap"), POLICY)
    photos = json.loads(receipt.manifest.read_bytes())["photos"]
    assert (photos[0]["fields"]["credit"], photos[0]["credit_as_written"]) == (AP, CREDIT)
    assert "credit_as_written" not in photos[-1]  # which has no credit
    assert receipt_json(receipt)["photos"][0]["credit_as_written"] == CREDIT
    with (destination / "captions.csv").open(encoding="utf-8", newline="") as table:
        assert next(csv.DictReader(table))["credit"] == AP


def test_a_plan_shows_what_will_be_published(planned):
    first, *_ = plan_json(styled(planned(), "ap"))["photos"]
    assert (first["fields"]["credit"], first["credit_as_written"]) == (AP, CREDIT)


def test_as_written_changes_nothing(planned):
    assert styled(planned(), Settings().credit_style) == planned()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "line",
    [
        "",
        "Courtesy of Thea Marlowe via AP",  # says more than names
        "Dok. Humas Pemkot Tirtabaru",
        "Handout / Ministry of Defence / AFP",
        "AP Photo/Thea Marlowe, File",
        "REUTERS/Stringer",
    ],
)
def test_what_no_style_can_hold_goes_out_as_written(style: str, line: str):
    assert in_style(line, style, load_agencies()) == line


@pytest.mark.parametrize(
    ("style", "line", "published"),
    [
        ("slash", "(Foto: Ranggi Tamawira/detikcom)", "Ranggi Tamawira/detikcom"),
        ("slash", "ANTARA FOTO/Ranggi Tamawira/foc.", "Ranggi Tamawira/ANTARA"),
        ("ap", "AP Photo/Thea Marlowe", "(AP Photo/Thea Marlowe)"),
        ("getty", "Thea Marlowe/AFP/Getty Images", "Photo by Thea Marlowe/AFP via Getty Images"),
        ("indonesia", "Budi Hartawan dan Citra Laksmi/Tempo", "(Foto: Budi Hartawan dan Citra Laksmi/Tempo)"),
        ("short", CREDIT, "Mikhail Metzel/AP"),
        ("short", "Konstantin Alexandrovich Zavrazhin/Sputnik/AP", "Konstantin Alexandrovich Zavrazhin/Sputnik/AP"),
        (AS_WRITTEN, "(Foto: Ranggi Tamawira/detikcom)", "(Foto: Ranggi Tamawira/detikcom)"),
    ],
)
def test_a_house_publishes_in_its_style(style: str, line: str, published: str):
    assert in_style(line, style, load_agencies()) == published
