"""What the checks found: gone to, fixed, dismissed; and which checks there are."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from captioner import paths, settings
from captioner.core import fields
from captioner.core.checks import Finding, Severity
from captioner.core.checks.words import TITLES
from captioner.core.edits import set_values
from captioner.core.fields import FIELDS, Kind, Value, shown
from captioner.core.fixes import merged
from captioner.core.photo import Photo
from captioner.core.stops import Stop
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext
from captioner.ui.widgets.boxes import LineBox, TextBox

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow

_COLOURS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "quiet"}


def place_of(window: "MainWindow", box: QWidget) -> tuple[Photo, str] | None:
    """The photo and the field that a person edits in a box; None where it is of several photos, or of none."""
    in_place, path = window.sheet.in_place, window.underlines.edited
    if box is in_place.box:
        return window.photos[in_place.path], in_place.key
    key = next((key for key, row in window.form.rows.items() if row.box is box), "") if path else ""
    return (window.photos[path], key) if path in window.photos and path and key else None


def show_findings(window: "MainWindow") -> None:
    """Shown or hidden; the cursor stays where it is, if it can."""
    window.panel.setVisible(not window.panel.isVisible())


def go_to_findings(window: "MainWindow") -> None:
    window.panel.show()
    window.panel.focus()


def go_to(window: "MainWindow", finding: Finding) -> None:
    """The photo, the field, and the span, selected; the filter gives way where it hides the photo."""
    if finding.path not in window.photos:
        return
    if window.model.row(finding.path) < 0:
        window.filter_bar.clear()
    if window.sheet.selection != [finding.path] or window.sheet.current != finding.path:
        window.form.settle()
        window.photos.history.seal()
        window.sheet.go_to(window.model.row(finding.path))
    if finding.field in FIELDS:
        _select(window, finding)
    else:
        window.sheet.setFocus()
    window.visited = Stop.at(finding)


def _select(window: "MainWindow", finding: Finding) -> None:
    window.form.focus(finding.field)
    box = window.form.rows[finding.field].box
    start = box.text().find(shown(window.photos[finding.path].values[finding.field]))
    if start >= 0 and finding.end:
        box.select_span(start + finding.start, start + finding.end)
    window.form.ensureWidgetVisible(box)


def tell(window: "MainWindow", finding: Finding | None) -> None:
    """At the cursor or in the panel: the sentence, and the key that fixes it."""
    key = window.actions_["fix"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    hint = _("{key} fixes it").format(key=key) if key and finding and finding.fix is not None else ""
    window.status.tell(finding.message if finding else "", _COLOURS[finding.severity] if finding else "", hint)


def fix(window: "MainWindow") -> None:
    """The finding at the cursor, or the one that is selected in the panel; one undo step."""
    meant = _meant(window)
    finding = next((each for each in meant if each.fix is not None), None)
    if finding is None or not _apply(window, [finding], _label(finding)):
        window.notices.tell(_by_hand(finding or meant[0]) if meant
                            else _("There is no finding at the cursor; F8 goes to the next one."))  # fmt: skip


def fix_all(window: "MainWindow") -> None:
    """Every finding of that check in the set that has a fix, as one undo step."""
    window.typing.finish()
    window.show_changed()
    check = window.panel.current_check if window.panel.isAncestorOf(window.focusWidget() or window) else ""
    check = check or next((each.check for each in _meant(window)), "")
    window.findings.catch_up(check)
    every = [each for found in window.findings.found.values() for each in found if each.check == check]
    sure = [each for each in every if each.fix is not None]
    count = _apply(window, sure, _label(sure[0])) if sure else 0
    if count:
        window.notices.tell(_told(count, check, len(every) - len(sure)), [(_("Undo"), window.undo)])
    else:
        window.notices.tell(_left(len(every), check) if every
                            else _("There is no finding at the cursor; F8 goes to the next one."))  # fmt: skip


def _told(count: int, check: str, left: int) -> str:
    told = ngettext("{count} photo is fixed: {check}.", "{count} photos are fixed: {check}.", count)
    told = told.format(count=count, check=title(check))
    return f"{told} {_left(left, check)}" if left else told


def _left(count: int, check: str) -> str:
    told = ngettext("{count} finding “{check}” is to be corrected by hand.",
                    "{count} findings “{check}” are to be corrected by hand.", count)  # fmt: skip
    return told.format(count=count, check=title(check))


def _by_hand(finding: Finding) -> str:
    return _("To be corrected by hand: {finding}").format(finding=finding.message)


def fix_one(window: "MainWindow", finding: Finding) -> None:
    """Unless it is gone, or another one, by now."""
    window.typing.finish()
    window.show_changed()
    if finding in window.findings.of(finding.path):
        _apply(window, [finding], _label(finding))


def dismiss_one(window: "MainWindow", finding: Finding) -> None:
    """Told no more while the photo has this value, until the window closes."""
    window.findings.dismiss(finding)
    told = _("Dismissed while the text stays so: {finding}").format(finding=finding.message)
    window.notices.tell(told, [(_("Undo"), lambda: window.findings.bring_back(finding))])


def dismiss(window: "MainWindow") -> None:
    if finding := next(iter(_meant(window)), None):
        dismiss_one(window, finding)
    else:
        window.notices.tell(_("There is no finding at the cursor; F8 goes to the next one."))


def turn_off(window: "MainWindow") -> None:
    """The check of the finding; "Checks…" turns it on again."""
    if finding := next(iter(_meant(window)), None):
        before = dict(window.findings.attention.weights)
        weigh(window, {**before, finding.check: "off"})
        told = _("The check “{check}” is off.").format(check=title(finding.check))
        window.notices.tell(told, [(_("Undo"), lambda: weigh(window, before))])


def show_checks(window: "MainWindow") -> None:
    from captioner.ui.dialogs.checks_dialog import ChecksDialog

    dialog = ChecksDialog(window.findings.attention.weights, window)
    dialog.changed.connect(lambda weights: weigh(window, weights))
    dialog.show()


def weigh(window: "MainWindow", weights: Mapping[str, str]) -> None:
    """Kept for the next start, and for the command line."""
    try:
        settings.keep_checks(paths.settings_file(), weights)
    except (CaptionerError, OSError) as error:
        window.notices.tell(
            _("What you make of the checks can't be kept for the next time: {reason}").format(reason=error)
        )
    window.findings.weigh(weights)


def title(check: str) -> str:
    return _(TITLES[check]) if check in TITLES else check


def _meant(window: "MainWindow") -> Sequence[Finding]:
    """At the cursor, else the one that is selected in the panel, else the one that F8 came to; as they are now."""
    window.show_changed()
    focus = window.focusWidget()
    if isinstance(focus, LineBox | TextBox) and not window.panel.isAncestorOf(focus):
        return window.underlines.at_cursor
    been = window.visited.finding if window.visited else None
    meant = window.panel.current if window.panel.isVisible() else been
    return [meant] if meant and meant in window.findings.of(meant.path) else []


def _label(finding: Finding) -> str:
    return _("Fix: {check}").format(check=title(finding.check))


def _apply(window: "MainWindow", findings: Sequence[Finding], label: str) -> int:
    """How many photos it changed."""
    fixes: dict[tuple[Path, str], list[str]] = {}
    for each in findings:
        fixes.setdefault((each.path, each.field), []).append(each.fix or "")
    table: dict[Path, dict[str, Value]] = {}
    for (path, key), texts in fixes.items():
        table.setdefault(path, {})[key] = _fixed(window, path, key, texts)
    edit = set_values(window.photos, table, label)
    window.photos.history.seal()
    window.photos.apply(edit)
    window.photos.history.seal()
    window.show_changed()
    return len(edit.paths) if edit else 0


def _fixed(window: "MainWindow", path: Path, key: str, fixes: Sequence[str]) -> Value:
    """A fix that its field can't take changes nothing."""
    before = window.photos[path].values[key]
    try:
        return fields.parse(key, fixes[0] if FIELDS[key].kind is Kind.DATE else merged(shown(before), fixes))
    except CaptionerError:
        return before
