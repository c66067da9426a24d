import pytest
from PySide6.QtCore import Qt

from captioner.storage import spelling, used_values
from captioner.ui.dialogs.lists_dialog import ListsDialog


@pytest.fixture
def files(tmp_path):
    used, glossary = tmp_path / "used.sqlite", tmp_path / "glossary.txt"
    for now, text in enumerate(["Ann Lee/AP", "Mikhail Metzel/Sputnik", "Кремль 😀"]):
        used_values.remember(used, {"credit": [text]}, 1e9 + 86400 * now)
    used_values.remember(used, {"credit": ["Ann Lee/AP"], "city": ["Jakarta"]}, 1e9 + 1)
    spelling.add_to_glossary(glossary, "cawapres", "Mikhail Metzel")
    return used, glossary


@pytest.fixture
def dialog(qtbot, files):
    made = ListsDialog(*files)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(page):
    items = [page.tree.topLevelItem(row) for row in range(page.tree.topLevelItemCount())]
    return [item.text(0) for item in items if not item.isHidden()]


def select(page, *texts):
    page.tree.clearSelection()
    for text in texts:
        page.tree.findItems(text, Qt.MatchFlag.MatchExactly)[0].setSelected(True)


def test_what_a_field_offers_is_listed_the_latest_first(dialog):
    assert shown(dialog.used) == ["Кремль 😀", "Mikhail Metzel/Sputnik", "Ann Lee/AP"]


def test_another_field_has_another_list(dialog):
    dialog.fields.setCurrentText("City")
    assert shown(dialog.used) == ["Jakarta"]


def test_a_column_sorts_by_what_it_means(dialog):
    dialog.used.tree.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert shown(dialog.used)[0] == "Ann Lee/AP"


def test_the_search_narrows_the_list(dialog):
    dialog.used.search.setText("KREM")
    assert shown(dialog.used) == []
    dialog.used.search.setText("крем")
    assert (shown(dialog.used), dialog.used.status.text()) == (["Кремль 😀"], "1 entry")


def test_what_is_removed_is_offered_no_more_and_can_come_back(qtbot, dialog, files):
    select(dialog.used, "Ann Lee/AP", "Кремль 😀")
    with qtbot.waitSignal(dialog.changed):
        dialog.used.remove.click()
    assert used_values.suggest(files[0], "credit", "") == ["Mikhail Metzel/Sputnik"]
    dialog.used.undo.click()
    assert len(shown(dialog.used)) == 3


def test_each_removal_comes_back_in_its_turn(dialog):
    for text in ("Ann Lee/AP", "Кремль 😀"):
        select(dialog.used, text)
        dialog.used.remove.click()
    dialog.used.undo.click()
    assert shown(dialog.used) == ["Кремль 😀", "Mikhail Metzel/Sputnik"]
    dialog.used.undo.click()
    assert (len(shown(dialog.used)), dialog.used.undo.isHidden()) == (3, True)


def test_the_delete_key_removes_as_the_button_does(qtbot, dialog):
    select(dialog.used, "Ann Lee/AP")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.used.tree.setFocus()
    qtbot.keyClick(dialog.used.tree, Qt.Key.Key_Delete)
    assert "Ann Lee/AP" not in shown(dialog.used)


def test_what_the_search_hides_is_not_removed(dialog):
    select(dialog.used, "Ann Lee/AP", "Кремль 😀")
    dialog.used.search.setText("ann")
    dialog.used.remove.click()
    dialog.used.search.clear()
    assert shown(dialog.used) == ["Кремль 😀", "Mikhail Metzel/Sputnik"]


def test_an_entry_is_added_with_the_enter_key(qtbot, dialog, files):
    dialog.used.new.setText("  Bo   Ek/TT ")
    with qtbot.waitSignal(dialog.changed):
        qtbot.keyClick(dialog.used.new, Qt.Key.Key_Return)
    assert (dialog.isVisible(), dialog.used.selected) == (True, ["Bo Ek/TT"])
    assert used_values.load(files[0], "credit").entries[0].is_kept


def test_the_glossary_is_edited_on_its_own_tab(dialog, files):
    page = dialog.glossary
    page.new.setText("Prabowo Subianto")
    page.add.click()
    select(page, "cawapres")
    page.remove.click()
    assert spelling.read_glossary(files[1]) == ("Mikhail Metzel", "Prabowo Subianto")
    page.undo.click()
    assert shown(page) == ["cawapres", "Mikhail Metzel", "Prabowo Subianto"]


def test_lists_that_are_not_there_yet_are_empty(qtbot, tmp_path):
    made = ListsDialog(tmp_path / "none.sqlite", tmp_path / "none.txt", "city")
    qtbot.addWidget(made)
    assert (made.used.key, made.used.status.text()) == ("city", "Nothing is on this list yet.")
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_told(qtbot, tmp_path):
    (tmp_path / "file").write_text("")
    made = ListsDialog(tmp_path / "file" / "used.sqlite", tmp_path / "file" / "glossary.txt")
    qtbot.addWidget(made)
    made.glossary.new.setText("word")
    made.glossary.add.click()
    assert "glossary.txt can't be" in made.glossary.status.text()
    assert made.glossary.new.text() == "word"
