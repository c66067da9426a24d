"""Whoever doesn't see the window, or has no mouse, can work in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
INNER = ("qt_", "ScrollLeft", "ScrollRight")


def controls(window):
    every = [each for kind in CONTROLS for each in window.findChildren(kind)]
    return [each for each in every if each.isVisibleTo(window) and not each.objectName().startswith(INNER)
            and not isinstance(each.parent(), (QComboBox, QLineEdit))]  # fmt: skip


@pytest.fixture
def opened(window):
    for section in window.form.sections.values():
        section.heading.setChecked(True)
    window.panel.show()
    window.sheet.select(window.photos.order[:2])
    window.show_changed()
    return window


def test_every_control_has_a_name_and_a_role(opened):
    found = {each: QAccessible.queryAccessibleInterface(each) for each in controls(opened)}
    nameless = [each for each, spoken in found.items() if not spoken.text(QAccessible.Text.Name).strip()]
    assert not [f"{type(each).__name__} {each.objectName()} in {type(each.parent()).__name__}" for each in nameless]
    roles = {spoken.role() for spoken in found.values()}
    assert not roles & {QAccessible.Role.NoRole, QAccessible.Role.Client}


def test_every_control_is_reached_by_the_tab_key(opened):
    """A tool bar's buttons have shortcuts and stand in the palette."""
    unreachable = [each for each in controls(opened) if not each.focusPolicy() & Qt.FocusPolicy.TabFocus
                   and not isinstance(each.parent(), type(opened.bar)) and each.isEnabled()]  # fmt: skip
    assert not [f"{type(each).__name__} {each.objectName()} {each.parent()}" for each in unreachable]


def test_every_action_has_a_key_of_its_own(window):
    keys = [key.toString() for action in window.actions_.values() for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))
    assert not [name for name, action in window.actions_.items() if not action.shortcuts()]


def test_tab_goes_through_the_form_as_it_is_read(opened):
    """From top to bottom, and along a line."""
    boxes, at = [], opened.form.rows["headline"].box
    for _step in range(200):
        if any(at is row.box for row in opened.form.rows.values()):
            boxes.append(at)
        at = at.nextInFocusChain()
        if at is opened.form.rows["headline"].box:
            break
    places = [(box.mapTo(opened.form.widget(), box.rect().topLeft()).y(), box.x()) for box in boxes if box.isVisible()]
    tops = [top for top, _left in places]
    assert len(boxes) > 20
    assert tops == sorted(tops)


def test_a_photo_is_spoken_with_its_caption_and_credit(window):
    assert window.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "1, no caption, no credit"
