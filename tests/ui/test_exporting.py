"""What the window knows of exports: what has changed since, what is to be sent again, what was interrupted."""

import json
import os
import signal
import subprocess
import sys

import pytest

from captioner.core import edits
from captioner.core.policy import Policy
from captioner.export import plan, recipes, records
from captioner.storage.photos import read_photo
from captioner.ui.commands import filing
from captioner.ui.dialogs.export_dialog import ExportDialog
from tests.ui.test_export_dialog import settle

CREDIT = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from captioner.core.policy import Policy
from captioner.export import publish, records
from captioner.export.publishing import moves
from captioner.export.plan import Plan

def dying(source, target, move=moves.move, steps=[]):
    steps.append(target)
    if len(steps) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    move(source, target)

moves.move = dying
publish.run(records.decoded(Plan, Path(sys.argv[1]).read_bytes()), Policy())
"""


def change(window, at, key, value):
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[at]], key, value))


def told(window, at):
    return [badge.told for badge in window.model.badges(window.photos.order[at]) if badge.icon == "export"]


@pytest.fixture
def send(qtbot, window, tmp_path):
    """Exports what the page offers; gives the receipt, when the window knows of it."""

    def sent(command=filing.export, folder=None):
        command(window)
        dialog = window.findChildren(ExportDialog)[-1]
        if folder:
            dialog.folder.setText(str(folder))
        settle(qtbot, dialog)
        with qtbot.waitSignal(window.document.exporting.exported, timeout=20_000) as exported:
            dialog.accept()
        qtbot.waitUntil(lambda: window.document.exporting.last == exported.args[0])
        return exported.args[0]

    return sent


def test_a_photo_that_is_edited_after_its_export_says_so_until_it_is_as_it_was(window, send, tmp_path):
    send(folder=tmp_path / "out")
    assert told(window, 1) == []
    change(window, 1, "caption", "Corrected")
    assert told(window, 1) == ["Changed since export: Caption"]
    window.undo()
    assert told(window, 1) == []


def test_saving_the_captions_that_were_exported_changes_nothing(qtbot, window, send, tmp_path):
    change(window, 0, "caption", "As it is")
    send(folder=tmp_path / "out")
    window.document.saving.save()
    qtbot.waitUntil(lambda: not window.photos.unsaved_count and not window.jobs.running, timeout=10_000)
    assert told(window, 0) == []


def test_another_session_knows_what_was_exported(qtbot, window, send, show, folder, tmp_path):
    send(folder=tmp_path / "out")
    again = show(folder)
    qtbot.waitUntil(lambda: again.document.exporting.last is not None)
    change(again, 2, "credit", CREDIT)
    assert told(again, 2) == ["Changed since export: Credit"]


def test_corrections_send_what_has_changed_to_where_it_went(window, send, tmp_path):
    first = send(folder=tmp_path / "out")
    before = {each.first.file: each.first.sha256 for each in first.photos}
    change(window, 3, "caption", "Corrected")
    receipt = send(filing.export_corrections)
    assert [(each.sequence, each.first.file) for each in receipt.photos] == [(4, first.photos[3].first.file)]
    assert read_photo(tmp_path / "out" / receipt.photos[0].first.file, Policy()).values["caption"] == "Corrected"
    held = json.loads((tmp_path / "out" / "correction-01.json").read_bytes())
    assert held["photos"][0]["files"][0]["previous_sha256"] == before[first.photos[3].first.file]
    assert told(window, 3) == []


def test_corrections_offer_the_very_recipe_of_the_export(qtbot, window, tmp_path):
    (tmp_path / "cms.toml").write_text('names = "{original}"\n')
    planned = plan.plan(window.photos.photos, "", recipes.load_recipe(str(tmp_path / "cms.toml")), tmp_path / "out")
    with qtbot.waitSignal(window.document.exporting.exported, timeout=20_000):
        window.document.exporting.export(planned)
    qtbot.waitUntil(lambda: window.document.exporting.last is not None)
    change(window, 0, "caption", "Corrected")
    filing.export_corrections(window)
    dialog = window.findChildren(ExportDialog)[-1]
    settle(qtbot, dialog)
    assert (dialog.chosen_recipe.names, dialog.export.text()) == ("{original}", "&Export 1 photo")


def test_corrections_of_what_never_went_out_are_told(window):
    filing.export_corrections(window)
    assert window.notices.messages[0] == "None of these photos was exported from here yet; export the set first."


def test_corrections_of_what_is_as_it_was_are_told_on_the_page(qtbot, window, send, tmp_path):
    send(folder=tmp_path / "out")
    dialog = filing.export_dialog(window)
    dialog.choice.setCurrentIndex(1)
    qtbot.waitUntil(lambda: bool(dialog.trouble.text()), timeout=10_000)
    assert dialog.trouble.text().startswith("Nothing has changed since")
    assert not dialog.export.isEnabled()


@pytest.fixture
def interrupted(window, tmp_path):
    planned = plan.plan(window.photos.photos, "Kim", recipes.load_recipe("cms"), tmp_path / "out")
    planned.destination.mkdir()
    (tmp_path / "plan").write_bytes(records.encoded(planned))
    done = subprocess.run([sys.executable, "-c", INTERRUPTED, tmp_path / "plan"], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    return planned.destination


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("answer", "count"), [("Finish", 7), ("Clean up", 0)])
def test_the_next_start_offers_to_finish_what_was_interrupted_or_to_clean_it_up(
    qtbot, window, interrupted, answer, count
):  # fmt: skip
    window.document.exporting.look_for_unfinished()
    with qtbot.waitSignal(window.document.exporting.asked) as asked:
        pass
    assert asked.args[0] == f"The export of 7 photos into {interrupted} was interrupted; 3 are there."
    dict(asked.args[1])[answer]()
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
    assert len(list(interrupted.glob("*.jpg"))) == count
    assert (interrupted / "manifest.json").exists() == bool(count)
