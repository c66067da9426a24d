"""What is in the window at first sight: the sheet, and what brings photos into it. All else takes longer to load than
a screenful of photos to show."""

from functools import partial
from typing import TYPE_CHECKING

from captioner import paths
from captioner.i18n import _
from captioner.storage.thumbnail_cache import ThumbnailCache
from captioner.ui import dragging, panes, remembered, tool_bar
from captioner.ui.document import Document
from captioner.ui.jobs import Jobs
from captioner.ui.notices import Notices
from captioner.ui.pictures import Pictures
from captioner.ui.qt_photo_set import QtPhotoSet
from captioner.ui.sheet import Sheet
from captioner.ui.widgets.boxes import TextBox

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


def lay(window: "MainWindow") -> None:
    """Before `furnishing`, which connects what this doesn't need."""
    window.jobs, window.model = Jobs(window), QtPhotoSet(window)
    window.pictures = Pictures(window, ThumbnailCache(paths.thumbnails_file()))
    window.document = Document(window.model, window.jobs, window.settings.policy, window)
    window.model.hand_out = partial(dragging.hand_out, window)
    window.notices, window.headline = Notices(), TextBox(1, takes_breaks=False)
    window.sheet = Sheet(window.model, window.pictures)
    window.sheet.setAcceptDrops(False)
    window.panes, window.bar = panes.lay_out(window), tool_bar.begun()
    window.addToolBar(window.bar)
    remembered.restore_sheet(window)
    window.sheet.sighted.connect(lambda shown: window.document.read_first(frozenset(shown)))
    window.document.listed.connect(window.show_listed)
    window.document.listed.connect(window.pictures.put_off)
    window.document.opened.connect(window.pictures.resume)
    window.document.chosen.connect(lambda named: remembered.keep_set(window.state, named))
    window.document.told.connect(window.notices.tell)
    window.document.recovered.connect(lambda told: window.notices.tell(told, [(_("Undo"), window.undo)]))
