"""What stands in the window beside the sheet, and who hears whom."""

from typing import TYPE_CHECKING

from captioner.core import edits
from captioner.storage.desk_data import load_agencies
from captioner.ui import actions, panes, remembered, shortcuts, tool_bar
from captioner.ui.caption_form import CaptionForm
from captioner.ui.commands import arranging, checking, crediting, editing, going, viewing
from captioner.ui.desk import Desk
from captioner.ui.filter_bar import FilterBar
from captioner.ui.findings_panel import FindingsPanel
from captioner.ui.judging import Judging
from captioner.ui.preview import Preview
from captioner.ui.sifting import Sifting
from captioner.ui.status import Status
from captioner.ui.typing import Typing
from captioner.ui.underlines import Underlines

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow


def furnish(window: "MainWindow") -> None:
    window.jobs.run(lambda _nothing: load_agencies(), [()], lane="knowledge")  # before the form asks for them
    window.typing = Typing(window)
    window.findings = Judging(window.jobs, window.settings.checks, window)
    window.sifting = Sifting(window.model, window.findings, window)
    window.model.findings = window.findings.of
    window.status, window.filter_bar = Status(window.jobs), FilterBar()
    window.preview = Preview(window.pictures)
    window.form = CaptionForm(window.settings.policy.iim_lengths == "strict")
    window.panel = FindingsPanel(window.findings, window.model)
    window.underlines = Underlines(lambda box: checking.place_of(window, box), window.findings.of, window)
    window.middle = panes.complete(window)
    window.desk = Desk(window)
    window.actions_ = actions.make(window, shortcuts.changed(window.state))
    tool_bar.fill(window.bar, window.actions_, window.filter_bar)
    _connect(window)
    remembered.restore(window)
    actions.enable(window)


def _connect(window: "MainWindow") -> None:
    window.model.changed.connect(window.refresh)
    window.findings.judged.connect(window.show_judged)
    window.model.changed.connect(lambda changed: window.desk.spelling.follow(window.photos, changed))
    window.filter_bar.changed.connect(window.sifting.sift)
    window.sifting.sifted.connect(window.hide_photos)
    window.filter_bar.left.connect(window.sifting.finish)
    window.filter_bar.left.connect(lambda: going.go_to_sheet(window))
    for connect in (_connect_sheet, _connect_form, _connect_document, _connect_findings):
        connect(window)
    window.dressed.connect(lambda: actions.dress(window.actions_))
    window.dropped.connect(lambda dropped: arranging.drop(window, dropped, len(window.model.shown)))
    for signal in (window.model.changed, window.document.opened, window.jobs.ended):
        signal.connect(lambda *_told: actions.enable(window))
    window.status.counted.connect(window.setWindowModified)


def _connect_sheet(window: "MainWindow") -> None:
    window.sheet.selected.connect(window.select)
    window.sheet.edited.connect(lambda path, key, value: window.photos.apply(
        edits.set_field(window.photos, [path], key, value, typing=True)))  # fmt: skip
    window.sheet.in_place.ended.connect(lambda _step: window.photos.history.seal())
    window.sheet.refused.connect(window.notices.tell)
    window.sheet.moved.connect(lambda edit: window.photos.apply(edit))
    window.sheet.dropped.connect(lambda dropped, row: arranging.drop(window, dropped, row))
    for part in (window.sheet, window.preview):
        part.wants_full_screen.connect(lambda: viewing.show_full_screen(window))


def _connect_form(window: "MainWindow") -> None:
    window.form.edited.connect(lambda key, value: editing.set_field(window, key, value))
    window.form.batched.connect(lambda key, value, mode: editing.set_batch(window, key, value, mode))
    window.form.chosen.connect(lambda key, source: editing.choose(window, key, source))
    window.form.left.connect(window.leave_field)
    window.form.chain.action = window.actions_["from_credit"]
    window.form.chain.taken.connect(lambda keys: crediting.take(window, keys))
    window.form.chain.restyled.connect(lambda style: crediting.restyle(window, style))
    window.headline.textEdited.connect(lambda _text: window.edit_headline(typing=True))
    window.headline.left.connect(window.leave_headline)


def _connect_document(window: "MainWindow") -> None:
    window.document.saving.asked.connect(window.notices.tell)
    window.document.opened.connect(window.show_opened)
    window.document.exporting.exported.connect(window.tell_exported)
    window.document.exporting.asked.connect(window.notices.tell)
    window.document.reread.connect(window.forget_pictures)


def _connect_findings(window: "MainWindow") -> None:
    window.findings.judged.connect(window.underlines.show)
    window.desk.spelling.glossary_read.connect(window.findings.know_glossary)
    window.findings.begun.connect(lambda: window.show_judged(()))
    window.underlines.entered.connect(lambda finding: checking.tell(window, finding))
    window.underlines.fix_wanted.connect(lambda finding: checking.fix_one(window, finding))
    window.underlines.dismiss_wanted.connect(lambda finding: checking.dismiss_one(window, finding))
    window.panel.looked.connect(lambda finding: checking.tell(window, finding))
    window.panel.wanted.connect(lambda finding: checking.go_to(window, finding))
    window.panel.closed.connect(window.panel.hide)
    window.panel.is_reading = window.findings.is_reading = lambda: window.document.is_reading
    window.panel.show_actions(window.actions_)
    window.document.opened.connect(window.panel.tell)
    window.status.board.asked.connect(window.filter_bar.show_kind)
    window.filter_bar.changed.connect(lambda wanted: window.status.board.show_kind(wanted.kind))
