"""Who is who below the credit, and what the credit gives to other fields."""

from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from captioner.core import edits
from captioner.core.caption import Values
from captioner.core.photo import Photo, Stamp
from captioner.ui.commands import crediting
from tests.pace import slowness

POOL = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"


def give(window, credit, count=1, start=0):
    photos = window.photos
    photos.apply(edits.set_field(photos, photos.order[start : start + count], "credit", credit))
    window.show_changed()


def held(window, at=0):
    values = window.photos.photos[at].values
    return values["creator"], values["source"]


def told(chain):
    return [label.text() for label in chain.roles.findChildren(QLabel) if not label.isHidden()]


@pytest.fixture
def chain(window):
    return window.form.chain


def press(qtbot, window, key):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(QApplication.focusWidget() or window, key)


def test_without_a_credit_there_is_no_chain(chain):
    assert not chain.isVisible()


def test_the_chain_is_quiet_until_it_is_opened(window, chain):
    give(window, POOL)
    assert chain.heading.accessibleName() == "Chain: Mikhail Metzel · Sputnik · Kremlin Pool · AP"
    assert not chain.roles.isVisible()
    chain.heading.click()
    assert chain.heading.accessibleName() == "Chain"
    assert told(chain) == ["photographer", "Mikhail Metzel", "agency", "Sputnik", "pool", "Kremlin Pool",
                           "distributor", "AP"]  # fmt: skip


def test_a_word_that_names_nobody_is_marked(window, chain):
    give(window, "Stringer/AFP")
    assert "“Stringer” names nobody" in chain.heading.accessibleName()
    chain.heading.click()
    assert told(chain)[:2] == ["names nobody", "Stringer"]
    assert chain.roles.findChildren(QLabel)[0].objectName() == "warning"


@pytest.mark.parametrize(("credit", "role", "text"), [
    ("Ann Doe/AFP/rwa.", "initials", "rwa."), ("Ann Doe/AP (2)", "count", "2")])  # fmt: skip
def test_initials_and_counts_are_told_quietly(window, chain, credit, role, text):
    give(window, credit)
    assert "nobody" not in chain.heading.accessibleName()
    chain.heading.click()
    assert told(chain)[-2:] == [role, text]
    assert "warning" not in {label.objectName() for label in chain.roles.findChildren(QLabel)}


def test_names_that_do_not_fit_are_cut_in_their_middle(window, chain):
    give(window, "/".join(f"Ann{'e' * at} Longname" for at in range(9)) + "/AP")
    shown = chain.heading.text()
    assert (shown[:17], shown[-3:]) == ("▸ Ann Longname · ", " AP")
    assert "…" in shown


def test_creator_and_source_are_offered_and_nothing_is_filled_in(window, chain):
    give(window, POOL)
    assert [button.accessibleName() for button in chain.offers.values()] == [
        "Creator: Mikhail Metzel", "Source: Sputnik"]  # fmt: skip
    assert held(window) == ((), "")


def test_one_key_takes_what_is_offered_as_one_step(qtbot, window, one_step, chain):
    give(window, POOL)
    window.form.focus("credit")
    one_step(window, lambda: press(qtbot, window, Qt.Key.Key_F4))
    assert held(window) == (("Mikhail Metzel",), "Sputnik")
    window.show_changed()
    assert chain.keys == ()


def test_a_click_takes_one_of_them(window, one_step, chain):
    give(window, POOL)
    one_step(window, chain.offers["source"].click)
    assert held(window) == ((), "Sputnik")
    window.show_changed()
    assert chain.keys == ("creator",)


def test_of_many_photos_each_gets_its_own(window, one_step, chain):
    give(window, POOL)
    give(window, "Ann Doe/AFP", start=1)
    window.sheet.select(window.photos.order[:3])
    window.show_changed()
    assert chain.heading.accessibleName() == "Chain: mixed"
    one_step(window, window.actions_["from_credit"].trigger)
    assert [held(window, at) for at in range(3)] == [(("Mikhail Metzel",), "Sputnik"), (("Ann Doe",), "AFP"), ((), "")]


def test_many_different_credits_are_read_in_the_background(qtbot, window, one_step, monkeypatch):
    monkeypatch.setattr(crediting, "_FEW", 1)
    give(window, POOL)
    give(window, "Ann Doe/AP", start=1)
    window.sheet.selectAll()
    with qtbot.waitSignal(window.jobs.ended, check_params_cb=lambda job: job.lane == "credit"):
        window.actions_["from_credit"].trigger()
    assert [held(window, at) for at in range(2)] == [(("Mikhail Metzel",), "Sputnik"), (("Ann Doe",), "AP")]
    window.undo()
    assert [held(window, at) for at in range(2)] == [((), ""), ((), "")]


def test_of_many_photos_with_one_credit_the_offer_is_named(window, chain):
    give(window, POOL, count=7)
    window.sheet.selectAll()
    window.show_changed()
    assert chain.offers["source"].accessibleName() == "Source: Sputnik"


def test_the_key_tells_where_there_is_nothing_to_take(window):
    window.actions_["from_credit"].trigger()
    assert "names no creator or source" in window.notices.messages[0]


def style(chain, name):
    chain.style_menu.menu().aboutToShow.emit()
    return next(each for each in chain.style_menu.menu().actions() if each.text().startswith(name))


def test_a_credit_is_written_in_another_style_as_one_step(window, one_step, chain):
    give(window, POOL)
    action = style(chain, "As Getty")
    assert action.text().endswith("Photo by Mikhail Metzel/Sputnik/Kremlin Pool via AP")
    one_step(window, action.trigger)
    assert window.photos.photos[0].values["credit"] == "Photo by Mikhail Metzel/Sputnik/Kremlin Pool via AP"


def test_the_style_that_it_has_and_one_that_cannot_hold_it_are_not_for_choice(window, chain):
    give(window, "A Photographer With a Very Long Name Indeed/Sputnik/AP")
    assert not style(chain, "With slashes").isEnabled()
    assert not style(chain, "Short").isEnabled()


def test_a_word_that_a_style_leaves_out_is_told_of(window, chain):
    give(window, "Stringer/AFP")
    style(chain, "Indonesian").trigger()
    assert "without “Stringer”" in window.notices.messages[0]


def test_what_is_typed_in_the_credit_is_read_at_once(qtbot, window, chain):
    window.form.focus("credit")
    qtbot.keyClicks(window.form.rows["credit"].box, "Ann Doe/AFP")
    window.show_changed()
    assert chain.offers["creator"].accessibleName() == "Creator: Ann Doe"


def test_ten_thousand_credits_are_shown_without_reading_them(chain):
    photos = [Photo(Path(f"{at}.jpg"), Values(), Values({"credit": f"Ann{at}/AP"}), Stamp(1, 1, ""))
              for at in range(10_000)]  # fmt: skip
    credits = tuple(photo.values["credit"] for photo in photos)
    start = process_time()
    chain.show_values({"credit": credits, "creator": ((),), "source": ("",)})
    assert process_time() - start < 0.05 * slowness()
    assert chain.keys == ("creator", "source")
