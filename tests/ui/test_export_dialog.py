"""The Export page: what a person sees before anything is written."""

import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog

from captioner import paths
from captioner.core import edits
from captioner.core.caption import Values
from captioner.core.credit import AS_WRITTEN
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import PhotoSet
from captioner.core.policy import Policy
from captioner.export import place
from captioner.settings import Settings
from captioner.ui.commands import filing
from captioner.ui.dialogs.export_dialog import ExportDialog
from captioner.ui.jobs import Jobs
from captioner.ui.main_window import MainWindow
from captioner.ui.pictures import Pictures
from captioner.ui.planning import Choice, whole_set
from tests import pace, readers
from tests.ui.test_accessibility import CONTROLS, INNER

CREDIT = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
RECIPE = 'label = "Ours"\nnames = "{original}"\n'


@pytest.fixture
def page(qtbot, window):
    """Opens the page, and waits until its plan is there."""

    def opened(is_plan=True):
        dialog = filing.export_dialog(window)
        dialog.planned.connect(window.document.exporting.export)
        dialog.show()
        settle(qtbot, dialog) if is_plan else None
        return dialog

    return opened


@pytest.fixture
def slow(monkeypatch):
    """The drive answers where to when this is set."""
    answer = Event()
    for name in ("fresh", "fitting"):
        real = getattr(place, name)
        monkeypatch.setattr(place, name, lambda *asked, real=real: answer.wait(10) and real(*asked))
    return answer


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.is_settled or bool(dialog.trouble.text()), timeout=10_000)


def go_to(qtbot, dialog, folder):
    dialog.folder.setText(str(folder))
    qtbot.waitUntil(lambda: not dialog._resting.isActive() and not dialog.planning.is_busy, timeout=10_000)


def choose(qtbot, dialog, name):
    names = [dialog.recipe.itemData(at).name for at in range(dialog.recipe.count())]
    dialog.recipe.setCurrentIndex(names.index(name))
    settle(qtbot, dialog)


def rows(view):
    return [view.model().index(at, 0).data() for at in range(view.model().rowCount())]


def tell(window, at, **values):
    window.photos.apply(edits.set_values(window.photos, {window.photos.order[at]: values}, ""))


def own_recipe(name, text):
    paths.recipes_folder().mkdir(parents=True, exist_ok=True)
    (paths.recipes_folder() / f"{name}.toml").write_text(text, encoding="utf-8")


def test_every_file_is_listed_as_it_will_be_and_the_button_says_what_it_does(window, page):
    window.photos.apply(edits.set_headline(window.photos, "Kim dan Putin"))
    dialog = page()
    assert rows(dialog.files) == [f"0{number}_kim-dan-putin.jpg" for number in range(1, 8)]
    assert dialog.export.text() == "&Export 7 photos"
    assert "7 photos · 9 files" in dialog.totals.text()


def test_what_is_missing_and_what_speaks_against_a_file_is_told_with_it(qtbot, window, page):
    tell(window, 0, caption="TK", credit="")
    qtbot.waitUntil(lambda: any("TK" in each.message for each in window.findings.of(window.photos.order[0])))
    told = page().files.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Missing: Credit" in told
    assert "TK" in told


def test_the_selected_file_tells_what_receivers_read_of_it(qtbot, window, page):
    tell(window, 1, caption="Kim", credit=CREDIT, creator=("Mikhail Metzel",))
    dialog = page()
    dialog.files.setCurrentIndex(dialog.files.model().index(1, 0))
    qtbot.waitUntil(lambda: any(row.text == CREDIT for row in dialog.readings.rows))
    told = dialog.readings.rows
    assert {row.label for row in told if row.is_heading} >= {"WordPress", "Superdesk, ingested"}
    remarks = [row.remark for row in told if row.remark]
    assert "The creator, in place of the credit" in remarks
    assert f"{len(CREDIT) - 32} characters are cut off" in remarks


def test_a_photo_that_cannot_be_exported_stands_at_the_end_with_its_sentence(qtbot, folder, show, page):
    (folder / "photo-3.jpg").write_bytes(b"no picture")
    window = show(folder)
    dialog = filing.export_dialog(window)
    settle(qtbot, dialog)
    assert rows(dialog.files)[-1].startswith("photo-3.jpg is not a picture")
    assert dialog.left_out.text().startswith("1 photo is left out")
    assert dialog.export.text() == "&Export 6 photos"


