"""What is dragged off the sheet: rows for the set itself, and for other programs captioned copies of the photos."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QUrl

from captioner import paths
from captioner.errors import CaptionerError
from captioner.i18n import ngettext

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow

ROWS = "application/x-captioner-rows"
ORIGINALS = "application/x-captioner-photos"
"""For another window of ours, which opens the photos themselves."""
_URLS = "text/uri-list"
MOST = 100
"""Photos: a drop waits until their copies are made."""
_TOLD = 3
HandOut = Callable[[Sequence[Path]], Sequence[Path]]


class Dragged(QMimeData):
    """The copies are made when they are asked for: a row that is moved in its sheet needs none."""

    def __init__(self, rows: bytes, originals: Sequence[Path], hand_out: HandOut) -> None:
        super().__init__()
        self.setData(ROWS, rows)
        self.setData(ORIGINALS, "\n".join(QUrl.fromLocalFile(str(each)).toString() for each in originals).encode())
        self._originals, self._hand_out = originals, hand_out
        self._urls: list[QUrl] | None = None

    def formats(self) -> list[str]:
        return [*super().formats(), _URLS]

    def hasFormat(self, mime_type: str) -> bool:
        return mime_type in self.formats()

    def retrieveData(self, mime_type: str, preferred: Any) -> object:
        if mime_type != _URLS:
            return super().retrieveData(mime_type, preferred)
        if self._urls is None:
            self._urls = [QUrl.fromLocalFile(str(each)) for each in self._hand_out(self._originals)]
        return self._urls


def originals(data: QMimeData) -> list[Path]:
    """The files that are dropped: of rows from another window the photos themselves."""
    if data.hasFormat(ORIGINALS):
        urls = [QUrl(each) for each in bytes(data.data(ORIGINALS).data()).decode().split("\n")]
    else:
        urls = data.urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def hand_out(window: "MainWindow", wanted: Sequence[Path]) -> Sequence[Path]:
    """Copies with what stands in the form, saved or not; what is left out is told."""
    if len(wanted) > MOST:
        window.notices.tell(ngettext("More than {count} photo can't be dragged into another program; export them.",
                                     "More than {count} photos can't be dragged into another program; export them.",
                                     MOST).format(count=MOST))  # fmt: skip
        return []
    from captioner.export import copies

    window.typing.finish()
    photos = [window.photos[path] for path in wanted]
    settings, home = window.settings, paths.data_folder() / "dragged"
    try:
        made = copies.made(photos, window.photos.headline, settings.policy, settings.credit_style, home)
    except CaptionerError as error:
        window.notices.tell(error.sentence)
        return []
    for told in made.told[:_TOLD]:
        window.notices.tell(told)
    return made.files
