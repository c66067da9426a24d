"""Find and replace…: what to find and where, and each change before it is made."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core.fields import FIELDS, shown
from captioner.core.photo_set import PhotoSet
from captioner.core.replacing import Query, Replacement, Span, replace, search
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext
from captioner.ui import theme

SHOWN = 300
"""Rows of the preview; the rest is counted."""
_TYPING_MS = 200
_SLICE_SECONDS = 0.01
"""For which the search holds the window, photo after photo."""
_BEFORE, _AFTER = 2, 3
_LEAD, _LONGEST, _LINES = 24, 200, 2


class ReplaceDialog(QDialog):
    edited = Signal(object)
    """The Edit, one step."""

    def __init__(self, photos: PhotoSet, selection: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos, self.selection = photos, list(selection)
        self.found: list[Replacement] = []
        self._results: Iterator[list[Replacement]] = iter(())
        self._done = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find and replace"))
        self.sought, self.replacement = QLineEdit(), QLineEdit()
        self.is_regular, self.is_case_sensitive = QCheckBox(_("Regular expression")), QCheckBox(_("Match case"))
        self.is_whole_words = QCheckBox(_("Whole words"))
        self.keys, self.where = QComboBox(), QComboBox()
        self.hint, self.trouble, self.status, self.table = QLabel(), QLabel(), QLabel(), QTreeWidget()
        self._fill()
        self._lay_out()
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._slices = QTimer(self, interval=0)
        self._connect()
        self.search()

    def _fill(self) -> None:
        self.keys.addItem(_("Caption and credit"), ["caption", "credit"])
        self.keys.addItem(_("Any field"), list(FIELDS))
        self.keys.insertSeparator(2)
        for key, field in FIELDS.items():
            self.keys.addItem(_(field.label), [key])
        count, every = len(self.selection), len(self.photos)
        chosen = ngettext("{count} selected photo", "{count} selected photos", count)
        if count:
            self.where.addItem(chosen.format(count=count), self.selection)
        whole = ngettext("All of the set: {count} photo", "All of the set: {count} photos", every)
        self.where.addItem(whole.format(count=every), list(self.photos.order))
        self.where.setCurrentIndex(0 if count > 1 else self.where.count() - 1)
        self.hint.setText(_("\\1 is the first group, \\g<name> the group of that name, \\n a line break."))
        self.hint.hide()
        self.hint.setObjectName("quiet")
        self.trouble.setObjectName("trouble")
        for label in (self.hint, self.trouble, self.status):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.GRID)
        grid.setColumnStretch(1, 1)
        for row, (told, box, beside) in enumerate(
            ((_("Find"), self.sought, self.keys), (_("Replace with"), self.replacement, self.where))
        ):
            label = QLabel(told)
            label.setBuddy(box)
            box.setAccessibleName(told)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
            grid.addWidget(beside, row, 2)
        self.keys.setAccessibleName(_("Fields"))
        self.where.setAccessibleName(_("Photos"))
        options = QHBoxLayout()
        options.setSpacing(2 * theme.GRID)
        for option in (self.is_case_sensitive, self.is_whole_words, self.is_regular):
            options.addWidget(option)
        options.addStretch()
        grid.addLayout(options, 2, 1, 1, 2)
        self._dress_table()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.replace = self.buttons.addButton(_("Replace"), QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GRID)
        layout.addLayout(grid)
        for widget, stretch in (
            (self.hint, 0),
            (self.trouble, 0),
            (self.table, 1),
            (self.status, 0),
            (self.buttons, 0),
        ):
            layout.addWidget(widget, stretch)
        for button in self.buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined] - they are QPushButtons
        self.resize(960, 600)

    def _dress_table(self) -> None:
        self.table.setHeaderLabels([_("Photo"), _("Field"), _("Before"), _("After")])
        self.table.setAccessibleName(_("Changes"))
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setItemDelegate(_Marked(self.table))
        palette = self.table.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.colours().quiet))  # Fusion's outline of a tick
        self.table.setPalette(palette)
        header = self.table.header()
        header.setStretchLastSection(False)
        for column, mode in enumerate(("Interactive", "Interactive", "Stretch", "Stretch")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        header.resizeSection(0, 20 * theme.GRID)
        header.resizeSection(1, 14 * theme.GRID)

    def _connect(self) -> None:
        self._typing.timeout.connect(self.search)
        self._slices.timeout.connect(self._go_on)
        for box in (self.sought, self.replacement):
            box.textChanged.connect(self._await_typing)
            box.returnPressed.connect(self.search)
        for option in (self.is_regular, self.is_case_sensitive, self.is_whole_words):
            option.toggled.connect(self.search)
        for choice in (self.keys, self.where):
            choice.activated.connect(self.search)
        self.is_regular.toggled.connect(self.hint.setVisible)
        self.table.itemChanged.connect(lambda *_change: self._count())
        self.replace.clicked.connect(self.replace_found)
        self.buttons.rejected.connect(self.reject)

    @property
    def query(self) -> Query:
        return Query(self.sought.text(), self.replacement.text(), self.is_regular.isChecked(),
                     self.is_case_sensitive.isChecked(), self.is_whole_words.isChecked())  # fmt: skip

    @property
    def chosen(self) -> list[Replacement]:
        """What is found and ticked; beyond the rows that are shown, everything."""
        rows = [self.table.topLevelItem(at) for at in range(self.table.topLevelItemCount())]
        ticked = (row is not None and row.checkState(0) == Qt.CheckState.Checked for row in rows)
        shown_ = [each for each, is_ticked in zip(self.found[:SHOWN], ticked, strict=True) if is_ticked]
        return shown_ + [each for each in self.found[SHOWN:] if not each.trouble]

    def _await_typing(self) -> None:
        """What is shown is no longer what would be done."""
        self._slices.stop()
        self._done = ""
        self.replace.setEnabled(False)
        self._typing.start()

    def search(self) -> None:
        self._typing.stop()
        self.found = []
        self.table.clear()
        self.trouble.hide()
        try:
            paths, keys = self.where.currentData(), self.keys.currentData()
            self._results = search(self.photos, paths, keys, self.query)
        except CaptionerError as error:
            self._give_up(error)
            return
        self.status.setText(_("Searching…"))
        self.replace.setEnabled(False)
        self._slices.start()

    def _go_on(self) -> None:
        """As many photos as fit a slice, so that typing goes on."""
        until = monotonic() + _SLICE_SECONDS
        try:
            while monotonic() < until:
                found = next(self._results, None)
                if found is None:
                    self._slices.stop()
                    self._count()
                    return
                self._add(found)
        except CaptionerError as error:
            self._give_up(error)

    def _give_up(self, error: CaptionerError) -> None:
        self._slices.stop()
        self.found = []
        self.table.clear()
        self.trouble.setText(error.sentence)
        self.trouble.show()
        self._count()

    def _add(self, found: list[Replacement]) -> None:
        self.table.blockSignals(True)
        for each in found[: max(SHOWN - len(self.found), 0)]:
            self.table.addTopLevelItem(_row(each))
        self.table.blockSignals(False)
        self.found += found

    def _count(self) -> None:
        if self._slices.isActive():
            return
        chosen = self.chosen
        places = sum(len(each.spans) for each in chosen)
        told = ngettext("Replace {count}", "Replace {count}", places).format(count=places)
        self.replace.setText(told if places else _("Replace"))
        self.replace.setEnabled(places > 0)
        self.status.setText(self._told(places, len({each.path for each in chosen})))

    def _told(self, places: int, photos: int) -> str:
        if not self.sought.text() or self.trouble.isVisibleTo(self):
            return ""
        if not self.found:
            return self._done or _("Nothing is found that would change.")
        told = ngettext("{places} in {count} photo.", "{places} in {count} photos.", photos)
        many = ngettext("{count} place", "{count} places", places).format(count=places)
        hidden = len(self.found) - SHOWN
        more = ngettext("{count} more change is not shown, but made too.",
                        "{count} more changes are not shown, but made too.", hidden)  # fmt: skip
        return " ".join([told.format(places=many, count=photos), more.format(count=hidden) if hidden > 0 else ""])

    def replace_found(self) -> None:
        """Stays open for the next, and shows what is left to find."""
        chosen = self.chosen
        places = sum(len(each.spans) for each in chosen)
        edit = replace(self.photos, chosen)
        if edit:
            self.edited.emit(edit)
            done = ngettext("{count} place is replaced.", "{count} places are replaced.", places)
            self._done = done.format(count=places)
        self.search()


def _row(each: Replacement) -> QTreeWidgetItem:
    label = _(FIELDS[each.key].label)
    item = QTreeWidgetItem([each.path.name, label, shown(each.before), each.trouble or shown(each.after)])
    item.setToolTip(0, theme.plain(each.path.name))
    for column, spans in ((_BEFORE, each.spans), (_AFTER, each.new_spans)):
        item.setToolTip(column, theme.plain(item.text(column)))
        item.setData(column, Qt.ItemDataRole.UserRole, excerpt(item.text(column), spans))
    if each.trouble:
        item.setForeground(_AFTER, QColor(theme.colours().warning))
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
    else:
        item.setCheckState(0, Qt.CheckState.Checked)
    return item


def excerpt(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """The text around the first span, as one line, with the spans in it."""
    first = spans[0][0] if spans else 0
    start = max(first - _LEAD, 0)
    start = text.find(" ", start, first) + 1 or start if start else 0
    lead = "…" if start else ""
    end = start + _LONGEST
    line = lead + text[start:end].replace("\n", "↵").replace("\t", " ") + ("…" if end < len(text) else "")
    by = len(lead) - start
    return line, [(first + by, min(last, end) + by) for first, last in spans if first < end]


class _Marked(QStyledItemDelegate):
    """Two lines a text, with what goes struck through and what comes underlined: never by colour alone."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        held = index.data(Qt.ItemDataRole.UserRole)
        self.initStyleOption(option, index)
        option.palette.setColor(QPalette.ColorRole.Highlight, QColor(theme.colours().selection))
        option.palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.colours().text))
        if held is None:
            super().paint(painter, option, index)
            return
        option.text = ""  # type: ignore[misc] - Qt's field
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        rect = QRectF(option.rect).adjusted(theme.PADDING, theme.PADDING, -theme.PADDING, 0)
        layout = self._laid_out(held, index.column(), option, rect.width())
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        layout.draw(painter, QPointF(rect.topLeft()))
        painter.restore()

    def _laid_out(
        self, held: tuple[str, list[Span]], column: int, option: QStyleOptionViewItem, width: float
    ) -> QTextLayout:
        text, spans = held
        layout = QTextLayout(text, option.font)
        layout.setFormats([_format(text, span, column) for span in spans])
        layout.beginLayout()
        for at in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, at * option.fontMetrics.lineSpacing()))
        layout.endLayout()
        return layout

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), _LINES * option.fontMetrics.lineSpacing() + theme.GRID)


def _format(text: str, span: Span, column: int) -> QTextLayout.FormatRange:
    """Qt counts in UTF-16, in which an emoji is two."""
    made, look = QTextLayout.FormatRange(), QTextCharFormat()
    colours = theme.colours()
    look.setForeground(QColor(colours.error if column == _BEFORE else colours.accent))
    look.setFontWeight(QFont.Weight.DemiBold)
    look.setFontStrikeOut(column == _BEFORE)
    look.setFontUnderline(column == _AFTER)
    start, end = (len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in span)
    made.start, made.length, made.format = start, end - start, look  # type: ignore[misc]
    return made
