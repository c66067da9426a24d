"""What the checks find, in the window: the panel, the fix, F8."""

from pathlib import Path
from statistics import median
from time import thread_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from captioner import paths, settings
from captioner.core import checks, edits
from captioner.core.caption import Values
from captioner.core.checks import Finding, Severity
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import PhotoSet
from captioner.storage import processes
from captioner.ui.commands import checking
from captioner.ui.dialogs.checks_dialog import ChecksDialog
from captioner.ui.finding_rows import broken
from captioner.ui.findings_model import ROW
from captioner.ui.findings_panel import FindingsPanel
from captioner.ui.jobs import Jobs
from captioner.ui.judging import Judging
from captioner.ui.qt_photo_set import QtPhotoSet
from tests import pictures
from tests.pace import slowness

pytestmark = pytest.mark.usefixtures("few_checks")
NOTHING = "No check reports a problem."


@pytest.fixture
def clean(qtbot, window):
    """Seven photos that no check has anything to say of, with the panel open."""
    window.photos.apply(edits.set_values(window.photos, {
        path: {"caption": f"Caption {at}", "credit": "Ann Lee/AP", "headline": "Head", "alt_text": f"Seen {at}"}
        for at, path in enumerate(window.photos.order)}, ""))  # fmt: skip
    window.show_changed()
    window.panel.show()
    qtbot.waitUntil(lambda: not window.findings.count)
    return window


@pytest.fixture
def doubled(monkeypatch):
    """A check of one word, sure of its fix, so that what is tested here is no matter of the others."""

    def find(photos, _knows):
        for photo in photos:
            text, start = photo.values.text("caption"), photo.values.text("caption").find("the the")
            while start >= 0:
                yield Finding(photo.path, "placeholder", Severity.WARNING, "caption", "“the” stands there twice.",
                              start, start + 7, text[:start] + text[start + 4 :])  # fmt: skip
                start = text.find("the the", start + 7)

    monkeypatch.setitem(checks.CHECKS, "placeholder", find)


@pytest.fixture
def mixed(monkeypatch, doubled):
    """The same check, which finds what it has no fix for as well."""
    sure = checks.CHECKS["placeholder"]

    def find(photos, knows):
        yield from sure(photos, knows)
        for photo in photos:
            if (start := photo.values.text("caption").find("TK")) >= 0:
                yield Finding(photo.path, "placeholder", Severity.WARNING, "caption", "“TK” is no word.",
                              start, start + 2)  # fmt: skip

    monkeypatch.setitem(checks.CHECKS, "placeholder", find)


def write(window, at, key, text):
    window.photos.apply(edits.set_field(window.photos, [window.photos.order[at]], key, text))
    window.show_changed()


def run(window, action):
    window.actions_[action].trigger()


def rows(panel):
    """Of the section of the set: headings and findings, by their texts."""
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.selected_count, model.rowCount())]


def value(window, at, key="caption"):
    return window.photos[window.photos.order[at]].values[key]


def focused(window):
    box = QApplication.focusWidget()
    return window.form.focused_key, box.text()[box.selected_from() : box.cursor_at()]


# The panel


def test_the_panel_follows_edits(clean):
    write(clean, 3, "credit", "")
    write(clean, 1, "credit", "")
    assert rows(clean.panel) == ["02  photo-2.jpg", "Has no credit; name who gave the photo.",
                                 "04  photo-4.jpg", "Has no credit; name who gave the photo."]  # fmt: skip
    write(clean, 1, "credit", "Ann Lee/AP")
    assert rows(clean.panel)[0] == "04  photo-4.jpg"
    clean.undo()
    assert rows(clean.panel)[0] == "02  photo-2.jpg"


def test_findings_of_the_selected_photo_come_first(clean):
    write(clean, 1, "credit", "")
    write(clean, 3, "credit", "")
    clean.sheet.go_to(3)
    model = clean.panel.model
    assert model.index(0, 0).data() == "This photo: 04  photo-4.jpg"
    assert model.index(1, 0).data(ROW).path == clean.photos.order[3]
    assert model.selected_count == 2
    clean.sheet.go_to(0)
    assert model.selected_count == 0


