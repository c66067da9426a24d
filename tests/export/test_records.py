import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from captioner.core.checks import Finding, Severity
from captioner.export.plan import Plan, with_findings
from captioner.export.receipt import Receipt
from captioner.export.records import decoded, encoded


def test_a_plan_comes_back_as_it_was(planned, story):
    found = Finding(story[0].path, "gps", Severity.INFO, "", "told")
    plan = with_findings(planned(recipe="ninjs"), {story[0].path: [found]})
    assert decoded(Plan, encoded(plan)) == plan


def test_a_receipt_comes_back_as_it_was(export):
    receipt = export()
    assert decoded(Receipt, encoded(receipt)) == receipt


@pytest.mark.parametrize("text", [b"", b"{}", b"[1", b'{"photos": 3}', b'{"headline": 3}'])
def test_what_is_no_record_is_told(text):
    with pytest.raises(msgspec.DecodeError):
        decoded(Plan, text)


def test_a_name_that_is_no_text_comes_back(planned):
    plan = replace(planned(), destination=Path(os.fsdecode(b"/tmp/\xff\xe9% a")))
    assert decoded(Plan, encoded(plan)) == plan


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_sentence_with_a_name_that_is_no_text_is_kept_with_a_mark(planned):
    name = os.fsdecode(b"\xff.jpg")
    plan = decoded(Plan, encoded(replace(planned(), refused=((Path(name), f"{name} is damaged."),))))
    assert plan.refused == ((Path(name), "?.jpg is damaged."),)
