"""Codes that expand in a box as their closing delimiter is typed."""

from collections.abc import Callable

from captioner.core.codes import Codes, expansion_at
from captioner.ui.widgets.boxes import LineBox, TextBox


def attach(box: LineBox | TextBox, codes: Callable[[], Codes], before: Callable[[], None]) -> None:
    """`before` is called first, so that the expansion is a step of its own: undo gives back what was typed."""

    def expand(text: str) -> None:
        found = expansion_at(text, box.cursor_at(), codes())
        if found:
            before()
            box.replace_span(found.start, found.end, found.text)

    box.textEdited.connect(expand)