def test_what_is_selected_stays_so_when_more_is_found_before_it(clean):
    write(clean, 2, "credit", "")
    clean.panel.table.setCurrentIndex(clean.panel.model.index(clean.panel.model.rowCount() - 1, 0))
    write(clean, 2, "caption", "TK")
    write(clean, 1, "credit", "")
    assert (clean.panel.current.check, clean.panel.current.path) == ("credit-missing", clean.photos.order[2])


def test_findings_are_grouped_by_check_where_a_person_wants_it(clean):
    write(clean, 3, "credit", "")
    write(clean, 1, "credit", "")
    write(clean, 2, "caption", "TK")
    clean.panel.group(True)
    assert [each for each in rows(clean.panel) if "photo-" not in each] == ["No credit", "Placeholder"]
    write(clean, 1, "credit", "Ann Lee/AP")
    write(clean, 0, "caption", "XXX")
    clean.sheet.clearSelection()
    assert [each.split(" “")[0] for each in rows(clean.panel)] == [
        "No credit", "04  photo-4.jpg has no credit; name who gave the photo.",
        "Placeholder", "01  photo-1.jpg:", "03  photo-3.jpg:"]  # fmt: skip


def test_a_row_tells_its_photo_once_and_the_whole_sentence_on_demand(clean, doubled):
    write(clean, 2, "caption", "On the the hill")
    write(clean, 3, "credit", "")
    clean.sheet.go_to(3)
    model = clean.panel.model
    whole = "photo-4.jpg has no credit; name who gave the photo."
    assert model.index(1, 0).data() == "Has no credit; name who gave the photo."
    assert whole in model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert whole in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    clean.panel.group(True)
    assert model.index(1, 0).data() == "Has no credit; name who gave the photo."
    assert rows(clean.panel)[1::2] == [f"04  {whole}", "03  photo-3.jpg: “the” stands there twice."]


@pytest.mark.parametrize("text", ["", "Short.", "A sentence that doesn't fit in one line of the panel.", "🐟 " * 60,
                                  "Unbreakable" * 20])  # fmt: skip
def test_a_sentence_that_does_not_fit_goes_on_in_a_second_line(qtbot, text):
    font = QFont()
    first, rest = broken(text, font, 200)
    assert f"{first}{rest}".replace(" ", "") == text.replace(" ", "")
    assert QFontMetrics(font).horizontalAdvance(first) <= 200
    assert bool(rest) == (QFontMetrics(font).horizontalAdvance(text.strip()) > 200)


def test_another_order_numbers_and_sorts_the_findings_anew(clean):
    write(clean, 0, "credit", "")
    write(clean, 1, "credit", "")
    clean.photos.apply(edits.move(clean.photos, clean.photos.order[:1], 7))
    assert rows(clean.panel)[::2] == ["01  photo-2.jpg", "07  photo-1.jpg"]


def test_what_was_found_while_the_panel_was_closed_is_there_when_it_opens(clean):
    run(clean, "findings")
    assert not clean.panel.isVisible()
    write(clean, 1, "credit", "")
    run(clean, "findings")
    assert rows(clean.panel)[0] == "02  photo-2.jpg"


def test_an_empty_panel_says_why(qtbot, show, clean):
    clean.panel.tell()
    assert clean.panel.table.message == NOTHING
    window = show()
    window.panel.show()
    qtbot.waitUntil(lambda: window.panel.table.message == "No photos are open.")


def test_while_a_set_is_read_nothing_is_said_of_it_nor_of_the_one_before(qtbot, clean, tmp_path):
    write(clean, 1, "credit", "")
    for number in range(60):
        pictures.draw(tmp_path / f"other-{number}.jpg", number)
    with qtbot.waitSignal(clean.document.listed):
        clean.open_paths([tmp_path])
    clean.show_changed()
    assert (clean.status.problems, clean.document.is_reading) == (0, True)
    clean.panel.tell()
    assert clean.panel.table.message.startswith("Checking")
    qtbot.waitUntil(lambda: clean.status.problems == 60, timeout=20_000)