def test_a_folder_that_holds_such_files_is_named_and_the_files_stay_in_sight(qtbot, page, tmp_path):
    (tmp_path / "taken").mkdir()
    dialog = page()
    (tmp_path / "taken" / Path(dialog.plan.photos[0].file).name).touch()
    go_to(qtbot, dialog, tmp_path / "taken")
    assert "already holds" in dialog.trouble.text()
    assert not dialog.export.isEnabled()
    assert len(rows(dialog.files)) == 7
    go_to(qtbot, dialog, tmp_path / "free")
    assert dialog.export.isEnabled()
    assert not dialog.trouble.isVisible()


def test_enter_exports_into_the_folder_that_was_typed_last(qtbot, window, page, tmp_path):
    dialog = page()
    dialog.folder.selectAll()
    with qtbot.waitSignal(window.document.exporting.exported, timeout=20_000) as exported:
        qtbot.keyClicks(dialog.folder, str(tmp_path / "typed"))
        qtbot.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert exported.args[0].destination == tmp_path / "typed"
    assert len(list((tmp_path / "typed").glob("*.jpg"))) == 7


def test_escape_writes_nothing(qtbot, window, page, tmp_path):
    dialog = page()
    go_to(qtbot, dialog, tmp_path / "out")
    qtbot.keyClick(dialog.folder, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not (tmp_path / "out").exists()


def test_what_may_not_go_out_needs_a_reason_that_goes_into_the_receipt(qtbot, window, page, tmp_path):
    tell(window, 2, caption="NOT TO BE USED. Kim", credit=CREDIT)
    dialog = page()
    go_to(qtbot, dialog, tmp_path / "out")
    assert "not to be used" in dialog.restriction.sentences.text()
    assert not dialog.export.isEnabled()
    dialog.restriction.box.setText("  ")
    assert not dialog.export.isEnabled()
    dialog.restriction.box.setText("Cleared by the lawyer")
    with qtbot.waitSignal(window.document.exporting.exported, timeout=20_000) as exported:
        dialog.export.click()
    assert exported.args[0].override == "Cleared by the lawyer"


def test_the_recipe_of_the_last_export_is_offered_first(qtbot, window, page, tmp_path):
    dialog = page()
    choose(qtbot, dialog, "wire")
    go_to(qtbot, dialog, tmp_path / "out")
    with qtbot.waitSignal(window.document.exporting.exported, timeout=20_000):
        dialog.export.click()
    assert page().chosen_recipe.name == "wire"


def test_a_recipe_with_a_folder_of_its_own_offers_it(qtbot, page, tmp_path):
    own_recipe("ours", f'{RECIPE}destination = "{(tmp_path / "hot").as_posix()}"\n')
    dialog = page()
    choose(qtbot, dialog, "ours")
    assert dialog.folder.text() == str(tmp_path / "hot")
    assert dialog.described.text() == "Originals · all metadata · captions.csv, manifest.json"


def test_a_broken_recipe_is_told_of_and_the_others_stay_usable(page):
    own_recipe("ours", RECIPE)
    own_recipe("broken", "names = 3")
    dialog = page()
    assert "broken.toml can't be used" in dialog.broken.text()
    assert dialog.recipe.findText("Ours") >= 0
    assert dialog.export.isEnabled()


def test_a_set_of_refused_photos_cannot_be_exported(qtbot, folder, show):
    for path in folder.glob("*.jpg"):
        path.write_bytes(b"no picture")
    dialog = filing.export_dialog(show(folder))
    settle(qtbot, dialog)
    assert not dialog.export.isEnabled()
    assert len(rows(dialog.files)) == 7


def test_thumbnails_come_by_themselves(qtbot, window, page):
    dialog = page()
    qtbot.waitUntil(lambda: all(window.pictures.get(path, 256) for path in window.photos.order), timeout=10_000)
    assert dialog.files.sizeHintForRow(0) > 3 * dialog.fontMetrics().lineSpacing()


def test_every_control_of_the_page_has_a_name_and_is_reached_by_tab(window, page):
    tell(window, 2, caption="NOT TO BE USED. Kim", credit=CREDIT)
    dialog = page()
    every = [each for kind in CONTROLS for each in dialog.findChildren(kind) if each.isVisible()]
    every = [each for each in every if not each.objectName().startswith(INNER)]
    assert len(every) >= 8
    assert not [each for each in every if not (each.accessibleName() or getattr(each, "text", str)())]
    assert not [each for each in every if not each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()]


def test_photos_that_are_read_while_the_page_is_open_come_into_the_plan(qtbot, show, folder):
    window, opened = show(), []
    window.document.listed.connect(lambda: opened.append(filing.export_dialog(window)))
    with qtbot.waitSignal(window.document.opened, timeout=10_000):
        window.open_paths([folder])
    settle(qtbot, opened[0])
    assert len(opened[0].plan.photos) == 7


@pytest.fixture
def thousands(qapp, tmp_path):
    """The page for ten thousand photos that were read; their files are not needed."""
    values = Values({"caption": "Kim dan Putin. " * 10, "credit": CREDIT})
    photos = [Photo(tmp_path / "set" / f"{at:05}.jpg", values, values, Stamp(1, 1, ""), format="JPEG")
              for at in range(10_000)]  # fmt: skip
    held = PhotoSet(str(tmp_path))
    held.add(photos)
    held.name_headline("Kim")
    pictures, jobs = Pictures(), Jobs()
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)

    def opened():
        make = whole_set(held, AS_WRITTEN, {})
        dialog = ExportDialog([Choice("All", lambda: make)], tmp_path / "set", pictures, jobs, state, Policy())
        dialog.show()
        return dialog

    yield opened
    jobs.wait()
    pictures.close()


