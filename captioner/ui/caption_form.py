"""The form: every field of the selected photos, built from FIELDS."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from captioner.core.caption import differing
from captioner.core.fields import FIELDS, Group, Value
from captioner.core.photo import Photo
from captioner.i18n import N_, _, ngettext
from captioner.ui import theme
from captioner.ui.widgets import chain_row
from captioner.ui.widgets.chain_row import ChainRow
from captioner.ui.widgets.choice_mark import MINE, THEIRS, Offer
from captioner.ui.widgets.field_row import FieldRow
from captioner.ui.widgets.section import Section

_TITLES = {Group.PLACE: N_("Place and date"), Group.MORE: N_("More fields")}
_BESIDE = {"state": "city", "country_code": "country"}
"""Short fields that share a line with another."""


class CaptionForm(QScrollArea):
    edited = Signal(str, object)
    batched = Signal(str, object, object)
    """Key, value and mode, for all that is selected."""
    chosen = Signal(str, str)
    left = Signal()
    """The person left a field: what is typed from here on is another undo step."""

    def __init__(self, is_strict: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Form"))
        self.setMinimumWidth(34 * theme.GRID)
        self.heading, self.trouble, self.chain = QLabel(), QLabel(), ChainRow()
        self.heading.setObjectName("title")
        self.trouble.setObjectName("warning")
        self.trouble.setWordWrap(True)
        for label in (self.heading, self.trouble):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.rows = {key: FieldRow(field, is_strict) for key, field in FIELDS.items()}
        self._photos: Sequence[Photo] = ()
        self._stale = set(FIELDS)
        """Fields that don't show what the photos hold now."""
        self._chained: Mapping[str, Sequence[Value]] = {}
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self.trouble)
        self._add_rows(layout)
        layout.addStretch()
        self.setWidget(content)
        for row in self.rows.values():
            row.edited.connect(self.edited)
            row.batched.connect(self.batched)
            row.chosen.connect(self.chosen)
            row.left.connect(self.left)
        self.show_photos([])

    def _add_rows(self, layout: QVBoxLayout) -> None:
        self.sections = sections = {group: Section(_(title), group is Group.PLACE) for group, title in _TITLES.items()}
        for key, field in FIELDS.items():
            place = sections[field.group].rows if field.group in sections else layout
            if key in _BESIDE:
                _put_beside(place, self.rows[_BESIDE[key]], self.rows[key])
            else:
                place.addWidget(self.rows[key])
            if key == "credit":
                place.addWidget(self.chain)
        for section in sections.values():
            layout.addWidget(section)
            section.heading.toggled.connect(lambda _is_open: self._show_stale())

    def show_photos(self, photos: Sequence[Photo], keys: Container[str] = frozenset(FIELDS)) -> None:
        """What the photos have in common; each field says where they differ. `keys` are those that changed since."""
        can_edit = bool(photos) and all(photo.is_read for photo in photos)
        self.chain.setEnabled(can_edit)
        many = ngettext("{count} photo", "{count} photos", len(photos)).format(count=len(photos))
        self.heading.setText(_heading(photos[0]) if len(photos) == 1 else many if photos else _("No photo selected"))
        self.trouble.setText(_told_of(photos[0]) if len(photos) == 1 else "")
        self.trouble.setVisible(bool(self.trouble.text()))
        for row in self.rows.values():
            row.setEnabled(can_edit)
        self._photos = photos
        self._stale |= {key for key in FIELDS if key in keys}
        self._show_stale()

    def _show_stale(self) -> None:
        """What stands in a closed section is shown when somebody opens it."""
        closed = {group for group, section in self.sections.items() if not section.heading.isChecked()}
        due = [key for key in self._stale if FIELDS[key].group not in closed]
        self._stale.difference_update(due)
        held, is_many = differing([photo.values for photo in self._photos], due), len(self._photos) > 1
        doubtful = [photo for photo in self._photos if photo.choices or photo.contested]
        for key in due:
            self.rows[key].show_values(held[key], is_many)
            self.rows[key].mark.show_offers(*offers(doubtful, key, is_many))
        self._show_chain(held)

    def _show_chain(self, held: Mapping[str, Sequence[Value]]) -> None:
        """Who is who in the credit that the photos share; of mixed ones it is asked when somebody wants to know."""
        if fresh := {key: held[key] for key in chain_row.KEYS if key in held}:
            self._chained = {**self._chained, **fresh}
            self.chain.show_values(self._chained)

    def settle(self) -> None:
        """Before another photo is shown: what waits to be put before or after values is."""
        for row in self.rows.values():
            row.settle()

    @property
    def focused_key(self) -> str:
        """The field that the cursor is in, or ""."""
        return next((key for key, row in self.rows.items() if row.box.hasFocus()), "")

    def focus(self, key: str) -> None:
        """Also where its section is closed."""
        if section := self.sections.get(FIELDS[key].group):
            section.heading.setChecked(True)
        self.rows[key].box.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _heading(photo: Photo) -> str:
    beside = _("{name}, saved to {sidecar}").format(name=photo.path.name, sidecar=photo.sidecar)
    return beside if photo.sidecar else photo.path.name


def _told_of(photo: Photo) -> str:
    if photo.trouble:
        return photo.trouble
    signed = _("Carries Content Credentials (C2PA); any change of the file breaks their signature.")
    return signed if photo.is_signed else ""


def offers(photos: Sequence[Photo], key: str, is_many: bool = False) -> tuple[str, list[Offer]]:
    """Why a field wants a choice, and what there is to choose from; once chosen, it wants none."""
    if len(photos) == 1 and not is_many and key in photos[0].conflicts:
        photo = photos[0]
        return _("Another program changed it too"), [Offer(MINE, photo.values[key]), Offer(THEIRS, photo.saved[key])]
    open_ = [photo for photo in photos if key in photo.choices and key not in photo.unsaved]
    if not open_:
        return "", []
    differs = any(key in photo.disagreements for photo in open_)
    told = _("The blocks of the file disagree") if differs else _("It looks double-encoded")
    counts = Counter(each.source for photo in open_ for each in photo.choices[key])
    values = {each.source: each.value for each in open_[0].choices[key]} if not is_many else {}
    return told, [Offer(source, values.get(source), count) for source, count in counts.items()]


def _put_beside(place: QVBoxLayout, before: QWidget, row: QWidget) -> None:
    place.removeWidget(before)
    line = QHBoxLayout()
    line.setSpacing(theme.GRID)
    for each in (before, row):
        line.addWidget(each, 1)
    place.addLayout(line)
