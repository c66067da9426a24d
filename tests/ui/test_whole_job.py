"""The job from the open folder to the exported set, through the window."""

import json

from captioner.core import edits
from captioner.core.policy import Policy
from captioner.storage import photos as storage
from captioner.ui.commands import filing
from captioner.ui.dialogs.story_dialog import StoryDialog
from tests import readers
from tests.ui.test_main_window import caption_box, type_into


def open_story(qtbot, window, file):
    dialog = StoryDialog(window.photos, window.pictures, window.jobs, file, window)
    qtbot.waitUntil(lambda: bool(dialog.pairing.told), timeout=10_000)
    return dialog


def apply_story(qtbot, window, file, credit_all):
    dialog = open_story(qtbot, window, file)
    if credit_all:
        dialog.credit_all.click()
    dialog.accept()


def export(qtbot, window, folder):
    dialog = plan_export(qtbot, window, folder)
    dialog.planned.connect(window.document.exporting.export)
    with qtbot.waitSignal(window.document.exporting.exported, timeout=20_000):
        dialog.accept()


def plan_export(qtbot, window, folder):
    dialog = filing.export_dialog(window)
    dialog.folder.setText(str(folder))
    dialog.make_plan()
    qtbot.waitUntil(lambda: dialog.is_settled or bool(dialog.trouble.text()), timeout=10_000)
    return dialog


def test_a_story_goes_through_the_whole_job(qtbot, window, saved, any_story, tmp_path):
    story_file, credit = any_story
    apply_story(qtbot, window, story_file, credit_all=False)
    assert [bool(photo.values["credit"]) for photo in window.photos.photos] == [True, False, True] + [False] * 4
    assert {photo.values["headline"] for photo in window.photos.photos} == {window.photos.headline}
    window.undo()
    apply_story(qtbot, window, story_file, credit_all=True)
    type_into(caption_box(window), "Edited. ")
    edited = window.photos.photos[0].values["caption"]
    window.undo()
    assert not window.photos.photos[0].values["caption"].startswith("Edited")
    window.actions_["redo"].trigger()
    third = window.photos.order[2]
    window.photos.apply(edits.move(window.photos, [third], 0))
    saved(window, window.actions_["save"].trigger)
    assert storage.read_photo(window.photos.order[1], Policy()).values["caption"] == edited
    export(qtbot, window, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    files = [tmp_path / "out" / each["file"] for each in manifest["photos"]]
    assert [file.name[:3] for file in files] == [f"0{number}_" for number in range(1, 8)]
    for file, photo in zip(files, window.photos.photos, strict=True):
        for read in (readers.php_iptc, readers.pillow_iptc):
            assert (read(file)["2#120"], read(file)["2#110"]) == ([photo.values["caption"]], [credit])


def test_a_story_with_more_captions_than_photos_is_not_applied(qtbot, show, folder, any_story):
    (folder / "photo-7.jpg").unlink()
    window = show(folder)
    dialog = open_story(qtbot, window, any_story[0])
    assert not dialog.apply.isEnabled()
    assert "1 caption has no photo" in dialog.trouble.text()


def test_exporting_writes_edits_that_are_not_saved_yet_and_leaves_the_originals(qtbot, window, tmp_path):
    before = [path.read_bytes() for path in window.photos.order]
    type_into(caption_box(window), "Only in the export")
    export(qtbot, window, tmp_path / "out")
    assert [path.read_bytes() for path in window.photos.order] == before
    assert readers.php_iptc(next(iter(sorted((tmp_path / "out").glob("01_*")))))["2#120"] == ["Only in the export"]


def test_a_folder_that_holds_such_files_is_named_before_anything_is_written(qtbot, window, tmp_path):
    export(qtbot, window, tmp_path / "out")
    dialog = plan_export(qtbot, window, tmp_path / "out")
    assert not dialog.export.isEnabled()
    assert "already holds" in dialog.trouble.text()
