"""Lists and glossary…: what the desk's fields offer as one types, and the words that spelling knows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from captioner.core.fields import FIELDS
from captioner.core.filters import folded
from captioner.errors import CaptionerError
from captioner.i18n import _, ngettext
from captioner.storage import spelling, used_values
from captioner.storage.used_values import KEYS
from captioner.ui import theme

_SHOWN = Qt.ItemDataRole.DisplayRole
_ORDER = Qt.SortOrder


class ListsDialog(QDialog):
    changed = Signal()
    """A list or the glossary was edited, at once; what was loaded of them is stale."""

    def __init__(self, used: Path, glossary: Path, key: str = "credit", parent: QWidget | None = None) -> None:
        """The files of used values and of the glossary; the list of `key` is shown first."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Lists and glossary"))
        self.fields, self.tabs = QComboBox(), QTabWidget()
        for each in KEYS:
            self.fields.addItem(_(FIELDS[each].label), each)
        self.fields.setAccessibleName(_("Field"))
        self.fields.setCurrentIndex(KEYS.index(key) if key in KEYS else 0)
        self.used, self.glossary = _Used(used, self.fields), _Glossary(glossary)
        self.fields.currentIndexChanged.connect(lambda _row: self.used.reload())
        self.tabs.addTab(self.used, _("Used values"))
        self.tabs.addTab(self.glossary, _("Glossary"))
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.tabs)
        layout.addWidget(close)
        for page in (self.used, self.glossary):
            page.changed.connect(self.changed)
        self.resize(640, 560)


