"""Below the credit: who is who in it, what it gives to other fields, and the same in another style."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from captioner.core import credit_offers
from captioner.core.agencies import Agencies
from captioner.core.credit import STYLES, Chain, Part, parse, parts
from captioner.core.credit_parts import COUNT, INITIALS, NOBODY
from captioner.core.fields import FIELDS, Value, shown
from captioner.i18n import N_, _
from captioner.storage.desk_data import load_agencies
from captioner.ui import theme

KEYS = ("credit", *credit_offers.KEYS)
"""The fields that decide on what is shown."""
_ROLES = {"photographer": N_("photographer"), "agency": N_("agency"), "pool": N_("pool"),
          "distributor": N_("distributor"), NOBODY: N_("names nobody"), INITIALS: N_("initials"),
          COUNT: N_("count")}  # fmt: skip
"""What is said of a part, by its role or why it has none."""
_STYLES = {"slash": N_("With slashes"), "ap": N_("As AP writes it"), "getty": N_("As Getty writes it"),
           "indonesia": N_("Indonesian, in brackets"), "short": N_("Short")}  # fmt: skip
_LEAST, _LISTED = 6 * theme.GRID, 6
_SLACK = 2
"""Pixels by which Qt elides what just fits."""


@lru_cache(256)
def _read(credit: str, agencies: Agencies) -> tuple[tuple[Part, ...], Chain]:
    """Going from photo to photo, a person meets the same credits again and again."""
    return parts(credit, agencies), parse(credit, agencies)


class ElidedButton(QToolButton):
    """As wide as its words where there is room, and elided where there is none."""

    def __init__(self, name: str, elided: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._told, self._elided = "", elided
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def tell(self, text: str, before: str = "", spoken: str = "") -> None:
        """`before` is a sign that isn't spoken; `spoken` is said in place of the text."""
        self._told = before + text
        self.setAccessibleName(spoken or text)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._told), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 2 * theme.GRID + _SLACK

    def _elide(self) -> None:
        room = self.width() - self._width_of("") + _SLACK
        self.setText(self.fontMetrics().elidedText(self._told, self._elided, room).replace("&", "&&"))


