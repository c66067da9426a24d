"""Findings in the boxes: underlined where they stand, and told for the one that the cursor is in."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from captioner.core.checks import Finding, Severity
from captioner.core.fields import shown
from captioner.core.fixes import shortened
from captioner.core.fixes import shown as shown_fix
from captioner.core.photo import Photo
from captioner.i18n import _
from captioner.ui.widgets.boxes import LineBox, TextBox
from captioner.ui.widgets.marks import Kind, Mark, Marks

_LONGEST = 40
Place = tuple[Photo, str]
_KINDS = {Severity.WARNING: Kind.FINDING, Severity.ERROR: Kind.ERROR}
"""A note is told in the panel alone."""


class Underlines(QObject):
    entered = Signal(object)
    """The finding that the cursor is in now, or None."""
    fix_wanted = Signal(object)
    dismiss_wanted = Signal(object)

    def __init__(
        self,
        place_of: Callable[[QWidget], Place | None],
        found: Callable[[Path], Sequence[Finding]],
        parent: QObject | None = None,
    ) -> None:
        """`place_of` a box is the photo and field that a person edits in it, `found` what is reported of a photo."""
        super().__init__(parent)
        self._place_of, self._found = place_of, found
        self.edited: Path | None = None
        """The one photo whose values the form shows."""
        self._marks: dict[TextBox, Marks] = {}
        self._entered: Finding | None = None
        self._looking = QTimer(self, interval=0, singleShot=True)
        self._looking.timeout.connect(self._look)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._looking.start)

    def equip(self, box: TextBox, marks: Marks) -> None:
        self._marks[box] = marks
        marks.offers = lambda place: self._offers(box, place)
        box.cursorPositionChanged.connect(self._looking.start)
        marks.destroyed.connect(lambda: self._marks.pop(box, None))
        self._show(box, marks)

    def show(self, paths: Collection[Path] | None = None) -> None:
        """Of these photos, or whichever are shown now."""
        for box, marks in list(self._marks.items()):
            place = self._place_of(box)
            if paths is None or (place and place[0].path in paths):
                self._show(box, marks)
        self._looking.start()

    def _show(self, box: TextBox, marks: Marks) -> None:
        place = self._place_of(box)
        start = self._start(box, place) if place else -1
        every = self._of(place) if place and start >= 0 else []
        marks.show_findings([Mark(start + each.start, start + each.end, _KINDS[each.severity], each.message)
                             for each in every if each.start < each.end and each.severity in _KINDS])  # fmt: skip

    def _start(self, box: LineBox | TextBox, place: Place) -> int:
        """Where the value stands in what is typed, which may have blanks around it; -1 where it is another text."""
        return box.text().find(shown(place[0].values[place[1]]))

    def _of(self, place: Place) -> list[Finding]:
        return [each for each in self._found(place[0].path) if each.field == place[1]]

    def _offers(self, box: TextBox, place: int) -> list[tuple[str, Callable[[], None]]]:
        """What the menu of a box does with the findings at a place in its text."""
        held = self._place_of(box)
        start = self._start(box, held) if held else -1
        every = self._of(held) if held and start >= 0 else []
        found = [each for each in every if start + each.start <= place <= start + each.end and each.start < each.end]
        fixes = [(_fix(box.text(), each), partial(self.fix_wanted.emit, each)) for each in found if each.fix]
        return [*fixes, *((_("Dismiss the finding"), partial(self.dismiss_wanted.emit, each)) for each in found[:1])]

    # The cursor

    @property
    def at_cursor(self) -> list[Finding]:
        """The closest first; those that concern the whole field come last."""
        box = QApplication.focusWidget()
        if not isinstance(box, LineBox | TextBox) or not (place := self._place_of(box)):
            return []
        start, first, last = self._start(box, place), box.selected_from(), box.cursor_at()
        near = [each for each in self._of(place) if each.start == each.end
                or (0 <= start <= last - each.start and first <= start + each.end)]  # fmt: skip
        return sorted(near, key=lambda each: (each.start == each.end, each.end - each.start))

    def _look(self) -> None:
        now = next(iter(self.at_cursor), None)
        if now != self._entered:
            self._entered = now
            self.entered.emit(now)


def _fix(text: str, finding: Finding) -> str:
    goes, comes = (shortened(each, _LONGEST) or "–" for each in shown_fix(text, finding.fix or ""))
    return _("Fix: {fix}").format(fix=f"{goes} → {comes}")
