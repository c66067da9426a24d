"""The mark beside a field whose blocks disagree: what each of them holds, to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from captioner.core.fields import Value, shown
from captioner.core.photo import REPAIRED
from captioner.i18n import N_, _
from captioner.ui import theme

MINE, THEIRS = "mine", "theirs"
"""The sources of a field that another program changed too."""
_NAMES = {
    "exif": N_("EXIF"), "iim": N_("IPTC-IIM"), "xmp": N_("XMP"), "sidecar": N_("Sidecar"), REPAIRED: N_("Repaired"),
    MINE: N_("Yours"), THEIRS: N_("In the file now"),
}  # fmt: skip
_LONGEST = 80


@dataclass(frozen=True)
class Offer:
    """One of the values to choose from; of many photos each has its own."""

    source: str
    value: Value | None
    count: int = 1


class ChoiceMark(QToolButton):
    chosen = Signal(str)
    """The source."""

    def __init__(self, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self.setText("≠")
        self.setObjectName("mark")
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMenu(QMenu(self))
        self.hide()

    def show_offers(self, told: str, offers: Sequence[Offer]) -> None:
        """Why there is something to choose, and what; nothing hides the mark."""
        self.setVisible(bool(offers))
        if not offers and self.menu().isEmpty():
            return
        self.setText("⚠" if all(offer.source == REPAIRED for offer in offers) else "≠")
        self.menu().clear()
        for offer in offers:
            action = QAction(_entry(offer), self.menu())
            action.triggered.connect(lambda _checked=False, source=offer.source: self.chosen.emit(source))
            self.menu().addAction(action)
        lines = [f"{_(_NAMES[each.source])}: {shown(each.value)}" for each in offers if each.value is not None]
        self.setToolTip(theme.plain("\n".join([told, *lines])))
        self.setAccessibleName(f"{self._field}: {told}")


def _entry(offer: Offer) -> str:
    """An ampersand in a value is no shortcut."""
    name = _(_NAMES[offer.source])
    if offer.value is None:
        return _("{block} of each ({count})").format(block=name, count=offer.count)
    text = " ".join(shown(offer.value).split()) or "–"
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f"{name}:  {text}".replace("&", "&&")