class ChainRow(QWidget):
    taken = Signal(object)
    """The fields that are to be filled from the credit of each photo."""
    restyled = Signal(str)
    """The style that the credit of each photo is to be written in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: tuple[str, ...] = ()
        """What is offered."""
        self.action: QAction | None = None
        """What takes it all, by its key."""
        self._held: Mapping[str, Sequence[Value]] = {}
        self._found: tuple[Part, ...] = ()
        self._is_mixed = False
        self.heading, self.style_menu = ElidedButton("chain", Qt.TextElideMode.ElideMiddle), QToolButton()
        self.offers = {key: ElidedButton("offer") for key in credit_offers.KEYS}
        self.hint, self.roles, self._grid = QLabel(), QWidget(), QGridLayout()
        self.hint.setObjectName("quiet")
        self._dress()
        self._lay_out()
        self.hide()

    def _dress(self) -> None:
        self.heading.setCheckable(True)
        self.heading.toggled.connect(lambda _checked: self._show_chain())
        self.style_menu.setObjectName("batch")
        self.style_menu.setText(_("Style ▾"))
        self.style_menu.setAccessibleName(_("Write the credit in another style"))
        self.style_menu.setToolTip(theme.plain(_("Write the credit in another style")))
        self.style_menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.style_menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.style_menu.setMenu(QMenu(self.style_menu))
        self.style_menu.menu().aboutToShow.connect(self._fill_menu)
        for key, button in self.offers.items():
            button.clicked.connect(lambda _checked=False, key=key: self.taken.emit((key,)))

    def _lay_out(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(theme.GRID // 2)
        top.addWidget(self.heading)
        top.addStretch()
        top.addWidget(self.style_menu)
        below.setSpacing(theme.GRID // 2)
        for button in self.offers.values():
            below.addWidget(button)
        below.addWidget(self.hint)
        below.addStretch()
        self._grid.setContentsMargins(3 * theme.GRID, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GRID)
        self._grid.setVerticalSpacing(theme.GRID // 4)
        self._grid.setColumnStretch(1, 1)
        self.roles.setLayout(self._grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(top)
        layout.addWidget(self.roles)
        layout.addLayout(below)

    # What the photos hold

    def show_values(self, held: Mapping[str, Sequence[Value]]) -> None:
        """The different values of each of KEYS over the selected photos."""
        if held != self._held:
            self._held = held
            credits = cast("Sequence[str]", held["credit"])
            self.setVisible(any(credits))
            if any(credits):  # reading the agencies takes as long as a window's first look
                self._tell_chain(credits)
                self._offer(credits)

    def _tell_chain(self, credits: Sequence[str]) -> None:
        """Who is who, once somebody has opened it."""
        self._is_mixed = len(credits) > 1
        self._found = () if self._is_mixed else _read(credits[0], load_agencies())[0]
        self.heading.setEnabled(bool(self._found))
        told = (f"{_role(part)}: {_who(part)}" for part in self._found)
        self.heading.setToolTip(theme.plain("\n".join(told)))
        self._show_chain()

    def _show_chain(self) -> None:
        """The names in a line, or below each other with what each of them is."""
        found = self._found if self.heading.isChecked() else ()
        told = _("Chain: mixed") if self._is_mixed else _told(self._found)
        spoken = told if self._is_mixed else _("Chain: {names}").format(names=told)
        self.heading.tell(_("Chain") if found else told, "▾ " if found else "▸ ", "" if found else spoken)
        self._show_roles(found)

    def _show_roles(self, found: Sequence[Part]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line, part in enumerate(found):
            role, name = QLabel(_role(part)), QLabel(_who(part))
            role.setObjectName("warning" if part.reason == NOBODY else "quiet")
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setWordWrap(True)
            self._grid.addWidget(role, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(name, line, 1)
        self.roles.setVisible(bool(found))

    def _offer(self, credits: Sequence[str]) -> None:
        """Of many credits each photo's own counts, and is read when a person takes it."""
        given = credit_offers.given(_read(credits[0], load_agencies())[1]) if len(credits) == 1 else {}
        is_mixed = len(credits) > 1
        self.keys = tuple(key for key in self.offers if is_mixed or (key in given and self._differs(key, given[key])))
        keys = self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) if self.action else ""
        self.hint.setText(keys if self.keys else "")
        for key, button in self.offers.items():
            button.setVisible(key in self.keys)
            value = _("from each credit") if is_mixed else shown(given.get(key, ""))
            button.tell(_("{field}: {value}").format(field=_(FIELDS[key].label), value=value))
            told = [_("Take it from the credit"), button.accessibleName(), *self._instead(key)]
            button.setToolTip(theme.plain("\n".join(told)))

    def _instead(self, key: str) -> list[str]:
        held = "; ".join(islice((shown(each) for each in self._held[key] if each), _LISTED))
        return [_("Instead of {value}").format(value=held)] if held else []

    def _differs(self, key: str, value: Value) -> bool:
        held = self._held[key]
        return any(key in credit_offers.differing_from({key: each}, {key: value}) for each in held)

    # Another style

    def _fill_menu(self) -> None:
        menu, credits = self.style_menu.menu(), cast("Sequence[str]", self._held["credit"])
        menu.clear()
        for style in STYLES:
            written = credit_offers.rewritten(credits[0], style, load_agencies()).text if len(credits) == 1 else ""
            label = _STYLES.get(style, style)
            action = QAction(f"{_(label)}:  {written}".replace("&", "&&") if written else _(label), menu)
            action.setEnabled(len(credits) > 1 or written not in ("", credits[0]))
            action.triggered.connect(lambda _checked=False, style=style: self.restyled.emit(style))
            menu.addAction(action)


def _who(part: Part) -> str:
    """The name, and where the credit writes it with more, how: `AP (AP Photo)`."""
    text = part.text.strip()
    is_plain = not part.name or text == part.name or part.role == "photographer"
    return (part.name or text) if is_plain else f"{part.name} ({text})"


def _role(part: Part) -> str:
    return _(_ROLES[part.role or part.reason])


def _told(found: Sequence[Part]) -> str:
    """`Ann Doe · AP`, and first of all the words that stand where a name should."""
    idle = [_("⚠ “{word}” names nobody").format(word=part.text.strip()) for part in found if part.reason == NOBODY]
    names = dict.fromkeys(part.name or part.text.strip() for part in found if part.role)
    return " · ".join([*idle, *names]) or _("no name is found")
