"""What the window takes up again at the next start, and what a person changed of its keys."""

import shutil

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from captioner.core import edits
from captioner.core.fields import Group
from captioner.ui import remembered, shortcuts
from captioner.ui.dialogs.command_palette import CommandPalette
from captioner.ui.dialogs.keyboard_page import KeyboardPage


def again(window, show):
    window.close()
    return show()


def test_its_size_and_panes_are_as_they_were_left(window, show):
    window.resize(792, 560)
    window.panes.setSizes([330, 180, 280])
    sizes = window.panes.sizes()
    after = again(window, show)
    assert (after.width(), after.height(), after.panes.sizes()) == (792, 560, sizes)


def test_the_row_height_stays(window, show):
    window.actions_["row_height"].trigger()
    height = window.sheet.sizeHintForRow(0)
    window.close()
    after = show(window.photos.order[0].parent)
    assert after.sheet.sizeHintForRow(0) == height


def test_an_opened_section_of_the_form_stays_open(window, show):
    window.form.sections[Group.MORE].heading.setChecked(True)
    assert again(window, show).form.sections[Group.MORE].heading.isChecked()


def test_the_last_set_is_there_with_what_was_added(qtbot, window, show, tmp_path):
    shutil.copy(window.photos.order[0], tmp_path / "added.jpg")
    window.document.add([tmp_path / "added.jpg"])
    qtbot.waitUntil(lambda: not window.jobs.running)
    window.photos.apply(edits.move(window.photos, window.photos.order[-1:], 0))
    window.document.saving.save()
    order = window.photos.order
    after = again(window, show)
    with qtbot.waitSignal(after.document.opened):
        after.open_paths(remembered.last_set(after.state), again=True)
    assert after.photos.order == order


def test_a_photo_of_the_last_set_that_is_gone_is_left_out(qtbot, show, folder):
    window = show(folder / "photo-1.jpg", folder / "photo-2.jpg")
    window.close()
    (folder / "photo-1.jpg").unlink()
    after = show()
    with qtbot.waitSignal(after.document.opened):
        after.open_paths(remembered.last_set(after.state), again=True)
    assert [path.name for path in after.photos.order] == ["photo-2.jpg"]


def test_a_set_that_could_not_be_opened_is_not_the_last_one(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.document.told):
        window.open_paths([tmp_path / "nothing"])
    assert remembered.last_set(window.state) == [window.photos.order[0].parent]


def test_a_changed_shortcut_is_there_the_next_time(window, show):
    window.actions_["keyboard"].trigger()
    window.findChild(KeyboardPage).changed.emit("save", ["Ctrl+Alt+S"])
    assert again(window, show).actions_["save"].shortcuts() == [QKeySequence("Ctrl+Alt+S")]


def test_a_shortcut_that_is_the_default_again_is_forgotten(window):
    shortcuts.keep(window.state, "save", ["Ctrl+Alt+S"])
    shortcuts.keep(window.state, "save", ["Ctrl+S"])
    assert shortcuts.changed(window.state) == {}


def test_the_palette_does_what_is_found(qtbot, window):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.actions_["palette"].trigger()
    palette = window.findChild(CommandPalette)
    palette.box.setText("headline of the set")
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    qtbot.waitUntil(window.headline.hasFocus)
