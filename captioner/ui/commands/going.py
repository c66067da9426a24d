"""Going from photo to photo and from field to field."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from captioner.core import stops
from captioner.core.photo import Photo
from captioner.core.stops import Stop
from captioner.i18n import _
from captioner.ui.commands import checking

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


def go_next(window: "MainWindow") -> None:
    _step(window, 1)


def go_previous(window: "MainWindow") -> None:
    _step(window, -1)


def save_and_next(window: "MainWindow") -> None:
    """A text that its field can't take keeps the person there: going on would lose it."""
    if refusal := _refusal(window):
        window.notices.tell(refusal)
        return
    window.document.saving.save([window.photos[path] for path in window.sheet.selection])
    go_next(window)


def _refusal(window: "MainWindow") -> str:
    if key := window.form.focused_key:
        row = window.form.rows[key]
        return row.refusal(window.sheet.selection[0].name) if row.is_refused else ""
    return window.sheet.in_place.complaint


def _step(window: "MainWindow", by: int) -> None:
    """The cursor stays in its field, in the form as in the sheet."""
    key, sheet = window.form.focused_key, window.sheet
    in_place = sheet.in_place.key if sheet.in_place.box else ""
    window.form.settle()
    window.photos.history.seal()
    sheet.go_to(sheet.currentIndex().row() + by)
    if in_place:
        sheet.edit_in_place(in_place)
    elif key:
        window.form.focus(key)


def go_to_next_problem(window: "MainWindow") -> None:
    _go_to_stop(window, 1)


def go_to_previous_problem(window: "MainWindow") -> None:
    _go_to_stop(window, -1)


def _go_to_stop(window: "MainWindow", step: int) -> None:
    """From the place that the cursor is in, and round the end; what was typed just before is judged first."""
    window.show_changed()
    shown: Sequence[Path] = window.model.shown
    row, count = max(window.sheet.currentIndex().row(), 0), len(shown)
    here = stops.beyond(_stops(window, shown[row]), _place(window, shown[row]), step) if count else []
    away = (_stops(window, shown[(row + step * by) % count])[::step] for by in range(1, count + 1))
    if stop := next((each[0] for each in (here, *away) if each), None):
        _visit(window, stop)
    else:
        window.notices.tell(_("No check reports a problem."))


def _stops(window: "MainWindow", path: Path) -> list[Stop]:
    return stops.of(window.photos[path], window.findings.of(path))


def _place(window: "MainWindow", path: Path) -> Stop | None:
    """Where F8 came to last, if the cursor is still in its field; else the cursor itself."""
    key, visited = window.form.focused_key, window.visited
    if visited and visited.path == path and key in ("", visited.field):
        return visited
    return Stop(path, key, window.form.rows[key].box.selected_from()) if key else None


def _visit(window: "MainWindow", stop: Stop) -> None:
    if stop.finding:
        checking.go_to(window, stop.finding)
        window.panel.show_finding(stop.finding)
        checking.tell(window, stop.finding)
    else:
        _leave_photo(window, window.model.row(stop.path))
        if stop.field:
            window.form.focus(stop.field)
        else:
            window.sheet.setFocus()
        window.status.tell(stop.told, "warning")
    window.visited = stop


def go_to_next_empty_caption(window: "MainWindow") -> None:
    if _go(window, 1, lambda photo: photo.is_read and not photo.values["caption"]):
        window.form.focus("caption")
    else:
        window.notices.tell(_("Every photo that is shown has a caption."))


def _go(window: "MainWindow", step: int, is_wanted: Callable[[Photo], bool]) -> bool:
    """From the current photo on, and round the end; the current one comes last."""
    shown: Sequence[Path] = window.model.shown
    start, count = max(window.sheet.currentIndex().row(), 0), len(shown)
    for away in range(1, count + 1):
        row = (start + step * away) % count
        if is_wanted(window.photos[shown[row]]):
            _leave_photo(window, row)
            return True
    return False


def _leave_photo(window: "MainWindow", row: int) -> None:
    """What waits in the form is applied to the photo that it was typed for."""
    window.form.settle()
    window.photos.history.seal()
    window.sheet.go_to(row)


def edit_caption(window: "MainWindow") -> None:
    window.sheet.edit_in_place("caption")


def edit_credit(window: "MainWindow") -> None:
    window.sheet.edit_in_place("credit")


def go_to_sheet(window: "MainWindow") -> None:
    window.sheet.setFocus(Qt.FocusReason.ShortcutFocusReason)


def go_to_caption(window: "MainWindow") -> None:
    window.form.focus("caption")


def go_to_credit(window: "MainWindow") -> None:
    window.form.focus("credit")


def go_to_headline(window: "MainWindow") -> None:
    window.headline.setFocus(Qt.FocusReason.ShortcutFocusReason)


def search(window: "MainWindow") -> None:
    window.filter_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
    window.filter_bar.search.selectAll()


def show_all(window: "MainWindow") -> None:
    window.filter_bar.clear()
