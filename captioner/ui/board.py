"""The set board: what of the set is done and what is not; each part shows the photos that it counts as not done."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from captioner.core.filters import Kind
from captioner.core.photo_set import PhotoSet
from captioner.i18n import _, ngettext
from captioner.ui import theme

PARTS = (Kind.NO_CAPTION, Kind.NO_CREDIT, Kind.MOVED, Kind.NO_ALT_TEXT, Kind.UNSAVED, Kind.PROBLEMS)


@dataclass(frozen=True)
class Part:
    text: str
    told: str
    is_due: bool
    """Whether something is to be done yet, so that it stands out a little."""
    is_shown: bool = True


class Board(QWidget):
    asked = Signal(object)
    """The Kind of photos to show; all of them where a part is let go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {kind: QToolButton() for kind in PARTS}
        self._dots: dict[Kind, QLabel] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for kind, button in self.buttons.items():
            self._dots[kind] = QLabel("·")
            self._dots[kind].setObjectName("quiet")
            layout.addWidget(self._dots[kind])
            layout.addWidget(button)
            button.setObjectName("board")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda is_on, kind=kind: self.asked.emit(kind if is_on else Kind.ALL))
        self.hide()

    def show_kind(self, kind: Kind) -> None:
        """What is shown now, whoever asked for it."""
        for each, button in self.buttons.items():
            button.setChecked(each is kind)

    def count(self, photos: PhotoSet, problems: int, photos_with_problems: int) -> None:
        self.setVisible(bool(len(photos)))
        shown = False
        for kind, part in _parts(photos, problems, photos_with_problems).items():
            button = self.buttons[kind]
            is_shown = part.is_shown or button.isChecked()
            self._dots[kind].setVisible(is_shown and shown)
            button.setVisible(is_shown)
            shown |= is_shown
            _dress(button, part, ("problem" if kind is Kind.PROBLEMS else "rest") if part.is_due else "")


def _dress(button: QToolButton, part: Part, due: str) -> None:
    if button.text() != part.text:
        button.setText(part.text)
    if button.toolTip() != theme.plain(part.told):
        button.setToolTip(theme.plain(part.told))
        button.setAccessibleName(part.told)
    if button.property("due") != due:
        button.setProperty("due", due)
        button.style().polish(button)


def _parts(photos: PhotoSet, problems: int, photos_with_problems: int) -> dict[Kind, Part]:
    return {
        Kind.NO_CAPTION: _filled(photos, "caption", _("{held}/{all} captions"), _("{count} without a caption")),
        Kind.NO_CREDIT: _filled(photos, "credit", _("{held}/{all} credits"), _("{count} without a credit")),
        Kind.MOVED: _order(photos),
        Kind.NO_ALT_TEXT: _alt_text(photos),
        Kind.UNSAVED: _unsaved(photos.unsaved_count),
        Kind.PROBLEMS: _problems(problems, photos_with_problems),
    }


def _filled(photos: PhotoSet, key: str, text: str, told: str) -> Part:
    held, every = photos.filled[key], len(photos)
    return Part(text.format(held=held, all=every), _shows(told.format(count=every - held)), held < every)


def _alt_text(photos: PhotoSet) -> Part:
    """Whoever writes none is not told of it with each photo."""
    held, every = photos.filled["alt_text"], len(photos)
    text = _("alt text") if held in (0, every) else _("{held}/{all} alt texts").format(held=held, all=every)
    told = _shows(_("{count} without an alt text").format(count=every - held))
    return Part(text, told, held < every)


def _order(photos: PhotoSet) -> Part:
    if photos.order == photos.saved_order:
        return Part(_("order"), _("The order is saved."), False)
    return Part(_("order unsaved"), _shows(_("The order is not saved yet; saving keeps it.")), True)


def _unsaved(count: int) -> Part:
    told = ngettext("{count} unsaved", "{count} unsaved", count).format(count=count)
    return Part(told, _shows(told), bool(count), bool(count))


def _problems(count: int, of_photos: int) -> Part:
    text = ngettext("{count} problem", "{count} problems", count).format(count=count)
    told = ngettext("in {count} photo", "in {count} photos", of_photos).format(count=of_photos)
    return Part(text, _shows(f"{text} {told}"), bool(count), bool(count))


def _shows(told: str) -> str:
    return _("{what} – show these photos alone").format(what=told.rstrip("."))