def test_a_row_is_spoken_with_severity_photo_field_sentence_and_fix(clean, doubled):
    write(clean, 2, "caption", "On the the hill")
    index = clean.panel.model.index(clean.panel.model.rowCount() - 1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Warning, 03  photo-3.jpg, Caption, “the” stands there twice., Fix: the → –")  # fmt: skip


def test_return_goes_to_the_photo_the_field_and_the_span(qtbot, clean, doubled):
    write(clean, 4, "caption", "😀 On the the hill")
    clean.panel.focus()
    clean.panel.table.setCurrentIndex(clean.panel.model.index(clean.panel.model.rowCount() - 1, 0))
    qtbot.keyClick(clean.panel.table, Qt.Key.Key_Return)
    assert clean.sheet.currentIndex().row() == 4
    assert focused(clean) == ("caption", "the the")


def test_a_photo_that_a_filter_hides_is_shown_where_its_finding_is_gone_to(clean):
    write(clean, 2, "credit", "")
    clean.filter_bar.show_kind(clean.filter_bar.kind.itemData(1))
    finding = clean.findings.of(clean.photos.order[2])[0]
    clean.panel.wanted.emit(finding)
    assert (clean.sheet.currentIndex().row(), clean.form.focused_key) == (2, "credit")


def test_the_panel_and_its_grouping_are_remembered(clean, show):
    clean.panel.group(True)
    clean.close()
    window = show()
    assert (window.panel.isVisible(), window.panel.model.by_check) == (True, True)


# Fixes


def test_a_fix_is_one_step(clean, doubled, one_step):
    write(clean, 2, "caption", "On the the hill")
    clean.sheet.go_to(2)
    run(clean, "next_problem")
    one_step(clean, lambda: run(clean, "fix"))
    assert value(clean, 2) == "On the hill"


def test_undo_brings_the_finding_back(clean, doubled):
    write(clean, 2, "caption", "On the the hill")
    run(clean, "next_problem")
    run(clean, "fix")
    assert not clean.findings.count
    run(clean, "undo")
    assert clean.findings.count == 1
    assert rows(clean.panel)[0] == "03  photo-3.jpg"


def test_all_of_a_kind_are_fixed_as_one_step(clean, doubled, one_step):
    write(clean, 2, "caption", "On the the hill and the the hill")
    write(clean, 5, "caption", "In the the sea")
    run(clean, "next_problem")
    one_step(clean, lambda: run(clean, "fix_all"))
    assert (value(clean, 2), value(clean, 5)) == ("On the hill and the hill", "In the sea")
    assert clean.notices.messages[0] == "2 photos are fixed: Placeholder."


def test_those_of_a_kind_that_have_a_fix_are_fixed_and_the_others_are_told_of(clean, mixed, one_step):
    for at, caption in ((1, "One TK"), (2, "On the the hill"), (4, "Two TK"), (5, "In the the sea")):
        write(clean, at, "caption", caption)
    run(clean, "next_problem")
    one_step(clean, lambda: run(clean, "fix_all"))
    assert [value(clean, at) for at in (1, 2, 4, 5)] == ["One TK", "On the hill", "Two TK", "In the sea"]
    assert clean.notices.messages[0] == (
        "2 photos are fixed: Placeholder. 2 findings “Placeholder” are to be corrected by hand."
    )


def test_the_button_for_all_of_a_kind_is_there_beside_one_without_a_fix(clean, mixed):
    write(clean, 1, "caption", "One TK")
    clean.panel.show_finding(clean.findings.of(clean.photos.order[1])[0])
    assert [clean.panel.of_actions[key].isEnabled() for key in ("fix", "fix_all")] == [False, True]


def test_of_a_kind_without_any_fix_the_count_is_told(clean):
    write(clean, 2, "credit", "")
    run(clean, "next_problem")
    before = len(clean.photos.history.done)
    run(clean, "fix_all")
    assert (value(clean, 2, "credit"), len(clean.photos.history.done)) == ("", before)
    assert clean.notices.messages[0] == "1 finding “No credit” is to be corrected by hand."


def test_a_finding_without_a_fix_is_to_be_corrected_by_hand(clean):
    write(clean, 2, "credit", "")
    run(clean, "next_problem")
    run(clean, "fix")
    assert clean.notices.messages[0] == ("To be corrected by hand: photo-3.jpg has no credit; name who gave the photo.")


def test_without_a_finding_nothing_is_fixed(clean):
    run(clean, "fix")
    assert clean.notices.messages[0].startswith("There is no finding at the cursor")


@pytest.mark.parametrize(("weight", "colour"), [("info", "quiet"), ("warning", "warning"), ("error", "error")])
def test_a_finding_is_told_in_the_colour_of_its_severity(clean, weight, colour):
    clean.findings.weigh({"credit-missing": weight})
    write(clean, 2, "credit", "")
    checking.tell(clean, clean.findings.of(clean.photos.order[2])[0])
    assert clean.status.told._colour == colour


def test_a_button_of_the_panel_fixes_what_is_selected_in_it(qtbot, clean, doubled):
    write(clean, 2, "caption", "On the the hill")
    clean.sheet.go_to(0)
    clean.form.focus("caption")
    clean.panel.show_finding(clean.findings.of(clean.photos.order[2])[0])
    qtbot.mouseClick(clean.panel.of_actions["fix"], Qt.MouseButton.LeftButton)
    assert value(clean, 2) == "On the hill"


def test_a_dismissed_finding_is_back_when_the_text_is_another(clean):
    write(clean, 2, "caption", "TK")
    run(clean, "next_problem")
    run(clean, "dismiss")
    assert (clean.findings.problem_count, rows(clean.panel)) == (0, [])
    write(clean, 2, "caption", "TK again")
    assert clean.findings.problem_count == 1


def test_a_check_that_is_turned_off_stays_off_at_the_next_start(clean, show, folder):
    write(clean, 2, "credit", "")
    run(clean, "next_problem")
    run(clean, "turn_off")
    assert clean.findings.count == 0
    clean.close()
    window = show(folder, settings=settings.load(paths.settings_file()))
    assert not [each for found in window.findings.found.values() for each in found if each.check == "credit-missing"]


def test_the_checks_page_makes_a_check_weigh_otherwise(qtbot, clean):
    write(clean, 2, "credit", "")
    run(clean, "checks")
    page = clean.findChild(ChecksDialog)
    assert list(page.choices) == list(checks.CHECKS)
    page.choices["credit-missing"].setCurrentIndex(page.choices["credit-missing"].findData("info"))
    assert (clean.findings.problem_count, clean.findings.count) == (0, 1)
    page._restore()
    assert clean.findings.problem_count == 1
    page.close()


# F8


def test_f8_goes_from_finding_to_finding_and_round_the_end(clean, doubled):
    write(clean, 1, "caption", "On the the hill and the the dale")
    write(clean, 1, "credit", "")
    write(clean, 4, "credit", "")
    clean.sheet.go_to(0)
    clean.sheet.setFocus()
    been = []
    for _step in range(5):
        run(clean, "next_problem")
        been.append((clean.sheet.currentIndex().row(), *focused(clean), clean.form.rows["caption"].box.selected_from()))
    assert [each[:3] for each in been] == [
        (1, "caption", "the the"), (1, "caption", "the the"), (1, "credit", ""), (4, "credit", ""),
        (1, "caption", "the the")]  # fmt: skip
    assert been[0][3] < been[1][3]
    assert been[0] == been[4]


def test_a_finding_of_the_photo_as_a_whole_is_gone_to_fixed_and_passed(clean, monkeypatch):
    def find(photos, _knows):
        for photo in photos:
            if photo.values.text("caption") == "Where":
                yield Finding(photo.path, "placeholder", Severity.WARNING, "", "The file tells a position.")

    monkeypatch.setitem(checks.CHECKS, "placeholder", find)
    write(clean, 2, "caption", "Where")
    write(clean, 2, "headline", "")
    write(clean, 2, "credit", "")
    been = []
    for _step in range(3):
        run(clean, "next_problem")
        been.append((clean.sheet.currentIndex().row(), clean.form.focused_key))
    assert been == [(2, ""), (2, "credit"), (2, "")]
    run(clean, "findings")
    run(clean, "dismiss")
    assert clean.findings.problem_count == 1


def test_f8_knows_what_was_typed_just_before(clean):
    clean.photos.apply(edits.set_field(clean.photos, clean.photos.order[2:3], "caption", "By TK"))
    run(clean, "next_problem")
    assert (clean.sheet.currentIndex().row(), focused(clean)) == (2, ("caption", "TK"))


def test_shift_f8_goes_the_same_way_back(clean, doubled):
    write(clean, 1, "caption", "On the the hill")
    write(clean, 1, "credit", "")
    write(clean, 4, "credit", "")
    clean.sheet.go_to(6)
    been = []
    for _step in range(4):
        run(clean, "previous_problem")
        been.append((clean.sheet.currentIndex().row(), clean.form.focused_key))
    assert been == [(4, "credit"), (1, "credit"), (1, "caption"), (4, "credit")]


def test_after_a_fix_f8_goes_on_from_there(clean, doubled):
    write(clean, 1, "caption", "On the the hill and the the dale")
    run(clean, "next_problem")
    run(clean, "fix")
    run(clean, "next_problem")
    assert (clean.sheet.currentIndex().row(), focused(clean)) == (1, ("caption", "the the"))


def test_the_sentence_of_the_finding_is_told(qtbot, clean, doubled):
    write(clean, 1, "caption", "On the the hill")
    run(clean, "next_problem")
    qtbot.waitUntil(lambda: clean.status.hint.text() == "F9 fixes it")
    assert clean.status.told.text() == "“the” stands there twice."
    assert clean.panel.current.check == "placeholder"
    run(clean, "next_problem")
    qtbot.wait(20)
    assert clean.status.hint.text() == "F9 fixes it"


def test_a_photo_that_another_program_changed_too_is_a_stop(clean):
    path = clean.photos.order[3]
    contested = clean.photos[path]._replace(contested=frozenset({"credit"}), saved=Values({"credit": "Theirs"}))
    clean.photos._put(contested)
    run(clean, "next_problem")
    assert (clean.sheet.currentIndex().row(), clean.form.focused_key) == (3, "credit")


# Many photos


@pytest.fixture
def many(qtbot, few_checks, monkeypatch):
    """The panel alone with 10,000 photos, each with three findings; the processes would know every check."""
    monkeypatch.setattr(processes, "MANY", 1 << 30)
    photos, model, judging = PhotoSet(), QtPhotoSet(), Judging(Jobs(), {})
    photos.add(Photo(Path(f"{number:05}.jpg"), stamp=Stamp(1, 1, ""), values=Values({
        "caption": f"TK, the {number}th, and XXX"})) for number in range(10_000))  # fmt: skip
    model.show_set(photos)
    panel = FindingsPanel(judging, model)
    panel.show_actions({key: QAction(key, panel) for key in ("fix", "fix_all", "dismiss", "turn_off", "checks")})
    qtbot.addWidget(panel)
    panel.resize(520, 300)
    panel.show()
    judging.follow(photos, photos.order)
    qtbot.waitUntil(lambda: not judging.waiting_count and not panel.model.waiting_count, timeout=60_000)
    panel.photo_set = photos
    return panel


@pytest.mark.parametrize("by_check", [False, True])
def test_an_edit_of_one_photo_among_ten_thousand_is_in_the_panel_at_once(qtbot, many, by_check):
    """In the time that the GUI thread works for it, however busy the computer is."""
    many.group(by_check)
    assert many.judging.count == 30_000
    photos, taken = many.photo_set, []
    for number in range(5_000, 5_040):
        path = photos.order[number]
        photos.apply(edits.set_field(photos, [path], "credit", "Ann Lee/AP"))
        begun = thread_time()
        many.judging.follow(photos, [path])
        QApplication.processEvents()
        taken.append(thread_time() - begun)
    assert many.judging.count == 30_000 - 40
    assert many.model.rowCount() == 30_000 - 40 + (2 if by_check else 10_000)
    assert median(taken) < 0.008 * slowness()