class _List(QWidget):
    """A list that is searched, added to and removed from; what was removed by mistake comes back."""

    changed = Signal()

    def __init__(self, name: str, columns: Sequence[str], hint: str, above: QWidget | None = None) -> None:
        super().__init__()
        self.search, self.tree, self.new, self.status = QLineEdit(), QTreeWidget(), QLineEdit(), QLabel()
        self.hint = QLabel(hint)
        self.add, self.remove, self.undo = (QPushButton(text) for text in (_("Add"), _("Remove"), _("Undo")))
        self._removed: list[Callable[[], None]] = []
        """What brings back each removal, the last one last."""
        self.tree.setAccessibleName(name)
        self.tree.setHeaderLabels(list(columns))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setSortingEnabled(True)
        self.tree.setStyleSheet(f"QTreeView::item {{ padding: {theme.PADDING // 2}px 0; }}")
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for box, told in ((self.search, _("Search in the list")), (self.new, _("New entry"))):
            box.setPlaceholderText(told)
            box.setAccessibleName(told)
        for label, look in ((self.hint, "quiet"), (self.status, "quiet")):
            label.setObjectName(look)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out(above)
        self._connect()

    def _lay_out(self, above: QWidget | None) -> None:
        for button in (self.add, self.remove, self.undo):
            button.setAutoDefault(False)
        self.undo.hide()
        top, bottom, told = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        if above:
            top.addWidget(above)
        top.addWidget(self.search, 1)
        bottom.addWidget(self.new, 1)
        bottom.addWidget(self.add)
        bottom.addWidget(self.remove)
        told.addWidget(self.status, 1)
        told.addWidget(self.undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, 2 * theme.GRID, theme.GRID, theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.hint)
        layout.addLayout(top)
        layout.addWidget(self.tree, 1)
        layout.addLayout(bottom)
        layout.addLayout(told)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._filter())
        self.new.textChanged.connect(lambda _text: self._enable())
        self.new.returnPressed.connect(self.add_new)
        self.tree.itemSelectionChanged.connect(self._enable)
        self.add.clicked.connect(lambda _checked: self.add_new())
        self.remove.clicked.connect(lambda _checked: self.remove_selected())
        self.undo.clicked.connect(lambda _checked: self.take_back())
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.tree, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_selected)

    # What each list does in its own way

    def _rows(self) -> Iterable[Sequence[object]]:
        raise NotImplementedError

    def _put(self, text: str) -> None:
        raise NotImplementedError

    def _take(self, texts: Sequence[str]) -> Callable[[], None]:
        """Returns what brings them back."""
        raise NotImplementedError

    # What a person does

    def reload(self) -> None:
        self._removed.clear()
        self._read()

    def _read(self) -> None:
        rows: list[Sequence[object]] = []
        if not self._does(lambda: rows.extend(self._rows())):
            return
        self.tree.setSortingEnabled(False)
        self.tree.clear()
        self.tree.addTopLevelItems([_Row(row) for row in rows])
        self.tree.setSortingEnabled(True)
        self.undo.setVisible(bool(self._removed))
        self._filter()

    def _filter(self) -> None:
        words, shown = folded(self.search.text()).split(), 0
        for item in self._items():
            is_found = all(word in folded(item.text(0)) for word in words)
            item.setHidden(not is_found)
            shown += is_found
        many = ngettext("{count} entry", "{count} entries", shown).format(count=shown)
        self.status.setText(many if self.tree.topLevelItemCount() else _("Nothing is on this list yet."))
        self._enable()

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for row in range(self.tree.topLevelItemCount()):
            if item := self.tree.topLevelItem(row):
                yield item

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.new.text().strip()))
        self.remove.setEnabled(bool(self.selected))

    @property
    def selected(self) -> list[str]:
        """What the search hides is not removed by mistake."""
        return [item.text(0) for item in self.tree.selectedItems() if not item.isHidden()]

    def add_new(self) -> None:
        text = " ".join(self.new.text().split())
        if text and self._does(lambda: self._put(text)):
            self.new.clear()
            self.search.clear()
            self._read()
            for item in self.tree.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive):
                self.tree.setCurrentItem(item)
            self.changed.emit()

    def remove_selected(self) -> None:
        texts = self.selected
        if texts and self._does(lambda: self._removed.append(self._take(texts))):
            self._read()
            told = ngettext("{count} entry was removed.", "{count} entries were removed.", len(texts))
            self.status.setText(told.format(count=len(texts)))
            self.changed.emit()

    def take_back(self) -> None:
        if self._removed and self._does(self._removed[-1]):
            self._removed.pop()
            self._read()
            (self.undo if self._removed else self.tree).setFocus()
            self.changed.emit()

    def _does(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except CaptionerError as error:
            self.status.setText(error.sentence)
            return False
        return True


class _Row(QTreeWidgetItem):
    """Sorts texts as a person does, numbers and dates as such."""

    def __init__(self, values: Sequence[object]) -> None:
        super().__init__()
        self._ranks: list[Any] = [folded(value) if isinstance(value, str) else value for value in values]
        for column, value in enumerate(values):
            self.setData(column, _SHOWN, value)
            if column:
                self.setTextAlignment(column, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip(0, theme.plain(str(values[0])))

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        column = self.treeWidget().sortColumn()
        return isinstance(other, _Row) and bool(self._ranks[column] < other._ranks[column])


class _Used(_List):
    def __init__(self, file: Path, fields: QComboBox) -> None:
        columns, hint = (_("Text"), _("Last used"), _("Times")), _(
            "Offered as one types, the latest first. What is removed is offered no more; what is added never grows old."
        )  # fmt: skip
        super().__init__(_("Used values"), columns, hint, fields)
        self.file, self.fields = file, fields
        self.tree.sortByColumn(1, _ORDER.DescendingOrder)
        self.reload()

    @property
    def key(self) -> str:
        return str(self.fields.currentData())

    def _rows(self) -> Iterable[Sequence[object]]:
        entries = used_values.load(self.file, self.key).entries
        return [(each.text, QDateTime.fromSecsSinceEpoch(int(each.at)), each.times) for each in entries]

    def _put(self, text: str) -> None:
        used_values.add(self.file, self.key, [text])

    def _take(self, texts: Sequence[str]) -> Callable[[], None]:
        key = self.key
        used_values.forget(self.file, key, texts)
        return lambda: used_values.restore(self.file, key, texts)


class _Glossary(_List):
    def __init__(self, file: Path) -> None:
        hint = _("Words and names that spelling takes for right, one on a line of {name}, which desks can share.")
        super().__init__(_("Glossary"), (_("Word or name"),), hint.format(name=file.name))
        self.file = file
        self.hint.setToolTip(theme.plain(str(file)))
        self.tree.sortByColumn(0, _ORDER.AscendingOrder)
        self.reload()

    def _rows(self) -> Iterable[Sequence[object]]:
        return [(word,) for word in spelling.read_glossary(self.file)]

    def _put(self, text: str) -> None:
        spelling.add_to_glossary(self.file, text)

    def _take(self, texts: Sequence[str]) -> Callable[[], None]:
        spelling.remove_from_glossary(self.file, *texts)
        return lambda: spelling.add_to_glossary(self.file, *texts)