def test_ten_thousand_photos_open_the_page_at_once_and_typing_a_folder_goes_on(qtbot, thousands, tmp_path):
    """In time of this thread: the others work meanwhile."""
    start = time.thread_time()
    dialog = thousands()
    assert time.thread_time() - start < 0.2 * pace.slowness()
    assert rows(dialog.files) == []
    qtbot.waitUntil(lambda: dialog.files.model().rowCount() == 10_000, timeout=60_000)
    start = time.thread_time()
    dialog.folder.setText(str(tmp_path / "elsewhere"))
    dialog.move_plan()
    assert time.thread_time() - start < 0.05 * pace.slowness()
    assert dialog.files.model().rowCount() == 10_000
    dialog.reject()


def test_the_credits_in_the_published_file_are_those_that_the_page_showed(qtbot, window, page, tmp_path):
    tell(window, 0, caption="Kim", credit=CREDIT)
    dialog = page()
    go_to(qtbot, dialog, tmp_path / "out")
    shown = dialog.plan.photos[0].values.text("credit")
    with qtbot.waitSignal(window.document.exporting.exported, timeout=20_000):
        dialog.export.click()
    assert readers.php_iptc(tmp_path / "out" / dialog.plan.photos[0].file)["2#110"] == [shown]


def found(plan):
    return sum(len(each.findings) for each in plan.photos) if plan else 0


def test_a_page_that_is_opened_before_the_checks_are_made_tells_what_they_find(qtbot, folder):
    window = MainWindow(Settings()).furnish()
    window.open_paths([folder])
    dialog = filing.export_dialog(window)
    dialog.show()
    qtbot.waitUntil(lambda: window.findings.is_at_rest and window.findings.count > 0)
    qtbot.waitUntil(lambda: found(dialog.plan) == window.findings.count, timeout=10_000)
    dialog.close()
    window.close()
    window.deleteLater()


def test_what_was_typed_just_before_is_in_the_plan_with_what_checks_find_of_it(qtbot, window, page):
    window.photos.apply(edits.set_field(window.photos, window.photos.order[:1], "caption", "TK the the"))
    dialog = page()
    assert {"placeholder", "doubled-word"} <= {each.check for each in dialog.plan.photos[0].findings}


def test_a_folder_that_is_typed_before_one_is_suggested_stays(qtbot, page, slow, tmp_path):
    dialog = page(is_plan=False)
    dialog.folder.setText(str(tmp_path / "typed"))
    slow.set()
    settle(qtbot, dialog)
    assert dialog.plan.destination == tmp_path / "typed"


def test_nothing_goes_to_the_folder_before_while_the_chosen_one_is_looked_at(qtbot, page, slow, monkeypatch, tmp_path):
    slow.set()
    dialog = page()
    slow.clear()
    (tmp_path / "cms" / "full").mkdir(parents=True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(tmp_path / "cms"))
    dialog._choose_folder()
    assert not dialog.export.isEnabled()
    slow.set()
    qtbot.waitUntil(lambda: dialog.is_settled)
    assert dialog.plan.destination == tmp_path / "cms" / "set-export"


def test_a_recipe_without_a_folder_does_not_go_to_the_one_of_the_recipe_before(qtbot, page, slow, tmp_path):
    dialog = page(is_plan=False)
    dialog._offer_recipe(replace(dialog.chosen_recipe, name="desk", destination=str(tmp_path / "upload")))
    settle(qtbot, dialog)
    dialog.recipe.setCurrentIndex(0)
    assert (dialog.folder.text(), dialog.export.isEnabled()) == ("", False)
    slow.set()
    settle(qtbot, dialog)
    assert dialog.plan.destination == tmp_path / "set-export"


def test_a_folder_that_can_not_be_looked_into_is_told(qtbot, page, monkeypatch):
    def refuse(_beside, _name):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(place, "fresh", refuse)
    dialog = page(is_plan=False)
    qtbot.waitUntil(lambda: "Permission denied" in dialog.trouble.text())
